#include "wire/layout_compare.h"

#include <algorithm>

namespace bundel::wire {
namespace {

using What = LayoutChange::What;

const Field* find(const Layout& layout, const std::string& id) {
    for (const RecordLayout& record : layout.records()) {
        for (const Field& field : record.fields) {
            if (field.id == id) return &field;
        }
    }
    return nullptr;
}

std::string place(const Field& field) {
    return std::to_string(field.position) + "-" + std::to_string(field.position + field.length - 1);
}
std::string shape(const Field& field) {
    return (field.kind == Kind::digits ? "N " : "AN ") + std::to_string(field.length);
}
std::string values(const Field& field) {
    std::string text = field.element;
    for (const std::string& more : {field.pattern, field.codelist, field.constant}) {
        if (!more.empty()) text += " " + more;
    }
    return text;
}

void add_changes(const Field& before, const Field& after, std::vector<LayoutChange>& changes) {
    const auto add = [&](What what, const std::string& was, const std::string& is) {
        if (was != is) changes.push_back({after.id, what, was, is});
    };
    add(What::place, place(before), place(after));
    add(What::shape, shape(before), shape(after));
    add(What::use, std::string(1, static_cast<char>(before.use)),
        std::string(1, static_cast<char>(after.use)));
    add(What::values, values(before), values(after));
}

}  // namespace

std::vector<LayoutChange> compare(const Layout& before, const Layout& after) {
    std::vector<LayoutChange> changes;
    for (const RecordLayout& record : after.records()) {
        for (const Field& field : record.fields) {
            if (const Field* old = find(before, field.id)) {
                add_changes(*old, field, changes);
            } else {
                changes.push_back({field.id, What::added, "", place(field)});
            }
        }
    }
    for (const RecordLayout& record : before.records()) {
        for (const Field& field : record.fields) {
            if (find(after, field.id) == nullptr) {
                changes.push_back({field.id, What::removed, place(field), ""});
            }
        }
    }
    return changes;
}

bool has_same_columns(const Layout& one, const Layout& other) {
    const auto same_field = [](const Field& a, const Field& b) {
        return a.id == b.id && a.element == b.element && a.kind == b.kind && a.position == b.position &&
               a.length == b.length;
    };
    const auto same_record = [&](const RecordLayout& a, const RecordLayout& b) {
        return a.code == b.code &&
               std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(), same_field);
    };
    return std::equal(one.records().begin(), one.records().end(), other.records().begin(),
                      other.records().end(), same_record);
}

}  // namespace bundel::wire
