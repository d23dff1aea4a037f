// Contract ceilings with a forecast, and the yearly true-up.
#include <gtest/gtest.h>

#include "engine/ceilings.h"
#include "office.h"

namespace bundel::testing {
namespace {

using engine::Ceiling;
using engine::Volume;
using values::Cents;

constexpr std::string_view contract_key = "9101-2023";

// Prenatal from 20 October 2023, born on 1 June 2024; everything is known on 1 July 2024.
Woman in_care(std::string_view enrolled = "2023-10-20", std::string_view due = "2024-06-01") {
    Woman woman;
    woman.heard_on(enrolled).enrolled(midwives, enrolled, due);
    woman.insured(insurer, Period::from(day("2023-01-01")));
    return woman;
}

std::map<int, Ceiling> by_year(Office& office, std::string_view as_of) {
    std::map<int, Ceiling> found;
    for (const Ceiling& one : must(engine::ceilings(office.world, day(as_of)))) {
        if (one.contract == contract_key) found[one.year] = one;
    }
    return found;
}

void keep_claim(Office& office, std::string_view reference, std::string_view first, std::int64_t cents,
                claim::State state = claim::State::sent, std::int64_t granted = 0) {
    claim::Sent claim;
    claim.reference = values::Reference::of(reference);
    claim.person = {9, 9};
    claim.declarant = igo;
    claim.insurer = insurer;
    claim.performance = performance("069:E01");
    claim.contract = base::FixedText<40>::of(contract_key);
    claim.care = {day(first), day(first)};
    claim.amount = Cents::of(cents);
    claim.as_of = day(first);
    must(office.world.store.add_claim(claim));
    claim.state = state;
    claim.granted = Cents::of(granted);
    must(office.world.store.set_claim(claim, day(first), {}));
}

TEST(Ceilings, CountWhatStandsByTheYearOfItsFirstDay) {
    Office office(region());
    keep_claim(office, "A", "2023-12-31", 700'00);
    keep_claim(office, "B", "2024-01-01", 700'00);
    keep_claim(office, "C", "2024-12-31", 700'00, claim::State::approved_other_amount, 650'00);
    keep_claim(office, "D", "2024-06-01", 700'00, claim::State::rejected);
    keep_claim(office, "E", "2025-01-01", 700'00, claim::State::approved, 700'00);
    const auto years = by_year(office, "2026-03-01");
    ASSERT_EQ(years.size(), 4U);
    EXPECT_EQ(years.at(2023).claimed, (Volume{1, Cents::of(700'00)}));
    EXPECT_EQ(years.at(2024).claimed, (Volume{2, Cents::of(1350'00)}));
    EXPECT_EQ(years.at(2025).claimed, (Volume{1, Cents::of(700'00)}));
    EXPECT_EQ(years.at(2026).claimed, Volume{});
}

TEST(Ceilings, KnowWhatIsStillToCome) {
    Office office(region());
    office.add(in_care());
    office.assess("2023-11-01");
    const auto years = by_year(office, "2023-11-01");
    // Prenatal care began in 2023; birth and what follows are expected in 2024.
    EXPECT_EQ(years.at(2023).coming, (Volume{1, Cents::of(700'00)}));
    EXPECT_EQ(years.at(2024).coming, (Volume{2, Cents::of(770'00 + 430'00)}));
    EXPECT_EQ(years.at(2024).unpriced, 0);
    EXPECT_EQ(years.at(2023).claimed, Volume{});
}

TEST(Ceilings, WithoutAPriceThereIsACountAndNoEuros) {
    Region unpriced = region();
    std::erase_if(unpriced.contract_2023().prices,
                  [](const auto& price) { return price.performance.view() == "natal"; });
    Office office(unpriced);
    office.add(in_care());
    office.assess("2023-11-01");
    const auto years = by_year(office, "2023-11-01");
    EXPECT_EQ(years.at(2024).coming, (Volume{2, Cents::of(430'00)}));
    EXPECT_EQ(years.at(2024).unpriced, 1);
}

// What goes mono, or waits for its insurer, is not under the contract; nor is a later phase of it.
TEST(Ceilings, OnlyWhatGoesOnUnderTheContractIsToCome) {
    Region falls_back = region();
    falls_back.contract_2023().overlap = values::OverlapPolicy::fall_back;
    Office office(falls_back);
    Woman broken = in_care();
    broken.care_outside("2023-10-25");
    office.add(broken);
    Woman elsewhere;
    elsewhere.heard_on("2023-10-20").enrolled(midwives, "2023-10-20", "2024-06-01");
    elsewhere.insured(other_insurer, Period::from(day("2023-01-01")));
    office.add(elsewhere);
    office.assess("2023-11-01");
    const auto years = by_year(office, "2023-11-01");
    EXPECT_EQ(years.at(2023).coming, Volume{});
    EXPECT_FALSE(years.contains(2024));
}

// By hand: 6 claims of 100,00 in the twelve months before July 2024 are one in two months; from July on six
// months of 2024 are left: three, of which one is known.
TEST(Ceilings, ForecastInProportionToTheInflowOfAYear) {
    Office office(region());
    for (const char* month :
         {"2023-07-15", "2023-09-15", "2023-11-15", "2024-01-15", "2024-03-15", "2024-06-30"})
        keep_claim(office, month, month, 100'00);
    keep_claim(office, "too long ago", "2023-06-30", 100'00);
    keep_claim(office, "known", "2024-07-02", 120'00);
    const auto years = by_year(office, "2024-07-10");
    EXPECT_EQ(years.at(2024).claimed, (Volume{4, Cents::of(420'00)}));
    EXPECT_EQ(years.at(2024).beyond, (Volume{2, Cents::of(180'00)}));
    EXPECT_EQ(years.at(2024).expected(), (Volume{6, Cents::of(600'00)}));
    EXPECT_EQ(years.at(2023).beyond, Volume{});  // nothing of it lies ahead
}

TEST(Ceilings, AContractThatJustBeganHasNoInflowYet) {
    Office office(region());
    keep_claim(office, "A", "2023-01-10", 100'00);
    EXPECT_EQ(by_year(office, "2023-01-31").at(2023).beyond, std::nullopt);
    // One month behind, eleven ahead.
    EXPECT_EQ(by_year(office, "2023-02-01").at(2023).beyond, (Volume{11, Cents::of(1100'00)}));
}

TEST(Ceilings, AreAskedAboutWhenReachedOrForecast) {
    struct Row {
        const char* name;
        std::optional<std::int32_t> count;
        std::optional<std::int64_t> cents;
        std::vector<std::string> codes;
        std::int64_t amount;
    };
    const Volume claimed{4, Cents::of(400'00)};
    const Volume coming{1, Cents::of(120'00)};
    const Volume beyond{2, Cents::of(200'00)};  // together 7 and 720,00
    const Row rows[] = {
        {"no ceiling", std::nullopt, std::nullopt, {}, 0},
        {"count: at what is expected", 7, std::nullopt, {}, 0},
        {"count: one below what is expected", 6, std::nullopt, {"ceiling_count_forecast"}, 102'86},
        {"count: at what is claimed", 4, std::nullopt, {"ceiling_count_forecast"}, 308'57},
        {"count: one below what is claimed", 3, std::nullopt, {"ceiling_count_reached"}, 100'00},
        {"amount: at what is expected", std::nullopt, 720'00, {}, 0},
        {"amount: one cent below", std::nullopt, 719'99, {"ceiling_amount_forecast"}, 1},
        {"amount: at what is claimed", std::nullopt, 400'00, {"ceiling_amount_forecast"}, 320'00},
        {"amount: one cent below", std::nullopt, 399'99, {"ceiling_amount_reached"}, 1},
        {"both", 3, 399'99, {"ceiling_count_reached", "ceiling_amount_reached"}, 100'00},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        Ceiling ceiling;
        ceiling.contract = contract_key;
        ceiling.year = 2024;
        ceiling.claimed = claimed;
        ceiling.coming = coming;
        ceiling.beyond = beyond;
        ceiling.most_count = row.count;
        if (row.cents) ceiling.most_amount = Cents::of(*row.cents);
        const auto questions = engine::ceiling_questions({ceiling});
        std::vector<std::string> codes;
        for (const auto& question : questions) codes.push_back(question.code);
        EXPECT_EQ(codes, row.codes);
        if (!questions.empty()) {
            EXPECT_EQ(questions.front().amount, Cents::of(row.amount));
        }
    }
}

// A question is of today: the next look replaces it, and it goes when the ceiling is lifted.
TEST(Ceilings, TheQuestionIsReplacedAndGoes) {
    Region tight = region();
    tight.contract_2023().ceiling_count = 1;
    Office office(tight);
    const auto keys = [&] {
        std::vector<std::string> found;
        for (const auto& question : must(office.world.store.questions())) found.push_back(question.key);
        return found;
    };
    must(engine::ask_about_ceilings(office.world, day("2026-03-01")));
    EXPECT_TRUE(keys().empty());
    keep_claim(office, "A", "2024-01-01", 700'00);
    keep_claim(office, "B", "2024-02-01", 700'00);
    for (int i = 0; i < 2; ++i) {
        must(engine::ask_about_ceilings(office.world, day("2026-03-01")));
        EXPECT_EQ(keys(), std::vector<std::string>{"plafond/9101-2023/2024/aantal"});
    }
    must(office.world.store.put_topic("plafond", {}));
    EXPECT_TRUE(keys().empty());
}

// ---- Yearly true-up ----

TEST(Outside, IsCountedByContractAndYearOfThePhase) {
    Region yearly = region();
    yearly.contract_2023().overlap = values::OverlapPolicy::true_up_yearly;
    Office office(yearly);
    Woman woman = in_care();
    woman.heard_on("2024-06-02").born("2024-06-01");
    woman.heard_on("2024-07-10").line(midwives, "V-1", "032:1001", "2023-10-20", 1200'00, "2024-06-30");
    woman.care_outside("2024-01-10", 80'00);  // in the prenatal phase, which began in 2023
    woman.care_outside("2024-02-10");         // the insurer does not say how much
    woman.care_outside("2024-06-10", 55'00);  // after the birth
    office.add(woman);
    office.assess("2025-06-01");
    const auto found = must(engine::outside_by_year(office.world, day("2025-06-01")));
    ASSERT_EQ(found.size(), 2U);
    const auto policy = values::OverlapPolicy::true_up_yearly;
    EXPECT_EQ(found[0], (engine::Outside{"9101-2023", 2023, policy, 1, 2, 1, Cents::of(80'00)}));
    EXPECT_EQ(found[1], (engine::Outside{"9101-2023", 2024, policy, 1, 1, 0, Cents::of(55'00)}));
}

TEST(Outside, OfAPhaseThatIsNotBundledDoesNotCount) {
    Region falls_back = region();
    falls_back.contract_2023().overlap = values::OverlapPolicy::fall_back;
    Office office(falls_back);
    Woman woman = in_care();
    woman.heard_on("2024-06-02").born("2024-06-01");
    woman.heard_on("2024-07-10").line(midwives, "V-1", "032:1001", "2023-10-20", 1200'00, "2024-06-30");
    woman.care_outside("2024-01-10", 80'00);
    office.add(woman);
    office.assess("2025-06-01");
    EXPECT_TRUE(must(engine::outside_by_year(office.world, day("2025-06-01"))).empty());
}

}  // namespace
}  // namespace bundel::testing
