// The personal data of one insured record or CSV row. Only intake, the vault and reply hold it; it goes into
// no log, message or finding.
#pragma once

#include <optional>
#include <string>

#include "values/date.h"
#include "values/identifiers.h"

namespace bundel::intake {

struct IdentityRow {
    std::optional<values::Bsn> bsn;
    values::AgbCode declarant;   // whose patient number it is
    std::string patient_number;  // may be empty when there is a BSN
    std::string insured_number;
    values::UzoviCode insurer;
    std::optional<values::Date> birth_date;
    std::string sex;   // as in the field: "1", "2"
    std::string name;  // own name
    std::string prefix;
    std::string partner_name;
    std::string partner_prefix;
    std::string initials;
    std::string postcode;
    std::string house_number;  // digits, may be empty
    std::string house_number_addition;
    bool operator==(const IdentityRow&) const = default;
};

}  // namespace bundel::intake
