#include "engine/division.h"

#include <algorithm>
#include <set>

#include "engine/books.h"

namespace bundel::engine {
using claim::Kind;
using claim::Sent;
using distribution::Activity;
using distribution::Division;
using distribution::Model;
using rulebook::DivisionModel;
using rulebook::DivisionStep;

namespace {

Model model_from(const World& world, const DivisionModel& law) {
    Model model;
    model.name = law.id.str();
    for (const DivisionStep& step : law.steps) {
        distribution::Step made;
        made.name = step.name;
        made.period = law.period;
        made.source = world.rulebook.values()[step.id].source;
        made.status = step.status;
        switch (step.kind) {
            case DivisionStep::Kind::reserve:
                made.rule = distribution::ReserveRule{step.share, values::Rounding::down};
                break;
            case DivisionStep::Kind::fixed_key:
                made.rule = distribution::FixedKeyRule{
                    step.share, values::Rounding::down, {step.key.begin(), step.key.end()}};
                break;
            case DivisionStep::Kind::activity: made.rule = distribution::ActivityRule{}; break;
        }
        model.steps.push_back(std::move(made));
    }
    return model;
}

// Shadow value of the members' parts in the phase the claim is for. A participant whose lines net below zero
// has no activity; its lines stay visible in the shadow book.
std::vector<Activity> activity_for(const Standing& standing, const Sent& claim) {
    std::map<AgbCode, Cents> by_payee;
    const auto& pathway = standing.wanted.pathway;
    for (const auto& part : pathway.parts) {
        const auto& line = pathway.known.lines[part.line].fact;
        const bool counts = standing.wanted.selection.lines[part.line].ours &&
                            claim.phases.contains(part.phase) &&
                            pathway.pregnancies[part.pregnancy].phase(part.phase).period.overlaps(claim.care);
        if (counts) by_payee[line.declarant] += part.amount;
    }
    std::vector<Activity> activity;
    for (const auto& [payee, value] : by_payee) {
        if (!value.is_negative()) activity.push_back({payee, value});
    }
    return activity;
}

std::string booking_key(const Sent& claim, std::size_t number) {
    return event_key("verdeeld", claim) + "/" + std::to_string(number);
}

ledger::Event booking(const ClaimDivision& wanted, std::string key, Date day) {
    ledger::Event event;
    event.kind = ledger::EventKind::division_booked;
    event.key = std::move(key);
    event.booking_day = day;
    event.care_period = wanted.claim.care;
    event.performance = wanted.claim.performance.str();
    event.reserve = wanted.division.reserve;
    for (const auto& share : wanted.division.shares) event.shares.push_back({share.payee, share.amount});
    return event;
}

bool moves_nothing(const ledger::Event& event) {
    return event.reserve.is_zero() && std::all_of(event.shares.begin(), event.shares.end(),
                                                  [](const auto& share) { return share.amount.is_zero(); });
}

// The division of this claim that stands in the book, as its postings; none when there is none or it was
// reversed.
struct Booked {
    std::size_t number = 0;  // how many were booked so far
    const ledger::Entry* standing = nullptr;
};

Booked booked_of(const ledger::Book& book, const Sent& claim) {
    Booked booked;
    while (const ledger::Entry* entry = book.find(booking_key(claim, booked.number + 1))) {
        ++booked.number;
        const bool reversed = book.find(reversal_key(entry->content.key)) != nullptr;
        booked.standing = reversed ? nullptr : entry;
    }
    return booked;
}

Result<Done> reverse(Books& books, const ledger::Entry& entry, const Sent& claim, Date day) {
    ledger::Event event;
    event.kind = ledger::EventKind::division_reversed;
    event.key = reversal_key(entry.content.key);
    event.earlier_key = entry.content.key;
    event.booking_day = day;
    event.care_period = claim.care;
    event.performance = claim.performance.str();
    for (const auto& posting : entry.content.postings) {
        if (posting.account.kind() == ledger::AccountKind::reserve) event.reserve = -posting.amount;
        if (posting.account.kind() == ledger::AccountKind::payable) {
            BUNDEL_TRY(payee, AgbCode::parse(posting.account.party()));
            event.shares.push_back({payee, -posting.amount});
        }
    }
    return books.post(event);
}

// Books the difference between what stands and what ought to.
Result<bool> book(Books& books, const ClaimDivision& wanted, Date day) {
    const Booked booked = booked_of(books.book(), wanted.claim);
    const ledger::Event event = booking(wanted, booking_key(wanted.claim, booked.number + 1), day);
    if (booked.standing != nullptr) {
        if (!moves_nothing(event)) {
            BUNDEL_TRY(draft, ledger::entry_for(event));
            if (draft.postings == booked.standing->content.postings) return false;
        }
        BUNDEL_TRY_DONE(reverse(books, *booked.standing, wanted.claim, day));
    }
    if (!moves_nothing(event)) BUNDEL_TRY_DONE(books.post(event));
    return booked.standing != nullptr || !moves_nothing(event);
}

void add_up(Divided& divided, const ClaimDivision& division) {
    ++divided.claims;
    divided.reliance.add(values::weakest(division.claim.status, division.status));
    divided.pot += division.division.pot;
    divided.reserve += division.division.reserve;
    divided.undivided += division.division.undivided;
    for (const auto& share : division.division.shares) divided.shares[share.payee] += share.amount;
}

}  // namespace

Result<std::vector<ClaimDivision>> divisions_of(World& world, const Standing& standing) {
    std::vector<ClaimDivision> result;
    for (const Sent& claim : standing.loaded.sent) {
        if (claim.kind != Kind::integrated || claim.credit || !claim::is_final(claim.state)) continue;
        ClaimDivision wanted;
        wanted.claim = claim;
        const bool stands =
            claim::standing(claim, standing.loaded.sent, world.rulebook) != claim::Standing::dead;
        BUNDEL_TRY(law, world.rulebook.division_on(claim.care.first));
        wanted.model = law->id.str();
        wanted.status = law->status;
        if (stands) wanted.activity = activity_for(standing, claim);
        BUNDEL_TRY(division, distribution::divide(stands ? claim.granted : Cents(), model_from(world, *law),
                                                  wanted.activity));
        wanted.division = std::move(division);
        BUNDEL_ASSERT(wanted.division.reserve + wanted.division.undivided + [&] {
            Cents shares;
            for (const auto& share : wanted.division.shares) shares += share.amount;
            return shares;
        }() == wanted.division.pot);
        result.push_back(std::move(wanted));
    }
    return result;
}

Result<Divided> divide_all(World& world, Date booking_day) {
    BUNDEL_TRY_DONE(require_open(world.store, booking_day));
    BUNDEL_TRY(agreements, load_agreements(world));
    const facts::Agreements known = facts::known_on(agreements, booking_day);
    BUNDEL_TRY(claims, world.store.all_claims());
    std::set<PersonId> persons;
    for (const Sent& claim : claims) {
        if (claim.kind == Kind::integrated) persons.insert(claim.person);
    }
    BUNDEL_TRY(books, Books::open(world.store));
    Divided divided;
    std::set<PersonId> done;
    for (const PersonId person : persons) {
        BUNDEL_TRY(readings, world.store.readings(person));
        if (readings.empty()) continue;  // forgotten: what was divided for her stays as it was booked
        BUNDEL_TRY(standing, stand(world, person, known, booking_day));
        if (!done.insert(standing.loaded.gathered.woman.person).second) continue;
        BUNDEL_TRY(divisions, divisions_of(world, standing));
        BUNDEL_TRY(transaction, Transaction::begin(world.store));
        for (const ClaimDivision& division : divisions) {
            BUNDEL_TRY(changed, book(books, division, booking_day));
            add_up(divided, division);
            if (changed) ++divided.booked;
        }
        BUNDEL_TRY_DONE(transaction.commit());
    }
    return divided;
}

}  // namespace bundel::engine
