#include "insight/forecast.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/int128.h"

namespace bundel::insight {
using base::Error;
using base::Int128;
using base::Result;

namespace {

constexpr std::size_t all_lines[] = {0, 1, 2};
constexpr std::array<int, cash_lines> tenths{9, 5, 1};  // of the payments are in by then: slow, middle, quick

Date monday_of(Date day) {
    // Day 0, 1970-01-01, was a Thursday.
    const int after_monday = ((day.day_number() + 3) % 7 + 7) % 7;
    return day.plus_days(-after_monday);
}

// Of sorted days the first by which so many tenths of them are in.
int quantile(const int* begin, const int* end, int tenth) {
    const auto count = static_cast<std::size_t>(end - begin);
    const std::size_t rank = (count * static_cast<std::size_t>(tenth) + 9) / 10;
    return begin[rank - 1];
}

using Delays = std::vector<int>;  // sorted

// The day of payment on each line, of what was sent on `sent` and is not paid up to and including `as_of`.
// None: late.
std::optional<std::array<Date, cash_lines>> paid_on(const Delays& delays, std::size_t least, Date sent,
                                                    int term_days, Date as_of) {
    const int waited = values::days_between(sent, as_of);
    std::array<Date, cash_lines> days{};
    if (delays.size() < least) {
        if (term_days <= waited) return std::nullopt;
        days.fill(sent.plus_days(term_days));
        return days;
    }
    const auto longer = std::upper_bound(delays.begin(), delays.end(), waited);
    if (longer == delays.end()) return std::nullopt;
    const int* begin = delays.data() + (longer - delays.begin());
    for (const std::size_t line : all_lines)
        days[line] = sent.plus_days(quantile(begin, delays.data() + delays.size(), tenths[line]));
    return days;
}

// What is left of an amount when a part of it is rejected, on each line.
ByLine left_of(const ByLine& amount, const RejectedPart& part) {
    const std::array<int, cash_lines> rejected{part.high, part.expected, part.low};
    ByLine left;
    for (const std::size_t line : all_lines) {
        const Int128 exact = Int128{amount[line].count()} * (1000 - rejected[line]);
        left[line] = Cents::of(static_cast<std::int64_t>((exact + 500) / 1000));
    }
    return left;
}

class Forecaster {
public:
    Forecaster(const CashPosition& position, const CashTerms& terms) : position_(position), terms_(terms) {
        result_.as_of = position.as_of;
        for (std::size_t week = 0; week < forecast_weeks; ++week)
            result_.mondays[week] = monday_of(position.as_of).plus_days(static_cast<int>(7 * week));
        for (const PaymentDelay& paid : position.history) {
            BUNDEL_ASSERT(paid.days >= 0);
            delays_[paid.insurer].push_back(paid.days);
            if (!paid.insurer.is_none()) delays_[UzoviCode()].push_back(paid.days);
        }
        for (auto& [insurer, delays] : delays_) std::sort(delays.begin(), delays.end());
        for (const AnswersOf& one : position.answers) {
            add(answers_[one.insurer], one.answers);
            if (!one.insurer.is_none()) add(answers_[UzoviCode()], one.answers);
        }
    }

    CashForecast made() {
        for (const ComingWork& work : position_.work) {
            InsurerCash& insurer = insurer_of(UzoviCode());
            insurer.open += work.amount[static_cast<std::size_t>(CashLine::expected)];
            if (work.sent)
                expect(insurer, {std::max(*work.sent, position_.as_of), work.term_days},
                       not_rejected(insurer, {work.amount, work.to_participants}));
            else
                leave_for_later(insurer, not_rejected(insurer, {work.amount, work.to_participants}));
        }
        for (const OpenClaim& claim : position_.claims) {
            BUNDEL_ASSERT(claim.sent <= position_.as_of && !claim.amount.is_negative() &&
                          !claim.to_participants.is_negative() && claim.to_participants <= claim.amount);
            InsurerCash& insurer = insurer_of(claim.insurer);
            insurer.open += claim.amount;
            expect_claim(insurer, claim);
        }
        for (const SetOffCash& set_off : in_order(position_.set_offs)) this->set_off(set_off);
        for (const AgreedCash& agreed : position_.agreed) {
            for (const std::size_t line : all_lines) {
                if (agreed.amount.is_negative())
                    pay_out(line, agreed.day, -agreed.amount);
                else
                    pay_in(line, agreed.day, agreed.amount);
            }
        }
        for (const auto& [code, insurer] : insurers_) result_.insurers.push_back(insurer);
        balance();
        return std::move(result_);
    }

private:
    static ByLine all(Cents amount) {
        ByLine lines;
        lines.fill(amount);
        return lines;
    }

    static void add(Answers& to, const Answers& more) {
        to.claims += more.claims;
        to.rejected += more.rejected;
    }

    static std::vector<SetOffCash> in_order(std::vector<SetOffCash> set_offs) {
        std::ranges::sort(set_offs, {}, [](const SetOffCash& one) {
            return std::tuple(one.from, one.insurer, one.amount);
        });
        return set_offs;
    }

    const Delays& delays_of(UzoviCode insurer) {
        return delays_[insurer];  // none: no payment was ever seen
    }

    InsurerCash& insurer_of(UzoviCode code) {
        const auto [place, is_new] = insurers_.try_emplace(code);
        if (is_new) {
            InsurerCash& insurer = place->second;
            insurer.insurer = code;
            const Delays& delays = delays_of(code);
            insurer.payments = delays.size();
            const bool enough = delays.size() >= least_history();
            insurer.basis = enough ? DelayBasis::history : DelayBasis::term;
            for (const std::size_t line : all_lines)
                insurer.days[line] =
                    enough ? quantile(delays.data(), delays.data() + delays.size(), tenths[line]) : 0;
            insurer.answers = answers_[code];
            if (insurer.answers.claims >= static_cast<std::int64_t>(least_history()))
                insurer.rejected_part = rejected_part(insurer.answers);
        }
        return place->second;
    }

    // Which week; none: after the last one. What was agreed for a day that is over is for the first week.
    std::optional<std::size_t> week_of(Date day) const {
        const int days = values::days_between(result_.mondays[0], std::max(day, position_.as_of));
        const auto week = static_cast<std::size_t>(days / 7);
        return week < forecast_weeks ? std::optional(week) : std::nullopt;
    }

    void pay_in(std::size_t line, Date day, Cents amount) {
        const auto week = week_of(day);
        (week ? result_.weeks[*week][line].in : result_.later_in[line]) += amount;
    }
    void pay_out(std::size_t line, Date day, Cents amount) {
        const auto week = week_of(day);
        (week ? result_.weeks[*week][line].out : result_.later_out[line]) += amount;
    }

    std::size_t least_history() const { return std::max<std::size_t>(1, terms_.least_history); }

    struct Sending {
        Date day;
        int term_days = 0;
    };
    struct Coming {
        ByLine amount{};
        ByLine to_participants{};
    };

    Coming not_rejected(InsurerCash& insurer, const Coming& all) {
        if (!insurer.rejected_part) return all;
        const Coming left{left_of(all.amount, *insurer.rejected_part),
                          left_of(all.to_participants, *insurer.rejected_part)};
        for (const std::size_t line : all_lines) {
            insurer.rejected[line] += all.amount[line] - left.amount[line];
            result_.rejected[line] += all.amount[line] - left.amount[line];
        }
        return left;
    }

    bool is_late(const InsurerCash& insurer, const Sending& sending) {
        return !paid_on(delays_of(insurer.insurer), least_history(), sending.day, sending.term_days,
                        std::max(position_.as_of, sending.day));
    }

    // What is late is not counted on, rejected or not.
    void expect_claim(InsurerCash& insurer, const OpenClaim& claim) {
        const Sending sending{claim.sent, claim.term_days};
        const Coming all_of_it{all(claim.amount), all(claim.to_participants)};
        const bool is_open = !claim.answered && !is_late(insurer, sending);
        expect(insurer, sending, is_open ? not_rejected(insurer, all_of_it) : all_of_it);
    }

    void expect(InsurerCash& insurer, const Sending& sending, const Coming& coming) {
        if (insurer.basis == DelayBasis::term) {
            for (int& days : insurer.days) days = std::max(days, sending.term_days);
        }
        // What is not sent yet has not waited.
        const auto days = paid_on(delays_of(insurer.insurer), least_history(), sending.day, sending.term_days,
                                  std::max(position_.as_of, sending.day));
        if (!days) {
            insurer.late += coming.amount[static_cast<std::size_t>(CashLine::expected)];
            result_.late += coming.amount[static_cast<std::size_t>(CashLine::expected)];
            return;
        }
        for (const std::size_t line : all_lines) {
            const auto week = week_of((*days)[line]);
            (week ? insurer.in[*week][line] : insurer.later[line]) += coming.amount[line];
            pay_in(line, (*days)[line], coming.amount[line]);
            pay_out(line, (*days)[line].plus_days(terms_.payout_days), coming.to_participants[line]);
        }
    }

    void leave_for_later(InsurerCash& insurer, const Coming& coming) {
        for (const std::size_t line : all_lines) {
            insurer.later[line] += coming.amount[line];
            result_.later_in[line] += coming.amount[line];
            result_.later_out[line] += coming.to_participants[line];
        }
    }

    // Takes as much of `rest` as there is; what is left waits for the next week.
    static Cents taken(Cents& from, Cents& rest) {
        const Cents amount = std::min(from, rest);
        from -= amount;
        rest -= amount;
        return amount;
    }

    void set_off(const SetOffCash& set_off) {
        BUNDEL_ASSERT(!set_off.amount.is_negative());
        const bool of_insurer = !set_off.insurer.is_none();
        const auto insurer = insurers_.find(set_off.insurer);
        if (of_insurer && insurer == insurers_.end()) return;  // it has nothing to pay
        for (const std::size_t line : all_lines) {
            Cents rest = set_off.amount;
            for (std::size_t week = week_of(set_off.from).value_or(forecast_weeks); week <= forecast_weeks;
                 ++week) {
                const bool later = week == forecast_weeks;
                if (of_insurer) {
                    auto& ours = insurer->second;
                    const Cents amount = taken(later ? ours.later[line] : ours.in[week][line], rest);
                    (later ? result_.later_in[line] : result_.weeks[week][line].in) -= amount;
                    ours.set_off[line] += amount;
                    result_.set_off_in[line] += amount;
                } else {
                    Cents& out = later ? result_.later_out[line] : result_.weeks[week][line].out;
                    result_.set_off_out[line] += taken(out, rest);
                }
            }
        }
    }

    void balance() {
        for (const std::size_t line : all_lines) {
            Cents balance = position_.bank;
            for (auto& week : result_.weeks) {
                CashFlow& flow = week[line];
                flow.opening = balance;
                balance += flow.in;
                balance -= flow.out;
                flow.closing = balance;
            }
        }
    }

    const CashPosition& position_;
    CashTerms terms_;
    std::map<UzoviCode, Delays> delays_;    // of none: of all together
    std::map<UzoviCode, Answers> answers_;  // likewise
    std::map<UzoviCode, InsurerCash> insurers_;
    CashForecast result_;
};

// No sum of these can leave its range.
bool sums_fit(const CashPosition& position) {
    const auto size = [](Cents amount) {
        return Int128{amount.count() < 0 ? -Int128{amount.count()} : amount.count()};
    };
    Int128 all = size(position.bank);
    for (const OpenClaim& claim : position.claims) all += 2 * size(claim.amount);
    for (const AgreedCash& agreed : position.agreed) all += size(agreed.amount);
    for (const ComingWork& work : position.work) {
        for (const Cents amount : work.amount) all += 2 * size(amount);
    }
    return all <= INT64_MAX;
}

}  // namespace

Result<CashForecast> forecast_cash(const CashPosition& position, const CashTerms& terms) {
    BUNDEL_ASSERT(terms.payout_days >= 0);
    if (!sums_fit(position)) return Error{"cents_overflow"};
    return Forecaster(position, terms).made();
}

}  // namespace bundel::insight
