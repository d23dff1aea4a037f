// Two questions, exactly one answer each: the disposition of every line, the route of every phase with care
// in scope. The rules stand in this room only (they become decision models later). Every answer has a trail.
#pragma once

#include <optional>
#include <vector>

#include "facts/woman.h"
#include "pathway/pathway.h"
#include "rulebook/rulebook.h"
#include "rulebook/trail.h"

namespace bundel::selection {
using rulebook::Disposition;
using values::AgbCode;
using values::Cents;
using values::Date;
using values::PhaseKind;
using values::UzoviCode;

struct LineDecision {
    Disposition disposition = Disposition::ask;
    const char* reason = "";  // literal: code of the sentence
    bool by_member = false;   // declared by a member on the reference day: ours to bundle or to forward
    bool outsider = false;    // in scope and declared by a non-member: may break the bundle
    rulebook::Status status = rulebook::Status::verified;
};

enum class RouteKind : std::uint8_t { integrated, mono, hold, ask };

struct Route {
    RouteKind kind = RouteKind::ask;
    const char* reason = "";                             // literal: code of the sentence
    std::optional<Date> until;                           // hold: the day on which it is looked at again
    const rulebook::Performance* performance = nullptr;  // integrated
    Cents price;                                         // integrated: contract price less deductions
    Cents deducted;                                      // for care outside, by the contract's overlap policy
};

// Care in scope by somebody outside that counts for a phase.
struct OutsideSeen {
    std::int64_t count = 0;
    std::int64_t unknown = 0;  // of those: the amount is not known
    Cents amount;              // of the others
};

struct PhaseDecision {
    std::uint32_t pregnancy = 0;
    PhaseKind phase = PhaseKind::prenatal;
    Route route;
    const rulebook::Regime* regime = nullptr;
    const facts::Contract* contract = nullptr;     // null: none for this insurer on the reference day
    values::Payer payer = values::Payer::insurer;  // not an insurer: nothing of it goes to one
    UzoviCode insurer;
    Cents shadow;  // declared value of the members' parts in it
    OutsideSeen outside;
    std::optional<Date> latest_submit_day;
    std::optional<Date> holds_until;  // last day on which this is the same without news
    rulebook::Trail trail;
};

struct Selection {
    std::vector<LineDecision> lines;    // same index as Pathway::known.lines
    std::vector<PhaseDecision> phases;  // by pregnancy, then phase
    std::optional<Date> holds_until;    // last day on which this is the same without news
};

// Error: rulebook_value_missing.
base::Result<Selection> decide(const pathway::Pathway& pathway, const facts::Agreements& known,
                               const rulebook::Rulebook& rulebook, Date as_of);

}  // namespace bundel::selection
