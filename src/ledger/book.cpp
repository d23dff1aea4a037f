#include "ledger/book.h"

#include <algorithm>
#include <functional>

#include "base/int128.h"

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
    base::Int128 total = 0;
    for (const Posting& posting : draft.postings) total += posting.amount.count();
    if (total > INT64_MAX || total < INT64_MIN) return Error{"cents_overflow"};
    const Cents difference = Cents::of(static_cast<std::int64_t>(total));
    if (!difference.is_zero())
        return Error{"ledger_unbalanced", {{"key", draft.key}, {"difference", difference.euros()}}};
    return Done{};
}

Result<Done> well_formed(const Draft& draft) {
    if (!is_key(draft.key)) return Error{"ledger_key_syntax"};
    if (draft.postings.empty()) return Error{"ledger_entry_empty", {{"key", draft.key}}};
    if (!in_order(draft.postings)) return Error{"ledger_postings_disordered", {{"key", draft.key}}};
    return balanced(draft);
}

constexpr std::size_t least_places = 64;  // a power of two, as every larger table is

std::size_t hash_of(std::string_view key) {
    return std::hash<std::string_view>{}(key);
}

}  // namespace

// Open addressing, at most half full: a search ends at an empty place.
const Entry* Book::KeyIndex::find(const std::vector<Entry>& entries, std::string_view key,
                                  std::size_t hash) const {
    if (places_.empty()) return nullptr;
    const std::size_t mask = places_.size() - 1;
    for (std::size_t at = hash & mask; places_[at].number != 0; at = (at + 1) & mask) {
        if (places_[at].hash != hash) continue;
        const Entry& entry = entries[places_[at].number - 1];
        if (entry.content.key == key) return &entry;
    }
    return nullptr;
}

void Book::KeyIndex::add(std::size_t hash, std::size_t index) {
    BUNDEL_ASSERT(index < UINT32_MAX);
    if (2 * (used_ + 1) > places_.size()) grow();
    put({hash, static_cast<std::uint32_t>(index + 1)});
    ++used_;
}

void Book::KeyIndex::grow() {
    std::vector<Place> before(std::max(least_places, 4 * places_.size()));
    before.swap(places_);
    for (const Place& place : before) {
        if (place.number != 0) put(place);
    }
}

void Book::KeyIndex::put(const Place& place) {
    const std::size_t mask = places_.size() - 1;
    std::size_t at = place.hash & mask;
    while (places_[at].number != 0) at = (at + 1) & mask;
    places_[at] = place;
}

Digest entry_digest(const Digest& previous, std::uint64_t number, const Draft& content) {
    Hasher hasher;
    hasher.add(previous).add(static_cast<std::int64_t>(number));
    hasher.add(row_of(content.kind).code).add(content.key);
    hasher.add(content.booking_day.day_number());
    hasher.add(content.care_period.first.day_number()).add(content.care_period.last.day_number());
    hasher.add(content.earlier_key).add(static_cast<std::int64_t>(content.postings.size()));
    for (const Posting& posting : content.postings)
        hasher.add(posting.account.path_text().view()).add(posting.amount.count());
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
        const std::size_t hash = hash_of(entry.content.key);
        if (book.by_key_.find(contents.entries, entry.content.key, hash) != nullptr)
            return Error{"ledger_key_reused", {{"key", entry.content.key}}};
        book.by_key_.add(hash, i);
    }
    book.contents_ = std::move(contents);
    return book;
}

Result<Posted> Book::post(const Event& event) {
    BUNDEL_TRY(draft, entry_for(event));
    return post(std::move(draft));
}

Result<Posted> Book::post(Draft draft) {
    BUNDEL_TRY_DONE(well_formed(draft));
    const std::size_t hash = hash_of(draft.key);
    if (const Entry* known = by_key_.find(contents_.entries, draft.key, hash)) {
        if (known->content == draft) return Posted{known->number, false};
        return Error{"ledger_key_reused", {{"key", draft.key}}};
    }
    if (is_closed(draft.booking_day))
        return Error{"ledger_period_closed", {{"key", draft.key}, {"day", draft.booking_day.dutch()}}};
    if (!draft.earlier_key.empty() && find(draft.earlier_key) == nullptr)
        return Error{"ledger_earlier_unknown", {{"key", draft.key}, {"earlier", draft.earlier_key}}};
    BUNDEL_TRY_DONE(find_balances(draft.postings));

    change_balances(draft.postings);
    auto& kept = contents_.entries;
    const std::uint64_t number = kept.size() + 1;
    const Digest digest = entry_digest(kept.empty() ? Digest{} : kept.back().digest, number, draft);
    kept.push_back({number, std::move(draft), digest});
    by_key_.add(hash, kept.size() - 1);
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
    return by_key_.find(contents_.entries, key, hash_of(key));
}

// Would every balance still fit? Looked at before any is changed.
Result<Done> Book::find_balances(const std::vector<Posting>& postings) {
    touched_.clear();
    for (const Posting& posting : postings) {
        touched_.push_back(contents_.balances.find(posting.account));
        if (touched_.back() == contents_.balances.end()) continue;
        BUNDEL_TRY_DONE(values::add(touched_.back()->second, posting.amount));
    }
    return Done{};
}

// Contract: find_balances() of the same postings, just before.
void Book::change_balances(const std::vector<Posting>& postings) {
    for (std::size_t i = 0; i < postings.size(); ++i) {
        if (touched_[i] == contents_.balances.end())
            contents_.balances.emplace(postings[i].account, postings[i].amount);
        else
            touched_[i]->second += postings[i].amount;
    }
}

bool Book::is_closed(values::Date booking_day) const {
    return std::any_of(contents_.closings.begin(), contents_.closings.end(),
                       [&](const Closing& closing) { return closing.period.contains(booking_day); });
}

}  // namespace bundel::ledger
