// A file with a way to divide (verdeelmodel): which pots it is about, who decided it, and the steps.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/text.h"
#include "distribution/model.h"
#include "values/care.h"
#include "values/date.h"

namespace bundel::rulebook {

class Table;

// A pot is what was granted for one performance: of one claim, or of all claims whose care begins in a month,
// quarter or year.
enum class PotPeriod { claim, month, quarter, year };

// Who decided (besluit) that this model takes effect, and how the votes were.
struct DivisionDecision {
    values::Date day;
    std::string by;
    int in_favour = 0, against = 0, abstained = 0;
    std::string source;  // where it is written
};

struct DivisionModel {
    base::FixedText<32> id;
    values::Period period;  // first day of care of the claims it divides
    PotPeriod pot = PotPeriod::claim;
    bool by_contract = false;                  // pots of a period: one for each contract
    std::optional<DivisionDecision> decision;  // required of a verified model; not after its first day
    distribution::Model model;
    std::uint16_t value = 0;  // its ValueId in the rulebook it was loaded with
    values::Status status = values::Status::example;
    std::string source;
};

// Mistakes are kept by the table: rulebook_value_*, rulebook_key_unknown, and those of
// distribution::validate() with {file}.
DivisionModel read_division(Table& file);
// A model that is not in force: one to compare with.
base::Result<DivisionModel> load_division(const std::string& file, const std::string& content);

// "fixed_key 10%": for an overview of values.
std::string word_of(const distribution::Rule& rule);

}  // namespace bundel::rulebook
