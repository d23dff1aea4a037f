#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "intake/columns.h"
#include "intake/insured.h"
#include "intake/intake.h"

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

// One message being read. Each check says what is wrong and gives nothing; then the line is refused.
class ClaimReader {
public:
    ClaimReader(const Message& message, const LineColumns& columns, const InsuredColumns& insured,
                const References& references, AgbCode declarant, Date dated, Report& report)
        : message_(message),
          columns_(columns),
          insured_(insured),
          references_(references),
          declarant_(declarant),
          dated_(dated),
          report_(report) {}

    std::optional<CareLine> line(const Insured& woman, const Record& record) {
        const Record& owner = message_.records()[woman.record];
        if (owner.refused) return refused("intake_insured_refused", record, columns_.reference, "8002");
        if (!same_insured(record, owner, woman)) return std::nullopt;
        CareLine line;
        line.person = woman.person;
        line.person_known = woman.known;
        line.declarant = declarant_;
        line.insurer = woman.insurer;
        line.treating = provider(record, columns_.treating);
        line.referrer = provider(record, columns_.referrer);
        line.quantity = static_cast<std::int32_t>(wire::number(field(record, columns_.quantity)).value_or(0));
        line.tariff = wire::cents(field(record, columns_.tariff)).value_or(Cents());
        if (columns_.partus) line.partus = wire::date(field(record, *columns_.partus));
        const bool complete = read_care(record, line) && read_performance(record, line) &&
                              read_amount(record, line) && read_references(record, line);
        if (!complete) return std::nullopt;
        return line;
    }

private:
    std::string_view field(const Record& record, const Column& column) const {
        return message_.field(record, column);
    }
    std::nullopt_t refused(const char* code, const Record& record, const Column& column,
                           const char* return_code) {
        report_.finding(code, Severity::line_refused, record, column, return_code);
        return std::nullopt;
    }
    bool refuse(const char* code, const Record& record, const Column& column, const char* return_code) {
        refused(code, record, column, return_code);
        return false;
    }

    bool same_insured(const Record& record, const Record& owner, const Insured& woman) {
        if (woman.insurer.is_none()) return refuse("intake_insurer_wrong", record, columns_.insurer, "0423");
        if (field(record, columns_.insurer) != field(owner, insured_.insurer))
            return refuse("intake_insurer_differs", record, columns_.insurer, "0423");
        if (field(record, columns_.bsn) != field(owner, insured_.bsn))
            return refuse("intake_bsn_differs", record, columns_.bsn, "0435");
        return true;
    }

    AgbCode provider(const Record& record, const Column& column) {
        const std::string_view digits = field(record, column);
        if (wire::is_empty(digits, wire::Kind::digits)) return AgbCode::none();
        if (const auto code = AgbCode::parse(digits)) return *code;
        report_.finding("intake_provider_wrong", Severity::note, record, column, "8011");
        return AgbCode::none();
    }

    bool read_care(const Record& record, CareLine& line) {
        const auto begin = wire::date(field(record, columns_.begin));
        const auto end = wire::date(field(record, columns_.end));
        if (!begin || !end || *end < *begin)
            return refuse("intake_period_wrong", record, begin ? columns_.end : columns_.begin, "8007");
        if (*begin > dated_) return refuse("intake_begin_after_invoice", record, columns_.begin, "8177");
        if (*end > dated_) return refuse("intake_end_after_invoice", record, columns_.end, "8178");
        line.care = Period{*begin, *end};
        return true;
    }

    bool read_performance(const Record& record, CareLine& line) {
        const std::string code = std::string(field(record, columns_.list)) + ":" +
                                 std::string(wire::text(field(record, columns_.code)));
        const auto performance = PerformanceCode::parse(code);
        if (!performance) return refuse("intake_performance_wrong", record, columns_.code, "0582");
        line.performance = *performance;
        const auto& lists = references_.lists;
        const auto& codes = references_.codes;
        if (!lists.empty() && !std::binary_search(lists.begin(), lists.end(), performance->list))
            report_.finding("intake_list_unknown", Severity::note, record, columns_.list, "0581");
        else if (!codes.empty() && !std::binary_search(codes.begin(), codes.end(), *performance))
            report_.finding("intake_code_unknown", Severity::note, record, columns_.code, "0582");
        return true;
    }

    bool read_amount(const Record& record, CareLine& line) {
        const std::string_view side = field(record, columns_.side);
        const std::string_view other = field(record, columns_.calculated_side);
        const auto amount = wire::signed_cents(field(record, columns_.amount), side);
        if (!amount) return refuse("intake_amount_wrong", record, columns_.side, "0631");
        if (!wire::is_empty(other, wire::Kind::text) && other != side)
            return refuse("intake_sides_differ", record, columns_.calculated_side, "8064");
        line.amount = *amount;
        line.credit = side == "C";
        return true;
    }

    bool read_references(const Record& record, CareLine& line) {
        const auto reference = reference_of(field(record, columns_.reference));
        if (!reference) return refuse("intake_reference_wrong", record, columns_.reference, "8021");
        line.id = {declarant_, *reference};
        const std::string_view previous = field(record, columns_.previous);
        if (wire::is_empty(previous, wire::Kind::text)) return true;
        const auto named = reference_of(previous);
        if (!named) return refuse("intake_previous_wrong", record, columns_.previous, "0651");
        line.previous = *named;
        return true;
    }

    const Message& message_;
    const LineColumns& columns_;
    const InsuredColumns& insured_;
    const References& references_;
    AgbCode declarant_;
    Date dated_;
    Report& report_;
};

struct ReadLine {
    CareLine line;
    std::size_t record = 0;
    bool refused = false;
};

void refuse_repeated(std::vector<ReadLine>& lines, const Message& message, const LineColumns& columns,
                     Report& report) {
    std::unordered_map<std::string_view, std::size_t> first;
    for (ReadLine& one : lines) {
        if (first.emplace(one.line.id.reference.view(), one.record).second) continue;
        one.refused = true;
        report.finding("intake_reference_repeated", Severity::line_refused, message.records()[one.record],
                       columns.reference, "8021");
    }
}

bool cancel_each_other(const CareLine& debit, const CareLine& credit) {
    const bool named = credit.previous.empty() || credit.previous == debit.id.reference;
    CareLine mirrored = credit;
    mirrored.credit = false;
    mirrored.amount = -credit.amount;
    mirrored.id = debit.id;
    mirrored.previous = debit.previous;
    return named && !debit.credit && mirrored == debit;
}

// Together they say nothing, and which of the two was meant we cannot know: neither is taken.
void refuse_cancelled(std::vector<ReadLine>& lines, const Message& message, const LineColumns& columns,
                      Report& report) {
    std::map<std::tuple<PersonId, Period, PerformanceCode>, std::vector<ReadLine*>> debits;
    const auto key = [](const CareLine& line) {
        return std::tuple(line.person, line.care, line.performance);
    };
    for (ReadLine& one : lines) {
        if (!one.refused && !one.line.credit) debits[key(one.line)].push_back(&one);
    }
    for (ReadLine& credit : lines) {
        const auto alike = debits.find(key(credit.line));
        if (credit.refused || !credit.line.credit || alike == debits.end()) continue;
        const auto debit = std::find_if(alike->second.begin(), alike->second.end(), [&](const ReadLine* one) {
            return !one->refused && cancel_each_other(one->line, credit.line);
        });
        if (debit == alike->second.end()) continue;
        for (ReadLine* one : {*debit, &credit}) {
            one->refused = true;
            report.finding("intake_debit_and_credit", Severity::line_refused, message.records()[one->record],
                           columns.reference, "8062");
        }
    }
}

}  // namespace

base::Result<Intake> read_claims(const Message& message, const Source& source, const References& references,
                                 Resolver& resolver, Findings& findings) {
    Report report(message, findings);
    BUNDEL_TRY(header, header_columns(message.layout()));
    BUNDEL_TRY(insured, insured_columns(message.layout()));
    BUNDEL_TRY(columns, line_columns(message.layout()));
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

    ClaimReader reader(message, columns, insured, references, intake.declarant, *dated, report);
    std::vector<ReadLine> lines;
    for (const Insured& woman : women) {
        for (std::size_t i = woman.record; i < woman.end; ++i) {
            if (records[i].refused || message.code(records[i]) != wire::code_performance) continue;
            if (auto line = reader.line(woman, records[i])) lines.push_back({*line, i, false});
        }
    }
    refuse_repeated(lines, message, columns, report);
    refuse_cancelled(lines, message, columns, report);
    for (const ReadLine& one : lines) {
        if (one.refused) continue;
        const facts::Origin origin{source.message, static_cast<std::int32_t>(records[one.record].line)};
        intake.readings[one.line.person].lines.push_back({one.line, source.received, origin});
    }
    return intake;
}

}  // namespace bundel::intake
