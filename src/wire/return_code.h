// Which return code of COD954 is about which field. Only for this room.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "wire/ber.h"
#include "wire/layout.h"

namespace bundel::wire {

struct ReturnCodeOf {
    std::string code;  // empty: no code names the field
    base::Severity severity = base::Severity::line_refused;
};

// What a layout already known, of a claim or of an answer, says of the same element in the same record.
std::optional<ReturnCodeOf> known_code(std::string_view record, const Field& field, const Layouts& known,
                                       bool answers);

// A field of a claim: what a known claim says, else the code whose text begins with the name of the field
// ("Aantal verzekerdenrecords ontbreekt of is onjuist.").
ReturnCodeOf return_code_of(std::string_view record, const Field& field, const Layouts& known,
                            std::span<const ReturnText> texts);

// Of a fault that no code is about: in record 01 the invoice, in 99 the file, elsewhere the record. A
// reserve: a note.
base::Severity usual_severity(std::string_view record, const Field& field);

}  // namespace bundel::wire
