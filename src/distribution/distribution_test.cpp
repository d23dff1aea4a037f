#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "distribution/divide.h"
#include "support/property.h"

namespace bundel::distribution {
namespace {

using base::Int128;
using bundel::testing::expect_law;
using values::AgbCode;
using values::Cents;
using values::Date;
using values::Period;
using values::Ratio;
using values::Rounding;

const AgbCode hospital = AgbCode::of(6'000'102);
const AgbCode midwives = AgbCode::of(8'000'101);
const AgbCode nurses = AgbCode::of(33'000'103);
const AgbCode clinic = AgbCode::of(53'000'104);

const Period always = Period::from(Date::of(2020, 1, 1));
const Date day = Date::of(2024, 6, 1);
const Ratio all = Ratio::of(1, 1);
Ratio percent(std::int64_t part) {
    return Ratio::of(part, 100);
}

Step step(std::string name, Rule rule) {
    return {std::move(name),         always,       "example agreement art. 1",
            values::Status::example, Vat::unknown, std::move(rule)};
}
Model model(std::vector<Step> steps) {
    return {"example", std::move(steps)};
}
Split by_key(Key weights) {
    return {ByKey{std::move(weights)}, {}, {}, {}};
}
Split by_activity(Side side = Side::gross) {
    return {ByActivity{side}, {}, {}, {}};
}
SplitRule share_by(Split split, Ratio part = all) {
    return {part, Rounding::down, std::move(split)};
}
Activity did(AgbCode payee, std::int64_t gross, std::int64_t net = 0, std::int64_t pregnancies = 0) {
    return {payee, Cents::of(gross), Cents::of(net), pregnancies};
}
Pot pot(std::int64_t amount, std::vector<Activity> activity = {}) {
    return {Cents::of(amount), day, std::move(activity), {}};
}
std::vector<std::int64_t> amounts(const Division& division) {
    std::vector<std::int64_t> result;
    for (const Share& share : division.shares) result.push_back(share.amount.count());
    return result;
}

// ---- Known traps ----

TEST(Divide, KnownTraps) {
    struct Row {
        const char* why;
        std::int64_t pot;
        Key weights;
        std::vector<std::int64_t> shares;  // by payee code: 06, 08, 33, 53
    };
    const Row rows[] = {
        {"74.9925 and 24.9975: whole cents 74.99 and 24.99, the last cent to the larger rest",
         99'99,
         {{hospital, 75}, {midwives, 25}},
         {74'99, 25'00}},
        {"rests 99, 104, 99, 99 of 401",
         5,
         {{hospital, 100}, {midwives, 101}, {nurses, 100}, {clinic, 100}},
         {1, 2, 1, 1}},
        {"exact", 1000, {{hospital, 3}, {midwives, 2}}, {600, 400}},
        {"a tie goes to the lowest code", 1, {{midwives, 1}, {hospital, 1}}, {1, 0}},
        {"a weight of zero is named and gets nothing", 3, {{hospital, 0}, {midwives, 7}}, {0, 3}},
        {"mirror image", -5, {{hospital, 100}, {midwives, 101}, {nurses, 100}}, {-2, -2, -1}},
        {"nothing", 0, {{hospital, 1}, {midwives, 2}}, {0, 0}},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        const auto keyed = divide(pot(row.pot), model({step("key", share_by(by_key(row.weights)))}));
        EXPECT_EQ(amounts(*keyed), row.shares);
        EXPECT_TRUE(keyed->undivided.is_zero());
        std::vector<Activity> activity;
        for (const auto& [payee, weight] : row.weights) activity.push_back(did(payee, weight));
        const auto active = divide(pot(row.pot, activity), model({step("a", share_by(by_activity()))}));
        EXPECT_EQ(active->shares, keyed->shares);
    }
}

TEST(Divide, RoundedDownTheRestStays) {
    // 1000/1001 of 10.01 at 3:2 is 6.00 and 4.00; the cent that rounding down leaves is not divided.
    const auto division =
        divide(pot(1001),
               model({step("key", share_by(by_key({{hospital, 3}, {midwives, 2}}), Ratio::of(1000, 1001)))}));
    EXPECT_EQ(amounts(*division), (std::vector<std::int64_t>{600, 400}));
    EXPECT_EQ(division->undivided, Cents::of(1));
}

TEST(Divide, GroupsInOrder) {
    const OrderedRule order{
        {{{hospital, Cents::of(900)}}, {{midwives, Cents::of(500)}}, {{nurses, Cents::of(500)}}}};
    const auto division = divide(pot(1200), model({step("order", order)}));
    EXPECT_EQ(amounts(*division), (std::vector<std::int64_t>{900, 300, 0}));
    const auto rich = divide(pot(2000), model({step("order", order)}));
    EXPECT_EQ(amounts(*rich), (std::vector<std::int64_t>{900, 500, 500}));
    EXPECT_EQ(rich->undivided, Cents::of(100));
    // In one group, in proportion to what each may have at most.
    const OrderedRule shared{
        {{{hospital, Cents::of(300)}, {nurses, Cents::of(100)}}, {{nurses, Cents::of(50)}}}};
    EXPECT_EQ(amounts(*divide(pot(200), model({step("order", shared)}))),
              (std::vector<std::int64_t>{150, 50}));
    EXPECT_EQ(amounts(*divide(pot(420), model({step("order", shared)}))),
              (std::vector<std::int64_t>{300, 120}));
}

TEST(Divide, TwentyThousandBundlesDriftOneCentAtMost) {
    const Model key = model({step("key", share_by(by_key({{hospital, 36}, {midwives, 46}, {nurses, 18}})))});
    for (const std::int64_t amount : {1, 7, 33, 1234'57, 99'99}) {
        Carry carry;
        std::map<AgbCode, std::int64_t> given;
        for (int i = 0; i < 20'000; ++i) {
            const auto division = *divide(pot(amount), key, carry);
            add(carry, division);
            EXPECT_TRUE(carry.settle().empty());
            for (const Share& share : division.shares) given[share.payee] += share.amount.count();
        }
        for (const auto& [payee, weight] : Key{{hospital, 36}, {midwives, 46}, {nurses, 18}}) {
            const std::int64_t hundredths = given[payee] * 100 - 20'000 * amount * weight;
            EXPECT_LE(std::abs(hundredths), 100) << amount << " " << payee.digits();
        }
    }
}

// ---- Steps ----

TEST(Divide, WaterfallTakesEachStepFromWhatIsLeft) {
    const Model waterfall = model({
        step("reserve", ReserveRule{percent(5), Rounding::half_up}),
        step("beschikbaarheid", share_by(by_key({{hospital, 2}, {nurses, 1}}), Ratio::of(1, 4))),
        step("activiteit", share_by(by_activity())),
    });
    const auto division =
        divide(pot(1000'10, {did(midwives, 600'00), did(nurses, 300'00), did(midwives, -100'00)}), waterfall);
    ASSERT_TRUE(division.ok());

    // 5 % of 1000.10 = 50.005, half up 50.01; a quarter of 950.09 = 237.5225, down 237.52; the rest 712.57.
    EXPECT_EQ(division->reserve, Cents::of(50'01));
    EXPECT_TRUE(division->undivided.is_zero());
    ASSERT_EQ(division->steps.size(), 3U);
    const StepResult& reserve = division->steps[0];
    EXPECT_EQ(reserve.kind, StepKind::reserve);
    EXPECT_EQ(reserve.basis, Cents::of(1000'10));
    EXPECT_EQ(reserve.taken, Cents::of(50'01));
    EXPECT_TRUE(reserve.shares.empty());
    EXPECT_EQ(reserve.source, "example agreement art. 1");
    EXPECT_EQ(reserve.status, values::Status::example);

    const StepResult& fixed = division->steps[1];
    EXPECT_EQ(fixed.basis, Cents::of(950'09));
    EXPECT_EQ(fixed.taken, Cents::of(237'52));
    EXPECT_EQ(fixed.total_weight, 3);
    ASSERT_EQ(fixed.shares.size(), 2U);
    EXPECT_EQ(fixed.shares[0].amount, Cents::of(158'35));
    EXPECT_EQ(fixed.shares[0].entitled.str(), "15834.666666666666666667");
    EXPECT_EQ(fixed.shares[1].amount, Cents::of(79'17));
    EXPECT_EQ(fixed.shares[1].entitled.str(), "7917.333333333333333333");

    // 445.35625 and 267.21375; the clinic of two thirds of a cent went to the hospital before.
    const StepResult& activity = division->steps[2];
    EXPECT_EQ(activity.basis, Cents::of(712'57));
    EXPECT_EQ(activity.total_weight, 800'00);
    EXPECT_EQ(amounts(*division), (std::vector<std::int64_t>{158'35, 445'35, 346'39}));
}

TEST(Divide, TheOddCentOfALaterStepGoesToWhomAnEarlierOneOwes) {
    const Model twice = model({step("a", share_by(by_key({{hospital, 1}, {midwives, 1}}), Ratio::of(1, 2))),
                               step("b", share_by(by_key({{hospital, 1}, {midwives, 1}})))});
    EXPECT_EQ(amounts(*divide(pot(2), twice)), (std::vector<std::int64_t>{1, 1}));
}

TEST(Divide, BoughtCareGoesFirst) {
    const Model rules = model({step("inkoop", BoughtCareRule{}), step("rest", share_by(by_activity()))});
    Pot some = pot(100'00, {did(midwives, 1)});
    some.bought = {
        {"laboratorium", Cents::of(30'00)}, {"consult", Cents::of(10'00)}, {"credit", Cents::of(-5'00)}};
    const Division division = *divide(some, rules);
    EXPECT_EQ(division.covered.at("laboratorium"), Cents::of(30'00));
    EXPECT_EQ(division.covered.at("consult"), Cents::of(10'00));
    EXPECT_EQ(division.covered.count("credit"), 0U);
    EXPECT_EQ(amounts(division), std::vector<std::int64_t>{60'00});
    some.amount = Cents::of(20'01);
    const Division poor = *divide(some, rules);
    EXPECT_EQ(poor.covered.at("laboratorium"), Cents::of(15'01));
    EXPECT_EQ(poor.covered.at("consult"), Cents::of(5'00));
    EXPECT_EQ(poor.steps[0].missing, Cents::of(19'99));
    EXPECT_EQ(amounts(poor), std::vector<std::int64_t>{0});
}

TEST(Divide, GrossOrNetIsNamed) {
    const std::vector<Activity> activity{did(midwives, 300, 100), did(nurses, 100, 100)};
    const auto by = [&](Side side) {
        return amounts(*divide(pot(400, activity), model({step("a", share_by(by_activity(side)))})));
    };
    EXPECT_EQ(by(Side::gross), (std::vector<std::int64_t>{300, 100}));
    EXPECT_EQ(by(Side::net), (std::vector<std::int64_t>{200, 200}));
}

TEST(Divide, Subscription) {
    const Model rules = model(
        {step("abonnement", SubscriptionRule{{{midwives, Cents::of(150'00)}, {nurses, Cents::of(50'00)}}}),
         step("rest", share_by(by_activity()))});
    const std::vector<Activity> activity{did(midwives, 1, 0, 2), did(nurses, 1, 0, 1)};
    EXPECT_EQ(amounts(*divide(pot(400'00, activity), rules)), (std::vector<std::int64_t>{325'00, 75'00}));
    const Division poor = *divide(pot(70'00, activity), rules);
    EXPECT_EQ(amounts(poor), (std::vector<std::int64_t>{60'00, 10'00}));
    EXPECT_EQ(poor.steps[0].missing, Cents::of(280'00));
    EXPECT_EQ(amounts(*divide(pot(-70'00, activity), rules)), (std::vector<std::int64_t>{-60'00, -10'00}));
}

TEST(Divide, QualityIsEarnedAboveTheGate) {
    const auto score = [](AgbCode payee, std::int64_t points) {
        return Score{payee, {Date::of(2024, 1, 1), Date::of(2024, 12, 31)}, percent(points), "jaarverslag"};
    };
    const QualityRule rule{percent(10),
                           Rounding::down,
                           by_activity(),
                           percent(60),
                           {score(hospital, 60), score(midwives, 59), score(nurses, 100)}};
    const std::vector<Activity> activity{did(hospital, 100), did(midwives, 100), did(nurses, 100),
                                         did(clinic, 100)};
    // 100.00 apart, 25.00 each: 60 % of it, nothing below the gate, all of it, nothing without a score.
    const Division division = *divide(pot(1000'00, activity), model({step("kwaliteit", rule)}));
    EXPECT_EQ(amounts(division), (std::vector<std::int64_t>{15'00, 0, 25'00, 0}));
    EXPECT_EQ(division.steps[0].left, Cents::of(60'00));
    EXPECT_EQ(division.undivided, Cents::of(960'00));
    Pot next_year = pot(1000'00, activity);
    next_year.day = Date::of(2025, 1, 1);
    EXPECT_EQ(divide(next_year, model({step("kwaliteit", rule)}))->undivided, Cents::of(1000'00));
}

TEST(Divide, TransitionByYear) {
    const TransitionRule rule{all,
                              Rounding::down,
                              by_key({{hospital, 3}, {midwives, 1}}),
                              by_activity(),
                              {{2024, percent(25)}, {2026, percent(100)}}};
    struct Row {
        int year;
        std::vector<std::int64_t> shares;
    };
    const std::vector<Activity> activity{did(hospital, 1), did(midwives, 1)};
    for (const Row& row : {Row{2023, {750, 250}}, Row{2024, {688, 312}}, Row{2025, {688, 312}},
                           Row{2026, {500, 500}}, Row{2030, {500, 500}}}) {
        Pot some = pot(1000, activity);
        some.day = Date::of(row.year, 7, 1);
        const Division division = *divide(some, model({step("transitie", rule)}));
        EXPECT_EQ(amounts(division), row.shares) << row.year;
        ASSERT_EQ(division.steps.size(), 2U);
        EXPECT_EQ(division.steps[0].half, Half::from);
        EXPECT_EQ(division.steps[1].half, Half::to);
    }
}

TEST(Divide, BoundsMoveWhatTheyTakeOrLeaveToTheOthers) {
    struct Row {
        const char* why;
        std::map<AgbCode, Cents> least, most;
        std::vector<std::int64_t> shares;  // 06, 08, 33
        std::int64_t undivided;
        std::int64_t missing;
    };
    const auto c = [](std::int64_t cents) { return Cents::of(cents); };
    const Row rows[] = {
        {"no bounds", {}, {}, {500, 300, 200}, 0, 0},
        {"a cap: its surplus over the others, 3:2", {}, {{hospital, c(400)}}, {400, 360, 240}, 0, 0},
        {"a cap that makes another cap bite",
         {},
         {{hospital, c(400)}, {midwives, c(350)}},
         {400, 350, 250},
         0,
         0},
        {"all at their cap: the surplus stays",
         {},
         {{hospital, c(400)}, {midwives, c(350)}, {nurses, c(200)}},
         {400, 350, 200},
         50,
         0},
        {"a floor: taken from the others, 5:3", {{nurses, c(360)}}, {}, {400, 240, 360}, 0, 0},
        {"floor and cap", {{nurses, c(300)}}, {{hospital, c(300)}}, {300, 400, 300}, 0, 0},
        {"the cap frees more than the floor needs",
         {{nurses, c(210)}},
         {{hospital, c(400)}},
         {400, 360, 240},
         0,
         0},
        {"floors beyond the pot: in proportion",
         {{hospital, c(900)}, {nurses, c(600)}},
         {},
         {600, 0, 400},
         0,
         500},
        {"exactly the floors", {{hospital, c(700)}, {nurses, c(300)}}, {}, {700, 0, 300}, 0, 0},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        Split split = by_key({{hospital, 5}, {midwives, 3}, {nurses, 2}});
        split.least = row.least;
        split.most = row.most;
        const Division division = *divide(pot(1000), model({step("a", share_by(split))}));
        EXPECT_EQ(amounts(division), row.shares);
        EXPECT_EQ(division.undivided, Cents::of(row.undivided));
        EXPECT_EQ(division.steps[0].missing, Cents::of(row.missing));
    }
}

TEST(Divide, CorridorAroundTheOldKey) {
    Split split = by_activity();
    split.corridor = Corridor{{{hospital, 60}, {midwives, 40}}, percent(5), percent(10)};
    const auto shares = [&](std::int64_t amount, std::int64_t first, std::int64_t second,
                            std::int64_t newcomer) {
        return amounts(
            *divide(pot(amount, {did(hospital, first), did(midwives, second), did(nurses, newcomer)}),
                    model({step("a", share_by(split))})));
    };
    EXPECT_EQ(shares(1000, 60, 40, 0), (std::vector<std::int64_t>{600, 400, 0}));
    EXPECT_EQ(shares(1000, 10, 90, 0), (std::vector<std::int64_t>{570, 430, 0}));  // least of the hospital
    EXPECT_EQ(shares(1000, 100, 0, 0), (std::vector<std::int64_t>{620, 380, 0}));  // least of the midwives
    EXPECT_EQ(shares(1000, 10, 10, 980),
              (std::vector<std::int64_t>{570, 380, 50}));                 // a newcomer is not bound
    EXPECT_EQ(shares(7, 1, 0, 0), (std::vector<std::int64_t>{5, 2, 0}));  // 2.66 is widened to 2: 4.62 to 5
}

TEST(Divide, RemainingGoesToTheReserve) {
    const Division division = *divide(
        pot(100),
        model({step("a", share_by(by_key({{clinic, 1}}), percent(30))), step("rest", RemainingRule{})}));
    EXPECT_EQ(division.reserve, Cents::of(70));
    EXPECT_TRUE(division.undivided.is_zero());
}

TEST(Divide, WhatNobodyIsNamedForStaysUndivided) {
    const Step reserve = step("reserve", ReserveRule{percent(10), Rounding::down});
    const Step activity = step("activity", share_by(by_activity()));
    struct Row {
        const char* why;
        Model model;
        std::vector<Activity> activity;
        std::int64_t undivided;
    };
    const Row rows[] = {
        {"no activity at all", model({reserve, activity}), {}, 90},
        {"activity that nets to zero", model({reserve, activity}), {did(midwives, 0)}, 90},
        {"a credited line", model({activity}), {did(nurses, 7), did(nurses, -7)}, 100},
        {"no step for the rest", model({reserve}), {did(midwives, 1)}, 90},
        {"half a key", model({step("key", share_by(by_key({{clinic, 1}}), Ratio::of(1, 2)))}), {}, 50},
        {"a part of zero", model({step("key", share_by(by_key({{clinic, 1}}), Ratio()))}), {}, 100},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        EXPECT_EQ(divide(pot(100, row.activity), row.model)->undivided, Cents::of(row.undivided));
        EXPECT_EQ(divide(pot(-100, row.activity), row.model)->undivided, Cents::of(-row.undivided));
    }
}

TEST(Divide, Refusals) {
    const Model good = model({step("activity", share_by(by_activity()))});
    const std::int64_t most = pot_max.count();
    struct Row {
        const char* error;
        std::int64_t pot;
        std::vector<Activity> activity;
    };
    const Row rows[] = {
        {"distribution_pot_range", most + 1, {did(AgbCode::none(), 1)}},
        {"distribution_pot_range", -most - 1, {did(nurses, 1)}},
        {"distribution_activity_nobody", 1, {did(AgbCode::none(), 1), did(nurses, -1)}},
        {"distribution_activity_negative", 1, {did(nurses, 5), did(nurses, -6)}},
        {"cents_overflow", 1, {did(nurses, most), did(nurses, 1)}},
    };
    for (const Row& row : rows) {
        const auto got = divide(pot(row.pot, row.activity), good);
        ASSERT_FALSE(got.ok()) << row.error;
        EXPECT_EQ(got.error().code, row.error);
    }
    EXPECT_EQ(amounts(*divide(pot(most, {did(nurses, 1)}), good)), std::vector<std::int64_t>{most});
}

// Each row breaks its own rule; the model of the row before it would have been refused for another reason.
TEST(Validate, Refusals) {
    const ReserveRule reserve{percent(10), Rounding::down};
    const auto with = [](Step changed, auto change) {
        change(changed);
        return changed;
    };
    const auto bounded = [](std::map<AgbCode, Cents> least, std::map<AgbCode, Cents> most) {
        Split split = by_activity();
        split.least = std::move(least);
        split.most = std::move(most);
        return split;
    };
    const auto corridor = [](Key key, Ratio down, Ratio up) {
        Split split = by_activity();
        split.corridor = Corridor{std::move(key), down, up};
        return split;
    };
    Split both = corridor({{nurses, 1}}, Ratio(), Ratio());
    both.most = {{nurses, Cents::of(1)}};
    const Step good = step("good", reserve);
    const Cents one = Cents::of(1), two = Cents::of(2), too_much = pot_max + one;
    const Score score{nurses, always, percent(50), "x"};
    const auto quality = [](Split split, std::vector<Score> scores) {
        return QualityRule{all, Rounding::down, std::move(split), Ratio(), std::move(scores)};
    };
    const auto transition = [](Split from, std::map<int, Ratio> years) {
        return TransitionRule{all, Rounding::down, std::move(from), by_activity(), std::move(years)};
    };
    struct Row {
        const char* error;
        std::vector<Step> steps;
    };
    const Row rows[] = {
        {"", {good}},
        {"", {step("a", ReserveRule{Ratio(), Rounding::up})}},
        {"", {step("a", ReserveRule{all, Rounding::up})}},
        {"", {step("a", share_by(by_key({{nurses, 0}, {clinic, weight_max}})))}},
        {"", {good, step("b", share_by(by_activity())), step("c", share_by(by_activity()))}},
        {"", {step("a", share_by(bounded({{nurses, one}}, {{nurses, one}})))}},
        {"", {step("a", share_by(corridor({{nurses, 1}}, all, Ratio::of(3, 1))))}},
        {"", {step("a", quality(by_activity(), {score}))}},
        {"", {step("a", transition(by_activity(), {{2024, Ratio()}}))}},
        {"", {good, step("b", RemainingRule{})}},
        {"distribution_no_steps", {}},
        {"distribution_step_unnamed", {with(good, [](Step& s) { s.name = s.source = ""; })}},
        {"distribution_step_repeated", {good, good}},
        {"distribution_source_missing",
         {with(good,
               [](Step& s) {
                   s.source = "";
                   s.period = {Date::of(2024, 1, 2), Date::of(2024, 1, 1)};
               })}},
        {"distribution_step_period",
         {with(step("a", ReserveRule{Ratio::of(2, 1), Rounding::up}),
               [](Step& s) {
                   s.period = {Date::of(2024, 1, 2), Date::of(2024, 1, 1)};
               })}},
        {"distribution_ratio_range", {step("a", ReserveRule{percent(101), Rounding::up})}},
        {"distribution_ratio_range", {step("a", ReserveRule{percent(-1), Rounding::up})}},
        {"distribution_ratio_range", {step("a", share_by(by_key({}), percent(101)))}},
        {"distribution_key_empty", {step("a", share_by(by_key({})))}},
        {"distribution_payee_nobody", {step("a", share_by(by_key({{AgbCode::none(), -1}})))}},
        {"distribution_key_weight_range", {step("a", share_by(by_key({{nurses, -1}})))}},
        {"distribution_key_weight_range", {step("a", share_by(by_key({{nurses, weight_max + 1}})))}},
        {"distribution_key_all_zero", {step("a", share_by(by_key({{nurses, 0}, {clinic, 0}})))}},
        {"distribution_payee_nobody", {step("a", share_by(bounded({{AgbCode::none(), one}}, {})))}},
        {"distribution_amount_range", {step("a", share_by(bounded({{nurses, -one}}, {})))}},
        {"distribution_amount_range", {step("a", share_by(bounded({}, {{nurses, too_much}})))}},
        {"distribution_bounds_crossed", {step("a", share_by(bounded({{nurses, two}}, {{nurses, one}})))}},
        {"distribution_bounds_twice", {step("a", share_by(both))}},
        {"distribution_key_empty", {step("a", share_by(corridor({}, all, all)))}},
        {"distribution_ratio_range", {step("a", share_by(corridor({{nurses, 1}}, percent(101), all)))}},
        {"distribution_ratio_range", {step("a", share_by(corridor({{nurses, 1}}, all, percent(-1))))}},
        {"distribution_ratio_range",
         {step("a", share_by(corridor({{nurses, 1}}, all, Ratio::of(1, 1'000'001))))}},
        {"distribution_empty", {step("a", SubscriptionRule{})}},
        {"distribution_amount_range", {step("a", SubscriptionRule{{{nurses, Cents()}}})}},
        {"distribution_ratio_range",
         {step("a", quality(by_activity(), {{nurses, always, percent(101), ""}}))}},
        {"distribution_ratio_range",
         {step("a", quality(by_activity(), {{nurses, always, Ratio::of(1, 3), ""}}))}},
        {"distribution_score_twice", {step("a", quality(by_activity(), {score, score}))}},
        {"distribution_bounds_quality", {step("a", quality(bounded({{nurses, one}}, {}), {}))}},
        {"distribution_empty", {step("a", OrderedRule{})}},
        {"distribution_empty", {step("a", OrderedRule{{{}}})}},
        {"distribution_amount_range", {step("a", OrderedRule{{{{nurses, -one}}}})}},
        {"distribution_empty", {step("a", transition(by_activity(), {}))}},
        {"distribution_ratio_range", {step("a", transition(by_activity(), {{2024, percent(101)}}))}},
        {"distribution_key_empty", {step("a", transition(by_key({}), {{2024, all}}))}},
        {"distribution_remaining_not_last", {step("a", RemainingRule{}), good}},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.error);
        const auto got = validate(model(row.steps));
        EXPECT_EQ(got.ok() ? "" : got.error().code, row.error);
    }
}

TEST(Divide, AStepOfAnotherPeriodIsPassedBy) {
    Model dated = model({step("a", ReserveRule{percent(10), Rounding::down}),
                         step("a", ReserveRule{percent(20), Rounding::down})});
    dated.steps[0].period = {Date::of(2024, 1, 1), Date::of(2024, 12, 31)};
    dated.steps[1].period = {Date::of(2025, 1, 1), Date::of(2025, 12, 31)};
    ASSERT_TRUE(validate(dated).ok());
    const auto reserve_on = [&](Date on) {
        Pot some = pot(1000);
        some.day = on;
        return divide(some, dated)->reserve;
    };
    EXPECT_EQ(reserve_on(Date::of(2023, 12, 31)), Cents());
    EXPECT_EQ(reserve_on(Date::of(2024, 1, 1)), Cents::of(100));
    EXPECT_EQ(reserve_on(Date::of(2024, 12, 31)), Cents::of(100));
    EXPECT_EQ(reserve_on(Date::of(2025, 1, 1)), Cents::of(200));
    EXPECT_EQ(reserve_on(Date::of(2026, 1, 1)), Cents());
}

TEST(Exact, TextRoundTrips) {
    for (const char* text : {"0", "74.9925", "-0.000000000000000001", "123456789012345678", "-1.5"})
        EXPECT_EQ(Exact::parse(text)->str(), text);
    for (const char* text :
         {"", "-", ".5", "1.", "1.0000000000000000001", "1,5", "1e5", "+1", "1234567890123456789"})
        EXPECT_FALSE(Exact::parse(text).ok()) << text;
}

// ---- Laws ----

const AgbCode payees[] = {
    hospital, midwives, nurses, clinic, AgbCode::of(8'000'105), AgbCode::of(33'000'106)};

std::int64_t any(std::int64_t least, std::int64_t most) {
    return *rc::gen::inRange<std::int64_t>(least, most + 1);
}
bool one_in(std::int64_t n) {
    return any(1, n) == 1;
}
AgbCode any_payee() {
    return payees[any(0, 5)];
}
Ratio any_part() {
    const auto denominator = any(1, 1000);
    return Ratio::of(any(0, denominator), denominator);
}
Rounding any_rounding() {
    return *rc::gen::element(Rounding::down, Rounding::up, Rounding::half_up, Rounding::half_even);
}
Cents any_amount() {
    return Cents::of(one_in(3) ? any(0, 20) : any(0, 500'000'00));
}

Key any_key() {
    Key key{{any_payee(), 1}};
    for (auto left = any(0, 6); left > 0; --left)
        key[any_payee()] = *rc::gen::element<std::int64_t>(1, 1, 2, 3, 100, 101, weight_max);
    return key;
}

Split any_split(bool bounds = true) {
    Split split;
    switch (any(0, 2)) {
        case 0: split.by = ByKey{any_key()}; break;
        case 1: split.by = ByActivity{one_in(2) ? Side::gross : Side::net}; break;
        default: split.by = ByPregnancies{}; break;
    }
    if (!bounds || one_in(2)) return split;
    if (one_in(3)) {
        split.corridor = Corridor{any_key(), any_part(), any_part()};
        return split;
    }
    for (auto left = any(0, 4); left > 0; --left) {
        const AgbCode payee = any_payee();
        const Cents a = any_amount(), b = any_amount();
        if (one_in(2)) split.least[payee] = std::min(a, b);
        if (one_in(2)) split.most[payee] = std::max(a, b);
    }
    for (auto& [payee, most] : split.most) {
        if (split.least.contains(payee)) most = std::max(most, split.least[payee]);
    }
    return split;
}

Rule any_rule() {
    switch (any(0, 7)) {
        case 0: return BoughtCareRule{};
        case 1: return ReserveRule{any_part(), any_rounding()};
        case 2: {
            SubscriptionRule rule{{{any_payee(), Cents::of(any(1, 300'00))}}};
            rule.amounts[any_payee()] = Cents::of(any(1, 300'00));
            return rule;
        }
        case 3: {
            QualityRule rule{any_part(), any_rounding(), any_split(false), percent(any(0, 100)), {}};
            for (const AgbCode payee : payees) {
                if (!one_in(4)) rule.scores.push_back({payee, always, percent(any(0, 100)), "x"});
            }
            return rule;
        }
        case 4: {
            OrderedRule rule;
            for (auto left = any(1, 3); left > 0; --left)
                rule.groups.push_back({{any_payee(), any_amount()}, {payees[0], any_amount()}});
            return rule;
        }
        case 5:
            return TransitionRule{
                any_part(), any_rounding(), any_split(), any_split(), {{2023, any_part()}, {2025, all}}};
        default: return SplitRule{one_in(2) ? all : any_part(), any_rounding(), any_split()};
    }
}

Model any_model() {
    Model result{"any", {}};
    for (auto left = any(1, 4); left > 0; --left)
        result.steps.push_back(step("step " + std::to_string(left), any_rule()));
    if (one_in(3)) result.steps.push_back(step("rest", RemainingRule{}));
    BUNDEL_ASSERT(validate(result).ok());
    return result;
}

std::vector<Activity> any_activity() {
    std::vector<Activity> result;
    for (auto left = any(0, 10); left > 0; --left) {
        const AgbCode payee = any_payee();
        const auto value = *rc::gen::element<std::int64_t>(0, 1, 1, 2, 100, 101, 48'263, 1'000'000'00);
        result.push_back(did(payee, value, value / 2, any(0, 2)));
        // A credited line beside its debit: nets away.
        if (one_in(4)) {
            result.push_back(did(payee, 777, 700));
            result.push_back(did(payee, -777, -700));
        }
    }
    return result;
}

std::int64_t any_pot_amount() {
    return *rc::gen::weightedOneOf<std::int64_t>({
        {1, rc::gen::element<std::int64_t>(0, 1, -1, pot_max.count(), -pot_max.count())},
        {2, rc::gen::inRange<std::int64_t>(-50, 50)},
        {4, rc::gen::inRange<std::int64_t>(-10'000'000'00, 10'000'000'00)},
    });
}

Pot any_pot() {
    Pot result = pot(any_pot_amount(), any_activity());
    if (one_in(3)) result.bought = {{"a", any_amount()}, {"b", any_amount()}};
    return result;
}

Carry any_carry() {
    Carry carry;
    for (auto left = any(0, 4); left > 0; --left) {
        const Exact part = Exact::of_units(static_cast<Int128>(any(-900, 900)) * 1'000'000'000'000'000);
        carry.add(any_payee(), part, Cents());
        carry.add(any_payee(), -part, Cents());
    }
    return carry;
}

TEST(Laws, PartsAreThePotStepByStepAndInTotal) {
    expect_law("parts = pot", [] {
        const Pot some = any_pot();
        const Division division = *divide(some, any_model(), any_carry());
        Cents total = division.reserve + division.undivided;
        for (const Share& share : division.shares) total += share.amount;
        for (const auto& [kind, amount] : division.covered) total += amount;
        RC_ASSERT(total == some.amount);

        Cents left = some.amount;
        std::map<AgbCode, std::pair<Cents, Exact>> by_step;
        for (const StepResult& result : division.steps) {
            RC_ASSERT(result.basis == left);
            left -= result.taken;
            Cents given;
            Exact entitled;
            for (const StepShare& share : result.shares) {
                given += share.amount;
                entitled = entitled + share.entitled;
                by_step[share.payee].first += share.amount;
                by_step[share.payee].second = by_step[share.payee].second + share.entitled;
            }
            RC_ASSERT(result.shares.empty() || given == result.taken);
            RC_ASSERT(entitled == Exact::of(given));
        }
        RC_ASSERT(left == division.undivided);
        for (const Share& share : division.shares)
            RC_ASSERT((by_step[share.payee] == std::pair(share.amount, share.entitled)));
    });
}

TEST(Laws, NobodyReceivesAgainstTheSignOfThePot) {
    expect_law("signs", [] {
        const Pot some = any_pot();
        const Division division = *divide(some, any_model(), any_carry());
        const auto on_side = [&](Cents amount) {
            return amount.is_zero() || amount.is_negative() == some.amount.is_negative();
        };
        for (const Share& share : division.shares) RC_ASSERT(on_side(share.amount));
        for (const auto& [kind, amount] : division.covered) RC_ASSERT(on_side(amount));
        RC_ASSERT(on_side(division.reserve));
        RC_ASSERT(on_side(division.undivided));
    });
}

TEST(Laws, EachStepShareIsItsEntitlementRoundedDownOrUp) {
    expect_law("entitlement", [] {
        const Division division = *divide(any_pot(), any_model(), any_carry());
        for (const StepResult& result : division.steps) {
            for (const StepShare& share : result.shares) {
                const Exact off = share.entitled - Exact::of(share.amount);
                // An ordered step rounds once in each group.
                const Cents most = Cents::of(result.kind == StepKind::ordered ? 3 : 1);
                RC_ASSERT(off < Exact::of(most) && off > -Exact::of(most));
            }
        }
    });
}

TEST(Laws, OrderOfActivityChangesNoCent) {
    expect_law("permutation", [] {
        Pot some = any_pot();
        const Model rules = any_model();
        const Carry carry = any_carry();
        const Division before = *divide(some, rules, carry);
        std::shuffle(some.activity.begin(), some.activity.end(),
                     std::mt19937(static_cast<unsigned>(any(1, 1'000'000))));
        RC_ASSERT(*divide(some, rules, carry) == before);
    });
}

// Other names, the same cents: where no two rests are equal the name decides nothing.
TEST(Laws, NamesDecideNothingButTies) {
    expect_law("names", [] {
        std::vector<AgbCode> names(std::begin(payees), std::end(payees));
        const std::int64_t amount = any(0, 100'000);
        std::vector<std::int64_t> weights;
        std::int64_t total = 0;
        for (std::size_t i = 0; i < names.size(); ++i) total += weights.emplace_back(any(1, 5000));
        std::set<std::int64_t> rests;
        for (const std::int64_t weight : weights) rests.insert(amount * weight % total);
        RC_PRE(rests.size() == weights.size());
        const auto shares = [&] {
            std::map<AgbCode, std::int64_t> named;
            for (std::size_t i = 0; i < names.size(); ++i) named[names[i]] = weights[i];
            std::vector<Claimant> claimants;
            for (const auto& [payee, weight] : named) claimants.push_back({payee, weight});
            std::map<AgbCode, Cents> given;
            for (const StepShare& share : fill(Cents::of(amount), claimants, {}).shares)
                given[share.payee] = share.amount;
            std::vector<Cents> by_position;
            for (const AgbCode name : names) by_position.push_back(given[name]);
            return by_position;
        };
        const auto before = shares();
        std::shuffle(names.begin(), names.end(), std::mt19937(static_cast<unsigned>(any(1, 1'000'000))));
        RC_ASSERT(shares() == before);
    });
}

TEST(Laws, ReversalCancels) {
    expect_law("divide(-pot) mirrors divide(pot)", [] {
        Pot some = any_pot();
        const Model rules = any_model();
        const Carry carry = any_carry();
        const Division there = *divide(some, rules, carry);
        some.amount = -some.amount;
        Carry reversed;
        for (const auto& [payee, owed] : carry.owed()) reversed.add(payee, -owed, Cents());
        const Division back = *divide(some, rules, reversed);
        RC_ASSERT(there.reserve == -back.reserve);
        RC_ASSERT(there.undivided == -back.undivided);
        RC_ASSERT(there.shares.size() == back.shares.size());
        for (std::size_t i = 0; i < there.shares.size(); ++i) {
            const Share& share = back.shares[i];
            RC_ASSERT(there.shares[i] == (Share{share.payee, -share.amount, -share.entitled}));
        }
    });
}

TEST(Laws, ActivityIsWhatItNetsTo) {
    expect_law("netting", [] {
        Pot some = any_pot();
        const Model rules = any_model();
        const Division before = *divide(some, rules);
        std::map<AgbCode, Activity> net;
        for (const Activity& line : some.activity) {
            Activity& sum = net.try_emplace(line.payee, did(line.payee, 0)).first->second;
            sum.gross += line.gross;
            sum.net += line.net;
            sum.pregnancies += line.pregnancies;
        }
        some.activity.clear();
        for (const auto& [payee, sum] : net) some.activity.push_back(sum);
        RC_ASSERT(*divide(some, rules) == before);
    });
}

TEST(Laws, MoreInThePotTakesFromNobody) {
    expect_law("monotone", [] {
        Pot some = any_pot();
        some.amount = Cents::of(any(0, 1'000'00));
        Split split = any_split();
        split.corridor.reset();  // its borders are whole cents of the pot
        const Model rules = model({step("a", share_by(split, one_in(2) ? all : any_part()))});
        const Division less = *divide(some, rules);
        some.amount += Cents::of(any(1, 100));
        const Division more = *divide(some, rules);
        for (std::size_t i = 0; i < less.shares.size(); ++i) {
            RC_ASSERT(more.shares[i].entitled + Exact::of_units(10) >= less.shares[i].entitled);
            RC_ASSERT(more.shares[i].amount >= less.shares[i].amount - Cents::of(1));
        }
    });
}

// The largest remainder may take a cent from one when the pot grows by a cent (the Alabama paradox): 10 over
// 6:6:2 is 4.29, 4.29, 1.43, so 4, 4, 2; 11 is 4.71, 4.71, 1.57, so 5, 5, 1.
TEST(Divide, ACentMayMoveBackWhenThePotGrows) {
    const Model rules = model({step("a", share_by(by_key({{hospital, 6}, {midwives, 6}, {nurses, 2}})))});
    EXPECT_EQ(amounts(*divide(pot(10), rules)), (std::vector<std::int64_t>{4, 4, 2}));
    EXPECT_EQ(amounts(*divide(pot(11), rules)), (std::vector<std::int64_t>{5, 5, 1}));
}

TEST(Laws, CapsHoldAndTheirSurplusGoesOn) {
    expect_law("bounds", [] {
        Split split = any_split();
        split.corridor.reset();
        Pot some = any_pot();
        const Division division = *divide(some, model({step("a", share_by(split))}), any_carry());
        const StepResult& result = division.steps.front();
        if (!result.missing.is_zero()) return;
        bool somebody_free = false;
        for (const StepShare& share : result.shares) {
            const Cents amount = share.amount.is_negative() ? -share.amount : share.amount;
            const auto least = split.least.find(share.payee);
            const auto most = split.most.find(share.payee);
            RC_ASSERT(least == split.least.end() || amount >= least->second);
            RC_ASSERT(most == split.most.end() || amount <= most->second);
            somebody_free |= share.weight > 0 && (most == split.most.end() || amount < most->second);
        }
        RC_ASSERT(!somebody_free || division.undivided.is_zero());
    });
}

// Nobody is ever more than a cent from its entitlement, whoever shares in which pot, also when pots are taken
// back.
TEST(Laws, NobodyDriftsMoreThanACent) {
    expect_law("drift", [] {
        Carry carry;
        std::vector<Division> standing;
        std::map<AgbCode, Exact> entitled;
        std::map<AgbCode, Cents> given;
        const auto book = [&](const Division& division, bool back) {
            for (const Share& share : division.shares) {
                entitled[share.payee] = entitled[share.payee] + (back ? -share.entitled : share.entitled);
                given[share.payee] += back ? -share.amount : share.amount;
                if (back) carry.take_back(share.payee, share.entitled, share.amount);
            }
            if (!back) add(carry, division);
            for (const Carry::Move& move : carry.settle()) {
                given[move.from] -= Cents::of(1);
                given[move.to] += Cents::of(1);
            }
            for (const auto& [payee, right] : entitled) {
                const Exact off = right - Exact::of(given[payee]);
                RC_ASSERT(off == carry.of(payee));
                RC_ASSERT(off <= Exact::of(Cents::of(1)) && -off <= Exact::of(Cents::of(1)));
            }
        };
        for (auto left = any(1, 30); left > 0; --left) {
            if (!standing.empty() && one_in(4)) {
                const auto at =
                    static_cast<std::size_t>(any(0, static_cast<std::int64_t>(standing.size()) - 1));
                book(standing[at], true);
                standing.erase(standing.begin() + static_cast<std::ptrdiff_t>(at));
                continue;
            }
            Pot some = any_pot();
            some.amount = Cents::of(any(-20, 200));
            standing.push_back(*divide(some, any_model(), carry));
            book(standing.back(), false);
        }
    });
}

// ---- Against an optimum found by trying everything ----

// All ways to give `amount` cents within the bounds, each tried by `see`.
template <class See>
void each_way(std::span<const Claimant> claimants, std::int64_t amount, std::vector<std::int64_t>& way,
              See see) {
    const std::size_t i = way.size();
    if (i == claimants.size()) {
        if (amount == 0) see(way);
        return;
    }
    const std::int64_t most = std::min(amount, claimants[i].most.count());
    for (std::int64_t part = claimants[i].least.count(); part <= most; ++part) {
        way.push_back(part);
        each_way(claimants, amount - part, way, see);
        way.pop_back();
    }
}

// Squared distance from the exact answer, in parts of the weight of those that are not at a bound.
TEST(Laws, NoOtherCentsAreNearer) {
    expect_law("optimum", [] {
        std::vector<Claimant> claimants;
        const auto payees_in = any(1, 6);
        for (std::int64_t i = 0; i < payees_in; ++i) {
            const auto least = one_in(3) ? any(0, 2) : 0;
            const auto most = one_in(3) ? least + any(0, 4) : 12;
            claimants.push_back({payees[i], any(0, 9), Cents::of(least), Cents::of(most)});
        }
        std::ranges::sort(claimants, {}, &Claimant::payee);
        const Filling filling = fill(Cents::of(any(0, 12)), claimants, {});
        RC_PRE(filling.missing.is_zero());
        const base::Int128 units_of_a_cent = Exact::of(Cents::of(1)).units();
        // Without the squares of the exact answer, which are the same for every way.
        const auto distance = [&](const std::vector<std::int64_t>& way) {
            base::Int128 sum = 0;
            for (std::size_t i = 0; i < way.size(); ++i) {
                const base::Int128 cents = way[i];
                sum += cents * cents * units_of_a_cent - 2 * cents * filling.shares[i].entitled.units();
            }
            return sum;
        };
        std::vector<std::int64_t> ours, way;
        for (const StepShare& share : filling.shares) ours.push_back(share.amount.count());
        base::Int128 best = distance(ours);
        each_way(claimants, filling.given.count(), way,
                 [&](const std::vector<std::int64_t>& other) { best = std::min(best, distance(other)); });
        // What is said to be exact is so to a unit, on either side.
        RC_ASSERT(distance(ours) <= best + 4 * filling.given.count());
    });
}

// The exact answer itself: no cent can go from one who gets more for its weight to one who gets less, unless
// a bound forbids it.
TEST(Laws, TheLevelIsTheSameForAllThatAreFree) {
    expect_law("level", [] {
        Split split = any_split();
        const Division division =
            *divide(pot(any(0, 1'000'000), any_activity()), model({step("a", share_by(split))}));
        const StepResult& result = division.steps.front();
        if (!result.missing.is_zero()) return;
        for (const StepShare& high : result.shares) {
            if (high.weight == 0 || high.bound == Bound::least) continue;
            for (const StepShare& low : result.shares) {
                if (low.weight == 0 || low.bound == Bound::most) continue;
                // high / its weight <= low / its weight, of what is exact to a unit.
                RC_ASSERT((high.entitled.units() - 1) * low.weight <=
                          (low.entitled.units() + 1) * high.weight);
            }
        }
    });
}

}  // namespace
}  // namespace bundel::distribution
