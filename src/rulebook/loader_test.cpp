// What a rulebook must be: each row breaks a small one in one place.
#include <gtest/gtest.h>

#include "rulebook/rulebook.h"
#include "support/rulebook_files.h"
#include "support/small_rulebook.h"

namespace bundel::rulebook {
namespace {

std::string error_of(const Files& files) {
    const auto loaded = Rulebook::load(files);
    return loaded.ok() ? "none" : testing::as_text(loaded.error());
}

TEST(Loader, TheSmallBookIsWhole) {
    EXPECT_EQ(error_of(small_book()), "none");
}

struct Row {
    const char* name;
    const char* file;
    const char* from;
    const char* to;
    const char* error;
};

void expect_errors(std::span<const Row> rows) {
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        EXPECT_EQ(error_of(edited(small_book(), row.file, row.from, row.to)), row.error);
    }
}

TEST(Loader, WhatIsWrittenWronglyIsNamed) {
    const Row rows[] = {
        {"no TOML", "regimes/one.toml", "from = 2020-01-01\n", "from = 2020-13-01\n",
         "rulebook_syntax file=regimes/one.toml line=3"},
        {"a quote left open", "tariffs/t.toml", "\"529,52\"", "\"529,52",
         "rulebook_syntax file=tariffs/t.toml line=6"},
        {"no JSON", "codelists/COD954.json", "\"8176\",", "\"8176\"",
         "rulebook_syntax file=codelists/COD954.json line=4"},
        {"JSON of another shape", "codelists/COD954.json", "\"8176\"", "8176",
         "rulebook_syntax file=codelists/COD954.json line=1"},
        {"return code of three digits", "codelists/COD954.json", "\"8176\"", "\"817\"",
         "rulebook_value_wrong file=codelists/COD954.json line=- key=codes[3].code found=817 "
         "allowed=0001..9999"},
        {"return code twice", "codelists/COD954.json", "\"8176\"", "\"8017\"",
         "rulebook_value_twice file=codelists/COD954.json key=8017"},
        {"unknown word", "regimes/one.toml", "\"natal\"", "\"noon\"",
         "rulebook_value_wrong file=regimes/one.toml line=16 key=phases.birth_day.value found=noon "
         "allowed=prenatal, natal, postnatal"},
        {"unknown status", "regimes/one.toml", "\"provisional\"", "\"sure\"",
         "rulebook_value_wrong file=regimes/one.toml line=14 key=payment.no_contract.status found=sure "
         "allowed=verified, example, provisional"},
        {"a text for a number", "regimes/one.toml", "value = 42", "value = \"42\"",
         "rulebook_value_wrong file=regimes/one.toml line=18 key=phases.postnatal_days.value found=42 "
         "allowed=0..3650"},
        {"no floating numbers", "regimes/one.toml", "value = 42", "value = 4.5",
         "rulebook_value_wrong file=regimes/one.toml line=18 key=phases.postnatal_days.value found=4.5 "
         "allowed=0..3650"},
        {"days below zero", "regimes/one.toml", "value = 42", "value = -1",
         "rulebook_value_wrong file=regimes/one.toml line=18 key=phases.postnatal_days.value found=-1 "
         "allowed=0..3650"},
        {"too many days", "regimes/one.toml", "value = 42", "value = 3651",
         "rulebook_value_wrong file=regimes/one.toml line=18 key=phases.postnatal_days.value found=3651 "
         "allowed=0..3650"},
        {"a date between quotes", "regimes/one.toml", "to = 2021-12-31", "to = \"2021-12-31\"",
         "rulebook_value_wrong file=regimes/one.toml line=4 key=to found=2021-12-31 allowed=2017-01-31"},
        {"a period that ends before it starts", "regimes/one.toml", "to = 2021-12-31", "to = 2019-12-31",
         "rulebook_value_wrong file=regimes/one.toml line=4 key=to found=2019-12-31 "
         "allowed=2020-01-01 <= from <= to"},
        {"a typing error in a key", "regimes/one.toml", "derivable = false",
         "derivabel = 1\nderivable = false",
         "rulebook_key_unknown file=regimes/one.toml line=46 key=performance[3].derivabel"},
        {"a period where none belongs", "regimes/one.toml", "value = 42,", "value = 42, from = 2020-01-01,",
         "rulebook_key_unknown file=regimes/one.toml line=18 key=phases.postnatal_days.from"},
        {"verified without a source", "regimes/one.toml",
         "live_allowed = { value = true, status = \"verified\", source = \"s\"",
         "live_allowed = { value = true, status = \"verified\", source = \"not found: x\"",
         "rulebook_value_wrong file=regimes/one.toml line=9 key=payment.live_allowed.source "
         "found=not found: x allowed=verified: ..."},
        {"empty source", "tariffs/t.toml", "status = \"verified\"\nsource = \"s\"",
         "status = \"verified\"\nsource = \"\"",
         "rulebook_value_wrong file=tariffs/t.toml line=5 key=tariff[1].source found= allowed=\"...\""},
        {"amount with a point", "tariffs/t.toml", "\"529,52\"", "\"529.52\"",
         "rulebook_value_wrong file=tariffs/t.toml line=6 key=tariff[1].euros.032:1102 found=529.52 "
         "allowed=\"1310,75\""},
        {"code without a list", "tariffs/t.toml", "\"032:1102\"", "\"1102\"",
         "rulebook_value_wrong file=tariffs/t.toml line=6 key=tariff[1].euros.1102 found=529,52 "
         "allowed=032:1101 = ..."},
        {"scope of a code without a list", "scope/s.toml", "\"032:1101\"", "\"1101\"",
         "rulebook_value_wrong file=scope/s.toml line=2 key=scope[1].codes found=[] allowed=\"032:1101\""},
        {"unknown regime", "scope/s.toml", "[\"one\"]", "[\"two\"]",
         "rulebook_value_wrong file=scope/s.toml line=17 key=scope[3].regimes found=[] "
         "allowed=regimes/*.toml: id"},
        {"placement of what is outside", "scope/s.toml", "\"beside\"", "\"beside\"\nplacement = \"natal\"",
         "rulebook_key_unknown file=scope/s.toml line=19 key=scope[3].placement"},
        {"kind of evidence twice", "rulebook.toml", "\"codes\"", "\"registered\"",
         "rulebook_value_wrong file=rulebook.toml line=6 key=due_date_rank.value found=[] "
         "allowed=registered, dating_scan, gestational_age, codes, delivery_minus_term"},
        {"kind of evidence left out", "rulebook.toml", "\"codes\", ", "",
         "rulebook_value_wrong file=rulebook.toml line=6 key=due_date_rank.value found=[] "
         "allowed=registered, dating_scan, gestational_age, codes, delivery_minus_term"},
        {"unknown kind of evidence", "rulebook.toml", "\"codes\"", "\"stars\"",
         "rulebook_value_wrong file=rulebook.toml line=6 key=due_date_rank.value found=[] "
         "allowed=registered, dating_scan, gestational_age, codes, delivery_minus_term"},
        {"longest term below the shortest", "rulebook.toml", "value = 308", "value = 160",
         "rulebook_value_wrong file=rulebook.toml line=13 key=windows.birth_term_max_days found={} "
         "allowed=>= 161"},
        {"shortest term of a stillbirth above the longest", "rulebook.toml", "value = 140", "value = 309",
         "rulebook_value_wrong file=rulebook.toml line=13 key=windows.birth_term_max_days found={} "
         "allowed=>= 309"},
        {"share above one", "division/d.toml", "\"2%\"", "\"101%\"",
         "rulebook_value_wrong file=division/d.toml line=11 key=step[1].share found=101% "
         "allowed=0..1: \"3/4\", \"12.5%\""},
        {"payee without AGB code", "division/d.toml", "08000102", "8000102",
         "rulebook_value_wrong file=division/d.toml line=18 key=step[2].key.8000102 found=25 "
         "allowed=08000101 = ..."},
        {"weight zero", "division/d.toml", "= 25", "= 0",
         "rulebook_value_wrong file=division/d.toml line=18 key=step[2].key.08000102 found=0 "
         "allowed=1..1000000000"},
        {"part of a step without its rounding", "division/d.toml", "rounding = \"down\"\n", "",
         "rulebook_value_missing file=division/d.toml key=step[1].rounding date=2020-01-01"},
        {"gross or net is not said", "division/d.toml", "side = \"net\"\n", "",
         "rulebook_value_missing file=division/d.toml key=step[3].side date=2020-01-01"},
        {"a step after the remaining", "division/d.toml",
         "kind = \"reserve\"\nname = \"Reserve\"\nshare = \"2%\"\nrounding = \"down\"",
         "kind = \"remaining\"\nname = \"Reserve\"",
         "distribution_remaining_not_last step=Reserve file=division/d.toml"},
        {"a verified model that nobody decided", "division/d.toml", "status = \"example\"",
         "status = \"verified\"", "rulebook_value_missing file=division/d.toml key=decision date=2020-01-01"},
        {"a model that is in force before it was decided", "division/d.toml", "vat = \"exempt\"",
         "vat = \"exempt\"\n[decision]\nday = 2020-01-02\nby = \"ledenraad\"\nin_favour = 9\nagainst = 1\n"
         "abstained = 0\nsource = \"notulen\"",
         "rulebook_value_wrong file=division/d.toml line=2 key=from found=2020-01-01 allowed=>= 2020-01-02"},
        {"meaning of a code that is not in the list", "codelists/return-meaning.toml", "8017", "8018",
         "rulebook_value_wrong file=codelists/return-meaning.toml line=5 key=codes.8018 found={} "
         "allowed=codelists/COD954.json"},
    };
    expect_errors(rows);
}

TEST(Loader, ASplitAddsUpToExactlyOne) {
    const Row rows[] = {
        {"just below", "scope/s.toml", "\"1/2\"", "\"499999999/1000000000\"",
         "rulebook_split_not_one file=scope/s.toml line=13 key=scope[2].split sum=999999999/1000000000"},
        {"just above", "scope/s.toml", "\"1/2\"", "\"500000001/1000000000\"",
         "rulebook_split_not_one file=scope/s.toml line=13 key=scope[2].split sum=1000000001/1000000000"},
        {"the same one, written otherwise", "scope/s.toml", "\"1/2\"", "\"0.5\"", "none"},
        {"a phase left out", "scope/s.toml", ", postnatal = \"1/2\"", "",
         "rulebook_value_missing file=scope/s.toml key=scope[2].split.postnatal date=2020-01-01"},
    };
    expect_errors(rows);
}

TEST(Loader, OneValuePerDay) {
    const Row rows[] = {
        {"scope: a day free between", "scope/s.toml", "from = 2020-07-02", "from = 2020-07-02", "none"},
        {"scope: the next day", "scope/s.toml", "from = 2020-07-02", "from = 2020-07-01", "none"},
        {"scope: the same day", "scope/s.toml", "from = 2020-07-02", "from = 2020-06-30",
         "rulebook_overlap file=scope/s.toml key=scope.032:1101 date=2020-06-30 other_file=scope/s.toml "
         "other_key=scope.032:1101"},
        {"a code in two groups", "scope/s.toml", "999:GUO", "032:1001",
         "rulebook_overlap file=scope/s.toml key=scope.032:1001 date=0001-01-01 other_file=scope/s.toml "
         "other_key=scope.032:1001"},
        {"tariff: the same day", "tariffs/t.toml", "from = 2021-01-01", "from = 2020-12-31",
         "rulebook_overlap file=tariffs/t.toml key=tariff.032:1101 date=2020-12-31 other_file=tariffs/t.toml "
         "other_key=tariff.032:1101"},
        {"two performances with one id", "regimes/one.toml", "id = \"place\"", "id = \"loss\"",
         "rulebook_overlap file=regimes/one.toml key=performance.loss date=2020-01-01 "
         "other_file=regimes/one.toml "
         "other_key=performance.loss"},
        {"two performances with one code", "regimes/one.toml", "990003", "990002",
         "rulebook_overlap file=regimes/one.toml key=performance.place date=2020-01-01 "
         "other_file=regimes/one.toml other_key=performance.prenatal"},
    };
    expect_errors(rows);
}

// Books are kept without them: a rulebook from before them goes on.
TEST(Loader, AChartAndASetOffMayBeThereAndThenMustBeWhole) {
    Files files = small_book();
    files["chart.toml"] = R"(status = "example"
source = "s"
[[account]]
account = "bank"
number = "1000"
name = "Bank"
type = "activa"
[[account]]
account = "reserve"
number = "0600"
name = "Reserve"
type = "passiva"
)";
    files["set_off.toml"] = R"([[set_off]]
of = "verzekeraar"
share = "1/12"
to = 2020-12-31
status = "example"
source = "s"
[[set_off]]
of = "verzekeraar"
share = "10%"
from = 2021-01-01
status = "verified"
source = "s"
)";
    const auto book = Rulebook::load(files);
    ASSERT_TRUE(book.ok());
    ASSERT_EQ(book->chart().size(), 2U);
    EXPECT_EQ(book->chart()[1].account, "reserve");
    EXPECT_EQ(book->chart()[1].number, "0600");
    EXPECT_EQ(book->chart()[1].type, AccountType::liability);
    using values::Date;
    using values::Ratio;
    const auto share = [&](Date day) { return book->set_off_on(SetOff::Of::insurer, day)->share; };
    EXPECT_EQ(share(Date::of(2020, 12, 31)), Ratio::of(1, 12));
    EXPECT_EQ(share(Date::of(2021, 1, 1)), Ratio::of(1, 10));
    EXPECT_EQ(book->set_off_on(SetOff::Of::participant, Date::of(2021, 1, 1)), nullptr);
    EXPECT_TRUE(Rulebook::load(small_book())->chart().empty());
    struct Fault {
        const char* file;
        const char* before;
        const char* after;
        const char* error;
    };
    const Fault faults[] = {
        {"chart.toml", "\"reserve\"", "\"bank\"",
         "rulebook_value_twice file=chart.toml key=account[2].account"},
        {"chart.toml", "0600", "1000", "rulebook_value_twice file=chart.toml key=account[2].number"},
        {"chart.toml", "0600", "06a0",
         "rulebook_value_wrong file=chart.toml line=10 key=account[2].number found=06a0 allowed=1..8 x 0-9"},
        {"chart.toml", "0600", "012345678",
         "rulebook_value_wrong file=chart.toml line=10 key=account[2].number found=012345678 "
         "allowed=1..8 x 0-9"},
        {"chart.toml", "passiva", "schuld",
         "rulebook_value_wrong file=chart.toml line=12 key=account[2].type found=schuld "
         "allowed=activa, passiva, baten, lasten, buiten de balans"},
        {"chart.toml", "name = \"Bank\"\n", "",
         "rulebook_value_missing file=chart.toml key=account[1].name date=2020-01-01"},
        {"set_off.toml", "10%", "101%",
         "rulebook_value_wrong file=set_off.toml line=9 key=set_off[2].share found=101% "
         "allowed=0..1: \"3/4\", \"12.5%\""},
        {"set_off.toml", "of = \"verzekeraar\"\nshare = \"1/12\"", "of = \"bank\"\nshare = \"1/12\"",
         "rulebook_value_wrong file=set_off.toml line=2 key=set_off[1].of found=bank "
         "allowed=verzekeraar, deelnemer"},
        {"set_off.toml", "2021-01-01", "2020-12-31",
         "rulebook_overlap file=set_off.toml key=set_off.verzekeraar date=2020-12-31 other_file=set_off.toml "
         "other_key=set_off.verzekeraar"},
    };
    for (const Fault& fault : faults)
        EXPECT_EQ(error_of(edited(files, fault.file, fault.before, fault.after)), fault.error);
}

TEST(Loader, TwoRegimesMayTouchButNotOverlap) {
    struct Border {
        const char* from;
        const char* error;
    };
    const Border borders[] = {{"from = 2022-01-01", "none"},
                              {"from = 2021-12-31",
                               "rulebook_overlap file=regimes/two.toml key=regime date=2021-12-31 "
                               "other_file=regimes/one.toml other_key=regime"}};
    for (const Border& border : borders) {
        Files files = edited(small_book(), "regimes/one.toml", "to = 2021-12-31\n", "");
        files = edited(files, "regimes/one.toml", "id = \"one\"", "id = \"two\"");
        files["regimes/two.toml"] =
            edited(files, "regimes/one.toml", "from = 2020-01-01", border.from)["regimes/one.toml"];
        files["regimes/one.toml"] = small_book()["regimes/one.toml"];
        EXPECT_EQ(error_of(files), border.error);
    }
}

// Every value of the file is needed: leaving out any line gives the error that names it, never a default.
void expect_each_line_needed(const std::string& file, const std::string& date) {
    const std::string content = small_book()[file];
    std::string path;
    int looked_at = 0;
    for (std::size_t start = 0; start < content.size();) {
        const auto end = content.find('\n', start);
        const std::string line = content.substr(start, end - start);
        if (line.starts_with("[[")) break;
        if (line.starts_with("[")) path = line.substr(1, line.size() - 2) + ".";
        if (!line.starts_with("[") && !line.starts_with("to = ")) {
            Files files = small_book();
            files[file] = content.substr(0, start) + content.substr(end + 1);
            const std::string key = path + line.substr(0, line.find(' '));
            EXPECT_EQ(error_of(files),
                      "rulebook_value_missing file=" + file + " key=" + key + " date=" + date);
            ++looked_at;
        }
        start = end + 1;
    }
    EXPECT_GT(looked_at, 10);
}

TEST(Loader, AMissingValueIsNamedWithTheDayItIsNeeded) {
    Files late = edited(small_book(), "regimes/one.toml",
                        "natal = { value = 31, status = \"example\", source = \"s\" }\n", "");
    late = edited(late, "regimes/one.toml", "from = 2020-01-01", "from = 2020-03-01");
    EXPECT_EQ(error_of(late),
              "rulebook_value_missing file=regimes/one.toml key=phases.hold_days.natal date=2020-03-01");
}

TEST(Loader, NoLineOfARegimeCanBeLeftOut) {
    Files files = small_book();
    const std::string content = files["regimes/one.toml"];
    const auto without_from = edited(files, "regimes/one.toml", "from = 2020-01-01\n", "");
    EXPECT_EQ(error_of(without_from),
              "rulebook_value_missing file=regimes/one.toml key=from date=2020-01-01");
    expect_each_line_needed("regimes/one.toml", "2020-01-01");
}

TEST(Loader, NoLineOfTheGeneralFileCanBeLeftOut) {
    Files files = edited(small_book(), "rulebook.toml", "[windows]", "[window]");
    EXPECT_EQ(error_of(files), "rulebook_value_missing file=rulebook.toml key=windows date=2020-01-01");
    for (const std::string key : {"windows.due_tolerance_days",
                                  "windows.birth_term_min_days",
                                  "windows.stillbirth_term_min_days",
                                  "windows.birth_term_max_days",
                                  "windows.loss_term_min_days",
                                  "windows.loss_term_max_days",
                                  "windows.birth_to_birth_days",
                                  "windows.loss_to_birth_days",
                                  "windows.unfinished_days",
                                  "mono.submit_months",
                                  "mono.ask_before_days",
                                  "mono.answer_term_days",
                                  "completeness.habit_invoices",
                                  "completeness.largest_gap",
                                  "completeness.gap_months",
                                  "completeness.history_months",
                                  "completeness.low_percent",
                                  "completeness.least_lines",
                                  "completeness.patience_days",
                                  "completeness.month_closed_days",
                                  "payout.least",
                                  "payout.file",
                                  "payout.wait_days",
                                  "work.sort_pregnancy",
                                  "work.question.line_person_unknown",
                                  "work.question.delivery_numbers_missing",
                                  "work.question.delivery_month_low",
                                  "work.question.rest",
                                  "accrual.least_history",
                                  "accrual.history_days",
                                  "accrual.complete_after_days.midwife",
                                  "accrual.complete_after_days.hospital",
                                  "accrual.complete_after_days.kraamzorg",
                                  "accrual.complete_after_days.other",
                                  "reference_day.regime"}) {
        const std::string name = key.substr(key.rfind('.') + 1);
        files = edited(small_book(), "rulebook.toml", "\n" + name + " =", "\n#" + name + " =");
        EXPECT_EQ(error_of(files),
                  "rulebook_value_missing file=rulebook.toml key=" + key + " date=2020-01-01");
    }
}

TEST(Loader, FilesAreWhereTheyBelong) {
    for (const char* needed : {"rulebook.toml", "codelists/COD954.json", "codelists/return-meaning.toml"}) {
        Files files = small_book();
        files.erase(needed);
        EXPECT_EQ(error_of(files), std::string("rulebook_file_missing file=") + needed);
    }
    for (const char* stray : {"tariff.toml", "tarifs/t.toml", "codelists/more.toml"}) {
        Files files = small_book();
        files[stray] = "";
        EXPECT_EQ(error_of(files), std::string("rulebook_file_unknown file=") + stray);
    }
    Files files = small_book();
    files["layouts/VK301-2.2.json"] = "not looked at";
    files["README.md"] = "not looked at";
    EXPECT_EQ(error_of(files), "none");
}

TEST(Loader, ValuesAreNumberedSixteenBitsWide) {
    Files files = small_book();
    const std::string period = "{ status = \"example\", source = \"s\" }, ";
    std::string codes;
    std::string periods;
    for (int code = 100; code < 400; ++code) codes += "\"999:" + std::to_string(code) + "\", ";
    for (int count = 0; count < 220; ++count) periods += period;
    files["scope/many.toml"] = "[[scope]]\ncodes = [" + codes +
                               "]\nregimes = [\"one\"]\ndisposition = \"ask\"\nperiods = [" + periods + "]\n";
    EXPECT_TRUE(error_of(files).starts_with("rulebook_too_many_values count=66")) << error_of(files);
}

}  // namespace
}  // namespace bundel::rulebook
