// Who pays for the care of a phase, and under which contract of the IGO. Looked up before anything is judged.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "rulebook/selection_model.h"
#include "selection/selection.h"

namespace bundel::selection {

struct Parties {
    const rulebook::Regime* regime = nullptr;
    values::Payer payer = values::Payer::insurer;
    UzoviCode insurer;  // none when it is not known
    const facts::Contract* contract = nullptr;
    rulebook::Contracting contracting = rulebook::Contracting::insurer_unknown;
    std::optional<rulebook::Observations> seen;  // of who pays and what is agreed; never none
    rulebook::Trail trail;
};

// The phase whose days decide for this one: the first that exists of those that the catalogue pays together
// with it; else itself.
PhaseKind leading_phase(const rulebook::Regime& regime, const pathway::Pregnancy& pregnancy, PhaseKind kind);

// The membership of `organisation` on the day that the contract, else the regime, names for this phase; none
// when it is no member then.
const facts::Known<facts::Membership>* membership_for(const pathway::Pregnancy& pregnancy, PhaseKind kind,
                                                      const Parties& parties, const facts::Agreements& known,
                                                      AgbCode organisation);

// Of a phase that exists. Errors: rulebook_value_missing; those of SelectionModel::ask.
base::Result<Parties> parties_of(const pathway::Pathway& pathway, const facts::Agreements& known,
                                 const rulebook::Rulebook& rulebook, std::uint32_t pregnancy, PhaseKind kind);

// By pregnancy and phase; nothing where there is no such phase.
using PartiesByPhase = std::vector<std::array<std::optional<Parties>, 3>>;
base::Result<PartiesByPhase> all_parties(const pathway::Pathway& pathway, const facts::Agreements& known,
                                         const rulebook::Rulebook& rulebook);

}  // namespace bundel::selection
