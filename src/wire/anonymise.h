// A message with other people in it: everything that is of a person, or that the table of elements does not
// know, is replaced; counts, amounts, codes, the order and the length of everything stay. What belonged
// together still does, within a file and between files made with the same key: a number, reference or AGB
// code becomes the same pseudonym everywhere, so that answers and credits find their lines.
//
// Days of a person go back by the same 1 to 26 weeks, in every file with the key: what lies between them
// stays, the day of the week too. Days of the invoice stay, and its period begins 26 weeks earlier, so that
// no care falls outside it.
//
// Not anonymous in law: who holds the key, or knows enough of one person (a rare course of care), can still
// tell. Why so: docs/adr/0019.
#pragma once

#include <string>
#include <string_view>

#include "base/finding.h"
#include "wire/elements.h"
#include "wire/message.h"
#include "wire/pseudonym.h"

namespace bundel::wire {

inline constexpr int shift_weeks_max = 26;

// Was the file read without fault? Content in a reserve is none: it is blanked. What is read with a fault may
// hold anything anywhere, so it is not shared.
bool is_whole(const base::Findings& findings);

class Anonymiser {
public:
    // Contract: 16 <= key.size() <= 64; `elements` outlives this object.
    Anonymiser(const Elements& elements, std::string_view key) : elements_(elements), pseudonyms_(key) {}

    // The bytes of the file. Contract: `message` was read without fault (is_whole).
    std::string anonymise(const Message& message) const;

    // A name for that file that tells nothing of the one it had: "VK301-38190417740052281906.txt".
    std::string file_name(const Message& message) const;

private:
    std::string replaced(const Field& field, ElementKind kind, std::string_view raw,
                         std::string_view person) const;
    std::string replacement(const Field& field, ElementKind kind, std::string_view text,
                            std::string_view person) const;
    std::string person_of(const Message& message, const Record& record) const;
    std::string earlier(std::string_view text, int weeks) const;
    int weeks_of(std::string_view person) const;
    std::string provider(std::string_view digits) const;
    std::string vat(std::string_view text) const;
    const std::string& any_of(const std::vector<std::string>& invented, std::string_view value,
                              std::string_view person) const;

    const Elements& elements_;
    Pseudonyms pseudonyms_;
};

}  // namespace bundel::wire
