#include "engine/division.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "engine/books.h"
#include "engine/bought.h"
#include "engine/settlements.h"

namespace bundel::engine {
using claim::Kind;
using claim::Sent;
using distribution::Activity;
using distribution::Carry;
using distribution::Division;
using distribution::Exact;
using distribution::Pot;
using ledger::AccountKind;
using ledger::Entry;
using ledger::Event;
using ledger::EventKind;
using rulebook::DivisionModel;
using rulebook::PotPeriod;

namespace {

// ---- Pots ----

values::Period calendar_period(PotPeriod kind, Date day) {
    if (kind == PotPeriod::month) return values::Period::month_of(day);
    const bool quarter = kind == PotPeriod::quarter;
    const Date first = Date::of(day.year(), quarter ? (day.month() - 1) / 3 * 3 + 1 : 1, 1);
    return {first, first.plus_months(quarter ? 3 : 12).plus_days(-1)};
}

std::string period_name(PotPeriod kind, Date first) {
    const std::string year = std::to_string(first.year());
    if (kind == PotPeriod::year) return year;
    if (kind == PotPeriod::quarter) return year + "-K" + std::to_string((first.month() + 2) / 3);
    return year + "-" + base::zero_padded(first.month(), 2);
}

// ---- What a claim brings ----

Cents side(const selection::LineDecision& line, Cents declared, Cents part, bool net) {
    if (!line.own_payment) return part;
    const Cents whole = net ? line.own_payment->net : line.own_payment->gross;
    if (part == declared) return whole;
    if (declared.is_zero()) return part;
    const auto scaled =
        values::scale(whole, values::Ratio::of(part.count(), declared.count()), values::Rounding::half_even);
    BUNDEL_ASSERT(scaled.ok());
    return *scaled;
}

std::vector<Activity> activity_for(const Standing& standing, const Sent& claim) {
    std::map<AgbCode, Activity> by_payee;
    const auto& pathway = standing.wanted.pathway;
    for (const auto& part : pathway.parts) {
        const auto& line = pathway.known.lines[part.line].fact;
        const auto& decided = standing.wanted.selection.lines[part.line];
        if (!decided.ours || !is_for(claim, pathway, part.pregnancy, part.phase)) continue;
        Activity& sum =
            by_payee.try_emplace(line.declarant, Activity{line.declarant, {}, {}, 1}).first->second;
        sum.gross += side(decided, line.amount, part.amount, false);
        sum.net += side(decided, line.amount, part.amount, true);
    }
    std::vector<Activity> activity;
    for (const auto& [payee, sum] : by_payee) activity.push_back(sum);
    return activity;
}

bool in_phase_of(const Sent& claim, const pathway::Pathway& pathway, Date day) {
    for (std::uint32_t i = 0; i < pathway.pregnancies.size(); ++i) {
        for (const auto phase : values::all_phases) {
            if (is_for(claim, pathway, i, phase) && pathway.pregnancies[i].phase(phase).period.contains(day))
                return true;
        }
    }
    return false;
}

std::map<std::string, Cents> bought_for(const Standing& standing, const Sent& claim, AgbCode igo) {
    std::map<std::string, Cents> bought;
    const auto& pathway = standing.wanted.pathway;
    for (const auto& one : pathway.known.bought) {
        if (one.fact.buyer == igo && in_phase_of(claim, pathway, one.fact.care.first))
            bought[subject_of(one.fact.kind)] += one.fact.amount;
    }
    return bought;
}

// ---- Booking ----

std::string booking_key(const std::string& pot, std::size_t number) {
    return pot + "/" + std::to_string(number);
}

// What a division comes to without a carry: when this is the same, nothing is news.
Digest content_of(const Division& division) {
    base::Hasher hasher;
    const auto add = [&](Cents amount) { hasher.add(std::to_string(amount.count())); };
    add(division.pot);
    add(division.reserve);
    add(division.undivided);
    for (const auto& [kind, amount] : division.covered) {
        hasher.add(kind);
        add(amount);
    }
    for (const auto& share : division.shares) hasher.add(share.payee.digits()).add(share.entitled.str());
    return hasher.finish();
}

Cents given_to(const Entry& entry, AgbCode payee) {
    const ledger::Account account = ledger::Account::of(AccountKind::payable, payee.digits());
    for (const auto& posting : entry.content.postings) {
        if (posting.account == account) return -posting.amount;
    }
    return {};
}

bool moves_nothing(const Event& event) {
    return event.reserve.is_zero() &&
           std::ranges::all_of(event.shares, [](const auto& share) { return share.amount.is_zero(); }) &&
           std::ranges::all_of(event.covered, [](const auto& part) { return part.amount.is_zero(); });
}

Result<Event> reversal_of(const Entry& entry, Date day) {
    Event event;
    event.kind = EventKind::division_reversed;
    event.key = reversal_key(entry.content.key);
    event.earlier_key = entry.content.key;
    event.booking_day = day;
    event.care_period = entry.content.care_period;
    for (const auto& posting : entry.content.postings) {
        const std::string party(posting.account.party());
        switch (posting.account.kind()) {
            case AccountKind::reserve: event.reserve = -posting.amount; break;
            case AccountKind::covered: event.covered.push_back({party, -posting.amount}); break;
            case AccountKind::to_divide: event.performance = party; break;
            case AccountKind::payable: {
                BUNDEL_TRY(payee, AgbCode::parse(party));
                event.shares.push_back({payee, -posting.amount});
                break;
            }
            default: break;
        }
    }
    return event;
}

// As it was booked, to the cent.
Result<Division> divide_again(const Pot& pot, const DivisionModel& model, const DivisionRow& row) {
    Carry carry;
    for (const DivisionRow::Part& part : row.parts) {
        BUNDEL_TRY(carried, Exact::parse(part.carried));
        carry.add(part.payee, carried, Cents());
    }
    return distribution::divide(pot, model.model, carry);
}

// What a division that stands, and a cent that moved, did to what is owed.
Result<Done> add_division(Carry& carry, const DivisionRow& row, const Entry& entry) {
    for (const DivisionRow::Part& part : row.parts) {
        BUNDEL_TRY(entitled, Exact::parse(part.entitled));
        carry.add(part.payee, entitled, given_to(entry, part.payee));
    }
    return Done{};
}
void add_rounding(Carry& carry, const Entry& entry) {
    for (const auto& posting : entry.content.postings)
        carry.add(*AgbCode::parse(posting.account.party()), Exact(), -posting.amount);
}

// One pot as it ought to be.
struct Wanted {
    PotOfClaim of;
    std::string performance;
    Pot pot;
    Digest content;  // of its division without a carry
};

// The divisions that stand in the book, and what each payee is owed over all of them.
class Standings {
public:
    static Result<Standings> open(World& world) {
        BUNDEL_TRY(books, Books::open(world.store));
        Standings all(world, std::move(books));
        BUNDEL_TRY(rows, world.store.divisions());
        for (DivisionRow& row : rows) BUNDEL_TRY_DONE(all.take(std::move(row)));
        for (const Entry& entry : all.books_.book().entries()) all.take(entry);
        return all;
    }

    // Books the difference between what stands and what ought to. Gives the division that stands now.
    Result<Division> book(const Wanted& wanted, Date day, Divided& divided) {
        OfPot& stands = pots_[wanted.of.name];
        stands.seen = true;
        if (stands.now && stands.row && stands.row->content == wanted.content)
            return divide_again(wanted.pot, *wanted.of.model, *stands.row);
        const bool stood = stands.now;
        if (stood) BUNDEL_TRY_DONE(take_back(wanted.of.name, stands, day));
        BUNDEL_TRY(division, distribution::divide(wanted.pot, wanted.of.model->model, carry_));
        const Event event = booking(wanted, division, booking_key(wanted.of.name, stands.number + 1), day);
        const bool moves = !moves_nothing(event);
        if (moves) BUNDEL_TRY_DONE(keep(event, division, wanted.content, stands));
        if (stood || moves) ++divided.booked;
        return division;
    }

    // What stands of pots that are no more: taken back. Frozen are those of who was forgotten.
    Result<Done> take_back_others(const std::set<std::string>& frozen, Date day, Divided& divided) {
        for (auto& [name, stands] : pots_) {
            if (stands.seen || !stands.now || frozen.contains(name)) continue;
            BUNDEL_TRY_DONE(take_back(name, stands, day));
            ++divided.booked;
        }
        return Done{};
    }

    // So that nobody is more than a cent off.
    Result<Done> settle(Date day, Divided& divided) {
        const auto moves = carry_.settle();
        if (moves.empty()) return Done{};
        divided.moved += moves.size();
        std::map<AgbCode, Cents> netted;
        for (const auto& [from, to] : moves) {
            netted[from] -= Cents::of(1);
            netted[to] += Cents::of(1);
        }
        Event event;
        event.kind = EventKind::rounding_moved;
        event.key = "afronding/" + std::to_string(++roundings_);
        event.booking_day = day;
        event.care_period = values::Period::day(day);
        for (const auto& [payee, amount] : netted) {
            if (!amount.is_zero()) event.shares.push_back({payee, amount});
        }
        return event.shares.empty() ? Result<Done>(Done{}) : books_.post(event);
    }

    const ledger::Book& book() const { return books_.book(); }

private:
    struct OfPot {
        std::size_t number = 0;  // how many were booked so far
        bool now = false;        // the last of them stands
        std::optional<DivisionRow> row;
        bool seen = false;
    };

    Standings(World& world, Books books) : world_(&world), books_(std::move(books)) {}

    bool reversed(const Entry& entry) const {
        return books_.book().find(reversal_key(entry.content.key)) != nullptr;
    }

    Result<Done> take(DivisionRow row) {
        const Entry* entry = books_.book().find(row.key);
        if (entry == nullptr || reversed(*entry)) return Done{};
        BUNDEL_TRY_DONE(add_division(carry_, row, *entry));
        rows_.emplace(row.key, std::move(row));
        return Done{};
    }

    void take(const Entry& entry) {
        if (entry.content.kind == EventKind::rounding_moved) {
            ++roundings_;
            add_rounding(carry_, entry);
        }
        if (entry.content.kind != EventKind::division_booked) return;
        const std::string& key = entry.content.key;
        OfPot& pot = pots_[key.substr(0, key.rfind('/'))];
        ++pot.number;
        pot.now = !reversed(entry);
        pot.row.reset();
        if (const auto row = rows_.find(key); row != rows_.end()) pot.row = std::move(row->second);
    }

    static Event booking(const Wanted& wanted, const Division& division, std::string key, Date day) {
        Event event;
        event.kind = EventKind::division_booked;
        event.key = std::move(key);
        event.booking_day = day;
        event.care_period = wanted.of.period;
        event.performance = wanted.performance;
        event.reserve = division.reserve;
        for (const auto& share : division.shares) event.shares.push_back({share.payee, share.amount});
        for (const auto& [kind, amount] : division.covered) event.covered.push_back({kind, amount});
        return event;
    }

    Result<Done> keep(const Event& event, const Division& division, const Digest& content, OfPot& stands) {
        BUNDEL_TRY_DONE(books_.post(event));
        DivisionRow row{event.key, content, {}};
        for (const auto& share : division.shares)
            row.parts.push_back({share.payee, carry_.of(share.payee).str(), share.entitled.str()});
        BUNDEL_TRY_DONE(world_->store.add_division(row));
        distribution::add(carry_, division);
        stands.now = true;
        stands.row = std::move(row);
        ++stands.number;
        return Done{};
    }

    Result<Done> take_back(const std::string& pot, OfPot& stands, Date day) {
        const Entry& entry = *books_.book().find(booking_key(pot, stands.number));
        BUNDEL_TRY(event, reversal_of(entry, day));
        for (const DivisionRow::Part& part :
             stands.row ? stands.row->parts : std::vector<DivisionRow::Part>()) {
            BUNDEL_TRY(entitled, Exact::parse(part.entitled));
            carry_.take_back(part.payee, entitled, given_to(entry, part.payee));
        }
        BUNDEL_TRY_DONE(books_.post(event));
        stands.now = false;
        stands.row.reset();
        return Done{};
    }

    World* world_;
    Books books_;
    Carry carry_;
    std::map<std::string, OfPot> pots_;
    std::map<std::string, DivisionRow> rows_;
    std::size_t roundings_ = 0;
};

// The key of the entry by which the pot was last divided; that of a first one when it never was.
Result<std::string> last_key(Store& store, const std::string& pot) {
    for (std::size_t number = 1;; ++number) {
        BUNDEL_TRY(next, store.division(booking_key(pot, number + 1)));
        if (!next) return booking_key(pot, number);
    }
}

void add_up(Divided& divided, const Division& division) {
    divided.pot += division.pot;
    divided.reserve += division.reserve;
    divided.undivided += division.undivided;
    for (const auto& [kind, amount] : division.covered) divided.covered += amount;
    for (const auto& share : division.shares) divided.shares[share.payee] += share.amount;
}

// All that is divided, put together woman by woman and then booked in an order that is the same whatever
// number a woman has: who gets an odd cent must not hang on chance.
class DivideAll {
public:
    DivideAll(World& world, Standings& standings, Date day)
        : world_(world), standings_(standings), day_(day) {}

    Result<Done> take(const Standing& standing) {
        for (const Sent& claim : standing.loaded.sent) {
            if (!is_divided(claim)) continue;
            BUNDEL_TRY(of, pot_of(world_.rulebook, claim));
            ++divided_.claims;
            divided_.reliance.add(values::weakest(claim.status, of.model->status));
            const Pot brought = brought_by(standing, claim, world_.settings.igo, world_.rulebook);
            auto& did = activity_[{claim.insurer, claim.care.first.year()}];
            did.insert(did.end(), brought.activity.begin(), brought.activity.end());
            add(pots_.try_emplace(of.name, Wanted{of, claim.performance.str(), {}, {}}).first->second.pot,
                brought);
        }
        return Done{};
    }

    // Her facts are gone: what was divided with them stays as it was booked.
    Result<Done> freeze(const Sent& claim) {
        BUNDEL_TRY(of, pot_of(world_.rulebook, claim));
        frozen_.insert(of.name);
        for (const auto kind : {intake::SettlementOf::overlap, intake::SettlementOf::quality})
            frozen_.insert("verdeeld:pot/" + std::string(pot_name(kind)) + "/" + claim.insurer.digits() +
                           "/" + std::to_string(claim.care.first.year()));
        return Done{};
    }

    // What an insurer settled over a year goes over who did what for its women in that year.
    Result<Done> take(const Settled& settled) {
        const values::Period year{Date::of(settled.year, 1, 1), Date::of(settled.year, 12, 31)};
        BUNDEL_TRY(model, world_.rulebook.division_on(year.first));
        const std::string pot(pot_name(settled.of));
        PotOfClaim of{
            model,
            "verdeeld:pot/" + pot + "/" + settled.insurer.digits() + "/" + std::to_string(settled.year), year,
            true};
        Wanted wanted{of, pot, {}, {}};
        if (const auto did = activity_.find({settled.insurer, settled.year}); did != activity_.end())
            wanted.pot.activity = did->second;
        wanted.pot.amount = settled.amount;
        pots_.emplace(of.name, std::move(wanted));
        return Done{};
    }

    Result<Divided> finish() {
        BUNDEL_TRY(wanted, in_order());
        for (std::size_t i = 0; i < wanted.size();) {
            BUNDEL_TRY(transaction, Transaction::begin(world_.store));
            for (const std::size_t end = std::min(i + batch, wanted.size()); i < end; ++i)
                BUNDEL_TRY_DONE(book(*wanted[i]));
            BUNDEL_TRY_DONE(transaction.commit());
        }
        BUNDEL_TRY(transaction, Transaction::begin(world_.store));
        BUNDEL_TRY_DONE(standings_.take_back_others(frozen_, day_, divided_));
        BUNDEL_TRY_DONE(standings_.settle(day_, divided_));
        BUNDEL_TRY_DONE(transaction.commit());
        return std::move(divided_);
    }

private:
    static constexpr std::size_t batch = 1000;

    Result<std::vector<const Wanted*>> in_order() {
        std::vector<const Wanted*> wanted;
        for (auto& [name, one] : pots_) {
            if (frozen_.contains(name)) continue;
            drop_negative(one.pot);
            one.pot.day = one.of.period.first;
            BUNDEL_TRY(plain, distribution::divide(one.pot, one.of.model->model));
            one.content = content_of(plain);
            wanted.push_back(&one);
        }
        std::ranges::stable_sort(wanted, {}, [](const Wanted* one) {
            return std::tie(one->of.period, one->performance, one->content);
        });
        return wanted;
    }

    // Settled at once, so that a run that was stopped goes on to the same cents.
    Result<Done> book(const Wanted& wanted) {
        BUNDEL_TRY(division, standings_.book(wanted, day_, divided_));
        add_up(divided_, division);
        return standings_.settle(day_, divided_);
    }

    World& world_;
    Standings& standings_;
    Date day_;
    Divided divided_;
    std::map<std::string, Wanted> pots_;
    std::map<std::pair<UzoviCode, int>, std::vector<Activity>> activity_;  // by insurer and year of care
    std::set<std::string> frozen_;
};

}  // namespace

PotOfClaim pot_of(const DivisionModel& model, const Sent& claim) {
    if (model.pot == PotPeriod::claim) return {&model, event_key("verdeeld", claim), claim.care, false};
    const values::Period period = calendar_period(model.pot, claim.care.first);
    std::string name = "verdeeld:pot/" + model.id.str() + "/" + period_name(model.pot, period.first) + "/" +
                       claim.performance.str();
    if (model.by_contract) name += "/" + base::digest(claim.contract.view()).hex().substr(0, 12);
    return {&model, std::move(name), period, true};
}

Result<PotOfClaim> pot_of(const rulebook::Rulebook& rulebook, const Sent& claim) {
    BUNDEL_TRY(model, rulebook.division_on(claim.care.first));
    return pot_of(*model, claim);
}

bool is_for(const Sent& claim, const pathway::Pathway& pathway, std::uint32_t pregnancy,
            values::PhaseKind phase) {
    return claim.phases.contains(phase) &&
           pathway.pregnancies[pregnancy].phase(phase).period.overlaps(claim.care);
}

bool is_divided(const Sent& claim) {
    return claim.kind == Kind::integrated && !claim.credit && claim::is_final(claim.state);
}

Pot brought_by(const Standing& standing, const Sent& claim, AgbCode igo, const rulebook::Rulebook& rulebook) {
    Pot pot;
    pot.day = claim.care.first;
    if (claim::standing(claim, standing.loaded.sent, rulebook) == claim::Standing::dead) return pot;
    pot.amount = claim.granted;
    pot.activity = activity_for(standing, claim);
    pot.bought = bought_for(standing, claim, igo);
    return pot;
}

void add(Pot& pot, const Pot& brought) {
    pot.amount += brought.amount;
    pot.activity.insert(pot.activity.end(), brought.activity.begin(), brought.activity.end());
    for (const auto& [kind, amount] : brought.bought) pot.bought[kind] += amount;
}

void drop_negative(Pot& pot) {
    std::map<AgbCode, Activity> by_payee;
    for (const Activity& line : pot.activity) {
        Activity& sum = by_payee.try_emplace(line.payee, Activity{line.payee, {}, {}, 0}).first->second;
        sum.gross += line.gross;
        sum.net += line.net;
        sum.pregnancies += line.pregnancies;
    }
    pot.activity.clear();
    for (auto& [payee, sum] : by_payee) {
        if (sum.gross.is_negative()) continue;
        sum.net = std::max(sum.net, Cents());
        pot.activity.push_back(sum);
    }
}

Result<std::vector<ClaimDivision>> divisions_of(World& world, const Standing& standing) {
    std::vector<ClaimDivision> result;
    for (const Sent& claim : standing.loaded.sent) {
        if (!is_divided(claim)) continue;
        BUNDEL_TRY(of, pot_of(world.rulebook, claim));
        ClaimDivision wanted{claim, of, brought_by(standing, claim, world.settings.igo, world.rulebook), {}};
        drop_negative(wanted.pot);
        if (!of.shared) {
            BUNDEL_TRY(key, last_key(world.store, of.name));
            BUNDEL_TRY(division, divided_as(world.store, key, wanted.pot, *of.model));
            wanted.division = std::move(division);
        }
        result.push_back(std::move(wanted));
    }
    return result;
}

Result<Division> divided_as(Store& store, const std::string& key, const Pot& pot,
                            const DivisionModel& model) {
    BUNDEL_TRY(row, store.division(key));
    if (!row) return distribution::divide(pot, model.model);
    return divide_again(pot, model, *row);
}

Result<Divided> divide_all(World& world, Date booking_day) {
    BUNDEL_TRY_DONE(require_open(world.store, booking_day));
    BUNDEL_TRY(agreements, load_agreements(world));
    const facts::Agreements known = facts::known_on(agreements, booking_day);
    BUNDEL_TRY(claims, world.store.all_claims());
    std::map<PersonId, std::vector<Sent>> by_person;
    for (const Sent& claim : claims) {
        if (claim.kind == Kind::integrated) by_person[claim.person].push_back(claim);
    }
    BUNDEL_TRY(standings, Standings::open(world));
    const std::vector<Settled> settlements = settled_in(standings.book());
    DivideAll all(world, standings, booking_day);
    std::set<PersonId> done;
    for (const auto& [person, sent] : by_person) {
        BUNDEL_TRY(readings, world.store.readings(person));
        if (readings.empty()) {
            for (const Sent& claim : sent) BUNDEL_TRY_DONE(all.freeze(claim));
            continue;
        }
        BUNDEL_TRY(standing, stand(world, person, known, booking_day));
        if (done.insert(standing.loaded.gathered.woman.person).second) BUNDEL_TRY_DONE(all.take(standing));
    }
    for (const Settled& settled : settlements) BUNDEL_TRY_DONE(all.take(settled));
    return all.finish();
}

Result<Done> check_divisions(World& world, const ledger::Book& book, std::vector<Error>& breaches) {
    BUNDEL_TRY(rows, world.store.divisions());
    Carry carry;
    for (const DivisionRow& row : rows) {
        const Entry* entry = book.find(row.key);
        if (entry == nullptr || entry->content.kind != EventKind::division_booked) {
            breaches.push_back({"breach_division", {{"key", row.key}}});
            continue;
        }
        if (book.find(reversal_key(row.key)) != nullptr) continue;
        if (!add_division(carry, row, *entry).ok())
            breaches.push_back({"breach_division", {{"key", row.key}}});
    }
    for (const Entry& entry : book.entries()) {
        if (entry.content.kind == EventKind::rounding_moved) add_rounding(carry, entry);
    }
    const Exact cent = Exact::of(Cents::of(1));
    for (const auto& [payee, owed] : carry.owed()) {
        if (owed > cent || owed < -cent)
            breaches.push_back({"breach_rounding", {{"payee", payee.digits()}, {"owed", owed.str()}}});
    }
    return Done{};
}

}  // namespace bundel::engine
