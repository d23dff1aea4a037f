// What is in a data element, and is it about a person. The table is data: rulebooks/elements.json. Default
// deny: an element that the table does not know counts as personal.
//
// A code (COD) is told by its prefix only when the layout names a code list for it; a date (DAT) by its
// prefix counts as a date of birth, the strictest that a date can be.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "wire/layout.h"

namespace bundel::wire {

enum class ElementKind : std::uint8_t {
    // About no person.
    structure,     // kind of record, version of a standard or program, sequence number of a performance
    position,      // number of the detail record or comment line: where it stands, not what it says
    count,         // how many
    amount,        // cents
    sign,          // D or C of the field before it
    code,          // of a published list
    insurer,       // UZOVI
    reserve,       // spaces
    period_begin,  // of the invoice
    message_day,   // of the invoice or the answer
    // Leads to a person with more knowledge: shown, replaced when a file is shared.
    day,            // something was done for a person
    own_reference,  // of this record
    reference,      // of another record, an invoice, a course of care, an authorisation
    provider,       // AGB code, of a person, a practice or an institution
    // About a person: hidden unless somebody asks.
    bsn,
    number,  // under which somebody knows a person
    vat,     // BTW number; of a single practitioner it was made of the BSN
    name,
    name_prefix,
    initials,
    birth_day,
    street,
    house_number,
    house_addition,
    postcode,
    town,
    country,
    email,
    free_text,
    unknown  // not in the table
};

// Hidden on a screen unless somebody asks.
bool is_hidden(ElementKind kind);

// What stands in for names and places. Invented, so that nobody takes it for real.
struct Invented {
    std::vector<std::string> names, streets, towns;  // none empty; 7-bit text
    std::string email, free_text;
};

class Elements {
public:
    // Errors: elements_syntax, elements_value{key}.
    static base::Result<Elements> parse(std::string_view json);

    ElementKind of(const Field& field) const;
    const Invented& invented() const { return invented_; }

private:
    std::map<std::string, ElementKind, std::less<>> elements_, prefixes_;
    Invented invented_;
};

}  // namespace bundel::wire
