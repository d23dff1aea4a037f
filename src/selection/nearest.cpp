#include "selection/nearest.h"

#include <algorithm>
#include <cstdlib>

namespace bundel::selection {
using base::Result;
using decision::Value;
using rulebook::Asked;
using rulebook::Observations;
using rulebook::SelectionModel;
using rulebook::Variable;

namespace {

// What a person can look up or ask first.
constexpr Variable varied[] = {
    Variable::outside_in_phase,   Variable::outside_in_pregnancy, Variable::outside_unknown,
    Variable::left_early,         Variable::insurer_evidence,     Variable::payer,
    Variable::contracts,          Variable::contract_regime,      Variable::price_lists,
    Variable::fixed_deduction,    Variable::phase_contracted,     Variable::performance_contracted,
    Variable::performance_listed, Variable::price_known,          Variable::net_cents,
    Variable::due_dates_conflict, Variable::end_evidence,         Variable::age_known,
    Variable::age_at_end,         Variable::pregnancy_ended,      Variable::natal_phase,
    Variable::care_weight};

// Time passes by itself; what it brings stands in Route::until.
std::vector<Value> other_values(const SelectionModel& model, Variable variable,
                                const decision::InputData& input, const Value& now) {
    std::vector<Value> values;
    if (input.type == nullptr) return values;
    if (input.type->kind == decision::Kind::boolean) values = {Value::of(false), Value::of(true)};
    if (!input.type->allowed_values.empty()) values = input.type->allowed_values;
    if (input.type->kind == decision::Kind::number) values = model.border_values(variable);
    std::erase_if(values, [&](const Value& value) { return decision::same(value, now); });
    if (input.type->kind != decision::Kind::number) return values;
    const auto distance = [&](const Value& value) {
        const auto number = value.number().to_integer().value_or(0);
        return std::abs(number - now.number().to_integer().value_or(0));
    };
    std::ranges::stable_sort(values, {}, distance);
    return values;
}

}  // namespace

Result<std::optional<Alternative>> nearest_other(const PhaseDecision& decision) {
    std::optional<Alternative> found;
    const SelectionModel& model = *decision.regime->model;
    BUNDEL_TRY(now, model.ask(Asked::route, *decision.seen, nullptr));
    // It goes with another phase: what was seen of it alone did not decide.
    if (static_cast<RouteKind>(now.word) != decision.route.kind) return found;
    for (const Variable variable : varied) {
        const decision::InputData* input = model.input_of(variable);
        const Value seen = decision.seen->value(variable);
        if (input == nullptr || seen.is_null()) continue;
        for (const Value& instead : other_values(model, variable, *input, seen)) {
            Observations then = *decision.seen;
            then.put(variable, instead);
            const auto answer = model.ask(Asked::route, then, nullptr);
            if (!answer.ok()) continue;  // no such number: the tables are complete for all that can occur
            const auto kind = static_cast<RouteKind>(answer->word);
            const bool decided = kind == RouteKind::integrated || kind == RouteKind::mono;
            if (!decided || kind == decision.route.kind) continue;
            if (!found || kind < found->kind)
                found = Alternative{variable, seen, instead, kind, answer->reason};
        }
    }
    return found;
}

}  // namespace bundel::selection
