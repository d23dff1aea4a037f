#include "store/vault.h"

#include "store/columns.h"
#include "store/pack.h"

namespace bundel::store {
using base::Digest;
using intake::IdentityRow;
using values::Bsn;
using values::PersonId;

namespace {

constexpr Database::Kind vault_kind{0x626e6476, 1, R"sql(
CREATE TABLE key_check(only INTEGER PRIMARY KEY CHECK(only = 1), digest BLOB NOT NULL) STRICT;
CREATE TABLE identity(
    number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE CHECK(length(id) = 16), look_up BLOB NOT NULL UNIQUE,
    sealed BLOB NOT NULL) STRICT;
CREATE TABLE patient(
    number INTEGER PRIMARY KEY, look_up BLOB NOT NULL, identity INTEGER NOT NULL REFERENCES identity,
    UNIQUE(look_up, identity)) STRICT;
CREATE INDEX patient_identity ON patient(identity);
)sql"};

std::string place_of(PersonId person) {
    return Packer().add("identity").add(raw(person)).bytes();
}

std::string pack(const IdentityRow& row) {
    Packer packer;
    packer.add(row.bsn ? row.bsn->digits() : std::string())
        .add(row.declarant.number())
        .add(row.patient_number);
    packer.add(row.insured_number).add(row.insurer.number());
    packer.add(row.birth_date ? row.birth_date->iso() : std::string())
        .add(row.sex)
        .add(row.name)
        .add(row.prefix);
    packer.add(row.partner_name).add(row.partner_prefix).add(row.initials).add(row.postcode);
    packer.add(row.house_number).add(row.house_number_addition);
    return packer.bytes();
}

// Our own bytes, sealed: what opens was packed by pack().
IdentityRow unpack(Statement& kept, std::string_view bytes) {
    Unpacker from(bytes);
    IdentityRow row;
    if (const auto bsn = Bsn::parse(from.text()); bsn.ok()) row.bsn = *bsn;
    if (const auto number = from.number(); number != 0)
        row.declarant = values::AgbCode::of(static_cast<std::uint32_t>(number));
    row.patient_number = from.text();
    row.insured_number = from.text();
    if (const auto number = from.number(); number != 0)
        row.insurer = values::UzoviCode::of(static_cast<int>(number));
    if (const auto day = values::Date::parse(from.text()); day.ok()) row.birth_date = *day;
    for (std::string* text : {&row.sex, &row.name, &row.prefix, &row.partner_name, &row.partner_prefix,
                              &row.initials, &row.postcode, &row.house_number, &row.house_number_addition})
        *text = from.text();
    if (!from.whole()) kept.mark_damaged();
    return row;
}

}  // namespace

Vault::Vault(std::unique_ptr<Database> database, const Key& key, PersonIds ids)
    : database_(std::move(database)),
      box_(key.for_purpose(11)),
      bsn_key_(key.for_purpose(12)),
      patient_key_(key.for_purpose(13)),
      person_key_(key.for_purpose(14)),
      key_digest_(base::keyed_digest(key.for_purpose(15).view(), "bundel vault")),
      ids_(ids) {}

Vault::~Vault() {
    static_cast<void>(settle());
}

Result<std::unique_ptr<Vault>> open_vault(const std::string& path, const Key& key, PersonIds ids) {
    BUNDEL_TRY(database, Database::open(path, vault_kind));
    auto vault = std::make_unique<Vault>(std::move(database), key, ids);
    BUNDEL_TRY_DONE(vault->check_key());
    return vault;
}

Result<std::unique_ptr<Vault>> open_vault_reader(const std::string& path, const Key& key) {
    BUNDEL_TRY(database, Database::open_reader(path, vault_kind));
    auto vault = std::make_unique<Vault>(std::move(database), key, PersonIds::random);
    BUNDEL_TRY_DONE(vault->check_key());
    return vault;
}

Result<Done> Vault::check_key() {
    BUNDEL_TRY(kept, database_->first("SELECT digest FROM key_check", take<Digest>));
    if (!kept) return database_->execute("INSERT INTO key_check VALUES(1, ?)", key_digest_);
    if (*kept != key_digest_) return Error{"store_key_wrong"};
    return Done{};
}

Digest Vault::look_up_of(const Bsn& bsn) const {
    return base::keyed_digest(bsn_key_.view(), bsn.digits());
}

Digest Vault::look_up_of(values::AgbCode declarant, std::string_view patient_number) const {
    return base::keyed_digest(patient_key_.view(), declarant.digits() + "/" + std::string(patient_number));
}

Digest Vault::look_up_of(const IdentityRow& row) const {
    return row.bsn ? look_up_of(*row.bsn) : look_up_of(row.declarant, row.patient_number);
}

PersonId Vault::new_person(const Digest& look_up) const {
    if (ids_ == PersonIds::random) return random_person();
    const Digest made = base::keyed_digest(person_key_.view(), look_up.view());
    PersonId person;
    for (std::size_t i = 0; i < 8; ++i) {
        person.high = person.high << 8 | made.bytes[i];
        person.low = person.low << 8 | made.bytes[8 + i];
    }
    return person;
}

Result<Done> Vault::open_batch() {
    if (!on_request_ || database_->in_transaction()) return Done{};
    return database_->run("BEGIN IMMEDIATE");
}

Result<Done> Vault::settle() {
    return database_->in_transaction() ? database_->run("COMMIT") : Result<Done>(Done{});
}

namespace {

// What a later row leaves open is still known from the rows before it (a form names less than a claim
// message).
IdentityRow completed(IdentityRow row, const IdentityRow& before) {
    const auto fill = [](std::string& now, const std::string& then) {
        if (now.empty()) now = then;
    };
    if (row.insurer.is_none()) row.insurer = before.insurer;
    if (!row.birth_date) row.birth_date = before.birth_date;
    if (row.name.empty()) {
        row.prefix = before.prefix;
        row.partner_name = before.partner_name;
        row.partner_prefix = before.partner_prefix;
    }
    if (row.postcode.empty()) {
        row.house_number = before.house_number;
        row.house_number_addition = before.house_number_addition;
    }
    fill(row.name, before.name);
    fill(row.postcode, before.postcode);
    fill(row.patient_number, before.patient_number);
    fill(row.insured_number, before.insured_number);
    fill(row.sex, before.sex);
    fill(row.initials, before.initials);
    return row;
}

}  // namespace

Result<PersonId> Vault::person(const IdentityRow& row) {
    if (!row.bsn && row.patient_number.empty()) return Error{"identity_absent"};
    const Digest look_up = look_up_of(row);
    std::string before;
    IdentityRow now = row;
    const auto read = [&](Statement& kept) {
        const auto id = take<PersonId>(kept);
        before = box_.open(kept.blob(), place_of(id)).value_or("");
        now = completed(row, unpack(kept, before));
        return id;
    };
    BUNDEL_TRY(known, database_->first("SELECT id, sealed FROM identity WHERE look_up = ?", read, look_up));
    const std::string packed = pack(now);
    if (known && packed == before) return *known;
    const PersonId id = known ? *known : new_person(look_up);
    BUNDEL_TRY_DONE(keep(id, look_up, row, packed));
    return id;
}

Result<Done> Vault::keep(PersonId id, const Digest& look_up, const IdentityRow& row,
                         const std::string& packed) {
    BUNDEL_TRY_DONE(open_batch());
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY_DONE(
        database_->execute("INSERT INTO identity(id, look_up, sealed) VALUES(?, ?, ?) "
                           "ON CONFLICT(look_up) DO UPDATE SET sealed = excluded.sealed",
                           id, look_up, Blob{box_.seal(packed, place_of(id))}));
    if (row.bsn && !row.patient_number.empty())
        BUNDEL_TRY_DONE(
            database_->execute("INSERT INTO patient(look_up, identity) SELECT ?, number FROM identity WHERE "
                               "id = ? ON CONFLICT DO NOTHING",
                               look_up_of(row.declarant, row.patient_number), id));
    return together.keep();
}

Result<IdentityRow> Vault::identity(PersonId person) {
    const auto read = [&](Statement& kept) {
        const auto plain = box_.open(kept.blob(), place_of(person));
        return unpack(kept, plain ? *plain : std::string());
    };
    BUNDEL_TRY(found, database_->first("SELECT sealed FROM identity WHERE id = ?", read, person));
    if (!found) return Error{"person_unknown"};
    return *found;
}

Result<std::optional<PersonId>> Vault::find(const Bsn& bsn) {
    return database_->first("SELECT id FROM identity WHERE look_up = ?", take<PersonId>, look_up_of(bsn));
}

Result<std::optional<PersonId>> Vault::find(values::AgbCode declarant, std::string_view patient_number) {
    const Digest look_up = look_up_of(declarant, patient_number);
    BUNDEL_TRY(with_bsn, database_->all("SELECT i.id FROM patient p JOIN identity i ON i.number = p.identity "
                                        "WHERE p.look_up = ?",
                                        take<PersonId>, look_up));
    if (with_bsn.size() == 1) return std::optional(with_bsn.front());
    if (with_bsn.size() > 1) return std::optional<PersonId>();
    return database_->first("SELECT id FROM identity WHERE look_up = ?", take<PersonId>, look_up);
}

Result<Done> Vault::forget(PersonId person) {
    BUNDEL_TRY_DONE(open_batch());
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY_DONE(database_->execute(
        "DELETE FROM patient WHERE identity = (SELECT number FROM identity WHERE id = ?)", person));
    BUNDEL_TRY_DONE(database_->execute("DELETE FROM identity WHERE id = ?", person));
    BUNDEL_TRY_DONE(together.keep());
    BUNDEL_TRY_DONE(settle());
    return database_->wipe_deleted();
}

}  // namespace bundel::store
