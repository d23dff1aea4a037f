// What the store keeps of the bank: statements that came, the movements on them, payouts, and which accounts
// may be paid to. No row holds an account number, a name or a remittance text of somebody else: those stay in
// the message that brought them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/text.h"
#include "values/cents.h"
#include "values/date.h"
#include "values/identifiers.h"

namespace bundel::engine {

// A statement of our own account.
struct StatementRow {
    std::string account;  // our IBAN
    std::string id;       // with the account its identity
    std::optional<std::int64_t> number;
    values::Date opening_day;
    values::Cents opening;
    values::Date closing_day;
    values::Cents closing;
    base::Digest content;  // of all that stands in it
    base::Digest message;
    bool operator==(const StatementRow&) const = default;
};

// Life of a movement: what it is for is looked for again as long as it is not settled.
enum class MovementState : std::uint8_t {
    open,     // nothing was booked: not of an insurer we know, or not what a payout of ours should be
    aside,    // booked as not matched (onverwerkt) for an insurer
    settled,  // matched, to claims or to a payout
};
struct MovementRow {
    base::Digest key;  // of what it says and its place among its equals: the same from another file
    base::Digest message;
    std::int32_t statement = 0;  // its place in the message, from 0; likewise the next two
    std::int32_t entry = 0;
    std::int32_t detail = 0;
    values::Date booked;
    values::Cents amount;  // > 0 came in
    MovementState state = MovementState::open;
    values::UzoviCode insurer;  // aside: for whom it was booked
    bool operator==(const MovementRow&) const = default;
};

enum class PayoutState : std::uint8_t {
    proposed,
    approved,
    ordered,  // its payment file was planned: from here the file has the life of every outgoing message
    dropped,  // taken over by a later proposal, or no longer covered when it was to be sent
};
struct PayoutLine {
    values::AgbCode participant;
    values::Cents amount;  // > 0
    base::Digest account;  // of the account and the name it is paid to
    bool first = false;    // nothing was ever paid to this account
    bool operator==(const PayoutLine&) const = default;
};
// A proposal to pay (betaalvoorstel).
struct PayoutRow {
    std::int64_t number = 0;
    values::Date proposed;  // known day of all that it rests on
    values::Date pay_on;    // gewenste uitvoeringsdag
    std::string proposed_by;
    base::Digest basis;  // of all that it rests on
    PayoutState state = PayoutState::proposed;
    std::string approved_by;
    std::optional<values::Date> approved;
    std::int64_t outgoing = 0;      // its payment file, when ordered
    std::vector<PayoutLine> lines;  // by participant; the n-th is paid under reference_of(number, n)
    bool operator==(const PayoutRow&) const = default;
};

// That this account may be paid to, said by somebody who did not enter it.
struct AccountApproval {
    values::AgbCode owner;
    base::Digest account;  // of owner and IBAN
    std::string by;
    values::Date day;
    bool operator==(const AccountApproval&) const = default;
};

}  // namespace bundel::engine
