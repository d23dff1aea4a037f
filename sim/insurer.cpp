#include "sim/insurer.h"

#include <algorithm>

#include "wire/decode.h"
#include "wire/encode.h"

namespace bundel::sim {
namespace {

// A field by the element it holds: VK and KZ number their fields differently.
Result<wire::Column> column_of(const wire::Layout& layout, std::string_view record,
                               std::string_view element) {
    const auto index = layout.record_index(record);
    if (index >= 0) {
        for (const auto& field : layout.records()[static_cast<std::size_t>(index)].fields) {
            if (field.element == element) return layout.column(field.id);
        }
    }
    return Error{"layout_field_unknown", {{"layout", layout.name()}, {"field", std::string(element)}}};
}

}  // namespace

struct Insurers::Line {
    const wire::Record* insured;
    const wire::Record* claim;
    std::size_t verdict;
};

// Columns of a claim message that the insurer looks at.
struct Insurers::Fields {
    wire::Column bsn, begin, end, list, code, claimed, sign, reference, previous;

    static Result<Fields> of(const wire::Layout& layout) {
        Fields fields;
        const std::pair<wire::Column Fields::*, std::string_view> wanted[] = {
            {&Fields::bsn, "NUM313"},  {&Fields::begin, "DAT001"},     {&Fields::end, "DAT003"},
            {&Fields::list, "COD367"}, {&Fields::code, "COD388"},      {&Fields::claimed, "BED161"},
            {&Fields::sign, "COD665"}, {&Fields::reference, "NUM362"}, {&Fields::previous, "NUM363"},
        };
        for (const auto& [field, element] : wanted) {
            BUNDEL_TRY(column, column_of(layout, wire::code_performance, element));
            fields.*field = column;
        }
        return fields;
    }

    Result<Verdict> read(const wire::Message& message, const wire::Record& record) const {
        const auto field = [&](const wire::Column& column) { return message.field(record, column); };
        const Error unreadable{"sent_file_refused", {{"file", message.file()}, {"finding", "empty field"}}};
        const auto first = wire::date(field(begin));
        const auto last = wire::date(field(end));
        const auto amount = wire::signed_cents(field(claimed), field(sign));
        const auto list_number = wire::number(field(list));
        if (!first || !last || !amount || !list_number) return unreadable;
        BUNDEL_TRY(performance, PerformanceCode::parse(base::zero_padded(*list_number, 3) + ":" +
                                                       std::string(wire::text(field(code)))));
        Verdict verdict;
        verdict.bsn = std::string(field(bsn));
        verdict.reference = wire::utf8(field(reference));
        verdict.previous = wire::utf8(field(previous));
        verdict.performance = performance;
        verdict.care = {*first, *last};
        verdict.credit = wire::text(field(sign)) == "C";
        verdict.claimed = verdict.credit ? -*amount : *amount;
        return verdict;
    }
};

// Why the insurer refuses by its own books; empty: it does not.
std::string Insurers::objection(UzoviCode insurer, const Verdict& verdict) const {
    if (!values::Bsn::parse(verdict.bsn).ok()) return "0435";
    if (books_.contains({insurer, verdict.reference})) return "8021";
    if (verdict.credit) return credit_objection(insurer, verdict);
    for (const auto& [key, place] : books_) {
        const auto& other = verdicts_[place];
        const bool stands = !other.credit && other.accepted() && !credited_.contains(key);
        const bool same = other.bsn == verdict.bsn && other.performance == verdict.performance;
        if (stands && same && other.care.overlaps(verdict.care)) return "0587";
    }
    return "";
}

std::string Insurers::credit_objection(UzoviCode insurer, const Verdict& verdict) const {
    const auto found = books_.find({insurer, verdict.previous});
    if (found == books_.end()) return "8017";
    const auto& debit = verdicts_[found->second];
    if (debit.credit || debit.performance != verdict.performance || debit.bsn != verdict.bsn) return "0651";
    if (!debit.accepted()) return "8017";
    return credited_.contains(found->first) ? "8084" : "";
}

void Insurers::deviate(Verdict& verdict, Date day) {
    const auto found = deviations_.find(verdict.bsn);
    if (found == deviations_.end()) return;
    auto& waiting = found->second;
    const auto fits = std::find_if(waiting.begin(), waiting.end(), [&](const Deviation& one) {
        return one.credit == verdict.credit &&
               (one.reference.empty() || one.reference == verdict.reference) &&
               (one.performance.empty() || one.performance == verdict.performance.str());
    });
    if (fits == waiting.end()) return;
    switch (fits->kind) {
        case Deviation::Kind::reject: verdict.granted = Cents(); break;
        case Deviation::Kind::other_amount: verdict.granted = fits->amount; break;
        case Deviation::Kind::late:
        case Deviation::Kind::lost: verdict.answered = day.plus_days(fits->days); break;
    }
    verdict.codes = fits->codes;
    waiting.erase(fits);
}

void Insurers::judge(UzoviCode insurer, Verdict& verdict, Date day) {
    verdict.answered = day.plus_days(usual_days);
    const auto code = objection(insurer, verdict);
    if (!code.empty()) {
        verdict.codes = {code};
        return;
    }
    verdict.granted = verdict.claimed;
    deviate(verdict, day);
}

Result<base::Done> Insurers::receive(UzoviCode insurer, const File& file, Date day) {
    base::Findings findings;
    const auto message = wire::decode(file.bytes, layouts_, file.name, findings);
    if (!message || !findings.empty()) {
        const auto& first = findings.front();
        return Error{"sent_file_refused",
                     {{"file", file.name}, {"finding", first.code + " " + first.where.field}}};
    }
    BUNDEL_TRY(fields, Fields::of(message->layout()));
    std::map<Date, std::vector<Line>> by_day;
    const wire::Record* insured = nullptr;
    for (const auto& record : message->records()) {
        if (message->code(record) == wire::code_insured) insured = &record;
        if (message->code(record) != wire::code_performance) continue;
        BUNDEL_TRY(verdict, fields.read(*message, record));
        judge(insurer, verdict, day);
        verdicts_.push_back(verdict);
        const auto place = verdicts_.size() - 1;
        if (verdict.codes != std::vector<std::string>{"8021"}) books_[{insurer, verdict.reference}] = place;
        if (verdict.credit && verdict.accepted()) credited_.insert({insurer, verdict.previous});
        by_day[verdict.answered].push_back({insured, &record, place});
    }
    for (const auto& [answered, lines] : by_day) {
        BUNDEL_TRY(made, answer(*message, lines, answered, insurer));
        due_.emplace(answered, made);
    }
    return base::Done{};
}

// One answer message about some of the lines of a claim message.
Result<File> Insurers::answer(const wire::Message& message, const std::vector<Line>& lines, Date day,
                              UzoviCode insurer) {
    const std::string name = message.layout().message().substr(0, 4) + "2";
    const auto layout = layouts_.find(name, message.layout().version());
    if (layout == nullptr)
        return Error{"sent_file_refused", {{"file", message.file()}, {"finding", "no " + name}}};
    const auto column = [&](std::string_view record, std::string_view element) {
        return column_of(*layout, record, element);
    };
    BUNDEL_TRY(own_number, column("01", "NUM370"));
    BUNDEL_TRY(dated, column("01", "DAT277"));
    BUNDEL_TRY(file_code, column("01", "COD954"));
    BUNDEL_TRY(calculated, column("04", "BED165"));
    BUNDEL_TRY(calculated_sign, column("04", "COD672"));
    BUNDEL_TRY(granted, column("04", "BED166"));
    BUNDEL_TRY(granted_sign, column("04", "COD673"));
    const std::string_view code_elements[] = {"COD954", "COD955", "COD956"};

    const auto claims =
        std::count_if(message.records().begin(), message.records().end(),
                      [&](const auto& record) { return message.code(record) == wire::code_performance; });
    const bool approved = static_cast<std::size_t>(claims) == lines.size() &&
                          std::all_of(lines.begin(), lines.end(), [&](const Line& line) {
                              return verdicts_[line.verdict].codes.empty();
                          });
    const auto number = "ZV-" + insurer.digits() + "-" + base::zero_padded(++number_, 6);

    wire::Writer writer(layout);
    writer.copy(message.record_bytes(message.records().front())).set(own_number, number).set(dated, day);
    writer.set(file_code, approved ? "8001" : "0000");  // 0000: empty field; the codes stand at the lines
    const wire::Record* woman = nullptr;
    Cents total_granted;
    for (const auto& line : lines) {
        if (line.insured != woman) writer.copy(message.record_bytes(*line.insured));
        woman = line.insured;
        const auto& verdict = verdicts_[line.verdict];
        const Cents sum = verdict.credit ? -verdict.granted : verdict.granted;
        writer.copy(message.record_bytes(*line.claim));
        writer.set_signed(calculated, calculated_sign, sum).set_signed(granted, granted_sign, sum);
        for (std::size_t i = 0; i < verdict.codes.size(); ++i) {
            BUNDEL_TRY(code, column("04", code_elements[i]));
            writer.set(code, verdict.codes[i]);
        }
        total_granted += sum;
    }
    BUNDEL_TRY(sent, column("99", "BED168"));
    BUNDEL_TRY(sent_sign, column("99", "COD668"));
    BUNDEL_TRY(given, column("99", "BED167"));
    BUNDEL_TRY(given_sign, column("99", "COD665"));
    BUNDEL_TRY(total, column_of(message.layout(), "99", "BED025"));
    BUNDEL_TRY(total_sign, column_of(message.layout(), "99", "COD043"));
    const auto& closing = message.records().back();
    const auto total_sent =
        wire::signed_cents(message.field(closing, total), message.field(closing, total_sign));
    writer.close().set_signed(sent, sent_sign, total_sent.value_or(Cents()));
    writer.set_signed(given, given_sign, total_granted);
    BUNDEL_TRY(bytes, writer.finish());
    return File{name + "-" + insurer.digits() + "-" + number + ".txt", bytes};
}

std::vector<File> Insurers::answers_due(Date day) {
    std::vector<File> files;
    const auto end = due_.upper_bound(day);
    for (auto i = due_.begin(); i != end; ++i) files.push_back(i->second);
    due_.erase(due_.begin(), end);
    return files;
}

std::optional<Date> Insurers::next_answer() const {
    if (due_.empty()) return std::nullopt;
    return due_.begin()->first;
}

}  // namespace bundel::sim
