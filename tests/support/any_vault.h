// A vault for tests: persons numbered in the order in which they are first seen.
#pragma once

#include <map>
#include <string>

#include "intake/intake.h"

namespace bundel::intake {

class AnyVault : public Resolver {
public:
    base::Result<PersonId> person(const IdentityRow& row) override {
        seen.push_back(row);
        if (full) return base::Error{"vault_full"};
        const std::string name =
            row.bsn ? row.bsn->digits() : row.declarant.digits() + "/" + row.patient_number;
        const auto [at, fresh] = persons.emplace(name, PersonId{1, persons.size() + 1});
        static_cast<void>(fresh);
        return at->second;
    }
    PersonId of(const std::string& name) const { return persons.at(name); }

    std::vector<IdentityRow> seen;
    std::map<std::string, PersonId> persons;
    bool full = false;
};

inline std::string bytes_of(const std::vector<facts::Segment>& segments) {
    std::string bytes;
    for (const facts::Segment& segment : segments) bytes += segment.bytes;
    return bytes;
}

}  // namespace bundel::intake
