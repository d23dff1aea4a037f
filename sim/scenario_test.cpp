#include "sim/scenario.h"

#include <gtest/gtest.h>

namespace bundel::sim {
namespace {

const std::string head =
    "nummer = \"02a\"\ntitel = \"t\"\nuitleg = \"u\"\n"
    "[vrouw]\npraktijk = \"08000101\"\nverzekeraar = \"9101\"\ngeboren = 1990-01-31\n";

Scenario good(const std::string& rest) {
    auto scenario = parse_scenario(head + rest, "x.toml");
    EXPECT_TRUE(scenario.ok()) << (scenario.ok() ? ""
                                                 : scenario.error().code + scenario.error().params[2].second);
    return scenario.ok() ? *scenario : Scenario{};
}

TEST(Scenario, ReadsWhatHappened) {
    const auto scenario = good(R"(
[[inschrijving]]
dag = 2017-04-05
begin = 2017-03-20
versie = 2
[[declaratie]]
dag = 2018-01-05
regels = [
  { regel = "a", code = "1101", begin = 2017-03-20, bedrag = "487,05" },
  { regel = "b", code = "069:990002", begin = 2017-03-20, eind = 2017-11-07, bedrag = "1", credit = true, vorige = "a", behandelaar = "08001777", verzekeraar = "9201", bsn = "geen", partus = 2017-11-08 },
]
[[antwoord]]
regel = "a"
wat = "ander bedrag"
toegekend = "400,00"
codes = ["0611"]
)");
    EXPECT_EQ(scenario.woman.number, "02a");
    EXPECT_EQ(scenario.woman.born, Date::of(1990, 1, 31));
    ASSERT_EQ(scenario.rows.size(), 1U);
    EXPECT_EQ(scenario.rows[0].form, "inschrijvingen");
    EXPECT_EQ(scenario.rows[0].cells,
              (std::map<std::string, std::string>{{"begin", "2017-03-20"}, {"versie", "2"}}));
    ASSERT_EQ(scenario.declarations.size(), 1U);
    EXPECT_EQ(scenario.declarations[0].provider, AgbCode::of(8000101));
    const auto& plain = scenario.declarations[0].lines[0];
    EXPECT_EQ(plain.performance, PerformanceCode::of(32, "1101"));
    EXPECT_EQ(plain.care, Period::day(Date::of(2017, 3, 20)));
    EXPECT_EQ(plain.amount, Cents::of(487'05));
    EXPECT_EQ(plain.insurer, UzoviCode::of(9101));
    EXPECT_EQ(plain.bsn, BsnUse::own);
    const auto& full = scenario.declarations[0].lines[1];
    EXPECT_EQ(full.performance, PerformanceCode::of(69, "990002"));
    EXPECT_TRUE(full.credit);
    EXPECT_EQ(full.previous, "a");
    EXPECT_EQ(full.treating, AgbCode::of(8001777));
    EXPECT_EQ(full.insurer, UzoviCode::of(9201));
    EXPECT_EQ(full.bsn, BsnUse::none);
    EXPECT_EQ(full.partus, Date::of(2017, 11, 8));
    ASSERT_EQ(scenario.deviations.size(), 1U);
    EXPECT_EQ(scenario.deviations[0].kind, Deviation::Kind::other_amount);
    EXPECT_EQ(scenario.deviations[0].amount, Cents::of(400'00));
}

TEST(Scenario, ReadsWhatAHospitalAndKraamzorgDeclare) {
    const auto scenario = good(R"(
[[declaratie]]
dag = 2018-01-05
aanbieder = "06000301"
bericht = "ZH308 9.0"
regels = [
  { regel = "a", code = "999:DBCPAR", begin = 2017-03-20, bedrag = "3200,00", activiteiten = [{ code = "037600", dag = 2017-03-20, aantal = 2 }, { code = "037611", dag = 2017-03-21 }] },
  { regel = "b", code = "999:KZUUR", begin = 2017-03-20, bedrag = "207,66", uren = "3:30", tarief = "59,33", bsn = "kind" },
]
)");
    ASSERT_EQ(scenario.declarations.size(), 1U);
    EXPECT_EQ(scenario.declarations[0].provider, AgbCode::of(6000301));
    EXPECT_EQ(scenario.declarations[0].message, "ZH308 9.0");
    const auto& activities = scenario.declarations[0].lines[0].activities;
    ASSERT_EQ(activities.size(), 2U);
    EXPECT_EQ(activities[0].count, 2);
    EXPECT_EQ(activities[1].code, "037611");
    EXPECT_EQ(activities[1].day, Date::of(2017, 3, 21));
    EXPECT_EQ(activities[1].count, 1);
    const auto& hours = scenario.declarations[0].lines[1];
    EXPECT_EQ(hours.minutes, 210);
    EXPECT_EQ(hours.tariff, Cents::of(59'33));
    EXPECT_EQ(hours.bsn, BsnUse::child);
}

TEST(Scenario, TimeIsHoursAndMinutes) {
    const std::pair<const char*, int> cases[] = {{"0:01", 1}, {"3:00", 180}, {"49:59", 2999}, {"0:00", 0},
                                                 {"3:60", 0}, {"3", 0},      {"3:5", 0},      {"3:005", 0},
                                                 {"3,5", 0},  {":30", 0}};
    for (const auto& [text, minutes] : cases) {
        SCOPED_TRACE(text);
        const auto scenario = parse_scenario(
            head +
                "[[declaratie]]\ndag = 2018-01-05\nregels = [{ regel = \"a\", code = \"999:KZUUR\", begin = "
                "2018-01-01, bedrag = \"1\", uren = \"" +
                text + "\" }]\n",
            "x.toml");
        EXPECT_EQ(scenario.ok() ? scenario->declarations[0].lines[0].minutes : 0, minutes);
    }
}

TEST(Scenario, ExpectationsAreInTheWordsOfTheProgram) {
    const auto scenario = good(R"(
[[verwacht]]
op = 2018-02-20
fase = [{ zwangerschap = 1, fase = "nataal", route = "integraal", prijs = "1,50" }]
claim = [{ credit = true, staat = "ander bedrag", codes = ["0587", "0611"], verzonden = 2018-01-02 }]
vraag = []
)");
    ASSERT_EQ(scenario.expectations.size(), 1U);
    const auto& rows = scenario.expectations[0].rows;
    EXPECT_EQ(rows.at("fase"),
              (std::vector<Row>{
                  {{"zwangerschap", "1"}, {"fase", "natal"}, {"route", "integrated"}, {"prijs", "150"}}}));
    EXPECT_EQ(rows.at("claim"), (std::vector<Row>{{{"credit", "ja"},
                                                   {"staat", "approved_other_amount"},
                                                   {"codes", "0587 0611"},
                                                   {"verzonden", "2018-01-02"}}}));
    EXPECT_EQ(rows.at("vraag").size(), 0U);
    EXPECT_FALSE(rows.contains("verlies"));
}

TEST(Scenario, WrongFilesAreRefusedByKeyAndLine) {
    struct Case {
        const char* rest;
        const char* code;
        const char* line;
        const char* key;
    };
    const Case cases[] = {
        {"[[verwacht", "scenario_syntax", "8", ""},
        {"[[onbekend]]\n", "scenario_key_unknown", "8", "onbekend"},
        {"[[declaratie]]\n", "scenario_key_missing", "8", "dag"},
        {"[[declaratie]]\ndag = \"2018-01-05\"\n", "scenario_value", "9", "dag"},
        {"[[declaratie]]\ndag = 2018-01-05\nregels = [{ regel = \"a\", code = \"1101\", begin = 2018-01-06, "
         "bedrag = "
         "\"1\" }]\n",
         "scenario_value", "10", "eind"},
        {"[[declaratie]]\ndag = 2018-01-05\nregels = [{ regel = \"123456789012345678901\", code = \"1101\", "
         "begin = "
         "2018-01-01, bedrag = \"1\" }]\n",
         "scenario_value", "10", "regel"},
        {"[[declaratie]]\ndag = 2018-01-05\nregels = [{ regel = \"a\", code = \"1101\", begin = 2018-01-01, "
         "bedrag = "
         "\"1.50\" }]\n",
         "scenario_value", "10", "bedrag"},
        {"[[antwoord]]\nwat = \"afwijzen\"\n", "scenario_value", "8", "codes"},
        {"[[antwoord]]\nwat = \"misschien\"\n", "scenario_value", "8", "wat"},
        {"[[antwoord]]\nwat = \"laat\"\n", "scenario_key_missing", "8", "na_dagen"},
        {"[[verwacht]]\nfase = [{ prijzen = \"1,50\" }]\n", "scenario_key_unknown", "9", "prijzen"},
        {"[[verwacht]]\nfasen = []\n", "scenario_key_unknown", "9", "fasen"},
    };
    for (const auto& one : cases) {
        SCOPED_TRACE(one.rest);
        const auto scenario = parse_scenario(head + one.rest, "x.toml");
        ASSERT_FALSE(scenario.ok());
        EXPECT_EQ(scenario.error().code, one.code);
        EXPECT_EQ(scenario.error().params[0].second, "x.toml");
        EXPECT_EQ(scenario.error().params[1].second, one.line);
        const bool parsed =
            one.code != std::string("scenario_syntax");  // else the key is toml++'s own remark
        EXPECT_EQ(parsed ? scenario.error().params[2].second : one.key, one.key);
    }
}

TEST(Region, ReadsProviders) {
    const auto region = parse_region(
        "igo = \"53000001\"\neerste_dag = 2017-01-05\n"
        "[[aanbieder]]\nagb = \"08000101\"\nnaam = \"Ster\"\nbehandelaar = \"08001101\"\n",
        "regio.toml");
    ASSERT_TRUE(region.ok());
    EXPECT_EQ(region->igo, AgbCode::of(53000001));
    EXPECT_EQ(region->providers.at(AgbCode::of(8000101)).treating, AgbCode::of(8001101));
    EXPECT_FALSE(parse_region("igo = \"53000001\"\n", "regio.toml").ok());
}

}  // namespace
}  // namespace bundel::sim
