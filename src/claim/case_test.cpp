#include "claim/case.h"

#include <gtest/gtest.h>

#include "claim/forwarding.h"
#include "support/case_insurer.h"

namespace bundel::claim {
namespace {

using namespace bundel::testing;
using facts::EnrolmentEnd;
using facts::JudgementKind;
using facts::Outcome;
using testing::Woman;
using values::OverlapPolicy;
using values::Payer;

std::string summary(const Ought& ought) {
    return ought.performance.str() + " " + ought.amount.euros() +
           (ought.kind == Kind::forwarded ? " line " + ought.line.reference.str() : "");
}

std::string oughts(const Case& made) {
    std::string text;
    for (const Ought& ought : made.oughts) text += (text.empty() ? "" : "; ") + summary(ought);
    return text;
}

std::string questions(const Case& made) {
    std::string text;
    for (const Question& question : made.questions)
        text += (text.empty() ? "" : "; ") + std::string(question.code) + " " + question.amount.euros();
    return text;
}

// ---- What happens to a line ----

std::string forwarded(const Case& made, std::uint32_t line, Date as_of, const rulebook::Rulebook& book) {
    static constexpr const char* kinds[] = {"none", "absorbed", "send", "wait", "ask"};
    const Forwarding forwarding = forward(made.pathway, made.selection, line, book, as_of);
    const bool on_list = forwarding.kind == Forwarding::Kind::send && forwarding.ought.way == Way::list;
    std::string text = on_list ? "hand over" : kinds[static_cast<std::size_t>(forwarding.kind)];
    if (forwarding.kind == Forwarding::Kind::ask) text += std::string(" ") + forwarding.reason;
    if (forwarding.holds_until) text += " " + forwarding.holds_until->iso();
    return text;
}

struct LineCase {
    const char* why;
    Woman woman;
    Region region;
    const char* as_of;
    const char* expected;
};

Region without_contract() {
    Region region = testing::region();
    region.agreements.contracts.clear();
    return region;
}

Region natal_phase_breaks() {
    Region region = testing::region();
    region.contract_2023().overlap = OverlapPolicy::fall_back;
    region.contract_2023().break_extent = values::BreakExtent::phase;
    return region;
}

TEST(Forwarding, EveryKind) {
    const auto born = [] {
        return Woman().enrolled(midwives, "2023-10-20", "2024-06-01").born("2024-06-01");
    };
    const auto with = [&](const char* code, values::AgbCode practice = midwives) {
        return born().line(practice, "V-1", code, "2024-01-10", 100'00);
    };
    const auto paid_by = [&](Payer payer, values::UzoviCode insured_with) {
        Woman woman = with("032:1101").insured(insurer, Period::from(day("2023-01-01")));
        woman.last_line().payer = payer;
        woman.last_line().insurer = insured_with;
        return woman;
    };
    const LineCase rows[] = {
        {"an outsider's line is not ours", with("032:1101", outsider), region(), "2024-09-01", "none"},
        {"credited", with("032:1101").credit("V-2", "V-1"), region(), "2024-09-01", "none"},
        {"bought", with("999:BOUGHT"), region(), "2024-09-01", "none"},
        {"its care is in a bundle", with("032:1101"), region(), "2024-09-01", "absorbed"},
        {"mono", with("032:1101"), without_contract(), "2024-09-01", "send"},
        {"beside", with("999:GUO"), region(), "2024-09-01", "send"},
        {"beside does not wait for a phase", with("999:GUO"), region(), "2024-01-11", "send"},
        {"no maternity care", with("999:OTHER"), region(), "2024-09-01", "send"},
        {"its phase is held", with("032:1101"), region(), "2024-06-30", "wait 2024-11-25"},
        {"waits to 46 days before its last day",
         Woman().line(midwives, "V-1", "032:1101", "2024-01-10", 1'00), region(), "2024-11-25",
         "wait 2024-11-25"},
        {"45 days before its last day it is a question",
         Woman().line(midwives, "V-1", "032:1101", "2024-01-10", 1'00), region(), "2024-11-26",
         "ask line_meets_deadline"},
        {"an unmatched credit waits for its debit",
         [&] {
             Woman woman = with("032:1101");
             woman.last_line().credit = true;
             return woman;
         }(),
         region(), "2024-09-01", "wait 2024-11-25"},
        {"a phase that is not known waits",
         Woman()
             .enrolled(midwives, "2023-10-20", "2024-06-01")
             .ended(Outcome::miscarriage, "2023-12-01")
             .line(midwives, "V-1", "032:1102", "2023-11-01", 1'00),
         region(), "2024-01-01", "wait 2024-09-16"},
        {"paid by the state", paid_by(Payer::state, {}), region(), "2024-09-01", "hand over"},
        {"of the state", with("999:SEO13"), region(), "2024-09-01", "hand over"},
        {"mono without an insurer as payer", paid_by(Payer::self, {}), without_contract(), "2024-09-01",
         "hand over"},
        {"mono with an insurer that is not named", paid_by(Payer::insurer, {}), without_contract(),
         "2024-09-01", "ask line_without_insurer"},
        {"not in the rulebook", with("032:9999"), region(), "2024-09-01", "ask line_not_in_rulebook"},
        {"an outsider's, not in the rulebook: it may break", with("032:9999", outsider), region(),
         "2024-09-01", "ask line_not_in_rulebook"},
        {"spans phases", born().line(midwives, "V-1", "032:9019", "2024-05-01", 1'00, "2024-06-02"), region(),
         "2024-09-01", "ask line_spans_phases"},
        {"the person is unknown",
         [&] {
             Woman woman = with("032:1101");
             woman.last_line().person_known = false;
             return woman;
         }(),
         region(), "2024-09-01", "ask line_person_unknown"},
        {"phases that go different ways", all_inside().care_outside("2024-06-01"), natal_phase_breaks(),
         "2024-09-01", "ask line_needs_part_codes"},
        {"a mono phase beside a held one waits", all_inside().care_outside("2024-06-01"),
         natal_phase_breaks(), "2024-06-30", "wait 2025-05-15"},
        {"all its phases mono", all_inside(), without_contract(), "2024-09-01", "send"},
    };
    for (const LineCase& row : rows) {
        SCOPED_TRACE(row.why);
        const Case made = assessed(row.woman, day(row.as_of), row.region);
        EXPECT_EQ(forwarded(made, 0, day(row.as_of), real_rulebook()), row.expected);
    }
}

TEST(Forwarding, APossibleDuplicateIsAQuestion) {
    const Woman woman = Woman()
                            .enrolled(midwives, "2023-10-20", "2024-06-01")
                            .line(midwives, "V-1", "032:1101", "2024-01-10", 100'00)
                            .line(midwives, "V-2", "032:1101", "2024-01-10", 100'00);
    const Case made = assessed(woman, day("2024-09-01"));
    EXPECT_EQ(forwarded(made, 1, day("2024-09-01"), real_rulebook()), "ask line_possible_duplicate");
}

// ---- The whole case ----

TEST(Assess, OughtsAndQuestions) {
    struct Row {
        const char* why;
        Woman woman;
        Region region;
        const char* as_of;
        const char* oughts;
        const char* questions;
    };
    const Row rows[] = {
        {"nothing known", Woman(), region(), "2024-09-01", "", ""},
        {"all inside", all_inside(), region(), "2024-09-01",
         "069:990002 700,00; 069:990003 770,00; 069:990004 430,00", ""},
        {"one phase free", all_inside(), region(), "2024-07-01", "069:990002 700,00", ""},
        {"all mono", all_inside(), without_contract(), "2024-09-01", "032:1001 1.310,75 line V-1", ""},
        {"1001 with only the natal phase broken", all_inside().care_outside("2024-06-01"),
         natal_phase_breaks(), "2024-09-01", "069:990002 700,00; 069:990004 430,00",
         "line_needs_part_codes 1.310,75"},
        {"the practice declares the parts",
         all_inside()
             .care_outside("2024-06-01")
             .credit("V-2", "V-1")
             .line(midwives, "V-3", "032:1101", "2023-10-20", 487'05)
             .line(midwives, "V-4", "032:1102", "2024-06-01", 529'52)
             .line(midwives, "V-5", "032:1103", "2024-06-02", 294'18),
         natal_phase_breaks(), "2024-09-01", "069:990002 700,00; 069:990004 430,00; 032:1102 529,52 line V-4",
         ""},
        {"moved",
         Woman()
             .enrolled(midwives, "2023-10-20", "2024-06-01")
             .left("2024-02-01", EnrolmentEnd::moved)
             .line(midwives, "V-1", "032:1201", "2023-10-20", 200'00),
         region(), "2024-04-01", "032:1201 200,00 line V-1", ""},
        {"two pregnancies 14 months apart",
         Woman()
             .enrolled(midwives, "2023-02-20", "2023-10-20")
             .born("2023-10-20")
             .enrolled(midwives, "2024-04-20", "2024-12-20")
             .born("2024-12-20")
             .insured(insurer, Period::from(day("2023-01-01"))),
         region(), "2025-04-01",
         "069:990002 700,00; 069:990002 700,00; 069:990003 770,00; 069:990003 770,00; 069:990004 430,00; "
         "069:990004 430,00",
         ""},
        {"due dates weeks apart",
         Woman()
             .enrolled(midwives, "2023-10-20", "2024-06-01")
             .line(midwives, "V-1", "032:1101", "2023-10-20", 487'05)
             .enrolled(hospital, "2023-11-01", "2024-07-01"),
         region(), "2024-04-01", "",
         "due_dates_conflict 0,00; due_dates_conflict 0,00; due_dates_conflict 0,00; "
         "due_dates_conflict 0,00; due_dates_conflict 0,00; due_dates_conflict 487,05"},
        {"no price, settled by a person",
         all_inside().judged(JudgementKind::accept, "fase/1/nataal/price_missing"),
         [] {
             Region region = testing::region();
             auto& prices = region.contract_2023().prices;
             std::erase_if(prices, [](const auto& price) { return price.performance.view() != "prenatal"; });
             return region;
         }(),
         "2024-09-01", "069:990002 700,00", "price_missing 294,18"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        const Case made = assessed(row.woman, day(row.as_of), row.region);
        EXPECT_EQ(oughts(made), row.oughts);
        EXPECT_EQ(questions(made), row.questions);
    }
}

TEST(Assess, AnOughtNamesItsDeadlineStatusAndSource) {
    const Case made = assessed(all_inside(), day("2024-07-01"));
    ASSERT_EQ(made.oughts.size(), 1u);
    const Ought& ought = made.oughts[0];
    EXPECT_EQ(ought.declarant, igo);
    EXPECT_EQ(ought.insurer, insurer);
    EXPECT_EQ(ought.care, (Period{day("2023-10-20"), day("2024-05-31")}));
    EXPECT_EQ(ought.latest_submit_day, day("2025-05-31"));
    EXPECT_EQ(ought.contract.view(), "9101-2023");
    EXPECT_EQ(ought.status, Status::example);
}

TEST(Assess, ContentLooksAtWhatIsClaimedAndNotAtDays) {
    const auto first = [](const Woman& woman) { return assessed(woman, day("2024-07-01")).oughts.at(0); };
    const Ought ought = first(all_inside());
    EXPECT_EQ(ought.content(),
              first(all_inside().line(hospital, "Z-1", "032:9019", "2023-10-01", 1'00)).content());
    const auto changed = [&](auto change) {
        Ought other = ought;
        change(other);
        return other.content() != ought.content();
    };
    EXPECT_TRUE(changed([](Ought& o) { o.amount = Cents::of(1); }));
    EXPECT_TRUE(changed([](Ought& o) { o.insurer = other_insurer; }));
    EXPECT_TRUE(changed([](Ought& o) { o.performance = performance("069:990003"); }));
    EXPECT_TRUE(changed([](Ought& o) { o.declarant = midwives; }));
    EXPECT_TRUE(changed([](Ought& o) { o.kind = Kind::forwarded; }));
    EXPECT_FALSE(changed([](Ought& o) { o.line = line_id(midwives, "V-9"); }));
    Ought line = ought;
    line.kind = Kind::forwarded;
    Ought other_line = line;
    other_line.line = line_id(midwives, "V-9");
    EXPECT_NE(line.content(), other_line.content());
}

// ---- valid_until ----

TEST(ValidUntil, TheDayBeforeSomethingChangesByItself) {
    struct Row {
        const char* why;
        const char* as_of;
        const char* until;
    };
    // Born 2024-06-01, 30 days of waiting; 1001 ends 2024-06-30.
    const Row rows[] = {
        {"the prenatal phase comes free", "2024-06-02", "2024-06-30"},
        {"the natal phase", "2024-07-01", "2024-07-01"},
        {"the postnatal phase ends", "2024-07-02", "2024-07-12"},
        {"and comes free", "2024-07-13", "2024-08-12"},
        {"at rest", "2024-08-13", "9999-12-31"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        EXPECT_EQ(assessed(all_inside(), day(row.as_of)).valid_until, day(row.until));
    }
}

// Day by day through a pregnancy and well past it: within valid_until nothing may differ, and on the day
// after it something does, or the promise was needlessly short (allowed, but seldom).
void walk(const Woman& woman, const Region& region, const rulebook::Rulebook& book = real_rulebook()) {
    Date as_of = day("2023-09-01");
    const Date last = day("2026-12-31");
    Case made = assessed(woman, as_of, region, book);
    for (; as_of <= last; as_of = as_of.plus_days(1)) {
        const Case today = assessed(woman, as_of, region, book);
        if (as_of > made.valid_until) {
            made = assessed(woman, as_of, region, book);
            continue;
        }
        ASSERT_EQ(made.digest(), today.digest()) << as_of.iso() << ", valid until " << made.valid_until.iso();
    }
}

TEST(ValidUntil, HoldsDayByDay) {
    const auto enrolled = [] {
        return Woman()
            .enrolled(midwives, "2023-10-20", "2024-06-01")
            .line(midwives, "V-1", "032:1101", "2023-10-20", 487'05);
    };
    Region impatient = region();
    impatient.contract_2023().submit_months = 1;
    impatient.contract_2023().ask_before_days = 10;
    // A question while the phase still goes on: that it ends changes nothing but the trail.
    Region hasty = impatient;
    hasty.contract_2023().ask_before_days = 60;
    Region broken = natal_phase_breaks();
    const auto coupling =
        changed_rulebook("regimes/2023.toml", "spanning_line = { value = \"ask_part_codes\"",
                         "spanning_line = { value = \"couple_to_mono\"");
    walk(Woman(), region());
    walk(enrolled(), region());
    walk(enrolled(), impatient);
    walk(all_inside(), hasty);
    walk(all_inside(), region());
    walk(all_inside(), impatient);
    walk(all_inside().care_outside("2024-06-01"), broken);
    walk(all_inside().care_outside("2024-06-01"), broken, coupling);
    walk(enrolled().left("2024-02-01", EnrolmentEnd::moved), region());
    walk(enrolled().phase_ended(values::PhaseKind::prenatal, "2024-05-01"), region());
    walk(all_inside().phase_ended(values::PhaseKind::postnatal, "2024-06-20"), region());
    walk(Woman().line(midwives, "V-1", "032:1101", "2024-01-10", 1'00), region());
    walk(enrolled().enrolled(midwives, "2024-09-20", "2025-05-01"), region());
}

TEST(Digest, FollowsWhatItCovers) {
    const Date as_of = day("2024-07-01");
    const Digest digest = assessed(all_inside(), as_of).digest();
    EXPECT_EQ(digest, assessed(all_inside(), as_of).digest());
    const auto differs = [&](const Woman& woman) { return assessed(woman, as_of).digest() != digest; };
    EXPECT_TRUE(differs(all_inside().line(outsider, "B-1", "032:9019", "2024-01-10", 80'00)));
    EXPECT_TRUE(differs(all_inside().line(midwives, "V-2", "999:GUO", "2024-01-10", 80'00)));
    EXPECT_TRUE(differs(all_inside().enrolled(hospital, "2023-11-01", "2024-06-02")));
    Region dearer = region();
    dearer.contract_2023().prices.back().amount = Cents::of(700'01);
    EXPECT_NE(assessed(all_inside(), as_of, dearer).digest(), digest);
}

}  // namespace
}  // namespace bundel::claim
