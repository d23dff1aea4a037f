// What a phase is paid by: catalogues of another shape, contracts for a part of one, prices without a
// contract.
#include <gtest/gtest.h>

#include <deque>

#include "claim/case.h"
#include "support/case_builder.h"

namespace bundel::claim {
namespace {

using namespace bundel::testing;
using selection::PhaseDecision;
using selection::Route;
using testing::Region;
using testing::Woman;
using values::PhaseKind;

Case assessed(const Woman& woman, const Region& region, const rulebook::Rulebook& book,
              std::string_view as_of) {
    static std::deque<facts::Agreements> kept;  // a case points into what was known
    kept.push_back(facts::known_on(region.agreements, day(as_of)));
    auto made = assess_known(facts::known_on(woman.facts, day(as_of)), kept.back(), book, day(as_of));
    EXPECT_TRUE(made.ok()) << (made.ok() ? "" : as_text(made.error()));
    return std::move(made).value();
}

// Every claim of a bundle: "birth_complex pn 2024-06-01..2024-07-13 1490,00".
std::string bundles(const Case& made) {
    std::string text;
    for (const Ought& ought : made.oughts) {
        if (ought.kind != Kind::integrated) continue;
        text += (text.empty() ? "" : "; ") + ought.performance.str() + " ";
        for (const PhaseKind kind : values::all_phases) {
            if (ought.phases.contains(kind)) text += "vnk"[static_cast<std::size_t>(kind)];
        }
        text += " " + ought.care.first.iso() + ".." + ought.care.last.iso() + " " + ought.amount.euros();
    }
    return text;
}

std::string routes(const Case& made) {
    static constexpr const char* kinds[] = {"integrated", "mono", "hold", "ask"};
    std::string text;
    for (const PhaseDecision& decision : made.selection.phases)
        text += (text.empty() ? "" : "; ") +
                std::string(kinds[static_cast<std::size_t>(decision.route.kind)]) + " " +
                decision.route.reason;
    return text;
}

const rulebook::Rulebook& second() {
    static const rulebook::Rulebook book = load_rulebook(second_catalogue_files());
    return book;
}

// The contract with insurer 9101 in the ids of the second catalogue.
Region second_region() {
    Region made = region();
    auto& contract = made.contract_2023();
    contract.prices.clear();
    const auto price = [&](std::string_view id, std::int64_t cents) {
        contract.prices.push_back({base::FixedText<32>::of(id), contract.period, values::Cents::of(cents)});
    };
    price("birth", 1070'00);
    price("birth_complex", 1470'00);
    price("loss_24", 250'00);
    price("pregnancy", 700'00);
    price("pregnancy_complex", 1100'00);
    return made;
}

TEST(SecondCatalogue, ByWeightAndWithPhasesTogether) {
    struct Row {
        const char* why;
        Woman woman;
        const char* expected;
    };
    const Row rows[] = {
        {"ordinary", all_inside(),
         "069:990102 v 2023-10-20..2024-05-31 700,00; 069:990104 nk 2024-06-01..2024-07-13 1.070,00"},
        {"twins are complex",
         [] {
             Woman woman;
             woman.enrolled(midwives, "2023-10-20", "2024-06-01").born("2024-06-01", 2);
             return woman.line(midwives, "V-1", "032:1001", "2023-10-20", 1310'75, "2024-06-30");
         }(),
         "069:990103 v 2023-10-20..2024-05-31 1.100,00; 069:990105 nk 2024-06-01..2024-07-13 1.470,00"},
        {"an assisted birth is complex",
         all_inside().line(hospital, "Z-1", "999:DBCPAR", "2024-06-01", 900'00).did("037751", "2024-06-01"),
         "069:990103 v 2023-10-20..2024-05-31 1.100,00; 069:990105 nk 2024-06-01..2024-07-13 1.470,00"},
        {"a spontaneous one is not",
         all_inside().line(hospital, "Z-1", "999:DBCPAR", "2024-06-01", 900'00).did("037611", "2024-06-01"),
         "069:990102 v 2023-10-20..2024-05-31 700,00; 069:990104 nk 2024-06-01..2024-07-13 1.070,00"},
        {"lost at 23+6: before 24 weeks",
         Woman()
             .enrolled(midwives, "2023-10-20", "2024-06-01")
             .ended(facts::Outcome::miscarriage, "2024-02-09")
             .line(midwives, "V-1", "032:1101", "2023-10-20", 487'05),
         "069:990101 v 2023-10-20..2024-02-09 250,00"},
        {"lost at 24+0: not",
         Woman()
             .enrolled(midwives, "2023-10-20", "2024-06-01")
             .ended(facts::Outcome::miscarriage, "2024-02-10")
             .line(midwives, "V-1", "032:1101", "2023-10-20", 487'05),
         "069:990102 v 2023-10-20..2024-02-10 700,00"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        EXPECT_EQ(bundles(assessed(row.woman, second_region(), second(), "2024-10-01")), row.expected);
    }
}

TEST(SecondCatalogue, PhasesThatArePaidTogetherGoOneWay) {
    // Free after the wait: prenatal on 2024-07-01, natal on 2024-07-02, postnatal on 2024-08-13.
    const auto at = [](const char* as_of) {
        return routes(assessed(all_inside(), second_region(), second(), as_of));
    };
    EXPECT_EQ(at("2024-07-02"),
              "integrated all_care_inside; hold waits_for_other_phase; hold phase_not_ended");
    EXPECT_EQ(at("2024-08-12"),
              "integrated all_care_inside; hold waits_for_other_phase; hold wait_for_outside_care");
    EXPECT_EQ(at("2024-08-13"),
              "integrated all_care_inside; integrated all_care_inside; integrated all_care_inside");

    Region broken = second_region();
    broken.contract_2023().overlap = values::OverlapPolicy::fall_back;
    broken.contract_2023().break_extent = values::BreakExtent::phase;
    EXPECT_EQ(routes(assessed(all_inside().care_outside("2024-06-20"), broken, second(), "2024-10-01")),
              "integrated all_care_inside; mono coupled_by_performance; mono broken_by_outside_care");
}

TEST(SecondCatalogue, DeductionsOfBothPhasesGoOffOnePrice) {
    Region deducts = second_region();
    deducts.contract_2023().overlap = values::OverlapPolicy::deduct_actual;
    const auto with = [&](std::int64_t natal, std::int64_t postnatal) {
        const Woman woman =
            all_inside().care_outside("2024-06-01", natal).care_outside("2024-06-20", postnatal);
        return assessed(woman, deducts, second(), "2024-10-01");
    };
    EXPECT_EQ(bundles(with(100'00, 50'25)),
              "069:990102 v 2023-10-20..2024-05-31 700,00; 069:990104 nk 2024-06-01..2024-07-13 919,75");
    EXPECT_EQ(bundles(with(1000'00, 70'00)),
              "069:990102 v 2023-10-20..2024-05-31 700,00; 069:990104 nk 2024-06-01..2024-07-13 0,00");
    EXPECT_EQ(routes(with(1000'00, 70'01)),
              "integrated all_care_inside; ask deduction_above_price; ask deduction_above_price");
}

// The insurer, the contract and the price of what is paid together are those of its first phase.
TEST(SecondCatalogue, TheFirstPhaseDecidesTheDays) {
    Woman woman;
    woman.enrolled(midwives, "2023-05-20", "2023-12-31").born("2023-12-31");
    woman.line(midwives, "V-1", "032:1001", "2023-05-20", 1310'75, "2024-01-30");
    woman.insured(insurer, {day("2023-01-01"), day("2023-12-31")});
    woman.insured(other_insurer, {day("2024-01-01"), day("2024-12-31")});
    EXPECT_EQ(bundles(assessed(woman, second_region(), second(), "2024-10-01")),
              "069:990102 v 2023-05-20..2023-12-30 700,00; 069:990104 nk 2023-12-31..2024-02-11 1.070,00");
}

TEST(HybridContract, PaysOnlyWhatItNames) {
    Region hybrid = region();
    hybrid.contract_2023().performances = {base::FixedText<32>::of("natal")};
    EXPECT_EQ(routes(assessed(all_inside(), hybrid, real_rulebook(), "2024-06-10")),
              "mono performance_not_contracted; hold wait_for_outside_care; mono performance_not_contracted");
    EXPECT_EQ(routes(assessed(all_inside(), hybrid, real_rulebook(), "2024-10-01")),
              "mono performance_not_contracted; integrated all_care_inside; mono performance_not_contracted");
}

// Of the performances of one phase only the one for the lighter care is contracted.
TEST(HybridContract, TheWeightMayFallOutside) {
    Region hybrid = second_region();
    for (const char* id : {"birth", "loss_24", "pregnancy"})
        hybrid.contract_2023().performances.push_back(base::FixedText<32>::of(id));
    EXPECT_EQ(routes(assessed(all_inside(), hybrid, second(), "2024-10-01")),
              "integrated all_care_inside; integrated all_care_inside; integrated all_care_inside");
    Woman twins;
    twins.enrolled(midwives, "2023-10-20", "2024-06-01").born("2024-06-01", 2);
    twins.line(midwives, "V-1", "032:1001", "2023-10-20", 1310'75, "2024-06-30");
    EXPECT_EQ(
        routes(assessed(twins, hybrid, second(), "2024-10-01")),
        "mono performance_not_contracted; mono performance_not_contracted; mono performance_not_contracted");
}

TEST(NoContract, EveryWayOfTheRegime) {
    const auto book = [](const char* word) {
        return changed_rulebook("regimes/2023.toml", "no_contract = { value = \"mono\"",
                                std::string("no_contract = { value = \"") + word + "\"");
    };
    Woman woman = all_inside();
    woman.last_line().insurer = other_insurer;
    const auto ways = [&](const Region& where, const rulebook::Rulebook& by) {
        const std::string all = routes(assessed(woman, where, by, "2024-10-01"));
        return all.substr(0, all.find(';'));
    };
    EXPECT_EQ(ways(region(), book("mono")), "mono contract_none");
    EXPECT_EQ(ways(region(), book("ask")), "ask contract_none");
    const auto own_prices = book("integrated");
    EXPECT_EQ(ways(region(), own_prices), "ask price_list_none");
    Region with_list = region();
    facts::Contract list = contract("2023");
    list.key = key_of("passanten");
    list.labels.clear();
    list.uncontracted = true;
    list.prices.front().amount = values::Cents::of(999'00);
    with_list.with(list);
    EXPECT_EQ(ways(with_list, own_prices), "integrated all_care_inside");
    EXPECT_EQ(ways(with_list, book("mono")), "mono contract_none");
    list.key = key_of("passanten-2");
    with_list.with(list);
    EXPECT_EQ(ways(with_list, own_prices), "ask price_list_ambiguous");
}

// A refusal, the insurer's file and the line itself may all tell of the same care.
TEST(OutsideCare, CountsOnceHoweverItIsTold) {
    Region deducts = region();
    deducts.contract_2023().overlap = values::OverlapPolicy::deduct_actual;
    const auto prenatal = [&](const Woman& woman) {
        const Case made = assessed(woman, deducts, real_rulebook(), "2024-10-01");
        const Route& route = made.selection.phases.front().route;
        return std::string(route.reason) + " " + route.deducted.euros();
    };
    const auto refused = [](Woman woman) {
        woman.care_outside("2024-01-10");
        woman.facts.outside.back().fact.source = facts::OutsideSource::return_code;
        return woman;
    };
    const auto line = [] { return all_inside().line(outsider, "B-1", "032:9019", "2024-01-10", 80'00); };
    const auto file = [](Woman woman, values::AgbCode who) {
        woman.care_outside("2024-01-10", 80'00);
        woman.facts.outside.back().fact.declarant = who;
        return woman;
    };
    EXPECT_EQ(prenatal(line()), "outside_care_settled 80,00");
    EXPECT_EQ(prenatal(file(all_inside(), outsider)), "outside_care_settled 80,00");
    EXPECT_EQ(prenatal(refused(all_inside())), "outside_amount_unknown 0,00");
    EXPECT_EQ(prenatal(refused(line())), "outside_care_settled 80,00");
    EXPECT_EQ(prenatal(refused(file(all_inside(), outsider))), "outside_care_settled 80,00");
    EXPECT_EQ(prenatal(file(line(), outsider)), "outside_care_settled 80,00");
    EXPECT_EQ(prenatal(file(line(), hospital)), "outside_care_settled 160,00");
}

}  // namespace
}  // namespace bundel::claim
