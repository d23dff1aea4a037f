// A rulebook is approved by another person than who proposed it, for exactly these files.
#include "engine/approval.h"

#include <gtest/gtest.h>

#include "support/rulebook_files.h"

namespace bundel::engine {
namespace {

using testing::as_text;
using values::Date;

Signature by(const char* who, const char* note = "") {
    return {Date::of(2026, 11, 1), who, note};
}

RulebookFiles proposed(const char* who = "Anna") {
    RulebookFiles files{{"rulebook.toml", "id"}, {"models/2027.dmn", "x"}, {"models/2027/route.csv", "y"}};
    files[proposals_file] = propose(files, by(who)).value();
    return files;
}

TEST(Approval, StandsWhenAnotherPersonGaveIt) {
    auto files = proposed();
    EXPECT_EQ(as_text(standing_approval(files).error()), "approval_missing");
    const auto approved = approve(files, by("Bert", "gelezen, tests gezien"));
    ASSERT_TRUE(approved.ok()) << as_text(approved.error());
    files[approvals_file] = *approved;
    const auto standing = standing_approval(files);
    ASSERT_TRUE(standing.ok()) << as_text(standing.error());
    EXPECT_EQ(standing->who, "Bert");
    EXPECT_EQ(standing->note, "gelezen, tests gezien");
    EXPECT_EQ(standing->day, Date::of(2026, 11, 1));
}

TEST(Approval, IsRefusedToWhoProposed) {
    const auto files = proposed("Anna");
    for (const char* who : {"Anna", " anna ", "ANNA"}) {
        const auto refused = approve(files, by(who, "goed"));
        ASSERT_FALSE(refused.ok()) << who;
        EXPECT_EQ(refused.error().code, "approval_own");
    }
    EXPECT_EQ(as_text(approve(files, by("", "goed")).error()), "approval_name");
    EXPECT_EQ(as_text(approve(files, by("Bert\nCees", "goed")).error()), "approval_name");
    EXPECT_EQ(as_text(approve(files, by("Bert", " ")).error()), "approval_note");
    EXPECT_EQ(as_text(approve({{"rulebook.toml", "id"}}, by("Bert", "goed")).error()),
              "approval_no_proposal");
}

// Any file at all: also a test, a layout or one more.
TEST(Approval, FallsWithAnyChange) {
    auto files = proposed();
    files[approvals_file] = approve(files, by("Bert", "goed")).value();
    for (const char* changed : {"rulebook.toml", "models/2027.dmn", "models/2027/route.csv", "new.csv"}) {
        auto after = files;
        after[changed] += " ";
        EXPECT_EQ(as_text(standing_approval(after).error()), "approval_no_proposal") << changed;
        after[proposals_file] = propose(after, by("Anna")).value();
        EXPECT_EQ(as_text(standing_approval(after).error()), "approval_missing") << changed;
    }
    ASSERT_TRUE(standing_approval(files).ok());
}

// Who proposes what she approved before makes it her own.
TEST(Approval, OfSomebodyWhoProposedItTooDoesNotStand) {
    auto files = proposed("Anna");
    files[approvals_file] = approve(files, by("Bert", "goed")).value();
    files[proposals_file] = propose(files, by("Bert")).value();
    EXPECT_EQ(as_text(standing_approval(files).error()), "approval_missing");
    files[approvals_file] = approve(files, by("Cees", "goed")).value();
    EXPECT_EQ(standing_approval(files)->who, "Cees");
}

TEST(Approval, RowsThatSomebodyWroteAreReadStrictly) {
    auto files = proposed();
    files[approvals_file] = "dag;zegel;wie;toelichting\n2026-11-01;zegel;Bert;goed\n";
    EXPECT_EQ(as_text(standing_approval(files).error()), "approval_file file=goedkeuringen.csv line=2");
    files[approvals_file] = "dag;wie\n";
    EXPECT_EQ(as_text(standing_approval(files).error()), "approval_file file=goedkeuringen.csv line=1");
    files[approvals_file] = approve(proposed(), by("Bert", "goed; \"prima\"")).value();
    files[approvals_file].pop_back();  // without its last line end
    files[approvals_file].pop_back();
    files[approvals_file] = approve(files, by("Cees", "ook")).value();
    EXPECT_EQ(standing_approval(files)->note, "goed; \"prima\"");
}

}  // namespace
}  // namespace bundel::engine
