// The words for records and fields of a message: what stands there, or a mask, and what it means.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "engine/field_words.h"
#include "rulebook/rulebook.h"
#include "texts/texts.h"
#include "wire/view.h"

namespace bundel::cli {

using engine::code_text;
using engine::FieldWords;
using engine::words_of;

// A name in a column of its own; as it is when it is wider.
std::string in_column(const std::string& text, std::size_t width);

// A record of a file, with what is wrong with it.
struct ShownRecord {
    std::string file;
    const wire::Layout* layout = nullptr;
    wire::Record record;  // index Record::unknown: no record of this layout
    std::vector<wire::FieldView> fields;
    base::Findings findings;
};
// Empty: no record of this layout.
std::string code_of(const ShownRecord& shown);

std::string to_json(const ShownRecord& shown, const rulebook::CodeLists& lists, const texts::Texts& texts);

}  // namespace bundel::cli
