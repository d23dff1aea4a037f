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

bool is_division(EventKind kind) {
    return kind == EventKind::division_booked || kind == EventKind::division_reversed;
}

// ---- What stood of the division of one pot, and when ----

struct History {
    const Entry* before = nullptr;   // stands at the start of the period
    const Entry* earlier = nullptr;  // the last one of an earlier period, standing or not
    const Entry* after = nullptr;    // stands at the end of the period
    const Entry* last = nullptr;     // the last entry of the period, a reversal too; none: nothing moved
};

void add(History& history, const Entry& entry, const Period& period) {
    const bool stands = entry.content.kind == EventKind::division_booked;
    if (entry.content.booking_day < period.first) {
        history.before = stands ? &entry : nullptr;
        if (stands) history.earlier = &entry;
    } else {
        history.last = &entry;
    }
    history.after = stands ? &entry : nullptr;
}

// The key of a division less its number; of a reversal that of what it reverses.
std::string pot_name(const Entry& entry) {
    const bool booked = entry.content.kind == EventKind::division_booked;
    const std::string& key = booked ? entry.content.key : entry.content.earlier_key;
    return key.substr(0, key.rfind('/'));
}

// By the name of the pot.
std::map<std::string, History> histories(const ledger::Book& book, const Period& period) {
    std::map<std::string, History> all;
    for (const Entry& entry : book.entries()) {
        if (is_division(entry.content.kind) && entry.content.booking_day <= period.last)
            add(all[pot_name(entry)], entry, period);
    }
    std::erase_if(all, [](const auto& one) { return one.second.last == nullptr; });
    return all;
}

// ---- Why ----

struct PotClaims {
    PotOfClaim of;
    std::vector<const Sent*> claims;
};

// A division as it was booked, with the lines of everybody: only here. What leaves is of one participant.
struct Recomputed {
    distribution::Division division;
    std::map<AgbCode, std::vector<OwnLine>> lines;
};

void add_lines(const Standing& standing, const Sent& claim, std::map<AgbCode, std::vector<OwnLine>>& lines) {
    const auto& pathway = standing.wanted.pathway;
    for (const auto& part : pathway.parts) {
        const auto& line = pathway.known.lines[part.line].fact;
        const bool ours = standing.wanted.selection.lines[part.line].ours;
        if (!ours || !is_for(claim, pathway, part.pregnancy, part.phase)) continue;
        auto& own = lines[line.declarant];
        // Parts of one line in two phases of the claim are one row.
        if (!own.empty() && own.back().line == line.id && own.back().claim == claim.reference)
            own.back().value += part.amount;
        else
            own.push_back({claim.reference, line.id, line.care, part.amount});
    }
}

bool same_shares(const distribution::Division& division, const Entry& booked) {
    std::map<AgbCode, Cents> shares;
    for (const auto& [participant, moved] : moved_by(booked)) shares[participant] = moved.coming;
    for (const auto& share : division.shares) shares[share.payee] -= share.amount;
    return std::all_of(shares.begin(), shares.end(), [](const auto& left) { return left.second.is_zero(); });
}

// What was answered by then: a credit that was accepted later had not yet taken its debit back.
std::vector<Sent> known_then(std::vector<Sent> sent, Date day) {
    std::erase_if(sent, [&](const Sent& claim) { return !claim.answered_day || *claim.answered_day > day; });
    return sent;
}

// What the claim brought to its pot when that was divided; none when there is nobody to recompute it from.
Result<std::optional<distribution::Pot>> brought_then(World& world, const facts::Agreements& known,
                                                      const Sent& claim, Date day, Recomputed& recomputed) {
    using Brought = std::optional<distribution::Pot>;
    BUNDEL_TRY(readings, world.store.readings(claim.person));
    if (readings.empty()) return Brought();
    auto standing = stand(world, claim.person, known, day);
    if (!standing.ok() && is_about_rules(standing.error())) return Brought();
    if (!standing.ok()) return standing.error();
    standing->loaded.sent = known_then(std::move(standing->loaded.sent), day);
    auto pot = brought_by(*standing, claim, world.settings.igo, world.rulebook);
    if (!pot.amount.is_zero()) add_lines(*standing, claim, recomputed.lines);
    return Brought(std::move(pot));
}

// The division as it was when it was booked. None when what comes out is not what was booked, or somebody of
// the pot was forgotten.
Result<std::optional<Recomputed>> recompute(World& world, const facts::Agreements& all,
                                            const PotClaims& claims, const Entry& booked) {
    const Date day = booked.content.booking_day;
    const facts::Agreements known = facts::known_on(all, day);
    Recomputed recomputed;
    distribution::Pot pot;
    for (const Sent* claim : claims.claims) {
        if (!claim->answered_day || *claim->answered_day > day) continue;
        BUNDEL_TRY(brought, brought_then(world, known, *claim, day, recomputed));
        if (!brought) return std::optional<Recomputed>();
        engine::add(pot, *brought);
    }
    drop_negative(pot);
    pot.day = claims.of.period.first;
    BUNDEL_TRY(division, divided_as(world.store, booked.content.key, pot, *claims.of.model));
    if (!same_shares(division, booked)) return std::optional<Recomputed>();
    recomputed.division = std::move(division);
    return std::optional(std::move(recomputed));
}

std::int64_t in_millionths(distribution::Exact cents) {
    constexpr std::int64_t units = 1'000'000'000'000;  // of Exact in a millionth of a cent
    return static_cast<std::int64_t>(cents.units() / units);
}

OwnStep own_step(const distribution::StepResult& step, AgbCode participant) {
    OwnStep own{step.step, step.source, step.status, step.kind, step.basis, step.taken, {}, 0};
    for (const auto& share : step.shares) {
        if (share.payee != participant) continue;
        own.own += share.amount;
        own.rounding += in_millionths(distribution::Exact::of(share.amount) - share.entitled);
    }
    return own;
}

Reasoning reasoning_of(const Recomputed& recomputed, AgbCode participant) {
    const auto& division = recomputed.division;
    Reasoning reasoning;
    reasoning.pot = division.pot;
    reasoning.reserve = division.reserve;
    reasoning.undivided = division.undivided;
    for (const auto& [kind, amount] : division.covered) reasoning.covered += amount;
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
    std::string name;
    History history;
    PotClaims claims;
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

std::string shown_name(const Moved& moved) {
    for (const std::string_view front : {"verdeeld:pot/", "verdeeld:"}) {
        if (moved.name.starts_with(front)) return moved.name.substr(front.size());
    }
    return moved.name;
}

// What its claims say of it. Nothing when the model of today makes no such pot any more.
void describe(const World& world, const PotClaims& claims, PotShare& share) {
    if (claims.claims.empty()) return;
    const Sent& first = *claims.claims.front();
    if (!claims.of.shared) share.pot = first.reference.str();
    share.claims = claims.claims.size();
    share.performance = first.performance.str();
    share.performance_name = performance_name(world.rulebook, first);
    share.model = claims.of.model->id.str();
    share.status = claims.of.model->status;
    for (const Sent* claim : claims.claims) {
        share.status = values::weakest(share.status, claim->status);
        share.phases = values::PhaseSet::from_bits(
            static_cast<std::uint8_t>(share.phases.bits() | claim->phases.bits()));
    }
}

PotShare pot_share(const World& world, const Moved& moved, AgbCode participant) {
    const Entry& last = *moved.history.last;
    PotShare share;
    share.pot = shown_name(moved);
    share.care = last.content.care_period;
    for (const auto& posting : last.content.postings) {
        if (posting.account.kind() == AccountKind::to_divide) share.performance = posting.account.party();
    }
    describe(world, moved.claims, share);
    share.booked = last.content.booking_day;
    share.entry = last.number;
    share.before = share_in(moved.history.before, participant);
    share.after = share_in(moved.history.after, participant);
    if (const Entry* earlier = moved.history.earlier)
        share.earlier = PotShare::Earlier{earlier->number, earlier->content.booking_day};
    if (moved.recomputed) share.reasoning = reasoning_of(*moved.recomputed, participant);
    return share;
}

bool is_about(const PotShare& share) {
    const bool own_lines = share.reasoning && !share.reasoning->lines.empty();
    return own_lines || !share.before.is_zero() || !share.after.is_zero();
}

// Everything the book and the facts say, for all participants.
struct Material {
    std::map<AgbCode, Position> opening, closing;
    std::vector<const Entry*> payments;  // of the period: what is no division and touches a participant
    std::vector<Moved> moved;            // pots, by the last entry of the period
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
        if (!moved.empty() && day >= period.first && !is_division(entry.content.kind))
            material.payments.push_back(&entry);
    }
}

// By the name of the pot. A claim counts in the pot that the model of today puts it in: when that is another
// than it was, nobody can say any more what the old one held.
Result<std::map<std::string, PotClaims>> pots_of(const World& world, const std::vector<Sent>& claims) {
    std::map<std::string, PotClaims> pots;
    for (const Sent& claim : claims) {
        if (!is_divided(claim)) continue;
        BUNDEL_TRY(of, pot_of(world.rulebook, claim));
        PotClaims& pot = pots.try_emplace(of.name, PotClaims{of, {}}).first->second;
        pot.claims.push_back(&claim);
    }
    return pots;
}

// Without the claims that were answered later: a pot of a year holds more with every answer, and a statement
// that is made again says what it said.
PotClaims held_then(PotClaims pot, const Entry& last) {
    std::erase_if(pot.claims, [&](const Sent* claim) {
        return !claim->answered_day || *claim->answered_day > last.content.booking_day;
    });
    return pot;
}

Result<Done> add_pots(World& world, const ledger::Book& book, const std::vector<Sent>& claims,
                      const facts::Agreements& agreements, const Period& period, Material& material) {
    BUNDEL_TRY(pots, pots_of(world, claims));
    for (const auto& [name, history] : histories(book, period)) {
        Moved moved{name, history, held_then(pots[name], *history.last), std::nullopt};
        if (history.after != nullptr && !moved.claims.claims.empty()) {
            BUNDEL_TRY(recomputed, recompute(world, agreements, moved.claims, *history.after));
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
    BUNDEL_TRY_DONE(add_pots(world, book, claims, agreements, period, material));
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
        PotShare share = pot_share(world, moved, statement.participant);
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
        for (const PotShare& share : *shares) position.coming += share.change();
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
