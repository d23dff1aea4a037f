#include "sim/insurer.h"

#include <algorithm>
#include <array>

#include "base/assert.h"
#include "sim/elements.h"
#include "sim/naive.h"
#include "wire/decode.h"
#include "wire/encode.h"

namespace bundel::sim {
namespace {

// Records of a claim line, first the record 04.
using Records = std::vector<const wire::Record*>;

// The record that is judged: 06 where there is one.
std::string_view judged_record(const wire::Layout& layout) {
    return layout.record_index("06") >= 0 ? std::string_view("06") : wire::code_performance;
}

// Whoever declared: practice or institution.
std::string declarant_of(const wire::Message& message) {
    for (const char* element : {"COD031", "COD181"}) {
        const auto column = column_of(message.layout(), wire::code_header, element);
        if (!column.ok()) continue;
        const auto field = message.field(message.records().front(), *column);
        if (!wire::is_empty(field, wire::Kind::digits)) return std::string(field);
    }
    return "";
}

// The bytes of the records of a line, with the fields that hold these elements left out.
std::string content(const wire::Message& message, const Records& records,
                    std::span<const std::string_view> left_out) {
    std::string all;
    for (const auto* record : records) {
        std::string bytes(message.record_bytes(*record));
        for (const auto& field : message.layout().records()[record->index].fields) {
            if (std::find(left_out.begin(), left_out.end(), field.element) == left_out.end()) continue;
            const auto place = static_cast<std::size_t>(field.position - 1);
            std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(place), field.length, '.');
        }
        all += bytes;
    }
    return all;
}

constexpr int integrated_list = 69;

constexpr std::array<std::string_view, 1> envelope{"NUM040"};
constexpr std::array<std::string_view, 10> envelope_and_references{
    "NUM040", "NUM362", "NUM363", "NUM371", "NUM372", "NUM415", "NUM416", "COD668", "COD665", "COD043"};

}  // namespace

struct Insurers::Line {
    const wire::Record* insured = nullptr;
    Records records;
    const wire::Record* judged = nullptr;
    Verdict verdict;
};

// Columns of a claim line that the insurer looks at; all in the judged record but the last day of care.
struct Insurers::Fields {
    wire::Column bsn, begin, end, list, code, claimed, sign, reference, previous;

    static Result<Fields> of(const wire::Layout& layout) {
        const auto judged = judged_record(layout);
        const bool hospital = judged != wire::code_performance;
        struct Wanted {
            wire::Column Fields::*column;
            std::string_view record;
            std::string_view element;
        };
        const Wanted wanted[] = {
            {&Fields::bsn, judged, "NUM313"},
            {&Fields::begin, judged, "DAT001"},
            {&Fields::end, wire::code_performance, "DAT003"},
            {&Fields::list, judged, hospital ? "COD692" : "COD367"},
            {&Fields::code, judged, hospital ? "COD695" : "COD388"},
            {&Fields::claimed, judged, "BED161"},
            {&Fields::sign, judged, "COD665"},
            {&Fields::reference, judged, hospital ? "NUM371" : "NUM362"},
            {&Fields::previous, judged, hospital ? "NUM372" : "NUM363"},
        };
        Fields fields;
        for (const auto& one : wanted) {
            BUNDEL_TRY(column, column_of(layout, one.record, one.element));
            fields.*one.column = column;
        }
        return fields;
    }

    Result<Verdict> read(const wire::Message& message, const Line& line) const {
        const auto field = [&](const wire::Column& column) { return message.field(*line.judged, column); };
        const Error unreadable{"sent_file_refused", {{"file", message.file()}, {"finding", "empty field"}}};
        const auto first = wire::date(field(begin));
        const auto last = wire::date(message.field(*line.records.front(), end));
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

// The claim lines of a message, as declared. A line is a record 04 with the records below it.
Result<std::vector<Insurers::Line>> Insurers::lines_of(const wire::Message& message) const {
    const auto judged = judged_record(message.layout());
    std::vector<Line> lines;
    const wire::Record* insured = nullptr;
    for (const auto& record : message.records()) {
        const auto& code = message.code(record);
        if (code == wire::code_insured) insured = &record;
        if (code == wire::code_performance) lines.push_back({insured, {}, nullptr, {}});
        if (lines.empty() || (code != wire::code_performance && code != "06" && code != "16")) continue;
        lines.back().records.push_back(&record);
        if (code == judged) lines.back().judged = &record;
    }
    BUNDEL_TRY(fields, Fields::of(message.layout()));
    for (auto& line : lines) {
        if (line.judged == nullptr) {
            return Error{"sent_file_refused",
                         {{"file", message.file()}, {"finding", "no record " + std::string(judged)}}};
        }
        BUNDEL_TRY(verdict, fields.read(message, line));
        line.verdict = verdict;
    }
    return lines;
}

bool Insurers::stands(const Verdict& verdict) const {
    return !verdict.credit && verdict.accepted() && !credited_.contains({verdict.insurer, verdict.reference});
}

// The same performance stands already for some of these days.
bool Insurers::is_double(const Verdict& verdict) const {
    const auto [first, last] = of_woman_.equal_range(verdict.bsn);
    return std::any_of(first, last, [&](const auto& entry) {
        const Verdict& other = verdicts_[entry.second];
        return other.performance == verdict.performance && stands(other) && other.care.overlaps(verdict.care);
    });
}

bool Insurers::lets_fall_back(UzoviCode label) const {
    return fall_back_.contains(label) || (rules_ != nullptr && rules_->lets_fall_back(label));
}

// An integrated performance over care that somebody outside declared.
bool Insurers::falls_back(const Verdict& verdict) const {
    if (!lets_fall_back(verdict.insurer)) return false;
    const auto [from, to] = outside_.equal_range(verdict.bsn);
    return std::any_of(from, to, [&](const auto& one) { return one.second.care.overlaps(verdict.care); });
}

// Why the insurer refuses; empty: it does not.
std::string Insurers::objection(const Verdict& verdict, Date day) const {
    if (!values::Bsn::parse(verdict.bsn).ok()) return "0435";
    if (books_.contains({verdict.insurer, verdict.reference})) return "8021";
    if (verdict.credit) return credit_objection(verdict);
    if (rules_ != nullptr) {
        const auto code = objection_by_rules(verdict, day);
        if (!code.empty()) return code;
    }
    if (is_double(verdict)) return "0587";
    return verdict.performance.list == integrated_list && falls_back(verdict) ? "0587" : "";
}

std::string Insurers::objection_by_rules(const Verdict& verdict, Date day) const {
    const UzoviCode insurer = verdict.insurer;
    const Period& care = verdict.care;
    if (!rules_->insures(insurer, verdict.bsn, care.first)) return "0320";
    const auto igo = AgbCode::parse(verdict.declarant);
    const bool integrated = verdict.performance.list == integrated_list;
    if (integrated && (!igo.ok() || rules_->contract(insurer, *igo, care.first) == nullptr)) return "8022";
    return day > care.last.plus_months(rules_->terms(insurer)->submit_months) ? "0586" : "";
}

std::string Insurers::credit_objection(const Verdict& verdict) const {
    const auto found = books_.find({verdict.insurer, verdict.previous});
    if (found == books_.end()) return "8017";
    const auto& debit = verdicts_[found->second];
    if (debit.credit || debit.performance != verdict.performance || debit.bsn != verdict.bsn) return "0651";
    if (!debit.accepted()) return "8017";
    return credited_.contains(found->first) ? "8084" : "";
}

// Contract: an integrated debit without an objection.
void Insurers::judge_price(Verdict& verdict, Date day) const {
    std::vector<ToldOverlap> overlaps;
    const auto [first, last] = told_.equal_range(verdict.bsn);
    for (auto i = first; i != last; ++i) {
        if (i->second.care.insurer == verdict.insurer) overlaps.push_back(i->second.overlap);
    }
    const auto* contract =
        rules_->contract(verdict.insurer, *AgbCode::parse(verdict.declarant), verdict.care.first);
    const auto right = right_prices(*contract, verdict.performance, verdict.care, overlaps, day);
    Cents most;
    for (const PriceRange& range : right) {
        if (range.least <= verdict.claimed && verdict.claimed <= range.most) return;
        most = std::max(most, range.most);
    }
    const bool lenient = !right.empty() && !rules_->terms(verdict.insurer)->strict;
    if (lenient && verdict.claimed <= most) return;
    verdict.granted = lenient ? most : Cents();
    verdict.codes = {"0611"};
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

void Insurers::judge(Verdict& verdict, Date day) {
    verdict.answered =
        day.plus_days(rules_ == nullptr ? usual_days : rules_->terms(verdict.insurer)->answer_days);
    const auto code = objection(verdict, day);
    if (!code.empty()) {
        verdict.codes = {code};
        return;
    }
    verdict.granted = verdict.claimed;
    const bool integrated = verdict.performance.list == integrated_list;
    if (rules_ != nullptr && integrated && !verdict.credit) judge_price(verdict, day);
    deviate(verdict, day);
}

Result<wire::Message> readable(const File& file, const wire::Layouts& layouts) {
    base::Findings findings;
    auto message = wire::decode(file.bytes, layouts, file.name, findings);
    if (message && findings.empty()) return *std::move(message);
    const auto& first = findings.front();
    return Error{"sent_file_refused",
                 {{"file", file.name}, {"finding", first.code + " " + first.where.field}}};
}

Result<base::Done> Insurers::handed_in(const File& file) {
    BUNDEL_TRY(message, readable(file, layouts_));
    BUNDEL_TRY(lines, lines_of(message));
    const auto declarant = declarant_of(message);
    for (const auto& line : lines) {
        originals_[{declarant, line.verdict.reference}] = content(message, line.records, envelope);
        contents_.insert({declarant, content(message, line.records, envelope_and_references)});
    }
    return base::Done{};
}

Result<base::Done> Insurers::outside(UzoviCode insurer, const File& file) {
    BUNDEL_TRY(message, readable(file, layouts_));
    BUNDEL_TRY(lines, lines_of(message));
    for (const auto& line : lines) {
        const Verdict& one = line.verdict;
        const std::string declarant = declarant_of(message);
        // A reference that was used is refused (8021), so it is paid once.
        const bool is_new = declared_outside_.insert({declarant, one.reference}).second;
        if (!is_new || is_beside(one.performance)) continue;
        if (one.credit) {
            take_back(declarant, one);
        } else {
            outside_.emplace(one.bsn, OutsideCare{insurer, one.bsn, declarant, one.reference, one.care,
                                                  one.claimed, false});
        }
    }
    return base::Done{};
}

// What was told is told to be gone; what was not is never told.
void Insurers::take_back(const std::string& declarant, const Verdict& credit) {
    const auto is_debit = [&](const OutsideCare& one) {
        return one.declarant == declarant && one.reference == credit.previous;
    };
    std::erase_if(outside_, [&](const auto& entry) { return is_debit(entry.second); });
    for (auto& [bsn, told] : told_) {
        if (is_debit(told.care)) told.care.withdrawn = true;
    }
}

bool Insurers::is_covered(const OutsideCare& care) const {
    const auto [first, last] = of_woman_.equal_range(care.bsn);
    return std::any_of(first, last, [&](const auto& entry) {
        const Verdict& verdict = verdicts_[entry.second];
        return verdict.insurer == care.insurer && verdict.performance.list == integrated_list &&
               stands(verdict) && verdict.care.overlaps(care.care);
    });
}

std::vector<OutsideCare> Insurers::overlaps(Date day) {
    std::vector<OutsideCare> news;
    for (auto& [bsn, told] : told_) {
        if (!told.care.withdrawn || told.overlap.withdrawn) continue;
        told.overlap.withdrawn = day;
        news.push_back(told.care);
    }
    std::erase_if(outside_, [&](const auto& entry) {
        const OutsideCare& care = entry.second;
        const bool tells = !lets_fall_back(care.insurer) && is_covered(care);
        if (!tells) return false;
        news.push_back(care);
        told_.emplace(care.bsn, Told{care, {care.care, care.amount, day, std::nullopt}});
        return true;
    });
    return news;
}

bool Insurers::is_paid_by(const Verdict& verdict, Date day) const {
    BUNDEL_ASSERT(rules_ != nullptr);
    return verdict.answered.plus_days(rules_->terms(verdict.insurer)->payment_days) <= day;
}

std::vector<Payment> Insurers::payments(Date day) {
    std::vector<Payment> rows;
    std::erase_if(unpaid_, [&](std::size_t place) {
        const Verdict& one = verdicts_[place];
        if (!is_paid_by(one, day)) return false;
        const auto pay = [&](Cents amount) {
            rows.push_back({one.insurer, one.declarant, one.reference, amount});
        };
        if (one.credit) {
            // Not what it claims: of a debit that was granted less, less was paid.
            const auto debit = books_.at({one.insurer, one.previous});
            if (paid_.contains(debit)) pay(-verdicts_[debit].granted);
            return true;
        }
        const auto credit = credited_.find({one.insurer, one.reference});
        if (credit != credited_.end() && verdicts_[credit->second].answered <= day) return true;
        pay(one.granted);
        paid_.insert(place);
        return true;
    });
    return rows;
}

Result<base::Done> Insurers::check_unchanged(const wire::Message& message,
                                             const std::vector<Line>& lines) const {
    const auto declarant = declarant_of(message);
    const auto known = contents_.lower_bound({declarant, ""});
    if (known == contents_.end() || known->first != declarant) return base::Done{};
    for (const auto& line : lines) {
        const auto original = originals_.find({declarant, line.verdict.reference});
        const bool unchanged =
            original != originals_.end()
                ? original->second == content(message, line.records, envelope)
                : contents_.contains({declarant, content(message, line.records, envelope_and_references)});
        if (!unchanged) {
            return Error{"sent_line_changed",
                         {{"file", message.file()}, {"reference", line.verdict.reference}}};
        }
    }
    return base::Done{};
}

Result<base::Done> Insurers::receive(UzoviCode insurer, const File& file, Date day) {
    BUNDEL_TRY(message, readable(file, layouts_));
    return receive(insurer, message, day);
}

void Insurers::book(const Verdict& verdict) {
    const std::size_t place = verdicts_.size();
    verdicts_.push_back(verdict);
    if (verdict.codes != std::vector<std::string>{"8021"}) {
        books_[{verdict.insurer, verdict.reference}] = place;
        of_woman_.emplace(verdict.bsn, place);
    }
    if (!verdict.accepted()) return;
    if (verdict.credit) credited_.emplace(Booked{verdict.insurer, verdict.previous}, place);
    if (!verdict.granted.is_zero()) unpaid_.push_back(place);
}

Result<base::Done> Insurers::receive(UzoviCode insurer, const wire::Message& message, Date day) {
    if (rules_ != nullptr && rules_->terms(insurer) == nullptr)
        return Error{"insurer_not_in_region", {{"file", message.file()}, {"insurer", insurer.digits()}}};
    BUNDEL_TRY(lines, lines_of(message));
    BUNDEL_TRY_DONE(check_unchanged(message, lines));
    std::map<Date, std::vector<Line>> by_day;
    for (auto& line : lines) {
        line.verdict.insurer = insurer;
        line.verdict.declarant = declarant_of(message);
        judge(line.verdict, day);
        book(line.verdict);
        by_day[line.verdict.answered].push_back(line);
    }
    for (const auto& [answered, some] : by_day) {
        BUNDEL_TRY(made, answer(message, some, some.size() == lines.size(), answered, insurer));
        due_.emplace(answered, made);
    }
    return base::Done{};
}

namespace {

wire::LayoutRef answer_layout(const wire::Layout& sent, const wire::Layouts& layouts) {
    const auto name = sent.message().substr(0, 4) + std::to_string(sent.message().back() - '0' + 1);
    const auto found = std::find_if(layouts.all().begin(), layouts.all().end(), [&](const auto& layout) {
        return layout->message() == name && layout->version_digits() == sent.version_digits() &&
               layout->subversion_digits() == sent.subversion_digits();
    });
    return found == layouts.all().end() ? nullptr : *found;
}

// Columns of an answer beyond what it repeats.
struct AnswerColumns {
    wire::Column own_number, dated, file_code;
    wire::Column calculated, calculated_sign, granted, granted_sign;
    std::array<wire::Column, 3> codes;
    wire::Column sent, sent_sign, given, given_sign;

    static Result<AnswerColumns> of(const wire::Layout& layout) {
        AnswerColumns columns;
        const auto judged = judged_record(layout);
        struct Wanted {
            wire::Column* column;
            std::string_view record;
            std::string_view element;
        };
        const Wanted wanted[] = {
            {&columns.own_number, wire::code_header, "NUM370"},
            {&columns.dated, wire::code_header, "DAT277"},
            {&columns.file_code, wire::code_header, "COD954"},
            {&columns.calculated, judged, "BED165"},
            {&columns.calculated_sign, judged, "COD672"},
            {&columns.granted, judged, "BED166"},
            {&columns.granted_sign, judged, "COD673"},
            {&columns.codes[0], judged, "COD954"},
            {&columns.codes[1], judged, "COD955"},
            {&columns.codes[2], judged, "COD956"},
            {&columns.sent, wire::code_closing, "BED168"},
            {&columns.sent_sign, wire::code_closing, "COD668"},
            {&columns.given, wire::code_closing, "BED167"},
            {&columns.given_sign, wire::code_closing, "COD665"},
        };
        for (const auto& one : wanted) {
            BUNDEL_TRY(column, column_of(layout, one.record, one.element));
            *one.column = column;
        }
        return columns;
    }
};

void write_verdict(wire::Writer& writer, const AnswerColumns& columns, const Verdict& verdict) {
    const Cents sum = verdict.credit ? -verdict.granted : verdict.granted;
    writer.set_signed(columns.calculated, columns.calculated_sign, sum);
    writer.set_signed(columns.granted, columns.granted_sign, sum);
    for (std::size_t i = 0; i < verdict.codes.size(); ++i) writer.set(columns.codes[i], verdict.codes[i]);
}

Result<Cents> declared_total(const wire::Message& message) {
    BUNDEL_TRY(total, column_of(message.layout(), wire::code_closing, "BED025"));
    BUNDEL_TRY(sign, column_of(message.layout(), wire::code_closing, "COD043"));
    const auto& closing = message.records().back();
    return wire::signed_cents(message.field(closing, total), message.field(closing, sign)).value_or(Cents());
}

}  // namespace

// One answer message about some of the lines of a claim message, or all (`whole`).
Result<File> Insurers::answer(const wire::Message& message, const std::vector<Line>& lines, bool whole,
                              Date day, UzoviCode insurer) {
    const auto layout = answer_layout(message.layout(), layouts_);
    if (layout == nullptr)
        return Error{"sent_file_refused",
                     {{"file", message.file()}, {"finding", "no answer to " + message.layout().name()}}};
    BUNDEL_TRY(columns, AnswerColumns::of(*layout));
    const bool approved = whole && std::all_of(lines.begin(), lines.end(),
                                               [](const Line& line) { return line.verdict.codes.empty(); });
    const auto number = "ZV-" + insurer.digits() + "-" + base::zero_padded(++number_, 6);

    wire::Writer writer(layout);
    writer.copy(message.record_bytes(message.records().front()));
    writer.set(columns.own_number, number).set(columns.dated, day);
    // 0000: empty field; the codes stand at the lines
    writer.set(columns.file_code, approved ? "8001" : "0000");
    const wire::Record* insured = nullptr;
    Cents total_granted;
    for (const auto& line : lines) {
        if (line.insured != insured) writer.copy(message.record_bytes(*line.insured));
        insured = line.insured;
        for (const auto* record : line.records) {
            writer.copy(message.record_bytes(*record));
            if (record == line.judged) write_verdict(writer, columns, line.verdict);
        }
        total_granted += line.verdict.credit ? -line.verdict.granted : line.verdict.granted;
    }
    BUNDEL_TRY(total_sent, declared_total(message));
    writer.close().set_signed(columns.sent, columns.sent_sign, total_sent);
    writer.set_signed(columns.given, columns.given_sign, total_granted);
    BUNDEL_TRY(bytes, writer.finish());
    return File{layout->message() + "-" + insurer.digits() + "-" + number + ".txt", bytes};
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
