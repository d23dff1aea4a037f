#include "insight/forecast.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "insight/chance.h"
#include "support/property.h"

namespace bundel::insight {
namespace {

const UzoviCode one = UzoviCode::of(1234);
const UzoviCode two = UzoviCode::of(5678);
const Date wednesday = Date::of(2024, 2, 28);
constexpr std::size_t low = 0;
constexpr std::size_t expected = 1;
constexpr std::size_t high = 2;

// Ten payments after 10, 20, .. 100 days: a tenth of them within 10 days, the middle 50, nine tenths 90.
std::vector<PaymentDelay> ten_payments(UzoviCode insurer) {
    std::vector<PaymentDelay> history;
    for (int days = 100; days >= 10; days -= 10) history.push_back({insurer, days});
    return history;
}

CashForecast forecast(const CashPosition& position, const CashTerms& terms = {10, 0}) {
    const auto result = forecast_cash(position, terms);
    BUNDEL_ASSERT(result.ok());
    return *result;
}

// The day, as days after as_of, in whose week all comes in: 100 + week, or 200 later, 300 late.
int week_in(const CashForecast& got, std::size_t line) {
    for (std::size_t week = 0; week < forecast_weeks; ++week) {
        if (!got.weeks[week][line].in.is_zero()) return 100 + static_cast<int>(week);
    }
    return got.late.is_zero() ? 200 : 300;
}

TEST(Forecast, WeeksBeginOnMonday) {
    struct Row {
        Date as_of;
        Date monday;
    };
    const Row rows[] = {{Date::of(2024, 2, 25), Date::of(2024, 2, 19)},  // Sunday
                        {Date::of(2024, 2, 26), Date::of(2024, 2, 26)},  // Monday
                        {wednesday, Date::of(2024, 2, 26)},
                        {Date::of(2024, 3, 3), Date::of(2024, 2, 26)},
                        {Date::of(1969, 12, 31), Date::of(1969, 12, 29)}};
    for (const Row& row : rows) {
        const auto got = forecast({row.as_of, {}, {}, {}, {}, {}});
        EXPECT_EQ(got.mondays[0], row.monday) << row.as_of.iso();
        EXPECT_EQ(got.mondays[12], row.monday.plus_days(84));
    }
}

// Each claim of 100.00; the first week ends on Sunday 3 March, four days after as_of.
TEST(Forecast, WhenAClaimIsPaid) {
    struct Row {
        const char* name;
        int waited;
        std::vector<PaymentDelay> history;
        int low, expected, high;
    };
    auto nine = ten_payments(one);
    nine.pop_back();
    const Row rows[] = {
        {"sent today: 90, 50, 10 days", 0, ten_payments(one), 200, 107, 101},
        {"waited 9: still the same", 9, ten_payments(one), 111, 106, 100},
        // Of more than 10 days: 20, 30, .. 100; nine tenths 100, the middle 60, a tenth 20.
        {"waited 10: paid by none of the quick", 10, ten_payments(one), 200, 107, 101},
        {"waited 99: only 100 is left", 99, ten_payments(one), 100, 100, 100},
        {"waited 100: longer than any", 100, ten_payments(one), 300, 300, 300},
        {"nine payments are too few: the term", 0, nine, 104, 104, 104},
        {"a day before the term", 29, nine, 100, 100, 100},
        {"past the term", 30, nine, 300, 300, 300},
        {"payments of another insurer", 0, ten_payments(two), 104, 104, 104},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        const auto got = forecast({wednesday,
                                   {},
                                   row.history,
                                   {{one, wednesday.plus_days(-row.waited), 30, Cents::of(100'00), {}}},
                                   {},
                                   {}});
        EXPECT_EQ(week_in(got, low), row.low);
        EXPECT_EQ(week_in(got, expected), row.expected);
        EXPECT_EQ(week_in(got, high), row.high);
        ASSERT_EQ(got.insurers.size(), 1U);
        EXPECT_EQ(got.insurers[0].open, Cents::of(100'00));
        EXPECT_EQ(got.insurers[0].late, row.low == 300 ? Cents::of(100'00) : Cents());
    }
}

TEST(Forecast, WhatParticipantsGetFollowsItsPayment) {
    const auto got = forecast({wednesday,
                               Cents::of(5'00),
                               ten_payments(one),
                               {{one, wednesday, 30, Cents::of(100'00), Cents::of(98'00)}},
                               {},
                               {}},
                              {10, 14});
    // The middle: in after 50 days, on 18 April (week 8 of 15 April), out on 2 May.
    EXPECT_EQ(got.weeks[7][expected], (CashFlow{Cents::of(5'00), Cents::of(100'00), {}, Cents::of(105'00)}));
    EXPECT_EQ(got.weeks[9][expected], (CashFlow{Cents::of(105'00), {}, Cents::of(98'00), Cents::of(7'00)}));
    EXPECT_EQ(got.weeks[12][expected].closing, Cents::of(7'00));
    EXPECT_EQ(got.later_out[low], Cents::of(98'00));
}

TEST(Forecast, WorkAndAgreedCash) {
    const ByLine amounts{Cents::of(50'00), Cents::of(80'00), Cents::of(90'00)};
    const auto got = forecast({wednesday,
                               {},
                               ten_payments(two),
                               {},
                               {{wednesday.plus_days(20), 30, amounts, {}}},
                               {{wednesday, Cents::of(-10'00)},
                                {wednesday.plus_days(-40), Cents::of(3'00)},
                                {wednesday.plus_days(4), Cents::of(-1'00)},
                                {wednesday.plus_days(5), Cents::of(-2'00)},
                                {wednesday.plus_days(400), Cents::of(4'00)}}});
    ASSERT_EQ(got.insurers.size(), 1U);
    EXPECT_TRUE(got.insurers[0].insurer.is_none());
    EXPECT_EQ(got.insurers[0].payments, 10U);
    EXPECT_EQ(got.insurers[0].days, (std::array{90, 50, 10}));
    EXPECT_EQ(got.insurers[0].open, Cents::of(80'00));
    EXPECT_EQ(got.insurers[0].in[4][high], Cents::of(90'00));  // 30 days on: Friday 29 March
    EXPECT_EQ(got.insurers[0].in[10][expected], Cents::of(80'00));
    EXPECT_EQ(got.insurers[0].later[low], Cents::of(50'00));
    EXPECT_EQ(got.weeks[0][low], (CashFlow{{}, Cents::of(3'00), Cents::of(11'00), Cents::of(-8'00)}));
    EXPECT_EQ(got.weeks[1][low].out, Cents::of(2'00));
    EXPECT_EQ(got.later_in[high], Cents::of(4'00));
}

// Of ten answers three were rejected: 300 thousandths, between 126 and 559.
TEST(Forecast, WhatIsNotAnsweredIsRejectedAsBefore) {
    struct Row {
        const char* name;
        OpenClaim claim;
        Answers answers;
        ByLine in, to_participants;
    };
    const auto lines = [](std::int64_t a, std::int64_t b, std::int64_t c) {
        return ByLine{Cents::of(a), Cents::of(b), Cents::of(c)};
    };
    const OpenClaim open{one, wednesday, 30, Cents::of(100'00), Cents::of(50'01)};
    OpenClaim answered = open;
    answered.answered = true;
    OpenClaim late = open;
    late.sent = wednesday.plus_days(-30);
    const Row rows[] = {
        {"not answered", open, {10, 3}, lines(44'10, 70'00, 87'40), lines(22'05, 35'01, 43'71)},
        {"answered", answered, {10, 3}, lines(100'00, 100'00, 100'00), lines(50'01, 50'01, 50'01)},
        {"nine answers are too few", open, {9, 3}, lines(100'00, 100'00, 100'00), lines(50'01, 50'01, 50'01)},
        {"none rejected", open, {10, 0}, lines(78'70, 100'00, 100'00), lines(39'36, 50'01, 50'01)},
        {"all rejected", open, {10, 10}, lines(0, 0, 21'30), lines(0, 0, 10'65)},
        {"late is not counted on at all", late, {10, 3}, {}, {}},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        CashPosition position{wednesday, {}, {}, {row.claim}, {}, {}};
        position.answers = {
            {one, {row.answers.claims, 0}}, {one, {0, row.answers.rejected}}, {two, {50, 50}}};
        const auto got = forecast(position);
        for (std::size_t line = 0; line < cash_lines; ++line) {
            EXPECT_EQ(got.weeks[4][line].in, row.in[line]) << line;
            EXPECT_EQ(got.weeks[4][line].out, row.to_participants[line]) << line;
            EXPECT_EQ(got.rejected[line] + row.in[line] + got.late, Cents::of(100'00));
        }
        ASSERT_EQ(got.insurers.size(), 1U);
        EXPECT_EQ(got.insurers[0].rejected, got.rejected);
        EXPECT_EQ(got.insurers[0].answers, row.answers);
        EXPECT_EQ(got.insurers[0].rejected_part.has_value(), row.answers.claims >= 10);
    }
}

TEST(Forecast, WorkIsRejectedAsByAllInsurers) {
    CashPosition position{wednesday, {}, {}, {}, {}, {}};
    position.work = {{wednesday, 30, {Cents::of(50'00), Cents::of(80'00), Cents::of(100'00)}, {}}};
    position.answers = {{one, {5, 3}}, {two, {5, 0}}};
    const auto got = forecast(position);
    EXPECT_EQ(got.weeks[4][low].in, Cents::of(22'05));
    EXPECT_EQ(got.weeks[4][expected].in, Cents::of(56'00));
    EXPECT_EQ(got.weeks[4][high].in, Cents::of(87'40));
}

// A claim of 100.00 in week 4, another of 30.00 in week 8, of which half goes to participants a week later.
TEST(Forecast, WhatWasPaidInAdvanceDoesNotComeAgain) {
    struct Row {
        const char* name;
        std::vector<SetOffCash> set_offs;
        std::int64_t fourth_in, eighth_in, fifth_out, ninth_out;
        std::int64_t set_off_in, set_off_out;
    };
    const Row rows[] = {
        {"nothing", {}, 100'00, 30'00, 50'00, 15'00, 0, 0},
        {"of an insurer", {{one, wednesday, Cents::of(40'00)}}, 60'00, 30'00, 50'00, 15'00, 40'00, 0},
        {"more than comes at once", {{one, wednesday, Cents::of(100'01)}}, 0, 29'99, 50'00, 15'00, 100'01, 0},
        {"more than ever comes", {{one, wednesday, Cents::of(500'00)}}, 0, 0, 50'00, 15'00, 130'00, 0},
        {"from the last day of the week",
         {{one, wednesday.plus_days(32), Cents::of(1)}},
         99'99,
         30'00,
         50'00,
         15'00,
         1,
         0},
        {"from the week after",
         {{one, wednesday.plus_days(33), Cents::of(1)}},
         100'00,
         29'99,
         50'00,
         15'00,
         1,
         0},
        {"after the weeks",
         {{one, wednesday.plus_days(100), Cents::of(1)}},
         100'00,
         30'00,
         50'00,
         15'00,
         0,
         0},
        {"of another insurer", {{two, wednesday, Cents::of(40'00)}}, 100'00, 30'00, 50'00, 15'00, 0, 0},
        {"of participants", {{{}, wednesday, Cents::of(50'01)}}, 100'00, 30'00, 0, 14'99, 0, 50'01},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        CashPosition position{wednesday, Cents::of(1'00), {}, {}, {}, {}};
        position.claims = {{one, wednesday, 30, Cents::of(100'00), Cents::of(50'00)},
                           {one, wednesday, 60, Cents::of(30'00), Cents::of(15'00)}};
        position.agreed = {{wednesday.plus_days(37), Cents::of(-7'00)}};  // a payout is not lessened
        position.set_offs = row.set_offs;
        const auto got = forecast(position, {10, 7});
        for (const std::size_t line : {low, expected, high}) {
            EXPECT_EQ(got.weeks[4][line].in, Cents::of(row.fourth_in));
            EXPECT_EQ(got.weeks[8][line].in, Cents::of(row.eighth_in));
            EXPECT_EQ(got.weeks[5][line].out, Cents::of(row.fifth_out + 7'00));
            EXPECT_EQ(got.weeks[9][line].out, Cents::of(row.ninth_out));
            EXPECT_EQ(got.set_off_in[line], Cents::of(row.set_off_in));
            EXPECT_EQ(got.set_off_out[line], Cents::of(row.set_off_out));
            EXPECT_EQ(got.insurers[0].set_off[line], Cents::of(row.set_off_in));
        }
    }
}

TEST(Forecast, ASumThatDoesNotFitIsAnError) {
    const Cents half = Cents::of(INT64_MAX / 2);
    EXPECT_TRUE(forecast_cash({wednesday, {}, {}, {{one, wednesday, 30, half, {}}}, {}, {}}, {}).ok());
    const auto got =
        forecast_cash({wednesday, Cents::of(2), {}, {{one, wednesday, 30, half, {}}}, {}, {}}, {});
    ASSERT_FALSE(got.ok());
    EXPECT_EQ(got.error().code, "cents_overflow");
}

TEST(ForecastLaw, EveryLineBalancesAndNothingIsLost) {
    testing::expect_law("balance", [](std::uint64_t seed) {
        Chance chance(seed);
        const auto some = [&](int least, int most) {
            return least + static_cast<int>(chance.below(static_cast<std::size_t>(most - least + 1)));
        };
        CashPosition position;
        position.as_of = wednesday.plus_days(some(0, 6));
        position.bank = Cents::of(some(-1000, 1000));
        Cents open;
        for (int i = some(0, 60); i > 0; --i)
            position.history.push_back({chance.below(2) == 0 ? one : two, some(0, 120)});
        for (int i = some(0, 20); i > 0; --i) {
            const Cents amount = Cents::of(some(0, 10'000));
            position.claims.push_back({chance.below(2) == 0 ? one : two,
                                       position.as_of.plus_days(-some(0, 150)), some(0, 60), amount,
                                       Cents::of(some(0, static_cast<int>(amount.count())))});
            open += amount;
        }
        for (int i = some(0, 5); i > 0; --i) {
            const int least = some(0, 100);
            position.work.push_back(
                {chance.below(4) == 0 ? std::nullopt : std::optional(position.as_of.plus_days(some(-10, 90))),
                 some(0, 60),
                 {Cents::of(least), Cents::of(least + 10), Cents::of(least + 30)},
                 {}});
            open += Cents::of(least + 10);
        }
        for (int i = some(0, 5); i > 0; --i)
            position.agreed.push_back({position.as_of.plus_days(some(-10, 120)), Cents::of(some(-500, 500))});
        for (int i = some(0, 3); i > 0; --i) {
            const int claims = some(0, 30);
            position.answers.push_back({chance.below(2) == 0 ? one : two, {claims, some(0, claims)}});
        }
        for (int i = some(0, 4); i > 0; --i)
            position.set_offs.push_back({std::array{one, two, UzoviCode()}[chance.below(3)],
                                         position.as_of.plus_days(some(-10, 120)),
                                         Cents::of(some(0, 20'000))});
        const CashTerms terms{static_cast<std::size_t>(some(0, 20)), some(0, 30)};
        const CashForecast got = forecast(position, terms);
        Cents agreed_in;
        for (const auto& agreed : position.agreed) agreed_in += std::max(agreed.amount, Cents());
        for (std::size_t line = 0; line < cash_lines; ++line) {
            Cents opening = position.bank;
            Cents in = got.later_in[line];
            for (const auto& week : got.weeks) {
                RC_ASSERT(week[line].opening == opening);
                RC_ASSERT(week[line].opening + week[line].in - week[line].out == week[line].closing);
                opening = week[line].closing;
                in += week[line].in;
            }
            Cents by_insurer = agreed_in;
            for (const InsurerCash& insurer : got.insurers) {
                by_insurer += insurer.later[line];
                for (const ByLine& week : insurer.in) by_insurer += week[line];
            }
            RC_ASSERT(in == by_insurer);
            if (line == expected)
                RC_ASSERT(in + got.late + got.rejected[line] + got.set_off_in[line] == open + agreed_in);
            RC_ASSERT(got.later_in[line] >= Cents() && got.later_out[line] >= Cents());
        }
        std::reverse(position.history.begin(), position.history.end());
        std::reverse(position.claims.begin(), position.claims.end());
        std::reverse(position.work.begin(), position.work.end());
        std::reverse(position.agreed.begin(), position.agreed.end());
        std::reverse(position.answers.begin(), position.answers.end());
        std::reverse(position.set_offs.begin(), position.set_offs.end());
        const CashForecast turned = forecast(position, terms);
        RC_ASSERT(turned.weeks == got.weeks);
        RC_ASSERT(turned.insurers == got.insurers);
    });
}

}  // namespace
}  // namespace bundel::insight
