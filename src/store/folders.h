// The folder in which others put files: each is taken in once and put aside.
#pragma once

#include <functional>
#include <string>

#include "engine/importing.h"
#include "store/workspace.h"

namespace bundel::store {

enum class Taken : std::uint8_t {
    yes,
    in_part,  // with findings that are more than a note
    refused,  // nothing of it; also a file that cannot be read
    later     // it is still being written
};

struct TakenFile {
    std::string name;  // as the caller knows it
    Taken outcome = Taken::yes;
    engine::Imported imported;
    std::optional<base::Error> error;  // why it could not be read
};

// One file. An Error is one of our own work: the next file would have it too.
base::Result<TakenFile> take_file(engine::World& world, const std::string& path, const std::string& name,
                                  values::Date received);

using Told = std::function<void(const TakenFile&)>;
// All of the inbox; what was taken goes to verwerkt/, what was refused to geweigerd/, under a name that is
// not there yet. Gives the worst outcome. Errors: as above; file_failed when a file cannot be put aside.
base::Result<Taken> empty_inbox(const std::string& inbox, engine::World& world, values::Date received,
                                const Told& told);

}  // namespace bundel::store
