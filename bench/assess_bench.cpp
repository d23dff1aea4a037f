// Assessing women: pathway, selection and oughts with trails built, digested and dropped, on one core. About
// one pregnancy and six lines per woman. Target: 100,000 pregnancies/s (docs/performance.md).
#include <benchmark/benchmark.h>

#include <random>

#include "claim/case.h"
#include "support/case_builder.h"

namespace {

using namespace bundel;
using namespace bundel::testing;

class Varied {
public:
    int number(int first, int last) { return std::uniform_int_distribution<int>(first, last)(chance_); }
    bool one_in(int n) { return number(1, n) == 1; }

    Woman made_up() {
        Woman woman;
        Date onset = day("2022-06-01").plus_days(number(0, 500));
        const int pregnancies = one_in(20) ? 2 : 1;
        for (int i = 0; i < pregnancies; ++i) {
            pregnancy(woman, onset);
            onset = onset.plus_days(430);
        }
        return woman;
    }

private:
    void pregnancy(Woman& woman, Date onset) {
        const Date due = onset.plus_days(280);
        woman.enrolled(midwives, onset.plus_days(number(40, 90)).iso(), due.iso());
        if (one_in(3))
            woman.enrolled(hospital, onset.plus_days(number(90, 200)).iso(), due.plus_days(2).iso());
        const Date end = one_in(10) ? onset.plus_days(number(40, 150)) : due.plus_days(number(-30, 12));
        const bool loss = values::days_between(onset, end) < 161;
        if (loss)
            woman.ended(facts::Outcome::miscarriage, end.iso());
        else if (!one_in(20))
            woman.born(end.iso());
        if (one_in(2)) woman.insured(insurer, Period::from(day("2020-01-01")));
        const auto bill = [&](const char* code, Date on, values::AgbCode by) {
            woman.line(by, "V-" + std::to_string(++references_), code, on.iso(), number(20'00, 700'00));
        };
        bill("032:1101", onset.plus_days(60), midwives);
        if (!loss) bill("032:1102", end, one_in(4) ? hospital : midwives);
        if (!loss) bill("032:1103", end.plus_days(1), midwives);
        for (int i = 0; i < 3; ++i)
            bill(one_in(5) ? "999:GUO" : "032:9019", onset.plus_days(number(50, 300)),
                 one_in(15) ? outsider : midwives);
        if (one_in(12)) {
            const std::string last = woman.last_line().id.reference.str();
            woman.credit("V-" + std::to_string(++references_), last);
        }
    }

    std::mt19937 chance_{7};
    int references_ = 0;
};

void assess(benchmark::State& state) {
    constexpr std::size_t count = 10'000;
    const Date as_of = day("2024-03-01");
    Varied varied;
    std::vector<facts::Woman> women;
    for (std::size_t i = 0; i < count; ++i) women.push_back(facts::known_on(varied.made_up().facts, as_of));
    const facts::Agreements agreements = facts::known_on(region().agreements, as_of);
    const auto& book = real_rulebook();
    std::int64_t pregnancies = 0;
    std::int64_t lines = 0;
    for (auto _ : state) {
        state.PauseTiming();  // what was known is given away with each assessment
        std::vector<facts::Woman> given = women;
        state.ResumeTiming();
        for (facts::Woman& woman : given) {
            const auto made = claim::assess_known(std::move(woman), agreements, book, as_of);
            if (!made.ok()) return state.SkipWithError(made.error().code.c_str());
            benchmark::DoNotOptimize(made->digest());
            pregnancies += static_cast<std::int64_t>(made->pathway.pregnancies.size());
            lines += static_cast<std::int64_t>(made->pathway.known.lines.size());
        }
    }
    state.SetItemsProcessed(pregnancies);
    state.counters["lines_per_pregnancy"] = static_cast<double>(lines) / static_cast<double>(pregnancies);
}
BENCHMARK(assess)->Unit(benchmark::kMillisecond)->MinTime(2);

}  // namespace
