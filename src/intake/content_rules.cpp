#include "intake/content_rules.h"

#include <algorithm>
#include <set>
#include <span>

#include "intake/columns.h"

namespace bundel::intake {
namespace {

using wire::Column;
using wire::Field;
using wire::Layout;

// Sources: the rules (constraints/condities) of the fields in spec/ei, and the text of the return code where
// one is named; domain/ei.md sections 2 and 4.
constexpr RelationRule relation_rules[] = {
    {"01", "NUM284", "01", "COD805", Relation::filled_with, "content_software_version", ""},
    {"01", "COD009", "01", "COD181", Relation::needed_with, "content_provider_missing", ""},
    {"01", "DAT044", "01", "DAT043", Relation::not_before, "content_period_reversed", ""},
    {"01", "DAT031", "01", "DAT044", Relation::not_before, "content_invoice_before_period_end", ""},
    {"02", "NUM003", "02", "NUM313", Relation::needed_without_bsn, "content_insured_number", ""},
    {"02", "NAM191", "02", "COD701", Relation::filled_when_two, "content_partner_name", ""},
    {"03", "NAM215", "03", "COD701", Relation::filled_when_two, "content_partner_name", ""},
    {"03", "COD316", "02", "COD316", Relation::same, "content_differs_from_insured", ""},
    {"04", "NUM313", "02", "NUM313", Relation::same, "content_differs_from_insured", ""},
    {"04", "COD061", "02", "COD061", Relation::same, "content_differs_from_insured", ""},
    {"04", "NUM003", "02", "NUM003", Relation::same, "content_differs_from_insured", ""},
    {"06", "NUM313", "02", "NUM313", Relation::same, "content_differs_from_insured", ""},
    {"06", "COD061", "02", "COD061", Relation::same, "content_differs_from_insured", ""},
    {"06", "NUM003", "02", "NUM003", Relation::same, "content_differs_from_insured", ""},
    {"16", "NUM313", "02", "NUM313", Relation::same, "content_differs_from_insured", ""},
    {"16", "COD061", "02", "COD061", Relation::same, "content_differs_from_insured", ""},
    {"16", "NUM003", "02", "NUM003", Relation::same, "content_differs_from_insured", ""},
    {"04", "DAT006", "02", "DAT006", Relation::same, "content_differs_from_insured", ""},
    {"06", "NUM123", "04", "NUM123", Relation::same, "content_differs_from_performance", ""},
    {"16", "NUM123", "04", "NUM123", Relation::same, "content_differs_from_performance", ""},
    {"06", "COD692", "04", "COD367", Relation::same, "content_differs_from_performance", ""},
    {"06", "COD695", "04", "COD695", Relation::same, "content_differs_from_performance", ""},
    {"06", "DAT001", "04", "DAT001", Relation::same, "content_differs_from_performance", ""},
    {"16", "COD692", "04", "COD367", Relation::same, "content_differs_from_performance", ""},
    {"16", "COD695", "04", "COD695", Relation::same, "content_differs_from_performance", ""},
    {"16", "DAT001", "04", "DAT001", Relation::same, "content_differs_from_performance", ""},
    {"16", "DAT316", "16", "DAT315", Relation::same, "content_activity_days", ""},
    {"04", "DAT003", "04", "DAT001", Relation::not_before, "content_care_reversed", ""},
    {"04", "DAT001", "01", "DAT031", Relation::not_after, "content_begin_after_invoice", "8177"},
    {"04", "DAT003", "01", "DAT031", Relation::not_after, "content_end_after_invoice", "8178"},
    {"04", "DAT272", "01", "DAT031", Relation::not_after, "content_day_after_invoice", "8176"},
    {"16", "DAT315", "01", "DAT031", Relation::not_after, "content_activity_after_invoice", "8176"},
    {"04", "COD952", "04", "COD089", Relation::needed_without, "content_specialism_missing", ""},
    {"04", "COD665", "04", "COD668", Relation::same_side, "content_sides_differ", "8064"},
    {"06", "COD665", "06", "COD668", Relation::same_side, "content_sides_differ", "8064"},
    {"04", "BED153", "04", "BED161", Relation::at_least, "content_calculated_low", "8063"},
    {"06", "BED153", "06", "BED161", Relation::at_least, "content_calculated_low", "8063"},
    {"04", "NUM363", "04", "COD665", Relation::needed_on_credit, "content_previous_missing", ""},
    {"04", "NUM363", "04", "COD043", Relation::needed_on_credit, "content_previous_missing", ""},
    {"06", "NUM372", "06", "COD665", Relation::needed_on_credit, "content_previous_missing", ""},
    {"16", "NUM416", "16", "COD043", Relation::needed_on_credit, "content_previous_missing", ""},
};

// What an answer adds to what was sent.
constexpr RelationRule answer_rules[] = {
    {"04", "BED166", "04", "BED161", Relation::at_most, "content_granted_high", ""},
    {"06", "BED166", "06", "BED161", Relation::at_most, "content_granted_high", ""},
};

// Where a standard allows less than the code list has, in the rule of the field.
struct AllowedRule {
    std::string_view record, element, values;
};
constexpr AllowedRule allowed_rules[] = {{"02", "COD134", "1 2"},    {"02", "COD700", "1"},
                                         {"02", "COD701", "0 2"},    {"02", "COD829", "0 1 2 3 4"},
                                         {"03", "COD700", "1"},      {"03", "COD701", "0 2"},
                                         {"03", "COD829", "1 2 3 4"}};

std::string_view allowed_in(std::string_view record, const Field& field) {
    for (const AllowedRule& rule : allowed_rules) {
        const bool is_it = rule.record == record && rule.element == field.element && field.length == 1;
        if (is_it && !field.rule.empty()) return rule.values;
    }
    return {};
}

// Codes of the AGB register.
constexpr std::string_view agb_elements[] = {"COD009", "COD031", "COD089", "COD181",
                                             "COD377", "COD598", "COD643", "COD836"};

FieldRule rule_of(const Field& field) {
    if (field.element == "NUM313") return FieldRule::bsn;
    const bool is_agb =
        std::find(std::begin(agb_elements), std::end(agb_elements), field.element) != std::end(agb_elements);
    return is_agb ? FieldRule::agb : FieldRule::none;
}

// "NNNNAA": digits and letters; other notations say nothing that is checked here.
std::string_view letters_of(const Field& field) {
    const bool fits = field.kind == wire::Kind::text &&
                      field.pattern.size() == static_cast<std::size_t>(field.length) &&
                      field.pattern.find_first_not_of("NA") == std::string::npos;
    return fits ? std::string_view(field.pattern) : std::string_view();
}

base::Result<FieldCheck> field_check(const Layout& layout, const wire::RecordLayout& record,
                                     const Field& field, const rulebook::CodeLists& lists) {
    BUNDEL_TRY(column, layout.column(field.id));
    FieldCheck check;
    check.column = column;
    check.rule = rule_of(field);
    check.may_not_begin_with_space = field.kind == wire::Kind::text;
    check.letters = letters_of(field);
    check.allowed = allowed_in(record.code, field);
    if (!field.codelist.empty()) check.list = lists.find(field.codelist);
    if (field.regex.empty()) return check;
    check.pattern = Pattern::parse(field.regex);
    if (!check.pattern) return base::Error{"pattern_wrong", {{"layout", layout.name()}, {"field", field.id}}};
    return check;
}

bool says_something(const FieldCheck& check) {
    return check.rule != FieldRule::none || check.may_not_begin_with_space || !check.letters.empty() ||
           !check.allowed.empty() || check.list != nullptr || check.pattern;
}

// Not what level 3 says all there is of, nor what an answer repeats.
bool is_looked_at(const Layout& layout, const Field& field) {
    const bool is_repeated = static_cast<std::size_t>(field.position) <= layout.heen_length();
    return field.use != wire::Use::reserve && field.constant.empty() && !is_repeated;
}

// The mark of the simulator stands where another rule would speak.
bool is_mark(const Layout& layout, const Column& column) {
    const Column& mark = layout.mark_column();
    return !layout.mark_value().empty() && column.record == mark.record && column.field == mark.field;
}

// When a field must be filled differs between standards: it holds where this one says when.
bool is_stated(const Layout& layout, const RelationRule& rule, const Column& column) {
    const bool is_condition =
        rule.relation == Relation::filled_with || rule.relation == Relation::needed_with ||
        rule.relation == Relation::needed_without || rule.relation == Relation::needed_without_bsn ||
        rule.relation == Relation::filled_when_two;
    return !is_condition || !layout.field(column).rule.empty();
}

std::vector<std::vector<RelationCheck>> relations_of(const Layout& layout) {
    std::vector<std::vector<RelationCheck>> relations(layout.records().size());
    const std::span<const RelationRule> rules =
        layout.is_return() ? std::span<const RelationRule>(answer_rules) : relation_rules;
    for (const RelationRule& rule : rules) {
        const auto column = find_column(layout, rule.record, rule.element);
        const auto other = find_column(layout, rule.other_record, rule.other_element);
        if (!column || !other || is_mark(layout, *column) || !is_stated(layout, rule, *column)) continue;
        relations[column->record].push_back({&rule, *column, *other});
    }
    return relations;
}

}  // namespace

base::Result<ContentRules> content_rules(const Layout& layout, const rulebook::CodeLists& lists) {
    ContentRules rules;
    std::set<std::string> missing;
    for (const wire::RecordLayout& record : layout.records()) {
        auto& checks = rules.fields.emplace_back();
        for (const Field& field : record.fields) {
            if (!is_looked_at(layout, field)) continue;
            BUNDEL_TRY(check, field_check(layout, record, field, lists));
            if (says_something(check)) checks.push_back(std::move(check));
            if (!field.codelist.empty() && lists.find(field.codelist) == nullptr)
                missing.insert(field.codelist);
        }
    }
    rules.relations = relations_of(layout);
    rules.missing_lists.assign(missing.begin(), missing.end());
    return rules;
}

}  // namespace bundel::intake
