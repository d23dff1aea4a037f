#include "selection/selection.h"

#include <gtest/gtest.h>

#include <functional>

#include "selection/nearest.h"
#include "support/case_builder.h"

namespace bundel::selection {
namespace {

using namespace bundel::testing;
using facts::EnrolmentEnd;
using facts::JudgementKind;
using facts::Outcome;
using testing::Woman;
using values::GestationalAge;
using values::OverlapPolicy;
using values::Payer;
using values::ReferenceDay;

struct Decided {
    pathway::Pathway pathway;
    Selection selection;
};

Decided decided(const Woman& woman, std::string_view as_of, const Region& region = testing::region(),
                const rulebook::Rulebook& book = real_rulebook()) {
    const Date on = day(as_of);
    auto built = pathway::build(facts::known_on(woman.facts, on), book, on);
    EXPECT_TRUE(built.ok()) << (built.ok() ? "" : as_text(built.error()));
    auto selection = decide(*built, facts::known_on(region.agreements, on), book, on);
    EXPECT_TRUE(selection.ok()) << (selection.ok() ? "" : as_text(selection.error()));
    return {std::move(built).value(), std::move(selection).value()};
}

std::string summary(const PhaseDecision& decision) {
    static constexpr const char* kinds[] = {"integrated", "mono", "hold", "ask"};
    std::string text = kinds[static_cast<std::size_t>(decision.route.kind)];
    text += std::string(" ") + decision.route.reason;
    if (decision.route.kind == RouteKind::integrated)
        text += " " + decision.route.performance->id.str() + " " + decision.route.price.euros();
    if (decision.route.until) text += " " + decision.route.until->iso();
    return text;
}

// The decision of one phase of the first pregnancy: "mono contract_none"; "-" when it is not ours.
std::string route(const Decided& decided, PhaseKind phase) {
    for (const PhaseDecision& decision : decided.selection.phases) {
        if (decision.pregnancy == 0 && decision.phase == phase) return summary(decision);
    }
    return "-";
}

// ---- Dispositions ----

std::string dispositions(const Decided& decided) {
    static constexpr const char* words[] = {"in_scope",      "beside",   "state", "bought",
                                            "not_maternity", "included", "ask"};
    std::string text;
    for (const LineDecision& line : decided.selection.lines) {
        text += (text.empty() ? "" : "; ") + std::string(words[static_cast<std::size_t>(line.disposition)]);
        text += std::string(" ") + line.reason + (line.by_member ? " member" : "");
        text += line.outsider ? " outsider" : "";
    }
    return text;
}

TEST(Lines, EveryDispositionAndReason) {
    const auto begun = [] { return Woman().enrolled(midwives, "2023-10-20", "2024-06-01"); };
    const auto with = [&](const char* code, values::AgbCode practice = midwives) {
        return begun().line(practice, "V-1", code, "2024-01-10", 100'00);
    };
    const auto changed = [](Woman woman, const std::function<void(facts::CareLine&)>& change) {
        change(woman.last_line());
        return woman;
    };
    struct Row {
        const char* why;
        Woman woman;
        const char* expected;
    };
    const Row rows[] = {
        {"a member's", with("032:1101"), "in_scope line_in_scope member"},
        {"an outsider's", with("032:1101", outsider), "in_scope line_in_scope outsider"},
        {"a locum with her own code, declared by a member: the declarant counts",
         changed(with("032:1101"), [](auto& line) { line.treating = outsider; }),
         "in_scope line_in_scope member"},
        {"a member who works for a practice outside",
         changed(with("032:1101", outsider), [](auto& line) { line.treating = midwives; }),
         "in_scope line_in_scope outsider"},
        {"beside", with("999:GUO"), "beside line_beside member"},
        {"beside, outside: breaks nothing", with("999:GUO", outsider), "beside line_beside"},
        {"of the state", with("999:SEO13"), "state line_state member"},
        {"in another tariff", with("999:SEO20H"), "included line_included member"},
        {"a DBC of which is not known what was done when",
         begun().line(hospital, "Z-1", "999:DBCZW", "2024-03-01", 1'00, "2024-07-31"),
         "ask line_activities_unknown member"},
        {"bought", with("999:BOUGHT", outsider), "bought line_bought"},
        {"no maternity care", with("999:OTHER"), "not_maternity line_not_maternity member"},
        {"paid by the state, whatever the performance",
         changed(with("032:1101"), [](auto& line) { line.payer = Payer::state; }),
         "state line_payer_state member"},
        {"not in the rulebook", with("032:9999"), "ask line_not_in_rulebook member"},
        {"no pregnancy", Woman().line(midwives, "V-1", "032:1101", "2024-01-10", 1'00),
         "ask line_no_pregnancy member"},
        {"phase unknown",
         begun()
             .ended(Outcome::miscarriage, "2023-12-01")
             .line(midwives, "V-1", "032:1102", "2023-11-01", 1'00),
         "ask line_phase_unknown member"},
        {"spans phases", begun().line(midwives, "V-1", "032:9019", "2024-05-01", 1'00, "2024-06-02"),
         "ask line_spans_phases member"},
        {"possible duplicate", with("032:1101").line(midwives, "V-2", "032:1101", "2024-01-10", 100'00),
         "in_scope line_in_scope member; ask line_possible_duplicate member"},
        {"credit without its debit", changed(with("032:1101"), [](auto& line) { line.credit = true; }),
         "ask line_credit_unmatched member"},
        {"person unknown", changed(with("032:1101"), [](auto& line) { line.person_known = false; }),
         "ask line_person_unknown member"},
        {"credited", with("032:1101").credit("V-2", "V-1"),
         "in_scope line_settled_in_lineage member; in_scope line_settled_in_lineage member"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        EXPECT_EQ(dispositions(decided(row.woman, "2024-09-01")), row.expected);
    }
}

TEST(Lines, ScopeThatAsks) {
    const Woman woman = Woman()
                            .enrolled(midwives, "2022-03-01", "2022-10-01")
                            .line(midwives, "V-1", "999:NIPTHR", "2022-04-01", 100'00);
    EXPECT_EQ(dispositions(decided(woman, "2022-09-01")), "ask line_scope_unclear member");
}

TEST(Lines, MembershipOnItsFirstAndLastDay) {
    // Membership is looked up on the first day of the pregnancy: 2023-08-26.
    const Woman woman = Woman()
                            .enrolled(outsider, "2023-10-20", "2024-06-01")
                            .line(outsider, "V-1", "032:1101", "2024-01-10", 487'05);
    const auto with = [&](const char* first, const char* last) {
        Region region = testing::region();
        region.member(outsider, {day(first), day(last)});
        return dispositions(decided(woman, "2024-09-01", region));
    };
    EXPECT_EQ(with("2023-08-26", "2024-12-31"), "in_scope line_in_scope member");
    EXPECT_EQ(with("2023-08-27", "2024-12-31"), "in_scope line_in_scope outsider");
    EXPECT_EQ(with("2020-01-01", "2023-08-26"), "in_scope line_in_scope member");
    EXPECT_EQ(with("2020-01-01", "2023-08-25"), "in_scope line_in_scope outsider");
}

TEST(Lines, AMembershipThatNobodyVerifiedWeakensLineAndPhase) {
    const Woman woman = Woman()
                            .enrolled(midwives, "2023-10-20", "2024-06-01")
                            .line(midwives, "V-1", "032:1101", "2024-01-10", 487'05);
    const auto steps = [&](values::Status status) {
        Region where = region();
        for (auto& membership : where.agreements.memberships) membership.fact.status = status;
        const Decided made = decided(woman, "2024-09-01", where);
        int count = 0;
        for (const auto& decision : made.selection.phases) {
            for (const auto& note : decision.trail.notes())
                count += std::string_view(note.step) == "membership_unverified" ? 1 : 0;
        }
        EXPECT_EQ(made.selection.lines.front().membership, status);
        return count;
    };
    EXPECT_EQ(steps(values::Status::verified), 0);
    EXPECT_EQ(steps(values::Status::example), 1);
}

// "90,00 17,85 72,15": gross, own payment, net; "?" where it is not known.
std::string own_payment(const Woman& woman, const Region& where = region()) {
    const Decided made = decided(woman, "2025-09-01", where);
    const auto& own = made.selection.lines.front().own_payment;
    if (!own) return "none";
    return own->gross.euros() + " " + (own->amount ? own->amount->euros() : "?") + " " + own->net.euros();
}

TEST(OwnPayments, ByHourAndYear) {
    const auto hours = [](const char* code, int minutes, const char* first, const char* last = "") {
        Woman woman = Woman().enrolled(midwives, "2023-10-20", "2024-06-01").born("2024-06-01");
        woman.line(kraamzorg, "K-1", code, first, 100'00, last);
        woman.last_line().minutes = minutes;
        return woman;
    };
    struct Row {
        const char* why;
        Woman woman;
        const char* expected;
    };
    const Row rows[] = {
        {"three and a half hours in 2024: 3,5 x 5,10", hours("999:KZUUR", 210, "2024-06-02", "2024-06-05"),
         "100,00 17,85 82,15"},
        {"five minutes: 0,425 is rounded half up", hours("999:KZUUR", 5, "2024-06-02"), "100,00 0,43 99,57"},
        {"no time declared", hours("999:KZUUR", 0, "2024-06-02"), "100,00 0,00 100,00"},
        {"the last day of 2023", hours("999:KZUUR", 60, "2023-12-31"), "100,00 4,80 95,20"},
        {"the first day of 2024", hours("999:KZUUR", 60, "2024-01-01"), "100,00 5,10 94,90"},
        {"over the turn of the year", hours("999:KZUUR", 60, "2023-12-31", "2024-01-01"), "100,00 ? 100,00"},
        {"a year that was not found", hours("999:KZUUR", 60, "2025-01-02"), "100,00 ? 100,00"},
        {"partus assistance bears none", hours("999:KZPAU", 60, "2024-06-01"), "none"},
        {"nor does a midwife", hours("032:1103", 60, "2024-06-02"), "none"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        EXPECT_EQ(own_payment(row.woman), row.expected);
    }
    const Woman debit = hours("999:KZUUR", 210, "2024-06-02");
    Woman credited = debit;
    credited.credit("K-2", "K-1");
    const Decided made = decided(credited, "2025-09-01");
    ASSERT_EQ(made.selection.lines.size(), 2U);
    EXPECT_EQ(made.selection.lines[0].own_payment->net + made.selection.lines[1].own_payment->net, Cents());

    Region left_out = region();
    left_out.contract_2023().own_payment = values::OwnPaymentIn::not_declared;
    EXPECT_EQ(own_payment(debit, left_out), "117,85 17,85 100,00");
}

TEST(Lines, MoreOftenThanOncePerPregnancy) {
    Woman woman = Woman().enrolled(midwives, "2023-10-20", "2024-06-01");
    woman.line(kraamzorg, "K-1", "999:KZINT", "2024-03-01", 100'61);
    woman.line(kraamzorg, "K-2", "999:KZITEL", "2024-04-01", 42'44);
    const values::AgbCode other = values::AgbCode::of(33'000'402);
    woman.line(other, "K-1", "999:KZINT", "2024-04-02", 100'61);
    Region both = region();
    both.member(other);
    EXPECT_EQ(dispositions(decided(woman, "2024-09-01", both)),
              "in_scope line_in_scope member; ask line_too_many member; in_scope line_in_scope member");
}

// ---- Routes ----

struct Setting {
    Woman woman = all_inside();
    Region region = testing::region();
    std::string as_of = "2024-07-01";
    PhaseKind phase = PhaseKind::prenatal;
};
using Change = std::function<void(Setting&)>;

void break_from_outside(Setting& s) {
    s.woman.line(outsider, "B-1", "032:9019", "2024-01-10", 80'00);
}
void nobody_insures(Setting& s) {
    for (auto& line : s.woman.facts.lines) line.fact.insurer = values::UzoviCode::none();
}
void no_contract(Setting& s) {
    s.region.agreements.contracts.clear();
}
void fall_back(Setting& s) {
    s.region.contract_2023().overlap = OverlapPolicy::fall_back;
}
void no_price(Setting& s) {
    s.region.contract_2023().prices.clear();
}
void moves(Setting& s) {
    s.woman.facts.outcomes.clear();
    s.woman.left("2024-03-01", EnrolmentEnd::moved);
}
void unfinished(Setting& s) {
    s.woman.facts.outcomes.clear();
}

TEST(Routes, ReasonsByDescendingPrecedence) {
    struct Row {
        const char* why;
        std::vector<Change> changes;
        const char* expected;
    };
    const Row rows[] = {
        {"conflicting due dates beat everything",
         {nobody_insures, fall_back, break_from_outside, no_price,
          [](Setting& s) { s.woman.enrolled(hospital, "2023-11-01", "2024-07-01"); }},
         "ask due_dates_conflict"},
        {"two checks that contradict",
         {break_from_outside, no_contract,
          [](Setting& s) {
              s.woman.insured(insurer, Period::from(day("2023-01-01")));
              s.woman.insured(other_insurer, Period::from(day("2023-01-01")));
          }},
         "ask insurer_contradiction"},
        {"no insurer known beats no contract",
         {nobody_insures, no_contract, moves},
         "hold insurer_unknown 2025-01-15"},
        {"the insurer may show until the day of the question",
         {nobody_insures, no_contract, moves, [](Setting& s) { s.as_of = "2025-01-14"; }},
         "hold insurer_unknown 2025-01-15"},
        {"from that day no insurer is a question",
         {nobody_insures, no_contract, moves, [](Setting& s) { s.as_of = "2025-01-15"; }},
         "ask insurer_unknown"},
        {"no insurer pays beats no contract",
         {no_contract, moves,
          [](Setting& s) { s.woman.insured({}, Period::from(day("2023-01-01")), Payer::asylum); }},
         "mono payer_no_insurer"},
        {"two contracts at once beat what is in them",
         {fall_back, break_from_outside, no_price,
          [](Setting& s) {
              facts::Contract other = s.region.contract_2023();
              other.key = key_of("other");
              s.region.with(other);
          }},
         "ask contract_ambiguous"},
        {"no contract", {no_contract, moves, break_from_outside}, "mono contract_none"},
        {"a contract of another regime",
         {fall_back, break_from_outside, moves, no_price,
          [](Setting& s) { s.region.contract_2023().regime = base::FixedText<16>::of("2017"); }},
         "ask contract_other_regime"},
        {"broken beats left early",
         {fall_back, break_from_outside, moves, no_price},
         "mono broken_by_outside_care"},
        {"actual deduction, amount unknown, beats left early",
         {moves, no_price,
          [](Setting& s) {
              s.region.contract_2023().overlap = OverlapPolicy::deduct_actual;
              s.woman.care_outside("2024-01-10");
          }},
         "ask outside_amount_unknown"},
        {"fixed deduction without an amount beats left early",
         {break_from_outside, moves, no_price,
          [](Setting& s) { s.region.contract_2023().overlap = OverlapPolicy::deduct_fixed; }},
         "ask deduct_fixed_missing"},
        {"left early beats waiting",
         {moves, no_price, [](Setting& s) { s.as_of = "2024-03-01"; }},
         "mono phase_left_early"},
        {"not ended beats the price",
         {unfinished, no_price, [](Setting& s) { s.as_of = "2024-03-01"; }},
         "hold phase_not_ended 2024-07-01"},
        {"no outcome long after the due date beats the price",
         {unfinished, no_price},
         "ask outcome_unknown_question"},
        {"waiting beats the price",
         {no_price, [](Setting& s) { s.as_of = "2024-06-30"; }},
         "hold wait_for_outside_care 2024-07-01"},
        {"no price", {no_price}, "ask price_missing"},
        {"the deduction is above the price",
         {break_from_outside,
          [](Setting& s) {
              s.region.contract_2023().overlap = OverlapPolicy::deduct_fixed;
              s.region.contract_2023().deduct_fixed = Cents::of(700'01);
          }},
         "ask deduction_above_price"},
        {"all care inside", {}, "integrated all_care_inside prenatal 700,00"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        Setting setting;
        for (const Change& change : row.changes) change(setting);
        EXPECT_EQ(route(decided(setting.woman, setting.as_of, setting.region), setting.phase), row.expected);
    }
}

TEST(Routes, CareOutsideByPolicyOfTheContract) {
    struct Row {
        OverlapPolicy policy;
        const char* expected;
    };
    const Row rows[] = {
        {OverlapPolicy::priced_in, "integrated outside_care_settled prenatal 700,00"},
        {OverlapPolicy::true_up_yearly, "integrated outside_care_settled prenatal 700,00"},
        {OverlapPolicy::deduct_actual, "integrated outside_care_settled prenatal 620,00"},
        {OverlapPolicy::deduct_fixed, "integrated outside_care_settled prenatal 0,00"},
        {OverlapPolicy::fall_back, "mono broken_by_outside_care"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(static_cast<int>(row.policy));
        Setting setting;
        break_from_outside(setting);
        setting.region.contract_2023().overlap = row.policy;
        setting.region.contract_2023().deduct_fixed = Cents::of(700'00);
        EXPECT_EQ(route(decided(setting.woman, setting.as_of, setting.region), setting.phase), row.expected);
    }
}

TEST(Routes, HowFarABreakReaches) {
    const auto routes = [](std::optional<values::BreakExtent> extent, const char* outside_day) {
        Setting setting;
        setting.woman.care_outside(outside_day);
        setting.region.contract_2023().overlap = OverlapPolicy::fall_back;
        setting.region.contract_2023().break_extent = extent;
        const Decided made = decided(setting.woman, "2024-09-01", setting.region);
        std::string text;
        for (const PhaseDecision& decision : made.selection.phases)
            text += decision.route.kind == RouteKind::mono ? "m" : "i";
        return text;
    };
    using values::BreakExtent;
    EXPECT_EQ(routes(std::nullopt, "2024-01-10"), "mmm");  // the rulebook's: the whole pregnancy
    EXPECT_EQ(routes(BreakExtent::pregnancy, "2024-01-10"), "mmm");
    EXPECT_EQ(routes(BreakExtent::phase, "2024-05-31"), "mii");
    EXPECT_EQ(routes(BreakExtent::phase, "2024-06-01"), "imi");
    EXPECT_EQ(routes(BreakExtent::phase, "2024-06-02"), "iim");
    EXPECT_EQ(routes(BreakExtent::phase, "2024-07-13"), "iim");
    EXPECT_EQ(routes(BreakExtent::phase, "2024-07-14"), "iii");
    EXPECT_EQ(routes(BreakExtent::pregnancy, "2023-08-26"), "mmm");
    EXPECT_EQ(routes(BreakExtent::pregnancy, "2023-08-25"), "iii");
}

TEST(Routes, APersonSetsAReportOfCareOutsideAside) {
    Setting setting;
    fall_back(setting);
    setting.woman.care_outside("2024-01-10", std::nullopt, "B-000001");
    EXPECT_EQ(route(decided(setting.woman, setting.as_of, setting.region), setting.phase),
              "mono broken_by_outside_care");
    setting.woman.judged(JudgementKind::send_again, "B-000002");
    EXPECT_EQ(route(decided(setting.woman, setting.as_of, setting.region), setting.phase),
              "mono broken_by_outside_care");
    setting.woman.judged(JudgementKind::send_again, "B-000001");
    EXPECT_EQ(route(decided(setting.woman, setting.as_of, setting.region), setting.phase),
              "integrated all_care_inside prenatal 700,00");
}

TEST(Routes, BothSidesOfEveryBorderDay) {
    struct Row {
        const char* why;
        PhaseKind phase;
        const char* as_of;
        const char* expected;
    };
    // Born 2024-06-01; 30 days of waiting after each phase; contract: 12 months, a question 30 days before.
    const Row rows[] = {
        {"prenatal, last day of waiting", PhaseKind::prenatal, "2024-06-30",
         "hold wait_for_outside_care 2024-07-01"},
        {"prenatal, free", PhaseKind::prenatal, "2024-07-01", "integrated all_care_inside prenatal 700,00"},
        {"natal, last day of waiting", PhaseKind::natal, "2024-07-01",
         "hold wait_for_outside_care 2024-07-02"},
        {"natal, free", PhaseKind::natal, "2024-07-02", "integrated all_care_inside natal 770,00"},
        {"postnatal goes on", PhaseKind::postnatal, "2024-07-12", "hold phase_not_ended 2024-07-13"},
        {"postnatal, its last day", PhaseKind::postnatal, "2024-07-13",
         "hold wait_for_outside_care 2024-08-13"},
        {"postnatal, last day of waiting", PhaseKind::postnatal, "2024-08-12",
         "hold wait_for_outside_care 2024-08-13"},
        {"postnatal, free", PhaseKind::postnatal, "2024-08-13",
         "integrated all_care_inside postnatal 430,00"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        EXPECT_EQ(route(decided(all_inside(), row.as_of), row.phase), row.expected);
    }
}

TEST(Routes, AHoldMeetsItsDeadline) {
    // Latest day to submit: one month after 2024-05-31, so 2024-06-30; a question 30 days before: 2024-05-31.
    Region short_term = region();
    short_term.contract_2023().submit_months = 1;
    const auto at = [&](int days, const char* as_of) {
        short_term.contract_2023().ask_before_days = days;
        return route(decided(all_inside(), as_of, short_term), PhaseKind::prenatal);
    };
    EXPECT_EQ(at(10, "2024-06-19"), "hold wait_for_outside_care 2024-06-20");
    EXPECT_EQ(at(10, "2024-06-20"), "ask hold_meets_deadline");
    EXPECT_EQ(at(10, "2024-06-30"), "ask hold_meets_deadline");
    EXPECT_EQ(at(10, "2024-07-01"), "integrated all_care_inside prenatal 700,00");
    EXPECT_EQ(at(0, "2024-06-29"), "hold wait_for_outside_care 2024-06-30");
}

TEST(Routes, LossAt16WeeksUnderBothRegimes) {
    const auto loss = [](const char* due, const char* on, const char* as_of) {
        const Woman woman = Woman()
                                .enrolled(midwives, "2018-10-20", due)
                                .line(midwives, "V-1", "032:1101", "2018-10-20", 487'05)
                                .ended(Outcome::miscarriage, on);
        return route(decided(woman, as_of), PhaseKind::prenatal);
    };
    // 0+0 on 2018-08-25
    EXPECT_EQ(loss("2019-06-01", "2018-12-14", "2019-06-01"), "integrated all_care_inside early_loss 180,00");
    EXPECT_EQ(loss("2019-06-01", "2018-12-15", "2019-06-01"), "integrated all_care_inside prenatal 700,00");

    Woman unknown_age;
    unknown_age.ended(Outcome::miscarriage, "2018-12-14");
    unknown_age.line(midwives, "V-1", "032:1101", "2018-10-20", 487'05);
    EXPECT_EQ(route(decided(unknown_age, "2019-06-01"), PhaseKind::prenatal), "ask age_at_end_unknown");

    // From 2023 on the first performance is merged into prenatal: the age does not matter.
    Woman from_2023;
    from_2023.ended(Outcome::miscarriage, "2023-12-14");
    from_2023.line(midwives, "V-1", "032:1101", "2023-10-20", 487'05);
    EXPECT_EQ(route(decided(from_2023, "2024-06-01"), PhaseKind::prenatal),
              "integrated all_care_inside prenatal 700,00");
}

TEST(Routes, NoPerformanceOfThePhase) {
    const auto book = changed_rulebook("regimes/2023.toml", "phase = \"natal\"", "derivable = false");
    EXPECT_EQ(route(decided(all_inside(), "2024-09-01", region(), book), PhaseKind::natal),
              "ask performance_none");
}

TEST(Routes, ContractAndPriceOnTheirFirstAndLastDay) {
    // Looked up on the first day of the phase: 2023-10-20.
    const auto contract_in = [](const char* first, const char* last) {
        Region region = testing::region();
        region.contract_2023().period = {day(first), day(last)};
        return route(decided(all_inside(), "2024-07-01", region), PhaseKind::prenatal);
    };
    EXPECT_EQ(contract_in("2023-10-20", "2024-01-01"), "integrated all_care_inside prenatal 700,00");
    EXPECT_EQ(contract_in("2023-10-21", "2024-01-01"), "mono contract_none");
    EXPECT_EQ(contract_in("2023-01-01", "2023-10-20"), "integrated all_care_inside prenatal 700,00");
    EXPECT_EQ(contract_in("2023-01-01", "2023-10-19"), "mono contract_none");
    const auto price_in = [](const char* first, const char* last, std::optional<ReferenceDay> on) {
        Region region = testing::region();
        facts::Contract& contract = region.contract_2023();
        contract.tariff_day = on;
        contract.prices = {{base::FixedText<32>::of("prenatal"), {day(first), day(last)}, Cents::of(1'00)}};
        return route(decided(all_inside(), "2024-07-01", region), PhaseKind::prenatal);
    };
    EXPECT_EQ(price_in("2023-10-20", "2023-10-20", std::nullopt), "integrated all_care_inside prenatal 1,00");
    EXPECT_EQ(price_in("2023-10-21", "2023-12-31", std::nullopt), "ask price_missing");
    EXPECT_EQ(price_in("2023-10-01", "2023-10-19", std::nullopt), "ask price_missing");
    EXPECT_EQ(price_in("2024-05-31", "2024-05-31", ReferenceDay::phase_end),
              "integrated all_care_inside prenatal 1,00");
    EXPECT_EQ(price_in("2023-10-20", "2023-10-20", ReferenceDay::phase_end), "ask price_missing");
}

TEST(Routes, TheInsurerOnTheReferenceDay) {
    const auto with = [](const Woman& woman) {
        return route(decided(woman, "2024-09-01"), PhaseKind::prenatal);
    };
    const char* ours = "integrated all_care_inside prenatal 700,00";
    const Period until_day{day("2023-01-01"), day("2023-10-20")};  // the first day of the phase
    const Period from_next = Period::from(day("2023-10-21"));
    EXPECT_EQ(with(all_inside().insured(insurer, until_day).insured(other_insurer, from_next)), ours);
    EXPECT_EQ(with(all_inside().insured(other_insurer, until_day).insured(insurer, from_next)),
              "mono contract_none");
    // A check beats a line.
    Woman line_differs = all_inside().insured(insurer, Period::from(day("2023-01-01")));
    line_differs.facts.lines[0].fact.insurer = other_insurer;
    EXPECT_EQ(with(line_differs), ours);
    // Of lines the nearest before the day, else the nearest after.
    Woman by_lines = all_inside();
    by_lines.facts.lines[0].fact.insurer = other_insurer;
    by_lines.line(hospital, "Z-1", "999:OTHER", "2023-08-20", 1'00);
    EXPECT_EQ(with(by_lines), "mono contract_none");  // its own first day is nearer
    by_lines.facts.lines[0].fact.care.first = day("2023-10-21");
    EXPECT_EQ(with(by_lines), ours);
}

TEST(Routes, LeftEarlyIsAValueOfTheRulebook) {
    Setting setting;
    moves(setting);
    const auto with = [&](const char* word) {
        const auto book = changed_rulebook("regimes/2023.toml", "left_early = { value = \"mono\"",
                                           "left_early = { value = \"" + std::string(word) + "\"");
        return route(decided(setting.woman, "2024-04-01", setting.region, book), PhaseKind::prenatal);
    };
    EXPECT_EQ(with("mono"), "mono phase_left_early");
    EXPECT_EQ(with("ask"), "ask phase_left_early");
    EXPECT_EQ(with("integrated"), "integrated all_care_inside prenatal 700,00");
}

TEST(Routes, NoContractIsAValueOfTheRulebook) {
    Setting setting;
    no_contract(setting);
    const auto book = changed_rulebook("regimes/2023.toml", "no_contract = { value = \"mono\"",
                                       "no_contract = { value = \"ask\"");
    EXPECT_EQ(route(decided(setting.woman, setting.as_of, setting.region, book), setting.phase),
              "ask contract_none");
}

TEST(Routes, The2017RegimeBlocksWhateverTheContractSays) {
    Woman woman = Woman().enrolled(midwives, "2018-10-20", "2019-06-01").born("2019-06-01");
    woman.line(midwives, "V-1", "032:1001", "2018-10-20", 1310'75, "2019-06-30");
    EXPECT_EQ(route(decided(woman, "2019-09-01"), PhaseKind::prenatal),
              "integrated all_care_inside prenatal 700,00");
    woman.line(outsider, "B-1", "032:9019", "2019-01-10", 80'00);
    Region priced_in = region();
    priced_in.agreements.contracts.front().fact.overlap = OverlapPolicy::priced_in;
    EXPECT_EQ(route(decided(woman, "2019-09-01", priced_in), PhaseKind::prenatal),
              "mono broken_by_outside_care");
}

TEST(Routes, ALineOverPhasesCouplesThem) {
    Setting setting;
    setting.region.contract_2023().overlap = OverlapPolicy::fall_back;
    setting.region.contract_2023().break_extent = values::BreakExtent::phase;
    setting.woman.care_outside("2024-06-01");
    const auto book = changed_rulebook("regimes/2023.toml", "spanning_line = { value = \"ask_part_codes\"",
                                       "spanning_line = { value = \"couple_to_mono\"");
    const auto routes = [&](const rulebook::Rulebook& rules) {
        const Decided made = decided(setting.woman, "2024-09-01", setting.region, rules);
        return route(made, PhaseKind::prenatal) + "; " + route(made, PhaseKind::natal) + "; " +
               route(made, PhaseKind::postnatal);
    };
    EXPECT_EQ(routes(book), "mono coupled_by_line; mono broken_by_outside_care; mono coupled_by_line");
    EXPECT_EQ(routes(real_rulebook()),
              "integrated all_care_inside prenatal 700,00; mono broken_by_outside_care; "
              "integrated all_care_inside postnatal 430,00");
}

TEST(Routes, OnlyPhasesWithCareOfOurs) {
    // Enrolled with a member when the phase began, or a member's line in it.
    const Woman nobody = Woman().enrolled(outsider, "2023-10-20", "2024-06-01").born("2024-06-01");
    EXPECT_EQ(route(decided(nobody, "2024-09-01"), PhaseKind::prenatal), "-");
    Woman hospital_birth = nobody;
    hospital_birth.line(hospital, "Z-1", "032:1102", "2024-06-01", 529'52);
    const Decided made = decided(hospital_birth, "2024-09-01");
    EXPECT_EQ(route(made, PhaseKind::prenatal), "-");
    EXPECT_EQ(route(made, PhaseKind::natal), "integrated all_care_inside natal 770,00");
    // An enrolment that was never closed is no care of the next pregnancy.
    const Woman next = Woman()
                           .enrolled(midwives, "2022-03-20", "2022-11-05")
                           .born("2022-11-03")
                           .enrolled(outsider, "2023-10-20", "2024-06-01");
    for (const PhaseDecision& decision : decided(next, "2024-09-01").selection.phases)
        EXPECT_EQ(decision.pregnancy, 0u);
}

TEST(Routes, EveryDecisionHasATrail) {
    for (const PhaseDecision& decision : decided(all_inside(), "2024-09-01").selection.phases) {
        EXPECT_FALSE(decision.trail.notes().empty());
        EXPECT_EQ(decision.trail.weakest(), values::Status::example);
    }
}

// ---- The nearest other outcome ----

std::string nearest(const Decided& decided, PhaseKind phase) {
    for (const PhaseDecision& decision : decided.selection.phases) {
        if (decision.phase != phase) continue;
        const auto found = nearest_other(decision);
        EXPECT_TRUE(found.ok());
        if (!found.ok() || !*found) return "none";
        return std::string(rulebook::id_of((*found)->variable)) + " " + (*found)->now.format() + " > " +
               (*found)->instead.format() + " " +
               ((*found)->kind == RouteKind::integrated ? "integrated" : "mono");
    }
    return "-";
}

TEST(Nearest, OneOtherObservationAndWhereItLeads) {
    Region falls_back = testing::region();
    falls_back.contract_2023().overlap = OverlapPolicy::fall_back;
    const auto broken = [](int times) {
        Woman woman = all_inside();
        for (int i = 0; i < times; ++i)
            woman.line(outsider, "B-" + std::to_string(i), "032:9019", day("2023-11-10").plus_days(i).iso(),
                       80'00);
        return woman;
    };
    const auto at = [&](const Woman& woman, const char* as_of) {
        return nearest(decided(woman, as_of, falls_back), PhaseKind::prenatal);
    };
    EXPECT_EQ(at(broken(1), "2024-10-01"), "outside_in_pregnancy 1 > 0 integrated");
    EXPECT_EQ(at(broken(3), "2024-10-01"), "outside_in_pregnancy 3 > 0 integrated");
    EXPECT_EQ(at(broken(0), "2024-10-01"), "outside_in_pregnancy 0 > 1 mono");
    // Waiting: only time brings integrated, and time is not varied.
    EXPECT_EQ(at(broken(0), "2024-06-10"), "outside_in_pregnancy 0 > 1 mono");
    Region none = testing::region();
    none.agreements.contracts.clear();
    EXPECT_EQ(nearest(decided(all_inside(), "2024-10-01", none), PhaseKind::prenatal), "none")
        << "a contract alone has no price yet";
}

}  // namespace
}  // namespace bundel::selection
