#include "server/suppression.h"

#include <algorithm>
#include <map>

namespace bundel::server {
using engine::CountRow;

std::vector<CountRow> large_enough(const std::vector<CountRow>& cells) {
    struct Group {
        std::int64_t hidden = 0;
        const CountRow* smallest = nullptr;
    };
    std::map<std::string, Group> groups;
    for (const CountRow& cell : cells) {
        Group& group = groups[cell.group];
        if (cell.count < smallest_cell)
            ++group.hidden;
        else if (group.smallest == nullptr || cell.count < group.smallest->count)
            group.smallest = &cell;
    }
    std::vector<CountRow> shown;
    for (const CountRow& cell : cells) {
        const Group& group = groups[cell.group];
        const bool goes_too = group.hidden == 1 && group.smallest == &cell;
        if (cell.count >= smallest_cell && !goes_too) shown.push_back(cell);
    }
    return shown;
}

}  // namespace bundel::server
