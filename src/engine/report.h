// The one screen of the main job: what came in, what was decided, what went out, what the money does, what
// waits.
#pragma once

#include <map>

#include "engine/reliance.h"
#include "engine/world.h"

namespace bundel::engine {

struct Overview {
    Date as_of;
    bool live = false;
    std::int64_t messages_received = 0;
    std::int64_t messages_sent = 0;
    std::int64_t women = 0;
    std::int64_t without_bsn = 0;  // provisional persons: somebody must say who they are
    std::int64_t pregnancies = 0;
    std::vector<CountRow> dispositions;  // group disposition
    std::vector<CountRow> routes;        // group route; amount = shadow value
    std::vector<CountRow>
        claims;  // group "integrated", "forwarded" or "handed_over", of a credit with "_credit"; name = state
    std::vector<CountRow> reliance;  // group "phase_status" and "claim_status": on what values outcomes rest
    std::int64_t questions = 0;
    Cents questions_amount;
    std::vector<LossRow> losses;
    std::vector<CountRow> bought;           // group bought; name = buyer/supplier/kind
    std::map<std::string, Cents> balances;  // account path -> balance of the book `actual`
    std::map<AgbCode, Cents> shares;        // per participant: what it has coming
    std::map<AgbCode, Cents> shadow;        // per participant: declared value of its integrated care
    bool books_sound = false;               // debits = credits, chain, receivables
    std::vector<base::Error> breaches;
};

Result<Overview> overview(World& world, Date as_of);

// For --json. Amounts are whole cents, days are ISO.
std::string to_json(const Overview& overview);
std::string to_json(const std::vector<QuestionRow>& questions, const Reliance& phases);

}  // namespace bundel::engine
