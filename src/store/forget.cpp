// Forgetting one person. What stays of her: numbers and money, under an id that nothing else knows.
#include "store/sqlite_store.h"

namespace bundel::store {

Result<Done> SqliteStore::forget(PersonId person, Date day) {
    BUNDEL_ASSERT(!person.is_nobody());
    Together together(*database_);
    const bool own = !database_->in_transaction();
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY(known, database_->first("SELECT number FROM person WHERE id = ?", take<std::int64_t>, person));
    if (!known) return together.keep();
    const std::int64_t number = *known;
    BUNDEL_TRY_DONE(drop_case(number, person));
    BUNDEL_TRY_DONE(
        database_->execute("UPDATE segment SET salt = NULL, sealed = NULL WHERE person = ?", number));
    // Of a line that two persons carry (its reference was not unique) the successors stay for the other.
    BUNDEL_TRY_DONE(database_->execute(
        "DELETE FROM successor WHERE EXISTS(SELECT 1 FROM line l WHERE l.person = ?1 AND l.issuer = "
        "successor.issuer "
        "AND l.reference = successor.reference) AND NOT EXISTS(SELECT 1 FROM line l WHERE l.person <> ?1 "
        "AND l.issuer = successor.issuer AND l.reference = successor.reference)",
        number));
    BUNDEL_TRY_DONE(database_->execute("DELETE FROM reading WHERE person = ?", number));
    BUNDEL_TRY_DONE(database_->execute("DELETE FROM line WHERE person = ?", number));
    BUNDEL_TRY_DONE(database_->execute("DELETE FROM link WHERE a = ?1 OR b = ?1", number));
    BUNDEL_TRY_DONE(database_->execute("DELETE FROM question WHERE person = ?", number));
    BUNDEL_TRY_DONE(database_->execute("DELETE FROM loss WHERE person = ?", number));
    BUNDEL_TRY_DONE(bury(number, day));
    BUNDEL_TRY_DONE(together.keep());
    forgot_ = !own;
    return own ? database_->wipe_deleted() : Result<Done>(Done{});
}

Result<Done> SqliteStore::bury(std::int64_t person, Date day) {
    BUNDEL_TRY_DONE(database_->execute(
        "INSERT INTO tombstone SELECT person, declarant, insurer, performance, "
        "sum(CASE credit WHEN 0 THEN granted ELSE -granted END) FROM claim WHERE person = ? "
        "GROUP BY declarant, insurer, performance",
        person));
    return database_->execute("UPDATE person SET id = ?, forgotten = ? WHERE number = ?", random_person(),
                              day, person);
}

}  // namespace bundel::store
