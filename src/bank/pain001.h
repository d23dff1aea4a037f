// pain.001 (Customer Credit Transfer Initiation): a batch of payments -> the file that the bank carries out.
//
// Sources: the ISO 20022 message catalogue (structure); EPC132-08, the SEPA credit transfer implementation
// guidelines between customer and bank (what is filled in, and the amounts it allows).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "values/cents.h"
#include "values/date.h"
#include "values/iban.h"

namespace bundel::bank {

// Which pain.001 the bank of the IGO takes.
enum class PainVersion { v03, v09 };
std::string_view name_of(PainVersion version);                        // "pain.001.001.09"
base::Result<PainVersion> parse_pain_version(std::string_view name);  // Error: pain_version{found}

struct Order {
    std::string
        end_to_end;        // 1..35 SEPA letters, unique in the batch, no slash at an end; comes back with it
    values::Cents amount;  // 0,01 t/m 999.999.999,99
    std::string name;      // of who is paid, as on the account; 1..70 characters in SEPA letters
    values::Iban account;
    std::string remittance;  // omschrijving, up to 140 characters in SEPA letters; may be empty
    bool operator==(const Order&) const = default;
};

struct Batch {
    std::string id;  // as Order::end_to_end, unique for good: a bank that saw it before refuses it
    values::Date created;
    values::Date requested;  // gewenste uitvoeringsdatum
    std::string name;        // ours
    values::Iban account;    // ours
    std::optional<values::Bic> bank;
    std::vector<Order> orders;
    PainVersion version = PainVersion::v09;
};

// The same batch always gives the same bytes, whatever the order of `orders`: they are written by
// end_to_end. The bank is asked to book each order for itself (BtchBookg false), so that each comes back with
// its end_to_end.
//
// Errors: pain_no_orders, pain_reference{reference}, pain_reference_twice{reference},
// pain_amount{reference}, pain_name{reference} (empty, too long, or a letter without a stand-in; the
// reference is that of the batch when it is our own name), pain_remittance{reference},
// pain_not_sepa{reference}, pain_day_passed (requested before created), cents_overflow.
base::Result<std::string> write_pain001(const Batch& batch);

}  // namespace bundel::bank
