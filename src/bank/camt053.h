// camt.053 (Bank To Customer Statement): bytes -> statements.
//
// Read are camt.053.001.02 and camt.053.001.08; other versions are refused by name, as nobody looked at what
// they changed. Source: the ISO 20022 message catalogue; the implementation guideline of the Dutch banks
// (Betaalvereniging Nederland) says which elements to expect.
//
// The file is a stranger's: at most `file_bytes_max`, at most `depth_max` elements deep, no document type
// and so no entities; what it holds is looked for by name in its place, the rest is not looked at.
//
// A file is taken whole or not at all: money that is half read is worse than money that is asked for again.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bank/statement.h"
#include "base/finding.h"

namespace bundel::bank {

inline constexpr std::size_t file_bytes_max = std::size_t{64} << 20;
inline constexpr int depth_max = 40;
// More than any region turns over, and so small that all entries of a file cannot overflow a sum.
inline constexpr Cents amount_max = Cents::of(1'000'000'000'000);

// Does it look like a camt.053 of any version? Only the beginning is looked at.
bool is_camt053(std::string_view bytes);

// Findings, with in `where` the line in the file and as field the path of the element:
//   file_refused  camt_too_large, camt_doctype, camt_too_deep, camt_syntax, camt_version{found},
//                 camt_no_statement, camt_value_missing, camt_value_wrong, camt_currency{found} (only EUR),
//                 camt_account (ours is no IBAN), camt_balance{statement,opening,entries,closing,difference},
//                 camt_statement_twice{statement}
//   note          camt_not_booked (an entry that is pending or for information is left out),
//                 camt_details_differ (they do not add up to the entry; read as one movement),
//                 camt_counterparty (its IBAN is wrong; left out)
// Nothing when the file is refused.
std::optional<std::vector<Statement>> read_camt053(std::string_view bytes, const std::string& file,
                                                   base::Findings& findings);

}  // namespace bundel::bank
