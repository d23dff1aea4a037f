// A rulebook is proposed by one person and approved by another, for exactly the files that are in it. Both
// stand in the rulebook folder itself, as rows that are only added.
//
// It says who answers for a rulebook, not that it was they: whoever may write in the folder may write these
// files too.
#pragma once

#include <map>
#include <string>

#include "base/hash.h"
#include "base/result.h"
#include "values/date.h"

namespace bundel::engine {

inline constexpr const char* proposals_file = "voorstellen.csv";
inline constexpr const char* approvals_file = "goedkeuringen.csv";

// Path below the rulebook folder -> contents.
using RulebookFiles = std::map<std::string, std::string>;

// Of every file (tests, layouts and documents included) but the two above.
base::Digest files_digest(const RulebookFiles& files);

struct Signature {
    values::Date day;
    std::string who;   // a name is the same with other capitals or spaces around it
    std::string note;  // of an approval: not empty
};

// Is this the name of somebody: one line, not empty?
bool is_name(const std::string& who);
// The same person, as far as a name tells.
bool is_same_name(const std::string& a, const std::string& b);

// The file of proposals, or of approvals, with this one added. Errors: approval_name (no name, or one with a
// line end), approval_note, approval_file{file,line} (rows that cannot be read). approve:
// approval_no_proposal (nobody proposed exactly these files), approval_own{who} (who proposed them may not
// approve them).
base::Result<std::string> propose(const RulebookFiles& files, const Signature& signature);
base::Result<std::string> approve(const RulebookFiles& files, const Signature& signature);

// The approval that stands for exactly these files: by somebody who did not propose them. Errors:
// approval_no_proposal, approval_missing, approval_file.
base::Result<Signature> standing_approval(const RulebookFiles& files);

}  // namespace bundel::engine
