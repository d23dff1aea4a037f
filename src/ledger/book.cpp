#include "ledger/book.h"

#include <algorithm>

namespace bundel::ledger {
using base::Digest;
using base::Done;
using base::Error;
using base::Hasher;
using base::Result;
using values::Cents;

namespace {

bool is_key(std::string_view key) {
    return !key.empty() && key.size() <= 200 && std::none_of(key.begin(), key.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
}

bool in_order(const std::vector<Posting>& postings) {
    for (std::size_t i = 0; i < postings.size(); ++i) {
        if (postings[i].amount.is_zero()) return false;
        if (i > 0 && !(postings[i - 1].account < postings[i].account)) return false;
    }
    return true;
}

Result<Done> balanced(const Draft& draft) {
    std::vector<Cents> amounts;
    for (const Posting& posting : draft.postings) amounts.push_back(posting.amount);
    BUNDEL_TRY(total, values::sum(amounts));
    if (!total.is_zero())
        return Error{"ledger_unbalanced", {{"key", draft.key}, {"difference", total.euros()}}};
    return Done{};
}

Result<Done> well_formed(const Draft& draft) {
    if (!is_key(draft.key)) return Error{"ledger_key_syntax"};
    if (draft.postings.empty()) return Error{"ledger_entry_empty", {{"key", draft.key}}};
    if (!in_order(draft.postings)) return Error{"ledger_postings_disordered", {{"key", draft.key}}};
    return balanced(draft);
}

Result<std::vector<Cents>> balances_after(const Balances& balances, const std::vector<Posting>& postings) {
    std::vector<Cents> after;
    for (const Posting& posting : postings) {
        const auto before = balances.find(posting.account);
        BUNDEL_TRY(sum, values::add(before == balances.end() ? Cents() : before->second, posting.amount));
        after.push_back(sum);
    }
    return after;
}

}  // namespace

Digest entry_digest(const Digest& previous, std::uint64_t number, const Draft& content) {
    Hasher hasher;
    hasher.add(previous).add(static_cast<std::int64_t>(number));
    hasher.add(row_of(content.kind).code).add(content.key);
    hasher.add(content.booking_day.day_number());
    hasher.add(content.care_period.first.day_number()).add(content.care_period.last.day_number());
    hasher.add(content.earlier_key).add(static_cast<std::int64_t>(content.postings.size()));
    for (const Posting& posting : content.postings)
        hasher.add(posting.account.path()).add(posting.amount.count());
    return hasher.finish();
}

Digest closing_digest(const Digest& previous, const values::Period& period, std::span<const Entry> entries) {
    Hasher hasher;
    hasher.add(previous).add(period.first.day_number()).add(period.last.day_number());
    for (const Entry& entry : entries) {
        if (period.contains(entry.content.booking_day)) hasher.add(entry.digest);
    }
    return hasher.finish();
}

Result<Book> Book::restored(BookContents contents) {
    Book book;
    for (std::size_t i = 0; i < contents.entries.size(); ++i) {
        const Entry& entry = contents.entries[i];
        if (entry.number != i + 1) return Error{"ledger_numbers_broken", {{"entry", std::to_string(i + 1)}}};
        if (!book.by_key_.emplace(entry.content.key, i).second)
            return Error{"ledger_key_reused", {{"key", entry.content.key}}};
    }
    book.contents_ = std::move(contents);
    return book;
}

Result<Posted> Book::post(const Event& event) {
    BUNDEL_TRY(draft, entry_for(event));
    return post(draft);
}

Result<Posted> Book::post(const Draft& draft) {
    BUNDEL_TRY_DONE(well_formed(draft));
    if (const Entry* known = find(draft.key)) {
        if (known->content == draft) return Posted{known->number, false};
        return Error{"ledger_key_reused", {{"key", draft.key}}};
    }
    if (is_closed(draft.booking_day))
        return Error{"ledger_period_closed", {{"key", draft.key}, {"day", draft.booking_day.dutch()}}};
    if (!draft.earlier_key.empty() && find(draft.earlier_key) == nullptr)
        return Error{"ledger_earlier_unknown", {{"key", draft.key}, {"earlier", draft.earlier_key}}};
    BUNDEL_TRY(after, balances_after(contents_.balances, draft.postings));

    for (std::size_t i = 0; i < after.size(); ++i) contents_.balances[draft.postings[i].account] = after[i];
    const Digest previous = contents_.entries.empty() ? Digest{} : contents_.entries.back().digest;
    const std::uint64_t number = contents_.entries.size() + 1;
    by_key_.emplace(draft.key, contents_.entries.size());
    contents_.entries.push_back({number, draft, entry_digest(previous, number, draft)});
    return Posted{number, true};
}

Result<Closing> Book::close(const values::Period& period) {
    if (period.last < period.first) return Error{"period_reversed"};
    for (const Closing& closing : contents_.closings) {
        if (closing.period == period) return closing;
        if (closing.period.overlaps(period))
            return Error{"ledger_period_overlaps",
                         {{"first", closing.period.first.dutch()}, {"last", closing.period.last.dutch()}}};
    }
    const Digest previous = contents_.closings.empty() ? Digest{} : contents_.closings.back().digest;
    const auto count = std::count_if(entries().begin(), entries().end(), [&](const Entry& entry) {
        return period.contains(entry.content.booking_day);
    });
    contents_.closings.push_back({period, static_cast<std::uint64_t>(count), entries().size(),
                                  closing_digest(previous, period, entries())});
    return contents_.closings.back();
}

Cents Book::balance(const Account& account) const {
    const auto found = contents_.balances.find(account);
    return found == contents_.balances.end() ? Cents() : found->second;
}

const Entry* Book::find(std::string_view key) const {
    const auto found = by_key_.find(std::string(key));
    return found == by_key_.end() ? nullptr : &contents_.entries[found->second];
}

bool Book::is_closed(values::Date booking_day) const {
    return std::any_of(contents_.closings.begin(), contents_.closings.end(),
                       [&](const Closing& closing) { return closing.period.contains(booking_day); });
}

}  // namespace bundel::ledger
