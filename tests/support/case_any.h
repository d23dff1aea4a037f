// Women made up for laws: one to three pregnancies, lines of ours and of others, credits, repairs,
// duplicates, reports that contradict, leaving, care outside. Small worlds: days and references collide
// often.
#pragma once

#include <rapidcheck.h>

#include "support/case_builder.h"

namespace bundel::testing {

// Uniform from the first case on: rapidcheck's own range grows with the case.
inline int any_number(int first, int last) {
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(first, last + 1));
}
inline bool one_in(int n) {
    return any_number(1, n) == 1;
}
template <class Value>
Value any_of(std::initializer_list<Value> values) {
    return *rc::gen::elementOf(std::vector<Value>(values));
}

// A woman whose facts are received on days in [first_heard, last_heard].
class AnyWoman {
public:
    AnyWoman(Date first_heard, Date last_heard) : first_heard_(first_heard), last_heard_(last_heard) {}

    Woman make() {
        const int pregnancies = any_of({0, 1, 1, 1, 1, 1, 1, 2, 2, 3});
        Date onset = day("2022-12-01").plus_days(any_number(0, 250));
        for (int i = 0; i < pregnancies; ++i) {
            pregnancy(onset);
            onset = onset.plus_days(any_of({10, 200, 330, 430, 430}));
        }
        if (one_in(3)) lines(day("2022-06-01"), 1200, 2);  // belongs wherever it falls
        if (one_in(4)) hear().insured(any_insurer(), {day("2022-01-01"), any_day(onset, 300)});
        return woman_;
    }

private:
    Date any_day(Date from, int days) { return from.plus_days(any_number(0, days)); }
    Woman& hear() {
        const int days = values::days_between(first_heard_, last_heard_);
        return woman_.heard_on(any_day(first_heard_, days).iso());
    }
    static values::AgbCode anyone() {
        return any_of({midwives, midwives, other_midwives, hospital, outsider});
    }
    static values::UzoviCode any_insurer() {
        return any_of({insurer, insurer, insurer, values::UzoviCode::of(9102), other_insurer});
    }

    void pregnancy(Date onset) {
        const Date due = onset.plus_days(280);
        const int practices = any_of({0, 1, 1, 1, 2});
        for (int i = 0; i < practices; ++i) enrolment(onset, due);
        if (!one_in(4)) outcome(onset, due);
        if (one_in(6)) hear().ended(facts::Outcome::unknown, due.plus_days(any_number(-20, 40)).iso());
        if (one_in(6)) {
            hear().phase_ended(any_of({values::PhaseKind::prenatal, values::PhaseKind::postnatal}),
                               any_day(onset, 330).iso(),
                               any_of({facts::EnrolmentEnd::none, facts::EnrolmentEnd::moved}));
        }
        lines(onset, 330, any_number(0, 5));
        if (one_in(5)) {
            std::optional<std::int64_t> cents;
            if (one_in(2)) cents = any_number(1, 900) * 100;
            hear().care_outside(any_day(onset, 330).iso(), cents);
        }
    }

    void enrolment(Date onset, Date due) {
        const Date begin = any_day(onset, 150);
        const std::string due_text =
            one_in(8) ? "" : due.plus_days(any_of({0, 0, 0, 0, 0, 0, 7, 14, 15, 40})).iso();
        hear().enrolled(anyone(), begin.iso(), due_text);
        if (!due_text.empty() && one_in(3)) woman_.dated_by(values::DueDateSource::dating_scan, 3);
        if (!one_in(4)) return;
        woman_.left(any_day(begin, 100).iso(), any_of({facts::EnrolmentEnd::moved, facts::EnrolmentEnd::birth,
                                                       facts::EnrolmentEnd::stopped}));
    }

    void outcome(Date onset, Date due) {
        if (!one_in(5)) {
            hear().born(due.plus_days(any_number(-40, 14)).iso(), any_number(1, 2));
            return;
        }
        const int days = any_number(30, 165);
        std::optional<values::GestationalAge> age;
        if (one_in(2)) age = values::GestationalAge::of(days / 7, days % 7);
        hear().ended(any_of({facts::Outcome::miscarriage, facts::Outcome::termination}),
                     onset.plus_days(days).iso(), 0, age);
    }

    void lines(Date from, int days, int count) {
        for (int i = 0; i < count; ++i) {
            const std::string reference = "V-" + std::to_string(++references_);
            const Date first = any_day(from, days);
            hear().line(anyone(), reference,
                        any_of({"032:1001", "032:1101", "032:1102", "032:1103", "032:9019", "999:GUO",
                                "999:SEO20", "999:BOUGHT", "032:9999"}),
                        first.iso(), any_number(1, 2'000'00), first.plus_days(any_of({0, 0, 30})).iso());
            facts::CareLine& line = woman_.last_line();
            line.insurer = any_insurer();
            if (one_in(30)) line.person_known = false;
            if (one_in(20)) line.payer = any_of({values::Payer::state, values::Payer::self});
            if (one_in(12)) again(reference);
            if (one_in(8)) hear().credit("V-" + std::to_string(++references_), reference);
        }
    }

    // The same line under another reference: a duplicate, or a repair that says so.
    void again(const std::string& reference) {
        facts::Known<facts::CareLine> line = woman_.facts.lines.back();
        line.fact.id.reference = values::Reference::of("V-" + std::to_string(++references_));
        if (one_in(2)) line.fact.previous = values::Reference::of(reference);
        if (one_in(3)) line.fact.amount = values::Cents::of(any_number(1, 2'000'00));
        woman_.facts.lines.push_back(line);
    }

    Woman woman_;
    Date first_heard_;
    Date last_heard_;
    int references_ = 0;
};

// A region with any overlap policy and terms.
inline Region any_region() {
    Region region = testing::region();
    facts::Contract& contract = region.contract_2023();
    using values::OverlapPolicy;
    contract.overlap = any_of({OverlapPolicy::priced_in, OverlapPolicy::deduct_actual,
                               OverlapPolicy::deduct_fixed, OverlapPolicy::fall_back});
    if (one_in(2)) contract.break_extent = values::BreakExtent::phase;
    if (one_in(2)) contract.deduct_fixed = values::Cents::of(50'00);
    contract.submit_months = any_of({1, 3, 12});
    contract.ask_before_days = any_of({0, 10, 30, 45});
    return region;
}

}  // namespace bundel::testing
