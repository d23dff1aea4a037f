// One woman and one region in a few readable lines, for tests of pathway, selection and claim.
//
// The region: an IGO with two practices and a hospital, one practice outside, and contracts with insurer 9101
// (labels 9101 and 9102) under both regimes. Every amount of a contract is an example.
#pragma once

#include <string>
#include <string_view>

#include "facts/woman.h"
#include "support/rulebook_files.h"

namespace bundel::testing {
using values::Date;
using values::Period;

inline const values::AgbCode igo = values::AgbCode::of(53'000'001);
inline const values::AgbCode midwives = values::AgbCode::of(8'000'101);
inline const values::AgbCode other_midwives = values::AgbCode::of(8'000'102);
inline const values::AgbCode hospital = values::AgbCode::of(6'000'102);
inline const values::AgbCode kraamzorg = values::AgbCode::of(33'000'401);
inline const values::AgbCode outsider = values::AgbCode::of(8'000'201);
inline const values::UzoviCode insurer = values::UzoviCode::of(9101);
inline const values::UzoviCode other_insurer = values::UzoviCode::of(9301);  // no contract

// "2024-06-01"
inline Date day(std::string_view iso) {
    const auto parsed = Date::parse(iso);
    BUNDEL_ASSERT(parsed.ok());
    return *parsed;
}

inline values::PerformanceCode performance(std::string_view code) {
    const auto parsed = values::PerformanceCode::parse(code);
    BUNDEL_ASSERT(parsed.ok());
    return *parsed;
}

inline values::LineId line_id(values::AgbCode practice, std::string_view reference) {
    return {practice, values::Reference::of(reference)};
}

// Read once for all tests of a program: it is never changed.
inline const rulebook::Rulebook& real_rulebook() {
    static const rulebook::Rulebook book = load_rulebook();
    return book;
}

// The rulebook of this repository with one place of one file changed.
inline rulebook::Rulebook changed_rulebook(const std::string& file, const std::string& from,
                                           const std::string& to) {
    auto files = rulebook_files();
    std::string& content = files.at(file);
    const auto at = content.find(from);
    BUNDEL_ASSERT(at != std::string::npos);
    content.replace(at, from.size(), to);
    return load_rulebook(files);
}

// ---- The region ----

inline facts::FactKey key_of(std::string_view key) {
    return {base::FixedText<40>::of(key), 1, false};
}

inline facts::Contract contract(std::string_view regime) {
    const bool old = regime == "2017";
    facts::Contract contract;
    contract.key = key_of("9101-" + std::string(regime));
    contract.igo = igo;
    contract.labels = {insurer, values::UzoviCode::of(9102)};
    contract.period = old ? Period{day("2017-01-01"), day("2022-12-31")} : Period::from(day("2023-01-01"));
    contract.regime = base::FixedText<16>::of(regime);
    contract.overlap = old ? values::OverlapPolicy::fall_back : values::OverlapPolicy::priced_in;
    contract.submit_months = 12;
    contract.ask_before_days = 30;
    contract.answer_term_days = 60;
    const auto price = [&](std::string_view performance, std::int64_t cents) {
        contract.prices.push_back(
            {base::FixedText<32>::of(performance), contract.period, values::Cents::of(cents)});
    };
    if (old) price("early_loss", 180'00);
    price("natal", 770'00);
    price("postnatal", 430'00);
    price("prenatal", 700'00);
    return contract;
}

inline facts::Membership membership(values::AgbCode organisation, Period period) {
    return {key_of("lid-" + organisation.digits()), organisation, igo, period, values::Status::verified};
}

struct Region {
    facts::Agreements agreements{igo, {}, {}, {}};

    Region& member(values::AgbCode organisation, Period period = Period::from(day("2017-01-01"))) {
        agreements.memberships.push_back({membership(organisation, period), day("2017-01-01"), {}});
        return *this;
    }
    Region& with(facts::Contract contract) {
        agreements.contracts.push_back({std::move(contract), day("2017-01-01"), {}});
        return *this;
    }
    // The 2023 contract, for a test that changes one of its terms.
    facts::Contract& contract_2023() {
        BUNDEL_ASSERT(!agreements.contracts.empty());
        return agreements.contracts.back().fact;
    }
};

inline Region region() {
    Region region;
    region.member(hospital).member(kraamzorg).member(midwives).member(other_midwives);
    region.with(contract("2017")).with(contract("2023"));
    return region;
}

// ---- The woman ----

class Woman {
public:
    facts::Woman facts;

    Woman() { facts.person = {1, 1}; }

    // What is told from here on was received on this day.
    Woman& heard_on(std::string_view iso) {
        received_ = day(iso);
        return *this;
    }

    Woman& enrolled(values::AgbCode practice, std::string_view begin, std::string_view due = "") {
        facts::Enrolment fact;
        fact.key = next_key();
        fact.practice = practice;
        fact.begin = day(begin);
        if (!due.empty()) fact.due = values::DueDate{day(due), values::DueDateSource::registered, 0};
        return tell(facts.enrolments, fact);
    }
    Woman& left(std::string_view end, facts::EnrolmentEnd reason) {
        facts.enrolments.back().fact.end = day(end);
        facts.enrolments.back().fact.end_reason = reason;
        return *this;
    }
    Woman& dated_by(values::DueDateSource source, int precision_days = 0) {
        facts.enrolments.back().fact.due->source = source;
        facts.enrolments.back().fact.due->precision_days = precision_days;
        return *this;
    }

    // Care of one day, or of a period.
    Woman& line(values::AgbCode practice, std::string_view reference, std::string_view code,
                std::string_view first, std::int64_t cents, std::string_view last = "") {
        facts::CareLine fact;
        fact.id = line_id(practice, reference);
        fact.declarant = practice;
        fact.insurer = insurer;
        fact.performance = performance(code);
        fact.care = {day(first), day(last.empty() ? first : last)};
        fact.tariff = fact.amount = values::Cents::of(cents);
        return tell(facts.lines, fact);
    }
    Woman& credit(std::string_view reference, std::string_view of) {
        const facts::CareLine* debit = nullptr;
        for (const auto& line : facts.lines) {
            if (line.fact.id.reference.view() == of) debit = &line.fact;
        }
        BUNDEL_ASSERT(debit != nullptr);
        facts::CareLine fact = *debit;
        fact.id.reference = values::Reference::of(reference);
        fact.previous = values::Reference::of(of);
        fact.credit = true;
        fact.amount = -fact.amount;
        return tell(facts.lines, fact);
    }
    facts::CareLine& last_line() { return facts.lines.back().fact; }

    Woman& ended(facts::Outcome outcome, std::string_view on, int children = 0,
                 std::optional<values::GestationalAge> age = std::nullopt) {
        return tell(facts.outcomes, facts::OutcomeReport{next_key(), facts.person, midwives, outcome, day(on),
                                                         children, age});
    }
    Woman& born(std::string_view on, int children = 1) {
        return ended(facts::Outcome::live_birth, on, children);
    }
    Woman& phase_ended(values::PhaseKind phase, std::string_view last_day,
                       facts::EnrolmentEnd reason = facts::EnrolmentEnd::none) {
        return tell(facts.phase_ends,
                    facts::PhaseEnd{next_key(), facts.person, phase, day(last_day), reason, midwives});
    }
    Woman& insured(values::UzoviCode with, Period period, values::Payer payer = values::Payer::insurer) {
        return tell(facts.insurances, facts::Insurance{next_key(), facts.person, payer, with, period});
    }
    // Done on the days of the line told last.
    Woman& did(std::string_view code, std::string_view on, int count = 1) {
        facts.lines.back().fact.activities.push_back({base::FixedText<10>::of(code), day(on), count});
        auto& all = facts.lines.back().fact.activities;
        std::sort(all.begin(), all.end());
        return *this;
    }
    // Told apart from the line.
    Woman& reported(const values::LineId& line, std::string_view code, std::string_view on, int count = 1) {
        return tell(facts.activities,
                    facts::ActivityReport{
                        next_key(), facts.person, line, {base::FixedText<10>::of(code), day(on), count}});
    }
    Woman& care_outside(std::string_view first, std::optional<std::int64_t> cents = std::nullopt,
                        std::string_view claim = "") {
        facts::OutsideCare fact;
        fact.key = next_key();
        fact.source = facts::OutsideSource::overlap_file;
        fact.insurer = insurer;
        fact.care = Period::day(day(first));
        if (cents) fact.amount = values::Cents::of(*cents);
        fact.claim = values::Reference::of(claim);
        return tell(facts.outside, fact);
    }
    Woman& judged(facts::JudgementKind kind, std::string_view claim_or_question) {
        facts::Judgement fact;
        fact.key = next_key();
        fact.kind = kind;
        if (kind == facts::JudgementKind::accept || kind == facts::JudgementKind::send_anyway)
            fact.question = base::FixedText<64>::of(claim_or_question);
        else
            fact.claim = values::Reference::of(claim_or_question);
        return tell(facts.judgements, fact);
    }

private:
    facts::FactKey next_key() { return key_of("k" + std::to_string(++keys_)); }
    template <class Fact>
    Woman& tell(std::vector<facts::Known<Fact>>& facts_of_kind, Fact fact) {
        facts::Origin origin;
        origin.record = ++records_;
        fact.person = facts.person;
        facts_of_kind.push_back({std::move(fact), received_, origin});
        return *this;
    }
    Date received_ = day("2017-01-01");
    int keys_ = 0;
    std::int32_t records_ = 0;
};

// All care by our own midwives, 2023 regime: 0+0 on 2023-08-26, due and born on 2024-06-01, 1001 claimed.
inline Woman all_inside() {
    Woman woman;
    woman.enrolled(midwives, "2023-10-20", "2024-06-01").born("2024-06-01");
    woman.line(midwives, "V-1", "032:1001", "2023-10-20", 1310'75, "2024-06-30");
    return woman;
}

}  // namespace bundel::testing
