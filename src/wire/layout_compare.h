// What is different between two layouts of a message.
#pragma once

#include <string>
#include <vector>

#include "wire/layout.h"

namespace bundel::wire {

struct LayoutChange {
    enum class What { added, removed, place, shape, use, values };
    std::string field;  // "0408"
    What what = What::added;
    std::string before,
        after;  // what it is about, as text: "59-66", "N 8", "C", "DAT001 EEJJMMDD"; empty: none
};

// In the order of the fields of `after`, then those that are gone. place: columns; shape: type and length;
// use; values: element, pattern, code list or constant. One change for each of them.
std::vector<LayoutChange> compare(const Layout& before, const Layout& after);

// A file written in one is read the same in the other: the same records with fields of the same number,
// element, columns and type.
bool has_same_columns(const Layout& one, const Layout& other);

}  // namespace bundel::wire
