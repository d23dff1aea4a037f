// What an IGO puts beside its data for the desk to use, read once at the start: names of parties, and models
// of division and rulebooks that are not in force, to compare with. No fact of these is ever stored.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "rulebook/division_model.h"
#include "rulebook/rulebook.h"

namespace bundel::server {

struct OwnFiles {
    std::map<std::string, std::string> names;             // by AGB or UZOVI code; namen.csv, "code;naam"
    std::vector<rulebook::DivisionModel> models;          // verdeelmodellen/*.toml
    std::map<std::string, rulebook::Rulebook> rulebooks;  // regelvoorstellen/NAME/, by name
};

// What is not there is empty. Errors: those of reading a file, a model, a rulebook; names_wrong{line}. One
// that cannot be read stops the start: better than something that is silently not there.
base::Result<OwnFiles> read_own_files(const std::string& data);

}  // namespace bundel::server
