// The vault: who is behind a PersonId. A file of its own under a key of its own. Rows are sealed whole; they
// are found by keyed hashes, one key per purpose, so that no hash of the store or of an export can be looked
// up here.
//
// A row with a valid BSN is the person of that BSN. A row without is a provisional person per (declarant,
// patient number), also when that patient number came with a BSN before or later: nobody is merged here; that
// is a person's judgement.
#pragma once

#include <memory>
#include <string>

#include "engine/ports.h"
#include "store/crypto.h"
#include "store/database.h"

namespace bundel::store {

enum class PersonIds {
    random,        // 128 bits of chance
    from_identity  // a keyed hash of BSN or patient number: does not depend on the order of arrival. Tests
                   // and examples
};

class Vault final : public engine::Identities {
public:
    // Errors: identity_absent (neither BSN nor patient number), store_failed{what}.
    base::Result<values::PersonId> person(const intake::IdentityRow& row) override;
    base::Result<intake::IdentityRow> identity(values::PersonId person) override;
    base::Result<std::optional<values::PersonId>> find(const values::Bsn& bsn) override;
    // The person with a BSN when one of the rows with this patient number had one, else the provisional one.
    // Rows with different BSNs under one patient number are a contradiction: nobody is found, nothing is
    // guessed.
    base::Result<std::optional<values::PersonId>> find(values::AgbCode declarant,
                                                       std::string_view patient_number) override;
    // What was hers is in no file any more when this returns.
    base::Result<base::Done> forget(values::PersonId person) override;

    // From now on rows are kept together and made durable by settle() (a store calls it before it commits);
    // until then each person() is durable by itself.
    void settle_on_request() { on_request_ = true; }
    base::Result<base::Done> settle();

    Vault(std::unique_ptr<Database> database, const Key& key, PersonIds ids);
    Vault(const Vault&) = delete;
    Vault& operator=(const Vault&) = delete;
    ~Vault() override;
    base::Result<base::Done> check_key();

private:
    base::Digest look_up_of(const intake::IdentityRow& row) const;
    base::Digest look_up_of(const values::Bsn& bsn) const;
    base::Digest look_up_of(values::AgbCode declarant, std::string_view patient_number) const;
    base::Result<base::Done> keep(values::PersonId id, const base::Digest& look_up,
                                  const intake::IdentityRow& row, const std::string& packed);
    values::PersonId new_person(const base::Digest& look_up) const;
    base::Result<base::Done> open_batch();

    std::unique_ptr<Database> database_;
    Box box_;
    Key bsn_key_;
    Key patient_key_;
    Key person_key_;
    base::Digest key_digest_;
    PersonIds ids_;
    bool on_request_ = false;
};

// Opens or creates; ":memory:" is for tests. Errors: as of open_store().
base::Result<std::unique_ptr<Vault>> open_vault(const std::string& path, const Key& key,
                                                PersonIds ids = PersonIds::random);

// One more connection to a vault that this process has open: it finds, and changes nothing. Errors: as of
// open_vault().
base::Result<std::unique_ptr<Vault>> open_vault_reader(const std::string& path, const Key& key);

}  // namespace bundel::store
