// The files of a practice, a hospital and a kraamzorg organisation, as bytes: a claim message of any of the
// three, a table of claim lines, and the other forms. Persons are of nobody.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "values/cents.h"
#include "values/date.h"
#include "values/identifiers.h"
#include "wire/layout.h"

namespace bundel::testing {

struct File {
    std::string name;  // of the test only
    std::string bytes;
    values::Date received;
    std::string told;  // what stands in it, for the reader of a failure
};

using Cells = std::map<std::string, std::string>;  // column -> cell, of one row

// How a line is handed in: the name of a layout, or as a row.
inline constexpr const char* midwife_message = "VK301-2.2";
inline constexpr const char* kraamzorg_message = "KZ301-3.2-provisional";
inline constexpr const char* hospital_message = "ZH308-8.0";
inline constexpr const char* hospital_message_with_activities = "ZH308-9.0";
inline constexpr const char* table = "tabel";

struct DatedActivity {
    std::string code;
    values::Date day;
    int count = 1;
};

// A claim line as it is handed in.
struct Line {
    std::string form = midwife_message;
    values::AgbCode practice;
    std::string insurer = "9101";
    std::string bsn;  // empty: not known
    std::string patient;
    int list = 32;
    std::string code;
    values::Period care;
    int minutes = 0;  // 0: not declared by time
    std::int64_t cents = 0;
    bool credit = false;
    std::string reference;
    std::string previous;
    std::vector<DatedActivity> activities;  // of a hospital; ZH308 8.0 has no place for them
};

// Contract: lines is not empty; they are of one practice, insurer and form.
File claim_file(const std::vector<Line>& lines, const std::string& invoice, values::Date received);

File form_file(const std::string& form, const std::vector<Cells>& rows, values::Date received);

// What a file declares, read from its bytes alone: empty of what is no claim message and no table of lines.
struct Declared {
    std::string line;  // practice and reference
    values::Cents amount;
};
std::vector<Declared> declared_in(const std::string& bytes, const wire::Layouts& layouts);

}  // namespace bundel::testing
