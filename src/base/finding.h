// Finding: given data is wrong. Findings are collected and reading goes on, so that one reading reports
// everything. Like an Error it is a code with parameters; the sentence is in the text table. Never a personal
// value: neither in a parameter nor anywhere else.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace bundel::base {

// How far the harm goes. Letters as in the return code list COD954 (X, T, D, O).
enum class Severity {
    file_refused,   // X: technical; nothing of the file is taken
    claim_refused,  // T: the whole invoice, on content
    line_refused,   // D: this record only
    note,           // O: taken, but look at it
};

// Where in the given data. Numbers are 1-based; 0 means "not about one record / column".
struct Where {
    std::string file;   // as the user named it
    long record = 0;    // line number in the file
    std::string field;  // field number of the layout ("0203") or column name of a CSV
    int first_column = 0;
    int last_column = 0;
    bool operator==(const Where&) const = default;
};

struct Finding {
    std::string code;  // stable; where the standard has a return code, its four digits are in `return_code`
    Severity severity = Severity::note;
    Where where;
    Params params;
    std::string return_code;  // COD954, e.g. "0804"; empty when the standard has none
    std::string source;       // rule that was broken, a key of docs/sources.md or a field rule
    bool operator==(const Finding&) const = default;
};

using Findings = std::vector<Finding>;

}  // namespace bundel::base
