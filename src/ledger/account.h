// Accounts: a kind of the chart and, where the kind has one, the party it is kept for.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/text.h"

namespace bundel::ledger {

enum class AccountKind {
    receivable,      // vordering: claimed from one insurer and not answered yet
    to_divide,       // te_verdelen: revenue of one performance that is not divided yet
    payable,         // deelnemer: what one participant has coming
    reserve,         // reserve: kept back by a division
    unapplied,       // onverwerkt: received from one insurer and not yet matched to a claim
    bank,            // bank
    accrued,         // onderhanden_werk: expected value of care not yet declared, by phase and discipline
    expected,        // verwacht_te_verdelen: what will be divided for that care, by phase and discipline
    bought_care,     // ingekochte_zorg: a cost of the IGO, by kind
    supplier,        // leverancier: what one supplier of bought care has coming
    granted,         // toegekend: approved by one insurer and not paid yet
    planned,         // gepland: claims that ought to go to one insurer and did not yet; off the balance sheet
    planned_contra,  // verwacht_te_declareren: the other side of gepland, by performance
    insurer_advance,      // voorschot_verzekeraar: what one insurer paid before it owed it
    participant_advance,  // voorschot_deelnemer: what one participant was paid before it had it coming
    in_transit,           // onderweg: ordered at the bank for one participant, on no statement yet
    covered,  // gedekte_zorg: kept by a division for care the IGO bought, by the kind of ingekochte_zorg
    opening,  // openingsbalans: the other side of the balances the book began with
};

// A row of the chart. `name` is the stable first part of an account path; the chart has one row per kind.
struct ChartRow {
    AccountKind kind;
    std::string_view name;
    std::string_view meaning;  // Dutch
    bool has_party;
};
std::span<const ChartRow> chart_rows();
const ChartRow& row_of(AccountKind kind);

// "vordering:1234", "te_verdelen:069:E01", "reserve". The party is 1..24 characters of A-Z a-z 0-9 . - _ /
// and single colons between them; a kind without party has none. Whoever holds one need not check again.
class Account {
public:
    using Party = base::FixedText<24>;

    // Errors: ledger_party_missing, ledger_party_unexpected, ledger_party_syntax.
    static base::Result<Account> make(AccountKind kind, std::string_view party);
    // Contract: make() accepts it.
    static Account of(AccountKind kind, std::string_view party = {});
    // Errors: those of make(), ledger_account_unknown.
    static base::Result<Account> parse(std::string_view path);

    AccountKind kind() const { return kind_; }
    std::string_view party() const { return party_.view(); }
    std::string path() const { return std::string(path_text().view()); }  // parse(x.path()) == x

    // The same without a heap: a book writes paths by the million.
    class Path {
    public:
        std::string_view view() const { return {bytes_.data(), size_}; }

    private:
        friend class Account;
        Path& append(std::string_view text) {
            BUNDEL_ASSERT(size_ + text.size() <= bytes_.size());
            std::copy(text.begin(), text.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(size_));
            size_ += text.size();
            return *this;
        }
        std::array<char, 64> bytes_;
        std::size_t size_ = 0;
    };
    Path path_text() const;

    auto operator<=>(const Account&) const = default;

private:
    Account(AccountKind kind, Party party) : kind_(kind), party_(party) {}
    AccountKind kind_;
    Party party_;
};

}  // namespace bundel::ledger
