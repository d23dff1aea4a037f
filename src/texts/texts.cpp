#include "texts/texts.h"

#include <algorithm>

#include "base/assert.h"
#include "base/int128.h"
#include "texts/table.h"

namespace bundel::texts {
namespace {

bool is_hole_name(std::string_view name) {
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !name.empty() && name.front() >= 'a' && name.front() <= 'z' && std::ranges::all_of(name, allowed);
}

const std::string* param(const base::Params& params, std::string_view name) {
    const auto found = std::ranges::find_if(params, [&](const auto& pair) { return pair.first == name; });
    return found == params.end() ? nullptr : &found->second;
}

std::string filled(std::string_view text, const base::Params& params) {
    std::string result;
    while (!text.empty()) {
        const auto open = std::min(text.find('{'), text.size());
        result += text.substr(0, open);
        text.remove_prefix(open);
        const auto close = text.find('}');
        if (close == std::string_view::npos) return result.append(text);
        const auto* value = param(params, text.substr(1, close - 1));
        result += value != nullptr ? std::string_view(*value) : text.substr(0, close + 1);
        text.remove_prefix(close + 1);
    }
    return result;
}

std::string listed(const base::Params& params) {
    std::string result;
    for (const auto& [name, value] : params) {
        if (!result.empty()) result += ", ";
        result += name + "=" + value;
    }
    return result;
}

// The code goes between the sentence and its full stop, so the stop is taken off first.
std::string with_references(std::string sentence, const std::vector<std::string_view>& references) {
    if (sentence.ends_with('.')) sentence.pop_back();
    sentence += " [";
    for (std::size_t i = 0; i < references.size(); ++i) {
        if (i > 0) sentence += ", ";
        sentence += references[i];
    }
    return sentence + "].";
}

std::string_view consequence(const base::Finding& finding) {
    switch (finding.severity) {
        case base::Severity::file_refused: return "finding_file_refused";
        case base::Severity::claim_refused: return "finding_claim_refused";
        case base::Severity::note: return "finding_note";
        case base::Severity::line_refused: break;
    }
    if (finding.where.record > 0) return "finding_record_refused";
    return finding.where.field.empty() ? "finding_some_refused" : "finding_line_refused";
}

}  // namespace

base::Result<std::vector<std::string>> holes(std::string_view text) {
    std::vector<std::string> names;
    while (true) {
        const auto brace = text.find_first_of("{}");
        if (brace == std::string_view::npos) return names;
        const auto close = text.find('}', brace);
        if (text[brace] == '}' || close == std::string_view::npos) return base::Error{"sentence_syntax"};
        const auto name = text.substr(brace + 1, close - brace - 1);
        if (!is_hole_name(name)) return base::Error{"sentence_syntax"};
        names.emplace_back(name);
        text.remove_prefix(close + 1);
    }
}

Texts::Texts(std::span<const Sentence> sorted) : table_(sorted) {
    BUNDEL_ASSERT(std::ranges::adjacent_find(sorted, std::ranges::greater_equal{}, &Sentence::code) ==
                  sorted.end());
}

const Texts& Texts::dutch() {
    static const Texts texts(dutch_table());
    return texts;
}

const Sentence* Texts::find(std::string_view code) const {
    const auto found = std::ranges::lower_bound(table_, code, {}, &Sentence::code);
    return found != table_.end() && found->code == code ? &*found : nullptr;
}

bool Texts::has(std::string_view code) const {
    return find(code) != nullptr;
}

std::string Texts::sentence(std::string_view code, const base::Params& params) const {
    if (const auto* found = find(code)) return filled(found->text, params);
    return params.empty() ? std::string(code) : std::string(code) + " [" + listed(params) + "]";
}

std::string Texts::where(const base::Where& where) const {
    std::vector<std::string> parts;
    if (!where.file.empty()) parts.push_back(sentence("where_file", {{"file", where.file}}));
    if (where.record > 0)
        parts.push_back(sentence("where_record", {{"record", std::to_string(where.record)}}));
    if (!where.field.empty()) parts.push_back(sentence("where_field", {{"field", where.field}}));
    const bool one_column = where.last_column <= where.first_column;
    if (where.first_column > 0) {
        parts.push_back(sentence(
            one_column ? "where_column" : "where_columns",
            {{"first", std::to_string(where.first_column)}, {"last", std::to_string(where.last_column)}}));
    }
    std::string result;
    for (const auto& part : parts) result += (result.empty() ? "" : ", ") + part;
    return result.empty() ? result : result + ": ";
}

std::string Texts::finding(const base::Finding& finding) const {
    std::vector<std::string_view> references{finding.code};
    if (!finding.return_code.empty()) references.push_back(finding.return_code);
    if (!finding.source.empty()) references.push_back(finding.source);
    return where(finding.where) + with_references(sentence(finding.code, finding.params), references) + " " +
           sentence(consequence(finding), {{"record", std::to_string(finding.where.record)}});
}

std::string Texts::error(const base::Error& error) const {
    return with_references(sentence(error.code, error.params), {error.code});
}

std::string Texts::number(std::int64_t number) const {
    std::string digits = std::to_string(number);
    const std::size_t first = number < 0 ? 1 : 0;
    for (std::size_t place = digits.size(); place > first + 3;) digits.insert(place -= 3, ".");
    return digits;
}

std::string Texts::count(std::string_view code, std::int64_t number) const {
    const std::string nouns = sentence(code);
    const auto bar = nouns.find('|');
    const bool one = number == 1 || bar == std::string::npos;
    return this->number(number) + " " + (one ? nouns.substr(0, bar) : nouns.substr(bar + 1));
}

std::string Texts::amount(values::Cents cents) const {
    return "€ " + cents.euros();
}

std::string Texts::percent(values::Ratio ratio) const {
    const base::Int128 twice = base::Int128{ratio.numerator()} * 2000;
    const base::Int128 denominator = ratio.denominator();
    const base::Int128 half_away = twice < 0 ? twice - denominator : twice + denominator;
    const base::Int128 tenths = half_away / (2 * denominator);
    BUNDEL_ASSERT(tenths < INT64_MAX && tenths > INT64_MIN);
    const auto whole = static_cast<std::int64_t>(tenths);
    const std::int64_t size = whole < 0 ? -whole : whole;
    return (whole < 0 ? "-" : "") + number(size / 10) + "," + std::to_string(size % 10) + "%";
}

std::string Texts::day(values::Date date) const {
    return date.dutch();
}

std::string Texts::period(values::Period period) const {
    if (period.first == period.last) return day(period.first);
    const bool open = period.last == values::Date::far_future();
    return sentence(open ? "period_from" : "period_between",
                    {{"first", day(period.first)}, {"last", day(period.last)}});
}

}  // namespace bundel::texts
