// The command line as data. The one file behind it includes the library that parses it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bundel::cli {

struct Arguments {
    std::string command;               // "import", "ei show", "layout import", "rules check", ...
    std::string data;                  // of ei: may be empty
    std::vector<std::string> paths;    // import, answers, adopt, ei, layout import
    std::vector<std::string> earlier;  // ei check
    std::string target;  // explain, forget, export, close, transition, payout approve, statement
    std::optional<std::string> as_of;  // ISO day
    std::optional<std::string> received;
    std::optional<std::string> cutover;  // adopt
    std::optional<std::string> day;      // payout propose
    std::string init_folder;
    std::string igo;
    std::string key;                 // ei anonymise: a file
    std::string out;                 // ei anonymise, statement: a folder
    std::string period;              // statement, divide: as written, or empty
    std::string verdicts;            // ei answer: a CSV file, or empty
    std::string reference;           // ei answer: of the insurer, or empty
    std::string rulebook;            // rules: a folder; of check, test and variables: may be empty
    std::string by;                  // rules and payout propose, approve: who
    std::string note;                // rules approve
    std::string model, compare;      // divide: an id, or a file
    std::string other_period;        // divide: of care
    std::string shifts;              // divide: a file
    std::uint64_t seed = 1;          // divide --compare
    std::string format = "hledger";  // export journal: hledger, beancount
    std::optional<std::string> on;   // export trial-balance: ISO day
    bool reveal = false;             // ei show, ei diff
    bool live = false;
    bool json = false;
    bool csv = false;      // rules diff
    std::string listen;    // serve
    bool openapi = false;  // serve
};

// Either arguments, or the exit code with what to print (help, or what is wrong with the words).
struct Parsed {
    std::optional<Arguments> arguments;
    int exit_code = 0;
    std::string text;
};
Parsed parse(int count, const char* const* words);

}  // namespace bundel::cli
