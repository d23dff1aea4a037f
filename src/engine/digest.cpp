#include "engine/digest.h"

#include <algorithm>
#include <set>

namespace bundel::engine {
using base::Hasher;
using claim::Sent;

namespace {

void add(Hasher& hasher, PersonId person) {
    hasher.add(static_cast<std::int64_t>(person.high)).add(static_cast<std::int64_t>(person.low));
}

void add(Hasher& hasher, const LineId& line) {
    hasher.add(line.issuer.number()).add(line.reference.view());
}

void add(Hasher& hasher, Date day) {
    hasher.add(day.ei());
}

void add(Hasher& hasher, const std::optional<Date>& day) {
    hasher.add(day ? day->ei() : std::string());
}

void add(Hasher& hasher, const CountRow& row) {
    hasher.add(row.group).add(row.name).add(row.count).add(row.amount.count());
}

void add(Hasher& hasher, const QuestionRow& question) {
    add(hasher, question.person);
    hasher.add(question.key).add(question.code).add(question.amount.count());
    for (const auto& [name, value] : question.params) hasher.add(name).add(value);
    add(hasher, question.deadline);
}

void add(Hasher& hasher, const LossRow& loss) {
    add(hasher, loss.person);
    add(hasher, loss.line);
    hasher.add(loss.participant.number()).add(loss.amount.count());
    add(hasher, loss.latest_submit_day);
}

void add(Hasher& hasher, const Sent& claim) {
    hasher.add(claim.declarant.number()).add(claim.reference.view()).add(claim.debit.view());
    add(hasher, claim.person);
    add(hasher, claim.line);
    hasher.add(claim.insurer.number()).add(claim.performance.str());
    hasher.add(static_cast<std::int64_t>(claim.kind)).add(claim.credit ? 1 : 0);
    hasher.add(static_cast<std::int64_t>(claim.state));
    hasher.add(claim.amount.count()).add(claim.granted.count());
    hasher.add(claim.content).add(claim.trail).add(claim.rulebook);
    add(hasher, claim.care.first);
    add(hasher, claim.care.last);
    add(hasher, claim.as_of);
    add(hasher, claim.sent_day);
    add(hasher, claim.answered_day);
    for (const auto& code : claim.codes) hasher.add(code.view());
}

void add(Hasher& hasher, const LineRow& row) {
    add(hasher, row.line);
    add(hasher, row.person);
    hasher.add(row.content).add(row.message).add(row.record);
    add(hasher, row.received);
}

// A store gives most lists sorted by their meaning; where ties are left to it, the pieces are sorted here.
class Pieces {
public:
    template <class Value>
    void add(const Value& value) {
        Hasher hasher;
        engine::add(hasher, value);
        pieces_.push_back(hasher.finish());
    }
    Digest finish() {
        std::sort(pieces_.begin(), pieces_.end());
        Hasher hasher;
        for (const Digest& piece : pieces_) hasher.add(piece);
        return hasher.finish();
    }

private:
    std::vector<Digest> pieces_;
};

template <class Rows>
Digest digest_of(const Rows& rows) {
    Pieces pieces;
    for (const auto& row : rows) pieces.add(row);
    return pieces.finish();
}

Result<Done> add_facts(World& world, PersonId person, Hasher& hasher) {
    add(hasher, person);
    BUNDEL_TRY(readings, world.store.readings(person));
    for (const ReadingRow& row : readings) {
        hasher.add(row.message).add(row.blob);
        add(hasher, row.received);
    }
    if (person.is_nobody()) return Done{};
    BUNDEL_TRY(lines, world.store.lines_of(person));
    hasher.add(digest_of(lines));
    BUNDEL_TRY(found, world.store.case_of(person));
    if (!found) return Done{};
    hasher.add(found->digest).add(found->law).add(found->actions);
    hasher.add(digest_of(found->counts));
    return Done{};
}

Result<Digest> received_digest(World& world) {
    Hasher hasher;
    for (const Direction direction : {Direction::received, Direction::sent}) {
        BUNDEL_TRY(messages, world.store.messages(direction));
        for (const MessageRow& row : messages) hasher.add(row.id).add(row.kind);
    }
    BUNDEL_TRY(receipts, world.store.receipts());
    for (const auto& [message, received] : receipts) {
        hasher.add(message);
        add(hasher, received);
    }
    return hasher.finish();
}

Result<Digest> book_digest(World& world) {
    BUNDEL_TRY(entries, world.store.entries());
    Hasher hasher;
    for (const ledger::Entry& entry : entries) hasher.add(entry.digest);
    BUNDEL_TRY(closings, world.store.closings());
    for (const ledger::Closing& closing : closings) hasher.add(closing.digest);
    return hasher.finish();
}

// With everybody a judgement names: who holds a case may be somebody of whom nothing was read.
Result<std::set<PersonId>> everybody(World& world) {
    BUNDEL_TRY(persons, world.store.persons());
    std::set<PersonId> found(persons.begin(), persons.end());
    for (const PersonId person : persons) {
        BUNDEL_TRY(linked, world.store.linked(person));
        found.insert(linked.begin(), linked.end());
    }
    return found;
}

template <class Row>
void keep_hers(std::vector<Row>& rows, PersonId person) {
    std::erase_if(rows, [&](const Row& row) { return row.person != person; });
}

}  // namespace

Result<Digest> state_digest(World& world) {
    Hasher hasher;
    BUNDEL_TRY(received, received_digest(world));
    hasher.add(received);
    BUNDEL_TRY_DONE(add_facts(world, PersonId{}, hasher));
    BUNDEL_TRY(persons, everybody(world));
    for (const PersonId person : persons) BUNDEL_TRY_DONE(add_facts(world, person, hasher));
    BUNDEL_TRY(questions, world.store.questions());
    BUNDEL_TRY(losses, world.store.losses());
    BUNDEL_TRY(totals, world.store.totals());
    BUNDEL_TRY(claims, world.store.all_claims());
    BUNDEL_TRY(book, book_digest(world));
    hasher.add(digest_of(questions)).add(digest_of(losses)).add(digest_of(totals));
    return hasher.add(digest_of(claims)).add(book).finish();
}

Result<Digest> state_digest(World& world, PersonId person) {
    Hasher hasher;
    BUNDEL_TRY_DONE(add_facts(world, person, hasher));
    BUNDEL_TRY(questions, world.store.questions());
    BUNDEL_TRY(losses, world.store.losses());
    BUNDEL_TRY(claims, world.store.claims_of(person));
    keep_hers(questions, person);
    keep_hers(losses, person);
    return hasher.add(digest_of(questions)).add(digest_of(losses)).add(digest_of(claims)).finish();
}

}  // namespace bundel::engine
