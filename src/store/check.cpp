// Structural checks: the file, the chains, and what is kept by delta against what it is the sum of.
#include <map>

#include "ledger/book.h"
#include "store/sqlite_store.h"

namespace bundel::store {
namespace {

struct KeptSegment {
    Digest commitment;
    bool forgotten = false;
    bool sound = true;
    std::string bytes;
};

struct KeptMessage {
    std::int64_t number = 0;
    MessageRow row;
    std::int64_t segments = 0;
    Digest link;
};

KeptMessage take_kept_message(Statement& row) {
    KeptMessage kept;
    kept.row = take_message(row);
    kept.number = take<std::int64_t>(row);
    kept.segments = take<std::int64_t>(row);
    kept.link = take<Digest>(row);
    return kept;
}

}  // namespace

Result<std::vector<Error>> SqliteStore::check() {
    std::vector<Error> wrong;
    for (const auto part :
         {&SqliteStore::check_file, &SqliteStore::check_messages, &SqliteStore::check_readings,
          &SqliteStore::check_totals, &SqliteStore::check_claims, &SqliteStore::check_book}) {
        const auto looked = (this->*part)(wrong);
        if (!looked.ok()) wrong.push_back(looked.error());
    }
    return wrong;
}

Result<Done> SqliteStore::check_file(std::vector<Error>& wrong) {
    BUNDEL_TRY(complaints, database_->all("PRAGMA integrity_check(20)", take<std::string>));
    for (const std::string& complaint : complaints) {
        if (complaint != "ok") wrong.push_back(Error{"store_damaged", {{"what", complaint}}});
    }
    BUNDEL_TRY(orphans, database_->all("PRAGMA foreign_key_check", take<std::string>));
    for (const std::string& table : orphans) wrong.push_back(Error{"store_orphan", {{"table", table}}});
    return Done{};
}

Result<Done> SqliteStore::check_messages(std::vector<Error>& wrong) {
    BUNDEL_TRY(messages, database_->all(
                             "SELECT id, direction, kind, name, number, segments, link FROM message ORDER BY "
                             "number",
                             take_kept_message));
    Digest previous;
    for (const KeptMessage& message : messages) {
        const auto read = [&](Statement& row) {
            KeptSegment segment;
            const auto place = take<std::int64_t>(row);
            segment.commitment = take<Digest>(row);
            const std::string salt(row.blob());
            segment.forgotten = row.skip_null();
            if (segment.forgotten) return segment;
            auto plain = box_.open(row.blob(), segment_place(message.number, place));
            segment.sound = plain && salt.size() >= 16 && salt.size() <= 64 &&
                            base::keyed_digest(salt, *plain) == segment.commitment;
            if (plain) segment.bytes = std::move(*plain);
            return segment;
        };
        BUNDEL_TRY(segments,
                   database_->all("SELECT place, commitment, salt, sealed FROM segment WHERE message = ? "
                                  "ORDER BY place",
                                  read, message.number));
        std::vector<Digest> commitments;
        std::string whole;
        bool forgotten = false;
        bool sound = true;
        for (const KeptSegment& segment : segments) {
            commitments.push_back(segment.commitment);
            whole += segment.bytes;
            forgotten = forgotten || segment.forgotten;
            sound = sound && segment.sound;
        }
        const base::Params which{{"message", message.row.id.hex()}};
        const bool same_bytes = forgotten || base::digest(whole) == message.row.id;
        if (!sound || !same_bytes) wrong.push_back(Error{"store_message_wrong", which});
        const bool linked = static_cast<std::int64_t>(segments.size()) == message.segments &&
                            message_link(previous, message.row, commitments) == message.link;
        if (!linked) wrong.push_back(Error{"store_chain_broken", which});
        previous = message.link;
    }
    return Done{};
}

Result<Done> SqliteStore::check_readings(std::vector<Error>& wrong) {
    const auto read = [&](Statement& row) {
        const auto person = take<PersonId>(row);
        const auto message = take<Digest>(row);
        if (!box_.open(row.blob(), reading_place(person, message)))
            wrong.push_back(Error{"store_reading_wrong", {{"message", message.hex()}}});
        return Done{};
    };
    BUNDEL_TRY_DONE(
        database_->all("SELECT p.id, m.id, r.sealed FROM reading r JOIN person p ON p.number = r.person "
                       "JOIN message m ON m.number = r.message",
                       read));
    return Done{};
}

Result<Done> SqliteStore::check_totals(std::vector<Error>& wrong) {
    const auto read = [&](Statement& row) {
        const auto person = take<PersonId>(row);
        return unpack_counts(row, unsealed(row, case_place(person)));
    };
    BUNDEL_TRY(
        cases,
        database_->all("SELECT p.id, a.sealed FROM assessment a JOIN person p ON p.number = a.person", read));
    std::map<std::pair<std::string, std::string>, std::pair<std::int64_t, std::int64_t>> counted;
    for (const auto& counts : cases) {
        for (const CountRow& row : counts) {
            auto& [count, amount] = counted[{row.group, row.name}];
            count += row.count;
            amount += row.amount.count();
        }
    }
    BUNDEL_TRY(kept, totals());
    for (const CountRow& row : kept) {
        const auto found = counted.find({row.group, row.name});
        const bool same = found != counted.end() && found->second == std::pair(row.count, row.amount.count());
        if (!same) wrong.push_back(Error{"store_total_wrong", {{"group", row.group}, {"name", row.name}}});
        if (found != counted.end()) counted.erase(found);
    }
    for (const auto& [what, sums] : counted)
        wrong.push_back(Error{"store_total_wrong", {{"group", what.first}, {"name", what.second}}});
    return Done{};
}

Result<Done> SqliteStore::check_claims(std::vector<Error>& wrong) {
    BUNDEL_TRY(differing,
               database_->all("SELECT c.reference FROM claim c LEFT JOIN claim_step s ON s.number = "
                              "(SELECT max(number) FROM claim_step WHERE claim = c.number) "
                              "WHERE (c.state, c.granted, c.paid, c.code1, c.code2, c.code3) IS NOT "
                              "(s.state, s.granted, s.paid, s.code1, s.code2, s.code3)",
                              take<std::string>));
    for (const std::string& reference : differing)
        wrong.push_back(Error{"store_claim_wrong", {{"reference", reference}}});
    return Done{};
}

Result<Done> SqliteStore::check_book(std::vector<Error>& wrong) {
    BUNDEL_TRY(kept, entries());
    Digest previous;
    for (const ledger::Entry& entry : kept) {
        if (ledger::entry_digest(previous, entry.number, entry.content) != entry.digest)
            wrong.push_back(Error{"store_entry_wrong", {{"entry", std::to_string(entry.number)}}});
        previous = entry.digest;
    }
    BUNDEL_TRY(closed, closings());
    previous = {};
    for (const ledger::Closing& closing : closed) {
        if (ledger::closing_digest(previous, closing.period, kept) != closing.digest)
            wrong.push_back(
                Error{"store_closing_wrong",
                      {{"first", closing.period.first.dutch()}, {"last", closing.period.last.dutch()}}});
        previous = closing.digest;
    }
    BUNDEL_TRY(accounts, database_->all(
                             "SELECT account FROM (SELECT account, amount FROM posting UNION ALL "
                             "SELECT account, -amount FROM balance) GROUP BY account HAVING sum(amount) <> 0",
                             take<std::string>));
    for (const std::string& account : accounts)
        wrong.push_back(Error{"store_balance_wrong", {{"account", account}}});
    return Done{};
}

}  // namespace bundel::store
