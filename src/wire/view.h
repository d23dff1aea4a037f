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
#include "wire/layout.h"

namespace bundel::wire {

// A line of a file as it stands, without its line end. It may be shorter or longer than the layout says.
struct Line {
    long number = 0;  // 1-based
    int index = -1;   // into Layout::records(); -1: no record of this layout
    std::string_view bytes;
};

// The lines of a file, one after the other. `bytes` and `layout` outlive it.
class Lines {
public:
    Lines(std::string_view bytes, const Layout& layout) : rest_(bytes), layout_(layout) {}
    std::optional<Line> next();

private:
    std::string_view rest_;
    const Layout& layout_;
    long number_ = 0;
};

// Gives equal hidden values equal numbers, so that one sees who is who: 1, 2, 3 in order of appearance, for each
// kind of its own.
class Masks {
public:
    std::size_t number(ElementKind kind, std::string_view value);

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

    // The fields of a line that are filled, in the order of the layout. Of a line that is too short: what is
    // there. Hidden is also what has not the shape of its field, all of a line of another length, and a
    // reserve: there a value may stand in the place of another. Contract: line.index >= 0.
    std::vector<FieldView> fields(const Line& line);
    // A field of `record` (index into Layout::records()) that reads `raw`.
    FieldView view(int record, std::size_t field, std::string_view raw, std::string_view next);

private:
    const Layout& layout_;
    Masks& masks_;
    bool is_revealed_;
    std::vector<std::vector<ElementKind>> kinds_;  // per record, per field
};

}  // namespace bundel::wire
