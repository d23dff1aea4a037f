#include "engine/verify.h"

#include <algorithm>
#include <set>

#include "engine/division.h"
#include "engine/payments.h"
#include "engine/payouts.h"
#include "engine/settlements.h"
#include "engine/women.h"
#include "ledger/check.h"

namespace bundel::engine {
using claim::Kind;
using claim::Sent;

namespace {

using ByPerson = std::map<PersonId, std::vector<Sent>>;

// What should still come on a claim; negative: the insurer has it coming back.
Cents owed_on(const Sent& claim, const std::vector<Sent>& of_woman, const rulebook::Rulebook& rulebook) {
    switch (claim::standing(claim, of_woman, rulebook)) {
        case claim::Standing::open: return claim.amount - claim.paid;
        case claim::Standing::dead: return -claim.paid;
        case claim::Standing::live:
        case claim::Standing::crediting:
        case claim::Standing::stuck: return claim.granted - claim.paid;
    }
    BUNDEL_ASSERT(false);
    return {};
}

Result<Done> compare(const ByPerson& claims, const rulebook::Rulebook& rulebook, const ledger::Book& book,
                     std::vector<Error>& breaches) {
    std::map<UzoviCode, Cents> owed;
    for (const auto& [person, of_woman] : claims) {
        for (const Sent& claim : of_woman) {
            if (claim.kind == Kind::integrated && !claim.credit && claim.sent_day)
                owed[claim.insurer] += owed_on(claim, of_woman, rulebook);
        }
    }
    BUNDEL_TRY(receivables, ledger::receivables(book.contents()));
    for (const auto& [insurer, amount] : owed) {
        const auto found =
            receivables.find(ledger::Account::of(ledger::AccountKind::receivable, insurer.digits()));
        const Cents booked = found == receivables.end() ? Cents() : found->second.of_claims();
        if (booked != amount) {
            breaches.push_back(
                {"breach_receivable",
                 {{"insurer", insurer.digits()}, {"booked", booked.euros()}, {"claims", amount.euros()}}});
        }
    }
    return Done{};
}

// The rulebooks that claims were decided by: today's, and those that were kept, each read once.
class Laws {
public:
    Laws(const rulebook::Rulebook& today, const KeptRulebook& kept) : today_(today), kept_(kept) {}

    // None: not kept.
    const rulebook::Rulebook* find(const Digest& digest, std::vector<Error>& breaches) {
        if (digest == today_.digest()) return &today_;
        if (!kept_) return nullptr;
        const auto [found, is_new] = read_.try_emplace(digest);
        if (is_new) {
            auto kept = kept_(digest);
            if (kept.ok())
                found->second = std::move(*kept);
            else
                breaches.push_back(kept.error());
        }
        return found->second.get();
    }

private:
    const rulebook::Rulebook& today_;
    const KeptRulebook& kept_;
    std::map<Digest, std::shared_ptr<const rulebook::Rulebook>> read_;
};

// The claim decided on its day, from what was known then: the same content?
Result<bool> decided_the_same(World& world, const Sent& claim, const facts::Agreements& agreements,
                              const rulebook::Rulebook& law) {
    const auto known = facts::known_on(agreements, claim.as_of);
    BUNDEL_TRY(loaded, load_woman(world, claim.person, claim.as_of));
    auto wanted =
        claim::assess_known(facts::known_on(loaded.gathered.woman, claim.as_of), known, law, claim.as_of);
    if (!wanted.ok()) return false;
    return std::any_of(wanted->oughts.begin(), wanted->oughts.end(), [&](const auto& ought) {
        return ought.content() == claim.content && ought.trail == claim.trail;
    });
}

Result<Done> replay(World& world, const std::vector<Sent>& claims, const KeptRulebook& kept,
                    Verified& verified) {
    BUNDEL_TRY(agreements, load_agreements(world));
    Laws laws(world.rulebook, kept);
    for (const Sent& claim : claims) {
        ++verified.claims;
        if (claim.credit || claim.message == 0) continue;
        BUNDEL_TRY(forgotten, world.store.readings(claim.person));
        if (forgotten.empty()) continue;  // a forgotten person: only the numbers are left
        const rulebook::Rulebook* law = laws.find(claim.rulebook, verified.breaches);
        ++(law != nullptr ? verified.replayed : verified.other_rulebook);
        BUNDEL_TRY(same, decided_the_same(world, claim, agreements, law != nullptr ? *law : world.rulebook));
        if (!same) verified.differences.push_back(claim.declarant.digits() + "/" + claim.reference.str());
    }
    return Done{};
}

}  // namespace

Result<Done> compare_receivables(World& world, const ledger::Book& book, std::vector<Error>& breaches) {
    BUNDEL_TRY(claims, world.store.all_claims());
    ByPerson by_person;
    for (const Sent& claim : claims) by_person[claim.person].push_back(claim);
    return compare(by_person, world.rulebook, book, breaches);
}

Result<Verified> verify(World& world, const KeptRulebook& kept) {
    Verified verified;
    BUNDEL_TRY(structural, world.store.check());
    verified.breaches = std::move(structural);
    BUNDEL_TRY(books, Books::open(world.store));
    for (const auto& breach : ledger::check(books.book()))
        verified.breaches.push_back({breach.code, breach.params});
    BUNDEL_TRY(claims, world.store.all_claims());
    verified.reliance = reliance_of(claims);
    ByPerson by_person;
    for (const Sent& claim : claims) by_person[claim.person].push_back(claim);
    for (const auto& [person, sent] : by_person) {
        for (const auto& breach : claim::breaches(sent, world.rulebook)) {
            verified.breaches.push_back({breach.code, {{"claim", breach.reference.str()}}});
        }
    }
    BUNDEL_TRY_DONE(check_divisions(world, books.book(), verified.breaches));
    BUNDEL_TRY_DONE(compare_payments(world, claims, verified.breaches));
    BUNDEL_TRY_DONE(compare_settlements(world, books.book(), verified.breaches));
    BUNDEL_TRY_DONE(compare_payouts(world, books.book(), verified.breaches));
    BUNDEL_TRY_DONE(compare(by_person, world.rulebook, books.book(), verified.breaches));
    BUNDEL_TRY_DONE(replay(world, claims, kept, verified));
    return verified;
}

}  // namespace bundel::engine
