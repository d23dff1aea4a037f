// Counts and amounts by group and name. Only for this room.
#pragma once

#include <map>

#include "engine/ports.h"

namespace bundel::engine {

class Counter {
public:
    // Of nothing no row is made.
    void add(const char* group, std::string name, std::int64_t count, Cents amount = {}) {
        if (count == 0) return;
        CountRow& row = rows_[{group, name}];
        row.group = group;
        row.name = std::move(name);
        row.count += count;
        row.amount += amount;
    }
    // Sorted by group and name.
    std::vector<CountRow> rows() const {
        std::vector<CountRow> result;
        for (const auto& [key, row] : rows_) result.push_back(row);
        return result;
    }

private:
    std::map<std::pair<std::string, std::string>, CountRow> rows_;
};

}  // namespace bundel::engine
