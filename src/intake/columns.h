// Where the data elements of an EI message stand, found by their element code, so that one reading serves
// every layout that has them. Only for this room.
#pragma once

#include <array>
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

// Whose record it is; the same as in the 02 above it.
struct OwnerColumns {
    wire::Column bsn, insurer;
};

// When and by whose order: the prestatierecord (04).
struct ServiceColumns {
    OwnerColumns owner;
    wire::Column begin, end, referrer, quantity, reference;
    std::optional<wire::Column> partus, unit, product;
};

// What is declared: the prestatierecord itself or, in a layout that has them, the tariefrecords (06) under
// it.
struct LineColumns {
    OwnerColumns owner;
    wire::Column list, code, treating, tariff, calculated_side, amount, side, reference, previous;
    std::optional<wire::Column> other_list;  // when filled, the list of the code
    bool under_service = false;              // a record of its own
};

// What was done (16), under its prestatierecord.
struct ActivityColumns {
    OwnerColumns owner;
    wire::Column code, day, count, side;
};

// Where an insurer says what it thinks of a record.
using CodeColumns = std::array<wire::Column, 3>;

struct AnswerColumns {
    wire::Column insurer_reference, day;
    wire::Column reference, calculated, calculated_side, granted, granted_side;
    CodeColumns header_codes, line_codes, insured_codes;
    std::optional<CodeColumns> service_codes;  // when a line is a record of its own
};

// The record that is a claim line in this layout: 06 where there is one, else 04.
std::string_view line_record(const wire::Layout& layout);

// The first field with this element in the records of this code. None: the layout has none.
std::optional<wire::Column> find_column(const wire::Layout& layout, std::string_view record,
                                        std::string_view element);

// Error of all: layout_element_missing{layout, element}.
base::Result<HeaderColumns> header_columns(const wire::Layout& layout);
base::Result<InsuredColumns> insured_columns(const wire::Layout& layout);
base::Result<ServiceColumns> service_columns(const wire::Layout& layout);
base::Result<LineColumns> line_columns(const wire::Layout& layout);
base::Result<std::optional<ActivityColumns>> activity_columns(const wire::Layout& layout);
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
