// A bank statement (bankafschrift), whatever file it came in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "values/cents.h"
#include "values/date.h"
#include "values/iban.h"

namespace bundel::bank {
using values::Cents;
using values::Date;
using values::Iban;

// One movement inside an entry. A batch (verzamelboeking) has several; together they are the entry.
// Names, accounts and remittance text may be personal: they go into no message or log.
struct Detail {
    Cents amount;            // > 0 came in, < 0 went out
    std::string end_to_end;  // as the payer gave it; empty when there is none (NOTPROVIDED)
    std::string reference;   // of the bank for this movement; may be empty
    std::string structured;  // betalingskenmerk; may be empty
    std::string remittance;  // free text (omschrijving), its lines joined by a space; may be empty
    std::string name;        // of the other party; may be empty
    std::optional<Iban> counterparty;
    std::string return_reason;  // "AC04": the movement came back for this reason; else empty
    bool operator==(const Detail&) const = default;
};

struct Entry {
    Cents amount;           // as Detail; never zero
    bool reversal = false;  // the bank takes an earlier entry back; the sign is that of this entry
    Date booked;            // boekdatum
    Date valued;            // valutadatum; the day of booking when it is not given
    std::string reference;  // of the bank; may be empty
    std::string batch;  // our name of the batch (PmtInfId, else MsgId) as the bank repeats it; may be empty
    std::string about;  // what the bank adds; may be empty
    std::vector<Detail> details;  // at least one; their amounts add up to `amount`
    bool operator==(const Entry&) const = default;
};

struct Balance {
    Date day;
    Cents amount;  // < 0: overdrawn
    bool operator==(const Balance&) const = default;
};

// Opening balance plus all entries is the closing balance: whoever holds one need not check again.
struct Statement {
    std::string id;                      // unique for its account; 1..35 characters
    std::optional<std::int64_t> number;  // counts up by one for its account, where the bank numbers
    Iban account;                        // ours
    Balance opening;
    Balance closing;
    std::vector<Entry> entries;
    bool operator==(const Statement&) const = default;
};

}  // namespace bundel::bank
