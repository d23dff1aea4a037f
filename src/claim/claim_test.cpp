#include "claim/claim.h"

#include <gtest/gtest.h>

#include <set>

#include "support/case_builder.h"

namespace bundel::claim {
namespace {

using namespace bundel::testing;

// ---- The life cycle ----

TEST(State, EveryPairOfTheTable) {
    const std::set<std::pair<State, State>> lawful = {
        {State::planned, State::staged},
        {State::staged, State::sent},
        {State::sent, State::received},
        {State::sent, State::approved},
        {State::sent, State::approved_other_amount},
        {State::sent, State::rejected},
        {State::received, State::approved},
        {State::received, State::approved_other_amount},
        {State::received, State::rejected},
        {State::sent, State::handed_over},
        {State::approved, State::paid},
        {State::approved_other_amount, State::paid},
        {State::paid, State::approved},
        {State::paid, State::approved_other_amount},
    };
    for (const State from : all_states) {
        for (const State to : all_states)
            EXPECT_EQ(may_follow(from, to), lawful.contains({from, to})) << word(from) << " " << word(to);
    }
}

TEST(State, EachHasItsOwnWord) {
    std::set<std::string> words;
    for (const State state : all_states) words.insert(word(state));
    EXPECT_EQ(words.size(), std::size(all_states));
}

TEST(Word, EachKindWayAndSideHasItsOwn) {
    std::set<std::string> words;
    for (const Way way : {Way::message, Way::list}) {
        for (const bool credit : {false, true}) {
            words.insert(word(Kind::forwarded, way, credit));
            words.insert(word(Kind::integrated, way, credit));
        }
    }
    EXPECT_EQ(words.size(), 6U);  // a bundle never goes by a list
    Sent claim;
    for (const State state : all_states) {
        claim.state = state;
        EXPECT_EQ(way_of(claim), state == State::handed_over ? Way::list : Way::message) << word(state);
    }
}

TEST(State, FinalIsAnswered) {
    for (const State state : {State::planned, State::staged, State::sent, State::received})
        EXPECT_FALSE(is_final(state)) << word(state);
    for (const State state :
         {State::approved, State::approved_other_amount, State::rejected, State::paid, State::handed_over})
        EXPECT_TRUE(is_final(state)) << word(state);
}

// ---- Standing ----

Sent debit(std::string_view reference, State state, std::int64_t cents = 700'00) {
    Sent claim;
    claim.reference = Reference::of(reference);
    claim.declarant = igo;
    claim.insurer = insurer;
    claim.performance = performance("069:990002");
    claim.care = {day("2024-01-01"), day("2024-05-31")};
    claim.amount = Cents::of(cents);
    claim.state = state;
    const bool granted = is_final(state) && state != State::rejected;
    if (granted) claim.granted = claim.amount;
    if (state == State::approved_other_amount) claim.granted = Cents::of(cents - 100'00);
    claim.message = 1;
    return claim;
}

Sent credit(std::string_view reference, const Sent& of, State state, std::string_view code = "") {
    Sent claim = of;
    claim.reference = Reference::of(reference);
    claim.credit = true;
    claim.debit = of.reference;
    claim.state = state;
    claim.codes = {FixedText<4>::of(code), {}, {}};
    claim.message = 2;
    return claim;
}

TEST(Standing, OfADebitAloneAndWithItsCredits) {
    const auto approved = debit("D", State::approved);
    struct Row {
        const char* why;
        std::vector<Sent> sent;  // the debit first
        Standing expected;
    };
    const Row rows[] = {
        {"planned", {debit("D", State::planned)}, Standing::open},
        {"staged", {debit("D", State::staged)}, Standing::open},
        {"sent", {debit("D", State::sent)}, Standing::open},
        {"received", {debit("D", State::received)}, Standing::open},
        {"rejected", {debit("D", State::rejected)}, Standing::dead},
        {"approved", {approved}, Standing::live},
        {"reduced", {debit("D", State::approved_other_amount)}, Standing::live},
        {"paid", {debit("D", State::paid)}, Standing::live},
        {"credit planned", {approved, credit("C", approved, State::planned)}, Standing::crediting},
        {"credit sent", {approved, credit("C", approved, State::sent)}, Standing::crediting},
        {"credit accepted", {approved, credit("C", approved, State::approved)}, Standing::dead},
        {"credit settled", {approved, credit("C", approved, State::paid)}, Standing::dead},
        {"no debit known there", {approved, credit("C", approved, State::rejected, "8017")}, Standing::dead},
        {"credited there before", {approved, credit("C", approved, State::rejected, "8084")}, Standing::dead},
        {"wrong previous reference",
         {approved, credit("C", approved, State::rejected, "0651")},
         Standing::stuck},
        {"any other code", {approved, credit("C", approved, State::rejected, "0300")}, Standing::stuck},
        {"no code at all", {approved, credit("C", approved, State::rejected)}, Standing::stuck},
        {"a code that is in no list",
         {approved, credit("C", approved, State::rejected, "9999")},
         Standing::stuck},
        {"refused, a new one under way",
         {approved, credit("C", approved, State::rejected, "0651"), credit("E", approved, State::sent)},
         Standing::crediting},
        {"the order does not matter",
         {approved, credit("E", approved, State::sent), credit("C", approved, State::rejected, "0651")},
         Standing::crediting},
        {"refused, then accepted",
         {approved, credit("C", approved, State::rejected, "0651"), credit("E", approved, State::approved)},
         Standing::dead},
        {"a credit of another debit",
         {approved, credit("C", debit("X", State::approved), State::approved)},
         Standing::live},
        {"the same reference of another declarant",
         [&] {
             Sent other = approved;
             other.declarant = midwives;
             return std::vector{approved, credit("C", other, State::approved)};
         }(),
         Standing::live},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        EXPECT_EQ(standing(row.sent.front(), row.sent, real_rulebook()), row.expected);
    }
}

// ---- Money ----

TEST(Money, WhatBelongsOnADebit) {
    const auto paid = [](Sent claim, std::int64_t cents) {
        claim.paid = Cents::of(cents);
        return claim;
    };
    const Sent approved = debit("D", State::approved);              // 700,00
    const Sent reduced = debit("D", State::approved_other_amount);  // 600,00 of it
    struct Row {
        const char* why;
        Sent claim;
        Standing standing;
        std::int64_t amount;
        std::int64_t applied;
    };
    const Row rows[] = {
        {"no answer yet, and it waits", debit("D", State::sent), Standing::open, 700'00, 0},
        {"no answer yet, taken back waits too", debit("D", State::sent), Standing::open, -1, 0},
        {"all of it", approved, Standing::live, 700'00, 700'00},
        {"a cent less", approved, Standing::live, 699'99, 699'99},
        {"a cent more", approved, Standing::live, 700'01, 700'00},
        {"the second part", paid(approved, 300'00), Standing::live, 400'00, 400'00},
        {"paid already", paid(approved, 700'00), Standing::live, 1, 0},
        {"no more than was granted", reduced, Standing::live, 700'00, 600'00},
        {"its credit is under way", approved, Standing::crediting, 700'00, 700'00},
        {"credited", approved, Standing::dead, 700'00, 0},
        {"refused", debit("D", State::rejected), Standing::dead, 1, 0},
        {"taken back", paid(approved, 700'00), Standing::live, -700'00, -700'00},
        {"taken back after its credit", paid(approved, 700'00), Standing::dead, -700'00, -700'00},
        {"no more back than was paid", paid(approved, 300'00), Standing::live, -300'01, -300'00},
        {"nothing was paid", approved, Standing::live, -1, 0},
    };
    for (const Row& row : rows)
        EXPECT_EQ(applicable(Cents::of(row.amount), row.claim, row.standing), Cents::of(row.applied))
            << row.why;
}

TEST(Money, TheStateThatGoesWithIt) {
    struct Row {
        const char* why;
        State answered;
        std::int64_t paid;
        State state;
    };
    const Row rows[] = {
        {"nothing yet", State::approved, 0, State::approved},
        {"in part", State::approved, 699'99, State::approved},
        {"in full", State::approved, 700'00, State::paid},
        {"in full of what was granted", State::approved_other_amount, 600'00, State::paid},
        {"a cent of it is missing", State::approved_other_amount, 599'99, State::approved_other_amount},
        {"taken back of what was paid in full", State::paid, 0, State::approved},
        {"refused stays refused", State::rejected, 0, State::rejected},
        {"the participant has it", State::handed_over, 0, State::handed_over},
    };
    for (const Row& row : rows) {
        Sent claim = debit("D", row.answered);
        claim.paid = Cents::of(row.paid);
        EXPECT_EQ(state_when_paid(claim), row.state) << row.why;
        EXPECT_TRUE(row.state == row.answered || may_follow(row.answered, row.state)) << row.why;
    }
}

// ---- Net position ----

TEST(NetPosition, WhatIsGrantedAndStands) {
    const auto total = [](const std::vector<Sent>& sent) {
        std::string text;
        for (const Position& position : net_position(sent, real_rulebook()))
            text += (text.empty() ? "" : "; ") + position.declarant.digits() + " " +
                    position.performance.str() + " " + position.amount.euros();
        return text;
    };
    const Sent approved = debit("D", State::approved);
    const Sent reduced = debit("E", State::approved_other_amount);
    Sent natal = debit("N", State::paid);
    natal.performance = performance("069:990003");
    Sent line = debit("V-1", State::approved, 487'05);
    line.declarant = midwives;
    line.performance = performance("032:1101");
    EXPECT_EQ(total({}), "");
    EXPECT_EQ(total({debit("D", State::sent), debit("E", State::rejected)}), "");
    EXPECT_EQ(total({approved}), "53000001 069:990002 700,00");
    EXPECT_EQ(total({approved, reduced}), "53000001 069:990002 1.300,00");
    EXPECT_EQ(total({approved, credit("C", approved, State::sent)}), "53000001 069:990002 700,00");
    EXPECT_EQ(total({approved, credit("C", approved, State::rejected, "0651")}),
              "53000001 069:990002 700,00");
    EXPECT_EQ(total({approved, credit("C", approved, State::approved)}), "");
    EXPECT_EQ(total({natal, line, approved}),
              "08000101 032:1101 487,05; 53000001 069:990002 700,00; 53000001 069:990003 700,00");
    EXPECT_EQ(total({debit("Z", State::approved, 0)}), "");
}

// ---- Invariants ----

TEST(Breaches, EachInvariantAndItsBorder) {
    const Sent first = debit("D", State::approved);
    const auto with = [](Sent claim, auto change) {
        change(claim);
        return claim;
    };
    const Sent second = debit("E", State::sent);
    const Sent lawful = credit("C", first, State::sent);
    const Sent line = with(debit("V-1", State::approved), [](Sent& c) {
        c.kind = Kind::forwarded;
        c.declarant = midwives;
        c.performance = performance("032:1101");
        c.line = line_id(midwives, "V-1");
    });
    struct Row {
        const char* why;
        std::vector<Sent> sent;
        const char* expected;
    };
    const Row rows[] = {
        {"nothing", {}, ""},
        {"a debit and its credit", {first, lawful}, ""},
        {"a credit of nothing", {lawful}, "breach_credit_without_debit C"},
        {"of a debit of somebody else",
         {with(first, [](Sent& c) { c.declarant = midwives; }), lawful},
         "breach_credit_without_debit C"},
        {"another amount",
         {first, with(lawful, [](Sent& c) { c.amount = Cents::of(1); })},
         "breach_credit_differs C"},
        {"another insurer",
         {first, with(lawful, [](Sent& c) { c.insurer = other_insurer; })},
         "breach_credit_differs C"},
        {"another performance",
         {first, with(lawful, [](Sent& c) { c.performance = performance("069:990003"); })},
         "breach_credit_differs C"},
        {"in the file of its debit",
         {first, with(lawful, [](Sent& c) { c.message = 1; })},
         "breach_credit_in_file_of_debit C"},
        {"both taken over from before the first day",
         {with(first, [](Sent& c) { c.message = 0; }), with(lawful, [](Sent& c) { c.message = 0; })},
         ""},
        {"two live claims", {first, second}, "breach_two_live_claims E"},
        {"one of them rejected", {first, debit("E", State::rejected)}, ""},
        {"one of them being credited still stands", {first, lawful, second}, "breach_two_live_claims E"},
        {"one of them credited", {first, credit("C", first, State::approved), second}, ""},
        {"care that meets on a day",
         {first, with(second,
                      [](Sent& c) {
                          c.care = {day("2024-05-31"), day("2024-07-01")};
                      })},
         "breach_two_live_claims E"},
        {"care of the days after",
         {first, with(second,
                      [](Sent& c) {
                          c.care = {day("2024-06-01"), day("2024-07-01")};
                      })},
         ""},
        {"another performance on the same days",
         {first, with(second, [](Sent& c) { c.performance = performance("069:990003"); })},
         ""},
        {"a line twice",
         {line, with(line, [](Sent& c) { c.reference = Reference::of("C-7"); })},
         "breach_two_live_claims C-7"},
        {"two lines of one performance",
         {line, with(line,
                     [](Sent& c) {
                         c.reference = Reference::of("V-2");
                         c.line = line_id(midwives, "V-2");
                     })},
         ""},
        {"a reference twice", {debit("D", State::rejected), first}, "breach_reference_twice D"},
        {"of two declarants",
         {debit("D", State::rejected), with(first, [](Sent& c) { c.declarant = midwives; })},
         ""},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        std::string text;
        for (const Breach& breach : breaches(row.sent, real_rulebook()))
            text += (text.empty() ? "" : "; ") + std::string(breach.code) + " " + breach.reference.str();
        EXPECT_EQ(text, row.expected);
    }
}

}  // namespace
}  // namespace bundel::claim
