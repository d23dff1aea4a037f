#include "bank/match.h"

#include <gtest/gtest.h>

#include "support/property.h"

namespace bundel::bank {
namespace {

Claim answered(const char* invoice, const char* reference, std::int64_t open, std::int64_t paid = 0) {
    return {invoice, reference, Cents::of(open), Cents::of(paid), true};
}

// Two invoices of two claims, one of one claim that is paid in part, one that waits for its answer.
const std::vector<Claim> claims{
    answered("B000000001", "BD01", 100'00),       answered("B000000001", "BD02", 50'00),
    answered("B000000002", "BD03", 70'00),        answered("B000000002", "BD04", 5'00),
    answered("B000000003", "BD05", 20'00, 30'00), {"B000000004", "BD06", Cents(), Cents(), false}};

struct Row {
    const char* name;
    std::int64_t amount;
    const char* remittance;
    std::vector<Part> parts;
    NoMatch why;
};

Part part(std::size_t claim, std::int64_t amount) {
    return {claim, Cents::of(amount)};
}

TEST(Match, ByNameThenByAmountThenByCombination) {
    const Row rows[] = {
        {"invoice named", 150'00, "declaratie b000000001.", {part(0, 100'00), part(1, 50'00)}, NoMatch::none},
        {"two invoices named",
         170'00,
         "B000000001 B000000003",
         {part(0, 100'00), part(1, 50'00), part(4, 20'00)},
         NoMatch::none},
        {"name beats amount", 150'00, "B000000002", {}, NoMatch::amount_differs},
        {"claim named", 50'00, "BD02", {part(1, 50'00)}, NoMatch::none},
        {"claims named", 55'00, "BD02/BD04", {part(1, 50'00), part(3, 5'00)}, NoMatch::none},
        {"one claim named, in part", 12'34, "BD02", {part(1, 12'34)}, NoMatch::none},
        {"claims named, other amount", 54'99, "BD02 BD04", {}, NoMatch::amount_differs},
        {"claim named, not answered", 10'00, "BD06", {part(5, 10'00)}, NoMatch::none},
        {"invoice named, not answered", 10'00, "B000000004", {}, NoMatch::not_answered},
        {"no word of a name", 10'00, "XB000000001X BD0", {}, NoMatch::nothing_open},
        {"one invoice by amount", 75'00, "juni", {part(2, 70'00), part(3, 5'00)}, NoMatch::none},
        {"a rest by amount", 20'00, "", {part(4, 20'00)}, NoMatch::none},
        {"combination of two", 170'00, "", {part(0, 100'00), part(1, 50'00), part(4, 20'00)}, NoMatch::none},
        {"combination of all",
         245'00,
         "",
         {part(0, 100'00), part(1, 50'00), part(2, 70'00), part(3, 5'00), part(4, 20'00)},
         NoMatch::none},
        {"part of an invoice", 100'00, "", {}, NoMatch::nothing_open},
        {"a cent too much", 150'01, "", {}, NoMatch::nothing_open},
        {"taken back by claim", -30'00, "BD05", {part(4, -30'00)}, NoMatch::none},
        {"taken back by invoice", -30'00, "B000000003", {part(4, -30'00)}, NoMatch::none},
        {"taken back in part", -10'00, "BD05", {part(4, -10'00)}, NoMatch::none},
        {"taken back, invoice, other amount", -10'00, "B000000003", {}, NoMatch::paid_too_little},
        {"taken back without a name", -30'00, "", {}, NoMatch::paid_too_little},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        const Match found = match(Cents::of(row.amount), row.remittance, claims);
        EXPECT_EQ(found.parts, row.parts);
        EXPECT_EQ(found.why, row.why);
    }
}

// A settlement has no invoice, and is only there when it is named; what we owe is open below zero.
TEST(Match, ASettlementIsTakenOffAnInvoice) {
    const std::vector<Claim> with{answered("B1", "R1", 100'00), answered("B1", "R2", 50'00),
                                  answered("B2", "R3", 45'00), answered("", "S1", -5'00, 5'00)};
    const Row rows[] = {
        {"invoice and settlement",
         145'00,
         "B1 S1",
         {part(0, 100'00), part(1, 50'00), part(3, -5'00)},
         NoMatch::none},
        {"claim and settlement", 40'00, "R3 S1", {part(2, 45'00), part(3, -5'00)}, NoMatch::none},
        {"invoice, settlement, other amount", 144'99, "B1 S1", {}, NoMatch::amount_differs},
        {"invoice in full", 150'00, "B1 S1", {part(0, 100'00), part(1, 50'00)}, NoMatch::none},
        {"claim of another invoice", 44'99, "B1 R3", {}, NoMatch::amount_differs},
        {"claim of the invoice", 44'99, "B1 R2", {part(1, 44'99)}, NoMatch::none},
        {"what we owe, in part", -4'00, "S1", {part(3, -4'00)}, NoMatch::none},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        const Match found = match(Cents::of(row.amount), row.remittance, with);
        EXPECT_EQ(found.parts, row.parts);
        EXPECT_EQ(found.why, row.why);
    }
}

TEST(Match, TwoAnswersAreNone) {
    const std::vector<Claim> equal{answered("B1", "R1", 10'00), answered("B2", "R2", 10'00),
                                   answered("B3", "R3", 20'00)};
    Match found = match(Cents::of(10'00), "", equal);
    EXPECT_EQ(found.why, NoMatch::ambiguous);
    EXPECT_EQ(found.suggestions, (std::vector<std::string>{"B1", "B2"}));
    EXPECT_EQ(match(Cents::of(20'00), "", equal).parts, std::vector<Part>{part(2, 20'00)});
    EXPECT_EQ(match(Cents::of(30'00), "", equal).why, NoMatch::ambiguous);
    EXPECT_EQ(match(Cents::of(40'00), "", equal).parts.size(), 3U);
}

TEST(Match, CombinationsAreBounded) {
    std::vector<Claim> five;
    for (int i = 0; i < 5; ++i)
        five.push_back(
            answered(("B" + std::to_string(i)).c_str(), ("R" + std::to_string(i)).c_str(), 1 << (2 * i)));
    EXPECT_EQ(match(Cents::of(1 + 4 + 16 + 64), "", five).parts.size(), 4U);
    EXPECT_EQ(match(Cents::of(1 + 4 + 16 + 64 + 256), "", five).why, NoMatch::nothing_open);
    std::vector<Claim> many;
    for (std::size_t i = 0; i < candidates_max + 1; ++i)
        many.push_back(answered(("B" + std::to_string(i)).c_str(), ("R" + std::to_string(i)).c_str(), 2));
    EXPECT_EQ(match(Cents::of(4), "", many).why, NoMatch::nothing_open);
}

// By brute force over all sets of few invoices.
TEST(Match, ACombinationIsFoundExactlyWhenItIsTheOnlyOne) {
    bundel::testing::expect_law("unique, and adds up", [] {
        const std::size_t count = *rc::gen::inRange<std::size_t>(1, 8);
        std::vector<Claim> open;
        for (std::size_t i = 0; i < count; ++i)
            open.push_back(answered(("B" + std::to_string(i)).c_str(), ("R" + std::to_string(i)).c_str(),
                                    *rc::gen::inRange(1, 30)));
        const Cents amount = Cents::of(*rc::gen::inRange(1, 80));
        int singles = 0;
        int sets = 0;
        for (unsigned chosen = 1; chosen < 1U << count; ++chosen) {
            Cents sum;
            std::size_t size = 0;
            for (std::size_t i = 0; i < count; ++i) {
                if ((chosen >> i & 1U) == 0) continue;
                sum += open[i].open;
                ++size;
            }
            if (sum == amount && size == 1) ++singles;
            if (sum == amount && size <= combined_max) ++sets;
        }
        const Match found = match(amount, "", open);
        const int answers = singles > 0 ? singles : sets;
        RC_ASSERT((found.why == NoMatch::none) == (answers == 1));
        RC_ASSERT((found.why == NoMatch::ambiguous) == (answers > 1));
    });
}

}  // namespace
}  // namespace bundel::bank
