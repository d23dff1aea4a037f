#include "insight/accrual.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "support/property.h"

namespace bundel::insight {
namespace {

using values::AgbCode;
using values::PhaseKind;

constexpr CaseKind natal{PhaseKind::natal, Discipline::hospital};
constexpr CaseKind postnatal{PhaseKind::postnatal, Discipline::kraamzorg};

std::vector<FinishedCase> history_of(std::initializer_list<std::int64_t> cents, CaseKind kind = natal) {
    std::vector<FinishedCase> history;
    for (const std::int64_t amount : cents) history.push_back({kind, Cents::of(amount)});
    return history;
}

OpenCase open_case(int so_far, int in_all, std::int64_t received, CaseKind kind = natal) {
    return {kind, so_far, in_all, Cents::of(received)};
}

Accruals accrued(const std::vector<FinishedCase>& history, const std::vector<OpenCase>& open,
                 std::size_t least = 1) {
    const auto result = accrue(history, open, least, 1);
    BUNDEL_ASSERT(result.ok());
    return *result;
}

TEST(Discipline, IsTheKindOfProvider) {
    EXPECT_EQ(discipline_of(AgbCode::of(8'000'101)), Discipline::midwife);
    EXPECT_EQ(discipline_of(AgbCode::of(6'000'101)), Discipline::hospital);
    EXPECT_EQ(discipline_of(AgbCode::of(33'000'101)), Discipline::kraamzorg);
    EXPECT_EQ(discipline_of(AgbCode::of(1'000'101)), Discipline::other);
    EXPECT_EQ(discipline_of(AgbCode::of(53'000'001)), Discipline::other);
}

// With one and the same outcome in the history there is nothing to guess: the amounts can be done by hand.
TEST(Accrue, AgainstOneOutcomeByHand) {
    const auto history = history_of({1000'00, 1000'00, 1000'00});
    struct Row {
        const char* name;
        OpenCase open;
        std::int64_t to_come;
    };
    const Row rows[] = {
        {"nothing yet", open_case(0, 10, 0), 0},
        {"half way", open_case(5, 10, 0), 500'00},
        {"at its end", open_case(10, 10, 0), 1000'00},
        {"a third, towards zero", open_case(1, 3, 0), 333'33},
        {"one cent short", open_case(5, 10, 499'99), 1},
        {"all received", open_case(5, 10, 500'00), 0},
        {"more than expected", open_case(5, 10, 500'01), 0},
        {"a credit is still to be made good", open_case(5, 10, -100'00), 600'00},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        const Cents amount = Cents::of(row.to_come);
        const Accruals got = accrued(history, {row.open});
        ASSERT_EQ(got.by_kind.size(), 1U);
        EXPECT_EQ(got.by_kind[0],
                  (Accrual{natal, 1, 3, row.open.received, Estimate{amount, amount, amount}}));
        EXPECT_EQ(got.together, (Estimate{amount, amount, amount}));
        EXPECT_EQ(got.without, 0U);
    }
}

TEST(Accrue, TooFewInTheHistoryIsNoEstimate) {
    const auto two = history_of({10'00, 20'00});
    const std::vector<OpenCase> open{open_case(1, 1, 0), open_case(1, 1, 5'00),
                                     open_case(1, 1, 1, postnatal)};
    for (const std::size_t least : {std::size_t{2}, std::size_t{3}}) {
        const Accruals got = accrued(two, open, least);
        ASSERT_EQ(got.by_kind.size(), 2U);
        EXPECT_EQ(got.by_kind[0].kind, natal);
        EXPECT_EQ(got.by_kind[0].history, 2U);
        EXPECT_EQ(got.by_kind[0].received, Cents::of(5'00));
        EXPECT_EQ(got.by_kind[0].estimate.has_value(), least == 2);
        EXPECT_EQ(got.by_kind[1], (Accrual{postnatal, 1, 0, Cents::of(1), std::nullopt}));
        EXPECT_EQ(got.without, least == 2 ? 1U : 3U);
    }
    EXPECT_EQ(accrued(two, {}, 0), (Accruals{{}, Estimate{}, 0}));
    EXPECT_FALSE(accrued({}, {open_case(1, 1, 0)}, 0).by_kind[0].estimate);
}

// Four of ten women see the hospital: of a hundred about forty will.
TEST(Accrue, CareThatOnlySomeHaveIsExpectedForSome) {
    const auto history = history_of({0, 0, 0, 0, 0, 0, 100'00, 100'00, 100'00, 100'00});
    const Accruals got = accrued(history, std::vector<OpenCase>(100, open_case(1, 1, 0)));
    EXPECT_GE(got.together.to_come, Cents::of(3800'00));
    EXPECT_LE(got.together.to_come, Cents::of(4200'00));
    EXPECT_GT(got.together.low, Cents::of(2800'00));
    EXPECT_LT(got.together.low, Cents::of(3600'00));
    EXPECT_GT(got.together.high, Cents::of(4400'00));
    EXPECT_LT(got.together.high, Cents::of(5200'00));
}

TEST(Accrue, WhatDoesNotFitIsAnError) {
    const auto history = history_of({INT64_MAX});
    const std::vector<OpenCase> two(2, open_case(1, 1, 0));
    EXPECT_EQ(accrue(history, two, 1, 1).error().code, "cents_overflow");
    EXPECT_TRUE(accrue(history, std::span(two).first(1), 1, 1).ok());
}

// ---- Laws ----

CaseKind any_kind() {
    return {*rc::gen::element(PhaseKind::prenatal, PhaseKind::natal),
            *rc::gen::element(Discipline::midwife, Discipline::hospital)};
}

std::vector<FinishedCase> any_history() {
    std::vector<FinishedCase> history(*rc::gen::inRange<std::size_t>(0, 12));
    for (auto& one : history) one = {any_kind(), Cents::of(*rc::gen::inRange(-10'00, 2000'00))};
    return history;
}

std::vector<OpenCase> any_open() {
    std::vector<OpenCase> open(*rc::gen::inRange<std::size_t>(0, 8));
    for (auto& one : open) {
        one.kind = any_kind();
        one.days_in_all = *rc::gen::inRange(1, 5);
        one.days_so_far = *rc::gen::inRange(0, one.days_in_all + 1);
        one.received = Cents::of(*rc::gen::inRange(-10'00, 1500'00));
    }
    return open;
}

template <class Item>
std::vector<Item> turned(std::vector<Item> items) {
    for (std::size_t i = items.size(); i > 1; --i)
        std::swap(items[i - 1], items[*rc::gen::inRange<std::size_t>(0, i)]);
    return items;
}

TEST(AccrueLaws, TheOrderOfTheCasesChangesNothing) {
    testing::expect_law("order", [] {
        const auto history = any_history();
        const auto open = any_open();
        RC_ASSERT(accrued(history, open, 3) == accrued(turned(history), turned(open), 3));
    });
}

TEST(AccrueLaws, TheIntervalContainsTheEstimate) {
    testing::expect_law("interval", [] {
        const Accruals got = accrued(any_history(), any_open(), 2);
        std::vector<Estimate> estimates{got.together};
        std::size_t without = 0;
        for (const Accrual& one : got.by_kind) {
            RC_ASSERT(one.estimate.has_value() == (one.history >= 2));
            if (one.estimate) estimates.push_back(*one.estimate);
            if (!one.estimate) without += one.cases;
        }
        RC_ASSERT(got.without == without);
        for (const Estimate& one : estimates) {
            RC_ASSERT(Cents() <= one.low);
            RC_ASSERT(one.low <= one.to_come);
            RC_ASSERT(one.to_come <= one.high);
        }
    });
}

// More received: less to come, and no less in all.
TEST(AccrueLaws, MonotoneInWhatWasReceived) {
    testing::expect_law("monotone", [] {
        const auto history = any_history();
        auto open = any_open();
        RC_PRE(!open.empty());
        const Accruals before = accrued(history, open);
        const Cents more = Cents::of(*rc::gen::inRange(1, 800'00));
        const std::size_t which = *rc::gen::inRange<std::size_t>(0, open.size());
        open[which].received += more;
        const Accruals after = accrued(history, open);
        RC_ASSERT(after.together.to_come <= before.together.to_come);
        for (std::size_t i = 0; i < before.by_kind.size(); ++i) {
            const Accrual& old = before.by_kind[i];
            const Accrual& now = after.by_kind[i];
            if (old.kind != open[which].kind) RC_ASSERT(old == now);
            if (!old.estimate) continue;
            for (const auto side : {&Estimate::low, &Estimate::to_come, &Estimate::high}) {
                const Cents was = std::invoke(side, *old.estimate);
                const Cents is = std::invoke(side, *now.estimate);
                RC_ASSERT(is <= was);
                RC_ASSERT(now.received + is >= old.received + was);
            }
        }
    });
}

}  // namespace
}  // namespace bundel::insight
