#include <algorithm>

#include "base/text.h"
#include "intake/columns.h"
#include "intake/insured.h"
#include "intake/intake.h"
#include "intake/time_unit.h"
#include "intake/within_file.h"

namespace bundel::intake {
namespace {

using base::Severity;
using facts::CareLine;
using values::Period;
using wire::Column;
using wire::Message;
using wire::Record;

std::optional<Reference> reference_of(std::string_view field) {
    const std::string text = wire::utf8(field);
    if (text.empty() || text.front() == ' ' || !Reference::fits(text)) return std::nullopt;
    return Reference::of(text);
}

struct Columns {
    InsuredColumns insured;
    ServiceColumns service;
    LineColumns line;
    std::optional<ActivityColumns> activity;
};

base::Result<Columns> columns_of(const wire::Layout& layout) {
    BUNDEL_TRY(insured, insured_columns(layout));
    BUNDEL_TRY(service, service_columns(layout));
    BUNDEL_TRY(line, line_columns(layout));
    BUNDEL_TRY(activity, activity_columns(layout));
    return Columns{insured, service, line, activity};
}

// One message being read: each prestatierecord with what stands under it. Each check says what is wrong and
// gives nothing; then the record is refused, and the lines that hang on it with it.
class ClaimReader {
public:
    ClaimReader(const Message& message, const Columns& columns, AgbCode declarant, Date dated, Report& report)
        : message_(message), columns_(columns), declarant_(declarant), dated_(dated), report_(report) {}

    std::vector<ReadLine> lines_of(const std::vector<Insured>& women) {
        std::vector<ReadLine> lines;
        for (const Insured& woman : women) {
            for (std::size_t at = next(wire::code_performance, woman.record, woman.end); at < woman.end;) {
                const std::size_t end = next(wire::code_performance, at + 1, woman.end);
                read_service(woman, at, end, lines);
                at = end;
            }
        }
        return lines;
    }

private:
    // The first record of this code from `at` on; `end` when there is none.
    std::size_t next(std::string_view code, std::size_t at, std::size_t end) const {
        while (at < end && message_.code(message_.records()[at]) != code) ++at;
        return at;
    }

    // Where the claim lines of the prestatierecord stand: itself, or the tariefrecords under it.
    std::vector<std::size_t> line_places(std::size_t at, std::size_t end) const {
        if (!columns_.line.under_service) return {at};
        std::vector<std::size_t> places;
        for (at = next(wire::code_tariff, at, end); at < end; at = next(wire::code_tariff, at + 1, end))
            places.push_back(at);
        return places;
    }

    void read_service(const Insured& woman, std::size_t at, std::size_t end, std::vector<ReadLine>& lines) {
        const Record& service = message_.records()[at];
        const bool owner_refused = message_.records()[woman.record].refused;
        std::optional<CareLine> care;
        if (!owner_refused && !service.refused) care = care_of(woman, at, end);
        const std::vector<std::size_t> places = line_places(at, end);
        if (places.empty())
            report_.finding("intake_service_without_tariff", Severity::note, service,
                            columns_.service.reference);
        for (const std::size_t place : places) {
            const Record& record = message_.records()[place];
            if (record.refused) continue;  // wire said so
            if (owner_refused) {
                refuse("intake_insured_refused", record, columns_.line.reference, "8002");
            } else if (!care && columns_.line.under_service) {
                refuse("intake_service_refused", record, columns_.line.reference, "8002");
            } else if (care) {
                if (auto line = line_of(woman, *care, record))
                    lines.push_back({std::move(*line), place, false});
            }
        }
    }

    // What all lines under the prestatierecord have in common.
    std::optional<CareLine> care_of(const Insured& woman, std::size_t at, std::size_t end) {
        const ServiceColumns& columns = columns_.service;
        const Record& record = message_.records()[at];
        if (!same_insured(record, columns.owner, woman)) return std::nullopt;
        CareLine care;
        care.person = woman.person;
        care.person_known = woman.known;
        care.declarant = declarant_;
        care.insurer = woman.insurer;
        care.referrer = provider(record, columns.referrer);
        care.quantity = count(record, columns.quantity);
        if (columns.unit) care.minutes = minutes_of(care.quantity, field(record, *columns.unit));
        if (columns.partus) care.partus = wire::date(field(record, *columns.partus));
        if (columns.product) care.product = product(record, *columns.product);
        if (!read_period(record, care)) return std::nullopt;
        if (!columns_.line.under_service) return care;
        // Only a name for others to point at: the lines stand without it.
        if (const auto reference = reference_of(field(record, columns.reference))) care.service = *reference;
        care.activities = activities_of(woman, at, end);
        return care;
    }

    std::optional<CareLine> line_of(const Insured& woman, const CareLine& care, const Record& record) {
        if (columns_.line.under_service && !same_insured(record, columns_.line.owner, woman))
            return std::nullopt;
        CareLine line = care;
        line.treating = provider(record, columns_.line.treating);
        line.tariff = wire::cents(field(record, columns_.line.tariff)).value_or(Cents());
        const bool complete =
            read_performance(record, line) && read_amount(record, line) && read_references(record, line);
        return complete ? std::optional(std::move(line)) : std::nullopt;
    }

    // A credited activity takes back what an earlier message said.
    std::vector<facts::Activity> activities_of(const Insured& woman, std::size_t at, std::size_t end) {
        std::vector<facts::Activity> activities;
        if (!columns_.activity) return activities;
        for (at = next(wire::code_activity, at, end); at < end; at = next(wire::code_activity, at + 1, end)) {
            const Record& record = message_.records()[at];
            if (record.refused || !same_insured(record, columns_.activity->owner, woman)) continue;
            if (field(record, columns_.activity->side) == "C") continue;
            if (const auto activity = activity_of(record)) activities.push_back(*activity);
        }
        std::sort(activities.begin(), activities.end());
        return activities;
    }

    std::optional<facts::Activity> activity_of(const Record& record) {
        const ActivityColumns& columns = *columns_.activity;
        const std::string code = wire::utf8(field(record, columns.code));
        const auto day = wire::date(field(record, columns.day));
        const bool is_whole = day && !code.empty() && base::FixedText<10>::fits(code);
        if (is_whole)
            return facts::Activity{base::FixedText<10>::of(code), *day, count(record, columns.count)};
        refuse("intake_activity_wrong", record, day ? columns.code : columns.day, "");
        return std::nullopt;
    }

    std::string_view field(const Record& record, const Column& column) const {
        return message_.field(record, column);
    }
    bool refuse(const char* code, const Record& record, const Column& column, const char* return_code) {
        report_.finding(code, Severity::line_refused, record, column, return_code);
        return false;
    }
    std::int32_t count(const Record& record, const Column& column) const {
        return static_cast<std::int32_t>(wire::number(field(record, column)).value_or(0));
    }
    base::FixedText<9> product(const Record& record, const Column& column) const {
        const std::string text = wire::utf8(field(record, column));
        return base::FixedText<9>::fits(text) ? base::FixedText<9>::of(text) : base::FixedText<9>();
    }

    bool same_insured(const Record& record, const OwnerColumns& columns, const Insured& woman) {
        const Record& owner = message_.records()[woman.record];
        if (woman.insurer.is_none()) return refuse("intake_insurer_wrong", record, columns.insurer, "0423");
        if (field(record, columns.insurer) != field(owner, columns_.insured.insurer))
            return refuse("intake_insurer_differs", record, columns.insurer, "0423");
        if (field(record, columns.bsn) != field(owner, columns_.insured.bsn))
            return refuse("intake_bsn_differs", record, columns.bsn, "0435");
        return true;
    }

    AgbCode provider(const Record& record, const Column& column) {
        const std::string_view digits = field(record, column);
        if (wire::is_empty(digits, wire::Kind::digits)) return AgbCode::none();
        if (const auto code = AgbCode::parse(digits)) return *code;
        report_.finding("intake_provider_wrong", Severity::note, record, column, "8011");
        return AgbCode::none();
    }

    bool read_period(const Record& record, CareLine& care) {
        const ServiceColumns& columns = columns_.service;
        const auto begin = wire::date(field(record, columns.begin));
        const auto end = wire::date(field(record, columns.end));
        if (!begin || !end || *end < *begin)
            return refuse("intake_period_wrong", record, begin ? columns.end : columns.begin, "8007");
        if (*begin > dated_) return refuse("intake_begin_after_invoice", record, columns.begin, "8177");
        if (*end > dated_) return refuse("intake_end_after_invoice", record, columns.end, "8178");
        care.care = Period{*begin, *end};
        return true;
    }

    // The second list is that of the code when it differs from the list of the prestatierecord.
    const Column& list_column(const Record& record) const {
        const auto& other = columns_.line.other_list;
        const bool is_filled = other && !wire::is_empty(field(record, *other), wire::Kind::digits);
        return is_filled ? *other : columns_.line.list;
    }

    bool read_performance(const Record& record, CareLine& line) {
        const Column& list = list_column(record);
        const Column& code = columns_.line.code;
        const auto performance = PerformanceCode::parse(std::string(field(record, list)) + ":" +
                                                        std::string(wire::text(field(record, code))));
        if (!performance) return refuse("intake_performance_wrong", record, code, "0582");
        line.performance = *performance;
        return true;
    }

    bool read_amount(const Record& record, CareLine& line) {
        const std::string_view side = field(record, columns_.line.side);
        const std::string_view other = field(record, columns_.line.calculated_side);
        const auto amount = wire::signed_cents(field(record, columns_.line.amount), side);
        if (!amount) return refuse("intake_amount_wrong", record, columns_.line.side, "0631");
        if (!wire::is_empty(other, wire::Kind::text) && other != side)
            return refuse("intake_sides_differ", record, columns_.line.calculated_side, "8064");
        line.amount = *amount;
        line.credit = side == "C";
        return true;
    }

    bool read_references(const Record& record, CareLine& line) {
        const auto reference = reference_of(field(record, columns_.line.reference));
        if (!reference) return refuse("intake_reference_wrong", record, columns_.line.reference, "8021");
        line.id = {declarant_, *reference};
        const std::string_view previous = field(record, columns_.line.previous);
        if (wire::is_empty(previous, wire::Kind::text)) return true;
        const auto named = reference_of(previous);
        if (!named) return refuse("intake_previous_wrong", record, columns_.line.previous, "0651");
        line.previous = *named;
        return true;
    }

    const Message& message_;
    const Columns& columns_;
    AgbCode declarant_;
    Date dated_;
    Report& report_;
};

}  // namespace

base::Result<Intake> read_claims(const Message& message, const Source& source, Resolver& resolver,
                                 Findings& findings) {
    Report report(message, findings);
    BUNDEL_TRY(header, header_columns(message.layout()));
    BUNDEL_TRY(columns, columns_of(message.layout()));
    const auto records = message.records();
    BUNDEL_ASSERT(!records.empty());  // wire: record 01 stands first
    const Record& first = records.front();

    Intake intake;
    intake.kind = message.layout().message() + " " + message.layout().version();
    intake.declarant = declarant_of(message, first, header, report);
    intake.invoice = wire::utf8(message.field(first, header.invoice));
    if (const auto receiver = UzoviCode::parse(message.field(first, header.receiver)))
        intake.receiver = *receiver;
    const auto dated = wire::date(message.field(first, header.dated));
    if (!dated) report.finding("intake_dated_wrong", Severity::claim_refused, first, header.dated, "0025");
    intake.dated = dated ? std::optional(*dated) : std::nullopt;
    intake.refused = first.refused || intake.declarant.is_none() || !dated;

    BUNDEL_TRY(women, insured_in(message, {intake.declarant, intake.invoice}, resolver, report));
    intake.segments = segments_of(message, women);
    if (intake.refused) return intake;

    ClaimReader reader(message, columns, intake.declarant, *dated, report);
    std::vector<ReadLine> lines = reader.lines_of(women);
    refuse_within_file(lines, [&](const ReadLine& one, const char* code, const char* return_code) {
        report.finding(code, Severity::line_refused, records[one.place], columns.line.reference, return_code);
    });
    for (ReadLine& one : lines) {
        if (one.refused) continue;
        const facts::Origin origin{source.message, static_cast<std::int32_t>(records[one.place].line)};
        const PersonId person = one.line.person;
        intake.readings[person].lines.push_back({std::move(one.line), source.received, origin});
    }
    return intake;
}

}  // namespace bundel::intake
