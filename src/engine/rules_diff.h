// What another rulebook would change on the same facts: per phase (with the claim it is paid by) and per
// participant, in euros. Nothing is stored.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/women.h"

namespace bundel::engine {

// How a phase goes, and what for. A phase without care of ours has no such outcome.
struct PhaseOutcome {
    selection::RouteKind kind = selection::RouteKind::ask;
    std::string reason;
    std::string performance;  // of the catalogue; integrated only
    std::string insurer;      // UZOVI, may be empty
    Cents price;              // of the claim that pays it; zero when it is paid with an earlier phase
    bool operator==(const PhaseOutcome&) const = default;
};

struct PhaseChange {
    PersonId person;
    std::uint32_t pregnancy = 0;  // from 0, in the order of that woman
    values::PhaseKind phase = values::PhaseKind::prenatal;
    std::optional<PhaseOutcome> before, after;  // not both none, and not the same
};

// The declared value of a participant's lines in scope, by how their phase goes.
struct ParticipantValue {
    Cents bundled, mono, open;
    bool operator==(const ParticipantValue&) const = default;
};
struct ParticipantChange {
    AgbCode participant;
    ParticipantValue before, after;
};

struct Portfolio {
    std::size_t women = 0, phases = 0, claims = 0;
    std::size_t undecided = 0;  // women of whom the rulebook lacks a value
    Cents claimed;              // by integrated claims
};

struct RulesDiff {
    Portfolio before, after;
    std::vector<PhaseChange> changes;             // by woman in the order of the store, pregnancy, phase
    std::vector<ParticipantChange> participants;  // those that change, by code
};

// Both worlds have the same facts; each its rulebook. Errors: those of assessing, but for a value that a
// rulebook lacks.
Result<RulesDiff> rules_diff(World& before, World& after, Date as_of);

// A row per change, with a header: "client;zwangerschap;fase;route_oud;...".
std::string to_csv(const RulesDiff& diff);

}  // namespace bundel::engine
