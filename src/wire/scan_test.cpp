#include "wire/scan.h"

#include <gtest/gtest.h>

#include "wire/decode.h"
#include "wire/testing.h"

namespace bundel::wire {
namespace {

using base::Findings;

struct Seen {
    Findings findings;
    std::vector<std::string> lines;  // "01 12" and the bytes
    bool refused = false;
    bool operator==(const Seen&) const = default;
};

// The file in blocks whose sizes the seed tells.
Seen scan(const LayoutRef& layout, std::string_view bytes, std::uint64_t seed) {
    Seen seen;
    Scan scan(layout, "f", seen.findings, [&](const Record& record, std::string_view line) {
        EXPECT_LE(line.size(), line_bytes_max + 1);
        seen.lines.push_back(std::to_string(record.index) + " " + std::to_string(record.line) + " " +
                             std::to_string(record.offset) + (record.refused ? " refused " : " ") +
                             std::string(line.substr(0, 1000)));
    });
    testing::Seeded seeded(seed);
    while (!bytes.empty()) {
        const std::size_t size = seed == 0 ? bytes.size() : std::min(bytes.size(), seeded.below(700));
        scan.feed(bytes.substr(0, size));
        bytes.remove_prefix(size);
    }
    scan.finish();
    seen.refused = scan.is_refused();
    return seen;
}

void spoil(std::string& bytes, testing::Seeded& seeded) {
    static constexpr std::string_view pieces[] = {"\n", "\r\n", "\r", "x", "0", " ", "99", "C", ""};
    for (std::size_t i = seeded.below(6); i > 0; --i) {
        const std::size_t at = seeded.below(bytes.size());
        bytes.replace(at, std::min(bytes.size() - at, seeded.below(3)),
                      pieces[seeded.below(std::size(pieces))]);
    }
}

TEST(Scan, WhereTheBlocksAreCutDoesNotMatter) {
    for (std::uint64_t seed = 1; seed <= testing::cases(); ++seed) {
        SCOPED_TRACE(seed);
        testing::Seeded seeded(seed);
        const LayoutRef& layout =
            testing::all_layouts().all()[seeded.below(testing::all_layouts().all().size())];
        std::string bytes = testing::any_message(layout, seed);
        spoil(bytes, seeded);
        ASSERT_EQ(scan(layout, bytes, seed), scan(layout, bytes, 0));
    }
}

TEST(Scan, ALineThatIsTooLongIsToldOnceAndNotKept) {
    const LayoutRef layout = testing::layout("VK301");
    const std::string good = testing::any_message(layout, 1);
    const std::size_t stride = layout->record_length() + 2;
    for (const std::size_t size : {line_bytes_max, line_bytes_max + 1, 5 * line_bytes_max}) {
        SCOPED_TRACE(size);
        const std::string bytes =
            good.substr(0, stride) + std::string(size, '0') + "\r\n" + good.substr(stride);
        const Seen whole = scan(layout, bytes, 0);
        EXPECT_EQ(whole.findings.front().code, "record_code");
        EXPECT_EQ(whole.findings.at(1).code, "record_length");
        EXPECT_EQ(whole.findings, scan(layout, bytes, 7).findings);
        EXPECT_EQ(whole.lines.size(), good.size() / stride + 1);
    }
}

TEST(Scan, EndsAtTheLimitOfTheChannel) {
    Findings findings;
    std::size_t lines = 0;
    Scan scan(testing::layout("VK301"), "f", findings, [&](const Record&, std::string_view) { ++lines; });
    const std::string block(std::size_t{1} << 20, '0');
    std::size_t blocks = 0;
    while (!scan.is_done() && blocks < 1000) {
        scan.feed(block);
        ++blocks;
    }
    scan.finish();
    EXPECT_EQ(blocks, 301U);
    EXPECT_EQ(lines, 1U);
    EXPECT_EQ(findings.back().code, "file_over_limit");
    EXPECT_TRUE(scan.is_refused());
}

TEST(Scan, NothingIsAnEmptyFile) {
    Findings findings;
    Scan scan(testing::layout("VK301"), "f", findings, [](const Record&, std::string_view) {});
    scan.feed("");
    scan.finish();
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings.front().code, "file_empty");
}

}  // namespace
}  // namespace bundel::wire
