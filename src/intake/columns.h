// Where the data elements of an EI message stand, found by their element code, so that one reading serves
// every layout that has them. Only for this room.
#pragma once

#include <optional>
#include <string_view>

#include "base/finding.h"
#include "base/result.h"
#include "wire/message.h"

namespace bundel::intake {

struct HeaderColumns {
    wire::Column receiver;     // COD061
    wire::Column provider;     // COD009
    wire::Column practice;     // COD181
    wire::Column institution;  // COD031
    wire::Column invoice;      // NUM029
    wire::Column dated;        // DAT031
};

struct InsuredColumns {
    wire::Column bsn, insurer, insured_number, patient_number, birth_date, sex, name, prefix, partner_name,
        partner_prefix, initials, postcode, house_number, house_number_addition;
};

struct LineColumns {
    wire::Column bsn, insurer, begin, end, list, code, treating, referrer, quantity, tariff, calculated_side,
        amount, side, reference, previous;
    std::optional<wire::Column> partus;
};

struct AnswerColumns {
    wire::Column insurer_reference, day;
    wire::Column header_codes[3];
    wire::Column reference, calculated, calculated_side, granted, granted_side;
    wire::Column line_codes[3];
};

// Error of all: layout_element_missing{layout, element}.
base::Result<HeaderColumns> header_columns(const wire::Layout& layout);
base::Result<InsuredColumns> insured_columns(const wire::Layout& layout);
base::Result<LineColumns> line_columns(const wire::Layout& layout);
base::Result<AnswerColumns> answer_columns(const wire::Layout& layout);

// Adds findings about the fields of one message.
class Report {
public:
    Report(const wire::Message& message, base::Findings& findings) : message_(message), findings_(findings) {}

    void finding(const char* code, base::Severity severity, const wire::Record& record,
                 const wire::Column& column, const char* return_code = "") {
        findings_.push_back(
            {code, severity, message_.where(record, column), {}, return_code, "ei level 4-5"});
    }

private:
    const wire::Message& message_;
    base::Findings& findings_;
};

}  // namespace bundel::intake
