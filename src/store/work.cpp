// Work to do and its outcomes: cases, totals, questions, losses.
#include <algorithm>

#include "store/sqlite_store.h"

namespace bundel::store {
namespace {

std::string pack_counts(const std::vector<CountRow>& counts) {
    Packer packer;
    for (const CountRow& row : counts)
        packer.add(row.group).add(row.name).add(row.count).add(row.amount.count());
    return packer.bytes();
}

}  // namespace

std::vector<CountRow> unpack_counts(Statement& row, std::string_view bytes) {
    std::vector<CountRow> counts;
    Unpacker from(bytes);
    while (!from.at_end()) {
        CountRow count;
        count.group = from.text();
        count.name = from.text();
        count.count = from.number();
        count.amount = Cents::of(from.number());
        counts.push_back(std::move(count));
    }
    if (!from.whole()) row.mark_damaged();
    return counts;
}

CaseRow take_case(PersonId person, Statement& row) {
    CaseRow found;
    found.person = person;
    found.as_of = take<Date>(row);
    found.valid_until = take<Date>(row);
    found.digest = take<Digest>(row);
    found.law = take<Digest>(row);
    found.actions = take<std::int32_t>(row);
    return found;
}

Result<Done> SqliteStore::mark_dirty(PersonId person) {
    BUNDEL_ASSERT(!person.is_nobody());
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY(number, number_of(person));
    BUNDEL_TRY_DONE(database_->execute("INSERT INTO dirty VALUES(?) ON CONFLICT DO NOTHING", number));
    return together.keep();
}

Result<Done> SqliteStore::mark_all_dirty() {
    return database_->execute(
        "INSERT INTO dirty SELECT person FROM reading WHERE person > 0 UNION SELECT person FROM assessment "
        "WHERE true ON CONFLICT DO NOTHING");
}

Result<std::vector<PersonId>> SqliteStore::due(Date as_of, const Digest& law, std::size_t limit) {
    const std::int64_t most =
        limit > static_cast<std::size_t>(INT64_MAX) ? INT64_MAX : static_cast<std::int64_t>(limit);
    return database_->all(
        "SELECT id FROM person WHERE number IN ("
        "SELECT person FROM dirty "
        "UNION SELECT person FROM assessment WHERE valid_until < ?1 "
        "UNION SELECT person FROM assessment WHERE as_of > ?1 "
        "UNION SELECT person FROM assessment WHERE law < ifnull((SELECT number FROM law WHERE digest = ?2), "
        "0) "
        "UNION SELECT person FROM assessment WHERE law > ifnull((SELECT number FROM law WHERE digest = ?2), "
        "0)) "
        "ORDER BY id LIMIT ?3",
        take<PersonId>, as_of, law, most);
}

Result<std::int64_t> SqliteStore::law_number(const Digest& law) {
    BUNDEL_TRY(known, database_->first("SELECT number FROM law WHERE digest = ?", take<std::int64_t>, law));
    if (known) return *known;
    BUNDEL_TRY(added, database_->first("INSERT INTO law(digest) VALUES(?) RETURNING number",
                                       take<std::int64_t>, law));
    return added.value();
}

Result<Done> SqliteStore::put_case(const CaseRow& row) {
    BUNDEL_ASSERT(!row.person.is_nobody());
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY(person, number_of(row.person));
    BUNDEL_TRY(law, law_number(row.law));
    BUNDEL_TRY_DONE(drop_case(person, row.person));
    BUNDEL_TRY_DONE(database_->execute("INSERT INTO assessment VALUES(?, ?, ?, ?, ?, ?, ?)", person,
                                       row.as_of, row.valid_until, row.digest, law, row.actions,
                                       Blob{box_.seal(pack_counts(row.counts), case_place(row.person))}));
    BUNDEL_TRY_DONE(count(row.counts, 1));
    return together.keep();
}

// Also takes her off the list of work: a new case is the answer to it, and who is forgotten needs none.
Result<Done> SqliteStore::drop_case(std::int64_t person, PersonId id) {
    const auto read = [&](Statement& row) { return unpack_counts(row, unsealed(row, case_place(id))); };
    BUNDEL_TRY(old, database_->first("SELECT sealed FROM assessment WHERE person = ?", read, person));
    if (old) BUNDEL_TRY_DONE(count(*old, -1));
    BUNDEL_TRY_DONE(database_->execute("DELETE FROM assessment WHERE person = ?", person));
    return database_->execute("DELETE FROM dirty WHERE person = ?", person);
}

Result<Done> SqliteStore::count(const std::vector<CountRow>& counts, int sign) {
    for (const CountRow& row : counts) {
        BUNDEL_TRY_DONE(database_->execute(
            "INSERT INTO total VALUES(?, ?, ?, ?, ?) ON CONFLICT(grouping, name) DO UPDATE SET "
            "cases = cases + excluded.cases, count = count + excluded.count, amount = amount + "
            "excluded.amount",
            row.group, row.name, sign, sign * row.count, sign * row.amount.count()));
        if (sign < 0)
            BUNDEL_TRY_DONE(database_->execute(
                "DELETE FROM total WHERE grouping = ? AND name = ? AND cases = 0", row.group, row.name));
    }
    return Done{};
}

Result<std::optional<CaseRow>> SqliteStore::case_of(PersonId person) {
    const auto read = [&](Statement& row) {
        CaseRow found = take_case(person, row);
        found.counts = unpack_counts(row, unsealed(row, case_place(person)));
        return found;
    };
    return database_->first(
        "SELECT a.as_of, a.valid_until, a.digest, l.digest, a.actions, a.sealed FROM assessment a "
        "JOIN law l ON l.number = a.law WHERE a.person = (SELECT number FROM person WHERE id = ?)",
        read, person);
}

Result<std::vector<CountRow>> SqliteStore::totals() {
    const auto read = [](Statement& row) {
        CountRow total;
        total.group = take<std::string>(row);
        total.name = take<std::string>(row);
        total.count = take<std::int64_t>(row);
        total.amount = take<Cents>(row);
        return total;
    };
    return database_->all("SELECT grouping, name, count, amount FROM total ORDER BY grouping, name", read);
}

Result<std::vector<PersonId>> SqliteStore::with_actions() {
    return database_->all(
        "SELECT p.id FROM assessment a JOIN person p ON p.number = a.person WHERE a.actions > 0 ORDER BY "
        "p.id",
        take<PersonId>);
}

Result<Done> SqliteStore::insert_question(std::int64_t person, const QuestionRow& question) {
    return database_->execute(
        "INSERT INTO question(person, id, key, code, sealed, amount, deadline) VALUES(?, ?, ?, ?, ?, ?, ?)",
        person, question.id(), question.key, question.code,
        Blob{box_.seal(Packer().add(question.params).bytes(), question_place(question.person, question.key))},
        question.amount, question.deadline);
}

Result<Done> SqliteStore::put_questions(PersonId person, const std::vector<QuestionRow>& questions) {
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY(number, number_of(person));
    BUNDEL_TRY_DONE(database_->execute("DELETE FROM question WHERE person = ?", number));
    for (QuestionRow question : questions) {
        question.person = person;
        BUNDEL_TRY_DONE(insert_question(number, question));
    }
    return together.keep();
}

Result<Done> SqliteStore::add_question(const QuestionRow& question) {
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY(number, number_of(question.person));
    BUNDEL_TRY(known, database_->first("SELECT 1 FROM question WHERE person = ? AND key = ?", take<bool>,
                                       number, question.key));
    if (!known) BUNDEL_TRY_DONE(insert_question(number, question));
    return together.keep();
}

Result<Done> SqliteStore::put_topic(std::string_view topic, const std::vector<QuestionRow>& questions) {
    const std::string prefix = std::string(topic) + "/";
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY(nobody, number_of(PersonId{}));
    BUNDEL_TRY_DONE(database_->execute("DELETE FROM question WHERE person = ? AND substr(key, 1, ?) = ?",
                                       nobody, prefix.size(), prefix));
    for (const QuestionRow& question : questions) {
        BUNDEL_ASSERT(question.person.is_nobody() && question.key.starts_with(prefix));
        BUNDEL_TRY_DONE(insert_question(nobody, question));
    }
    return together.keep();
}

QuestionRow SqliteStore::take_question(Statement& row) {
    QuestionRow question;
    question.person = take<PersonId>(row);
    question.key = take<std::string>(row);
    question.code = take<std::string>(row);
    const auto plain = unsealed(row, question_place(question.person, question.key));
    Unpacker from(plain);
    question.params = from.params();
    if (!from.whole()) row.mark_damaged();
    question.amount = take<Cents>(row);
    question.deadline = take_optional<Date>(row);
    return question;
}

Result<std::vector<QuestionRow>> SqliteStore::questions() {
    return database_->all(
        "SELECT * FROM question_row ORDER BY amount DESC, deadline IS NULL, deadline, key, woman",
        [this](Statement& row) { return take_question(row); });
}

Result<Done> SqliteStore::put_losses(PersonId person, const std::vector<LossRow>& losses) {
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY(number, number_of(person));
    BUNDEL_TRY_DONE(database_->execute("DELETE FROM loss WHERE person = ?", number));
    for (const LossRow& loss : losses) {
        BUNDEL_TRY_DONE(database_->execute(
            "INSERT INTO loss(person, participant, issuer, reference, amount, latest_submit_day) "
            "VALUES(?, ?, ?, ?, ?, ?)",
            number, loss.participant, loss.line.issuer, loss.line.reference, loss.amount,
            loss.latest_submit_day));
    }
    return together.keep();
}

Result<std::vector<LossRow>> SqliteStore::losses() {
    const auto read = [](Statement& row) {
        LossRow loss;
        loss.person = take<PersonId>(row);
        loss.participant = take<AgbCode>(row);
        loss.line = take_line(row);
        loss.amount = take<Cents>(row);
        loss.latest_submit_day = take<Date>(row);
        return loss;
    };
    return database_->all(
        "SELECT p.id, l.participant, l.issuer, l.reference, l.amount, l.latest_submit_day FROM loss l "
        "JOIN person p ON p.number = l.person ORDER BY l.participant, l.issuer, l.reference, p.id, l.number",
        read);
}

}  // namespace bundel::store
