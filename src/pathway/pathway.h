// Facts -> pregnancies, phases, and lines placed in parts. No verdict on money or rules of payment.
//
// A pregnancy has no stored identity: it is recomputed from the facts known on a day. Euros are conserved:
// placed + unplaced = read, over every line of the woman (asserted).
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "base/result.h"
#include "facts/lineage.h"
#include "facts/woman.h"
#include "rulebook/rulebook.h"
#include "rulebook/trail.h"

namespace bundel::pathway {
using facts::Outcome;
using values::Cents;
using values::Date;
using values::DueDate;
using values::Period;
using values::PhaseKind;

// A due date that some fact gives, and whether it decided: it is kept when a better one was used.
struct DueEvidence {
    DueDate due;
    bool used = false;
};

enum class EndEvidence : std::uint8_t {
    none,           // goes on, or nothing known
    outcome,        // birth or loss reported
    phase_end,      // declared end of the phase
    enrolment_end,  // the practice ended the enrolment
    window          // the rulebook's last day of the phase (postnatal), or long past the due date
};

struct Phase {
    PhaseKind kind = PhaseKind::prenatal;
    Period period;  // first care .. last day; last is an expectation while `end` is none
    EndEvidence end = EndEvidence::none;
    bool exists = false;      // there was, or will be, such a phase
    bool left_early = false;  // ended because the woman left before it was complete (moved, referred away)
    bool ended_by(Date day) const { return exists && end != EndEvidence::none && period.last <= day; }
};

struct Pregnancy {
    Date onset;  // 0+0
    std::optional<DueDate> due;
    std::vector<DueEvidence> evidence;
    Outcome outcome = Outcome::unknown;
    std::optional<Date> end;  // birth or loss
    int children = 0;
    bool age_known = false;  // the onset rests on a due date or a reported age, not on an assumed term
    Date first_activity;     // first care because of this pregnancy
    const rulebook::Regime* regime = nullptr;  // on the rulebook's reference day for the regime
    std::array<Phase, 3> phases;
    bool contradiction = false;  // due dates that do not fit one pregnancy: a question, never silently one
    const Phase& phase(PhaseKind kind) const { return phases[static_cast<std::size_t>(kind)]; }
    Phase& phase(PhaseKind kind) { return phases[static_cast<std::size_t>(kind)]; }
    std::optional<int> days_at_end() const;  // completed days since onset at `end`
};

// A part of a line in one phase. The parts of a line sum exactly to the line.
struct Part {
    std::uint32_t line = 0;       // index in Woman::lines of the known facts
    std::uint32_t pregnancy = 0;  // index in Pathway::pregnancies
    PhaseKind phase = PhaseKind::prenatal;
    Cents amount;
    const rulebook::Scope* scope = nullptr;
};

enum class UnplacedReason : std::uint8_t {
    settled_in_lineage,  // credited, credit or replaced: counts elsewhere or not at all
    credit_unmatched,    // a credit whose debit is not known
    possible_duplicate,  // ask
    person_unknown,      // no valid BSN yet
    no_pregnancy,        // no pregnancy it can belong to is known (yet)
    not_in_rulebook,     // the law names this performance nowhere on this day
    outside_the_bundle,  // beside, state, bought, not maternity: not care of a phase
    activities_unknown,  // covers several phases and what was done when is not known (yet)
    phase_unknown,       // belongs to a phase that this pregnancy does not have (or not as far as known)
    spans_phases         // covers several phases and no split is known
};

struct Unplaced {
    std::uint32_t line = 0;
    UnplacedReason reason = UnplacedReason::no_pregnancy;
    Cents amount;
    const rulebook::Scope* scope = nullptr;  // null when the law has no row
};

struct Pathway {
    facts::Woman known;                      // what was known; every index above points into it
    std::vector<facts::Standing> standings;  // of known.lines
    std::vector<Pregnancy> pregnancies;      // in order of onset
    std::vector<Part> parts;                 // in order of line
    std::vector<Unplaced> unplaced;
    std::vector<rulebook::Trail> trails;  // one per pregnancy: how its dates and phases were found
    std::optional<Date> holds_until;      // last day on which this is the same without news
};

// Contract: `known` is a result of known_on(woman, as_of). Error: rulebook_value_missing.
base::Result<Pathway> build(facts::Woman known, const rulebook::Rulebook& rulebook, Date as_of);

}  // namespace bundel::pathway
