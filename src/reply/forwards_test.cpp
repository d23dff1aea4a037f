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
        if (source.code(source.records()[i]) == code_of_lines(source.layout())) found.push_back(i);
    }
    return found;
}

// Index of the 04 that this record stands under.
std::size_t service_of(const wire::Message& source, const wire::Record& record) {
    auto at = static_cast<std::size_t>(&record - source.records().data());
    while (source.code(source.records()[at]) != "04") --at;
    return at;
}

// Passed on as it is, for the woman of this number.
ForwardLine pass(const wire::Message& source, std::size_t record, std::size_t woman) {
    ForwardLine line{claim_of(woman, ""), &source, record};
    line.claim.kind = claim::Kind::forwarded;
    const bool tariff = code_of_lines(source.layout()) == code_tariff;
    line.claim.reference =
        Reference::of(text(source, source.records()[record], tariff ? "NUM371" : "NUM362"));
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

TEST(Forwards, GoldenOfKraamzorgNamesItAsDeclarant) {
    const wire::Message source = kraamzorg_file();
    const ForwardLine line = pass(source, lines_in(source)[0], 0);
    const auto written = write_forwards(layout("KZ301"), envelope(), std::span(&line, 1));
    ASSERT_TRUE(written.ok());
    expect_golden("kraamzorg_forward", listing(*written, layout("KZ301")));
}

// ---- Of a hospital ----

TEST(HospitalForwards, GoldenTariffsOfOneServiceShareIt) {
    for (const char* name : {"ZH308-8.0", "ZH308-9.0"}) {
        const wire::Message source = hospital_file(name);
        const auto at = lines_in(source);
        const ForwardLine lines[] = {pass(source, at[2], 1), pass(source, at[1], 0), pass(source, at[0], 0)};
        const auto written = write_forwards(layout(name), envelope(), lines);
        ASSERT_TRUE(written.ok());
        expect_golden(std::string("hospital_forward_") + name, listing(*written, layout(name)));
    }
}

std::vector<std::string> references(const wire::Message& message, std::string_view record,
                                    std::string_view element) {
    std::vector<std::string> found;
    for (const auto* one : records(message, record)) found.push_back(text(message, *one, element));
    return found;
}

using Texts = std::vector<std::string>;

TEST(HospitalForwards, ATariffThatStaysBehindLeavesTheRestAsItWas) {
    const wire::Message source = hospital_file("ZH308-9.0");
    const ForwardLine line = pass(source, lines_in(source)[1], 0);
    const auto message =
        read(write_forwards(layout("ZH308-9.0"), envelope(), std::span(&line, 1)), layout("ZH308-9.0"));
    EXPECT_EQ(references(message, "04", "NUM362"), Texts{"DBC-1"});
    EXPECT_EQ(references(message, "06", "NUM371"), Texts{"T-2"});
    EXPECT_EQ(references(message, "16", "NUM415"), (Texts{"A-1", "A-2"}));
    EXPECT_EQ(references(message, "98", "OMS016"), Texts{"over de DBC"});
}

// T-2 goes out once more under a reference of ours: what stands above and beside it gets one too.
ForwardLine again(const wire::Message& source) {
    ForwardLine line = pass(source, lines_in(source)[1], 0);
    line.claim.reference = Reference::of("BD0000000009");
    return line;
}

TEST(HospitalForwards, OneUnderAReferenceOfOursRenewsWhatIsAbove) {
    const wire::Message source = hospital_file("ZH308-9.0");
    const ForwardLine lines[] = {pass(source, lines_in(source)[0], 0), again(source)};
    const auto message = read(write_forwards(layout("ZH308-9.0"), envelope(), lines), layout("ZH308-9.0"));
    EXPECT_EQ(references(message, "04", "NUM362"), Texts{"BD0000000009-P"});
    EXPECT_EQ(references(message, "04", "NUM363"), Texts{""});
    EXPECT_EQ(references(message, "06", "NUM371"), (Texts{"T-1", "BD0000000009"}));
    EXPECT_EQ(references(message, "16", "NUM415"), (Texts{"BD0000000009-Z1", "BD0000000009-Z2"}));
    EXPECT_EQ(references(message, "16", "NUM416"), (Texts{"", ""}));
}

TEST(HospitalForwards, GoldenCreditTakesBackWhatWentOut) {
    const auto zh308 = layout("ZH308-9.0");
    const wire::Message source = hospital_file("ZH308-9.0");
    const ForwardLine debit = again(source);
    const auto sent = read(write_forwards(zh308, envelope(), std::span(&debit, 1)), zh308);
    const auto at = line_with(sent, debit.claim.reference);
    ASSERT_TRUE(at.ok());
    ForwardLine credit{debit.claim, &sent, *at};
    credit.claim.credit = true;
    credit.claim.debit = debit.claim.reference;
    credit.claim.reference = Reference::of("BD0000000010");
    const auto written = write_forwards(zh308, envelope(), std::span(&credit, 1));
    ASSERT_TRUE(written.ok());
    expect_golden("hospital_credit", listing(*written, zh308));
}

TEST(HospitalForwards, ALineIsFoundByItsReferenceWithThoseBesideIt) {
    const wire::Message source = hospital_file("ZH308-8.0");
    const auto at = line_with(source, Reference::of("T-2"));
    ASSERT_TRUE(at.ok());
    EXPECT_EQ(*at, lines_in(source)[1]);
    EXPECT_EQ(*lines_beside(source, *at), Texts{"T-1"});
    EXPECT_EQ(*lines_beside(source, lines_in(source)[2]), Texts{});
    const wire::Message midwife = midwife_file();
    EXPECT_EQ(*lines_beside(midwife, lines_in(midwife)[0]), Texts{});
    // The reference of a DBC is no line.
    EXPECT_EQ(line_with(source, Reference::of("DBC-1")).error().code, "line_missing");
    EXPECT_EQ(*patient_number(source, *at), "P0");
}

TEST(HospitalForwards, TariffsAndActivitiesStayByteForByte) {
    for (std::uint64_t seed = 1; seed <= wire::testing::cases() / 10; ++seed) {
        SCOPED_TRACE(seed);
        const auto zh308 = layout(seed % 2 == 0 ? "ZH308-8.0" : "ZH308-9.0");
        const auto source = read(wire::testing::any_message(zh308, seed), zh308);
        std::vector<ForwardLine> lines;
        for (const std::size_t at : lines_in(source))
            lines.push_back(pass(source, at, insured_above(source, at).line));
        if (lines.empty()) continue;
        const auto message = read(write_forwards(zh308, envelope(), lines), zh308);
        for (const char* code : {"06", "16"}) {
            std::vector<std::string> found;
            std::vector<std::string> wanted;
            for (const auto* record : records(message, code))
                found.emplace_back(message.record_bytes(*record).substr(14));
            for (const auto* record : records(source, code)) {
                const auto service = service_of(source, *record);
                const bool goes = std::any_of(lines.begin(), lines.end(), [&](const ForwardLine& line) {
                    return service_above(source, line.record) == service;
                });
                if (goes) wanted.emplace_back(source.record_bytes(*record).substr(14));
            }
            std::sort(found.begin(), found.end());
            std::sort(wanted.begin(), wanted.end());
            ASSERT_EQ(found, wanted) << code;
        }
    }
}

// Whatever else is ours in a credit: the hash and what the grouper said are not.
TEST(HospitalForwards, HashAndGrouperAreNeverRewritten) {
    constexpr const char* never[] = {"COD989", "NUM383", "NUM384", "COD153", "NUM385", "NUM386", "COD328"};
    for (const char* name : {"ZH308-8.0", "ZH308-9.0"}) {
        for (std::uint64_t seed = 1; seed <= wire::testing::cases() / 10; ++seed) {
            SCOPED_TRACE(std::string(name) + " " + std::to_string(seed));
            const auto zh308 = layout(name);
            const auto source = read(wire::testing::any_message(zh308, seed), zh308);
            for (const std::size_t at : lines_in(source)) {
                ForwardLine line = pass(source, at, 0);
                line.claim.credit = true;
                line.claim.debit = line.claim.reference;
                line.claim.reference = Reference::of("BD0000000011");
                const auto message = read(write_forwards(zh308, envelope(), std::span(&line, 1)), zh308);
                const auto* written = records(message, "04").front();
                const auto& service = source.records()[service_above(source, at)];
                for (const char* element : never)
                    ASSERT_EQ(raw(message, *written, element), raw(source, service, element)) << element;
                EXPECT_EQ(text(message, *written, "NUM362"), "BD0000000011-P");
                EXPECT_EQ(text(message, *written, "NUM363"), text(source, service, "NUM362"));
                EXPECT_EQ(text(message, *written, "COD043"), "C");
            }
        }
    }
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
