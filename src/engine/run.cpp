#include "engine/run.h"

#include <algorithm>

#include "engine/bought.h"
#include "engine/ceilings.h"
#include "engine/women.h"

namespace bundel::engine {

Result<Run> run(World& world, Date as_of, const Progress& progress) {
    Run run;
    BUNDEL_TRY(resumed, resume(world, as_of));
    run.resumed = resumed;
    BUNDEL_TRY(first, assess_due(world, as_of, progress));
    run.assessed = first;
    BUNDEL_TRY(sending, send_all(world, as_of));
    run.sending = std::move(sending);
    BUNDEL_TRY(after, assess_due(world, as_of, progress));
    run.assessed.failed += after.failed;
    BUNDEL_TRY(divided, divide_all(world, as_of));
    run.divided = std::move(divided);
    BUNDEL_TRY(bought, book_bought(world, as_of));
    run.bought = bought;
    BUNDEL_TRY_DONE(ask_about_ceilings(world, as_of));
    return run;
}

Result<std::vector<Missing>> ready(World& world, Date as_of) {
    std::vector<Missing> missing;
    BUNDEL_TRY(agreements, load_agreements(world));
    const auto known = facts::known_on(agreements, as_of);
    const auto in_force = [&](const auto& fact) { return fact.fact.period.contains(as_of); };
    if (std::none_of(known.memberships.begin(), known.memberships.end(), in_force))
        missing.push_back({"ready_no_members", {{"day", as_of.dutch()}}});
    if (std::none_of(known.contracts.begin(), known.contracts.end(), in_force))
        missing.push_back({"ready_no_contract", {{"day", as_of.dutch()}}});
    for (const auto& contract : known.contracts) {
        if (contract.fact.status == values::Status::verified) continue;
        missing.push_back({"ready_contract_example", {{"contract", contract.fact.key.key.str()}}});
    }
    BUNDEL_TRY(received, world.store.messages(Direction::received));
    if (std::none_of(received.begin(), received.end(),
                     [](const MessageRow& row) { return row.kind.starts_with("VK301"); })) {
        missing.push_back({"ready_no_claims", {}});
    }
    for (const auto& layout : world.layouts.all()) {
        if (layout->status() != wire::Status::verified)
            missing.push_back({"ready_layout_provisional", {{"layout", layout->name()}}});
    }
    for (const auto& value : world.rulebook.values()) {
        const bool current = value.period.contains(as_of);
        if (value.file.empty() || value.status == values::Status::verified || !current) continue;
        missing.push_back(
            {"ready_value",
             {{"file", value.file}, {"key", value.key}, {"value", value.text}, {"source", value.source}}});
    }
    return missing;
}

}  // namespace bundel::engine
