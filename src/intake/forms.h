// The CSV forms of bundel as data: their columns and the words a cell may hold. docs/reference/csv.md is
// their description for people; a test compares the two.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "wire/csv.h"

namespace bundel::intake {

enum class FormKind : std::uint8_t {
    enrolments,
    outcomes,
    phase_ends,
    insurances,
    memberships,
    contracts,
    judgements,
    care_lines,
    activities,
    bought,
    outside,
    children,
    payments,
    adopted,
    accounts,
    advances,
    openings,
    settlements
};

struct Form {
    FormKind kind = FormKind::enrolments;
    std::string_view name;  // "inschrijvingen"
    std::string_view mark;  // the column that no other form has
    bool about_woman = true;
    std::span<const wire::CsvColumn> columns;
};

std::span<const Form> forms();

// Whether a practice may number its files: it has the column "levering".
bool is_numbered(const Form& form);

// The form whose mark is in the header. Null when none or more than one is.
const Form* recognise(const wire::CsvTable& table);

// A word in a cell and the value it stands for, as a number of its enumeration.
struct Word {
    std::string_view text;
    std::uint8_t value = 0;
};

// The words of a column, the same in every form; empty when it holds none. "_" in a cell reads as a space.
std::span<const Word> words_of(std::string_view column);

}  // namespace bundel::intake
