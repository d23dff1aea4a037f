// A rulebook as small as it can be, for tests that break it one edit at a time.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace bundel::rulebook {

using Files = std::map<std::string, std::string>;

// The shipped model: what it decides is not what these tests are about.
inline std::string shipped_model(const std::string& regime) {
    std::stringstream content;
    content << std::ifstream(std::string(BUNDEL_SOURCE_DIR) + "/rulebooks/models/" + regime + ".dmn").rdbuf();
    return content.str();
}

inline Files small_book() {
    return {{"models/one.dmn", shipped_model("2023")},
            {"rulebook.toml", R"(id = "small"
from = 2020-01-01
[reference_day]
regime = { value = "birth", status = "example", source = "s" }
[due_date_rank]
value = ["registered", "dating_scan", "gestational_age", "codes", "delivery_minus_term"]
status = "example"
source = "s"
[windows]
due_tolerance_days = { value = 14, status = "example", source = "s" }
birth_term_min_days = { value = 161, status = "example", source = "s" }
stillbirth_term_min_days = { value = 140, status = "example", source = "s" }
birth_term_max_days = { value = 308, status = "example", source = "s" }
loss_term_min_days = { value = 28, status = "example", source = "s" }
loss_term_max_days = { value = 168, status = "example", source = "s" }
birth_to_birth_days = { value = 182, status = "example", source = "s" }
loss_to_birth_days = { value = 168, status = "example", source = "s" }
unfinished_days = { value = 30, status = "example", source = "s" }
[mono]
submit_months = { value = 12, status = "example", source = "s" }
ask_before_days = { value = 45, status = "example", source = "s" }
answer_term_days = { value = 33, status = "example", source = "s" }
[completeness]
habit_invoices = { value = 6, status = "example", source = "s" }
largest_gap = { value = 20, status = "example", source = "s" }
gap_months = { value = 12, status = "example", source = "s" }
history_months = { value = 4, status = "example", source = "s" }
low_percent = { value = 50, status = "example", source = "s" }
least_lines = { value = 8, status = "example", source = "s" }
patience_days = { value = 60, status = "example", source = "s" }
month_closed_days = { value = 10, status = "example", source = "s" }
[payout]
least = { value = "25,00", status = "example", source = "s" }
file = { value = "pain.001.001.09", status = "example", source = "s" }
wait_days = { value = 7, status = "example", source = "s" }
[work]
sort_pregnancy = { value = 14, status = "example", source = "s" }
[work.question]
line_person_unknown = { value = 16, status = "example", source = "s" }
delivery_numbers_missing = { value = 21, status = "example", source = "s" }
delivery_month_low = { value = 22, status = "example", source = "s" }
rest = { value = 9, status = "example", source = "s" }
[accrual]
least_history = { value = 12, status = "example", source = "s" }
history_days = { value = 730, status = "example", source = "s" }
[accrual.complete_after_days]
midwife = { value = 120, status = "example", source = "s" }
hospital = { value = 300, status = "example", source = "s" }
kraamzorg = { value = 121, status = "example", source = "s" }
other = { value = 301, status = "example", source = "s" }
)"},
            {"regimes/one.toml", R"(id = "one"
name = "Een"
from = 2020-01-01
to = 2021-12-31
status = "verified"
source = "s"
model = "models/one.dmn"
[payment]
live_allowed = { value = true, status = "verified", source = "s" }
overlap_blocks = { value = false, status = "verified", source = "s" }
break_extent = { value = "phase", status = "example", source = "s" }
spanning_line = { value = "couple_to_mono", status = "example", source = "s" }
left_early = { value = "ask", status = "example", source = "s" }
no_contract = { value = "mono", status = "provisional", source = "s" }
[phases]
birth_day = { value = "natal", status = "example", source = "s" }
activity_key = { value = "by_days", status = "example", source = "s" }
postnatal_days = { value = 42, status = "example", source = "s" }
[phases.hold_days]
prenatal = { value = 30, status = "example", source = "s" }
natal = { value = 31, status = "example", source = "s" }
postnatal = { value = 32, status = "example", source = "s" }
[reference_day]
insurer = { value = "phase_start", status = "example", source = "s" }
contract = { value = "phase_end", status = "example", source = "s" }
tariff = { value = "first_activity", status = "example", source = "s" }
membership = { value = "pregnancy_start", status = "example", source = "s" }
[[performance]]
id = "loss"
name = "Verlies"
code = "069:990001"
phase = "prenatal"
status = "example"
source = "s"
[[performance]]
id = "prenatal"
name = "Prenataal"
code = "069:990002"
phase = "prenatal"
status = "example"
source = "s"
[[performance]]
id = "place"
name = "Plaats"
code = "069:990003"
derivable = false
status = "example"
source = "s"
)"},
            {"scope/s.toml", R"([[scope]]
codes = ["032:1101"]
disposition = "in_scope"
placement = "prenatal"
periods = [
  { to = 2020-06-30, status = "verified", source = "a" },
  { from = 2020-07-02, to = 2020-12-31, status = "example", source = "b" },
]
[[scope]]
codes = ["032:1001"]
disposition = "in_scope"
placement = "split"
split = { prenatal = "1/6", natal = "1/3", postnatal = "1/2" }
periods = [{ status = "example", source = "s" }]
[[scope]]
codes = ["999:GUO"]
regimes = ["one"]
disposition = "beside"
periods = [{ status = "example", source = "s" }]
)"},
            {"tariffs/t.toml", R"([[tariff]]
from = 2020-01-01
to = 2020-12-31
status = "verified"
source = "s"
euros = { "032:1101" = "487,05", "032:1102" = "529,52" }
[[tariff]]
from = 2021-01-01
status = "example"
source = "s"
euros = { "032:1101" = "500,00" }
)"},
            {"division/d.toml", R"(id = "d"
from = 2020-01-01
to = 2020-12-31
status = "example"
source = "s"
pot = "claim"
vat = "exempt"
[[step]]
kind = "reserve"
name = "Reserve"
share = "2%"
rounding = "down"
[[step]]
kind = "fixed_key"
name = "Sleutel"
share = "10%"
rounding = "half_even"
key = { 08000101 = 50, 08000102 = 25 }
[[step]]
kind = "activity"
name = "Rest"
side = "net"
)"},
            {"codelists/COD954.json", R"({"codes": [
{"code": "8017", "text": "Van deze creditering is geen debitering bekend.", "severity": "D"},
{"code": "0587", "text": "Al vergoed aan een ander.", "severity": "D"},
{"code": "8176", "text": "Datum na factuurdatum."}]})"},
            {"codelists/return-meaning.toml", R"(status = "verified"
source = "s"
[codes]
0587 = { outside_care = true, repair = "repair_0587" }
8017 = { on_credit = "no_debit_known" }
)"}};
}

// Replaces the one place where `from` stands in `file`. An edit that does nothing is a mistake of the test.
inline Files edited(Files files, const std::string& file, const std::string& from, const std::string& to) {
    std::string& content = files.at(file);
    const auto at = content.find(from);
    EXPECT_NE(at, std::string::npos) << file << " has no \"" << from << "\"";
    if (at == std::string::npos) return files;
    EXPECT_EQ(content.find(from, at + 1), std::string::npos) << file << " has \"" << from << "\" twice";
    content.replace(at, from.size(), to);
    return files;
}

}  // namespace bundel::rulebook
