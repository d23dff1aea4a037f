#include "claim/reconcile.h"

#include <gtest/gtest.h>

#include "support/case_insurer.h"

namespace bundel::claim {
namespace {

using namespace bundel::testing;
using facts::JudgementKind;
using testing::Woman;
using values::OverlapPolicy;

// "send 069:990002 700,00; credit C-1 by V-9": what is to be done, then questions, losses and waiting.
std::string summary(const Plan& plan, const Case& wanted) {
    std::string text;
    const auto say = [&](const std::string& what) { text += (text.empty() ? "" : "; ") + what; };
    for (const Action& action : plan.actions) {
        if (action.kind == Action::Kind::credit) {
            say("credit " + action.debit.str() +
                (action.carrier.issuer.is_none() ? "" : " by " + action.carrier.reference.str()));
            continue;
        }
        const Ought& ought = wanted.oughts[action.ought];
        say("send " + ought.performance.str() + " " + ought.amount.euros() +
            (action.new_reference ? " anew" : ""));
    }
    for (const Question& question : plan.questions)
        say("ask " + std::string(question.code) + " " + question.claim.str() + " " + question.amount.euros());
    for (const Loss& loss : plan.losses) say("lost " + loss.amount.euros());
    if (plan.awaiting) say("await");
    return text;
}

// A woman with a prenatal phase only, all inside: one bundle of 700,00.
Woman prenatal_only() {
    return Woman()
        .enrolled(midwives, "2023-10-20", "2024-06-01")
        .line(midwives, "V-1", "032:1101", "2023-10-20", 487'05, "2023-12-01")
        .ended(facts::Outcome::miscarriage, "2023-12-01", 0);
}
const Date free_day = day("2024-01-15");

Region falls_back() {
    Region region = testing::region();
    region.contract_2023().overlap = OverlapPolicy::fall_back;
    return region;
}

struct World {
    Woman woman = prenatal_only();
    Region region = falls_back();
    Desk desk;
    Date today = free_day;
    std::vector<Ought> earlier;  // before the cut-over

    std::string next() {
        const Case wanted = assessed(woman, today, region);
        return summary(plan(wanted), wanted);
    }
    void act() {
        const Case wanted = assessed(woman, today, region);
        desk.carry_out(plan(wanted), wanted, today);
    }
    void answer(const Desk::Verdict& verdict = approve) { desk.answer_all(verdict, today); }
    Plan plan(const Case& wanted) const {
        return reconcile(wanted, desk.sent, facts::known_on(region.agreements, today), real_rulebook(), today,
                         earlier);
    }
    void break_it() { woman.line(outsider, "B-1", "032:9019", "2023-11-10", 80'00); }
    Sent& sent(std::size_t index) { return desk.sent.at(index); }
};

std::optional<Cents> refuse(const Sent&) {
    return std::nullopt;
}
std::optional<Cents> half(const Sent& claim) {
    return Cents::of(claim.amount.count() / 2);
}

enum class News { none, broken, other_price, line_beside };
void hear(World& world, News news) {
    if (news == News::broken) world.break_it();
    if (news == News::other_price) world.region.contract_2023().prices.back().amount = Cents::of(710'00);
    if (news == News::line_beside) world.woman.line(midwives, "V-2", "999:GUO", "2023-11-20", 60'00);
}

TEST(Reconcile, EachStateWithEachNews) {
    struct Row {
        State state;
        News news;
        const char* expected;
    };
    const char* await = "await";
    const Row rows[] = {
        {State::planned, News::none, await},
        {State::planned, News::broken, await},
        {State::planned, News::other_price, await},
        {State::planned, News::line_beside, "send 999:GUO 60,00; await"},
        {State::staged, News::none, await},
        {State::staged, News::broken, await},
        {State::staged, News::other_price, await},
        {State::sent, News::none, await},
        {State::sent, News::broken, await},
        {State::sent, News::other_price, await},
        {State::sent, News::line_beside, "send 999:GUO 60,00; await"},
        {State::received, News::none, await},
        {State::received, News::broken, await},
        {State::received, News::other_price, await},
        {State::approved, News::none, ""},
        {State::approved, News::broken, "credit C-1"},
        {State::approved, News::other_price, "credit C-1"},
        {State::approved, News::line_beside, "send 999:GUO 60,00"},
        {State::approved_other_amount, News::none, "ask claim_reduced C-1 350,00"},
        {State::approved_other_amount, News::broken, "credit C-1"},
        {State::approved_other_amount, News::other_price, "credit C-1"},
        {State::rejected, News::none, "ask claim_rejected C-1 700,00"},
        {State::rejected, News::broken, "send 032:1101 487,05"},
        {State::rejected, News::other_price, "send 069:990002 710,00"},
        {State::rejected, News::line_beside, "send 999:GUO 60,00; ask claim_rejected C-1 700,00"},
        {State::paid, News::none, ""},
        {State::paid, News::broken, "credit C-1"},
        {State::paid, News::other_price, "credit C-1"},
        {State::paid, News::line_beside, "send 999:GUO 60,00"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(::testing::Message() << word(row.state) << " news " << static_cast<int>(row.news));
        World world;
        EXPECT_EQ(world.next(), "send 069:990002 700,00");
        world.act();
        Sent& claim = world.sent(0);
        claim.state = row.state;
        claim.granted = row.state == State::approved_other_amount ? Cents::of(350'00) : claim.amount;
        hear(world, row.news);
        EXPECT_EQ(world.next(), row.expected);
    }
}

TEST(Reconcile, AnAnswerIsOverdueTheDayAfterItsTerm) {
    World world;  // contract: 60 days
    world.act();
    world.today = free_day.plus_days(60);
    EXPECT_EQ(world.next(), "await");
    const Case wanted = assessed(world.woman, world.today, world.region);
    EXPECT_EQ(world.plan(wanted).holds_until, world.today);
    world.today = free_day.plus_days(61);
    EXPECT_EQ(world.next(), "ask answer_overdue C-1 700,00; await");
    world.woman.judged(JudgementKind::accept, "claim/53000001/C-1/answer_overdue");
    EXPECT_EQ(world.next(), "await");
}

TEST(Reconcile, ALinePassedOnHasTheTermOfTheRulebook) {
    World world;
    world.break_it();
    world.act();
    world.today = free_day.plus_days(30);
    EXPECT_EQ(world.next(), "await");
    world.today = free_day.plus_days(31);
    EXPECT_EQ(world.next(), "ask answer_overdue V-1 487,05; await");
}

TEST(Reconcile, ARejectedClaimGoesAgainOncePerJudgement) {
    World world;
    for (const char* reference : {"C-1", "C-2", "C-3"}) {
        SCOPED_TRACE(reference);
        world.act();
        world.answer(refuse);
        EXPECT_EQ(world.next(), "ask claim_rejected " + std::string(reference) + " 700,00");
        world.woman.judged(JudgementKind::send_again, reference);
        EXPECT_EQ(world.next(), "send 069:990002 700,00");
    }
    world.act();
    world.answer();
    EXPECT_EQ(world.next(), "");
}

TEST(Reconcile, ALineSentAgainNeedsANewReference) {
    World world;
    world.break_it();
    EXPECT_EQ(world.next(), "send 032:1101 487,05");
    world.act();
    EXPECT_EQ(world.sent(0).reference.view(), "V-1");
    world.answer(refuse);
    world.woman.judged(JudgementKind::send_again, "V-1");
    EXPECT_EQ(world.next(), "send 032:1101 487,05 anew");
}

TEST(Reconcile, AReducedClaimGoesAgainOncePerJudgement) {
    World world;
    world.act();
    world.answer(half);
    EXPECT_EQ(world.next(), "ask claim_reduced C-1 350,00");
    world.woman.judged(JudgementKind::send_again, "C-1");
    EXPECT_EQ(world.next(), "credit C-1");
    world.act();
    EXPECT_EQ(world.next(), "await");
    world.answer();
    EXPECT_EQ(world.next(), "send 069:990002 700,00");
    world.act();
    world.answer(half);
    EXPECT_EQ(world.next(), "ask claim_reduced C-3 350,00");
    world.woman.judged(JudgementKind::accept, "claim/53000001/C-3/claim_reduced");
    EXPECT_EQ(world.next(), "");
}

TEST(Reconcile, TheMonoLineWaitsUntilTheCreditIsAccepted) {
    World world;
    world.act();
    world.break_it();
    EXPECT_EQ(world.next(), "await");  // no credit of an open claim
    world.answer();
    EXPECT_EQ(world.next(), "credit C-1");
    world.act();
    EXPECT_EQ(world.next(), "await");
    world.answer();
    EXPECT_EQ(world.next(), "send 032:1101 487,05");
    world.act();
    world.answer();
    EXPECT_EQ(world.next(), "");
}

TEST(Reconcile, ALineInTheBundleWaitsWhateverItsDay) {
    // 1101 is prenatal by its performance; its day is the day of birth, outside the prenatal bundle.
    World world;
    world.woman = Woman().enrolled(midwives, "2023-10-20", "2024-06-01").born("2024-06-01");
    world.woman.line(midwives, "V-1", "032:1101", "2024-06-01", 487'05);
    world.today = day("2024-09-01");
    world.act();
    world.answer();
    world.region.contract_2023().break_extent = values::BreakExtent::phase;
    world.woman.care_outside("2024-01-10");
    EXPECT_EQ(world.next(), "credit C-1");
    world.act();
    EXPECT_EQ(world.next(), "await");
    world.answer();
    EXPECT_EQ(world.next(), "send 032:1101 487,05");
    // And back: the bundle waits for the credit of the line.
    world.act();
    world.answer();
    world.woman.facts.outside.clear();
    EXPECT_EQ(world.next(), "credit V-1");
    world.act();
    EXPECT_EQ(world.next(), "await");
    world.answer();
    EXPECT_EQ(world.next(), "send 069:990002 700,00");
}

TEST(Reconcile, ARefusedCredit) {
    struct Row {
        const char* code;
        const char* expected;
    };
    const Row rows[] = {
        {"8017", "send 032:1101 487,05"},  // nothing of the debit stands there: the way is free
        {"8084", "send 032:1101 487,05"},
        {"0651", "ask credit_refused C-2 700,00"},
        {"0300", "ask credit_refused C-2 700,00"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.code);
        World world;
        world.act();
        world.answer();
        world.break_it();
        world.act();
        world.answer(refuse);
        world.sent(1).codes[0] = FixedText<4>::of(row.code);
        EXPECT_EQ(world.next(), row.expected);
    }
}

TEST(Reconcile, ARefusedCreditGoesAgainOncePerJudgement) {
    World world;
    world.act();
    world.answer();
    world.break_it();
    for (const char* reference : {"C-2", "C-3"}) {
        world.act();
        world.answer(refuse);
        EXPECT_EQ(world.next(), "ask credit_refused " + std::string(reference) + " 700,00");
        world.woman.judged(JudgementKind::send_again, reference);
        EXPECT_EQ(world.next(), "credit C-1");
    }
    world.act();
    world.answer();
    EXPECT_EQ(world.next(), "send 032:1101 487,05");
}

TEST(Reconcile, TheParticipantsOwnCreditCarriesOurs) {
    World world;
    world.break_it();
    world.act();
    world.answer();
    world.woman.credit("V-9", "V-1");
    EXPECT_EQ(world.next(), "credit V-1 by V-9");
    world.act();
    EXPECT_EQ(world.sent(1).reference.view(), "V-9");
    // Refused and let go again: its reference was used, so a new credit carries nothing.
    world.answer(refuse);
    world.woman.judged(JudgementKind::send_again, "V-9");
    EXPECT_EQ(world.next(), "credit V-1");
}

TEST(Reconcile, ARepairedLineOfTheSameAmountStands) {
    World world;
    world.break_it();
    world.act();
    world.answer();
    world.woman.line(midwives, "V-2", "032:1101", "2023-10-20", 487'05, "2023-12-01");
    world.woman.last_line().previous = Reference::of("V-1");
    EXPECT_EQ(world.next(), "");
    world.woman.last_line().amount = Cents::of(480'00);
    EXPECT_EQ(world.next(), "credit V-1");
    world.act();
    world.answer();
    EXPECT_EQ(world.next(), "send 032:1101 480,00");
}

TEST(Reconcile, ARefusalOfOnePregnancyIsNoneOfTheNext) {
    World world;
    world.act();
    world.answer(refuse);
    world.woman.enrolled(midwives, "2024-06-20", "2025-01-01")
        .line(midwives, "V-2", "032:1101", "2024-06-20", 487'05)
        .ended(facts::Outcome::miscarriage, "2024-07-20");
    world.today = day("2024-09-01");
    EXPECT_EQ(world.next(), "send 069:990002 700,00; ask claim_rejected C-1 700,00");
}

TEST(Reconcile, OnePregnancyTurnsOutToBeTwo) {
    // Sent for all days of what seemed one pregnancy; then a loss at its beginning is heard of.
    World world;
    world.woman = Woman()
                      .enrolled(midwives, "2023-10-20", "2024-06-30")
                      .line(midwives, "V-1", "032:1101", "2023-10-20", 487'05)
                      .ended(facts::Outcome::miscarriage, "2023-12-20");
    world.today = day("2024-03-01");
    world.act();
    world.answer();
    EXPECT_EQ(world.sent(0).care, (Period{day("2023-10-20"), day("2023-12-20")}));
    world.woman.line(midwives, "V-2", "032:1101", "2023-11-20", 487'05)
        .ended(facts::Outcome::miscarriage, "2023-11-01");
    EXPECT_EQ(world.next(), "credit C-1");
    world.act();
    EXPECT_EQ(world.next(), "await");
    world.answer();
    EXPECT_EQ(world.next(), "send 069:990002 700,00; send 069:990002 700,00");
    world.act();
    world.answer();
    EXPECT_EQ(world.next(), "");
    EXPECT_TRUE(breaches(world.desk.sent, real_rulebook()).empty());
}

TEST(Reconcile, TooLateIsALossInCents) {
    World world;  // the phase ended on 2023-12-01; the line too: 12 months
    world.today = day("2024-12-01");
    EXPECT_EQ(world.next(), "send 069:990002 700,00");
    world.break_it();
    EXPECT_EQ(world.next(), "send 032:1101 487,05");
    world.today = day("2024-12-02");
    const Case wanted = assessed(world.woman, world.today, world.region);
    const Plan plan = world.plan(wanted);
    EXPECT_EQ(summary(plan, wanted), "lost 487,05");
    ASSERT_EQ(plan.losses.size(), 1u);
    EXPECT_EQ(plan.losses[0].participant, midwives);
    EXPECT_EQ(plan.losses[0].line, line_id(midwives, "V-1"));
    EXPECT_EQ(plan.losses[0].latest_submit_day, day("2024-12-01"));
}

TEST(Reconcile, APlanHoldsUntilItsFirstDeadline) {
    World world;
    const Case wanted = assessed(world.woman, world.today, world.region);
    EXPECT_EQ(world.plan(wanted).holds_until, day("2024-12-01"));
}

// Broken, not broken, broken, not broken; the third answer is lost and asked for again.
TEST(Reconcile, AChainOfFourLinks) {
    World world;
    const auto heard_of = [&](bool broken) {
        world.woman.facts.outside.clear();
        if (broken) world.woman.care_outside("2023-11-10");
    };
    const char* bundle = "send 069:990002 700,00";
    EXPECT_EQ(world.next(), bundle);
    world.act();
    world.answer();
    heard_of(true);
    EXPECT_EQ(world.next(), "credit C-1");
    world.act();
    world.answer();
    heard_of(false);
    EXPECT_EQ(world.next(), bundle);
    world.act();
    world.today = world.today.plus_days(61);
    EXPECT_EQ(world.next(), "ask answer_overdue C-3 700,00; await");  // never sent again by itself
    heard_of(true);
    EXPECT_EQ(world.next(), "ask answer_overdue C-3 700,00; await");
    world.answer();
    EXPECT_EQ(world.next(), "credit C-3");
    world.act();
    world.answer();
    EXPECT_EQ(world.next(), "send 032:1101 487,05");
    world.act();
    world.answer();
    EXPECT_EQ(world.next(), "");
    EXPECT_TRUE(breaches(world.desk.sent, real_rulebook()).empty());
    const auto position = net_position(world.desk.sent, real_rulebook());
    ASSERT_EQ(position.size(), 1u);
    EXPECT_EQ(position[0].amount, Cents::of(487'05));
}

// ---- The cut-over ----

// The day before, the same was to be claimed as now; of what went out then nothing is known yet.
World cut_over() {
    World world;
    world.earlier = assessed(world.woman, world.today, world.region).oughts;
    return world;
}

// And the bundle had gone out: taken over as it was answered.
World taken_over(const Desk::Verdict& verdict = approve) {
    World world = cut_over();
    world.act();
    BUNDEL_ASSERT(world.desk.sent.empty());  // it is held back now
    world.earlier.clear();
    world.act();
    world.answer(verdict);
    world.desk.sent[0].message = 0;
    world.earlier = assessed(world.woman, world.today, world.region).oughts;
    return world;
}

TEST(Cutover, WhatWasToBeClaimedBeforeDoesNotGoByItself) {
    const std::string key = "overgang/069:990002/9101/" + free_day.iso();
    struct Row {
        const char* why;
        std::function<void(World&)> change;
        std::string expected;
    };
    const auto key_of_question = [](const World& world) {
        return world.plan(assessed(world.woman, world.today, world.region)).questions.at(0).key.str();
    };
    const Row rows[] = {
        {"held back", [](World&) {}, "ask before_cutover  700,00"},
        {"also past its last day", [](World& w) { w.today = day("2025-06-01"); },
         "ask before_cutover  700,00"},
        {"it may stay so", [&](World& w) { w.woman.judged(JudgementKind::accept, key_of_question(w)); }, ""},
        {"it may go after all",
         [&](World& w) { w.woman.judged(JudgementKind::send_anyway, key_of_question(w)); },
         "send 069:990002 700,00"},
        {"another may go",
         [](World& w) { w.woman.judged(JudgementKind::send_anyway, "overgang/069:990003/9101/2024-01-01"); },
         "ask before_cutover  700,00"},
        {"it was another amount then", [](World& w) { w.earlier[0].amount = values::Cents::of(690'00); },
         "send 069:990002 700,00"},
        {"it was another insurer then", [](World& w) { w.earlier[0].insurer = other_insurer; },
         "send 069:990002 700,00"},
        {"it was about other days then",
         [](World& w) {
             w.earlier[0].care = {day("2022-01-01"), day("2022-03-01")};
         },
         "send 069:990002 700,00"},
        {"its days moved since", [](World& w) { w.earlier[0].care.first = w.earlier[0].care.last; },
         "ask before_cutover  700,00"},
        {"it was not to be claimed then", [](World& w) { w.earlier.clear(); }, "send 069:990002 700,00"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        World world = cut_over();
        row.change(world);
        EXPECT_EQ(world.next(), row.expected);
    }
    World line = cut_over();
    line.break_it();
    EXPECT_EQ(line.next(), "send 032:1101 487,05") << "mono since the news of the outsider";
}

TEST(Cutover, ATakenOverClaimIsLeftAloneUntilThereIsNews) {
    const auto dearer = [](World& w, std::int64_t cents) {
        w.desk.sent[0].amount = values::Cents::of(cents);
    };
    struct Row {
        const char* why;
        std::function<void(World&)> change;
        std::string expected;
    };
    const Row rows[] = {
        {"as it ought to be", [](World&) {}, ""},
        {"no more as it ought to be than then", [&](World& w) { dearer(w, 690'00); },
         "ask adopted_differs C-1 690,00"},
        {"and that may be put right",
         [&](World& w) {
             dearer(w, 690'00);
             w.woman.judged(JudgementKind::send_anyway, "claim/53000001/C-1/adopted_differs");
         },
         "credit C-1"},
        {"since then it ought to be another",
         [&](World& w) {
             dearer(w, 690'00);
             w.earlier[0].amount = values::Cents::of(690'00);
         },
         "credit C-1"},
        {"it ought not to be, and ought not then",
         [](World& w) {
             w.break_it();
             w.earlier.clear();
         },
         "ask adopted_differs C-1 700,00"},
        {"a breaker became known since", [](World& w) { w.break_it(); }, "credit C-1"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        World world = taken_over();
        row.change(world);
        EXPECT_EQ(world.next(), row.expected);
    }
}

TEST(Cutover, WhatBecameOfATakenOverClaim) {
    EXPECT_EQ(taken_over(refuse).next(), "ask claim_rejected C-1 700,00") << "the very same was refused";
    World cheaper = taken_over(refuse);
    cheaper.desk.sent[0].content = {};  // another claim for the same care was refused
    EXPECT_EQ(cheaper.next(), "ask before_cutover  700,00");

    // Our credit of it was accepted: the way is free for what ought to be.
    World corrected = taken_over();
    corrected.desk.sent[0].amount = corrected.desk.sent[0].granted = values::Cents::of(690'00);
    corrected.desk.sent[0].content = {};
    corrected.woman.judged(JudgementKind::send_anyway, "claim/53000001/C-1/adopted_differs");
    corrected.act();
    corrected.answer();
    EXPECT_EQ(corrected.next(), "send 069:990002 700,00");
}

}  // namespace
}  // namespace bundel::claim
