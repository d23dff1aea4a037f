// Readings made up from a seed, for laws. Small worlds: keys, references, days and amounts collide often.
#pragma once

#include <random>
#include <string>

#include "facts/codec.h"

namespace bundel::facts {

class AnyReading {
public:
    explicit AnyReading(std::uint64_t seed) : chance_(seed) {}

    int number(int first, int last) { return std::uniform_int_distribution<int>(first, last)(chance_); }
    bool maybe() { return number(0, 1) == 1; }
    Date day() { return Date::of(2024, 1, number(1, 4)); }
    Date received() { return Date::of(2024, 2, number(1, 4)); }
    Period period() {
        const Date first = day();
        return {first, number(0, 9) == 0 ? Date::far_future() : first.plus_days(number(0, 2))};
    }
    AgbCode provider() { return maybe() ? AgbCode::of(8'000'101) : AgbCode::of(33'000'103); }
    AgbCode perhaps_provider() { return maybe() ? provider() : AgbCode::none(); }
    UzoviCode insurer() { return maybe() ? UzoviCode::of(9999) : UzoviCode::none(); }
    PersonId person() { return {chance_() | 1, chance_()}; }
    Reference reference() { return Reference::of("V-" + std::to_string(number(1, 8))); }
    Cents amount() { return Cents::of(number(1, 3) * 100); }
    template <class Word>
    Word word(Word last) {
        return static_cast<Word>(number(0, static_cast<int>(last)));
    }
    template <class Value>
    std::optional<Value> perhaps(Value value) {
        return maybe() ? std::optional<Value>(value) : std::nullopt;
    }

    CareLine line() {
        CareLine line;
        line.id = {provider(), reference()};
        line.person = person();
        line.person_known = number(0, 9) != 0;
        line.declarant = line.id.issuer;
        line.treating = perhaps_provider();
        line.referrer = perhaps_provider();
        line.payer = word(Payer::foreign);
        line.insurer = insurer();
        line.performance = PerformanceCode::of(32, maybe() ? "1101" : "1102");
        line.care = period();
        line.partus = perhaps(day());
        line.quantity = number(-2, 300);
        line.minutes = maybe() ? number(0, 6000) : 0;
        line.tariff = amount();
        line.credit = number(0, 2) == 0;
        line.amount = line.credit ? -amount() : amount();
        if (maybe()) line.previous = reference();
        if (maybe()) {
            line.service = reference();
            line.product = FixedText<9>::of("990899001");
            line.activities = {{FixedText<10>::of("037611"), day(), number(1, 3)}};
            line.delivery = word(Delivery::table);
        }
        return line;
    }

    Reading reading() {
        Reading reading;
        fill(reading.lines, 12, [&] { return line(); });
        fill(reading.enrolments, 3, [&] { return enrolment(); });
        fill(reading.outcomes, 3, [&] {
            return OutcomeReport{key(), person(),     provider(), word(Outcome::molar),
                                 day(), number(0, 3), age()};
        });
        fill(reading.phase_ends, 3, [&] {
            return PhaseEnd{key(),
                            person(),
                            word(PhaseKind::postnatal),
                            day(),
                            word(EnrolmentEnd::stopped),
                            perhaps_provider()};
        });
        fill(reading.insurances, 3, [&] {
            return Insurance{key(), person(), word(Payer::foreign), insurer(), period()};
        });
        fill(reading.outside, 3, [&] {
            return OutsideCare{key(),
                               person(),
                               word(OutsideSource::overlap_file),
                               insurer(),
                               perhaps_provider(),
                               period(),
                               perhaps(amount()),
                               reference()};
        });
        fill(reading.judgements, 3, [&] {
            return Judgement{key(),
                             word(JudgementKind::accept),
                             person(),
                             person(),
                             {provider(), reference()},
                             reference(),
                             FixedText<64>::of("question"),
                             FixedText<20>::of("by")};
        });
        fill(reading.memberships, 2, [&] {
            return Membership{key(), provider(), provider(), period(), word(Status::provisional)};
        });
        fill(reading.contracts, 2, [&] { return contract(); });
        fill(reading.activities, 3, [&] {
            return ActivityReport{key(),
                                  person(),
                                  {provider(), reference()},
                                  {FixedText<10>::of("190036"), day(), number(1, 2)}};
        });
        fill(reading.bought, 2, [&] {
            return BoughtCare{key(),    person(), word(BoughtKind::other), provider(), perhaps_provider(),
                              period(), amount()};
        });
        fill(reading.children, 2, [&] { return Child{key(), person(), person(), day()}; });
        fill(reading.accounts, 2, [&] {
            return BankAccount{key(),
                               perhaps_provider(),
                               UzoviCode::of(9999),
                               FixedText<34>::of("NL91ABNA0417164300"),
                               FixedText<140>::of("Praktijk Voorbeeld"),
                               period(),
                               FixedText<40>::of("by"),
                               word(Status::provisional)};
        });
        return reading;
    }

private:
    FactKey key() {
        return {FixedText<40>::of("k" + std::to_string(number(1, 4))),
                static_cast<std::uint16_t>(number(1, 300)), number(0, 4) == 0};
    }
    std::optional<GestationalAge> age() { return perhaps(GestationalAge::of(number(0, 44), number(0, 6))); }
    Enrolment enrolment() {
        const DueDate due{day(), word(values::DueDateSource::delivery_minus_term), number(0, 60)};
        return {key(),       person(), provider(), day(), perhaps(day()), word(EnrolmentEnd::stopped),
                perhaps(due)};
    }
    Contract contract() {
        Contract contract;
        contract.key = key();
        contract.igo = provider();
        contract.labels = {UzoviCode::of(1), UzoviCode::of(9999)};
        contract.period = period();
        contract.regime = FixedText<16>::of("2023");
        contract.status = word(Status::provisional);
        contract.overlap = word(OverlapPolicy::fall_back);
        contract.submit_months = number(0, 12);
        contract.ask_before_days = number(0, 99);
        contract.answer_term_days = number(0, 99);
        contract.break_extent = perhaps(word(BreakExtent::pregnancy));
        contract.tariff_day = perhaps(word(ReferenceDay::pregnancy_start));
        contract.membership_day = perhaps(word(ReferenceDay::pregnancy_start));
        contract.deduct_fixed = perhaps(amount());
        contract.performances = {FixedText<32>::of("natal"), FixedText<32>::of("prenatal")};
        contract.uncontracted = maybe();
        contract.own_payment = perhaps(word(OwnPaymentIn::not_declared));
        contract.ceiling_count = perhaps(number(0, 999));
        contract.ceiling_amount = perhaps(amount());
        contract.prices = {{FixedText<32>::of("prenatal"), period(), amount()}};
        return contract;
    }
    template <class Fact, class Make>
    void fill(std::vector<Known<Fact>>& facts, int most, Make make) {
        for (int left = number(0, most); left > 0; --left) {
            Origin origin;
            origin.record = ++records_;  // a record gives one fact
            facts.push_back({make(), received(), origin});
        }
    }

    std::mt19937_64 chance_;
    std::int32_t records_ = 0;
};

}  // namespace bundel::facts
