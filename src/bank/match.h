// Which claims did an insurer pay? From what the payment says, and else from what it adds up to; never by
// guessing: two answers are none.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "values/cents.h"

namespace bundel::bank {
using values::Cents;

// A claim that money may be for, or a settlement that the text names.
struct Claim {
    std::string invoice;    // factuurnummer of the message it went out in; a settlement has none
    std::string reference;  // its own
    // Still to be paid of what was granted; zero as long as it is not answered. Below zero: a settlement that
    // we owe.
    Cents open;
    Cents paid;  // what may be taken back of it
    bool answered = false;
};

// Why there is no match; codes of the text table.
enum class NoMatch {
    none,            // there is one
    amount_differs,  // what it names is open for another amount
    not_answered,    // what it names has no answer yet: it waits
    ambiguous,       // several are open for this amount
    nothing_open,    // nothing open adds up to it
    paid_too_little  // money that was taken back: it names nothing on which so much was paid
};

struct Part {
    std::size_t claim = 0;  // index
    Cents amount;           // never zero
    bool operator==(const Part&) const = default;
};

struct Match {
    std::vector<Part> parts;  // add up to the payment; empty: no match
    NoMatch why = NoMatch::none;
    std::vector<std::string> suggestions;  // invoices to look at, at most three
};

// Combinations are looked for among at most so many open invoices, and of at most so many.
inline constexpr std::size_t candidates_max = 60;
inline constexpr std::size_t combined_max = 4;

// In order: (a) the invoices named in `remittance` are together open for the amount, else the claims named
// are, else both together (a settlement that is taken off an invoice), or it is one claim and no invoice but
// its own is named (the rest of it stays unapplied); (b) one answered invoice is open for the amount;
// (c) one combination of answered invoices is. Money taken back (amount < 0) is only matched by name.
// Contract: amount is not zero; no two claims have the same reference.
Match match(Cents amount, std::string_view remittance, const std::vector<Claim>& claims);

}  // namespace bundel::bank
