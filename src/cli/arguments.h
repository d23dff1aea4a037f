// The command line as data. The one file behind it includes the library that parses it.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace bundel::cli {

struct Arguments {
    std::string command;  // "import", "explain", "layout import", ...
    std::string data;
    std::vector<std::string> paths;    // import, answers, adopt, layout import
    std::string target;                // explain, forget, export, close
    std::optional<std::string> as_of;  // ISO day
    std::optional<std::string> received;
    std::optional<std::string> cutover;  // adopt
    std::string init_folder;
    std::string igo;
    bool live = false;
    bool json = false;
};

// Either arguments, or the exit code with what to print (help, or what is wrong with the words).
struct Parsed {
    std::optional<Arguments> arguments;
    int exit_code = 0;
    std::string text;
};
Parsed parse(int count, const char* const* words);

}  // namespace bundel::cli
