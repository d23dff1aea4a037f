// Published code lists, as far as they were found (rulebooks/codelists). A list that is not complete can say
// that a code exists, never that it does not.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bundel::rulebook {

struct CodeList {
    struct Entry {
        std::string code;
        std::string text;  // Dutch, as published
    };

    std::string name;               // as the layouts call it: "COD046-NEN"
    std::vector<std::string> also;  // other names of the same list: "COD701-NEN1" of "COD700-NEN1"
    std::string title;
    std::string source;
    bool complete = false;     // the source has all codes, or the layouts allow no other
    std::vector<Entry> codes;  // sorted by code, each once

    // None: the code is not in what was found of the list.
    const Entry* entry(std::string_view code) const;
    bool contains(std::string_view code) const { return entry(code) != nullptr; }
};

// unknown: the list is not here, or what was found of it is not complete and does not have the code.
enum class Listed : std::uint8_t { known, absent, unknown };

class CodeLists {
public:
    CodeLists() = default;
    // Contract: no name, `also` included, stands twice.
    explicit CodeLists(std::vector<CodeList> lists);

    // By its name or another name of it. None: not found.
    const CodeList* find(std::string_view name) const;
    Listed look_up(std::string_view list, std::string_view code) const;

    const std::vector<CodeList>& all() const { return lists_; }  // sorted by name

private:
    struct Name {
        std::string name;
        std::size_t list = 0;  // index in lists_
    };
    std::vector<CodeList> lists_;
    std::vector<Name> names_;  // sorted
};

}  // namespace bundel::rulebook
