#include "base/text.h"
#include "intake/columns.h"
#include "intake/insured.h"
#include "intake/intake.h"

namespace bundel::intake {
namespace {

using base::Severity;
using wire::Column;
using wire::Message;
using wire::Record;

std::vector<std::string> codes_of(const Message& message, const Record& record, const CodeColumns& columns) {
    std::vector<std::string> codes;
    for (const Column& column : columns) {
        const std::string_view field = message.field(record, column);
        const bool is_empty =
            wire::is_empty(field, wire::Kind::text) || wire::is_empty(field, wire::Kind::digits);
        if (!is_empty) codes.emplace_back(wire::text(field));
    }
    return codes;
}

// An empty calculated amount has no indicator: zero.
Cents amount_of(const Message& message, const Record& record, const Column& amount, const Column& side) {
    return wire::signed_cents(message.field(record, amount), message.field(record, side)).value_or(Cents());
}

// A line and the records above it, which speak for it when it says nothing itself.
struct Judged {
    std::size_t insured = 0;  // indices in message.records()
    std::size_t service = 0;
    std::size_t line = 0;
};

std::vector<std::string> codes_for(const Message& message, const Judged& judged, Cents granted,
                                   const AnswerColumns& columns) {
    const auto records = message.records();
    std::vector<std::string> codes = codes_of(message, records[judged.line], columns.line_codes);
    if (!granted.is_zero()) return codes;
    if (codes.empty() && columns.service_codes)
        codes = codes_of(message, records[judged.service], *columns.service_codes);
    if (codes.empty()) codes = codes_of(message, records[judged.insured], columns.insured_codes);
    return codes;
}

std::optional<AnswerLine> line_of(const Message& message, const Judged& judged, PersonId person,
                                  const AnswerColumns& columns, Report& report) {
    const Record& record = message.records()[judged.line];
    const std::string reference = wire::utf8(message.field(record, columns.reference));
    if (reference.empty() || !Reference::fits(reference)) {
        report.finding("intake_reference_wrong", Severity::line_refused, record, columns.reference, "8021");
        return std::nullopt;
    }
    const auto granted = wire::signed_cents(message.field(record, columns.granted),
                                            message.field(record, columns.granted_side));
    if (!granted) {
        report.finding("intake_granted_wrong", Severity::line_refused, record, columns.granted);
        return std::nullopt;
    }
    return AnswerLine{judged.line,
                      person,
                      Reference::of(reference),
                      amount_of(message, record, columns.calculated, columns.calculated_side),
                      *granted,
                      codes_for(message, judged, *granted, columns)};
}

}  // namespace

base::Result<Answers> read_answers(const Message& message, Resolver& resolver, Findings& findings) {
    Report report(message, findings);
    BUNDEL_TRY(header, header_columns(message.layout()));
    BUNDEL_TRY(columns, answer_columns(message.layout()));
    const auto records = message.records();
    BUNDEL_ASSERT(!records.empty());  // wire: record 01 stands first
    const Record& first = records.front();

    Answers answers;
    answers.kind = message.layout().message() + " " + message.layout().version();
    answers.declarant = declarant_of(message, first, header, report);
    if (const auto insurer = UzoviCode::parse(message.field(first, header.receiver)))
        answers.insurer = *insurer;
    answers.invoice = wire::utf8(message.field(first, header.invoice));
    answers.insurer_reference = wire::utf8(message.field(first, columns.insurer_reference));
    answers.day = wire::date(message.field(first, columns.day));
    answers.codes = codes_of(message, first, columns.header_codes);

    BUNDEL_TRY(women, insured_in(message, {answers.declarant, answers.invoice}, resolver, report));
    answers.segments = segments_of(message, women);
    const std::string_view lines_are = line_record(message.layout());
    for (const Insured& woman : women) {
        Judged judged{woman.record, woman.record, woman.record};
        for (std::size_t i = woman.record; i < woman.end; ++i) {
            if (message.code(records[i]) == wire::code_performance) judged.service = i;
            if (message.code(records[i]) != lines_are) continue;
            judged.line = i;
            if (auto line = line_of(message, judged, woman.person, columns, report))
                answers.lines.push_back(std::move(*line));
        }
    }
    return answers;
}

}  // namespace bundel::intake
