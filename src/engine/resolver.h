// Who a row is about: the vault's word.
#pragma once

#include "engine/ports.h"
#include "intake/intake.h"

namespace bundel::engine {

class VaultResolver final : public intake::Resolver {
public:
    explicit VaultResolver(Identities& identities) : identities_(identities) {}
    Result<PersonId> person(const intake::IdentityRow& row) override { return identities_.person(row); }

private:
    Identities& identities_;
};

}  // namespace bundel::engine
