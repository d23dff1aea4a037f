// Two questions, exactly one answer each: the disposition of every line, the route of every phase with care
// in scope. The rules stand in the decision model of the regime (rulebook/selection_model.h); here is what is
// observed for them, and what follows for phases that go together. Every answer has a trail.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "facts/woman.h"
#include "pathway/pathway.h"
#include "rulebook/rulebook.h"
#include "rulebook/trail.h"

namespace bundel::rulebook {
class Observations;
}

namespace bundel::selection {
using rulebook::Disposition;
using values::AgbCode;
using values::Cents;
using values::Date;
using values::PhaseKind;
using values::UzoviCode;

// What the woman pays herself of a line (eigen bijdrage), by the rate of the year of its care; a credit line
// has it negative. Hours times rate is rounded half up; no rule was found.
struct OwnPayment {
    std::optional<Cents> amount;  // none: no rate is known for its days, or its days have two
    Cents gross;                  // the care is worth this; the declared amount when `amount` is not known
    Cents net;                    // gross less own payment
    rulebook::ValueId rate = 0;
    rulebook::Status status = rulebook::Status::verified;
};

struct LineDecision {
    Disposition disposition = Disposition::ask;
    const char* reason = "";  // code of the sentence; lives as long as the rulebook
    bool by_member = false;   // declared by a member on the reference day: ours to bundle or to forward
    bool ours = false;        // counts in its phase and for the share of its declarant
    bool outsider = false;    // in scope and declared by a non-member: may break the bundle
    bool handed_in =
        false;  // by who was a member when it came: ours to pass on, whoever cares for this pregnancy
    rulebook::Status membership = rulebook::Status::verified;  // of by_member, else of handed_in
    rulebook::Status status = rulebook::Status::verified;      // the weakest of scope and membership
    std::optional<OwnPayment> own_payment;                     // of a performance that bears one
};

enum class RouteKind : std::uint8_t { integrated, mono, hold, ask };

struct Route {
    RouteKind kind = RouteKind::ask;
    const char* reason = "";                             // code of the sentence; as above
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
    // Integrated, and paid in the claim of this earlier phase: the performance pays both. Its price is there.
    std::optional<PhaseKind> paid_with;
    const rulebook::Regime* regime = nullptr;
    const facts::Contract* contract = nullptr;     // null: none for this insurer on the reference day
    values::Payer payer = values::Payer::insurer;  // not an insurer: nothing of it goes to one
    UzoviCode insurer;
    Cents shadow;  // declared value of the members' parts in it
    OutsideSeen outside;
    std::optional<Date> latest_submit_day;
    std::optional<Date> holds_until;  // last day on which this is the same without news
    rulebook::Trail trail;
    std::shared_ptr<const rulebook::Observations> seen;  // what the route was decided on; never null
};

struct Selection {
    std::vector<LineDecision> lines;    // same index as Pathway::known.lines
    std::vector<PhaseDecision> phases;  // by pregnancy, then phase
    std::optional<Date> holds_until;    // last day on which this is the same without news

    // None: the phase does not exist, or has no care of a member.
    const PhaseDecision* decision_on(std::uint32_t pregnancy, PhaseKind phase) const;
};

// Errors: rulebook_value_missing; those of SelectionModel::ask.
base::Result<Selection> decide(const pathway::Pathway& pathway, const facts::Agreements& known,
                               const rulebook::Rulebook& rulebook, Date as_of);

}  // namespace bundel::selection
