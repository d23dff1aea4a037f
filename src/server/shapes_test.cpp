#include "server/shapes.h"

#include <gtest/gtest.h>

#include "server/suppression.h"

namespace bundel::server {
namespace {

TEST(Findings, EverySeverityHasItsWord) {
    using base::Severity;
    const std::pair<Severity, const char*> rows[] = {{Severity::file_refused, "file_refused"},
                                                     {Severity::claim_refused, "claim_refused"},
                                                     {Severity::line_refused, "line_refused"},
                                                     {Severity::note, "note"}};
    for (const auto& [severity, word] : rows) {
        base::Finding finding;
        finding.code = "csv_width";
        finding.severity = severity;
        EXPECT_EQ(findings_shape({finding}).items()->front().text_of("severity"), word);
    }
}

// What a researcher sees of cells of these sizes.
TEST(Suppression, NoCellIsWhatIsLeftOfASum) {
    using Sizes = std::vector<std::int64_t>;
    const std::pair<Sizes, Sizes> rows[] = {
        {{10, 20, 30}, {10, 20, 30}}, {{9, 20, 30}, {30}},  // with 20 shown, 9 would be the sum less 50
        {{9, 9, 30}, {30}},           {{1}, {}},           {{1, 12}, {}}, {{}, {}},
    };
    for (const auto& [sizes, expected] : rows) {
        std::vector<engine::CountRow> cells{{"another", "all", 9, values::Cents()}};
        for (const std::int64_t size : sizes) {
            engine::CountRow cell;
            cell.group = "route";
            cell.name = std::to_string(size);
            cell.count = size;
            cells.push_back(cell);
        }
        Sizes shown;
        for (const engine::CountRow& cell : large_enough(cells)) shown.push_back(cell.count);
        EXPECT_EQ(shown, expected);
    }
}

}  // namespace
}  // namespace bundel::server
