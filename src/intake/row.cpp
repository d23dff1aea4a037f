#include "intake/row.h"

namespace bundel::intake {

std::optional<Date> day_of(std::string_view text) {
    std::string iso(text);
    if (text.size() == 10 && text[2] == '-')  // 29-02-2024
        iso = iso.substr(6) + "-" + iso.substr(3, 2) + "-" + iso.substr(0, 2);
    const auto day = Date::parse(iso);
    return day ? std::optional(*day) : std::nullopt;
}

std::vector<std::string_view> pieces(std::string_view text, char separator) {
    std::vector<std::string_view> found;
    for (const std::string_view piece : base::split(text, separator)) {
        if (!base::trim(piece).empty()) found.push_back(base::trim(piece));
    }
    return found;
}

void Row::refuse(const char* code, std::string_view column, const char* return_code) {
    const auto place = static_cast<int>(index_of(column)) + 1;
    refused_ = true;
    base::Finding finding;
    finding.code = code;
    finding.severity = base::Severity::line_refused;
    finding.where = {file_, record_.line, std::string(column), place, place};
    finding.return_code = return_code;
    finding.source = "docs/reference/csv.md";
    findings_.push_back(std::move(finding));
}

std::optional<Date> Row::day_if(std::string_view column) const {
    return empty(column) ? std::nullopt : day_of(text(column));
}

AgbCode Row::agb(std::string_view column) const {
    const auto code = AgbCode::parse(text(column));
    return code ? *code : AgbCode::none();
}

UzoviCode Row::uzovi(std::string_view column) const {
    const auto code = UzoviCode::parse(text(column));
    return code ? *code : UzoviCode::none();
}

std::optional<Cents> Row::euros(std::string_view column) {
    const auto amount = Cents::parse_euros(text(column));
    if (!amount) return std::nullopt;
    if (*amount > largest_amount || *amount < -largest_amount) {
        refuse("form_amount_large", column);
        return std::nullopt;
    }
    return *amount;
}

std::optional<Cents> Row::euros_not_negative(std::string_view column) {
    const auto amount = euros(column);
    if (amount && amount->is_negative()) refuse("form_amount_negative", column);
    return amount;
}

std::int32_t Row::number(std::string_view column, std::int32_t min, std::int32_t max,
                         std::int32_t when_empty) {
    if (empty(column)) return when_empty;
    const auto found = base::parse_digits(text(column), max);
    if (found && *found >= min) return static_cast<std::int32_t>(*found);
    refuse("form_number_range", column);
    return when_empty;
}

std::optional<std::uint8_t> Row::word_number(std::string_view column) {
    if (empty(column)) return std::nullopt;
    std::string wanted = text(column);
    std::replace(wanted.begin(), wanted.end(), '_', ' ');
    for (const Word& word : words_of(column)) {
        if (word.text == wanted) return word.value;
    }
    refuse("form_word_unknown", column);
    return std::nullopt;
}

facts::FactKey Row::key() {
    const auto version = static_cast<std::uint16_t>(number("versie", 1, UINT16_MAX, 1));
    return {fixed<40>("sleutel"), version, yes("vervallen")};
}

values::Period Row::period() {
    const values::Period period{day("begin"), day_if("eind").value_or(Date::far_future())};
    if (period.last < period.first) refuse("form_period_reversed", "eind");
    return period;
}

std::size_t Row::index_of(std::string_view column) const {
    const auto found = std::find_if(form_.columns.begin(), form_.columns.end(),
                                    [&](const wire::CsvColumn& one) { return one.name == column; });
    BUNDEL_ASSERT(found != form_.columns.end());
    return static_cast<std::size_t>(found - form_.columns.begin());
}

}  // namespace bundel::intake
