#include "sim/compare.h"

#include <algorithm>

namespace bundel::sim {
namespace {

bool agrees(const Row& expected, const Row& found) {
    return std::all_of(expected.begin(), expected.end(), [&](const auto& column) {
        const auto other = found.find(column.first);
        return (other == found.end() ? "" : other->second) == column.second;
    });
}

std::string shown(const Row& row) {
    std::string text;
    for (const auto& [name, value] : row) text += (text.empty() ? "" : ", ") + name + "=" + value;
    return "{" + text + "}";
}

// Rows that name most are placed first, so that a loose row does not take what a strict one needs.
std::vector<std::string> compare_rows(const std::string& kind, std::vector<Row> expected,
                                      std::vector<Row> found) {
    std::vector<std::string> wrong;
    std::stable_sort(expected.begin(), expected.end(),
                     [](const Row& a, const Row& b) { return a.size() > b.size(); });
    for (const auto& row : expected) {
        const auto match =
            std::find_if(found.begin(), found.end(), [&](const Row& other) { return agrees(row, other); });
        if (match == found.end()) {
            wrong.push_back(kind + ": expected, not found: " + shown(row));
        } else {
            found.erase(match);
        }
    }
    for (const auto& row : found) wrong.push_back(kind + ": found, not expected: " + shown(row));
    return wrong;
}

}  // namespace

std::vector<std::string> mismatches(const Expectation& expected,
                                    const std::map<std::string, std::vector<Row>>& found) {
    std::vector<std::string> wrong;
    for (const auto& [kind, rows] : expected.rows) {
        const auto there = found.find(kind);
        const auto lines =
            compare_rows(kind, rows, there == found.end() ? std::vector<Row>{} : there->second);
        wrong.insert(wrong.end(), lines.begin(), lines.end());
    }
    return wrong;
}

}  // namespace bundel::sim
