// The score of one woman, by hand: her truth in CSV, and a program that says what bundel would.
#include <gtest/gtest.h>

#include <sstream>

#include "sim/files.h"
#include "sim/found.h"
#include "sim/score_print.h"

namespace bundel::sim {
namespace {
namespace fs = std::filesystem;

// One live birth on 1 June 2024, enrolled and billed in the prenatal phase only.
class ScoreOfOneWoman : public testing::Test {
protected:
    void SetUp() override {
        truth("vrouwen", "vrouw;bsn;praktijk;patientnummer;geboren\nR000001;1;08002001;V1;1990-01-01\n");
        truth("zwangerschappen", "vrouw;zwangerschap;a_terme;einde\nR000001;1;2024-06-08;2024-06-01\n");
        truth("fasen", "vrouw;zwangerschap;fase;route;reden;uzovi;centen\n" + phase("integrated", 1'500));
        known("2024-01-05;nee;integrated;inside;9101;1500\n");
        truth("regels", lines_header + line("08002001;R000001-01", "2024-07-05;2024-07-05;igo", "1500"));
        truth("meldingen", "vrouw;formulier;sleutel;aangeleverd;ontvangen\n");
        truth("ruis", "fout;vrouw;onderwerp;dagen;nummer\n");
        played("laatste", "dag\n2024-12-15\n");
        played("verteld", "regel;dag\n");
        played("vermoedens", "vraag;deelnemer;code;van;tot;dag\n");
        found(document(integrated(1'500), claim("2024-08-15", 1'500, "approved")));
    }
    void TearDown() override { fs::remove_all(folder_); }

    void truth(const std::string& name, const std::string& bytes) {
        ASSERT_TRUE(write_file(folder_ / "waarheid" / (name + ".csv"), bytes).ok());
    }
    void played(const std::string& name, const std::string& bytes) {
        ASSERT_TRUE(write_file(folder_ / "gespeeld" / (name + ".csv"), bytes).ok());
    }
    void known(const std::string& rows) {
        std::stringstream in(rows);
        std::string row, all = "vrouw;zwangerschap;fase;vanaf;buiten;route;reden;uzovi;centen\n";
        while (std::getline(in, row)) all += "R000001;1;prenatal;" + row + "\n";
        truth("kenbaar", all);
    }
    void mishap(const std::string& fault) {
        truth("ruis", "fout;vrouw;onderwerp;dagen;nummer\n" + fault + ";R000001;1;0;\n");
    }
    void found(const std::string& json, int exit_code = 0) {
        ASSERT_TRUE(write_file(folder_ / "found.jsonl", json.empty() ? "" : json + "\n").ok());
        ASSERT_TRUE(write_file(folder_ / "bundel", "#!/bin/sh\ncat '" + (folder_ / "found.jsonl").string() +
                                                       "'\nexit " + std::to_string(exit_code) + "\n")
                        .ok());
        fs::permissions(folder_ / "bundel", fs::perms::owner_all);
    }

    static std::string phase(const char* route, int cents) {
        return std::string("R000001;1;prenatal;") + route + ";inside;9101;" + std::to_string(cents) + "\n";
    }
    static std::string line(const std::string& key, const std::string& way, const std::string& cents) {
        return key + ";R000001;1;032:1101;2024-01-01;2024-05-31;" + cents + ";D;;9101;" + way +
               ";effective;in_scope;" + cents + ";0;0\n";
    }
    static std::string integrated(int cents) {
        return R"({"phase":"prenatal","route":"integrated","reason":"x","performance":"069:990002","insurer":"9101",)"
               R"("latest_submit_day":"2025-05-31","price_cents":)" +
               std::to_string(cents) + "}";
    }
    static std::string other(const char* route) {
        return std::string(R"({"phase":"prenatal","route":")") + route +
               R"(","reason":"x","performance":null,"insurer":"9101","latest_submit_day":null,"price_cents":null})";
    }
    static std::string claim(const char* sent, int cents, const char* state, const char* more = "") {
        const std::string amount = std::to_string(cents);
        return std::string(R"({"reference":"BD1","kind":"integrated","credit":false,"debit":null,)") +
               R"("performance":"069:990002","insurer":"9101","state":")" + state + R"(","amount_cents":)" +
               amount + R"(,"granted_cents":)" + amount + R"(,"sent_day":")" + sent +
               R"(","first":"2024-01-01","last":"2024-05-31","answered_day":"2024-09-01","codes":[]})" + more;
    }
    static std::string document(const std::string& phases, const std::string& claims,
                                const std::string& questions = "", const char* parts = "1500") {
        return R"({"enrolments":[{"key":"R000001-1-in"}],"pregnancies":[{"due":"2024-06-08","end":"2024-06-01",)"
               R"("phases":[)" +
               phases +
               R"(]}],"lines":[{"line":"08002001/R000001-01","disposition":"in_scope","standing":"effective",)"
               R"("parts":[{"phase":"prenatal","cents":)" +
               parts + R"(}]}],"claims":[)" + claims + R"(],"questions":[)" + questions +
               R"(],"losses":[{"amount_cents":7}]})";
    }
    static std::string question(const char* key) {
        return std::string(R"({"key":")") + key + R"(","code":"why"})";
    }

    Score score() const {
        const auto found = sim::score({folder_, folder_ / "data", (folder_ / "bundel").string()});
        EXPECT_TRUE(found.ok()) << found.error().code;
        return found.ok() ? *found : Score();
    }

    static constexpr const char* lines_columns =
        "agb;regel;vrouw;zwangerschap;prestatie;begin;eind;centen;soort;vorige;uzovi;aangeleverd;ontvangen;"
        "ontvanger;stand;bestemming;prenataal;nataal;postnataal\n";
    const std::string lines_header = lines_columns;
    fs::path folder_ = fs::path(testing::TempDir()) / "bundel score test";
};

TEST_F(ScoreOfOneWoman, AllRight) {
    const Score one = score();
    EXPECT_EQ(one.phases.right, 1);
    EXPECT_EQ(one.lines.right, 1);
    EXPECT_EQ(one.claims.right, 1);
    EXPECT_EQ(one.settled, 1);
    EXPECT_EQ(one.straight, 1);
    EXPECT_EQ(one.lost, Cents::of(7));
    EXPECT_TRUE(one.differences.empty());
    std::ostringstream printed;
    print_score(one, {15, {{"rest", 10}}}, printed);
    EXPECT_NE(printed.str().find("100,0 % van 1 goed, 0 fout"), std::string::npos) << printed.str();
}

TEST_F(ScoreOfOneWoman, AnotherPriceIsWrongUnlessNothingElseCouldBeKnown) {
    found(document(integrated(1'400), claim("2024-08-15", 1'400, "approved")));
    Score one = score();
    EXPECT_EQ(one.phases.wrong, 1);
    EXPECT_EQ(one.claims.wrong, 1);
    EXPECT_EQ(one.price_difference, Cents::of(100));
    EXPECT_EQ(one.straight, 0);
    EXPECT_EQ(one.differences.size(), 2U);
    known("2024-01-05;nee;integrated;inside;9101;1400\n");
    mishap("wrong_due_days");
    one = score();
    EXPECT_EQ(one.phases.unknowable, (std::map<std::string, long>{{"wrong_due_days", 1}}));
    EXPECT_EQ(one.claims.right, 1);
}

TEST_F(ScoreOfOneWoman, AClaimIsHeldAgainstEachDayItStood) {
    known("2024-01-05;nee;integrated;inside;9101;1500\n2024-10-15;nee;mono;left_early;9101;0\n");
    EXPECT_EQ(score().claims.wrong, 1) << "it stands on 15 October";
    known("2024-01-05;nee;integrated;inside;9101;1500\n2024-12-16;nee;mono;left_early;9101;0\n");
    EXPECT_EQ(score().claims.wrong, 0) << "the day after the last run";
    known("2024-01-05;nee;integrated;inside;9101;1500\n2024-10-15;nee;mono;left_early;9101;0\n");
    const std::string credit =
        R"(,{"reference":"BD2","kind":"integrated","credit":true,"debit":"BD1","performance":"069:990002",)"
        R"("insurer":"9101","state":"approved","amount_cents":-1500,"granted_cents":-1500,)"
        R"("first":"2024-01-01","last":"2024-05-31","sent_day":"2024-10-15","answered_day":null,"codes":[]})";
    found(document(other("mono"), claim("2024-08-15", 1'500, "approved", credit.c_str())));
    EXPECT_EQ(score().claims.right, 0) << "no phase is integrated, so no performance is known";
    found(document(integrated(1'500), claim("2024-08-15", 1'500, "approved", credit.c_str())));
    EXPECT_EQ(score().claims.right, 1) << "taken back that day";
    found(document(integrated(1'500), claim("2024-08-15", 1'500, "rejected")));
    EXPECT_EQ(score().claims.right, 1) << "refused before";
}

TEST_F(ScoreOfOneWoman, CareFromOutsideCountsFromTheDayItWasTold) {
    const std::string outside = line("08003001;R000001-H1", "2024-08-01;2024-08-01;verzekeraar", "300");
    truth("regels",
          lines_header + line("08002001;R000001-01", "2024-07-05;2024-07-05;igo", "1500") + outside);
    known(
        "2024-01-05;nee;integrated;inside;9101;1500\n2024-01-05;ja;integrated;inside;9101;1500\n"
        "2024-08-01;ja;integrated;inside;9101;1200\n");
    EXPECT_EQ(score().claims.wrong, 0) << "never told";
    played("verteld", "regel;dag\n08003001/R000001-H1;2024-10-01\n");
    EXPECT_EQ(score().claims.wrong, 1);
    truth("regels", lines_header + line("08002001;R000001-01", "2024-07-05;2024-07-05;igo", "1500") +
                        outside + line("08003001;R000001-H2", "2024-08-01;2024-08-01;verzekeraar", "300"));
    const Score one = score();
    EXPECT_EQ(one.claims.unknowable, (std::map<std::string, long>{{"outside_told_in_part", 1}}));
}

TEST_F(ScoreOfOneWoman, WhatIsAskedIsNotWrongButTakesAHand) {
    found(document(other("ask"), "", question("fase/1/prenataal/why")));
    Score one = score();
    EXPECT_EQ(one.phases.left_open, 1);
    EXPECT_EQ(one.phases.wrong, 0);
    EXPECT_EQ(one.straight, 0);
    EXPECT_EQ(one.questions, (std::map<std::string, long>{{"why", 1}}));
    const auto claims = claim("2024-08-15", 1'500, "approved");
    for (const char* key : {"regel/08002001/R000001-01/why", "fase/1/prenataal/why", "strijd/x"}) {
        found(document(integrated(1'500), claims, question(key)));
        EXPECT_EQ(score().straight, 0) << key;
    }
    for (const char* key : {"fase/1/nataal/why", "regel/08002001/R000001-09/why"}) {
        found(document(integrated(1'500), claims, question(key)));
        EXPECT_EQ(score().straight, 1) << "about something else: " << key;
    }
}

TEST_F(ScoreOfOneWoman, TooLateIsNotSettled) {
    found(document(integrated(1'500), claim("2024-08-15", 1'500, "open")));
    EXPECT_EQ(score().settled, 0);
    std::string late = integrated(1'500);
    late.replace(late.find("2025-05-31"), 10, "2024-08-31");
    found(document(late, claim("2024-08-15", 1'500, "approved")));
    EXPECT_EQ(score().settled, 0);
    EXPECT_EQ(score().straight, 0);
}

TEST_F(ScoreOfOneWoman, PhasesTooFewAndTooMany) {
    found(document("", ""));
    EXPECT_EQ(score().phases.wrong, 1);
    std::string natal = integrated(1'500);
    natal.replace(natal.find("prenatal"), 8, "natal");
    found(document(integrated(1'500) + "," + natal, claim("2024-08-15", 1'500, "approved")));
    const Score one = score();
    EXPECT_EQ(one.phases.right, 1);
    EXPECT_EQ(one.phases.wrong, 1);
    EXPECT_EQ((one.routes.at({"none", "integrated"})), 1);
}

TEST_F(ScoreOfOneWoman, ALineHasItsPartsAndPlace) {
    found(document(integrated(1'500), claim("2024-08-15", 1'500, "approved"), "", "1400"));
    EXPECT_EQ(score().lines.wrong, 1);
    mishap("wrong_bsn_digit");
    EXPECT_EQ(score().lines.unknowable, (std::map<std::string, long>{{"wrong_bsn_digit", 1}}));
    truth("regels", lines_header + line("08002001;R000001-01", "2024-07-05;;igo", "1500"));
    EXPECT_EQ(score().lines.all(), 0) << "it never came";
}

// bundel tells nothing of a woman for whom the rulebook lacks a value, and says so by its exit code.
TEST_F(ScoreOfOneWoman, WhomBundelCouldNotDecideIsLeftToAPerson) {
    found("", 1);
    EXPECT_EQ(score().phases.left_open, 1);
    EXPECT_EQ(score().lines.left_open, 1);
    EXPECT_EQ(score().questions, (std::map<std::string, long>{{"rulebook_value_missing", 1}}));
    found("", 0);
    EXPECT_EQ(score().phases.wrong, 1) << "it told of everybody, and not of her";
    found("", 2);
    const auto failed = sim::score({folder_, folder_ / "data", (folder_ / "bundel").string()});
    EXPECT_EQ(failed.error().code, "program_failed");
}

TEST_F(ScoreOfOneWoman, ALostFileIsSuspectedByItsNumber) {
    truth("ruis",
          "fout;vrouw;onderwerp;dagen;nummer\nlost_file;;igo/VK301-08002001-9101-20240705.txt;0;I000007\n"
          "lost_file;;9101/VK301-08002001-9101-20240705.txt;0;9101-000003\n"
          "lost_file;;igo/uitkomsten-08002001-20240705.csv;0;uitkomsten 0003\n");
    EXPECT_EQ(score().lost_files, 2) << "what was for the insurer is not ours";
    EXPECT_EQ(score().suspected, 0);
    const struct {
        const char* row;
        long suspected;
    } cases[] = {{"08002001;x;I000007;I000007", 1},
                 {"08002002;x;I000007;I000007", 0},
                 {"08002001;x;I000005;I000006", 0},
                 {"08002001;x;I000005;I000007", 1},
                 {"08002001;x;I000008;I000009", 0},
                 {"08002001;x;;", 0},
                 {"08002001;x;uitkomsten 0003;uitkomsten 0003", 1}};
    for (const auto& one : cases) {
        played("vermoedens", std::string("vraag;deelnemer;code;van;tot;dag\nv;") + one.row + ";2024-08-15\n");
        EXPECT_EQ(score().suspected, one.suspected) << one.row;
        EXPECT_EQ(score().false_suspicions.size(), 1U - static_cast<std::size_t>(one.suspected)) << one.row;
    }
}

TEST(FoundTest, WhatIsNoExplanationIsAnError) {
    EXPECT_EQ(parse_found("{").error().code, "explain_unreadable");
    EXPECT_EQ(parse_found("{}").error().code, "explain_unreadable");
}

}  // namespace
}  // namespace bundel::sim
