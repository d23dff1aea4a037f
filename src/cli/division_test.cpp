#include "cli/division.h"

#include <gtest/gtest.h>

#include <sstream>

#include "cli/columns.h"

namespace bundel::cli {
namespace {

using values::Cents;

// A region of nearly a hundred million euros, where a participant loses nearly all it had.
engine::Comparison large(bool same_care) {
    const auto most = Cents::of(-99'999'999'99);
    engine::Comparison comparison;
    comparison.a.name = "geldend";
    comparison.b.name = "proef";
    comparison.a.care = comparison.b.care = {values::Date::of(2023, 1, 1), values::Date::of(2023, 12, 31)};
    comparison.same_care = same_care;
    comparison.replicates = 1000;
    insight::Difference difference;
    difference.a = -most;
    difference.spread = insight::Spread::some;
    difference.cents = {most.count(), -most.count()};
    difference.ppm = -1'000'000;
    difference.same_sign = 999;
    insight::Terms terms;
    terms.factors.fill(Cents::of(most.count() / 7));  // together no more than the most
    terms.rounding = Cents::of(most.count() / 7);
    for (const auto spread : {insight::Spread::some, insight::Spread::none, insight::Spread::unknown}) {
        difference.spread = spread;
        for (const auto discipline : insight::all_disciplines)
            comparison.participants.push_back(
                {values::AgbCode::of(8'000'101), discipline, difference, terms});
    }
    comparison.disciplines.emplace_back(insight::Discipline::hospital, difference);
    comparison.together = difference;
    comparison.terms = terms;
    for (auto* totals : {&comparison.a_totals, &comparison.b_totals})
        totals->pot = totals->reserve = totals->covered = totals->undivided = totals->mono = most;
    return comparison;
}

TEST(ComparisonScreen, ItsTablesFitAScreen) {
    for (const bool same_care : {true, false}) {
        std::istringstream lines(comparison_screen(large(same_care), texts::Texts::dutch()));
        std::size_t rows = 0;
        for (std::string line; std::getline(lines, line);) {
            if (!line.starts_with("  ")) continue;
            EXPECT_LE(width_of(line), 120U) << line;
            for (const char* touching : {",99-", ",99+", "%-", "%+"})
                EXPECT_EQ(line.find(touching), std::string::npos) << line;
            ++rows;
        }
        EXPECT_GT(rows, 30U);
    }
}

TEST(ComparisonScreen, SaysHowSureADifferenceIs) {
    const std::string text = comparison_screen(large(true), texts::Texts::dutch());
    EXPECT_NE(text.find(" -99.999.999,99  -100,0% -99.999.999,99 +99.999.999,99   99,9%"), std::string::npos)
        << text;
    EXPECT_NE(text.find("te weinig zwangerschappen"), std::string::npos);
    EXPECT_NE(text.find("in elke herbemonstering gelijk"), std::string::npos);
    const std::string other = comparison_screen(large(false), texts::Texts::dutch());
    EXPECT_EQ(other.find("99,9%"), std::string::npos);
}

}  // namespace
}  // namespace bundel::cli
