// From planned actions to files in the outbox, by a protocol that a crash at any point cannot make lie
// (DESIGN section 8): planned -> staged -> released -> sent. Nothing in the outbox is ever rewritten.
#pragma once

#include "engine/reliance.h"
#include "engine/women.h"

namespace bundel::engine {

// What integrated claims are written in; of its layouts the best one.
inline constexpr const char* bundle_message = "KZ301";

// A live directory refuses a claim that rests on a value that is not verified, or that would be written in a
// provisional layout, before acting.
inline constexpr const char* refused_layout = "layout";
inline constexpr const char* refused_contract = "contract";
inline constexpr const char* refused_membership = "membership";
struct Refusal {
    std::string file;  // of the rulebook, or one of the three above
    std::string key;   // which value must be loaded first; the name of the layout; the AGB code of the member
    std::size_t claims = 0;
    Cents amount;
};
const char* word(const Refusal& refusal);  // code of the sentence: "live_refusal_layout"

// What `send` would do, and did.
struct Sending {
    std::size_t files = 0;
    std::size_t claims = 0;
    std::size_t credits = 0;
    Cents amount;                   // claimed, less credits
    std::size_t handed_over = 0;    // lines and credits on lists to participants
    Cents handed_over_amount;       // of the lines, less the credits
    Reliance reliance;              // of the claims and lines, credits included
    std::vector<Refusal> refusals;  // live directory only, sorted by value
};

// Plans one outgoing message per (kind, declarant, insurer, debit or credit), and one list per participant of
// what it must declare itself, for every woman with actions, in one transaction each; then finishes
// everything that is on its way. What is on a list counts as accepted the day it leaves. Errors:
// store_failed, layout_missing, outbox_failed, book_day_closed,
// those of reply.
Result<Sending> send_all(World& world, Date as_of);

// The claims and credits that send_all would plan now, without planning them.
struct PlannedClaim {
    PersonId person;
    claim::Sent claim;  // without reference
    claim::Way way = claim::Way::message;
};
Result<std::vector<PlannedClaim>> preview(World& world, Date as_of);

// Finishes what a stopped run left on its way: planned -> stage; staged and in staging -> release; staged and
// gone -> it was sent. Error: book_day_closed, before anything is done.
Result<std::size_t> resume(World& world, Date as_of);

// Stores an outgoing message as planned; inside the caller's transaction. Gives its number.
Result<std::int64_t> plan_message(World& world, Outgoing outgoing, const std::vector<Segment>& segments);

std::string to_json(const std::vector<PlannedClaim>& planned);

}  // namespace bundel::engine
