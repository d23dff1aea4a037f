#include "engine/statement.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/int128.h"
#include "engine/books.h"
#include "engine/division.h"
#include "engine/women.h"

namespace bundel::engine {
using claim::Sent;
using ledger::AccountKind;
using ledger::Entry;
using ledger::EventKind;
using values::Period;

namespace {

// ---- The book, seen by one participant ----

// The accounts that say what a participant has coming.
Cents* place_of(Position& position, const ledger::Account& account) {
    switch (account.kind()) {
        case AccountKind::payable: return &position.coming;
        case AccountKind::participant_advance: return &position.advanced;
        case AccountKind::in_transit: return &position.in_transit;
        default: return nullptr;
    }
}

// What the entry does for each participant: a credit of the IGO's book is something it has coming.
std::map<AgbCode, Position> moved_by(const Entry& entry) {
    std::map<AgbCode, Position> moved;
    for (const auto& posting : entry.content.postings) {
        Position seen;
        if (place_of(seen, posting.account) == nullptr) continue;
        const auto participant = AgbCode::parse(posting.account.party());
        BUNDEL_ASSERT(participant.ok());
        *place_of(moved[*participant], posting.account) -= posting.amount;
    }
    return moved;
}

void add(Position& to, const Position& change) {
    to.coming += change.coming;
    to.advanced += change.advanced;
    to.in_transit += change.in_transit;
}

Position on(const std::map<AgbCode, Position>& positions, AgbCode participant) {
    const auto found = positions.find(participant);
    return found == positions.end() ? Position() : found->second;
}

// The division of a pot of several claims belongs to none of them: it is a movement of its own.
bool is_of_a_claim(const Entry& entry) {
    const EventKind kind = entry.content.kind;
    return (kind == EventKind::division_booked || kind == EventKind::division_reversed) &&
           !is_of_shared_pot(entry.content.key);
}

// ---- What stood of the division of one claim, and when ----

struct History {
    const Sent* claim = nullptr;
    const Entry* before = nullptr;   // stands at the start of the period
    const Entry* earlier = nullptr;  // the last one of an earlier period, standing or not
    const Entry* after = nullptr;    // stands at the end of the period
    const Entry* last = nullptr;     // the last entry of the period, a reversal too; none: nothing moved
};

History history_of(const ledger::Book& book, const Sent& claim, const Period& period) {
    History history;
    history.claim = &claim;
    for (std::size_t number = 1;; ++number) {
        const Entry* booked = book.find(event_key("verdeeld", claim) + "/" + std::to_string(number));
        if (booked == nullptr) return history;
        const Entry* reversed = book.find(reversal_key(booked->content.key));
        for (const Entry* entry : {booked, reversed}) {
            if (entry == nullptr || entry->content.booking_day > period.last) continue;
            const bool stands = entry == booked;
            if (entry->content.booking_day < period.first) {
                history.before = stands ? entry : nullptr;
                if (stands) history.earlier = entry;
            } else {
                history.last = entry;
            }
            history.after = stands ? entry : nullptr;
        }
    }
}

// ---- Why ----

// A division as it was booked, with the lines of everybody: only here. What leaves is of one participant.
struct Recomputed {
    ClaimDivision division;
    std::map<AgbCode, std::vector<OwnLine>> lines;
};

std::map<AgbCode, std::vector<OwnLine>> lines_of(const Standing& standing, const Sent& claim) {
    std::map<AgbCode, std::vector<OwnLine>> lines;
    const auto& pathway = standing.wanted.pathway;
    for (const auto& part : pathway.parts) {
        const auto& line = pathway.known.lines[part.line].fact;
        const bool counts = standing.wanted.selection.lines[part.line].ours &&
                            claim.phases.contains(part.phase) &&
                            pathway.pregnancies[part.pregnancy].phase(part.phase).period.overlaps(claim.care);
        if (!counts) continue;
        auto& own = lines[line.declarant];
        // Parts of one line in two phases of the claim are one row.
        if (!own.empty() && own.back().line == line.id)
            own.back().value += part.amount;
        else
            own.push_back({line.id, line.care, part.amount});
    }
    return lines;
}

bool same_shares(const ClaimDivision& division, const Entry& booked) {
    std::map<AgbCode, Cents> shares;
    for (const auto& [participant, moved] : moved_by(booked)) shares[participant] = moved.coming;
    for (const auto& share : division.division.shares) {
        if (!share.amount.is_zero() || shares.contains(share.payee)) shares[share.payee] -= share.amount;
    }
    return std::all_of(shares.begin(), shares.end(), [](const auto& left) { return left.second.is_zero(); });
}

// The division of this claim alone, with nothing credited yet: as it was when it was booked. None when what
// comes out is not what was booked, or there is nobody to recompute it from.
Result<std::optional<Recomputed>> recompute(World& world, const facts::Agreements& all, const Sent& claim,
                                            const Entry& booked) {
    BUNDEL_TRY(readings, world.store.readings(claim.person));
    if (readings.empty()) return std::optional<Recomputed>();
    const Date day = booked.content.booking_day;
    const facts::Agreements known = facts::known_on(all, day);
    auto standing = stand(world, claim.person, known, day);
    if (!standing.ok() && is_about_rules(standing.error())) return std::optional<Recomputed>();
    if (!standing.ok()) return standing.error();
    standing->loaded.sent = {claim};
    auto divisions = divisions_of(world, *standing);
    if (!divisions.ok() && is_about_rules(divisions.error())) return std::optional<Recomputed>();
    if (!divisions.ok()) return divisions.error();
    if (divisions->size() != 1 || divisions->front().of.shared) return std::optional<Recomputed>();
    ClaimDivision& division = divisions->front();
    BUNDEL_TRY(as_booked, divided_as(world.store, booked.content.key, division.pot, *division.of.model));
    division.division = std::move(as_booked);
    if (!same_shares(division, booked)) return std::optional<Recomputed>();
    return std::optional(Recomputed{std::move(divisions->front()), lines_of(*standing, claim)});
}

// In millionths of a cent, towards zero.
std::int64_t rounding_of(const distribution::StepShare& share) {
    constexpr base::Int128 millionth = 1'000'000'000'000;
    const auto off = distribution::Exact::of(share.amount) - share.entitled;
    return static_cast<std::int64_t>(off.units() / millionth);
}

OwnStep own_step(const distribution::StepResult& step, AgbCode participant) {
    OwnStep own{step.step, step.source, step.status, step.kind, step.basis, step.taken, {}, 0};
    for (const auto& share : step.shares) {
        if (share.payee != participant) continue;
        own.own += share.amount;
        own.rounding += rounding_of(share);
    }
    return own;
}

Reasoning reasoning_of(const Recomputed& recomputed, AgbCode participant) {
    const auto& division = recomputed.division.division;
    Reasoning reasoning;
    reasoning.pot = division.pot;
    reasoning.reserve = division.reserve;
    reasoning.undivided = division.undivided;
    Cents own;
    for (const auto& share : division.shares)
        (share.payee == participant ? own : reasoning.others) += share.amount;
    Cents by_step;
    for (const auto& step : division.steps) {
        reasoning.steps.push_back(own_step(step, participant));
        by_step += reasoning.steps.back().own;
    }
    BUNDEL_ASSERT(by_step == own);
    if (const auto lines = recomputed.lines.find(participant); lines != recomputed.lines.end())
        reasoning.lines = lines->second;
    for (const OwnLine& line : reasoning.lines) reasoning.value += line.value;
    return reasoning;
}

// ---- The statement ----

struct Moved {
    History history;
    std::optional<Recomputed> recomputed;
};

std::string performance_name(const rulebook::Rulebook& rulebook, const Sent& claim) {
    for (const auto& regime : rulebook.regimes()) {
        for (const auto& performance : regime.performances) {
            if (performance.code == claim.performance && performance.period.contains(claim.care.first))
                return performance.name;
        }
    }
    return {};
}

Cents share_in(const Entry* entry, AgbCode participant) {
    return entry == nullptr ? Cents() : on(moved_by(*entry), participant).coming;
}

ClaimShare claim_share(const World& world, const Moved& moved, AgbCode participant) {
    const Sent& claim = *moved.history.claim;
    ClaimShare share;
    share.claim = claim.reference;
    share.performance = claim.performance;
    share.performance_name = performance_name(world.rulebook, claim);
    share.phases = claim.phases;
    share.care = claim.care;
    share.status = claim.status;
    share.booked = moved.history.last->content.booking_day;
    share.entry = moved.history.last->number;
    share.before = share_in(moved.history.before, participant);
    share.after = share_in(moved.history.after, participant);
    if (const Entry* earlier = moved.history.earlier)
        share.earlier = ClaimShare::Earlier{earlier->number, earlier->content.booking_day};
    if (moved.recomputed) {
        share.status = values::weakest(claim.status, moved.recomputed->division.of.model->status);
        share.model = moved.recomputed->division.of.model->id.str();
        share.reasoning = reasoning_of(*moved.recomputed, participant);
    }
    return share;
}

bool is_about(const ClaimShare& share) {
    const bool own_lines = share.reasoning && !share.reasoning->lines.empty();
    return own_lines || !share.before.is_zero() || !share.after.is_zero();
}

// Everything the book and the facts say, for all participants.
struct Material {
    std::map<AgbCode, Position> opening, closing;
    std::vector<const Entry*> payments;  // of the period: what is no division and touches a participant
    std::vector<Moved> moved;            // claims, by the last entry of the period
    std::vector<LossRow> losses;
    std::optional<Date> open_from;
    std::set<AgbCode> participants;
};

void add_entries(const ledger::Book& book, const Period& period, Material& material) {
    for (const Entry& entry : book.entries()) {
        const Date day = entry.content.booking_day;
        if (day > period.last) continue;
        const auto moved = moved_by(entry);
        for (const auto& [participant, change] : moved) {
            material.participants.insert(participant);
            if (day < period.first) add(material.opening[participant], change);
            add(material.closing[participant], change);
        }
        if (!moved.empty() && day >= period.first && !is_of_a_claim(entry))
            material.payments.push_back(&entry);
    }
}

Result<Done> add_claims(World& world, const ledger::Book& book, const std::vector<Sent>& claims,
                        const facts::Agreements& agreements, const Period& period, Material& material) {
    for (const Sent& claim : claims) {
        if (claim.kind != claim::Kind::integrated || claim.credit) continue;
        Moved moved{history_of(book, claim, period), std::nullopt};
        if (moved.history.last == nullptr) continue;
        if (moved.history.after != nullptr) {
            BUNDEL_TRY(recomputed, recompute(world, agreements, claim, *moved.history.after));
            moved.recomputed = std::move(recomputed);
        }
        material.moved.push_back(std::move(moved));
    }
    std::sort(material.moved.begin(), material.moved.end(),
              [](const Moved& a, const Moved& b) { return a.history.last->number < b.history.last->number; });
    return Done{};
}

std::optional<Date> first_open_day(const std::vector<ledger::Closing>& closings, const Period& period) {
    const Date day = open_day(closings, period.first);
    return period.contains(day) ? std::optional(day) : std::nullopt;
}

Result<Material> gather(World& world, const ledger::Book& book, const std::vector<Sent>& claims,
                        const Period& period, Date as_of) {
    Material material;
    add_entries(book, period, material);
    BUNDEL_TRY(agreements, load_agreements(world));
    BUNDEL_TRY_DONE(add_claims(world, book, claims, agreements, period, material));
    for (const auto& known : facts::known_on(agreements, as_of).memberships) {
        if (known.fact.igo == world.settings.igo && known.fact.period.overlaps(period))
            material.participants.insert(known.fact.organisation);
    }
    BUNDEL_TRY(losses, world.store.losses());
    for (LossRow& loss : losses) {
        if (period.contains(loss.latest_submit_day)) material.losses.push_back(std::move(loss));
    }
    material.open_from = first_open_day(book.contents().closings, period);
    return material;
}

void add_shares(const World& world, const Material& material, Statement& statement) {
    for (const Moved& moved : material.moved) {
        ClaimShare share = claim_share(world, moved, statement.participant);
        if (!is_about(share)) continue;
        statement.reliance.add(share.status);
        (share.earlier ? statement.corrections : statement.divided).push_back(std::move(share));
    }
}

Statement statement_for(const World& world, const Material& material, AgbCode participant,
                        const Period& period, Date as_of) {
    Statement statement;
    statement.participant = participant;
    statement.igo = world.settings.igo;
    statement.period = period;
    statement.as_of = as_of;
    statement.open_from = material.open_from;
    statement.opening = on(material.opening, participant);
    statement.closing = on(material.closing, participant);
    add_shares(world, material, statement);
    for (const Entry* entry : material.payments) {
        const auto moved = moved_by(*entry);
        if (!moved.contains(participant)) continue;
        statement.payments.push_back(
            {entry->number, entry->content.booking_day, entry->content.kind, on(moved, participant)});
    }
    for (const LossRow& loss : material.losses) {
        if (loss.participant == participant)
            statement.late.push_back({loss.line, loss.latest_submit_day, loss.amount});
    }
    std::sort(statement.late.begin(), statement.late.end(), [](const LateLine& a, const LateLine& b) {
        return std::tie(a.latest_submit_day, a.line) < std::tie(b.latest_submit_day, b.line);
    });
    return statement;
}

// opening + movements = closing, part by part.
void assert_conserved(const Statement& statement) {
    Position position = statement.opening;
    for (const auto* shares : {&statement.divided, &statement.corrections}) {
        for (const ClaimShare& share : *shares) position.coming += share.change();
    }
    for (const Payment& payment : statement.payments) add(position, payment.change);
    BUNDEL_ASSERT(position == statement.closing);
}

// ---- Periods ----

std::optional<Period> quarter(std::string_view text) {
    if (text.size() != 7 || text[4] != '-' || text[5] != 'K' || text[6] < '1' || text[6] > '4')
        return std::nullopt;
    const auto year = Date::parse(std::string(text.substr(0, 4)) + "-01-01");
    if (!year.ok()) return std::nullopt;
    const Date first = year->plus_months(3 * (text[6] - '1'));
    return Period{first, first.plus_months(3).plus_days(-1)};
}

std::optional<Period> year_or_month(std::string_view text) {
    const bool year = text.size() == 4;
    if (!year && text.size() != 7) return std::nullopt;
    const auto first = Date::parse(std::string(text) + (year ? "-01-01" : "-01"));
    if (!first.ok()) return std::nullopt;
    return Period{*first, first->plus_months(year ? 12 : 1).plus_days(-1)};
}

}  // namespace

Result<Period> parse_statement_period(std::string_view text) {
    if (const auto found = quarter(text)) return *found;
    if (const auto found = year_or_month(text)) return *found;
    const auto colon = text.find(':');
    if (colon == 10 && text.size() == 21) {
        const auto first = Date::parse(text.substr(0, 10));
        const auto last = Date::parse(text.substr(11));
        if (first.ok() && last.ok()) return Period::between(*first, *last);
    }
    return Error{"statement_period_syntax", {{"text", std::string(text)}}};
}

Result<Period> usual_statement_period(World& world, Date as_of) {
    BUNDEL_TRY(closings, world.store.closings());
    return closings.empty() ? Period::month_of(as_of) : closings.back().period;
}

Result<std::vector<Statement>> statements_of(World& world, std::optional<AgbCode> participant,
                                             const Period& period, Date as_of) {
    BUNDEL_TRY(books, Books::open(world.store));
    BUNDEL_TRY(claims, world.store.all_claims());
    BUNDEL_TRY(material, gather(world, books.book(), claims, period, as_of));
    if (participant && !material.participants.contains(*participant))
        return Error{"statement_participant_unknown", {{"participant", participant->digits()}}};
    std::vector<Statement> statements;
    for (const AgbCode each : material.participants) {
        if (participant && each != *participant) continue;
        statements.push_back(statement_for(world, material, each, period, as_of));
        assert_conserved(statements.back());
    }
    return statements;
}

}  // namespace bundel::engine
