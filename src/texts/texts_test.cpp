#include "texts/texts.h"

#include <gtest/gtest.h>

#include <fstream>

#include "texts/table.h"

namespace bundel::texts {
namespace {

using base::Finding;
using base::Params;
using base::Severity;
using values::Cents;
using values::Date;
using values::Ratio;

constexpr Sentence small_table[] = {
    {"greeting", "Dag {name}, tot {day}."},
    {"plain", "Zonder gat."},
    {"women", "vrouw|vrouwen"},
};

TEST(Sentence, FillsHolesAndShowsWhatIsMissing) {
    struct Row {
        const char* name;
        const char* code;
        Params params;
        const char* sentence;
    };
    const Row rows[] = {
        {"in any order", "greeting", {{"day", "morgen"}, {"name", "u"}}, "Dag u, tot morgen."},
        {"hole without param stays", "greeting", {{"day", "morgen"}}, "Dag {name}, tot morgen."},
        {"param without hole", "plain", {{"day", "morgen"}}, "Zonder gat."},
        {"a value is not read again", "greeting", {{"name", "{day}"}, {"day", "x"}}, "Dag {day}, tot x."},
        {"missing code", "nowhere", {}, "nowhere"},
        {"missing code with params", "nowhere", {{"a", "1"}, {"b", "2"}}, "nowhere [a=1, b=2]"},
    };
    const Texts texts(small_table);
    for (const Row& row : rows) EXPECT_EQ(texts.sentence(row.code, row.params), row.sentence) << row.name;
    EXPECT_TRUE(texts.has("plain"));
    EXPECT_FALSE(texts.has("plai"));
    EXPECT_FALSE(texts.has("zzz"));
}

TEST(Sentence, TableMustBeSortedWithoutDoubles) {
    constexpr Sentence doubled[] = {{"a", "1"}, {"a", "2"}};
    constexpr Sentence unsorted[] = {{"b", "1"}, {"a", "2"}};
    EXPECT_DEATH(Texts{doubled}, "adjacent_find");
    EXPECT_DEATH(Texts{unsorted}, "adjacent_find");
}

TEST(Holes, OnlyBracesAroundALowerSnakeName) {
    EXPECT_EQ(*holes("{a} en {b_2} en {a}"), (std::vector<std::string>{"a", "b_2", "a"}));
    EXPECT_TRUE(holes("geen gat")->empty());
    for (const char* wrong : {"{", "}", "{}", "{A}", "{a b}", "{a", "a}", "{{a}}", "{1a}", "{a:02}"}) {
        EXPECT_EQ(holes(wrong).ok(), false) << wrong;
    }
}

TEST(FindingText, WhereWhatCodeConsequence) {
    struct Row {
        const char* name;
        Finding finding;
        const char* text;
    };
    const Row rows[] = {
        {"all known",
         {"bsn_check", Severity::line_refused, {"a.asc", 17, "0203", 15, 23}, {}, "0435", "VK301 0203"},
         "bestand a.asc, regel 17, veld 0203, kolommen 15-23: Het burgerservicenummer voldoet niet aan de "
         "elfproef "
         "[bsn_check, 0435, VK301 0203]. Regel 17 wordt geweigerd; de andere regels gaan door."},
        {"one column",
         {"bsn_check", Severity::note, {"", 1, "", 9, 9}, {}, "", ""},
         "regel 1, kolom 9: Het burgerservicenummer voldoet niet aan de elfproef [bsn_check]. De regel is "
         "verwerkt; "
         "kijk dit na."},
        {"nowhere, whole file",
         {"date_range", Severity::file_refused, {}, {}, "", ""},
         "Deze dag bestaat niet in de kalender [date_range]. Van het bestand is niets verwerkt."},
        {"whole claim",
         {"date_range", Severity::claim_refused, {"b.csv", 0, "begin", 0, 0}, {}, "", ""},
         "bestand b.csv, veld begin: Deze dag bestaat niet in de kalender [date_range]. De hele factuur "
         "wordt "
         "geweigerd."},
        {"a line without number",
         {"date_range", Severity::line_refused, {}, {}, "", ""},
         "Deze dag bestaat niet in de kalender [date_range]. Er worden regels geweigerd; de andere regels "
         "gaan door."},
        {"a column without number",
         {"date_range", Severity::line_refused, {"", 0, "begin", 0, 0}, {}, "", ""},
         "veld begin: Deze dag bestaat niet in de kalender [date_range]. Deze regel wordt geweigerd; de "
         "andere "
         "regels gaan door."},
    };
    for (const Row& row : rows) EXPECT_EQ(Texts::dutch().finding(row.finding), row.text) << row.name;
}

TEST(ErrorText, EndsWithItsCode) {
    EXPECT_EQ(Texts::dutch().error({"period_reversed"}),
              "De einddatum ligt voor de begindatum [period_reversed].");
    EXPECT_EQ(Texts::dutch().error({"no_such_code", {{"a", "1"}}}), "no_such_code [a=1] [no_such_code].");
}

TEST(ForPeople, CountsAndNumbers) {
    const Texts texts(small_table);
    const std::pair<std::int64_t, const char*> rows[] = {
        {0, "0 vrouwen"},
        {1, "1 vrouw"},
        {2, "2 vrouwen"},
        {-1, "-1 vrouwen"},
        {999, "999 vrouwen"},
        {1000, "1.000 vrouwen"},
        {-100, "-100 vrouwen"},
        {-1000, "-1.000 vrouwen"},
        {1234567, "1.234.567 vrouwen"},
        {INT64_MIN, "-9.223.372.036.854.775.808 vrouwen"},
    };
    for (const auto& [number, text] : rows) EXPECT_EQ(texts.count("women", number), text);
}

TEST(ForPeople, AmountsPercentagesPeriods) {
    const Texts& texts = Texts::dutch();
    EXPECT_EQ(texts.amount(Cents::of(1310'75)), "€ 1.310,75");
    EXPECT_EQ(texts.amount(Cents::of(-5)), "€ -0,05");
    const std::pair<Ratio, const char*> percentages[] = {
        {Ratio::of(1, 8), "12,5%"},     {Ratio::of(1, 3), "33,3%"},   {Ratio::of(2, 3), "66,7%"},
        {Ratio::of(1, 1), "100,0%"},    {Ratio::of(0, 1), "0,0%"},    {Ratio::of(-1, 2000), "-0,1%"},
        {Ratio::of(1, 2000), "0,1%"},   {Ratio::of(1, 2001), "0,0%"}, {Ratio::of(-1, 2001), "0,0%"},
        {Ratio::of(25, 1), "2.500,0%"}, {Ratio::of(-1, 8), "-12,5%"},
    };
    for (const auto& [ratio, text] : percentages) EXPECT_EQ(texts.percent(ratio), text) << ratio.str();
    EXPECT_EQ(texts.period({Date::of(2024, 1, 1), Date::of(2024, 2, 29)}), "01-01-2024 t/m 29-02-2024");
    EXPECT_EQ(texts.period(values::Period::from(Date::of(2024, 1, 1))), "vanaf 01-01-2024");
    EXPECT_EQ(texts.period(values::Period::day(Date::of(2024, 1, 1))), "01-01-2024");
    EXPECT_EQ(texts.day(Date::of(2024, 2, 29)), "29-02-2024");
}

}  // namespace
}  // namespace bundel::texts
