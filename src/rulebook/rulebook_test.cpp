#include "rulebook/rulebook.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "support/rulebook_files.h"
#include "support/small_rulebook.h"

namespace bundel::rulebook {
namespace {

using values::Cents;
using values::Date;
using values::PerformanceCode;
using values::Ratio;

const PerformanceCode full = PerformanceCode::of(32, "1001");
const PerformanceCode prenatal = PerformanceCode::of(32, "1101");

TEST(Rulebook, RegimeOnBothSidesOfItsBorders) {
    const Rulebook book = testing::load_rulebook();
    struct Row {
        Date day;
        const char* id;
    };
    const Row rows[] = {{Date::of(2017, 1, 1), "2017"},
                        {Date::of(2022, 12, 31), "2017"},
                        {Date::of(2023, 1, 1), "2023"},
                        {Date::far_future(), "2023"}};
    for (const Row& row : rows) {
        const auto regime = book.regime_on(row.day);
        ASSERT_TRUE(regime.ok()) << row.day.iso();
        EXPECT_EQ((*regime)->id.view(), row.id) << row.day.iso();
    }
    EXPECT_EQ(testing::as_text(book.regime_on(Date::of(2016, 12, 31)).error()),
              "rulebook_value_missing file=regimes/ key=regime date=2016-12-31");
}

TEST(Rulebook, TariffOnBothSidesOfItsBorders) {
    const Rulebook book = testing::load_rulebook(small_book());
    struct Row {
        Date day;
        Cents amount;
        Status status;
    };
    const Row rows[] = {{Date::of(2020, 1, 1), Cents::of(487'05), Status::verified},
                        {Date::of(2020, 12, 31), Cents::of(487'05), Status::verified},
                        {Date::of(2021, 1, 1), Cents::of(500'00), Status::example}};
    for (const Row& row : rows) {
        const auto tariff = book.tariff_on(prenatal, row.day);
        ASSERT_TRUE(tariff.ok()) << row.day.iso();
        EXPECT_EQ((*tariff)->amount, row.amount) << row.day.iso();
        EXPECT_EQ((*tariff)->status, row.status) << row.day.iso();
        EXPECT_EQ(book.values()[(*tariff)->id].key, "tariff.032:1101");
    }
    EXPECT_EQ(testing::as_text(book.tariff_on(prenatal, Date::of(2019, 12, 31)).error()),
              "rulebook_value_missing file=tariffs/ key=tariff.032:1101 date=2019-12-31");
    const auto other = PerformanceCode::of(32, "1102");
    EXPECT_TRUE(book.tariff_on(other, Date::of(2020, 12, 31)).ok());
    EXPECT_FALSE(book.tariff_on(other, Date::of(2021, 1, 1)).ok());
    EXPECT_FALSE(book.tariff_on(PerformanceCode::of(33, "1101"), Date::of(2020, 1, 1)).ok());
}

TEST(Rulebook, ScopeOnBothSidesOfItsBorders) {
    const Rulebook book = testing::load_rulebook(small_book());
    const Regime& regime = book.regimes().front();
    struct Row {
        Date day;
        const char* source;
    };
    const Row rows[] = {{Date::of(1, 1, 1), "a"},      {Date::of(2020, 6, 30), "a"},
                        {Date::of(2020, 7, 1), ""},    {Date::of(2020, 7, 2), "b"},
                        {Date::of(2020, 12, 31), "b"}, {Date::of(2021, 1, 1), ""}};
    for (const Row& row : rows) {
        const Scope* scope = regime.scope_on(prenatal, row.day);
        EXPECT_EQ(scope == nullptr ? "" : book.values()[scope->id].source, row.source) << row.day.iso();
    }
    EXPECT_EQ(regime.scope_on(PerformanceCode::of(32, "1100"), Date::of(2020, 1, 1)), nullptr);
    EXPECT_EQ(regime.scope_on(PerformanceCode::of(32, "9999"), Date::of(2020, 1, 1)), nullptr);
    const Scope* whole = regime.scope_on(full, Date::far_future());
    ASSERT_NE(whole, nullptr);
    EXPECT_EQ(whole->placement, Placement::split);
    EXPECT_EQ(whole->split, (std::array{Ratio::of(1, 6), Ratio::of(1, 3), Ratio::of(1, 2)}));
}

TEST(Rulebook, DivisionOnBothSidesOfItsBorders) {
    const Rulebook book = testing::load_rulebook(small_book());
    EXPECT_FALSE(book.division_on(Date::of(2019, 12, 31)).ok());
    EXPECT_TRUE(book.division_on(Date::of(2020, 1, 1)).ok());
    EXPECT_EQ(testing::as_text(book.division_on(Date::of(2021, 1, 1)).error()),
              "rulebook_value_missing file=division/ key=division date=2021-01-01");
    const auto model = book.division_on(Date::of(2020, 12, 31));
    ASSERT_TRUE(model.ok());
    const auto& steps = (*model)->model.steps;
    ASSERT_EQ(steps.size(), 3U);
    EXPECT_EQ(std::get<distribution::ReserveRule>(steps[0].rule).part, Ratio::of(1, 50));
    const auto& key = std::get<distribution::SplitRule>(steps[1].rule);
    EXPECT_EQ(key.rounding, values::Rounding::half_even);
    EXPECT_EQ(std::get<distribution::ByKey>(key.split.by).weights,
              (distribution::Key{{values::AgbCode::of(8000101), 50}, {values::AgbCode::of(8000102), 25}}));
    const auto& rest = std::get<distribution::SplitRule>(steps[2].rule);
    EXPECT_EQ(rest.part, Ratio::of(1, 1));
    EXPECT_EQ(std::get<distribution::ByActivity>(rest.split.by).side, distribution::Side::net);
    EXPECT_EQ(steps[2].vat, distribution::Vat::exempt);
}

TEST(Rulebook, EveryWordOfARegimeIsRead) {
    const Rulebook book = testing::load_rulebook(small_book());
    const Regime& regime = book.regimes().front();
    EXPECT_EQ(book.regime_day().value, ReferenceDay::birth);
    EXPECT_EQ(regime.break_extent.value, BreakExtent::phase);
    EXPECT_EQ(regime.spanning_line.value, SpanningLine::couple_to_mono);
    EXPECT_EQ(regime.left_early.value, LeftEarly::ask);
    EXPECT_EQ(regime.no_contract.value, NoContract::mono);
    EXPECT_EQ(regime.no_contract.status, Status::provisional);
    EXPECT_EQ(regime.birth_day.value, BirthDayRule::natal);
    EXPECT_EQ(regime.postnatal_days.value, 42);
    EXPECT_EQ(regime.hold_days[0].value, 30);
    EXPECT_EQ(regime.hold_days[1].value, 31);
    EXPECT_EQ(regime.hold_days[2].value, 32);
    EXPECT_EQ(regime.insurer_day.value, ReferenceDay::phase_start);
    EXPECT_EQ(regime.contract_day.value, ReferenceDay::phase_end);
    EXPECT_EQ(regime.tariff_day.value, ReferenceDay::first_activity);
    EXPECT_EQ(regime.membership_day.value, ReferenceDay::pregnancy_start);
    EXPECT_EQ(book.mono_terms().submit_months.value, 12);
    EXPECT_EQ(book.mono_terms().ask_before_days.value, 45);
    EXPECT_EQ(book.mono_terms().answer_term_days.value, 33);
    EXPECT_EQ(book.payout_terms().least.value, values::Cents::of(25'00));
    EXPECT_EQ(book.payout_terms().file.value, PaymentFile::pain_001_09);
    EXPECT_EQ(book.payout_terms().wait_days.value, 7);
    EXPECT_EQ(book.work_terms().sort_pregnancy.value, 14);
    EXPECT_EQ(book.work_terms().minutes_of("line_person_unknown"), 16);
    EXPECT_EQ(book.work_terms().minutes_of("delivery_numbers_missing"), 21);
    EXPECT_EQ(book.work_terms().minutes_of("delivery_month_low"), 22);
    EXPECT_EQ(book.work_terms().minutes_of("something_else"), 9);
    EXPECT_EQ(book.accrual_terms().least_history.value, 12);
    EXPECT_EQ(book.accrual_terms().history_days.value, 730);
    const auto& complete = book.accrual_terms().complete_after_days;
    EXPECT_EQ(complete.midwife.value, 120);
    EXPECT_EQ(complete.hospital.value, 300);
    EXPECT_EQ(complete.kraamzorg.value, 121);
    EXPECT_EQ(complete.other.value, 301);
    EXPECT_EQ(book.values()[regime.birth_day.id].key, "phases.birth_day");
    EXPECT_EQ(book.values()[regime.birth_day.id].text, "natal");
    ASSERT_EQ(regime.performances.size(), 3U);
    EXPECT_EQ(regime.performances[0].id.view(), "place");  // pays no phase
    EXPECT_FALSE(regime.performances[0].derivable);
    EXPECT_EQ(regime.performances[1].id.view(), "loss");
    EXPECT_TRUE(regime.performances[1].derivable);
}

TEST(Rulebook, ReturnCodesHaveTheirMeaning) {
    const Rulebook book = testing::load_rulebook(small_book());
    ASSERT_NE(book.return_code("0587"), nullptr);
    EXPECT_TRUE(book.return_code("0587")->outside_care);
    EXPECT_EQ(book.return_code("0587")->repair, "repair_0587");
    EXPECT_EQ(book.return_code("0587")->severity, 'D');
    EXPECT_EQ(book.return_code("8017")->on_credit, ReturnCode::Credit::no_debit_known);
    EXPECT_FALSE(book.return_code("8017")->outside_care);
    EXPECT_EQ(book.return_code("8176")->severity, ' ');
    EXPECT_EQ(book.return_code("8018"), nullptr);
    EXPECT_EQ(book.return_code(""), nullptr);
}

TEST(Rulebook, TheDigestIsOfEveryByteThatIsRead) {
    const Files files = small_book();
    const auto digest = testing::load_rulebook(files).digest();
    std::set<base::Digest> digests{digest};
    for (const auto& [file, content] : files) {
        Files changed = files;
        changed[file] += file.ends_with(".toml") ? "#\n" : "\n";
        digests.insert(testing::load_rulebook(changed).digest());
    }
    Files renamed = files;
    renamed["tariffs/u.toml"] = renamed["tariffs/t.toml"];
    renamed.erase("tariffs/t.toml");
    digests.insert(testing::load_rulebook(renamed).digest());
    EXPECT_EQ(digests.size(), files.size() + 2);
    Files with_layout = files;
    with_layout["layouts/x.json"] = "{}";
    EXPECT_EQ(testing::load_rulebook(with_layout).digest(), digest);
}

TEST(Rulebook, TheOrderOfFilesAndRowsDoesNotMatter) {
    Files files = small_book();
    const std::string rows = files["tariffs/t.toml"];
    const auto second = rows.find("[[tariff]]", 1);
    files["tariffs/a.toml"] = rows.substr(second);
    files["tariffs/t.toml"] = rows.substr(0, second);
    const Rulebook one = testing::load_rulebook(small_book());
    const Rulebook two = testing::load_rulebook(files);
    for (const Date day : {Date::of(2019, 12, 31), Date::of(2020, 12, 31), Date::of(2021, 1, 1)}) {
        const auto expected = one.tariff_on(prenatal, day);
        const auto found = two.tariff_on(prenatal, day);
        ASSERT_EQ(found.ok(), expected.ok()) << day.iso();
        if (!found.ok()) continue;
        EXPECT_EQ((*found)->amount, (*expected)->amount) << day.iso();
    }
}

// The rulebook of this repository.

const Rulebook& book() {
    static const Rulebook loaded = testing::load_rulebook();
    return loaded;
}

TEST(OurRulebook, ScopeOnIsWhatALinearSearchFinds) {
    std::size_t found = 0;
    for (const Regime& regime : book().regimes()) {
        for (const Scope& row : regime.scopes) {
            for (const Date border : {row.period.first, row.period.last, Date::of(2020, 5, 5)}) {
                for (const int shift : {-1, 0, 1}) {
                    const Date day = border.plus_days(shift);
                    const auto linear = std::ranges::find_if(regime.scopes, [&](const Scope& other) {
                        return other.performance == row.performance && other.period.contains(day);
                    });
                    const Scope* expected = linear == regime.scopes.end() ? nullptr : &*linear;
                    ASSERT_EQ(regime.scope_on(row.performance, day), expected)
                        << row.performance.str() << day.iso();
                    found += expected != nullptr;
                }
            }
        }
    }
    EXPECT_GT(found, 500U);
}

TEST(OurRulebook, EveryTariffedMidwifeCodeIsInScopeOnEveryDay) {
    for (const ValueInfo& value : book().values()) {
        if (!value.key.starts_with("tariff.032:")) continue;
        const auto performance = PerformanceCode::parse(value.key.substr(7));
        ASSERT_TRUE(performance.ok());
        for (const Regime& regime : book().regimes()) {
            for (Date day = Date::of(2016, 1, 1); day < Date::of(2027, 1, 1); day = day.plus_days(1)) {
                const Scope* scope = regime.scope_on(*performance, day);
                ASSERT_NE(scope, nullptr) << value.key << " " << day.iso();
                ASSERT_EQ(scope->disposition, Disposition::in_scope) << value.key;
            }
        }
    }
}

TEST(OurRulebook, TheSplitOfAFullPerformanceIsThatOfThePartTariffsOf2017) {
    struct Row {
        const char* whole;
        std::array<const char*, 3> parts;
    };
    const Row rows[] = {{"1001", {"1101", "1102", "1103"}}, {"1011", {"1111", "1112", "1113"}}};
    const Date day = Date::of(2017, 12, 31);
    for (const Row& row : rows) {
        const auto whole = book().tariff_on(PerformanceCode::of(32, row.whole), day);
        const Scope* scope = book().regimes().front().scope_on(PerformanceCode::of(32, row.whole), day);
        ASSERT_TRUE(whole.ok() && scope != nullptr);
        Cents sum;
        for (std::size_t i = 0; i < 3; ++i) {
            const auto part = book().tariff_on(PerformanceCode::of(32, row.parts[i]), day);
            ASSERT_TRUE(part.ok());
            EXPECT_EQ(scope->split[i], Ratio::of((*part)->amount.count(), (*whole)->amount.count()))
                << row.parts[i];
            sum += (*part)->amount;
        }
        EXPECT_EQ(sum, (*whole)->amount) << row.whole;
    }
}

TEST(OurRulebook, NineAndEightPerformancesOfWhichNoCodeIsReal) {
    ASSERT_EQ(book().regimes().size(), 2U);
    EXPECT_EQ(book().regimes()[0].performances.size(), 9U);
    EXPECT_EQ(book().regimes()[1].performances.size(), 8U);
    for (const Regime& regime : book().regimes()) {
        std::set<PhaseKind> phases;
        for (const Performance& performance : regime.performances) {
            EXPECT_EQ(performance.code.list, 69) << performance.name;
            EXPECT_EQ(performance.status, Status::example) << performance.name;
            EXPECT_EQ(performance.derivable, !performance.name.ends_with("(naam niet gevonden)"));
            for (const PhaseKind kind : values::all_phases) {
                if (performance.derivable && performance.phases.contains(kind)) phases.insert(kind);
            }
        }
        EXPECT_EQ(phases.size(), 3U);
    }
    EXPECT_TRUE(book().regimes()[0].overlap_blocks.value);
    EXPECT_FALSE(book().regimes()[0].live_allowed);
    EXPECT_FALSE(book().regimes()[1].overlap_blocks.value);
    EXPECT_TRUE(book().regimes()[1].live_allowed);
}

TEST(OurRulebook, EveryDispositionAndPlacementCanBeSeen) {
    std::set<Disposition> dispositions;
    std::set<Placement> placements;
    for (const Regime& regime : book().regimes()) {
        for (const Scope& scope : regime.scopes) {
            dispositions.insert(scope.disposition);
            if (scope.disposition == Disposition::in_scope) placements.insert(scope.placement);
        }
    }
    EXPECT_EQ(dispositions.size(), 7U);
    EXPECT_EQ(placements.size(), 6U);
}

TEST(OurRulebook, TheStateTakesOverTheTwentyWeekScanIn2024) {
    const Regime& regime = book().regimes()[1];
    for (const char* code : {"SEO20", "9905"}) {
        const auto scan = PerformanceCode::of(999, code);
        EXPECT_EQ(regime.scope_on(scan, Date::of(2023, 12, 31))->disposition, Disposition::in_scope);
        EXPECT_EQ(regime.scope_on(scan, Date::of(2024, 1, 1))->disposition, Disposition::state);
    }
}

TEST(OurRulebook, EveryRepairHasASentence) {
    std::stringstream texts;
    texts << std::ifstream(BUNDEL_SOURCE_DIR "/texts.d/rulebook.json").rdbuf();
    std::size_t repairs = 0;
    for (int code = 0; code < 10'000; ++code) {
        const std::string digits = base::zero_padded(code, 4);
        const ReturnCode* found = book().return_code(digits);
        const bool sentence = texts.str().find("\"repair_" + digits + "\"") != std::string::npos;
        const bool repair = found != nullptr && !found->repair.empty();
        EXPECT_EQ(sentence, repair) << digits;
        EXPECT_EQ(repair ? found->repair : "repair_" + digits, "repair_" + digits);
        repairs += repair;
    }
    EXPECT_GE(repairs, 25U);
    for (const char* credit : {"8017", "8084", "0651"}) {
        EXPECT_NE(book().return_code(credit)->on_credit, ReturnCode::Credit::rejected) << credit;
    }
}

}  // namespace
}  // namespace bundel::rulebook
