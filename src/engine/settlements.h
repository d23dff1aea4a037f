// Yearly settlements (afrekeningen) with insurers: of care outside in phases that were paid as a bundle
// (samenloop), by the policy of the contract, and rewards for quality. Told by the insurer as rows, booked
// once; what it says of a claim is laid beside what is known of that woman.
//
// The book is their only memory: the key of an entry says of whom, which year and which claim. What was paid
// of one is told by the payments that name it (payments.h).
#pragma once

#include "engine/books.h"
#include "engine/ceilings.h"
#include "intake/intake.h"

namespace bundel::engine {

// Books rows that are new; gives how many. Inside the caller's transaction. A row that cannot be is refused
// alone (Finding, line_refused): settlement_key_reused (known with another content), settlement_unknown
// (withdrawn and never booked), settlement_claim_unknown (no claim of ours with this insurer).
Result<std::size_t> take_settlements(World& world, const std::vector<intake::Settlement>& settlements,
                                     const std::string& name, Date received, base::Findings& findings);

// What one row stands for in the book, and what was paid of it: what is open is what was granted less that.
struct Due {
    values::Period year;
    Cents granted;  // above zero the insurer pays; zero: the row was withdrawn
    Cents paid;
};
// Of the row with this key; `payments` name a settlement. None: never booked, or with another insurer.
std::optional<Due> due_of(const ledger::Book& book, const std::vector<PaymentRow>& payments,
                          UzoviCode insurer, std::string_view key);
// How much of a payment belongs there: paid stays between nothing and what was granted.
Cents applicable(Cents amount, const Due& due);
// The rows that a text names, by the short digest of their key: a key stands in it as it is, between words.
// One of fewer than four characters may be there by chance, and does not count.
struct NamedRow {
    std::string key;
    UzoviCode insurer;
};
std::vector<NamedRow> rows_named(const ledger::Book& book, std::string_view text);
// What is open by rows and payments must be what is open in the book. Adds to `breaches` (breach_settlement).
Result<Done> compare_settlements(World& world, const ledger::Book& book, std::vector<Error>& breaches);

// What stands in the book of one insurer and year.
struct Settled {
    intake::SettlementOf of = intake::SettlementOf::overlap;
    UzoviCode insurer;
    int year = 0;
    Cents amount;                       // above zero the insurer pays
    std::map<Reference, Cents> claims;  // of what names a claim
};
std::vector<Settled> settled_in(const ledger::Book& book);  // by kind, insurer, year
std::string_view pot_name(intake::SettlementOf of);         // "samenloop": the pot of te_verdelen

// A bundle under a contract that settles yearly, in a year that its insurer settled.
struct SettledClaim {
    Reference claim;
    UzoviCode insurer;
    int year = 0;
    Cents ours;                // known care outside in its phases
    std::int64_t unknown = 0;  // pieces of it without an amount
    Cents theirs;              // what the insurer took off
    bool agrees() const { return ours == theirs && unknown == 0; }
    bool operator==(const SettledClaim&) const = default;
};
// By claim. Claims without care outside on either side are left out.
Result<std::vector<SettledClaim>> settled_claims(World& world, Date as_of);
// One question for each that does not agree (settlement_differs), in the place of those of the last time.
Result<Done> ask_about_settlements(World& world, Date as_of);

std::string to_json(const std::vector<Outside>& outside, const std::vector<SettledClaim>& settled);

}  // namespace bundel::engine
