// What an owner changes in the rules by data alone: whom it changes, and that the proof and the tests see it.
#include <gtest/gtest.h>

#include "engine/rules.h"
#include "engine/rules_diff.h"
#include "play.h"

namespace bundel::engine {
namespace {

using namespace bundel::testing;
using values::AgbCode;
using values::Date;

using Files = std::map<std::string, std::string>;

std::string content(const std::string& path) {
    std::stringstream bytes;
    bytes << std::ifstream(std::string(BUNDEL_SOURCE_DIR) + "/" + path, std::ios::binary).rdbuf();
    return bytes.str();
}

// The women of the tutorial, of whom one had care outside that was declared mono.
void arrive(Play& play) {
    for (const char* name : {"lidmaatschappen", "contracten"})
        play.import(name, content("examples/delta/regio/" + std::string(name) + ".csv"),
                    Date::of(2017, 1, 5));
    for (const char* name : {"inschrijvingen.csv", "uitkomsten.csv", "buitenpraktijk-2017-12-05.txt",
                             "ster-2018-01-05.txt", "maan-2018-01-05.txt"})
        play.import(name, content("docs/tutorial/files/" + std::string(name)), Date::of(2018, 1, 5));
}

struct Edit {
    std::string file, after, from, to;  // the first `from` behind `after`
};

Files edited(const std::vector<Edit>& edits) {
    Files files = rulebook_files();
    for (const Edit& edit : edits) {
        std::string& bytes = files.at(edit.file);
        const auto begin = bytes.find(edit.after);
        const auto at = begin == std::string::npos ? begin : bytes.find(edit.from, begin);
        EXPECT_NE(at, std::string::npos) << edit.file << " " << edit.after;
        if (at != std::string::npos) bytes.replace(at, edit.from.size(), edit.to);
    }
    return files;
}

RulesDiff difference(Play& play, const rulebook::Rulebook& rules, Date as_of) {
    World& here = play.world;
    World after{here.store, here.identities, here.outbox, rules, here.layouts, here.settings};
    return must("diff", rules_diff(here, after, as_of));
}

TEST(RulesDiff, TheSameRulesChangeNothing) {
    Play play;
    arrive(play);
    const RulesDiff diff = difference(play, shipped_rulebook(), Date::of(2018, 2, 1));
    EXPECT_GT(diff.before.phases, 3U);
    EXPECT_EQ(diff.before.claimed, diff.after.claimed);
    EXPECT_TRUE(diff.changes.empty());
    EXPECT_TRUE(diff.participants.empty());
}

TEST(RulesDiff, TellsWhomItChangesAndByHowMuch) {
    const rulebook::Rulebook rules = load_rulebook(
        edited({{"models/2017.dmn", "<rule id=\"outside_care_2\">", "\"breekt\"", "\"zit in de prijs\""},
                {"models/2017.dmn", "<rule id=\"outside_care_4\">", "\"breekt\"", "\"zit in de prijs\""}}));
    Play play;
    arrive(play);
    const RulesDiff diff = difference(play, rules, Date::of(2018, 3, 1));
    ASSERT_FALSE(diff.changes.empty());
    values::Cents difference;
    for (const PhaseChange& change : diff.changes) {
        ASSERT_TRUE(change.before && change.after);
        EXPECT_EQ(change.before->kind, selection::RouteKind::mono);
        EXPECT_EQ(change.before->reason, "broken_by_outside_care");
        EXPECT_EQ(change.after->kind, selection::RouteKind::integrated);
        difference += change.after->price - change.before->price;
    }
    EXPECT_EQ(diff.after.claimed - diff.before.claimed, difference);
    EXPECT_EQ(diff.after.claims - diff.before.claims, diff.changes.size());
    // What leaves one pile of a participant is on another.
    ASSERT_FALSE(diff.participants.empty());
    for (const ParticipantChange& one : diff.participants) {
        EXPECT_EQ(one.before.bundled + one.before.mono + one.before.open,
                  one.after.bundled + one.after.mono + one.after.open);
        EXPECT_LT(one.before.bundled, one.after.bundled);
    }
    const std::string csv = to_csv(diff);
    EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), static_cast<long>(diff.changes.size()) + 1);
}

// Five rulings that a region may want otherwise, each by an edit of a data file: the proof still holds, and
// the tests beside the model tell what the owner changed.
TEST(RulesDiff, AnyRulingIsChangedByDataAlone) {
    const struct {
        const char* why;
        std::vector<Edit> edits;
        const char* told_by;  // the decision whose tests come out otherwise
    } rows[] = {
        {"a loss before 18 weeks is an early loss",
         {{"models/2017.dmn", "<rule id=\"performance_2\">", "&lt; 112", "&lt; 126"},
          {"models/2017.dmn", "<rule id=\"performance_3\">", "&gt;= 112", "&gt;= 126"}},
         "performance"},
        {"an enrolment alone is no care of ours",
         {{"models/2023.dmn", "<rule id=\"own_care_2\">", "<outputEntry><text>true</text>",
           "<outputEntry><text>false</text>"}},
         "own_care"},
        {"care outside without an amount is no question but priced in",
         {{"models/2023.dmn", "<outputEntry><text>\"bedrag onbekend\"</text></outputEntry>",
           "\"bedrag onbekend\"", "\"zit in de prijs\""}},
         "outside_care"},
        {"who left before the end is asked about, whatever the regime chose",
         {{"models/2023.dmn", "<rule id=\"completeness_3\">", "\"vertrokken: mono\"",
           "\"vertrokken: vragen\""}},
         "completeness"},
        {"without a contract a person decides",
         {{"models/2023.dmn", "<rule id=\"contracting_7\">", "\"zonder contract mono\"",
           "\"zonder contract vragen\""}},
         "contracting"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.why);
        const Files files = edited(row.edits);
        const auto rules = rulebook::Rulebook::load(files);
        ASSERT_TRUE(rules.ok()) << as_text(rules.error());
        bool gap_or_overlap = false;
        for (const CheckedModel& model : check_rules(*rules)) {
            for (const CheckedDecision& decision : model.decisions) {
                for (const RuleProblem& problem : decision.problems)
                    gap_or_overlap |=
                        problem.kind == RuleProblem::Kind::gap || problem.kind == RuleProblem::Kind::overlap;
            }
        }
        EXPECT_FALSE(gap_or_overlap) << "a rule that cannot fire any more may be told of";
        bool told = false;
        const auto tested = test_rules(*rules, files);
        ASSERT_TRUE(tested.ok()) << as_text(tested.error());
        for (const TestedModel& model : *tested) {
            for (const TestedDecision& decision : model.decisions)
                told |= decision.id == row.told_by && !decision.wrong.empty();
        }
        EXPECT_TRUE(told);
    }
}

}  // namespace
}  // namespace bundel::engine
