// The book `actual`: entries in the order we booked them. Append-only, one writer (not thread-safe); an entry
// is never changed, only followed by another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "ledger/event.h"

namespace bundel::ledger {

struct Entry {
    std::uint64_t number = 0;  // 1, 2, 3, ...
    Draft content;
    base::Digest digest;  // H(digest of the previous entry, number, content); before the first: all zero
    bool operator==(const Entry&) const = default;
};

// A closed booking period: no entry can have its booking_day in it any more.
struct Closing {
    values::Period period;
    std::uint64_t entries = 0;  // how many entries have their booking_day in it
    std::uint64_t after = 0;    // number of the last entry of the book when it was closed; 0: none
    base::Digest digest;        // H(previous closing, period, the digests of its entries in order)
    bool operator==(const Closing&) const = default;
};

using Balances =
    std::map<Account, values::Cents>;  // debit > 0; an account that was posted to stays, at zero too

// Everything a book is. Plain data, so that a store can keep it and `check` can judge what came back.
struct BookContents {
    std::vector<Entry> entries;
    std::vector<Closing> closings;
    Balances balances;
};

struct Posted {
    std::uint64_t number = 0;
    bool fresh = true;  // false: this very event was booked before; nothing changed
};

class Book {
public:
    Book() = default;
    // Takes contents as kept; judges nothing but duplicate keys and unordered numbers (a store that mixes up
    // rows). `check` judges the rest. Errors: ledger_key_reused, ledger_numbers_broken.
    static base::Result<Book> restored(BookContents contents);

    // Books an event. The same key with the same content is a no-op, also when its period is closed since.
    // A refusal changes nothing. Errors: ledger_key_syntax, ledger_key_reused (same key, other content),
    // ledger_unbalanced, ledger_entry_empty, ledger_postings_disordered, ledger_period_closed,
    // ledger_earlier_unknown, cents_overflow.
    base::Result<Posted> post(Draft draft);
    base::Result<Posted> post(const Event& event);  // also the errors of entry_for()

    // Forbids booking in `period` from now on. Closing the same period again is a no-op.
    // Errors: period_reversed, ledger_period_overlaps.
    base::Result<Closing> close(const values::Period& period);

    const BookContents& contents() const { return contents_; }
    const std::vector<Entry>& entries() const { return contents_.entries; }
    const Balances& balances() const { return contents_.balances; }
    values::Cents balance(const Account& account) const;  // zero when never posted to
    const Entry* find(std::string_view key) const;        // nullptr: not booked
    bool is_closed(values::Date booking_day) const;

private:
    // Where the entry of a key stands, without a copy of the key. Sized for the book: not for keys that
    // somebody chooses to collide.
    class KeyIndex {
    public:
        // `hash` is that of the key.
        const Entry* find(const std::vector<Entry>& entries, std::string_view key, std::size_t hash) const;
        void add(std::size_t hash, std::size_t index);  // Contract: its key is not there yet

    private:
        struct Place {
            std::size_t hash = 0;      // a key is looked at only where it agrees
            std::uint32_t number = 0;  // of the entry; 0: empty
        };
        void grow();
        void put(const Place& place);
        std::vector<Place> places_;
        std::size_t used_ = 0;
    };

    base::Result<base::Done> find_balances(const std::vector<Posting>& postings);
    void change_balances(const std::vector<Posting>& postings);

    BookContents contents_;
    KeyIndex by_key_;
    std::vector<Balances::iterator> touched_;  // of one post(): where its accounts stand
};

// Chains: the digest an entry / a closing must have.
base::Digest entry_digest(const base::Digest& previous, std::uint64_t number, const Draft& content);
base::Digest closing_digest(const base::Digest& previous, const values::Period& period,
                            std::span<const Entry> entries);

}  // namespace bundel::ledger
