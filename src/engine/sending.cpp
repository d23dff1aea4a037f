#include "engine/sending.h"

#include <algorithm>
#include <map>
#include <memory>

#include "engine/books.h"
#include "engine/messages.h"
#include "ledger/check.h"
#include "reply/reply.h"
#include "wire/decode.h"

namespace bundel::engine {
using claim::Action;
using claim::Kind;
using claim::Ought;
using claim::Sent;
using claim::State;

namespace {

// One file: claims that go together.
struct GroupKey {
    Kind kind;
    std::string layout;  // forwarded: layout of the source messages
    AgbCode declarant;
    UzoviCode insurer;
    bool credit;
    auto operator<=>(const GroupKey&) const = default;
};

struct Item {
    Sent claim;
    Digest source;            // forwarded: the message the line was received in
    std::int32_t record = 0;  // and its record
    std::optional<Date> partus;
    bool keeps_reference = false;  // forwarded under the participant's own reference
};

using Groups = std::map<GroupKey, std::vector<Item>>;

Sent claim_for(const Ought& ought, PersonId person, const World& world, Date as_of) {
    Sent claim;
    claim.person = person;
    claim.kind = ought.kind;
    claim.declarant = ought.declarant;
    claim.insurer = ought.insurer;
    claim.performance = ought.performance;
    claim.care = ought.care;
    claim.amount = ought.amount;
    claim.line = ought.line;
    claim.phases = ought.phases;
    claim.contract = ought.contract;
    claim.status = ought.status;
    claim.content = ought.content();
    claim.trail = ought.trail;
    claim.rulebook = world.rulebook.digest();
    claim.as_of = as_of;
    return claim;
}

// A credit takes back exactly what was sent: original insurer, contract and amount.
Sent credit_for(const Sent& debit, const World& world, Date as_of) {
    Sent claim = debit;
    claim.credit = true;
    claim.debit = debit.reference;
    claim.reference = {};
    claim.message = 0;
    claim.state = State::planned;
    claim.sent_day.reset();
    claim.answered_day.reset();
    claim.granted = {};
    claim.codes = {};
    claim.rulebook = world.rulebook.digest();
    claim.as_of = as_of;
    return claim;
}

Item item_for(const Action& action, const Standing& standing, const World& world, Date as_of) {
    Item item;
    const PersonId person = standing.loaded.gathered.woman.person;
    if (action.kind == Action::Kind::send) {
        item.claim = claim_for(standing.wanted.oughts[action.ought], person, world, as_of);
        item.keeps_reference = item.claim.kind == Kind::forwarded && !action.new_reference;
    } else {
        const auto debit =
            std::find_if(standing.loaded.sent.begin(), standing.loaded.sent.end(), [&](const Sent& sent) {
                return !sent.credit && sent.declarant == action.declarant && sent.reference == action.debit;
            });
        BUNDEL_ASSERT(debit != standing.loaded.sent.end());
        item.claim = credit_for(*debit, world, as_of);
        item.keeps_reference = !action.carrier.reference.empty();
        if (item.keeps_reference) item.claim.line = action.carrier;
    }
    if (!item.claim.phases.empty()) {
        for (const auto& pregnancy : standing.wanted.pathway.pregnancies) {
            const bool born = pregnancy.phase(values::PhaseKind::natal).exists && pregnancy.end;
            if (born && pregnancy.phase(item.claim.phases.first()).period.overlaps(item.claim.care))
                item.partus = pregnancy.end;
        }
    }
    return item;
}

bool rests_on_verified(const World& world, const Sent& claim) {
    return !world.settings.live || claim.status == values::Status::verified || claim.credit;
}

// Nobody published a provisional layout: whatever the values in it are worth, no insurer can be sent one.
bool may_leave_in(const World& world, const wire::Layout& layout) {
    return !world.settings.live || layout.status() == wire::Status::verified;
}

// The first value that is not verified among those the claim rests on.
std::pair<std::string, std::string> unverified_value(const World& world, const Standing& standing,
                                                     const Ought& ought) {
    const auto look =
        [&](const rulebook::Trail& trail) -> std::optional<std::pair<std::string, std::string>> {
        for (const auto& note : trail.notes()) {
            if (note.status == values::Status::verified) continue;
            const auto& value = world.rulebook.values()[note.value];
            return note.value == 0 ? std::pair(std::string("contract"), std::string(note.step))
                                   : std::pair(value.file, value.key);
        }
        return std::nullopt;
    };
    for (const auto& decision : standing.wanted.selection.phases) {
        const bool about = ought.kind == Kind::forwarded ||
                           (decision.pregnancy == ought.pregnancy && ought.phases.contains(decision.phase));
        if (!about) continue;
        if (auto found = look(standing.wanted.pathway.trails[decision.pregnancy])) return *found;
        if (auto found = look(decision.trail)) return *found;
    }
    return {"scope", ought.performance.str()};
}

void refuse(const std::pair<std::string, std::string>& value, Cents amount, Sending& sending) {
    const auto& [file, key] = value;
    auto same = std::find_if(sending.refusals.begin(), sending.refusals.end(),
                             [&](const Refusal& r) { return r.file == file && r.key == key; });
    if (same == sending.refusals.end())
        same = sending.refusals.insert(sending.refusals.end(), Refusal{file, key, 0, {}});
    ++same->claims;
    same->amount += amount;
}

// Where the line of this claim was received first.
Result<bool> find_source(World& world, Item& item) {
    BUNDEL_TRY(rows, world.store.lines(item.claim.line));
    const auto first = first_received(rows);
    if (first == rows.end()) return false;
    item.source = first->message;
    item.record = first->record;
    return true;
}

QuestionRow stuck(PersonId person, std::string code, const std::string& reference) {
    QuestionRow question;
    question.person = person;
    question.key = "verzenden/" + code;
    question.params = {{"claim", reference}};
    question.code = std::move(code);
    return question;
}

constexpr const char* bundle_layout = "KZ301-3.2-provisional";

std::string layout_of(const GroupKey& key) {
    return key.kind == Kind::integrated ? bundle_layout : key.layout;
}

Result<wire::LayoutRef> layout_named(World& world, const std::string& name) {
    const auto dash = name.find('-');
    if (dash != std::string::npos) {
        if (auto layout = world.layouts.find(name.substr(0, dash), name.substr(dash + 1))) return layout;
    }
    return Error{"layout_missing", {{"layout", name}}};
}

// Of several persons that are one, some may have come without a BSN: she is who has one.
Result<PersonId> identity_of(World& world, const std::vector<PersonId>& cluster, PersonId person) {
    if (cluster.size() == 1) return person;
    for (const PersonId one : cluster) {
        const auto row = world.identities.identity(one);
        if (row.ok() && row->bsn) return one;
        if (!row.ok() && row.error().code != "person_unknown") return row.error();
    }
    return person;
}

// No new claim goes out for a woman about whom what we sent is not sound: a person must look first. A credit
// only takes back, and may be what makes it sound again (two persons with a bundle each turn out to be one).
Result<Done> collect(World& world, PersonId person, const facts::Agreements& known, Date as_of,
                     Groups& groups, Sending& sending) {
    BUNDEL_TRY(standing, stand(world, person, known, as_of));
    const auto breaches = claim::breaches(standing.loaded.sent, world.rulebook);
    const bool unsound = !breaches.empty();
    if (unsound)
        BUNDEL_TRY_DONE(
            world.store.add_question(stuck(person, breaches.front().code, breaches.front().reference.str())));
    BUNDEL_TRY(identity, identity_of(world, standing.loaded.gathered.cluster, person));
    for (const Action& action : standing.plan.actions) {
        if (unsound && action.kind == Action::Kind::send) continue;
        const bool on_list =
            action.kind == Action::Kind::send && standing.wanted.oughts[action.ought].way == claim::Way::list;
        if (on_list) continue;
        Item item = item_for(action, standing, world, as_of);
        if (!item.claim.credit) item.claim.person = identity;  // a credit goes out as its debit did
        if (!rests_on_verified(world, item.claim)) {
            const Ought& ought = standing.wanted.oughts[action.ought];
            refuse(unverified_value(world, standing, ought), ought.amount, sending);
            continue;
        }
        GroupKey key{item.claim.kind, "", item.claim.declarant, item.claim.insurer, item.claim.credit};
        if (item.claim.kind == Kind::forwarded) {
            BUNDEL_TRY(found, find_source(world, item));
            if (!found) {
                BUNDEL_TRY_DONE(
                    world.store.add_question(stuck(person, "source_forgotten", item.claim.line.str())));
                continue;
            }
            BUNDEL_TRY(row, world.store.message(item.source));
            key.layout = row.kind;
        }
        BUNDEL_TRY(layout, layout_named(world, layout_of(key)));
        if (may_leave_in(world, *layout))
            groups[key].push_back(std::move(item));
        else
            refuse({refused_layout, layout->name()}, item.claim.amount, sending);
    }
    return Done{};
}

Result<Groups> collect_all(World& world, Date as_of, Sending& sending) {
    BUNDEL_TRY(agreements, load_agreements(world));
    const facts::Agreements known = facts::known_on(agreements, as_of);
    BUNDEL_TRY(persons, world.store.with_actions());
    Groups groups;
    for (const PersonId person : persons)
        BUNDEL_TRY_DONE(collect(world, person, known, as_of, groups, sending));
    return groups;
}

// A reference of ours in the number space of `declarant`, used by nobody before.
Result<values::Reference> fresh_reference(World& world, AgbCode declarant) {
    while (true) {
        BUNDEL_TRY(number, world.store.next_number("reference"));
        const auto reference = values::Reference::of("BD" + base::zero_padded(number, 10));
        BUNDEL_TRY(ours, world.store.claim(declarant, reference));
        BUNDEL_TRY(theirs, world.store.lines({declarant, reference}));
        if (!ours && theirs.empty()) return reference;
    }
}

Result<Done> give_references(World& world, std::vector<Item>& items) {
    for (Item& item : items) {
        // Another woman's claim may have it: the line was somebody else's until an earlier receipt came.
        BUNDEL_TRY(used, world.store.claim(item.claim.declarant, item.claim.line.reference));
        if (item.keeps_reference && !used) {
            item.claim.reference = item.claim.line.reference;
            continue;
        }
        BUNDEL_TRY(reference, fresh_reference(world, item.claim.declarant));
        item.claim.reference = reference;
    }
    return Done{};
}

Result<std::vector<Segment>> write_bundles(World& world, const reply::Envelope& envelope,
                                           const std::vector<Item>& items) {
    BUNDEL_TRY(layout, layout_named(world, bundle_layout));
    std::vector<reply::BundleLine> lines;
    for (const Item& item : items) {
        BUNDEL_TRY(identity, world.identities.identity(item.claim.person));
        lines.push_back({item.claim, identity, item.partus});
    }
    return reply::write_bundles(layout, envelope, lines);
}

Result<std::vector<Segment>> write_forwards(World& world, const std::string& layout_name,
                                            const reply::Envelope& envelope, const std::vector<Item>& items) {
    BUNDEL_TRY(layout, layout_named(world, layout_name));
    std::map<Digest, std::unique_ptr<wire::Message>> sources;
    std::vector<reply::ForwardLine> lines;
    for (const Item& item : items) {
        auto& source = sources[item.source];
        if (!source) {
            BUNDEL_TRY(message, stored_message(world, item.source));
            source = std::make_unique<wire::Message>(std::move(message));
        }
        BUNDEL_TRY(record, record_index(*source, item.record));
        lines.push_back({item.claim, source.get(), record});
    }
    return reply::write_forwards(layout, envelope, lines);
}

std::string file_name(const GroupKey& key, const std::string& invoice) {
    const std::string message =
        key.kind == Kind::integrated ? "KZ301" : key.layout.substr(0, key.layout.find('-'));
    return "verzekeraars/" + key.insurer.digits() + "/" + message + "_" + key.declarant.digits() + "_" +
           invoice + ".txt";
}

Result<std::vector<Segment>> write(World& world, const GroupKey& key, const reply::Envelope& envelope,
                                   const std::vector<Item>& items) {
    return key.kind == Kind::integrated ? write_bundles(world, envelope, items)
                                        : write_forwards(world, key.layout, envelope, items);
}

// A woman of whom something mandatory is not known stays behind with a question; the others go.
Result<Done> leave_out(World& world, std::vector<Item>& items, const Error& error) {
    const auto named = std::find_if(items.begin(), items.end(), [&](const Item& item) {
        return !error.params.empty() && item.claim.reference.view() == error.params.front().second;
    });
    if (named == items.end()) return error;
    QuestionRow question;
    question.person = named->claim.person;
    question.key = "persoon/onvolledig";
    question.code = error.code;
    question.params = error.params;
    question.amount = named->claim.amount;
    BUNDEL_TRY_DONE(world.store.add_question(question));
    items.erase(named);
    return Done{};
}

// Step 1 of the protocol: references, bytes, digests and as_of in one transaction.
Result<Done> plan_group(World& world, const GroupKey& key, std::vector<Item> items, Date as_of,
                        Sending& sending) {
    BUNDEL_TRY(transaction, Transaction::begin(world.store));
    BUNDEL_TRY_DONE(give_references(world, items));
    BUNDEL_TRY(number, world.store.next_number("invoice"));
    const std::string invoice = "B" + base::zero_padded(number, 9);
    const reply::Envelope envelope{key.declarant, key.insurer, invoice, as_of, !world.settings.live};
    auto segments = write(world, key, envelope, items);
    while (!segments.ok() && segments.error().code == "identity_incomplete") {
        BUNDEL_TRY_DONE(leave_out(world, items, segments.error()));
        if (items.empty()) return transaction.commit();
        segments = write(world, key, envelope, items);
    }
    if (!segments.ok()) return segments.error();
    Outgoing outgoing;
    outgoing.kind = layout_of(key);
    outgoing.file_name = file_name(key, invoice);
    outgoing.invoice = invoice;
    outgoing.declarant = key.declarant;
    outgoing.insurer = key.insurer;
    outgoing.as_of = as_of;
    BUNDEL_TRY(message, plan_message(world, outgoing, *segments));
    for (Item& item : items) {
        item.claim.message = message;
        BUNDEL_TRY_DONE(world.store.add_claim(item.claim));
        BUNDEL_TRY_DONE(mark_with_linked(world, item.claim.person));
    }
    BUNDEL_TRY_DONE(transaction.commit());
    ++sending.files;
    for (const Item& item : items) {
        ++(item.claim.credit ? sending.credits : sending.claims);
        sending.amount += item.claim.credit ? -item.claim.amount : item.claim.amount;
    }
    return Done{};
}

Result<Done> move_claims(World& world, const Outgoing& outgoing, State to, Date day) {
    BUNDEL_TRY(claims, world.store.claims_in(outgoing.number));
    for (Sent& claim : claims) {
        BUNDEL_ASSERT(claim::may_follow(claim.state, to));
        claim.state = to;
        if (to == State::sent) claim.sent_day = day;
        BUNDEL_TRY_DONE(world.store.set_claim(claim, day, outgoing.message));
    }
    return Done{};
}

// Step 2 and 3.
Result<Done> stage(World& world, Outgoing& outgoing, Date day) {
    BUNDEL_TRY(bytes, world.store.message_bytes(outgoing.message));
    BUNDEL_TRY_DONE(world.outbox.stage(outgoing.file_name, bytes));
    BUNDEL_TRY(transaction, Transaction::begin(world.store));
    BUNDEL_TRY_DONE(world.store.set_outgoing(outgoing.number, OutgoingState::staged, std::nullopt));
    BUNDEL_TRY_DONE(move_claims(world, outgoing, State::staged, day));
    outgoing.state = OutgoingState::staged;
    return transaction.commit();
}

// Step 5.
Result<Done> mark_sent(World& world, const Outgoing& outgoing, Date day) {
    BUNDEL_TRY(transaction, Transaction::begin(world.store));
    BUNDEL_TRY_DONE(world.store.set_outgoing(outgoing.number, OutgoingState::sent, day));
    BUNDEL_TRY_DONE(move_claims(world, outgoing, State::sent, day));
    BUNDEL_TRY(books, Books::open(world.store));
    BUNDEL_TRY(claims, world.store.claims_in(outgoing.number));
    for (const Sent& claim : claims) {
        BUNDEL_TRY_DONE(book_sent(books, claim, day));
        BUNDEL_TRY_DONE(mark_with_linked(world, claim.person));
    }
    return transaction.commit();
}

}  // namespace

Result<std::int64_t> plan_message(World& world, Outgoing outgoing, const std::vector<Segment>& segments) {
    const std::string bytes = reply::bytes_of(segments);
    outgoing.message = base::digest(bytes);
    outgoing.state = OutgoingState::planned;
    BUNDEL_TRY_DONE(world.store.add_message(
        {outgoing.message, Direction::sent, outgoing.kind, outgoing.file_name}, segments));
    return world.store.add_outgoing(outgoing);
}

Result<std::size_t> resume(World& world, Date as_of) {
    BUNDEL_TRY_DONE(require_open(world.store, as_of));
    BUNDEL_TRY(waiting, world.store.outgoing_not_sent());
    for (Outgoing& outgoing : waiting) {
        if (outgoing.state == OutgoingState::planned) BUNDEL_TRY_DONE(stage(world, outgoing, as_of));
        // Staged and no longer in staging: it was released before the stop, so it is sent.
        if (world.outbox.is_staged(outgoing.file_name))
            BUNDEL_TRY_DONE(world.outbox.release(outgoing.file_name));
        BUNDEL_TRY_DONE(mark_sent(world, outgoing, as_of));
    }
    return waiting.size();
}

Result<Sending> send_all(World& world, Date as_of) {
    Sending sending;
    BUNDEL_TRY_DONE(resume(world, as_of));
    BUNDEL_TRY(books, Books::open(world.store));
    if (!ledger::check(books.book()).empty()) return Error{"sending_stopped"};
    BUNDEL_TRY(groups, collect_all(world, as_of, sending));
    for (const auto& [key, items] : groups) BUNDEL_TRY_DONE(plan_group(world, key, items, as_of, sending));
    BUNDEL_TRY_DONE(resume(world, as_of));
    return sending;
}

Result<std::vector<PlannedClaim>> preview(World& world, Date as_of) {
    Sending ignored;
    BUNDEL_TRY(groups, collect_all(world, as_of, ignored));
    std::vector<PlannedClaim> planned;
    for (const auto& [key, items] : groups) {
        for (const Item& item : items) planned.push_back({item.claim.person, item.claim});
    }
    return planned;
}

}  // namespace bundel::engine
