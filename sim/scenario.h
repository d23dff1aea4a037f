// A scenario: what happened to one woman, in the words of a midwife, and what must come out of it. Read from
// a TOML file of examples/delta/vrouwen; the format is docs/reference/scenarios.md.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "values/cents.h"
#include "values/date.h"
#include "values/identifiers.h"

namespace bundel::sim {
using base::Error;
using base::Result;
using values::AgbCode;
using values::Cents;
using values::Date;
using values::PerformanceCode;
using values::Period;
using values::UzoviCode;

// The number written for her: her own, none (nines), a wrong one (it fails the eleven test), or that of her
// child.
enum class BsnUse { own, none, wrong, child };

// What a hospital did on a day, under a line (zorgactiviteit).
struct Activity {
    std::string code;  // COD329: "037611"
    Date day;
    int count = 1;
};

// One line that a provider declares.
struct ClaimLine {
    std::string reference;  // unique per provider, at most 20 characters
    PerformanceCode performance;
    Period care;
    std::optional<Date> partus;
    int minutes = 0;                   // kraamzorg declared by time; 0: a line by number
    std::vector<Activity> activities;  // hospital
    std::optional<Cents> tariff;       // none: the amount
    Cents amount;                      // above zero; a credit takes it back
    bool credit = false;
    std::string previous;  // reference of the line it credits or replaces
    AgbCode treating;      // none: who treats at this provider (Provider::treating)
    UzoviCode insurer;
    BsnUse bsn = BsnUse::own;
};

// Lines that one provider sends on one day.
struct Declaration {
    Date day;
    AgbCode provider;
    std::string message;  // "ZH308 9.0", "csv"; empty: what its kind of provider sends (usual_message)
    std::vector<ClaimLine> lines;
};

// A row of one of the CSV forms: the keys are the columns of the form (docs/reference/csv.md).
struct FormRow {
    Date day;
    std::string form;  // "inschrijvingen"
    std::map<std::string, std::string> cells;
};

// What the insurer does otherwise than approve after the usual days. It is about the first claim line that
// fits and was not yet given another deviation.
struct Deviation {
    enum class Kind { reject, other_amount, late, lost };
    std::string reference;    // of the claim as the insurer sees it; empty: any
    std::string performance;  // "069:990003"; empty: any
    bool credit = false;
    Kind kind = Kind::reject;
    std::vector<std::string> codes;  // reject, other_amount: one to three return codes
    Cents amount;                    // other_amount: what is granted
    int days = 0;                    // late, lost: the answer comes this many days after it was sent
};

// One expected row: column -> value, both as written in docs/reference/scenarios.md ("route" ->
// "integrated"). A column that is not named is not compared.
using Row = std::map<std::string, std::string>;

// What must be true on a day, or at the end. A kind of rows that is named must match row by row, with none
// left over.
struct Expectation {
    std::optional<Date> day;                       // none: when everything is at rest
    std::map<std::string, std::vector<Row>> rows;  // "fase", "regel", "claim", "vraag", ...
};

struct Woman {
    std::string number;  // "02a": also her patient number, with "V" in front
    AgbCode practice;
    UzoviCode insurer;  // for lines and forms that name none
    Date born;
};

struct Scenario {
    std::string file;
    std::string title;
    Woman woman;
    std::vector<Declaration> declarations;
    std::vector<FormRow> rows;
    std::vector<Deviation> deviations;
    std::vector<Expectation> expectations;
};

// A midwife practice, hospital or kraamzorg organisation: the kind is in its AGB code.
struct Provider {
    std::string name;
    AgbCode treating;  // who treats when a line names nobody
};

// The region the scenarios play in (examples/delta/regio.toml).
struct Region {
    AgbCode igo;
    Date first_day;  // on which memberships and contracts are handed in
    std::map<AgbCode, Provider> providers;
};

// Errors, each with {file, line, key}: scenario_syntax (no TOML), scenario_key_unknown, scenario_key_missing,
// scenario_value (the value under this key cannot be read).
Result<Scenario> parse_scenario(std::string_view toml, const std::string& file);
Result<Region> parse_region(std::string_view toml, const std::string& file);

// The columns of an expected row and how their values are written; known to parser and comparison.
enum class Shape { word, euros, day, yes_no, number, words };
struct ExpectedColumn {
    const char* kind;  // "fase"
    const char* name;  // "prijs"
    const char* json;  // "price_cents"
    Shape shape;
};
std::vector<ExpectedColumn> expected_columns(std::string_view kind);  // empty: no such kind

}  // namespace bundel::sim
