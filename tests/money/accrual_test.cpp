// Work in progress: which cases count, how far they are, and how an estimate turns out.
#include <gtest/gtest.h>

#include "engine/accrual.h"
#include "engine/closing.h"
#include "engine/verify.h"
#include "office.h"

namespace bundel::testing {

std::string Office::breaches() {
    std::string all;
    for (const auto& breach : must(engine::verify(world)).breaches) all += as_text(breach) + "\n";
    return all;
}

namespace {

using insight::CaseKind;
using insight::Discipline;
using values::Cents;
using values::PhaseKind;

constexpr CaseKind prenatal{PhaseKind::prenatal, Discipline::midwife};
constexpr CaseKind natal{PhaseKind::natal, Discipline::midwife};

const rulebook::Rulebook& one_is_enough() {
    static const rulebook::Rulebook book =
        changed_rulebook("rulebook.toml", "least_history = { value = 30,", "least_history = { value = 1,");
    return book;
}

// Prenatal from the enrolment on 2023-10-20 to 2024-05-31; 032:1101 is the prenatal part.
Woman finished(std::int64_t cents = 450'00) {
    Woman woman;
    woman.heard_on("2023-10-21").enrolled(midwives, "2023-10-20", "2024-06-01");
    woman.heard_on("2024-06-02").born("2024-06-01");
    woman.heard_on("2024-07-10").line(midwives, "V-1", "032:1101", "2023-10-20", cents, "2024-05-31");
    return woman;
}

// Prenatal from 2025-01-01; due on 2025-08-13, so expected up to and including 2025-08-12.
Woman under_way() {
    Woman woman;
    woman.heard_on("2025-01-02").enrolled(midwives, "2025-01-01", "2025-08-13");
    return woman;
}

std::optional<insight::Accrual> accrual(Office& office, const CaseKind& kind, std::string_view as_of) {
    const auto work = must(engine::work_in_progress(office.world, day(as_of)));
    for (const auto& one : work.accruals.by_kind) {
        if (one.kind == kind) return one;
    }
    return std::nullopt;
}

TEST(Work, IsTheShareOfTheDaysSoFar) {
    Office office(region(), one_is_enough());
    office.add(finished());
    office.add(under_way());
    const auto work = must(engine::work_in_progress(office.world, day("2025-02-25")));
    EXPECT_EQ(work.status, values::Status::example);
    EXPECT_EQ(work.passed_over, 0U);
    const auto one = *accrual(office, prenatal, "2025-02-25");
    EXPECT_EQ(one.cases, 1U);
    EXPECT_EQ(one.history, 1U);
    // 56 of 224 days: a quarter of 450,00.
    EXPECT_EQ(one.estimate->to_come, Cents::of(112'50));
    EXPECT_FALSE(accrual(office, natal, "2025-02-25"));  // has not begun
}

TEST(Work, ALineThatArrivesIsNoLongerExpected) {
    Office office(region(), one_is_enough());
    office.add(finished());
    Woman woman = under_way();
    woman.heard_on("2025-02-20").line(midwives, "V-1", "032:1101", "2025-01-01", 100'00, "2025-02-01");
    office.add(woman);
    EXPECT_EQ(accrual(office, prenatal, "2025-02-19")->received, Cents());
    const auto one = *accrual(office, prenatal, "2025-02-25");
    EXPECT_EQ(one.received, Cents::of(100'00));
    EXPECT_EQ(one.estimate->to_come, Cents::of(12'50));
}

// Both sides of each border: when a case finishes, and when it is too long ago.
TEST(Work, ACaseIsOpenThenHistoryThenForgotten) {
    Office office(region(), one_is_enough());
    office.add(finished());
    office.add(under_way());  // nothing more is heard of her: she is open for a while, and never history
    Woman later;
    later.heard_on("2026-01-02").enrolled(midwives, "2026-01-01", "2026-08-13");
    office.add(later);
    struct Row {
        const char* as_of;
        std::size_t open, history;
    };
    const Row rows[] = {
        {"2023-10-20", 0, 0},                        // nothing is known of her yet
        {"2023-10-21", 1, 0}, {"2024-09-28", 1, 0},  // 120 days after 31-05-2024
        {"2024-09-29", 0, 0},                        // finished; with nothing open there is nothing to say
        {"2025-01-02", 1, 1}, {"2026-05-31", 1, 1},  // 730 days after
        {"2026-06-01", 1, 0},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.as_of);
        const auto one = accrual(office, prenatal, row.as_of);
        EXPECT_EQ(one ? one->cases : 0, row.open);
        EXPECT_EQ(one ? one->history : 0, row.history);
    }
}

TEST(Work, WhoIsNotOursDoesNotCount) {
    Office office(region(), one_is_enough());
    office.add(finished());
    Woman outside;
    outside.heard_on("2025-01-02").enrolled(outsider, "2025-01-01", "2025-08-13");
    office.add(outside);
    EXPECT_FALSE(accrual(office, prenatal, "2025-02-25"));
}

TEST(Work, APhaseThatGoesMonoIsNoWorkOfTheIgo) {
    Region falls_back = region();
    falls_back.contract_2023().overlap = values::OverlapPolicy::fall_back;
    Office office(falls_back, one_is_enough());
    office.add(finished());
    Woman broken = finished();
    broken.heard_on("2024-06-02").care_outside("2024-01-10");
    office.add(broken);
    office.add(under_way());
    EXPECT_EQ(accrual(office, prenatal, "2025-02-25")->history, 1U);
}

TEST(Work, OnlyDisciplinesOfMembersAreExpected) {
    Region only_midwives = region();
    std::erase_if(only_midwives.agreements.memberships, [](const auto& one) {
        return one.fact.organisation == hospital || one.fact.organisation == kraamzorg;
    });
    Office office(only_midwives, one_is_enough());
    office.add(finished());
    office.add(under_way());
    EXPECT_EQ(must(engine::work_in_progress(office.world, day("2025-02-25"))).accruals.by_kind.size(), 1U);
    Region no_kraamzorg = region();
    std::erase_if(no_kraamzorg.agreements.memberships,
                  [](const auto& one) { return one.fact.organisation == kraamzorg; });
    Office with_hospital(no_kraamzorg, one_is_enough());
    with_hospital.add(finished());
    with_hospital.add(under_way());
    const auto work = must(engine::work_in_progress(with_hospital.world, day("2025-02-25")));
    // Of the hospital all her phases are still open: its lines may come until 300 days after their end.
    ASSERT_EQ(work.accruals.by_kind.size(), 4U);
    EXPECT_EQ(work.accruals.by_kind[0].kind, prenatal);
    for (std::size_t i = 1; i < 4; ++i) {
        EXPECT_EQ(work.accruals.by_kind[i].kind.discipline, Discipline::hospital);
        EXPECT_EQ(work.accruals.by_kind[i].history, 0U);
    }
}

// ---- How it turns out ----

TEST(TrueUp, WhatCameSinceForCareUpToThen) {
    Office office(region(), one_is_enough());
    office.add(finished());
    Woman woman = under_way();
    // Received in January: part of what was known. In February: 10 of its 20 days are of January; then one
    // wholly of February, and one wholly of January.
    woman.heard_on("2025-01-31").line(midwives, "V-1", "032:1101", "2025-01-05", 1'00, "2025-01-10");
    woman.heard_on("2025-02-01").line(midwives, "V-2", "032:1101", "2025-01-22", 50'01, "2025-02-10");
    woman.heard_on("2025-02-10").line(midwives, "V-3", "032:1101", "2025-02-01", 9'00);
    woman.heard_on("2025-02-20").line(midwives, "V-4", "032:1101", "2025-01-31", 7'00);
    office.add(woman);
    const auto before = *accrual(office, prenatal, "2025-01-31");
    const auto report = must(engine::work_report(office.world, day("2025-02-20")));
    EXPECT_EQ(report.month_end, day("2025-01-31"));
    EXPECT_FALSE(report.booked);
    ASSERT_FALSE(report.true_up.empty());
    EXPECT_EQ(report.true_up[0].kind, prenatal);
    EXPECT_EQ(report.true_up[0].accrued, before.estimate->to_come);
    EXPECT_EQ(report.true_up[0].arrived, Cents::of(25'00 + 7'00));
    // The day before the last line came.
    EXPECT_EQ(must(engine::work_report(office.world, day("2025-02-19"))).true_up[0].arrived,
              Cents::of(25'00));
}

// The books keep what was estimated then, also when it would come out otherwise now.
TEST(TrueUp, OfAClosedMonthIsAgainstWhatWasBooked) {
    Office office(region(), one_is_enough());
    office.add(finished());
    office.add(under_way());
    const auto closed = must(engine::close_month(office.world, day("2025-01-01"), day("2025-02-03")));
    Woman late = under_way();  // heard in January after all: a file that lay in a mailbox
    office.add(late);
    const auto report = must(engine::work_report(office.world, day("2025-02-20")));
    EXPECT_TRUE(report.booked);
    EXPECT_EQ(report.true_up[0].accrued, closed.accrued);
    EXPECT_GT(must(engine::work_in_progress(office.world, day("2025-01-31"))).accruals.together.to_come,
              closed.accrued);
}

}  // namespace
}  // namespace bundel::testing
