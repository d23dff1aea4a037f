// Decisions per second on one core, with the trail filled. Targets: a table of two rows 2,000,000/s
// (docs/performance.md); a table of 200 rows over four columns shows what the index is worth.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "decision/testing.h"

namespace bundel::decision {
namespace {

void decide_two_rows(benchmark::State& state) {
    const testing::Rows table{"d", "UNIQUE", {"age"}, {{"< 18", "\"minor\""}, {">= 18", "\"adult\""}}};
    const Model model = testing::load(testing::model({{"age", "number", ""}}, {table}));
    const std::vector<Value> inputs[] = {{Value::of(17)}, {Value::of(18)}};
    Trail trail;
    std::size_t i = 0;
    for (auto _ : state) {
        trail.clear();
        auto value = model.evaluate(0, inputs[i++ % 2], &trail);
        benchmark::DoNotOptimize(value);
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(decide_two_rows);

void decide_200_rows(benchmark::State& state) {
    testing::Rows table{"d", "UNIQUE", {"age", "kind", "urgent", "day"}, {}};
    for (int i = 0; i < 200; ++i) {
        table.rows.push_back({"[" + std::to_string(i / 4 * 2) + ".." + std::to_string(i / 4 * 2 + 2) + ")",
                              i / 2 % 2 == 0 ? "\"first\"" : "not(\"first\")", i % 2 == 0 ? "true" : "false",
                              ">= @\"2020-01-01\"", std::to_string(i)});
    }
    const Model model = testing::load(testing::model(
        {{"age", "number", ""}, {"kind", "string", ""}, {"urgent", "boolean", ""}, {"day", "date", ""}},
        {table}));
    std::vector<std::vector<Value>> cases;
    for (int i = 0; i < 64; ++i) {
        cases.push_back({Value::of(i), Value::of(i % 3 == 0 ? "first" : "other"), Value::of(i % 2 == 0),
                         Value::of(Date{19'000 + i})});
    }
    Trail trail;
    std::size_t i = 0;
    for (auto _ : state) {
        trail.clear();
        auto value = model.evaluate(0, cases[i++ % cases.size()], &trail);
        benchmark::DoNotOptimize(value);
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(decide_200_rows);

}  // namespace
}  // namespace bundel::decision
