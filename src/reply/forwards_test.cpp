#include <gtest/gtest.h>

#include "reply/source.h"
#include "reply/testing.h"

namespace bundel::reply {
namespace {

using namespace testing;

wire::LayoutRef vk301() {
    return layout("VK301");
}

std::vector<std::size_t> lines_in(const wire::Message& source) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < source.records().size(); ++i) {
        if (source.code(source.records()[i]) == "04") found.push_back(i);
    }
    return found;
}

// Passed on as it is, for the woman of this number.
ForwardLine pass(const wire::Message& source, std::size_t record, std::size_t woman) {
    ForwardLine line{claim_of(woman, ""), &source, record};
    line.claim.kind = claim::Kind::forwarded;
    line.claim.reference = Reference::of(text(source, source.records()[record], "NUM362"));
    return line;
}

TEST(Forwards, Golden) {
    const wire::Message source = midwife_file();
    const auto at = lines_in(source);
    ForwardLine again = pass(source, at[1], 0);
    again.claim.reference = Reference::of("BD0000000009");
    const ForwardLine lines[] = {pass(source, at[2], 1), again, pass(source, at[0], 0)};
    const auto written = write_forwards(vk301(), envelope(), lines);
    ASSERT_TRUE(written.ok());
    expect_golden("forwards", listing(*written, vk301()));
}

TEST(Forwards, GoldenCredit) {
    const wire::Message source = midwife_file();
    ForwardLine credit = pass(source, lines_in(source)[1], 0);
    credit.claim.credit = true;
    credit.claim.reference = Reference::of("BD0000000010");
    credit.claim.debit = Reference::of("V-0002");
    const auto written = write_forwards(vk301(), envelope(), std::span(&credit, 1));
    ASSERT_TRUE(written.ok());
    expect_golden("forward_credit", listing(*written, vk301()));
}

TEST(Forwards, LinesOfTwoFilesShareTheInsuredRecordThatSaysTheSame) {
    const wire::Message one = midwife_file();
    const wire::Message two = midwife_file();
    const auto at = lines_in(one);
    const ForwardLine same[] = {pass(one, at[0], 0), pass(two, at[1], 0)};
    EXPECT_EQ(records(read(write_forwards(vk301(), envelope(), same), vk301()), "02").size(), 1U);
    // The 02 of another woman's line is another record, also when it is said to be hers.
    const ForwardLine other[] = {pass(one, at[0], 0), pass(two, at[2], 0)};
    EXPECT_EQ(records(read(write_forwards(vk301(), envelope(), other), vk301()), "02").size(), 2U);
}

TEST(Forwards, LayoutsMustBeTheSame) {
    const wire::Message source = midwife_file();
    const ForwardLine line = pass(source, lines_in(source)[0], 0);
    const auto written = write_forwards(layout("KZ301"), envelope(), std::span(&line, 1));
    ASSERT_FALSE(written.ok());
    EXPECT_EQ(written.error(), (base::Error{"forward_layouts_differ",
                                            {{"layout", "KZ301-3.2-provisional"}, {"other", "VK301-2.2"}}}));
}

TEST(Forwards, DebtorStaysBehind) {
    for (std::uint64_t seed = 1;; ++seed) {
        const auto source = read(wire::testing::any_message(vk301(), seed), vk301());
        if (records(source, "03").empty()) continue;
        std::vector<ForwardLine> lines;
        for (const std::size_t at : lines_in(source)) lines.push_back(pass(source, at, 0));
        EXPECT_TRUE(records(read(write_forwards(vk301(), envelope(), lines), vk301()), "03").empty());
        return;
    }
}

std::string without_number(std::string_view record) {
    return std::string(record.substr(0, 2)) + std::string(record.substr(14));
}

void put(std::string& record, const wire::Layout& layout, std::string_view element, std::string text) {
    const auto column = *column_of(layout, "04", element);
    text.resize(column.length, ' ');
    record.replace(column.offset, column.length, text);
}

// The record 04 that must come out, with its comments.
std::string expected(const ForwardLine& line) {
    const wire::Record& record = line.source->records()[line.record];
    std::string bytes(line.source->record_bytes(record));
    put(bytes, *vk301(), "NUM362", line.claim.reference.str());
    if (line.claim.credit) {
        put(bytes, *vk301(), "COD668", "C");
        put(bytes, *vk301(), "COD665", "C");
        put(bytes, *vk301(), "NUM363", line.claim.debit.str());
    }
    bytes = without_number(bytes);
    for (const auto& comment : comments_under(*line.source, record)) {
        bytes += without_number(line.source->record_bytes(comment));
    }
    return bytes;
}

std::vector<std::string> lines_with_comments(const wire::Message& message) {
    std::vector<std::string> found;
    for (const auto* record : records(message, "04")) {
        found.push_back(without_number(message.record_bytes(*record)));
        for (const auto& comment : comments_under(message, *record)) {
            found.back() += without_number(message.record_bytes(comment));
        }
    }
    return found;
}

TEST(Forwards, ContentOfALineStaysByteForByte) {
    for (std::uint64_t seed = 1; seed <= wire::testing::cases(); ++seed) {
        SCOPED_TRACE(seed);
        Seeded seeded(seed);
        const auto source = read(wire::testing::any_message(vk301(), seed), vk301());
        std::vector<ForwardLine> lines;
        std::vector<std::string> wanted;
        std::size_t number = 0;
        for (const std::size_t at : lines_in(source)) {
            ForwardLine line = pass(source, at, insured_above(source, at).line);
            line.claim.credit = seeded.below(3) == 0;
            if (seeded.below(3) == 0) line.claim.reference = Reference::of("N" + std::to_string(++number));
            if (line.claim.credit) line.claim.debit = Reference::of("D" + std::to_string(number));
            wanted.push_back(expected(line));
            lines.push_back(line);
        }
        const auto written = write_forwards(vk301(), envelope(), lines);
        const auto message = read(written, vk301());
        auto found = lines_with_comments(message);
        std::sort(found.begin(), found.end());
        std::sort(wanted.begin(), wanted.end());
        ASSERT_EQ(found, wanted);
        ASSERT_EQ(records(message, "02").size(), records(source, "02").size());
    }
}

}  // namespace
}  // namespace bundel::reply
