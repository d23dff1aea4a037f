#include "store/sqlite_store.h"

#include "store/schema.h"
#include "store/vault.h"

namespace bundel::store {

Result<std::unique_ptr<engine::Store>> open_store(const std::string& path, const Key& key, Vault* vault) {
    BUNDEL_TRY(database, Database::open(path, store_kind));
    auto store = std::make_unique<SqliteStore>(std::move(database), key, vault);
    BUNDEL_TRY_DONE(store->check_key());
    if (vault != nullptr) vault->settle_on_request();
    return std::unique_ptr<engine::Store>(std::move(store));
}

Digest SqliteStore::check_of(const Key& key) {
    return base::keyed_digest(key.for_purpose(2).view(), "bundel store");
}

Result<Done> SqliteStore::check_key() {
    BUNDEL_TRY(kept, database_->first("SELECT digest FROM key_check", take<Digest>));
    if (!kept) return database_->execute("INSERT INTO key_check VALUES(1, ?)", key_digest_);
    if (*kept != key_digest_) return Error{"store_key_wrong"};
    return Done{};
}

Result<Done> SqliteStore::begin() {
    forgot_ = false;
    return database_->run("BEGIN IMMEDIATE");
}

Result<Done> SqliteStore::commit() {
    const auto settled = vault_ == nullptr ? Result<Done>(Done{}) : vault_->settle();
    const auto done = settled.ok() ? database_->run("COMMIT") : settled;
    if (!done.ok()) {
        rollback();
        return done;
    }
    return std::exchange(forgot_, false) ? database_->wipe_deleted() : done;
}

void SqliteStore::rollback() {
    forgot_ = false;
    if (database_->in_transaction()) static_cast<void>(database_->run("ROLLBACK"));
}

Result<std::int64_t> SqliteStore::number_of(PersonId person) {
    BUNDEL_TRY(known, database_->first("SELECT number FROM person WHERE id = ?", take<std::int64_t>, person));
    if (known) return *known;
    BUNDEL_TRY(added, database_->first("INSERT INTO person(id) VALUES(?) RETURNING number",
                                       take<std::int64_t>, person));
    return added.value();
}

Result<std::int64_t> SqliteStore::number_of(const Digest& message) {
    BUNDEL_TRY(known,
               database_->first("SELECT number FROM message WHERE id = ?", take<std::int64_t>, message));
    if (!known) return Error{"message_unknown", {{"message", message.hex()}}};
    return *known;
}

std::string SqliteStore::unsealed(Statement& row, std::string_view place) const {
    return unsealed(row, row.blob(), place);
}

std::string SqliteStore::unsealed(Statement& row, std::string_view sealed, std::string_view place) const {
    auto plain = box_.open(sealed, place);
    if (!plain) row.mark_damaged();
    return plain ? std::move(*plain) : std::string();
}

std::string segment_place(std::int64_t message, std::int64_t place) {
    return Packer().add("segment").add(message).add(place).bytes();
}

std::string reading_place(PersonId person, const Digest& message) {
    return Packer().add("reading").add(raw(person)).add(message.view()).bytes();
}

std::string case_place(PersonId person) {
    return Packer().add("case").add(raw(person)).bytes();
}

std::string question_place(PersonId person, std::string_view key) {
    return Packer().add("question").add(raw(person)).add(key).bytes();
}

std::string finding_place(const Digest& message) {
    return Packer().add("finding").add(message.view()).bytes();
}

}  // namespace bundel::store
