#include <gtest/gtest.h>

#include <map>

#include "reply/source.h"
#include "reply/testing.h"

namespace bundel::reply {
namespace {

using namespace testing;
using wire::testing::all_layouts;

constexpr std::size_t heen = 310;

wire::LayoutRef vk302() {
    return layout("VK302");
}

const std::string partly[] = {"8001"};

std::size_t line_at(const wire::Message& source, std::size_t nth) {
    const auto* record = records(source, "04")[nth];
    return static_cast<std::size_t>(record - source.records().data());
}

Result<std::vector<Segment>> answer(const wire::Message& source, std::span<const Verdict> verdicts) {
    return write_return(vk302(), source, "ZV-2024-0815", Date::of(2024, 11, 1), partly, verdicts);
}

TEST(Returns, Golden) {
    const wire::Message source = midwife_file();
    const Verdict verdicts[] = {
        {line_at(source, 2),
         person(1),
         Cents::of(120'05),
         Cents::of(0),
         {"0587", "8002"},
         {"Eén zin.", "Nog één."}},
        {line_at(source, 0), person(0), Cents::of(300'00), Cents::of(299'99), {}, {"Kort: € 299,99."}},
    };
    const auto written = answer(source, verdicts);
    ASSERT_TRUE(written.ok());
    expect_golden("return", listing(*written, vk302()));
}

TEST(Returns, GoldenOfAHospitalWithTheServiceAboveEachTariff) {
    const wire::Message source = hospital_file("ZH308-8.0");
    const auto at = [&](const char* reference) { return *line_with(source, Reference::of(reference)); };
    const Verdict verdicts[] = {
        {at("T-3"), person(1), Cents::of(99'95), Cents::of(99'95), {}, {}},
        {at("T-2"), person(0), Cents::of(210'50), Cents::of(0), {"0587"}, {"Een zin."}},
        {at("T-1"), person(0), Cents::of(700'00), Cents::of(650'00), {}, {"Nog een."}},
    };
    const auto written =
        write_return(layout("ZH309-8.0"), source, "ZV-2024-0816", Date::of(2024, 11, 1), partly, verdicts);
    ASSERT_TRUE(written.ok());
    expect_golden("hospital_return", listing(*written, layout("ZH309-8.0")));
}

// What was granted of one line; the other line of its DBC is not in it.
TEST(Returns, ATariffWithoutVerdictIsLeftOut) {
    for (const char* name : {"8.0", "9.0"}) {
        const wire::Message source = hospital_file((std::string("ZH308-") + name).c_str());
        const auto zh309 = all_layouts().answer_to(source.layout());
        ASSERT_NE(zh309, nullptr) << name;
        const Verdict verdict{*line_with(source, Reference::of("T-2")),
                              person(0),
                              Cents::of(210'50),
                              Cents::of(210'50),
                              {},
                              {}};
        const auto message =
            read(write_return(zh309, source, "ZV-1", Date::of(2024, 11, 1), partly, std::span(&verdict, 1)),
                 zh309);
        EXPECT_EQ(records(message, "02").size(), 1U);
        EXPECT_EQ(records(message, "04").size(), 1U);
        ASSERT_EQ(records(message, "06").size(), 1U);
        EXPECT_EQ(text(message, *records(message, "06").front(), "NUM371"), "T-2");
    }
}

TEST(Returns, NoVerdictsIsAHeaderAndTotals) {
    const wire::Message source = midwife_file();
    const auto message = read(answer(source, {}), vk302());
    ASSERT_EQ(message.records().size(), 2U);
    EXPECT_EQ(wire::number(raw(message, message.records().back(), "BED168")), 870'15);
    EXPECT_EQ(wire::number(raw(message, message.records().back(), "BED167")), 0);
}

TEST(Returns, TooMuchForTheFieldIsAnError) {
    const wire::Message source = midwife_file();
    const Verdict verdict{line_at(source, 0), person(0), Cents::of(0), Cents::of(100'000'000), {}, {}};
    const auto written = answer(source, std::span(&verdict, 1));
    ASSERT_FALSE(written.ok());
    EXPECT_EQ(written.error().code, "writer_too_long");
}

TEST(Returns, SentenceWithoutAsciiFormIsAnError) {
    const wire::Message source = midwife_file();
    const Verdict verdict{line_at(source, 0), person(0), Cents::of(0), Cents::of(0), {}, {"een ☂"}};
    const auto written = answer(source, std::span(&verdict, 1));
    ASSERT_FALSE(written.ok());
    EXPECT_EQ(written.error().code, "text_not_ascii");
}

std::vector<std::string> comments_of(const std::string& sentence) {
    const wire::Message source = midwife_file();
    const Verdict verdict{line_at(source, 1), person(0), Cents::of(0), Cents::of(0), {}, {sentence}};
    const auto message = read(answer(source, std::span(&verdict, 1)), vk302());
    std::vector<std::string> lines;
    for (const auto* record : records(message, "98")) lines.push_back(text(message, *record, "OMS016"));
    return lines;
}

TEST(Returns, SentencesBreakBetweenWords) {
    const auto word = [](char letter, std::size_t size) { return std::string(size, letter); };
    struct Row {
        const char* name;
        std::string sentence;
        std::vector<std::string> lines;
    };
    const Row rows[] = {
        {"empty", "", {}},
        {"only spaces", "   ", {}},
        {"spaces become one", "  een   twee ", {"een twee"}},
        {"exactly full", word('a', 69) + " " + word('b', 70), {word('a', 69) + " " + word('b', 70)}},
        {"one too many", word('a', 70) + " " + word('b', 70), {word('a', 70), word('b', 70)}},
        {"word that fills a line", word('a', 140) + " b", {word('a', 140), "b"}},
        {"word too long for a line", "x " + word('a', 141) + " b", {"x", word('a', 140), "a b"}},
        {"wider without accents", word('a', 138) + " €", {word('a', 138), "EUR"}},
    };
    for (const Row& row : rows) EXPECT_EQ(comments_of(row.sentence), row.lines) << row.name;
}

// The source's own comments are lines 1 .. of the same detail record.
TEST(Returns, CommentsAreNumberedOnFromTheSource) {
    const wire::Message source = midwife_file();
    const Verdict verdict{line_at(source, 0), person(0), Cents::of(0), Cents::of(0), {}, {"een", "twee"}};
    const auto message = read(answer(source, std::span(&verdict, 1)), vk302());
    const auto found = records(message, "98");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(raw(message, *found[0], "NUM109"), "0002");
    EXPECT_EQ(raw(message, *found[1], "NUM109"), "0003");
    for (const auto* record : found) {
        EXPECT_EQ(raw(message, *record, "NUM040"), raw(source, source.records()[verdict.record], "NUM040"));
    }
}

std::vector<Verdict> any_verdicts(const wire::Message& source, Seeded& seeded) {
    const auto amount = [&] {
        const auto cents = Cents::of(static_cast<std::int64_t>(seeded.below(100'000'000)));
        return seeded.below(3) == 0 ? -cents : cents;
    };
    std::vector<Verdict> verdicts;
    for (std::size_t i = 0; i < records(source, "04").size(); ++i) {
        if (seeded.below(4) == 0) continue;
        const std::size_t at = line_at(source, i);
        Verdict verdict{at, person(insured_above(source, at).line), amount(), amount(), {}, {}};
        for (auto codes = seeded.below(4); codes > 0; --codes) {
            verdict.codes.push_back(std::to_string(8000 + seeded.below(100)));
        }
        for (auto words = seeded.below(3); words > 0; --words) verdict.advice.push_back("Een zin.");
        verdicts.insert(verdicts.begin() + static_cast<std::ptrdiff_t>(seeded.below(verdicts.size() + 1)),
                        verdict);
    }
    return verdicts;
}

void expect_verdict(const wire::Message& message, const wire::Record& record, const Verdict& verdict) {
    EXPECT_EQ(wire::signed_cents(raw(message, record, "BED165"), raw(message, record, "COD672")),
              verdict.calculated);
    EXPECT_EQ(wire::signed_cents(raw(message, record, "BED166"), raw(message, record, "COD673")),
              verdict.granted);
    std::vector<std::string> codes;
    for (const char* element : {"COD954", "COD955", "COD956"}) {
        if (auto code = text(message, record, element); !code.empty()) codes.push_back(code);
    }
    EXPECT_EQ(codes, verdict.codes);
    EXPECT_EQ(comments_under(message, record).size(), verdict.advice.size());
}

// By number of detail record, which a return keeps.
std::map<std::string, std::string> sent_records(const wire::Message& source) {
    std::map<std::string, std::string> found;
    for (const wire::Record& record : source.records()) {
        const auto& code = source.code(record);
        if (code != "02" && code != "04") continue;
        found.emplace(raw(source, record, "NUM040"), source.record_bytes(record));
    }
    return found;
}

void expect_widened(const wire::Message& message, const wire::Message& source) {
    const auto sent = sent_records(source);
    for (const char* code : {"02", "04"}) {
        for (const auto* record : records(message, code)) {
            const auto bytes = message.record_bytes(*record);
            EXPECT_EQ(bytes.substr(0, heen), sent.at(std::string(raw(message, *record, "NUM040"))));
        }
    }
    const auto ours = message.record_bytes(message.records().front());
    const auto theirs = source.record_bytes(source.records().front());
    EXPECT_EQ(ours.substr(5, heen - 5), theirs.substr(5));  // all but the code of the message
    EXPECT_EQ(ours.substr(0, 5), "01142");
}

TEST(Returns, WidenedRecordsKeepWhatWasSentAndCarryTheVerdict) {
    for (std::uint64_t seed = 1; seed <= wire::testing::cases(); ++seed) {
        SCOPED_TRACE(seed);
        Seeded seeded(seed);
        const auto source = read(wire::testing::any_message(layout("VK301"), seed), layout("VK301"));
        const auto verdicts = any_verdicts(source, seeded);
        const auto written = answer(source, verdicts);
        const auto message = read(written, vk302());
        expect_widened(message, source);
        std::map<std::string, const Verdict*> by_number;
        Cents granted;
        for (const Verdict& verdict : verdicts) {
            by_number.emplace(raw(source, source.records()[verdict.record], "NUM040"), &verdict);
            granted += verdict.granted;
        }
        const auto lines = records(message, "04");
        ASSERT_EQ(lines.size(), verdicts.size());
        for (const auto* record : lines) {
            expect_verdict(message, *record, *by_number.at(std::string(raw(message, *record, "NUM040"))));
        }
        const wire::Record& closing = message.records().back();
        const wire::Record& declared = source.records().back();
        EXPECT_EQ(wire::signed_cents(raw(message, closing, "BED167"), raw(message, closing, "COD665")),
                  granted);
        EXPECT_EQ(raw(message, closing, "BED168"), raw(source, declared, "BED025"));
        EXPECT_EQ(raw(message, closing, "COD668"), raw(source, declared, "COD043"));
        if (HasFailure()) return;
    }
}

}  // namespace
}  // namespace bundel::reply
