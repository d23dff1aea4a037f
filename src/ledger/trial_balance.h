// The trial balance (proef- en saldibalans): what every account stood at, was debited and credited, and
// stands at.
#pragma once

#include <string>
#include <vector>

#include "ledger/book.h"
#include "ledger/chart.h"

namespace bundel::ledger {

// Debit > 0 in opening and balance; debit and credit are both counted up from zero.
struct TrialLine {
    Account account;
    values::Cents opening, debit, credit, balance;
    bool operator==(const TrialLine&) const = default;
};

// Of the calendar year of `on`, up to and including it: opening is the balance at the end of the year before.
// The law: opening + debit - credit = balance for each account, and openings and balances add up to zero.
struct TrialBalance {
    values::Period period;
    std::vector<TrialLine> lines;  // by account; every account that was posted to up to `on`
};
// Errors: cents_overflow, ledger_trial_balance{difference} (the book is damaged: check() says where).
base::Result<TrialBalance> trial_balance(const BookContents& book, values::Date on);

// A table for a spreadsheet, in the order of the numbers: nummer, rekening (the path), naam, soort, begin,
// debet, credit, saldo; below it the sums of what is on the balance sheet and the result, of what is not, and
// of all. Error: cents_overflow.
base::Result<std::string> to_csv(const TrialBalance& balance, const Chart& chart);

// "activa", ... as chart.toml writes it.
std::string_view word_of(AccountType type);

}  // namespace bundel::ledger
