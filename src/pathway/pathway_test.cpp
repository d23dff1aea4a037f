#include "pathway/pathway.h"

#include <gtest/gtest.h>

#include "pathway/pregnancies.h"
#include "support/case_builder.h"

namespace bundel::pathway {
namespace {

using namespace bundel::testing;
using facts::EnrolmentEnd;
using testing::Woman;
using values::DueDateSource;
using values::GestationalAge;

Pathway pathway_of(const Woman& woman, std::string_view as_of = "2025-06-01",
                   const rulebook::Rulebook& book = real_rulebook()) {
    auto built = build(facts::known_on(woman.facts, day(as_of)), book, day(as_of));
    EXPECT_TRUE(built.ok()) << (built.ok() ? "" : as_text(built.error()));
    return std::move(built).value();
}

// "2023-08-26 2024-06-01 live_birth": onset, end and outcome of each pregnancy, and what is odd about it.
std::string summary(const Pathway& pathway) {
    static constexpr const char* outcomes[] = {"unknown",     "live_birth", "stillbirth", "miscarriage",
                                               "termination", "ectopic",    "molar"};
    std::string text;
    for (const Pregnancy& pregnancy : pathway.pregnancies) {
        text += (text.empty() ? "" : "; ") + pregnancy.onset.iso() + " ";
        text += pregnancy.end ? pregnancy.end->iso() : "-";
        text += std::string(" ") + outcomes[static_cast<std::size_t>(pregnancy.outcome)];
        if (pregnancy.children > 0) text += " " + std::to_string(pregnancy.children);
        if (!pregnancy.age_known) text += " assumed";
        if (pregnancy.contradiction) text += " contradiction";
    }
    return text;
}

TEST(Pregnancies, FromTheFacts) {
    struct Row {
        const char* why;
        Woman woman;
        const char* expected;
    };
    const Row rows[] = {
        {"nothing known", Woman(), ""},
        {"an enrolment without a due date is no evidence", Woman().enrolled(midwives, "2023-10-20"), ""},
        {"goes on", Woman().enrolled(midwives, "2023-10-20", "2024-06-01"), "2023-08-26 - unknown"},
        {"born on the due date", Woman().enrolled(midwives, "2023-10-20", "2024-06-01").born("2024-06-01"),
         "2023-08-26 2024-06-01 live_birth 1"},
        {"twins are one pregnancy",
         Woman().enrolled(midwives, "2023-10-20", "2024-06-01").born("2024-05-10", 2),
         "2023-08-26 2024-05-10 live_birth 2"},
        {"the birth of each twin reported by itself, one after midnight",
         Woman().enrolled(midwives, "2023-10-20", "2024-06-01").born("2024-05-10").born("2024-05-11"),
         "2023-08-26 2024-05-10 live_birth 1"},
        {"two pregnancies 14 months apart",
         Woman()
             .enrolled(midwives, "2023-01-20", "2023-09-01")
             .born("2023-09-03")
             .enrolled(midwives, "2024-03-20", "2024-11-05")
             .born("2024-11-03"),
         "2022-11-25 2023-09-03 live_birth 1; 2024-01-30 2024-11-03 live_birth 1"},
        {"due dates 14 days apart are one",
         Woman()
             .enrolled(midwives, "2023-10-20", "2024-06-01")
             .enrolled(hospital, "2023-11-20", "2024-06-15"),
         "2023-08-26 - unknown"},
        {"due dates 15 days apart are a question",
         Woman()
             .enrolled(midwives, "2023-10-20", "2024-06-01")
             .enrolled(hospital, "2023-11-20", "2024-06-16"),
         "2023-08-26 - unknown contradiction; 2023-09-10 - unknown contradiction"},
        {"a dating scan yields to a registered date",
         Woman()
             .enrolled(midwives, "2023-10-20", "2024-05-30")
             .dated_by(DueDateSource::dating_scan)
             .enrolled(hospital, "2023-11-20", "2024-06-01"),
         "2023-08-26 - unknown"},
        {"of one source the more precise",
         Woman()
             .enrolled(midwives, "2023-10-20", "2024-05-30")
             .dated_by(DueDateSource::dating_scan, 3)
             .enrolled(hospital, "2023-11-20", "2024-06-01")
             .dated_by(DueDateSource::dating_scan, 2),
         "2023-08-26 - unknown"},
        {"of equal ones the earlier",
         Woman()
             .enrolled(midwives, "2023-10-20", "2024-06-03")
             .enrolled(hospital, "2023-11-20", "2024-06-01"),
         "2023-08-26 - unknown"},
        {"a birth without a due date: 40+0 assumed", Woman().born("2024-06-01"),
         "2023-08-26 2024-06-01 live_birth 1 assumed"},
        {"a birth with a reported age",
         Woman().ended(Outcome::live_birth, "2024-06-01", 1, GestationalAge::of(39, 0)),
         "2023-09-02 2024-06-01 live_birth 1"},
        {"a loss without age: the longest term", Woman().ended(Outcome::miscarriage, "2024-02-10"),
         "2023-08-26 2024-02-10 miscarriage assumed"},
        {"a loss without age soon after a birth: no earlier than a next pregnancy can begin",
         Woman()
             .enrolled(midwives, "2023-10-20", "2024-06-01")
             .born("2024-06-01")
             .ended(Outcome::miscarriage, "2024-09-01"),
         "2023-08-26 2024-06-01 live_birth 1; 2024-06-22 2024-09-01 miscarriage assumed"},
        {"of two losses the earlier is of the due date, the later begins after it",
         Woman()
             .enrolled(midwives, "2023-10-20", "2024-06-30")
             .ended(Outcome::miscarriage, "2023-11-01")
             .ended(Outcome::miscarriage, "2023-12-20"),
         "2023-09-24 2023-11-01 miscarriage; 2023-11-08 2023-12-20 miscarriage assumed"},
        {"a loss with age", Woman().ended(Outcome::miscarriage, "2024-02-10", 0, GestationalAge::of(10, 0)),
         "2023-12-02 2024-02-10 miscarriage"},
        {"the day of birth on a line is evidence",
         [] {
             Woman woman;
             woman.enrolled(midwives, "2023-10-20", "2024-06-01");
             woman.line(midwives, "V-1", "032:1102", "2024-06-03", 529'52);
             woman.last_line().partus = day("2024-06-03");
             return woman;
         }(),
         "2023-08-26 2024-06-03 unknown"},
        {"a report that names the outcome beats a line",
         [] {
             Woman woman;
             woman.enrolled(midwives, "2023-10-20", "2024-06-01").born("2024-06-04");
             woman.line(midwives, "V-1", "032:1102", "2024-06-03", 529'52);
             woman.last_line().partus = day("2024-06-03");
             return woman;
         }(),
         "2023-08-26 2024-06-04 live_birth 1"},
        {"birth at 161 days fits the due date",
         Woman().enrolled(midwives, "2023-10-20", "2024-06-01").born("2024-02-03"),
         "2023-08-26 2024-02-03 live_birth 1"},
        {"birth at 160 days does not: two pregnancies that cannot both be",
         Woman().enrolled(midwives, "2023-10-20", "2024-06-01").born("2024-02-02"),
         "2023-04-28 2024-02-02 live_birth 1 assumed contradiction; 2023-08-26 - unknown contradiction"},
        {"a stillbirth at 140 days fits the due date",
         Woman().enrolled(midwives, "2023-10-20", "2024-06-01").ended(Outcome::stillbirth, "2024-01-13", 1),
         "2023-08-26 2024-01-13 stillbirth 1"},
        {"a stillbirth at 139 days does not",
         Woman().enrolled(midwives, "2023-10-20", "2024-06-01").ended(Outcome::stillbirth, "2024-01-12", 1),
         "2023-04-07 2024-01-12 stillbirth 1 assumed contradiction; 2023-08-26 - unknown contradiction"},
        {"birth at 308 days fits", Woman().enrolled(midwives, "2023-10-20", "2024-06-01").born("2024-06-29"),
         "2023-08-26 2024-06-29 live_birth 1"},
        {"births 182 days apart", Woman().born("2024-01-01").born("2024-07-01"),
         "2023-03-27 2024-01-01 live_birth 1 assumed; 2024-01-22 2024-07-01 live_birth 1 assumed"},
        {"births 181 days apart", Woman().born("2024-01-01").born("2024-06-30"),
         "2023-03-27 2024-01-01 live_birth 1 assumed contradiction; 2024-01-22 2024-06-30 live_birth 1 "
         "assumed "
         "contradiction"},
        {"a pregnancy that begins on the day the other ended cannot be",
         Woman().born("2024-01-01").enrolled(midwives, "2024-04-01", "2024-10-07"),
         "2023-03-27 2024-01-01 live_birth 1 assumed contradiction; 2024-01-01 - unknown contradiction"},
        {"the day after it can", Woman().born("2024-01-01").enrolled(midwives, "2024-04-01", "2024-10-08"),
         "2023-03-27 2024-01-01 live_birth 1 assumed; 2024-01-02 - unknown"},
        {"a pregnancy never heard of again, then another",
         Woman()
             .enrolled(midwives, "2023-01-20", "2023-06-01")
             .enrolled(midwives, "2024-03-20", "2024-11-05"),
         "2022-08-25 - unknown; 2024-01-30 - unknown"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        EXPECT_EQ(summary(pathway_of(row.woman)), row.expected);
    }
}

// "pre 2023-10-20..2024-05-31 outcome | ...": each phase with what ended it.
std::string phases(const Pathway& pathway) {
    static constexpr const char* names[] = {"pre", "nat", "post"};
    static constexpr const char* ends[] = {"none", "outcome", "phase_end", "enrolment_end", "window"};
    std::string text;
    for (const Phase& phase : pathway.pregnancies.at(0).phases) {
        if (!phase.exists) continue;
        text += (text.empty() ? "" : " | ") + std::string(names[static_cast<std::size_t>(phase.kind)]) + " " +
                phase.period.first.iso() + ".." + phase.period.last.iso() + " " +
                ends[static_cast<std::size_t>(phase.end)] + (phase.left_early ? " left" : "");
    }
    return text;
}

TEST(Phases, PeriodsAndWhatEndsThem) {
    const auto enrolled = [] { return Woman().enrolled(midwives, "2023-10-20", "2024-06-01"); };
    const char* goes_on =
        "pre 2023-10-20..2024-05-31 none | nat 2024-06-01..2024-06-01 none | post 2024-06-02..2024-07-13 "
        "none";
    struct Row {
        const char* why;
        Woman woman;
        const char* as_of;
        const char* expected;
    };
    const Row rows[] = {
        {"goes on: expected", enrolled(), "2024-01-01", goes_on},
        {"29 days past the due date", enrolled(), "2024-06-30", goes_on},
        {"30 days past the due date nothing is expected any more", enrolled(), "2024-07-01",
         "pre 2023-10-20..2024-05-31 window | nat 2024-06-01..2024-06-01 none | post 2024-06-02..2024-07-13 "
         "none"},
        {"born: the day itself is natal, 42 days postnatal", enrolled().born("2024-05-20"), "2024-05-20",
         "pre 2023-10-20..2024-05-19 outcome | nat 2024-05-20..2024-05-20 outcome | post "
         "2024-05-21..2024-07-01 window"},
        {"postnatal phase declared ended",
         enrolled().born("2024-05-20").phase_ended(PhaseKind::postnatal, "2024-06-10"), "2024-06-10",
         "pre 2023-10-20..2024-05-19 outcome | nat 2024-05-20..2024-05-20 outcome | post "
         "2024-05-21..2024-06-10 phase_end"},
        {"a loss has one phase, its day included", enrolled().ended(Outcome::miscarriage, "2023-12-01"),
         "2024-01-01", "pre 2023-10-20..2023-12-01 outcome"},
        {"care known only from after the loss", enrolled().ended(Outcome::miscarriage, "2023-10-19"),
         "2024-01-01", "pre 2023-10-19..2023-10-19 outcome"},
        {"moved", enrolled().left("2024-02-01", EnrolmentEnd::moved), "2024-03-01",
         "pre 2023-10-20..2024-02-01 enrolment_end left"},
        {"stopped", enrolled().left("2024-02-01", EnrolmentEnd::stopped), "2024-03-01",
         "pre 2023-10-20..2024-02-01 enrolment_end left"},
        {"referred is not leaving", enrolled().left("2024-02-01", EnrolmentEnd::referred), "2024-03-01",
         goes_on},
        {"change of practice is not leaving",
         enrolled()
             .left("2024-02-01", EnrolmentEnd::moved)
             .enrolled(other_midwives, "2024-02-02", "2024-06-01"),
         "2024-03-01", goes_on},
        {"left both: on the later day",
         enrolled()
             .left("2024-02-01", EnrolmentEnd::moved)
             .enrolled(other_midwives, "2024-02-02", "2024-06-01")
             .left("2024-03-01", EnrolmentEnd::stopped),
         "2024-03-01", "pre 2023-10-20..2024-03-01 enrolment_end left"},
        {"a birth beats leaving", enrolled().left("2024-02-01", EnrolmentEnd::moved).born("2024-05-20"),
         "2024-06-01",
         "pre 2023-10-20..2024-05-19 outcome | nat 2024-05-20..2024-05-20 outcome | post "
         "2024-05-21..2024-07-01 window"},
        {"prenatal phase declared ended for moving",
         enrolled().phase_ended(PhaseKind::prenatal, "2024-02-01", EnrolmentEnd::moved), "2024-03-01",
         "pre 2023-10-20..2024-02-01 phase_end left"},
        {"prenatal phase declared ended",
         enrolled().phase_ended(PhaseKind::prenatal, "2024-05-28", EnrolmentEnd::birth), "2024-06-01",
         "pre 2023-10-20..2024-05-28 phase_end | nat 2024-06-01..2024-06-01 none | post "
         "2024-06-02..2024-07-13 none"},
        {"an earlier line is the first activity",
         enrolled().line(midwives, "V-1", "032:1101", "2023-10-01", 487'05), "2024-01-01",
         "pre 2023-10-01..2024-05-31 none | nat 2024-06-01..2024-06-01 none | post 2024-06-02..2024-07-13 "
         "none"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        EXPECT_EQ(phases(pathway_of(row.woman, row.as_of)), row.expected);
    }
}

TEST(Phases, TheDayOfBirthIsAValueOfTheRulebook) {
    struct Row {
        const char* rule;
        const char* periods;
        PhaseKind placed;  // a consult on the day of birth
    };
    const Row rows[] = {
        {"prenatal",
         "pre 2023-10-20..2024-06-01 outcome | nat 2024-06-01..2024-06-01 outcome | post "
         "2024-06-02..2024-07-13 window",
         PhaseKind::prenatal},
        {"natal",
         "pre 2023-10-20..2024-05-31 outcome | nat 2024-06-01..2024-06-01 outcome | post "
         "2024-06-02..2024-07-13 window",
         PhaseKind::natal},
        {"postnatal",
         "pre 2023-10-20..2024-05-31 outcome | nat 2024-06-01..2024-06-01 outcome | post "
         "2024-06-01..2024-07-13 window",
         PhaseKind::postnatal},
    };
    Woman woman;
    woman.enrolled(midwives, "2023-10-20", "2024-06-01").born("2024-06-01");
    woman.line(midwives, "V-1", "032:9019", "2024-06-01", 50'00);
    for (const Row& row : rows) {
        SCOPED_TRACE(row.rule);
        const auto book = changed_rulebook("regimes/2023.toml", "birth_day = { value = \"natal\"",
                                           "birth_day = { value = \"" + std::string(row.rule) + "\"");
        const Pathway pathway = pathway_of(woman, "2025-01-01", book);
        EXPECT_EQ(phases(pathway), row.periods);
        ASSERT_EQ(pathway.parts.size(), 1u);
        EXPECT_EQ(pathway.parts[0].phase, row.placed);
    }
}

TEST(Regime, ByTheOnsetOnBothSidesOfNewYear) {
    const auto regime_of = [](const char* due) {
        return pathway_of(Woman().enrolled(midwives, "2023-02-01", due)).pregnancies.at(0).regime->id.str();
    };
    EXPECT_EQ(regime_of("2023-10-07"), "2017");  // 0+0 on 2022-12-31
    EXPECT_EQ(regime_of("2023-10-08"), "2023");  // 0+0 on 2023-01-01
}

TEST(Regime, BeforeTheRulebookBeginsIsAnError) {
    const Woman woman = Woman().enrolled(midwives, "2016-12-01", "2017-06-01");
    const auto built =
        build(facts::known_on(woman.facts, day("2018-01-01")), real_rulebook(), day("2018-01-01"));
    ASSERT_FALSE(built.ok());
    EXPECT_EQ(built.error().code, "rulebook_value_missing");
}

// Each line as it was placed: "V-1 pre 487,05 nat 529,52 post 294,18", or with its reason.
std::string placed(const Pathway& pathway) {
    static constexpr const char* names[] = {"pre", "nat", "post"};
    static constexpr const char* reasons[] = {
        "settled_in_lineage", "credit_unmatched",   "possible_duplicate", "person_unknown", "no_pregnancy",
        "not_in_rulebook",    "outside_the_bundle", "activities_unknown", "phase_unknown",  "spans_phases"};
    std::string text;
    for (std::uint32_t i = 0; i < pathway.known.lines.size(); ++i) {
        text += (i == 0 ? "" : "; ") + pathway.known.lines[i].fact.id.reference.str();
        for (const Part& part : pathway.parts) {
            if (part.line != i) continue;
            text +=
                std::string(" ") + names[static_cast<std::size_t>(part.phase)] + " " + part.amount.euros();
            if (pathway.pregnancies.size() > 1) text += " (" + std::to_string(part.pregnancy + 1) + ")";
        }
        for (const Unplaced& unplaced : pathway.unplaced) {
            if (unplaced.line == i)
                text += std::string(" ") + reasons[static_cast<std::size_t>(unplaced.reason)];
        }
    }
    return text;
}

Woman with_partus(Woman woman, std::string_view on) {
    woman.last_line().partus = day(on);
    return woman;
}

TEST(Placing, EveryReasonAndPlace) {
    const auto born = [] {
        return Woman().enrolled(midwives, "2023-10-20", "2024-06-01").born("2024-06-01");
    };
    const auto with = [&](const char* code, const char* first, std::int64_t cents = 100'00,
                          const char* last = "") {
        return born().line(midwives, "V-1", code, first, cents, last);
    };
    const auto lost = [] {
        return Woman()
            .enrolled(midwives, "2023-10-20", "2024-06-01")
            .ended(Outcome::miscarriage, "2023-12-01");
    };
    const auto two = [] {
        return Woman()
            .enrolled(midwives, "2023-01-20", "2023-09-01")
            .born("2023-09-03")
            .enrolled(midwives, "2024-03-20", "2024-11-05")
            .born("2024-11-03");
    };
    struct Row {
        const char* why;
        Woman woman;
        const char* expected;
    };
    const Row rows[] = {
        {"1001 over the three phases", with("032:1001", "2023-10-20", 1310'75, "2024-06-30"),
         "V-1 pre 487,05 nat 529,52 post 294,18"},
        {"1011 over the three phases", with("032:1011", "2023-10-20", 1612'23, "2024-06-30"),
         "V-1 pre 599,08 nat 651,31 post 361,84"},
        {"by its performance", with("032:1101", "2023-10-20", 487'05), "V-1 pre 487,05"},
        {"by its performance, whatever the day", with("032:1101", "2024-06-01", 487'05), "V-1 pre 487,05"},
        {"the day before birth", with("032:9019", "2024-05-31"), "V-1 pre 100,00"},
        {"the day of birth", with("032:9019", "2024-06-01"), "V-1 nat 100,00"},
        {"the day after birth", with("032:9019", "2024-06-02"), "V-1 post 100,00"},
        {"day 42 after birth", with("032:9019", "2024-07-13"), "V-1 post 100,00"},
        {"day 43 after birth", with("032:9019", "2024-07-14"), "V-1 no_pregnancy"},
        {"before the pregnancy", with("032:9019", "2023-08-25"), "V-1 no_pregnancy"},
        {"on its first day", with("032:9019", "2023-08-26"), "V-1 pre 100,00"},
        {"by its last day", with("032:1101", "2023-08-20", 100'00, "2023-10-01"), "V-1 pre 100,00"},
        {"a period in one phase", with("032:9019", "2024-05-01", 100'00, "2024-05-31"), "V-1 pre 100,00"},
        {"a period over two", with("032:9019", "2024-05-01", 100'00, "2024-06-01"), "V-1 spans_phases"},
        {"natal care of a loss", lost().line(midwives, "V-1", "032:1102", "2023-11-01", 529'52),
         "V-1 phase_unknown"},
        {"all care of a loss", lost().line(midwives, "V-1", "032:1001", "2023-11-01", 1310'75),
         "V-1 phase_unknown"},
        {"after a loss all care is prenatal", lost().line(midwives, "V-1", "032:9019", "2023-12-05", 50'00),
         "V-1 pre 50,00"},
        {"beside", with("999:GUO", "2024-01-10"), "V-1 outside_the_bundle"},
        {"the law names it nowhere", with("032:9999", "2024-01-10"), "V-1 not_in_rulebook"},
        {"to the first pregnancy", two().line(midwives, "V-1", "032:9019", "2023-02-01", 50'00),
         "V-1 pre 50,00 (1)"},
        {"to the second", two().line(midwives, "V-1", "032:9019", "2024-04-01", 50'00), "V-1 pre 50,00 (2)"},
        {"between them", two().line(midwives, "V-1", "032:9019", "2023-12-15", 50'00), "V-1 no_pregnancy"},
        {"its day of birth beats its days",
         with_partus(two().line(midwives, "V-1", "032:1103", "2024-04-01", 294'18), "2023-09-03"),
         "V-1 post 294,18 (1)"},
        // In order of precedence: each breaks its own rule and every later one.
        {"settled in its lineage beats all",
         [] {
             Woman woman;
             woman.line(midwives, "V-1", "032:9999", "2016-01-01", 1'00);
             woman.facts.lines.back().fact.care = Period::day(day("2017-02-01"));
             woman.credit("V-2", "V-1");
             woman.last_line().person_known = false;
             return woman;
         }(),
         "V-1 settled_in_lineage; V-2 settled_in_lineage"},
        {"person unknown beats an unmatched credit",
         [] {
             Woman woman;
             woman.line(midwives, "V-1", "032:9999", "2024-01-10", -1'00);
             woman.last_line().credit = true;
             woman.last_line().person_known = false;
             return woman;
         }(),
         "V-1 person_unknown"},
        {"unmatched credit beats the rulebook",
         [] {
             Woman woman;
             woman.line(midwives, "V-1", "032:9999", "2024-01-10", -1'00);
             woman.last_line().credit = true;
             return woman;
         }(),
         "V-1 credit_unmatched"},
        {"possible duplicate beats the rulebook",
         Woman()
             .line(midwives, "V-1", "032:9999", "2024-01-10", 1'00)
             .line(midwives, "V-2", "032:9999", "2024-01-10", 1'00),
         "V-1 not_in_rulebook; V-2 possible_duplicate"},
        {"the rulebook beats no pregnancy", Woman().line(midwives, "V-1", "032:9999", "2024-01-10", 1'00),
         "V-1 not_in_rulebook"},
        {"outside the bundle beats no pregnancy",
         Woman().line(midwives, "V-1", "999:GUO", "2024-01-10", 1'00), "V-1 outside_the_bundle"},
        {"no pregnancy beats a phase it would not have",
         Woman().line(midwives, "V-1", "032:1102", "2024-01-10", 1'00), "V-1 no_pregnancy"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        EXPECT_EQ(placed(pathway_of(row.woman)), row.expected);
    }
}

TEST(Placing, SeoIsOfTheStateFrom2024) {
    const auto seo = [](const char* on) {
        return placed(pathway_of(Woman()
                                     .enrolled(midwives, "2023-10-20", "2024-06-01")
                                     .line(midwives, "V-1", "999:SEO20", on, 1'00)));
    };
    EXPECT_EQ(seo("2023-12-31"), "V-1 pre 1,00");
    EXPECT_EQ(seo("2024-01-01"), "V-1 outside_the_bundle");
}

TEST(Placing, EvidenceIsKept) {
    const Pathway pathway = pathway_of(Woman()
                                           .enrolled(midwives, "2023-10-20", "2024-05-30")
                                           .dated_by(DueDateSource::dating_scan)
                                           .enrolled(hospital, "2023-11-20", "2024-06-01"));
    const auto& evidence = pathway.pregnancies.at(0).evidence;
    ASSERT_EQ(evidence.size(), 2u);
    EXPECT_TRUE(evidence[0].used);
    EXPECT_EQ(evidence[0].due.on, day("2024-06-01"));
    EXPECT_FALSE(evidence[1].used);
    EXPECT_FALSE(pathway.trails.at(0).notes().empty());
}

}  // namespace
}  // namespace bundel::pathway
