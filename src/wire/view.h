// A message as a person looks at it: each field with what it means, and what is personal hidden. Whatever is
// wrong with the file: for showing only, nothing is taken in this way.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "values/cents.h"
#include "values/date.h"
#include "wire/elements.h"
#include "wire/message.h"

namespace bundel::wire {

// Gives equal hidden values equal numbers, so that one sees who is who: 1, 2, 3 in order of appearance, for
// each kind of its own.
class Masks {
public:
    std::size_t number(ElementKind kind, std::string_view value);
    // Whether a BSN that was hidden stands in this text: a practice may use it as a number of its own.
    bool has_bsn(std::string_view text) const;

private:
    std::map<ElementKind, std::map<std::string, std::size_t, std::less<>>> numbers_;
};

struct FieldView {
    const Field* field = nullptr;
    ElementKind kind = ElementKind::unknown;
    bool is_hidden = false;
    std::size_t mask = 0;  // hidden BSN or number: from Masks; else 0
    std::string value;     // as it stands, UTF-8, without the spaces that fill it; empty when hidden
    std::optional<values::Date> day;
    std::optional<values::Cents> amount;  // with the sign of the field behind it
    char sign = ' ';                      // D or C, when the amount has one
};

class Viewer {
public:
    // `layout`, `elements` and `masks` outlive it. Revealed: nothing is hidden.
    Viewer(const Layout& layout, const Elements& elements, Masks& masks, bool is_revealed);

    // The filled fields of a record as Scan gives it: in the order of the layout and, of a line that is too
    // short, as far as it goes. Hidden is also what has not the shape of its field, a reserve, a text in
    // which a BSN of this file stands, all text of a record in which another field has not its shape, and all
    // of a line of another length: there a value may stand in the place of another. None of a line that is no
    // record.
    std::vector<FieldView> fields(const Record& record, std::string_view bytes);
    // One field of a record (index into Layout::records()), filled or not.
    FieldView view(std::size_t record, std::size_t field, std::string_view bytes);

private:
    const Layout& layout_;
    Masks& masks_;
    bool is_revealed_;
    std::vector<std::vector<ElementKind>> kinds_;  // per record, per field
};

}  // namespace bundel::wire
