// The selection model, on one core: a phase observed, asked for its route, with the trail built. Target:
// 500,000 phases/s (docs/performance.md).
#include <benchmark/benchmark.h>

#include "rulebook/selection_model.h"
#include "support/rulebook_files.h"

namespace bundel::rulebook {
namespace {

Observations ordinary(const SelectionModel& model) {
    Observations seen(model);
    seen.word(Variable::insurer_evidence, InsurerEvidence::line);
    seen.word(Variable::payer, values::Payer::insurer);
    seen.word(Variable::contracts, Count::one);
    seen.word(Variable::contract_regime, RegimeOf::same);
    seen.word(Variable::no_contract, NoContract::mono);
    seen.word(Variable::price_lists, Count::none);
    seen.word(Variable::price_list_regime, RegimeOf::same);
    seen.truth(Variable::outside_blocks, false);
    seen.word(Variable::overlap, values::OverlapPolicy::deduct_actual);
    seen.word(Variable::break_extent, values::BreakExtent::pregnancy);
    seen.number(Variable::outside_in_phase, 0);
    seen.number(Variable::outside_in_pregnancy, 0);
    seen.number(Variable::outside_unknown, 0);
    seen.truth(Variable::fixed_deduction, false);
    seen.truth(Variable::left_early, false);
    seen.word(Variable::when_left, LeftEarly::mono);
    seen.word(Variable::phase, values::PhaseKind::prenatal);
    seen.put(Variable::end_evidence, decision::Value::of("uitkomst gemeld"));
    seen.number(Variable::days_since_end, 60);
    seen.number(Variable::hold_days, 30);
    seen.number(Variable::days_since_question_day, -200);
    seen.truth(Variable::pregnancy_ended, true);
    seen.truth(Variable::natal_phase, true);
    seen.truth(Variable::age_known, true);
    seen.number(Variable::age_at_end, 280);
    seen.text(Variable::care_weight, no_care_weight);
    seen.truth(Variable::performance_listed, true);
    seen.truth(Variable::phase_contracted, true);
    seen.truth(Variable::performance_contracted, true);
    seen.truth(Variable::price_known, true);
    seen.number(Variable::net_cents, 185'000);
    seen.truth(Variable::due_dates_conflict, false);
    return seen;
}

void route(benchmark::State& state) {
    const Rulebook book = testing::load_rulebook();
    const SelectionModel& model = *book.regimes().back().model;
    const Observations seen = ordinary(model);
    for (auto _ : state) {
        Trail trail;
        auto answer = model.ask(Asked::route, seen, &trail);
        BUNDEL_ASSERT(answer.ok() && std::string_view(answer->text) == "integraal");
        benchmark::DoNotOptimize(trail);
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(route);

}  // namespace
}  // namespace bundel::rulebook
