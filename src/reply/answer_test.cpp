#include "reply/answer.h"

#include <gtest/gtest.h>

#include <array>

#include <map>

#include "reply/rulings.h"
#include "reply/source.h"
#include "reply/testing.h"
#include "support/rulebook_files.h"

namespace bundel::reply {
namespace {

using namespace testing;
using base::Finding;
using base::Findings;
using base::Severity;
using wire::testing::all_layouts;

const Date day = Date::of(2024, 11, 1);

Finding finding(Severity severity, long line, const char* return_code) {
    return {"x", severity, {"in.asc", line, "", 0, 0}, {}, return_code, ""};
}

// "0200: 04@3 0582 0/0 ..., in total 45010": codes of record 01, then of each record that comes back.
std::string words(const wire::Message& message, const Judgement& judgement) {
    std::string text;
    for (const std::string& code : judgement.codes) text += code + " ";
    for (const Verdict& verdict : judgement.verdicts) {
        const wire::Record& record = message.records()[verdict.record];
        text += "| " + message.code(record) + "@" + std::to_string(record.line) + " ";
        for (const std::string& code : verdict.codes) text += code + " ";
        if (message.code(record) != code_of_lines(message.layout())) continue;
        text +=
            std::to_string(verdict.calculated.count()) + "/" + std::to_string(verdict.granted.count()) + " ";
    }
    return text + "= " + std::to_string(judgement.granted.count());
}

Judgement judged(const wire::Message& message, const Findings& findings,
                 std::span<const Ruling> rulings = {}) {
    const auto judgement = judge(message, findings, rulings);
    EXPECT_TRUE(judgement.ok());
    return *judgement;
}

struct Row {
    const char* name;
    Findings findings;
    const char* words;
};

void expect_words(const wire::Message& message, std::span<const Row> rows) {
    for (const Row& row : rows) {
        EXPECT_EQ(words(message, judged(message, row.findings)), row.words) << row.name;
    }
}

constexpr auto file_refused = Severity::file_refused;
constexpr auto claim_refused = Severity::claim_refused;
constexpr auto line_refused = Severity::line_refused;
constexpr auto note = Severity::note;

// Lines of the midwife's file: 01, 02 98 04 98 04, 02 04, 99.
TEST(Judge, MidwifeByDescendingPrecedence) {
    const wire::Message message = midwife_file();
    const Finding first_woman = finding(line_refused, 2, "0435");
    const Finding first_line = finding(line_refused, 4, "0582");
    const Row rows[] = {
        {"the file beats all", {first_line, first_woman, finding(file_refused, 9, "0156")}, "0156 = 0"},
        {"so does the claim", {first_line, first_woman, finding(claim_refused, 1, "0030")}, "0030 = 0"},
        {"a woman refuses her lines, not those of another",
         {first_woman},
         "0200 | 02@2 0435 | 04@4 8002 0/0 | 04@6 8002 0/0 | 04@8 12005/12005 = 12005"},
        {"what a line has itself it keeps",
         {first_woman, first_line},
         "0200 | 02@2 0435 | 04@4 0582 0/0 | 04@6 8002 0/0 | 04@8 12005/12005 = 12005"},
        {"a line is refused alone",
         {first_line},
         "0200 | 04@4 0582 0/0 | 04@6 45010/45010 | 04@8 12005/12005 = 57015"},
        {"a comment refuses itself",
         {finding(line_refused, 3, "0755")},
         "0200 | 98@3 0755 | 04@4 30000/30000 | 04@6 45010/45010 | 04@8 12005/12005 = 87015"},
        {"a note says nothing", {finding(note, 4, "0582")}, "8001 = 87015"},
        {"nothing", {}, "8001 = 87015"},
    };
    expect_words(message, rows);
}

TEST(Judge, CodesAreThreeAtMostEachOnceAndNeverInvented) {
    const wire::Message message = midwife_file();
    const Row rows[] = {
        {"of a file", {finding(file_refused, 3, "")}, "0001 = 0"},
        {"of a claim", {finding(claim_refused, 1, "")}, "8074 = 0"},
        {"of the closing record", {finding(line_refused, 9, "0150")}, "0150 = 0"},
        {"of no record", {finding(line_refused, 0, "")}, "8074 = 0"},
        {"of a line that is not there", {finding(line_refused, 10, "")}, "8074 = 0"},
        {"of a record",
         {finding(line_refused, 8, "")},
         "0200 | 04@4 30000/30000 | 04@6 45010/45010 | 04@8 8072 0/0 = 75010"},
        {"the first three, each once",
         {finding(file_refused, 1, "0010"), finding(file_refused, 1, "0010"), finding(file_refused, 2, ""),
          finding(file_refused, 3, "8026"), finding(file_refused, 4, "0804")},
         "0010 0001 8026 = 0"},
    };
    expect_words(message, rows);
}

// Lines: 01, 02 04 98 06 98 06 16 16, 02 04 06 16, 99.
TEST(Judge, Hospital) {
    const wire::Message message = hospital_file("ZH308-9.0");
    const Row rows[] = {
        {"a woman",
         {finding(line_refused, 2, "0435")},
         "0200 | 02@2 0435 | 04@3 8002 | 06@5 8002 0/0 | 06@7 8002 0/0 | 16@8 8002 | 16@9 8002 | 06@12 "
         "9995/9995 = 9995"},
        {"a DBC",
         {finding(line_refused, 3, "0582")},
         "0200 | 04@3 0582 | 06@5 8002 0/0 | 06@7 8002 0/0 | 16@8 8002 | 16@9 8002 | 06@12 9995/9995 = 9995"},
        {"a tariff",
         {finding(line_refused, 5, "0611")},
         "0200 | 06@5 0611 0/0 | 06@7 21050/21050 | 06@12 9995/9995 = 31045"},
        {"an activity",
         {finding(line_refused, 8, "")},
         "0200 | 06@5 70000/70000 | 06@7 21050/21050 | 16@8 8072 | 06@12 9995/9995 = 101045"},
    };
    expect_words(message, rows);
}

// Findings beyond the bound are not told; the records know.
TEST(Judge, ARefusedRecordWithoutAFindingIsRefused) {
    const wire::Message source = midwife_file();
    std::vector<wire::Record> records(source.records().begin(), source.records().end());
    records[5].refused = true;
    const wire::Message message(source.layout_ref(), "in.asc", source.bytes(), records);
    const char* refused = "0200 | 04@4 30000/30000 | 04@6 8072 0/0 | 04@8 12005/12005 = 42005";
    EXPECT_EQ(words(message, judged(message, {})), refused);
    Finding capped = finding(line_refused, 0, "");
    capped.code = "findings_capped";
    EXPECT_EQ(words(message, judged(message, {capped})), refused);
    capped.severity = claim_refused;
    EXPECT_EQ(words(message, judged(message, {capped})), "8074 = 0");
}

TEST(Judge, RulingsReplaceWhatTheFindingsSay) {
    const wire::Message message = midwife_file();
    const Findings findings{finding(line_refused, 4, "0582")};
    const Ruling line{3, {"8059"}, Cents::of(250'00), Cents::of(200'00)};
    const Ruling woman{1, {"8004"}, {}, {}};
    const Ruling whole{0, {"8024"}, {}, {}};
    EXPECT_EQ(words(message, judged(message, findings, std::vector{woman, line})),
              "0200 | 02@2 8004 | 04@4 8059 25000/20000 | 04@6 45010/45010 | 04@8 12005/12005 = 77015");
    EXPECT_EQ(words(message, judged(message, findings, std::vector{line, whole})), "8024 = 0");
    // Silence of the receiver on a record is a word as well: then it is not "all approved".
    EXPECT_EQ(words(message, judged(message, {}, std::vector{Ruling{3, {}, Cents::of(1), Cents::of(1)}})),
              "0200 | 04@4 1/1 | 04@6 45010/45010 | 04@8 12005/12005 = 57016");
}

std::string golden(const wire::Message& source, const Judgement& judgement) {
    const auto written = write_answer(all_layouts(), source, "ZV-2024-0815", day, judgement);
    EXPECT_TRUE(written.ok()) << (written.ok() ? "" : written.error().code);
    return listing(*written, all_layouts().answer_to(source.layout()));
}

// Lines: 01, 02 98 04 98 04, 02 04, 99.
TEST(Judge, ARulingThatRefusesAWomanRefusesHerLines) {
    const wire::Message message = midwife_file();
    const Ruling woman{1, {"8004"}, {}, {}, true};
    const Ruling line{3, {"0611"}, Cents::of(250'00), Cents::of(250'00), true};
    const Ruling remark{1, {"0200"}, {}, {}, false};
    EXPECT_EQ(words(message, judged(message, {}, std::array{woman})),
              "0200 | 02@2 8004 | 04@4 8002 0/0 | 04@6 8002 0/0 | 04@8 12005/12005 = 12005");
    EXPECT_EQ(words(message, judged(message, {}, std::array{line, woman})),
              "0200 | 02@2 8004 | 04@4 0611 25000/25000 | 04@6 8002 0/0 | 04@8 12005/12005 = 37005");
    EXPECT_EQ(words(message, judged(message, {}, std::array{remark})),
              "0200 | 02@2 0200 | 04@4 30000/30000 | 04@6 45010/45010 | 04@8 12005/12005 = 87015");
}

TEST(Answer, Golden) {
    struct Golden {
        const char* name;
        wire::Message source;
        Findings findings;
    };
    const Golden rows[] = {
        {"answer_faultless", midwife_file(), {}},
        {"answer_line_refused", midwife_file(), {finding(line_refused, 4, "0582")}},
        {"answer_insured_refused", midwife_file(), {finding(line_refused, 2, "0435")}},
        {"answer_header_refused", midwife_file(), {finding(claim_refused, 1, "0030")}},
        {"answer_comment_refused", midwife_file(), {finding(line_refused, 5, "0755")}},
        {"answer_hospital_refused",
         hospital_file("ZH308-9.0"),
         {finding(line_refused, 5, "0611"), finding(line_refused, 8, ""), finding(line_refused, 11, "0582")}},
    };
    for (const Golden& row : rows) {
        SCOPED_TRACE(row.name);
        expect_golden(row.name, golden(row.source, judged(row.source, row.findings)));
    }
}

// A file that cannot be read: what is still there of records 01 and 99 comes back.
TEST(Answer, OfAFileThatIsRefused) {
    const std::string good = midwife_file().bytes();
    const auto without_line = [&](std::size_t line) {
        std::string bytes = good;
        return bytes.erase((line - 1) * 312, 312);
    };
    const auto put = [&](std::size_t at, std::string_view text) {
        std::string bytes = good;
        return bytes.replace(at, text.size(), text);
    };
    struct Refused {
        const char* name;
        std::string bytes;
        const char* codes;  // empty: no answer is possible
        std::int64_t declared;
    };
    const Refused rows[] = {
        {"a line is gone", without_line(4), "0801", 870'15},
        {"cut off", good.substr(0, 2000), "0804", 0},
        {"no closing record", without_line(9), "8026", 0},
        {"record 01 twice", good.substr(0, 312) + good, "8026", 870'15},
        {"another version", put(5, "03"), "", 0},
        {"no record 01", without_line(1), "", 0},
        {"half a record 01", good.substr(0, 200), "", 0},
        {"record 01 with a line end in it", put(100, "\n"), "", 0},
        {"empty", "", "", 0},
    };
    for (const Refused& row : rows) {
        SCOPED_TRACE(row.name);
        Findings findings;
        const auto source = received(all_layouts(), row.bytes, "in.asc", findings);
        ASSERT_EQ(source.ok(), *row.codes != '\0');
        EXPECT_FALSE(findings.empty());
        if (!source.ok()) {
            EXPECT_EQ(source.error(), base::Error{"answer_header_missing"});
            continue;
        }
        const auto message =
            read(write_answer(all_layouts(), *source, "", day, judged(*source, findings)), layout("VK302"));
        ASSERT_EQ(message.records().size(), 2U);
        EXPECT_EQ(raw(message, message.records()[0], "COD954"), row.codes);
        EXPECT_EQ(wire::number(raw(message, message.records()[1], "BED168")), row.declared);
        EXPECT_EQ(wire::number(raw(message, message.records()[1], "BED167")), 0);
    }
}

TEST(Answer, OfAMessageThatNothingAnswers) {
    for (const char* name : {"AW319", "PM304", "VK302"}) {
        const auto source = read(wire::testing::any_message(layout(name), 1), layout(name));
        const auto written = write_answer(all_layouts(), source, "", day, judged(source, {}));
        ASSERT_FALSE(written.ok()) << name;
        const bool is_answer = layout(name)->is_return();
        EXPECT_EQ(written.error().code, is_answer ? "answer_of_answer" : "answer_layout_missing") << name;
        EXPECT_EQ(written.error().params[0].second, layout(name)->name());
    }
}

std::vector<Ruling> any_rulings(const wire::Message& source, Seeded& seeded) {
    const auto amount = [&] {
        const auto cents = Cents::of(static_cast<std::int64_t>(seeded.below(100'000'000)));
        return seeded.below(3) == 0 ? -cents : cents;
    };
    std::vector<Ruling> rulings;
    for (std::size_t i = 1; i + 1 < source.records().size(); ++i) {
        if (seeded.below(2) == 0) continue;
        Ruling ruling{i, {}, {}, {}};
        for (auto codes = seeded.below(4); codes > 0; --codes) {
            ruling.codes.push_back(std::to_string(8000 + seeded.below(100)));
        }
        if (source.code(source.records()[i]) == code_of_lines(source.layout())) {
            ruling.calculated = amount();
            ruling.granted = amount();
        }
        rulings.push_back(ruling);
    }
    return rulings;
}

std::string with_number(const wire::Message& message, const wire::Record& record) {
    std::string key = message.code(record) + std::string(raw(message, record, "NUM040"));
    if (message.code(record) == "98") key += raw(message, record, "NUM109");
    return key;
}

void expect_verdicts(const wire::Message& answer, const wire::Message& source, const Judgement& judgement) {
    std::map<std::string, const Verdict*> by_number;
    for (const Verdict& verdict : judgement.verdicts)
        by_number[with_number(source, source.records()[verdict.record])] = &verdict;
    std::size_t found = 0;
    for (const wire::Record& record : answer.records()) {
        if (answer.code(record) == "01" || answer.code(record) == "99") continue;
        const auto said = by_number.find(with_number(answer, record));
        std::vector<std::string> codes;
        for (const char* element : {"COD954", "COD955", "COD956"}) {
            if (auto code = text(answer, record, element); !code.empty()) codes.push_back(code);
        }
        EXPECT_EQ(codes, said == by_number.end() ? std::vector<std::string>{} : said->second->codes);
        if (said == by_number.end()) continue;
        ++found;
        if (answer.code(record) != code_of_lines(answer.layout())) continue;
        EXPECT_EQ(wire::signed_cents(raw(answer, record, "BED166"), raw(answer, record, "COD673")),
                  said->second->granted);
    }
    EXPECT_EQ(found, judgement.verdicts.size());
}

// Any verdicts on any records, of every message that has an answer, inserts included.
TEST(Answer, AnyVerdictsOnAnyMessage) {
    std::vector<wire::LayoutRef> layouts;
    for (const auto& one : wire::testing::every_layout()) {
        const auto answer = all_layouts().answer_to(*one);
        if (answer && answer->insert().empty() == one->insert().empty()) layouts.push_back(one);
    }
    ASSERT_GE(layouts.size(), 8U);
    for (std::uint64_t seed = 1; seed <= wire::testing::cases(); ++seed) {
        const wire::LayoutRef& claims = layouts[seed % layouts.size()];
        SCOPED_TRACE(claims->name() + " " + claims->insert() + " seed " + std::to_string(seed));
        Seeded seeded(seed);
        const auto source = read(wire::testing::any_message(claims, seed), claims);
        const auto judgement = judged(source, {}, any_rulings(source, seeded));
        const auto answer = read(write_answer(all_layouts(), source, "ZV-1", day, judgement),
                                 all_layouts().answer_to(*claims));
        expect_verdicts(answer, source, judgement);
        Cents granted;
        for (const Verdict& verdict : judgement.verdicts) granted += verdict.granted;
        const wire::Record& closing = answer.records().back();
        EXPECT_EQ(wire::signed_cents(raw(answer, closing, "BED167"), raw(answer, closing, "COD665")),
                  judgement.codes[0] == "8001" ? judgement.granted : granted);
        if (HasFailure()) return;
    }
}

// A debtor record that the answer does not know as it was sent stays out, and so does what stands under it.
TEST(Answer, ADebtorOfAnotherVersionDoesNotComeBack) {
    const auto claims = all_layouts().with_insert(layout("VK301"), "SB311", "2.0");
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        const auto source = read(wire::testing::any_message(claims, seed), claims);
        Seeded seeded(seed);
        const auto judgement = judged(source, {}, any_rulings(source, seeded));
        const auto answer = read(write_answer(all_layouts(), source, "", day, judgement), layout("VK302"));
        EXPECT_TRUE(records(answer, "03").empty());
    }
}

// Only what has something to say comes back, and what stands above it.
TEST(Answer, AWomanMayComeBackWithoutHerLines) {
    const wire::Message source = midwife_file();
    const Verdict verdict{1, {}, {}, {}, {"0200"}, {"Een zin."}};
    const auto written = write_return(layout("VK302"), source, "", day, std::vector<std::string>{"0200"},
                                      std::span(&verdict, 1));
    const auto answer = read(written, layout("VK302"));
    ASSERT_EQ(answer.records().size(), 4U);
    EXPECT_EQ(raw(answer, *records(answer, "98")[0], "NUM109"), "0002");  // hers has number 1
}

// Comments of the source that come back stand before ours, and ours go on from all of hers.
TEST(Answer, OurCommentsComeAfterThoseThatComeBack) {
    const wire::Message source = midwife_file();
    const Verdict verdicts[] = {{3, {}, Cents::of(1), Cents::of(1), {}, {"Een zin."}},
                                {4, {}, {}, {}, {"0755"}, {}}};
    const auto answer =
        read(write_return(layout("VK302"), source, "", day, std::vector<std::string>{"0200"}, verdicts),
             layout("VK302"));
    const auto comments = records(answer, "98");
    ASSERT_EQ(comments.size(), 2U);
    EXPECT_EQ(raw(answer, *comments[0], "COD954"), "0755");
    EXPECT_EQ(text(answer, *comments[1], "OMS016"), "Een zin.");
    EXPECT_EQ(raw(answer, *comments[1], "NUM109"), "0002");
}

std::string told(const Findings& findings) {
    std::string text;
    for (const Finding& one : findings)
        text += std::to_string(one.where.record) + " " + one.code + " " + one.where.field + "; ";
    return text;
}

TEST(Rulings, RowsAreRefusedByName) {
    const wire::Message message = midwife_file();
    const rulebook::Rulebook law = bundel::testing::load_rulebook();
    struct Csv {
        const char* row;
        const char* told;
    };
    const Csv rows[] = {
        {"4;0582 8002;0;0", ""},
        {"4;;300,00;299,99", ""},
        {"4;;400,00;300,00", ""},
        {"4;0611;400,00;300,01", "2 ruling_granted_high toegekend; "},
        {"4;0611;-300,00;0", "2 ruling_amount_side toegekend; "},
        {"4;0611;0;-0,01", "2 ruling_amount_side toegekend; "},
        {"4;;0;0", "2 ruling_code_missing toegekend; "},
        {"1;8001;;", "2 ruling_code_no_refusal codes; "},
        {"1;0200;;", "2 ruling_code_no_refusal codes; "},
        {"1;9999;;", "2 ruling_code_no_refusal codes; "},
        {"2;0435;;", ""},
        {"1;0030;;", ""},
        {"9;0150;;", "2 ruling_record_unknown regel; "},
        {"10;;;", "2 ruling_record_unknown regel; "},
        {"0;;;", "2 ruling_record_unknown regel; "},
        {"x;;;", "2 csv_cell_digits regel; "},
        {"2;0435;;\n2;8004;;", "3 ruling_record_twice regel; "},
        {"4;582;0;0", "2 ruling_codes_wrong codes; "},
        {"4;058A;0;0", "2 ruling_codes_wrong codes; "},
        {"4;0581 0582 0583 0584;0;0", "2 ruling_codes_wrong codes; "},
        {"1;;;", "2 ruling_codes_wrong codes; "},
        {"4;0582;0;", "2 ruling_amounts_missing toegekend; "},
        {"4;0582;;0", "2 ruling_amounts_missing toegekend; "},
        {"2;0435;0;", "2 ruling_amounts_unexpected toegekend; "},
        {"4;;999999,99;300,00", ""},
        {"4;;1000000;0", "2 ruling_amount_large toegekend; "},
        {"4;;0;-1000000", "2 ruling_amount_large toegekend; "},
    };
    for (const Csv& row : rows) {
        SCOPED_TRACE(row.row);
        Findings findings;
        const auto rulings = read_rulings(std::string("regel;codes;berekend;toegekend\n") + row.row + "\n",
                                          "uitslag.csv", message, law, findings);
        EXPECT_EQ(told(findings), row.told);
        if (findings.empty()) {
            EXPECT_EQ(rulings.size(), 1U);
        }
    }
}

TEST(Rulings, ReadWhatStandsThere) {
    Findings findings;
    const auto rulings = read_rulings("regel;toegekend;codes;berekend\n4;1,05;0582  8002;2\n", "u.csv",
                                      midwife_file(), bundel::testing::load_rulebook(), findings);
    ASSERT_EQ(rulings.size(), 1U);
    EXPECT_EQ(rulings[0].record, 3U);
    EXPECT_EQ(rulings[0].codes, (std::vector<std::string>{"0582", "8002"}));
    EXPECT_EQ(rulings[0].calculated, Cents::of(2'00));
    EXPECT_EQ(rulings[0].granted, Cents::of(1'05));
    EXPECT_TRUE(rulings[0].refuses);
}

}  // namespace
}  // namespace bundel::reply
