#include "engine/report.h"

#include <algorithm>

#include "engine/books.h"
#include "engine/outlook.h"
#include "engine/verify.h"
#include "engine/women.h"
#include "ledger/check.h"

namespace bundel::engine {
using claim::Kind;
using claim::Sent;
using claim::State;

namespace {

// The code of its word, without what all have in front.
std::string group_of(const Sent& claim) {
    constexpr std::string_view front = "claim_";
    return claim::word(claim.kind, claim::way_of(claim), claim.credit) + front.size();
}

void count(std::vector<CountRow>& rows, std::string group, std::string name, Cents amount) {
    const auto same = std::find_if(rows.begin(), rows.end(), [&](const CountRow& row) {
        return row.group == group && row.name == name;
    });
    if (same == rows.end()) {
        rows.push_back({std::move(group), std::move(name), 1, amount});
    } else {
        ++same->count;
        same->amount += amount;
    }
}

Result<Done> count_claims(World& world, Overview& overview) {
    static constexpr const char* statuses[] = {"verified", "example", "provisional"};
    BUNDEL_TRY(claims, world.store.all_claims());
    for (const Sent& claim : claims) {
        count(overview.claims, group_of(claim), claim::word(claim.state), claim.amount);
        count(overview.reliance, "claim_status", statuses[static_cast<std::size_t>(claim.status)],
              claim.amount);
    }
    std::sort(overview.claims.begin(), overview.claims.end());
    return Done{};
}

Result<Done> add_books(World& world, Overview& overview) {
    BUNDEL_TRY(books, Books::open(world.store));
    for (const auto& [account, balance] : books.book().balances()) {
        overview.balances[account.path()] = balance;
        if (account.kind() != ledger::AccountKind::payable) continue;
        BUNDEL_TRY(participant, AgbCode::parse(account.party()));
        overview.shares[participant] = -balance;  // a debt of the IGO is a credit balance
    }
    const auto breaches = ledger::check(books.book());
    for (const auto& breach : breaches) overview.breaches.push_back({breach.code, breach.params});
    overview.books_sound = breaches.empty();
    return Done{};
}

}  // namespace

Result<Overview> overview(World& world, Date as_of) {
    Overview overview;
    overview.as_of = as_of;
    overview.live = world.settings.live;
    BUNDEL_TRY(received, world.store.messages(Direction::received));
    BUNDEL_TRY(sent, world.store.messages(Direction::sent));
    overview.messages_received = static_cast<std::int64_t>(received.size());
    overview.messages_sent = static_cast<std::int64_t>(sent.size());
    BUNDEL_TRY(totals, world.store.totals());
    for (const CountRow& row : totals) {
        if (row.group == "woman" && row.name == "known") overview.women = row.count;
        if (row.group == "woman" && row.name == "provisional") overview.without_bsn = row.count;
        if (row.group == "pregnancy") overview.pregnancies = row.count;
        if (row.group == "disposition") overview.dispositions.push_back(row);
        if (row.group == "route") overview.routes.push_back(row);
        if (row.group == "phase_status") overview.reliance.push_back(row);
        if (row.group == group::bought) overview.bought.push_back(row);
        if (row.group == "shadow") {
            BUNDEL_TRY(participant, AgbCode::parse(row.name));
            overview.shadow[participant] = row.amount;
        }
    }
    BUNDEL_TRY_DONE(count_claims(world, overview));
    BUNDEL_TRY(questions, world.store.questions());
    overview.questions = static_cast<std::int64_t>(questions.size());
    for (const QuestionRow& question : questions) overview.questions_amount += question.amount;
    BUNDEL_TRY(losses, world.store.losses());
    overview.losses = std::move(losses);
    BUNDEL_TRY_DONE(add_books(world, overview));
    return overview;
}

}  // namespace bundel::engine
