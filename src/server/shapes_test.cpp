#include "server/shapes.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace bundel::server
