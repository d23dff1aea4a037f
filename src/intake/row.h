// One row of a CSV form: its cells as values. Only for this room.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "facts/facts.h"
#include "intake/forms.h"
#include "intake/intake.h"

namespace bundel::intake {

// "2024-02-29", "20240229" or "29-02-2024".
std::optional<Date> day_of(std::string_view text);

// More than any region turns over, and so small that sums of a million rows cannot overflow: a slip of the
// pen.
inline constexpr Cents largest_amount = Cents::of(100'000'000'000);

// The parts between separators, trimmed, without empty ones.
std::vector<std::string_view> pieces(std::string_view text, char separator);

// What is wrong is told once per column, and the row is refused; reading goes on, so that everything wrong
// with it is told. A column that the form does not have is a mistake of ours.
class Row {
public:
    Row(const Form& form, const wire::CsvRecord& record, const std::string& file, Findings& findings)
        : form_(form), record_(record), file_(file), findings_(findings) {}

    bool refused() const { return refused_; }
    void refuse(const char* code, std::string_view column, const char* return_code = "");

    const std::string& text(std::string_view column) const { return record_.cells[index_of(column)]; }
    bool empty(std::string_view column) const { return text(column).empty(); }
    bool yes(std::string_view column) const { return text(column) == "ja"; }

    std::optional<Date> day_if(std::string_view column) const;
    Date day(std::string_view column) const { return day_if(column).value_or(Date()); }  // wire: it is a day
    AgbCode agb(std::string_view column) const;
    UzoviCode uzovi(std::string_view column) const;
    // Finding form_amount_large above `largest_amount`, either sign.
    std::optional<Cents> euros(std::string_view column);
    // Finding form_amount_negative below 0.
    std::optional<Cents> euros_not_negative(std::string_view column);

    // Finding form_text_long.
    template <std::size_t N>
    base::FixedText<N> fixed(std::string_view column) {
        if (base::FixedText<N>::fits(text(column))) return base::FixedText<N>::of(text(column));
        refuse("form_text_long", column);
        return {};
    }

    // Finding form_number_range.
    std::int32_t number(std::string_view column, std::int32_t min, std::int32_t max, std::int32_t when_empty);

    // Finding form_word_unknown.
    template <class Value>
    std::optional<Value> word_if(std::string_view column) {
        const auto found = word_number(column);
        return found ? std::optional(static_cast<Value>(*found)) : std::nullopt;
    }
    template <class Value>
    Value word(std::string_view column, Value otherwise) {
        return word_if<Value>(column).value_or(otherwise);
    }

    facts::FactKey key();  // "sleutel", "versie", "vervallen"

    // "begin" and "eind"; an empty end is open. Finding form_period_reversed.
    values::Period period();

private:
    std::size_t index_of(std::string_view column) const;
    std::optional<std::uint8_t> word_number(std::string_view column);

    const Form& form_;
    const wire::CsvRecord& record_;
    const std::string& file_;
    Findings& findings_;
    bool refused_ = false;
};

}  // namespace bundel::intake
