// The laws of a book, checked from scratch. For `verify`: a sound book gives no breach.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/book.h"

namespace bundel::ledger {

// A law that does not hold. Never a Finding (nobody gave us wrong data): our book is damaged. Codes:
// ledger_breach_number, ledger_breach_chain, ledger_breach_key, ledger_breach_unbalanced,
// ledger_breach_earlier, ledger_breach_direction (a posting on vordering or toegekend that the kind does not
// make),
// ledger_breach_balance (kept balance is not the sum of the postings), ledger_breach_receivable,
// ledger_breach_overflow (amounts too large to add up),
// ledger_breach_closing (its digest or count is not that of its entries),
// ledger_breach_closed_period (an entry was added to a closed period). Params name entry, account, amounts.
struct Breach {
    std::string code;
    base::Params params;
    bool operator==(const Breach&) const = default;
};

// Every breach, in the order of the book.
std::vector<Breach> check(const BookContents& book);
inline std::vector<Breach> check(const Book& book) {
    return check(book.contents());
}

// What one insurer owes, vordering + toegekend, summed from the entries. Of claims it is sent - reduced -
// rejected - paid - credited; `paid` is what came less what was taken back. Beside the claims stand what the
// book began with, what was settled with the insurer afterwards (samenloop, kwaliteit) less what was paid of
// that, and advances that count as payment.
struct Receivable {
    values::Cents sent, reduced, rejected, paid, credited;
    values::Cents opening, settled, set_off;
    values::Cents of_claims() const { return sent - reduced - rejected - paid - credited; }
    values::Cents open() const { return opening + of_claims() + settled - set_off; }
    bool operator==(const Receivable&) const = default;
};
// By account vordering:UZOVI, which stands for toegekend:UZOVI too. Error: cents_overflow.
base::Result<std::map<Account, Receivable>> receivables(const BookContents& book);

}  // namespace bundel::ledger
