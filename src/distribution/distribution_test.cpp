#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/int128.h"
#include "distribution/divide.h"
#include "support/property.h"

namespace bundel::distribution {
namespace {

using bundel::testing::expect_law;
using values::AgbCode;
using values::Cents;
using values::Date;
using values::Period;
using values::Ratio;
using values::Rounding;

const AgbCode midwives = AgbCode::of(8'000'101);
const AgbCode hospital = AgbCode::of(6'000'102);
const AgbCode nurses = AgbCode::of(33'000'103);
const AgbCode clinic = AgbCode::of(53'000'104);

const Period always = Period::from(Date::of(2024, 1, 1));

Step step(std::string name, decltype(Step::rule) rule) {
    return {std::move(name), always, "example agreement art. 1", values::Status::example, std::move(rule)};
}

Model model(std::vector<Step> steps) {
    return {"example", std::move(steps)};
}

FixedKeyRule key(Ratio part, std::map<AgbCode, std::int64_t> weights) {
    return {part, Rounding::down, std::move(weights)};
}

const Ratio all = Ratio::of(1, 1);

std::vector<std::int64_t> amounts(const Division& division) {
    std::vector<std::int64_t> result;
    for (const Share& share : division.shares) result.push_back(share.amount.count());
    return result;
}

TEST(Divide, KnownTraps) {
    struct Row {
        const char* why;
        std::int64_t pot;
        std::map<AgbCode, std::int64_t> weights;
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
        const auto by_key = divide(Cents::of(row.pot), model({step("key", key(all, row.weights))}), {});
        EXPECT_EQ(amounts(*by_key), row.shares);
        std::vector<Activity> activity;
        for (const auto& [payee, weight] : row.weights) activity.push_back({payee, Cents::of(weight)});
        const auto by_activity =
            divide(Cents::of(row.pot), model({step("activity", ActivityRule{})}), activity);
        EXPECT_EQ(by_activity->shares, by_key->shares);
        EXPECT_TRUE(by_key->undivided.is_zero());
    }
}

TEST(Divide, WaterfallTakesEachStepFromWhatIsLeft) {
    const Model waterfall = model({
        step("reserve", ReserveRule{Ratio::of(5, 100), Rounding::half_up}),
        step("beschikbaarheid", key(Ratio::of(1, 4), {{hospital, 2}, {nurses, 1}})),
        step("activiteit", ActivityRule{}),
    });
    const std::vector<Activity> activity{
        {midwives, Cents::of(600'00)}, {nurses, Cents::of(300'00)}, {midwives, Cents::of(-100'00)}};
    const auto division = divide(Cents::of(1000'10), waterfall, activity);
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
    EXPECT_EQ(fixed.step, "beschikbaarheid");
    EXPECT_EQ(fixed.basis, Cents::of(950'09));
    EXPECT_EQ(fixed.taken, Cents::of(237'52));
    EXPECT_EQ(fixed.total_weight, 3);
    EXPECT_EQ(fixed.shares,
              (std::vector<StepShare>{{hospital, 2, Cents::of(158'35)}, {nurses, 1, Cents::of(79'17)}}));

    const StepResult& activity_step = division->steps[2];
    EXPECT_EQ(activity_step.basis, Cents::of(712'57));
    EXPECT_EQ(activity_step.total_weight, 800'00);
    EXPECT_EQ(activity_step.shares, (std::vector<StepShare>{{midwives, 500'00, Cents::of(445'36)},
                                                            {nurses, 300'00, Cents::of(267'21)}}));
    EXPECT_EQ(division->shares, (std::vector<Share>{{hospital, Cents::of(158'35)},
                                                    {midwives, Cents::of(445'36)},
                                                    {nurses, Cents::of(346'38)}}));
}

TEST(Divide, WhatNobodyIsNamedForStaysUndivided) {
    const Step reserve = step("reserve", ReserveRule{Ratio::of(1, 10), Rounding::down});
    const Step activity = step("activity", ActivityRule{});
    struct Row {
        const char* why;
        Model model;
        std::vector<Activity> activity;
        std::int64_t undivided;
    };
    const Row rows[] = {
        {"no activity at all", model({reserve, activity}), {}, 90},
        {"activity that nets to zero", model({reserve, activity}), {{midwives, Cents()}}, 90},
        {"a credited line", model({activity}), {{nurses, Cents::of(7)}, {nurses, Cents::of(-7)}}, 100},
        {"no step for the rest", model({reserve}), {{midwives, Cents::of(1)}}, 90},
        {"half a key", model({step("key", key(Ratio::of(1, 2), {{clinic, 1}}))}), {}, 50},
        {"a part of zero", model({step("key", key(Ratio(), {{clinic, 1}}))}), {}, 100},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        EXPECT_EQ(divide(Cents::of(100), row.model, row.activity)->undivided, Cents::of(row.undivided));
        EXPECT_EQ(divide(Cents::of(-100), row.model, row.activity)->undivided, Cents::of(-row.undivided));
    }
}

TEST(Divide, Refusals) {
    const Model good = model({step("activity", ActivityRule{})});
    struct Row {
        const char* error;
        std::int64_t pot;
        Model model;
        std::vector<Activity> activity;
    };
    const Row rows[] = {
        {"distribution_no_steps", 1, model({}), {{AgbCode::none(), Cents::of(1)}}},
        {"distribution_activity_nobody", 1, good, {{AgbCode::none(), Cents::of(1)}, {nurses, Cents::of(-1)}}},
        {"distribution_activity_negative", 1, good, {{nurses, Cents::of(5)}, {nurses, Cents::of(-6)}}},
        {"cents_overflow", 1, good, {{nurses, Cents::of(INT64_MAX)}, {nurses, Cents::of(1)}}},
        {"cents_overflow", 1, good, {{nurses, Cents::of(INT64_MAX)}, {clinic, Cents::of(1)}}},
        {"cents_overflow", INT64_MIN, good, {{nurses, Cents::of(1)}}},
    };
    for (const Row& row : rows) {
        const auto got = divide(Cents::of(row.pot), row.model, row.activity);
        ASSERT_FALSE(got.ok()) << row.error;
        EXPECT_EQ(got.error().code, row.error);
    }
    const auto most = divide(Cents::of(INT64_MAX), good, std::vector<Activity>{{nurses, Cents::of(1)}});
    EXPECT_EQ(amounts(*most), std::vector<std::int64_t>{INT64_MAX});
}

// Each row breaks its own rule; the model of the row before it would have been refused for another reason.
TEST(Validate, Refusals) {
    const ReserveRule reserve{Ratio::of(1, 10), Rounding::down};
    const auto with = [](Step changed, auto change) {
        change(changed);
        return changed;
    };
    const Step good = step("good", reserve);
    struct Row {
        const char* error;
        std::vector<Step> steps;
    };
    const Row rows[] = {
        {"", {good}},
        {"", {step("a", ReserveRule{Ratio(), Rounding::up})}},
        {"", {step("a", ReserveRule{all, Rounding::up})}},
        {"", {step("a", key(all, {{nurses, 0}, {clinic, weight_max}}))}},
        {"", {good, step("b", ActivityRule{})}},
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
        {"distribution_ratio_range", {step("a", ReserveRule{Ratio::of(101, 100), Rounding::up})}},
        {"distribution_ratio_range", {step("a", ReserveRule{Ratio::of(-1, 100), Rounding::up})}},
        {"distribution_ratio_range", {step("a", key(Ratio::of(101, 100), {}))}},
        {"distribution_key_empty", {step("a", key(all, {}))}},
        {"distribution_key_nobody", {step("a", key(all, {{AgbCode::none(), -1}}))}},
        {"distribution_key_weight_range", {step("a", key(all, {{nurses, -1}}))}},
        {"distribution_key_weight_range", {step("a", key(all, {{nurses, weight_max + 1}}))}},
        {"distribution_key_all_zero", {step("a", key(all, {{nurses, 0}, {clinic, 0}}))}},
        {"distribution_activity_not_last", {step("a", ActivityRule{}), good}},
        {"distribution_activity_not_last", {step("a", ActivityRule{}), step("b", ActivityRule{})}},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.error);
        const auto got = validate(model(row.steps));
        EXPECT_EQ(got.ok() ? "" : got.error().code, row.error);
        EXPECT_EQ(divide(Cents::of(1), model(row.steps), {}).ok(), got.ok());
    }
}

TEST(InForce, BothDaysAreIncluded) {
    Model dated = model({step("a", ReserveRule{}), step("b", ActivityRule{})});
    dated.steps[1].period = {Date::of(2024, 2, 1), Date::of(2024, 12, 31)};
    EXPECT_EQ(in_force(dated, Date::of(2024, 1, 31)).error(),
              (base::Error{"distribution_step_not_in_force", {{"step", "b"}, {"day", "31-01-2024"}}}));
    EXPECT_TRUE(in_force(dated, Date::of(2024, 2, 1)).ok());
    EXPECT_TRUE(in_force(dated, Date::of(2024, 12, 31)).ok());
    EXPECT_FALSE(in_force(dated, Date::of(2025, 1, 1)).ok());
}

const AgbCode payees[] = {
    hospital, midwives, nurses, clinic, AgbCode::of(8'000'105), AgbCode::of(33'000'106)};

AgbCode any_payee() {
    return *rc::gen::elementOf(std::vector<AgbCode>(std::begin(payees), std::end(payees)));
}

Ratio any_part() {
    const auto denominator = *rc::gen::inRange<std::int64_t>(1, 1000);
    return Ratio::of(*rc::gen::inRange<std::int64_t>(0, denominator + 1), denominator);
}

Rounding any_rounding() {
    return *rc::gen::element(Rounding::down, Rounding::up, Rounding::half_up, Rounding::half_even);
}

Model any_model() {
    Model result{"any", {}};
    const int steps = *rc::gen::inRange(0, 4);
    for (int i = 0; i < steps; ++i) {
        const std::string name = "step " + std::to_string(i);
        if (*rc::gen::arbitrary<bool>()) {
            result.steps.push_back(step(name, ReserveRule{any_part(), any_rounding()}));
            continue;
        }
        FixedKeyRule rule{any_part(), any_rounding(), {{any_payee(), 1}}};
        const int weights = *rc::gen::inRange(0, 6);
        for (int w = 0; w < weights; ++w)
            rule.weights[any_payee()] = *rc::gen::element<std::int64_t>(1, 1, 2, 3, 100, 101, weight_max);
        result.steps.push_back(step(name, rule));
    }
    if (steps == 0 || *rc::gen::arbitrary<bool>()) result.steps.push_back(step("rest", ActivityRule{}));
    return result;
}

std::vector<Activity> any_activity() {
    std::vector<Activity> result;
    const int lines = *rc::gen::inRange(0, 10);
    for (int i = 0; i < lines; ++i) {
        const AgbCode payee = any_payee();
        const auto value = *rc::gen::element<std::int64_t>(0, 1, 1, 2, 100, 101, 48'263, 1'000'000'00);
        result.push_back({payee, Cents::of(value)});
        // A credited line beside its debit: nets away.
        if (*rc::gen::inRange(0, 4) == 0) {
            result.push_back({payee, Cents::of(777)});
            result.push_back({payee, Cents::of(-777)});
        }
    }
    return result;
}

Cents any_pot() {
    return Cents::of(*rc::gen::weightedOneOf<std::int64_t>({
        {1, rc::gen::element<std::int64_t>(0, 1, -1, INT64_MAX, -INT64_MAX)},
        {2, rc::gen::inRange<std::int64_t>(-50, 50)},
        {4, rc::gen::inRange<std::int64_t>(-10'000'000'00, 10'000'000'00)},
    }));
}

TEST(Laws, SharesReserveAndUndividedAreThePot) {
    expect_law("parts = pot, step by step and in total", [] {
        const Cents pot = any_pot();
        const Division division = *divide(pot, any_model(), any_activity());
        Cents total = division.reserve + division.undivided;
        for (const Share& share : division.shares) total += share.amount;
        RC_ASSERT(total == pot);
        RC_ASSERT(division.pot == pot);

        Cents left = pot;
        std::map<AgbCode, Cents> by_step;
        for (const StepResult& result : division.steps) {
            RC_ASSERT(result.basis == left);
            left -= result.taken;
            Cents given;
            for (const StepShare& share : result.shares) {
                given += share.amount;
                by_step[share.payee] += share.amount;
            }
            RC_ASSERT(given == (result.kind == StepKind::reserve ? Cents() : result.taken));
        }
        RC_ASSERT(left == division.undivided);
        for (const Share& share : division.shares) RC_ASSERT(by_step[share.payee] == share.amount);
        RC_ASSERT(std::is_sorted(division.shares.begin(), division.shares.end(),
                                 [](const Share& a, const Share& b) { return a.payee < b.payee; }));
    });
}

TEST(Laws, NobodyReceivesAgainstTheSignOfThePot) {
    expect_law("signs", [] {
        const Cents pot = any_pot();
        const Division division = *divide(pot, any_model(), any_activity());
        const auto on_side = [&](Cents amount) {
            return amount.is_zero() || amount.is_negative() == pot.is_negative();
        };
        for (const Share& share : division.shares) RC_ASSERT(on_side(share.amount));
        RC_ASSERT(on_side(division.reserve));
        RC_ASSERT(on_side(division.undivided));
    });
}

TEST(Laws, EachStepShareIsItsEntitlementRoundedDownOrUp) {
    expect_law("entitlement", [] {
        const Division division = *divide(any_pot(), any_model(), any_activity());
        for (const StepResult& result : division.steps) {
            for (const StepShare& share : result.shares) {
                const base::Int128 entitled = static_cast<base::Int128>(result.taken.count()) * share.weight;
                const base::Int128 got =
                    static_cast<base::Int128>(share.amount.count()) * result.total_weight;
                const base::Int128 off = got < entitled ? entitled - got : got - entitled;
                RC_ASSERT(off < result.total_weight);
            }
        }
    });
}

TEST(Laws, OrderOfActivityChangesNoCent) {
    expect_law("permutation", [](std::uint32_t seed) {
        const Cents pot = any_pot();
        const Model rules = any_model();
        std::vector<Activity> activity = any_activity();
        const Division before = *divide(pot, rules, activity);
        std::shuffle(activity.begin(), activity.end(), std::mt19937(seed));
        RC_ASSERT(*divide(pot, rules, activity) == before);
    });
}

TEST(Laws, ReversalCancels) {
    expect_law("divide(-pot) mirrors divide(pot)", [] {
        const Cents pot = any_pot();
        const Model rules = any_model();
        const std::vector<Activity> activity = any_activity();
        const Division there = *divide(pot, rules, activity);
        const Division back = *divide(-pot, rules, activity);
        RC_ASSERT(there.reserve == -back.reserve);
        RC_ASSERT(there.undivided == -back.undivided);
        RC_ASSERT(there.shares.size() == back.shares.size());
        for (std::size_t i = 0; i < there.shares.size(); ++i)
            RC_ASSERT(there.shares[i] == (Share{back.shares[i].payee, -back.shares[i].amount}));
    });
}

TEST(Laws, ActivityIsWhatItNetsTo) {
    expect_law("netting", [] {
        const Cents pot = any_pot();
        const Model rules = any_model();
        const std::vector<Activity> activity = any_activity();
        std::map<AgbCode, Cents> net;
        for (const Activity& line : activity) net[line.payee] += line.value;
        std::vector<Activity> merged;
        for (const auto& [payee, value] : net) merged.push_back({payee, value});
        RC_ASSERT(*divide(pot, rules, activity) == *divide(pot, rules, merged));
    });
}

}  // namespace
}  // namespace bundel::distribution
