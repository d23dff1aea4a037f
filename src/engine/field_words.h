// The words for the fields of a message: what stands there, or a mask, and what it means.
#pragma once

#include <string>

#include "rulebook/rulebook.h"
#include "texts/texts.h"
#include "wire/view.h"

namespace bundel::engine {

struct FieldWords {
    std::string value;    // "20240302", "persoon 1", "•••"
    std::string meaning;  // "2 maart 2024", "€ 13,10 D", the text of a code; empty: nothing to add
};
FieldWords words_of(const wire::FieldView& field, const rulebook::CodeLists& lists,
                    const texts::Texts& texts);

// The text of a code as published; empty: not a code, hidden, or not found.
std::string code_text(const wire::FieldView& field, const rulebook::CodeLists& lists);

}  // namespace bundel::engine
