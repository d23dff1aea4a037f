#include "rulebook/reference.h"

#include <algorithm>
#include <array>

#include "rulebook/standing.h"

namespace bundel::rulebook {
namespace {

// A bar would end the cell.
std::string cell(const std::string& text) {
    std::string result;
    for (const char letter : text) {
        if (letter == '|') result += '\\';
        result += letter;
    }
    return result;
}

std::string period_text(const values::Period& period) {
    const bool open_start = period.first.day_number() == values::Date::earliest_day;
    const bool open_end = period.last == values::Date::far_future();
    if (open_start && open_end) return "always";
    if (open_start) return "until " + period.last.iso();
    if (open_end) return "from " + period.first.iso();
    return period.first.iso() + " .. " + period.last.iso();
}

std::string counts(const Rulebook& rulebook) {
    std::array<std::size_t, status_names.size()> of_status{};
    for (std::size_t id = 1; id < rulebook.values().size(); ++id) {
        ++of_status[static_cast<std::size_t>(rulebook.values()[id].status)];
    }
    std::string text = "| status | values |\n|---|---|\n";
    for (std::size_t i = 0; i < status_names.size(); ++i) {
        text.append("| ")
            .append(status_names[i])
            .append(" | ")
            .append(std::to_string(of_status[i]))
            .append(" |\n");
    }
    return text;
}

std::string row(const ValueInfo& value) {
    return "| " + cell(value.key) + " | " + cell(value.text) + " | " + period_text(value.period) + " | " +
           std::string(status_names[static_cast<std::size_t>(value.status)]) + " | " + cell(value.source) +
           " |\n";
}

}  // namespace

std::string reference_page(const Rulebook& rulebook) {
    std::string page =
        "# Values of rulebook " + rulebook.id() +
        "\n\nMade from rulebooks/; do not edit (src/rulebook/reference_test.cpp). `verified`: read in the "
        "source named. `provisional`: read in a\nsource without legal certainty. `example`: not found, or "
        "to be agreed; a live directory refuses what depends on it.\n\n" +
        counts(rulebook);
    std::string file;
    for (std::size_t id = 1; id < rulebook.values().size(); ++id) {
        const ValueInfo& value = rulebook.values()[id];
        if (value.file != file) {
            file = value.file;
            page +=
                "\n## " + file + "\n\n| key | value | period | status | source |\n|---|---|---|---|---|\n";
        }
        page += row(value);
    }
    return page;
}

}  // namespace bundel::rulebook
