#include "pathway/activities.h"

#include <gtest/gtest.h>

#include "support/case_builder.h"

namespace bundel::pathway {
namespace {

using namespace bundel::testing;
using testing::Woman;
using values::PhaseKind;

Pathway pathway_of(const Woman& woman, const rulebook::Rulebook& book = real_rulebook()) {
    auto built = build(facts::known_on(woman.facts, day("2025-06-01")), book, day("2025-06-01"));
    EXPECT_TRUE(built.ok()) << (built.ok() ? "" : as_text(built.error()));
    return std::move(built).value();
}

// "prenatal 60,00; postnatal 40,00", or why it has no place.
std::string places(const Pathway& pathway) {
    static constexpr const char* phases[] = {"prenatal", "natal", "postnatal"};
    std::string text;
    for (const Part& part : pathway.parts)
        text += (text.empty() ? "" : "; ") + std::string(phases[static_cast<std::size_t>(part.phase)]) + " " +
                part.amount.euros();
    for (const Unplaced& unplaced : pathway.unplaced)
        text += (text.empty() ? "" : "; ") + std::string("unplaced ") +
                (unplaced.reason == UnplacedReason::activities_unknown ? "activities" : "other");
    return text;
}

Woman born() {
    return Woman().enrolled(midwives, "2023-10-20", "2024-06-01").born("2024-06-01");
}

// A DBC from March to July 2024, around the birth on 1 June.
Woman with_dbc(std::int64_t cents = 100'00) {
    return born().line(hospital, "Z-1", "999:DBCZW", "2024-03-01", cents, "2024-07-31");
}

TEST(Activities, DivideADbcOverThePhases) {
    struct Row {
        const char* why;
        Woman woman;
        const char* expected;
    };
    const auto line = line_id(hospital, "Z-1");
    const Row rows[] = {
        {"the day before the birth, the day itself, the day after",
         with_dbc().did("190010", "2024-05-31").did("037611", "2024-06-01").did("190013", "2024-06-02"),
         "prenatal 33,34; natal 33,33; postnatal 33,33"},
        {"what was done twice counts twice",
         with_dbc().did("190010", "2024-04-01", 3).did("190013", "2024-06-10"),
         "prenatal 75,00; postnatal 25,00"},
        {"none: it waits", with_dbc(), "unplaced activities"},
        {"none, but it lies in one phase",
         born().line(hospital, "Z-1", "999:DBCZW", "2024-03-01", 100'00, "2024-05-31"), "prenatal 100,00"},
        {"told apart, by the line", with_dbc().reported(line, "190010", "2024-05-01"), "prenatal 100,00"},
        {"told both ways: once",
         with_dbc()
             .did("190010", "2024-05-01")
             .did("190013", "2024-06-10")
             .reported(line, "190010", "2024-05-01"),
         "prenatal 50,00; postnatal 50,00"},
        {"of another line", with_dbc().reported(line_id(hospital, "Z-2"), "190010", "2024-05-01"),
         "unplaced activities"},
        {"outside the days of its line it counts for nothing",
         with_dbc()
             .did("190010", "2024-05-01")
             .did("037611", "2025-06-01")
             .reported(line, "190013", "2023-06-10"),
         "prenatal 100,00"},
        {"a count of nothing is no activity", with_dbc().did("190010", "2024-05-01", 0),
         "unplaced activities"},
        {"cents that do not divide", with_dbc(100'01).did("190010", "2024-05-01").did("190013", "2024-06-10"),
         "prenatal 50,01; postnatal 50,00"},
        {"months after the postnatal phase it is still postnatal", with_dbc().did("190013", "2024-07-31"),
         "postnatal 100,00"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        EXPECT_EQ(places(pathway_of(row.woman)), row.expected);
    }
}

TEST(Activities, ByTheServiceAboveTheLine) {
    Woman woman = with_dbc();
    woman.last_line().service = values::Reference::of("P-9");
    woman.reported(line_id(hospital, "P-9"), "190013", "2024-06-10");
    EXPECT_EQ(places(pathway_of(woman)), "postnatal 100,00");
    // Without a service an empty reference is nobody's.
    Woman none = with_dbc();
    none.reported(line_id(hospital, ""), "190013", "2024-06-10");
    EXPECT_EQ(places(pathway_of(none)), "unplaced activities");
}

TEST(Activities, TheKeyIsARule) {
    const auto by_days = changed_rulebook("regimes/2023.toml", "by_count\"", "by_days\"");
    const Woman woman =
        with_dbc().did("190010", "2024-04-01", 3).did("190011", "2024-04-01").did("190013", "2024-06-10");
    EXPECT_EQ(places(pathway_of(woman)), "prenatal 80,00; postnatal 20,00");
    EXPECT_EQ(places(pathway_of(woman, by_days)), "prenatal 50,00; postnatal 50,00");
}

std::string end_of(const Woman& woman) {
    const Pathway pathway = pathway_of(woman);
    if (pathway.pregnancies.empty() || !pathway.pregnancies.front().end) return "-";
    return pathway.pregnancies.front().end->iso() + " " +
           std::to_string(pathway.pregnancies.front().children);
}

TEST(Births, AreToldByWhatWasDone) {
    const auto begun = [] { return Woman().enrolled(midwives, "2023-10-20", "2024-06-01"); };
    struct Row {
        const char* why;
        Woman woman;
        const char* expected;
    };
    const Row rows[] = {
        {"nothing", begun(), "-"},
        {"a birth activity",
         begun()
             .line(hospital, "Z-1", "999:DBCZW", "2024-03-01", 1, "2024-07-31")
             .did("037611", "2024-05-28"),
         "2024-05-28 1"},
        {"of twins",
         begun()
             .line(hospital, "Z-1", "999:DBCZW", "2024-03-01", 1, "2024-07-31")
             .did("037653", "2024-05-28"),
         "2024-05-28 2"},
        {"another activity tells of no birth",
         begun()
             .line(hospital, "Z-1", "999:DBCZW", "2024-03-01", 1, "2024-07-31")
             .did("037600", "2024-05-28"),
         "-"},
        {"assistance at birth", begun().line(kraamzorg, "K-1", "999:KZPAU", "2024-05-28", 1), "2024-05-28 0"},
        {"hours of kraamzorg do not tell the day",
         begun().line(kraamzorg, "K-1", "999:KZUUR", "2024-05-28", 1, "2024-06-05"), "-"},
        {"a report beats it",
         begun().line(kraamzorg, "K-1", "999:KZPAU", "2024-05-27", 1).born("2024-05-28", 1), "2024-05-28 1"},
        {"what was credited tells nothing",
         begun().line(kraamzorg, "K-1", "999:KZPAU", "2024-05-28", 1).credit("K-2", "K-1"), "-"},
        {"told apart from its line",
         begun()
             .line(hospital, "Z-1", "999:DBCZW", "2024-03-01", 1, "2024-07-31")
             .reported(line_id(hospital, "Z-1"), "037611", "2024-05-28"),
         "2024-05-28 1"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        EXPECT_EQ(end_of(row.woman), row.expected);
    }
}

}  // namespace
}  // namespace bundel::pathway
