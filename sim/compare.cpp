#include "sim/compare.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

namespace bundel::sim {
namespace {
using nlohmann::json;

std::string text_of(const json& value) {
    if (value.is_null()) return "";
    if (value.is_boolean()) return value.get<bool>() ? "ja" : "nee";
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
    std::string joined;
    for (const auto& one : value) joined += (joined.empty() ? "" : " ") + text_of(one);
    return joined;
}

Row row_of(const json& object, std::string_view kind) {
    Row row;
    for (const auto& column : expected_columns(kind)) {
        if (object.contains(column.json)) row[column.name] = text_of(object[column.json]);
    }
    return row;
}

// The phases of all pregnancies in one list, with the number of their pregnancy.
json phases_of(const json& document) {
    json phases = json::array();
    int number = 0;
    for (const auto& pregnancy : document.at("pregnancies")) {
        ++number;
        for (json phase : pregnancy.at("phases")) {
            phase["pregnancy"] = number;
            phases.push_back(std::move(phase));
        }
    }
    return phases;
}

// Lines with their parts as columns.
json lines_of(const json& document) {
    json lines = json::array();
    for (json line : document.at("lines")) {
        for (const auto& part : line.at("parts"))
            line[part.at("phase").get<std::string>()] = part.at("cents");
        lines.push_back(std::move(line));
    }
    return lines;
}

bool credit_accepted_before(const std::string& bsn, const std::string& day,
                            const std::vector<Verdict>& verdicts) {
    return std::any_of(verdicts.begin(), verdicts.end(), [&](const Verdict& verdict) {
        return verdict.bsn == bsn && verdict.credit && verdict.accepted() && verdict.answered.iso() <= day;
    });
}

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

Result<std::map<std::string, std::vector<Row>>> explained_rows(std::string_view text, const std::string& bsn,
                                                               const std::vector<Verdict>& verdicts) {
    try {
        const json document = json::parse(text);
        const std::pair<const char*, json> lists[] = {
            {"zwangerschap", document.at("pregnancies")},
            {"fase", phases_of(document)},
            {"regel", lines_of(document)},
            {"claim", document.at("claims")},
            {"vraag", document.at("questions")},
            {"verlies", document.at("losses")},
            {"saldo", document.at("net_position")},
            {"verdeling", document.at("division")},
            {"ingekocht", document.value("bought", json::array())},
        };
        std::map<std::string, std::vector<Row>> rows;
        for (const auto& [kind, list] : lists) {
            auto& of_kind = rows[kind];
            for (const auto& object : list) of_kind.push_back(row_of(object, kind));
        }
        for (auto& claim : rows["claim"]) {
            const bool after = credit_accepted_before(bsn, claim["verzonden"], verdicts);
            claim["na_creditering"] = after ? "ja" : "nee";
        }
        return rows;
    } catch (const json::exception& error) {
        return Error{"explain_unreadable", {{"what", error.what()}}};
    }
}

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
