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

// One file: claims that go together. A list has debits and credits of one participant, whoever pays.
struct GroupKey {
    Kind kind = Kind::integrated;
    std::string layout;  // that it is written in, or list_kind
    AgbCode declarant;
    UzoviCode insurer;
    bool credit = false;
    auto operator<=>(const GroupKey&) const = default;
};

// Outgoing::kind of a hand-over list.
constexpr const char* list_kind = "csv zelf-declareren";

struct Item {
    Sent claim;
    claim::Way way = claim::Way::message;
    std::optional<values::Payer> payer;     // not of a credit
    std::optional<Date> latest_submit_day;  // not of a credit
    Digest source;                          // forwarded: the message the line was received in
    std::int32_t record = 0;                // and its record
    std::int64_t sent_in = 0;               // credit in our name: the message its debit went out in; else 0
    std::optional<Date> partus;
    bool taken_over = false;       // a credit of a claim from before the first day
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
    claim.paid = {};
    claim.codes = {};
    claim.rulebook = world.rulebook.digest();
    claim.as_of = as_of;
    return claim;
}

Item item_for(const Action& action, const Standing& standing, const World& world, Date as_of) {
    Item item;
    const PersonId person = standing.loaded.gathered.woman.person;
    if (action.kind == Action::Kind::send) {
        const Ought& ought = standing.wanted.oughts[action.ought];
        item.claim = claim_for(ought, person, world, as_of);
        item.way = ought.way;
        item.payer = ought.payer;
        item.latest_submit_day = ought.latest_submit_day;
        item.keeps_reference = item.claim.kind == Kind::forwarded && !action.new_reference;
    } else {
        const auto debit =
            std::find_if(standing.loaded.sent.begin(), standing.loaded.sent.end(), [&](const Sent& sent) {
                return !sent.credit && sent.declarant == action.declarant && sent.reference == action.debit;
            });
        BUNDEL_ASSERT(debit != standing.loaded.sent.end());
        item.claim = credit_for(*debit, world, as_of);
        item.way = claim::way_of(*debit);
        item.taken_over = debit->message == 0;
        item.keeps_reference = !action.carrier.reference.empty();
        if (item.keeps_reference)
            item.claim.line = action.carrier;
        else
            item.sent_in = debit->message;
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

// File and key of a value of the rulebook; or refused_contract or refused_membership and which.
using Named = std::pair<std::string, std::string>;

Named named(const World& world, rulebook::ValueId id) {
    const auto& value = world.rulebook.values()[id];
    return {value.file, value.key};
}

std::optional<Named> first_unverified(const World& world, const rulebook::Trail& trail,
                                      const facts::Contract* contract) {
    for (const auto& note : trail.notes()) {
        if (note.status == values::Status::verified) continue;
        if (note.value != 0) return named(world, note.value);
        if (std::string_view(note.step) == "membership_unverified")
            return Named{refused_membership, base::zero_padded(note.seen[0].number, 8)};
        // Only agreements have a status without being a value of the rulebook.
        return Named{refused_contract, contract != nullptr ? contract->key.key.str() : note.step};
    }
    return std::nullopt;
}

// What the law says of a line.
Named scope_of(const World& world, const pathway::Pathway& pathway, const LineId& line) {
    const auto is_it = [&](const auto& place) {
        return place.scope != nullptr && pathway.known.lines[place.line].fact.id == line;
    };
    const auto part = std::find_if(pathway.parts.begin(), pathway.parts.end(), is_it);
    if (part != pathway.parts.end()) return named(world, part->scope->id);
    const auto unplaced = std::find_if(pathway.unplaced.begin(), pathway.unplaced.end(), is_it);
    return unplaced != pathway.unplaced.end() ? named(world, unplaced->scope->id)
                                              : Named{"scope", line.str()};
}

// The first value that is not verified among those the claim rests on.
Named unverified_value(const World& world, const Standing& standing, const Ought& ought) {
    const auto& wanted = standing.wanted;
    for (const auto& decision : wanted.selection.phases) {
        const bool about = ought.kind == Kind::forwarded ||
                           (decision.pregnancy == ought.pregnancy && ought.phases.contains(decision.phase));
        if (!about) continue;
        const auto* contract = decision.contract;
        if (auto found = first_unverified(world, wanted.pathway.trails[decision.pregnancy], contract))
            return *found;
        if (auto found = first_unverified(world, decision.trail, contract)) return *found;
    }
    return scope_of(world, wanted.pathway, ought.line);
}

void refuse(const Named& value, Cents amount, Sending& sending) {
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

Result<wire::LayoutRef> layout_named(World& world, const std::string& name) {
    const auto dash = name.find('-');
    if (dash != std::string::npos) {
        if (auto layout = world.layouts.find(name.substr(0, dash), name.substr(dash + 1))) return layout;
    }
    return Error{"layout_missing", {{"layout", name}}};
}

Result<std::string> bundle_layout(World& world) {
    if (const auto layout = world.layouts.best(bundle_message)) return layout->name();
    return Error{"layout_missing", {{"layout", bundle_message}}};
}

// Nobody published a provisional layout: whatever the values in it are worth, no insurer can be sent one. A
// list is ours, and is read by people.
Result<bool> may_leave_in(World& world, const GroupKey& key) {
    if (key.layout == list_kind) return true;
    BUNDEL_TRY(layout, layout_named(world, key.layout));
    return !world.settings.live || layout->status() == wire::Status::verified;
}

// The file it goes in. Nothing: the message its line was received in is forgotten.
Result<std::optional<GroupKey>> file_for(World& world, Item& item) {
    const Sent& claim = item.claim;
    if (claim.kind == Kind::integrated) {
        BUNDEL_TRY(layout, bundle_layout(world));
        return std::optional<GroupKey>({claim.kind, layout, claim.declarant, claim.insurer, claim.credit});
    }
    BUNDEL_TRY(found, find_source(world, item));
    if (!found) return std::optional<GroupKey>();
    if (item.way == claim::Way::list)
        return std::optional<GroupKey>({claim.kind, list_kind, claim.declarant, {}, false});
    BUNDEL_TRY(row, world.store.message(item.source));
    return std::optional<GroupKey>({claim.kind, row.kind, claim.declarant, claim.insurer, claim.credit});
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
        Item item = item_for(action, standing, world, as_of);
        if (!item.claim.credit) item.claim.person = identity;  // a credit goes out as its debit did
        if (!rests_on_verified(world, item.claim)) {
            const Ought& ought = standing.wanted.oughts[action.ought];
            refuse(unverified_value(world, standing, ought), ought.amount, sending);
            continue;
        }
        BUNDEL_TRY(key, file_for(world, item));
        if (!key) {
            const char* code = item.taken_over ? "source_not_received" : "source_forgotten";
            BUNDEL_TRY_DONE(world.store.add_question(stuck(person, code, item.claim.line.str())));
            continue;
        }
        BUNDEL_TRY(may_leave, may_leave_in(world, *key));
        if (may_leave)
            groups[*key].push_back(std::move(item));
        else
            refuse({refused_layout, key->layout}, item.claim.amount, sending);
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

// Messages that lines were received in or went out in, each read once.
class Sources {
public:
    explicit Sources(World& world) : world_(&world) {}
    Result<const wire::Message*> message(const Digest& id) {
        auto& kept = messages_[id];
        if (!kept) {
            BUNDEL_TRY(read, stored_message(*world_, id));
            kept = std::make_unique<wire::Message>(std::move(read));
        }
        return kept.get();
    }
    Result<const wire::CsvTable*> table(const Digest& id) {
        auto& kept = tables_[id];
        if (!kept) {
            BUNDEL_TRY(read, stored_table(*world_, id));
            kept = std::make_unique<wire::CsvTable>(std::move(read));
        }
        return kept.get();
    }

    // An outgoing message, by its number.
    Result<const wire::Message*> sent(std::int64_t number) {
        if (sent_.empty()) {
            BUNDEL_TRY(all, world_->store.all_outgoing());
            for (const Outgoing& outgoing : all) sent_[outgoing.number] = outgoing.message;
        }
        return message(sent_.at(number));
    }

private:
    World* world_;
    std::map<std::int64_t, Digest> sent_;
    std::map<Digest, std::unique_ptr<wire::Message>> messages_;
    std::map<Digest, std::unique_ptr<wire::CsvTable>> tables_;
};

// The other tariff records of its DBC went out under the reference of that DBC: once more would be twice.
Result<bool> service_was_sent(World& world, Sources& sources, const Item& item) {
    if (item.claim.credit) return false;
    BUNDEL_TRY(source, sources.message(item.source));
    BUNDEL_TRY(record, record_index(*source, item.record));
    BUNDEL_TRY(beside, reply::lines_beside(*source, record));
    for (const std::string& reference : beside) {
        if (!values::Reference::fits(reference)) continue;
        BUNDEL_TRY(sent, world.store.claim(item.claim.declarant, values::Reference::of(reference)));
        if (sent) return true;
    }
    return false;
}

// Its own, when nobody used that or what stands above it.
Result<bool> may_keep_reference(World& world, Sources& sources, const Item& item) {
    if (!item.keeps_reference) return false;
    // Another woman's claim may have it: the line was somebody else's until an earlier receipt came.
    BUNDEL_TRY(used, world.store.claim(item.claim.declarant, item.claim.line.reference));
    if (used) return false;
    if (item.way == claim::Way::list) return true;
    BUNDEL_TRY(above_used, service_was_sent(world, sources, item));
    return !above_used;
}

Result<Done> give_references(World& world, std::vector<Item>& items) {
    Sources sources(world);
    for (Item& item : items) {
        BUNDEL_TRY(keeps, may_keep_reference(world, sources, item));
        if (keeps) {
            item.claim.reference = item.claim.line.reference;
            continue;
        }
        BUNDEL_TRY(reference, fresh_reference(world, item.claim.declarant));
        item.claim.reference = reference;
    }
    return Done{};
}

Result<std::vector<Segment>> write_bundles(World& world, const std::string& layout_name,
                                           const reply::Envelope& envelope, const std::vector<Item>& items) {
    BUNDEL_TRY(layout, layout_named(world, layout_name));
    std::vector<reply::BundleLine> lines;
    for (const Item& item : items) {
        BUNDEL_TRY(identity, world.identities.identity(item.claim.person));
        lines.push_back({item.claim, identity, item.partus});
    }
    return reply::write_bundles(layout, envelope, lines);
}

// A line as it was received; a credit in our name takes back what went out, as it went out.
Result<reply::ForwardLine> forward_line(Sources& sources, const Item& item) {
    if (item.sent_in != 0) {
        BUNDEL_TRY(sent, sources.sent(item.sent_in));
        BUNDEL_TRY(record, reply::line_with(*sent, item.claim.debit));
        return reply::ForwardLine{item.claim, sent, record};
    }
    BUNDEL_TRY(source, sources.message(item.source));
    BUNDEL_TRY(record, record_index(*source, item.record));
    return reply::ForwardLine{item.claim, source, record};
}

Result<std::vector<Segment>> write_forwards(World& world, const std::string& layout_name,
                                            const reply::Envelope& envelope, const std::vector<Item>& items) {
    BUNDEL_TRY(layout, layout_named(world, layout_name));
    Sources sources(world);
    std::vector<reply::ForwardLine> lines;
    for (const Item& item : items) {
        BUNDEL_TRY(line, forward_line(sources, item));
        lines.push_back(line);
    }
    return reply::write_forwards(layout, envelope, lines);
}

// What the participant calls the woman, in the message or the table the line came in.
Result<std::string> patient_number(World& world, Sources& sources, const Item& item) {
    BUNDEL_TRY(row, world.store.message(item.source));
    if (layout_named(world, row.kind).ok()) {
        BUNDEL_TRY(message, sources.message(item.source));
        BUNDEL_TRY(record, record_index(*message, item.record));
        return reply::patient_number(*message, record);
    }
    BUNDEL_TRY(table, sources.table(item.source));
    const int column = table->column("patientnummer");
    const auto line = std::find_if(table->rows.begin(), table->rows.end(),
                                   [&](const wire::CsvRow& one) { return one.line == item.record; });
    if (column < 0 || line == table->rows.end()) return std::string();
    return std::string(base::trim(line->cells[static_cast<std::size_t>(column)]));
}

Result<std::vector<Segment>> write_list(World& world, const std::vector<Item>& items) {
    Sources sources(world);
    std::vector<reply::ListLine> lines;
    for (const Item& item : items) {
        BUNDEL_TRY(patient, patient_number(world, sources, item));
        lines.push_back({item.claim, item.payer, patient, item.latest_submit_day});
    }
    return reply::write_list(lines, texts::Texts::dutch());
}

// The file of this group but its bytes: its name, and for a claim message its invoice.
Result<Outgoing> outgoing_for(World& world, const GroupKey& key, Date as_of) {
    Outgoing outgoing;
    outgoing.kind = key.layout;
    outgoing.declarant = key.declarant;
    outgoing.insurer = key.insurer;
    outgoing.as_of = as_of;
    const std::string declarant = key.declarant.digits();
    if (key.layout == list_kind) {
        BUNDEL_TRY(number, world.store.next_number("list"));
        outgoing.file_name = "deelnemers/" + declarant + "/zelf-declareren_" + declarant + "_" +
                             base::zero_padded(number, 9) + ".csv";
        return outgoing;
    }
    BUNDEL_TRY(number, world.store.next_number("invoice"));
    outgoing.invoice = "B" + base::zero_padded(number, 9);
    outgoing.file_name = "verzekeraars/" + key.insurer.digits() + "/" +
                         outgoing.kind.substr(0, outgoing.kind.find('-')) + "_" + declarant + "_" +
                         outgoing.invoice + ".txt";
    return outgoing;
}

Result<std::vector<Segment>> write(World& world, const GroupKey& key, const Outgoing& outgoing,
                                   const std::vector<Item>& items) {
    const reply::Envelope envelope{key.declarant, key.insurer, outgoing.invoice, outgoing.as_of,
                                   !world.settings.live};
    if (key.layout == list_kind) return write_list(world, items);
    return key.kind == Kind::integrated ? write_bundles(world, key.layout, envelope, items)
                                        : write_forwards(world, key.layout, envelope, items);
}

void count(const GroupKey& key, const std::vector<Item>& items, Sending& sending) {
    ++sending.files;
    for (const Item& item : items) {
        sending.reliance.add(item.claim.status);
        const Cents amount = item.claim.credit ? -item.claim.amount : item.claim.amount;
        if (key.layout == list_kind) {
            ++sending.handed_over;
            sending.handed_over_amount += amount;
        } else {
            ++(item.claim.credit ? sending.credits : sending.claims);
            sending.amount += amount;
        }
    }
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
    BUNDEL_TRY(outgoing, outgoing_for(world, key, as_of));
    auto segments = write(world, key, outgoing, items);
    while (!segments.ok() && segments.error().code == "identity_incomplete") {
        BUNDEL_TRY_DONE(leave_out(world, items, segments.error()));
        if (items.empty()) return transaction.commit();
        segments = write(world, key, outgoing, items);
    }
    if (!segments.ok()) return segments.error();
    BUNDEL_TRY(message, plan_message(world, outgoing, *segments));
    for (Item& item : items) {
        item.claim.message = message;
        BUNDEL_TRY_DONE(world.store.add_claim(item.claim));
        BUNDEL_TRY_DONE(mark_with_linked(world, item.claim.person));
    }
    BUNDEL_TRY_DONE(transaction.commit());
    count(key, items, sending);
    return Done{};
}

Result<Done> move_claims(World& world, const Outgoing& outgoing, State to, Date day) {
    BUNDEL_TRY(claims, world.store.claims_in(outgoing.number));
    for (Sent& claim : claims) {
        BUNDEL_ASSERT(claim::may_follow(claim.state, to));
        claim.state = to;
        if (to == State::sent) claim.sent_day = day;
        if (to == State::handed_over) {  // no answer comes: what was handed over stands as it is
            claim.granted = claim.amount;
            claim.answered_day = day;
        }
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
    if (outgoing.kind == list_kind) BUNDEL_TRY_DONE(move_claims(world, outgoing, State::handed_over, day));
    BUNDEL_TRY(books, Books::open(world.store));
    BUNDEL_TRY(claims, world.store.claims_in(outgoing.number));
    for (const Sent& claim : claims) {
        BUNDEL_TRY_DONE(book_sent(books, claim, day));
        BUNDEL_TRY_DONE(mark_with_linked(world, claim.person));
    }
    return transaction.commit();
}

}  // namespace

const char* word(const Refusal& refusal) {
    if (refusal.file == refused_layout) return "live_refusal_layout";
    if (refusal.file == refused_contract) return "live_refusal_contract";
    if (refusal.file == refused_membership) return "live_refusal_membership";
    return "live_refusal";
}

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
        for (const Item& item : items) planned.push_back({item.claim.person, item.claim, item.way});
    }
    return planned;
}

}  // namespace bundel::engine
