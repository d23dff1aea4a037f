#include "intake/insured.h"

#include "base/text.h"

namespace bundel::intake {
namespace {

using base::Severity;
using wire::Column;
using wire::Message;
using wire::Record;

std::string digits_or_nothing(std::string_view field) {
    return wire::is_empty(field, wire::Kind::digits) ? "" : std::string(field);
}

std::optional<values::Bsn> bsn_of(const Message& message, const Record& record, const Column& column,
                                  Report& report) {
    const auto bsn = values::Bsn::parse(message.field(record, column));
    if (bsn) return *bsn;
    if (bsn.error().code == "bsn_absent")
        report.finding("intake_bsn_absent", Severity::note, record, column, "0435");
    else
        report.finding("intake_bsn_wrong", Severity::note, record, column, "0435");
    return std::nullopt;
}

IdentityRow identity_of(const Message& message, const Record& record, const InsuredColumns& columns,
                        const Sender& sender, Report& report) {
    const auto text = [&](const Column& column) { return wire::utf8(message.field(record, column)); };
    const auto digits = [&](const Column& column) {
        return digits_or_nothing(message.field(record, column));
    };
    IdentityRow row;
    row.bsn = bsn_of(message, record, columns.bsn, report);
    row.declarant = sender.declarant;
    row.patient_number = text(columns.patient_number);
    row.insured_number = text(columns.insured_number);
    if (const auto insurer = UzoviCode::parse(message.field(record, columns.insurer))) row.insurer = *insurer;
    row.birth_date = wire::date(message.field(record, columns.birth_date));
    row.sex = digits(columns.sex);
    row.name = text(columns.name);
    row.prefix = text(columns.prefix);
    row.partner_name = text(columns.partner_name);
    row.partner_prefix = text(columns.partner_prefix);
    row.initials = text(columns.initials);
    row.postcode = text(columns.postcode);
    row.house_number = digits(columns.house_number);
    row.house_number_addition = text(columns.house_number_addition);
    if (row.bsn || !row.patient_number.empty()) return row;
    // Nobody is named: a person of its own per record, so that two women never become one.
    row.patient_number = "?" + sender.invoice + "/" + std::to_string(record.line);
    report.finding("intake_patient_unnamed", Severity::note, record, columns.patient_number);
    return row;
}

}  // namespace

AgbCode declarant_of(const Message& message, const Record& header, const HeaderColumns& columns,
                     Report& report) {
    const std::pair<Column, const char*> places[] = {
        {columns.institution, "0017"}, {columns.practice, "0016"}, {columns.provider, "0014"}};
    for (const auto& [column, return_code] : places) {
        const std::string_view field = message.field(header, column);
        if (wire::is_empty(field, wire::Kind::digits)) continue;
        if (const auto code = AgbCode::parse(field)) return *code;
        report.finding("intake_declarant_wrong", Severity::claim_refused, header, column, return_code);
        return AgbCode::none();
    }
    report.finding("intake_declarant_wrong", Severity::claim_refused, header, columns.provider, "0014");
    return AgbCode::none();
}

base::Result<std::vector<Insured>> insured_in(const Message& message, const Sender& sender,
                                              Resolver& resolver, Report& report) {
    BUNDEL_TRY(columns, insured_columns(message.layout()));
    std::vector<Insured> women;
    const auto records = message.records();
    for (std::size_t i = 0; i < records.size(); ++i) {
        const std::string& code = message.code(records[i]);
        if (code == wire::code_closing) break;
        if (code == wire::code_insured) {
            const IdentityRow row = identity_of(message, records[i], columns, sender, report);
            BUNDEL_TRY(person, resolver.person(row));
            women.push_back({i, i, person, row.bsn.has_value(), row.insurer});
        }
        if (!women.empty()) women.back().end = i + 1;
    }
    return women;
}

std::vector<facts::Segment> segments_of(const Message& message, const std::vector<Insured>& women) {
    std::vector<facts::Segment> segments;
    const auto records = message.records();
    const std::string& bytes = message.bytes();
    const auto offset = [&](std::size_t record) {
        return record < records.size() ? records[record].offset : bytes.size();
    };
    std::size_t at = 0;
    const auto add = [&](PersonId person, std::size_t end) {
        if (end > at) segments.push_back({person, bytes.substr(at, end - at)});
        at = end;
    };
    for (const Insured& woman : women) {
        add({}, offset(woman.record));
        add(woman.person, offset(woman.end));
    }
    add({}, bytes.size());
    return segments;
}

}  // namespace bundel::intake
