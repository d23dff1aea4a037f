#include "cli/ei_diff.h"

#include "cli/console.h"
#include "cli/standards.h"
#include "store/inbox.h"
#include "wire/decode.h"

namespace bundel::cli {
using base::Result;
using wire::Message;

namespace {

constexpr std::size_t name_width = 48;

// Nothing: what is wrong with it was told.
std::optional<Message> read(const Standards& standards, const std::string& path) {
    auto bytes = store::read_file(path, wire::file_bytes_max);
    if (!bytes.ok()) {
        complain(texts().error(bytes.error()) + "\n");
        return std::nullopt;
    }
    base::Findings findings;
    auto message = wire::decode(std::move(*bytes), standards.layouts, path, findings);
    for (const auto& finding : findings) complain(texts().finding(finding) + "\n");
    return message;
}

// A message and how to look at it.
class Side {
public:
    Side(const Message& message, const Standards& standards, wire::Masks& masks, bool is_revealed)
        : message_(message),
          lists_(standards.rulebook.codelists()),
          viewer_(message.layout(), standards.elements, masks, is_revealed) {}

    const wire::RecordLayout& layout(const wire::Record& record) const {
        return message_.layout().records()[record.index];
    }
    wire::FieldView view(const wire::Record& record, std::size_t field) {
        return viewer_.view(record.index, field, message_.record_bytes(record));
    }
    std::vector<wire::FieldView> views(const wire::Record& record) {
        return viewer_.fields(record, message_.record_bytes(record));
    }
    // Its own reference, or the person it is about.
    std::string who(const wire::Record& record) {
        std::string person;
        for (const wire::FieldView& view : views(record)) {
            if (view.kind == wire::ElementKind::own_reference) return view.value;
            if (view.kind == wire::ElementKind::bsn) person = words(view).value;
        }
        return person;
    }
    FieldWords words(const wire::FieldView& view) const { return words_of(view, lists_, texts()); }
    bool is_filled(const wire::Record& record, std::size_t field) const {
        const wire::Field& one = layout(record).fields[field];
        const auto bytes = message_.record_bytes(record).substr(static_cast<std::size_t>(one.position - 1),
                                                                static_cast<std::size_t>(one.length));
        return one.zero_is_value || !wire::is_empty(bytes, one.kind);
    }

private:
    const Message& message_;
    const rulebook::CodeLists& lists_;
    wire::Viewer viewer_;
};

class Words {
public:
    Words(Side& before, Side& after) : before_(before), after_(after) {}

    ShownChange change(const wire::RecordChange& change) {
        ShownChange shown;
        if (change.old_record != nullptr) shown.old_line = static_cast<long>(change.old_record->line);
        if (change.new_record != nullptr) shown.new_line = static_cast<long>(change.new_record->line);
        shown.who =
            change.new_record == nullptr ? before_.who(*change.old_record) : after_.who(*change.new_record);
        if (change.new_record == nullptr) return removed(*change.old_record, std::move(shown));
        if (change.old_record == nullptr) return added(*change.new_record, std::move(shown));
        shown.change = change.fields.empty() ? "extended" : "changed";
        shown.record = &after_.layout(*change.new_record);
        for (const wire::FieldChange& field : change.fields) shown.fields.push_back(changed(change, field));
        for (const std::size_t field : change.added) {
            const auto view = after_.view(*change.new_record, field);
            shown.fields.push_back({view.field, {}, after_.words(view), view.is_hidden, true});
        }
        return shown;
    }

private:
    ShownChange removed(const wire::Record& record, ShownChange shown) {
        shown.change = "removed";
        shown.record = &before_.layout(record);
        for (const auto& view : before_.views(record))
            shown.fields.push_back({view.field, before_.words(view), {}, view.is_hidden, false});
        return shown;
    }

    ShownChange added(const wire::Record& record, ShownChange shown) {
        shown.change = "added";
        shown.record = &after_.layout(record);
        for (const auto& view : after_.views(record))
            shown.fields.push_back({view.field, {}, after_.words(view), view.is_hidden, false});
        return shown;
    }

    ShownChange::Field changed(const wire::RecordChange& change, const wire::FieldChange& field) {
        const auto before = before_.view(*change.old_record, field.old_field);
        const auto after = after_.view(*change.new_record, field.new_field);
        ShownChange::Field shown{after.field, {}, {}, before.is_hidden || after.is_hidden, false};
        if (before_.is_filled(*change.old_record, field.old_field)) shown.before = before_.words(before);
        if (after_.is_filled(*change.new_record, field.new_field)) shown.after = after_.words(after);
        return shown;
    }

    Side& before_;
    Side& after_;
};

std::string one_side(const FieldWords& words) {
    if (words.value.empty()) return texts().sentence("ei_nothing");
    return words.meaning.empty() ? words.value : words.value + " (" + words.meaning + ")";
}

std::string field_line(const ShownChange& change, const ShownChange::Field& field) {
    const std::string begin = "  " + field.field->id + "  " + in_column(field.field->name, name_width) + "  ";
    if (change.change == "removed") return begin + one_side(field.before) + "\n";
    if (change.change == "added" || field.is_added) return begin + one_side(field.after) + "\n";
    return begin + one_side(field.before) + " -> " + one_side(field.after) + "\n";
}

std::string change_text(const ShownChange& change) {
    std::string text =
        texts().sentence("ei_" + change.change, {{"code", change.record->code},
                                                 {"name", change.record->name},
                                                 {"who", change.who.empty() ? "" : " " + change.who},
                                                 {"old_line", std::to_string(change.old_line)},
                                                 {"new_line", std::to_string(change.new_line)}}) +
        "\n";
    bool has_added = false;
    for (const auto& field : change.fields) {
        if (field.is_added && !has_added) text += "  " + texts().sentence("ei_added_fields") + "\n";
        has_added |= field.is_added;
        // The record code and such are in the heading.
        if (field.field->constant.empty()) text += field_line(change, field);
    }
    return text;
}

std::string totals_text(const wire::Comparison& comparison) {
    if (!comparison.old_total || !comparison.new_total) return "";
    return texts().sentence("ei_totals", {{"before", texts().amount(*comparison.old_total)},
                                          {"after", texts().amount(*comparison.new_total)}}) +
           "\n";
}

}  // namespace

Exit ei_diff(const Arguments& arguments) {
    const auto standards = load_standards(arguments.data);
    if (!standards.ok()) return fail(standards.error());
    const auto before = read(*standards, arguments.paths[0]);
    const auto after = read(*standards, arguments.paths[1]);
    if (!before || !after) return Exit::failed;
    wire::Masks masks;
    Side old_side(*before, *standards, masks, arguments.reveal);
    Side new_side(*after, *standards, masks, arguments.reveal);
    Words words(old_side, new_side);
    ShownDiff diff{&*before, &*after, wire::compare(*before, *after, standards->elements), {}};
    if (!arguments.json) {
        for (const auto& change : diff.comparison.records) print(change_text(words.change(change)));
        if (diff.comparison.is_same()) print(texts().sentence("ei_same") + "\n");
        print(totals_text(diff.comparison));
    } else {
        for (const auto& change : diff.comparison.records) diff.changes.push_back(words.change(change));
        print(to_json(diff));
    }
    return diff.comparison.is_same() ? Exit::done : Exit::refused;
}

}  // namespace bundel::cli
