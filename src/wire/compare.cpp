#include "wire/compare.h"

#include <map>
#include <string>

#include "base/text.h"
#include "wire/tables.h"

namespace bundel::wire {
namespace {

constexpr std::string_view nobody = "999999999";  // identifiers.json: no BSN known

std::string_view view_of(std::string_view record, const Field& field) {
    return record.substr(static_cast<std::size_t>(field.position - 1),
                         static_cast<std::size_t>(field.length));
}

// Without what fills it: layouts of two versions may give the same element another length.
std::string_view plain(std::string_view record, const Field& field) {
    const std::string_view raw = view_of(record, field);
    if (field.kind == Kind::text) return text(raw);
    return raw.substr(std::min(raw.find_first_not_of('0'), raw.size()));
}

// What a record is, in words that both messages share.
class Identities {
public:
    Identities(const Message& message, const Elements& elements) : message_(message), elements_(elements) {}

    // Call for each record, in order.
    std::string next(const Record& record) {
        const std::string& code = message_.code(record);
        const std::string bytes(message_.record_bytes(record));
        std::string own = code + "/" + identity(record, code);
        const std::string above = code == code_comment ? detail_ : code == code_debtor ? person_ : "";
        if (!above.empty()) own = above + " " + own;
        // Without an identity, or with that of another: by how many came before.
        const int before = seen_[own]++;
        if (before > 0) own += "#" + std::to_string(before);
        if (code == code_insured) person_ = own;
        if (code != code_comment) detail_ = own;
        return own;
    }

private:
    std::string identity(const Record& record, const std::string& code) const {
        if (code == code_insured) return person(record);
        if (code == code_comment) return first_of(record, ElementKind::free_text);
        const std::string reference = first_of(record, ElementKind::own_reference);
        if (!reference.empty() || code == code_header || code == code_closing) return reference;
        return person_;
    }

    std::string person(const Record& record) const {
        const std::string insurer = first_of(record, ElementKind::insurer);
        const std::string bsn = first_of(record, ElementKind::bsn);
        const bool has_bsn = !bsn.empty() && bsn != nobody;
        return insurer + "/" + (has_bsn ? bsn : "-" + first_of(record, ElementKind::number));
    }

    // Content of the first field of this kind that is filled.
    std::string first_of(const Record& record, ElementKind kind) const {
        const std::string_view bytes = message_.record_bytes(record);
        for (const Field& field : message_.layout().records()[record.index].fields) {
            if (elements_.of(field) != kind) continue;
            const std::string_view content = plain(bytes, field);
            if (!content.empty()) return std::string(content);
        }
        return "";
    }

    const Message& message_;
    const Elements& elements_;
    std::map<std::string, int> seen_;
    std::string person_, detail_;
};

// Of two layouts, per record: which field is which. By element, the first to the first, the second to the
// second.
struct Pairs {
    std::vector<FieldChange> both;
    std::vector<std::size_t> added;
};

std::size_t find_element(const std::vector<Field>& fields, const std::string& element, int nth) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].element == element && nth-- == 0) return i;
    }
    return no_field;
}

bool is_compared(const Field& field, ElementKind kind) {
    return field.constant.empty() && kind != ElementKind::position;
}

Pairs pair_fields(const std::vector<Field>& old_fields, const std::vector<Field>& new_fields,
                  const Elements& elements) {
    Pairs pairs;
    std::map<std::string, int> seen;
    for (std::size_t i = 0; i < new_fields.size(); ++i) {
        const Field& field = new_fields[i];
        const std::size_t other = find_element(old_fields, field.element, seen[field.element]++);
        const ElementKind kind = elements.of(field);
        if (!is_compared(field, kind)) continue;
        if (other != no_field) {
            pairs.both.push_back({other, i});
        } else if (kind != ElementKind::reserve) {
            pairs.added.push_back(i);
        }
    }
    return pairs;
}

class Comparer {
public:
    Comparer(const Message& old_message, const Message& new_message, const Elements& elements)
        : old_(old_message), new_(new_message), elements_(elements) {
        for (const RecordLayout& record : new_.layout().records()) {
            const int other = old_.layout().record_index(record.code);
            static const std::vector<Field> none;
            const auto& old_fields =
                other < 0 ? none : old_.layout().records()[static_cast<std::size_t>(other)].fields;
            pairs_.push_back(pair_fields(old_fields, record.fields, elements_));
        }
    }

    Comparison compare() {
        Identities old_identities(old_, elements_);
        for (const Record& record : old_.records()) left_[old_identities.next(record)] = &record;
        Comparison comparison;
        Identities new_identities(new_, elements_);
        for (const Record& record : new_.records()) {
            const auto found = left_.find(new_identities.next(record));
            const Record* old_record = found == left_.end() ? nullptr : found->second;
            if (found != left_.end()) left_.erase(found);
            add(comparison, old_record, record);
        }
        add_left(comparison);
        comparison.old_total = total(old_);
        comparison.new_total = total(new_);
        return comparison;
    }

private:
    void add(Comparison& comparison, const Record* old_record, const Record& new_record) const {
        RecordChange change{old_record, &new_record, {}, {}};
        if (old_record == nullptr) return comparison.records.push_back(std::move(change));
        const Pairs& pairs = pairs_[new_record.index];
        const auto& old_fields = old_.layout().records()[old_record->index].fields;
        const auto& new_fields = new_.layout().records()[new_record.index].fields;
        const std::string_view old_bytes = old_.record_bytes(*old_record);
        const std::string_view new_bytes = new_.record_bytes(new_record);
        for (const FieldChange& pair : pairs.both) {
            if (plain(old_bytes, old_fields[pair.old_field]) != plain(new_bytes, new_fields[pair.new_field]))
                change.fields.push_back(pair);
        }
        for (const std::size_t field : pairs.added) {
            const bool is_filled = !plain(new_bytes, new_fields[field]).empty();
            if (is_filled || new_fields[field].zero_is_value) change.added.push_back(field);
        }
        if (!change.fields.empty() || !change.added.empty()) comparison.records.push_back(std::move(change));
    }

    void add_left(Comparison& comparison) const {
        std::map<std::uint32_t, const Record*> by_line;
        for (const auto& [identity, record] : left_) by_line[record->line] = record;
        for (const auto& [line, record] : by_line) comparison.records.push_back({record, nullptr, {}, {}});
    }

    static std::optional<values::Cents> total(const Message& message) {
        const TotalRule& rule = message.layout().tables().total;
        if (!rule.present) return std::nullopt;
        std::int64_t sum = 0;
        for (const Record& record : message.records()) {
            if (record.index != rule.of_amount.record) continue;
            const auto amount =
                signed_cents(message.field(record, rule.of_amount), message.field(record, rule.of_sign));
            if (!amount) return std::nullopt;
            sum += amount->count();
        }
        return values::Cents::of(sum);
    }

    const Message& old_;
    const Message& new_;
    const Elements& elements_;
    std::vector<Pairs> pairs_;                   // per record of the new layout
    std::map<std::string, const Record*> left_;  // of the old message, not matched yet
};

}  // namespace

Comparison compare(const Message& old_message, const Message& new_message, const Elements& elements) {
    return Comparer(old_message, new_message, elements).compare();
}

}  // namespace bundel::wire
