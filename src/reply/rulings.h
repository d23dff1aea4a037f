// The verdicts of a receiver as a CSV file: one row for each record it has something to say of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reply/answer.h"

namespace bundel::reply {

// Columns, as in docs/reference/csv.md: regel (line of the record in the message), codes (up to three, spaces
// between), berekend, toegekend (signed euros; of a line both, of another record neither). Findings: those of
// wire::read_csv and wire::read_form; of a row (line_refused, left out): ruling_record_unknown (no such
// record, or 99), ruling_record_twice, ruling_codes_wrong (not four digits, more than three, or none on
// record 01), ruling_code_no_refusal (on record 01 none that refuses), ruling_amounts_missing,
// ruling_amounts_unexpected, ruling_amount_large, ruling_amount_side (debit where credit was declared, or
// credit where debit), ruling_granted_high (more than was declared), ruling_code_missing (nothing is granted,
// and not why). Contract: `message` is a claim message.
std::vector<Ruling> read_rulings(std::string_view bytes, const std::string& file,
                                 const wire::Message& message, const rulebook::Rulebook& rulebook,
                                 base::Findings& findings);

}  // namespace bundel::reply
