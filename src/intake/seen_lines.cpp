#include "intake/seen_lines.h"

namespace bundel::intake {
namespace {

constexpr int months_of_five_years = 60;

constexpr SeenFault previous_self{"content_previous_self", "", true, false};
constexpr SeenFault reference_repeated{"content_reference_repeated", "8021", false, false};
constexpr SeenFault debit_and_credit{"content_debit_and_credit", "8062", false, false};
constexpr SeenFault debit_unknown{"content_debit_unknown", "8017", true, false};
constexpr SeenFault credited_before{"content_credited_before", "8084", true, false};
constexpr SeenFault credit_differs{"content_credit_differs", "", true, true};

}  // namespace

Key key_of(const base::Hasher& hasher) {
    const base::Digest digest = hasher.finish();
    const auto word = [&](std::size_t at) {
        std::uint64_t value = 0;
        for (std::size_t i = at; i < at + 8; ++i) value = value << 8 | digest.bytes[i];
        return value;
    };
    return {word(0), word(8)};
}

void SeenLines::begin(std::string_view layout) {
    layout_ = static_cast<std::uint32_t>(key_of(base::Hasher().add(layout)).first);
    declarant_.clear();
    dated_ = 0;
    debits_.clear();
    named_.clear();
}

void SeenLines::declare(std::string declarant, const std::optional<values::Date>& dated) {
    declarant_ = std::move(declarant);
    dated_ = dated ? dated->day_number() : 0;
}

Key SeenLines::number_key(std::string_view number) const {
    return key_of(base::Hasher().add(declarant_).add(number));
}

// As long as a number may not be used again. Without a day nobody knows.
bool SeenLines::is_within_five_years(std::int32_t before) const {
    if (before == 0 || dated_ == 0) return true;
    const auto free_from = values::Date::from_day_number(before).plus_months(months_of_five_years);
    return dated_ < free_from.day_number();
}

bool SeenLines::repeats_invoice(std::string_view number) {
    const auto [place, is_new] = invoices_.try_emplace(number_key(number), Invoice{messages_, dated_});
    if (is_new) return false;
    const Invoice before = std::exchange(place->second, Invoice{messages_, dated_});
    return before.message != messages_ && is_within_five_years(before.dated);
}

std::vector<SeenFault> SeenLines::add(const SeenLine& line, bool whole_history) {
    std::vector<SeenFault> faults;
    const Key key = number_key(line.own);
    if (line.previous == line.own)
        faults.push_back(previous_self);
    else if (line.is_credit)
        check_credit(line, whole_history, faults);
    else
        check_debit(line, key, faults);
    const Sent sent{line.content, layout_, messages_, dated_, line.record, line.is_credit};
    const auto [place, is_new] = lines_.try_emplace(key, sent);
    if (is_new) return faults;
    if (is_within_five_years(place->second.dated)) {
        faults.push_back(reference_repeated);
    } else {
        place->second = sent;
        credited_.erase(key);
    }
    return faults;
}

// A credit may stand before the debit that it names.
void SeenLines::check_debit(const SeenLine& line, const Key& key, std::vector<SeenFault>& faults) {
    if (!line.is_claim) return;
    debits_.insert(line.content);
    const auto credit = named_.find(key);
    if (credit != named_.end() && credit->second == line.content) faults.push_back(debit_and_credit);
}

void SeenLines::check_credit(const SeenLine& line, bool whole_history, std::vector<SeenFault>& faults) {
    if (line.previous.empty()) {  // that it is missing is told elsewhere
        if (line.is_claim && debits_.contains(line.content)) faults.push_back(debit_and_credit);
        return;
    }
    const Key named = number_key(line.previous);
    const auto debit = lines_.find(named);
    const bool is_known = debit != lines_.end();
    const bool is_debit = is_known && !debit->second.is_credit && debit->second.record == line.record;
    if (!is_debit && (is_known || whole_history)) faults.push_back(debit_unknown);
    if (is_debit) compare(line, debit->second, faults);
    if (line.is_claim) named_.emplace(named, line.content);
    if (!credited_.insert(named).second) faults.push_back(credited_before);
}

void SeenLines::compare(const SeenLine& credit, const Sent& debit, std::vector<SeenFault>& faults) const {
    if (debit.layout != layout_) return;
    const bool is_same = credit.content == debit.content;
    if (!is_same) faults.push_back(credit_differs);
    if (is_same && debit.message == messages_ && credit.is_claim) faults.push_back(debit_and_credit);
}

}  // namespace bundel::intake
