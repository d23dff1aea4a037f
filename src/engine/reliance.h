// On what values an outcome rests. Everything that took part is counted once, by the weakest value under it,
// so that no output can pass off an example as the real thing.
#pragma once

#include "claim/case.h"
#include "engine/ports.h"

namespace bundel::engine {

struct Reliance {
    std::int64_t verified = 0;
    std::int64_t example = 0;
    std::int64_t provisional = 0;

    void add(values::Status status, std::int64_t count = 1) {
        switch (status) {
            case values::Status::verified: verified += count; return;
            case values::Status::example: example += count; return;
            case values::Status::provisional: provisional += count; return;
        }
    }
    bool only_verified() const { return example == 0 && provisional == 0; }
};

// Of claims that were sent, or are about to be.
template <class Claims>
Reliance reliance_of(const Claims& claims) {
    Reliance reliance;
    for (const claim::Sent& claim : claims) reliance.add(claim.status);
    return reliance;
}
// Of the decisions on the phases of one woman.
Reliance reliance_of(const claim::Case& made);
// Of the decisions on the phases of all women, as of their last assessment.
Result<Reliance> reliance_of_phases(Store& store);

}  // namespace bundel::engine
