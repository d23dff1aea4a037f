// A TOML file as a plain tree with line numbers: what the loader needs of it and no more.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bundel::rulebook {

struct Node {
    // other: a kind no rule is written in (a floating number, a time); the loader refuses it by name.
    enum class Kind : std::uint8_t { text, number, flag, date, list, table, other };
    Kind kind = Kind::table;
    int line = 0;             // 1-based; 0 when the file has no such place
    std::string text;         // as a person would write it; a date as 2017-01-01
    std::int64_t number = 0;  // number; flag: 0 or 1
    std::string key;          // in a table
    std::vector<Node> items;  // of a list in order of writing, of a table sorted by key

    const Node* find(std::string_view name) const;  // none when this is no table or has no such key
};

// Error: rulebook_syntax{file,line}.
base::Result<Node> read_toml(const std::string& file, const std::string& content);

}  // namespace bundel::rulebook
