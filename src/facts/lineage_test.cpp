#include "facts/lineage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "support/any_reading.h"
#include "support/property.h"

namespace bundel::facts {
namespace {

using testing::expect_law;
using S = Standing;

const AgbCode midwives = AgbCode::of(8'000'101);
const Date day = Date::of(2024, 3, 1);

// A line as told in a table: "D1 100" is a debit of 100 cents; "C1 100 D1" a credit of 100 that names D1. A
// reference that begins with C is a credit. Options behind it: "+n" received n days later, "?" person
// unknown,
// "@n" care n days later, "%" another declarant.
Known<CareLine> told(std::string_view text) {
    const auto words = base::split(text, ' ');
    Known<CareLine> known;
    CareLine& line = known.fact;
    line.id = {midwives, Reference::of(words[0])};
    line.declarant = midwives;
    line.performance = PerformanceCode::of(32, "1101");
    line.credit = words[0].front() == 'C';
    line.amount = Cents::of(*base::parse_digits(words[1]));
    if (line.credit) line.amount = -line.amount;
    line.care = Period::day(day);
    known.received = day;
    for (std::size_t i = 2; i < words.size(); ++i) {
        const auto number = static_cast<int>(base::parse_digits(words[i].substr(1)).value_or(0));
        switch (words[i].front()) {
            case '+': known.received = day.plus_days(number); break;
            case '@': line.care = Period::day(day.plus_days(number)); break;
            case '?': line.person_known = false; break;
            case '%': line.declarant = AgbCode::of(8'000'102); break;
            default: line.previous = Reference::of(words[i]);
        }
    }
    return known;
}

Known<Successor> successor(std::string_view predecessor, std::string_view line, bool credit) {
    return {{{midwives, Reference::of(predecessor)}, {midwives, Reference::of(line)}, credit}, day, {}};
}

TEST(Standings, Table) {
    struct Row {
        const char* why;
        std::vector<const char*> lines;
        std::vector<S> standings;
        std::vector<Known<Successor>> successors = {};
    };
    const Row rows[] = {
        {"nothing", {}, {}},
        {"one line", {"D1 100"}, {S::effective}},
        {"a credit cancels its debit", {"D1 100", "C1 100 D1"}, {S::credited, S::credit}},
        {"credit first, debit later", {"C1 100 D1", "D1 100 +9"}, {S::credit, S::credited}},
        {"a new debit after the credit",
         {"D1 100", "C1 100 D1", "D2 100"},
         {S::credited, S::credit, S::effective}},
        {"the new debit names the credit",
         {"D1 100", "C1 100 D1", "D2 90 C1"},
         {S::credited, S::credit, S::effective}},
        {"the new debit names the debit",
         {"D1 100", "C1 100 D1", "D2 90 D1"},
         {S::credited, S::credit, S::effective}},
        {"debit-credit-debit-credit",
         {"D1 100", "C1 100 D1", "D2 90 C1", "C2 90 D2"},
         {S::credited, S::credit, S::credited, S::credit}},
        {"of other amount: the debit goes on counting",
         {"D1 100", "C1 90 D1"},
         {S::effective, S::credit_unmatched}},
        {"one cent", {"D1 100", "C1 101 D1"}, {S::effective, S::credit_unmatched}},
        {"credit without debit", {"C1 100 D9"}, {S::credit_unmatched}},
        {"credit that names nothing", {"D1 100", "C1 100"}, {S::effective, S::credit_unmatched}},
        {"a debit is cancelled once, by the credit received first",
         {"D1 100", "C1 100 D1 +2", "C2 100 D1 +1"},
         {S::credited, S::credit_unmatched, S::credit}},
        {"then by lowest reference",
         {"D1 100", "C2 100 D1", "C1 100 D1"},
         {S::credited, S::credit_unmatched, S::credit}},
        {"a credit sent again replaces the credit",
         {"D1 100", "C1 100 D1", "C2 100 C1"},
         {S::credited, S::replaced, S::credit}},
        {"repaired, in the right amount",
         {"D1 100", "C1 90 D1", "C2 100 C1"},
         {S::credited, S::replaced, S::credit}},
        {"a credit that names a credit of nothing",
         {"C1 100", "C2 100 C1"},
         {S::credit_unmatched, S::credit_unmatched}},
        {"credits in a circle", {"C1 100 C2", "C2 100 C1"}, {S::credit_unmatched, S::credit_unmatched}},
        {"replaced without credit", {"D1 100", "D2 90 D1"}, {S::replaced, S::effective}},
        {"replaced twice over", {"D1 100", "D2 90 D1", "D3 80 D2"}, {S::replaced, S::replaced, S::effective}},
        {"replaced, and the new one credited",
         {"D1 100", "D2 90 D1", "C1 90 D2"},
         {S::replaced, S::credited, S::credit}},
        {"credit of other amount, new debit names it: the lineage counts once",
         {"D1 100", "C1 90 D1", "D2 80 C1"},
         {S::replaced, S::credit_unmatched, S::effective}},
        {"a replacement of the same content is no duplicate",
         {"D1 100", "D2 100 D1"},
         {S::replaced, S::effective}},
        {"two replace one: the second is a question",
         {"D1 100", "D2 90 D1", "D3 80 D1"},
         {S::replaced, S::effective, S::possible_duplicate}},
        {"split in two kinds of care",
         {"D1 100", "D2 60 D1", "D3 40 D1 @1"},
         {S::replaced, S::effective, S::effective}},
        {"debits in a circle are no evidence", {"D1 100 D2", "D2 90 D1 @1"}, {S::effective, S::effective}},
        {"a line that names itself", {"D1 100 D1"}, {S::effective}},
        {"a name from within a circle",
         {"D1 100 D2", "D2 90 D1 @1", "D3 80 D1 @2"},
         {S::replaced, S::effective, S::effective}},
        {"same declarant, performance, care", {"D1 100", "D2 90"}, {S::effective, S::possible_duplicate}},
        {"the one received first counts", {"D1 100 +1", "D2 90"}, {S::possible_duplicate, S::effective}},
        {"three", {"D3 1", "D1 2", "D2 3"}, {S::possible_duplicate, S::effective, S::possible_duplicate}},
        {"care of another day", {"D1 100", "D2 100 @1"}, {S::effective, S::effective}},
        {"another declarant", {"D1 100", "D2 100 %"}, {S::effective, S::effective}},
        {"duplicates, one credited",
         {"D1 100", "D2 100", "C1 100 D1"},
         {S::credited, S::effective, S::credit}},
        {"no valid BSN", {"D1 100 ?"}, {S::person_unknown}},
        {"no valid BSN is no duplicate", {"D1 100 ?", "D2 100"}, {S::person_unknown, S::effective}},
        {"no valid BSN, credited", {"D1 100 ?", "C1 100 D1 ?"}, {S::credited, S::credit}},
        {"no valid BSN, unmatched", {"C1 100 D1 ?"}, {S::person_unknown}},
        {"replaced on another person", {"D1 100"}, {S::replaced}, {successor("D1", "D2", false)}},
        {"credited on another person", {"D1 100"}, {S::credited}, {successor("D1", "C1", true)}},
        {"replaced on another person after her own credit",
         {"D1 100", "C1 100 D1"},
         {S::credited, S::credit},
         {successor("C1", "D2", false)}},
        {"her own line is judged by itself",
         {"D1 100", "C1 90 D1"},
         {S::effective, S::credit_unmatched},
         {successor("D1", "C1", true)}},
        {"successor of a line not hers", {"D1 100"}, {S::effective}, {successor("D9", "D2", false)}},
        {"no valid BSN, corrected on another person",
         {"D1 100 ?"},
         {S::replaced},
         {successor("D1", "D2", false)}},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        Woman known;
        for (const char* text : row.lines) known.lines.push_back(told(text));
        known.successors = row.successors;
        EXPECT_EQ(standings(known), row.standings);
    }
}

std::map<LineId, Standing> by_id(const Woman& known) {
    const auto found = standings(known);
    std::map<LineId, Standing> result;
    for (std::size_t i = 0; i < found.size(); ++i) result[known.lines[i].fact.id] = found[i];
    return result;
}

Woman any_woman(std::uint64_t seed) {
    AnyReading any(seed);
    Woman woman;
    woman.lines = any.reading().lines;
    return known_on(woman, Date::far_future());
}

TEST(Standings, DoNotDependOnTheOrderOfLines) {
    expect_law("standings by identity are the same for every order", [](std::uint64_t seed) {
        Woman known = any_woman(seed);
        const auto before = by_id(known);
        std::mt19937_64 chance(seed);
        std::shuffle(known.lines.begin(), known.lines.end(), chance);
        RC_ASSERT(by_id(known) == before);
    });
}

Cents total(const Woman& known, std::initializer_list<Standing> of) {
    const auto found = standings(known);
    Cents sum;
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (std::find(of.begin(), of.end(), found[i]) != of.end()) sum += known.lines[i].fact.amount;
    }
    return sum;
}

TEST(Standings, CreditedAndCreditNetToZero) {
    expect_law("credited + credit = 0, one credit per debit, no two effective lines alike",
               [](std::uint64_t seed) {
                   const Woman known = any_woman(seed);
                   RC_ASSERT(total(known, {S::credited, S::credit}).is_zero());
                   const auto found = standings(known);
                   RC_ASSERT(std::count(found.begin(), found.end(), S::credited) ==
                             std::count(found.begin(), found.end(), S::credit));
                   std::set<std::tuple<Period, AgbCode, PerformanceCode>> counted;
                   for (std::size_t i = 0; i < found.size(); ++i) {
                       const CareLine& line = known.lines[i].fact;
                       RC_ASSERT(found[i] != S::effective || !line.credit);
                       if (found[i] == S::effective)
                           RC_ASSERT(counted.emplace(line.care, line.declarant, line.performance).second);
                   }
               });
}

TEST(Standings, ALineageIsNeverLost) {
    expect_law("when no line was credited or unknown, some line of every set counts", [](std::uint64_t seed) {
        Woman known = any_woman(seed);
        std::erase_if(known.lines,
                      [](const auto& line) { return line.fact.credit || !line.fact.person_known; });
        const auto found = standings(known);
        const auto counting = std::count(found.begin(), found.end(), S::effective);
        RC_ASSERT(known.lines.empty() == (counting == 0));
    });
}

}  // namespace
}  // namespace bundel::facts
