// What a receiver says of a claim message, record by record, and the return message that says it (xx302,
// ZH309). What stands where: domain/ei.md section 3; what the codes say: COD954.
//
//   8001  on record 01: every line is approved in full. No other record comes back.
//   0200  on record 01: nothing to say here, the codes stand at the records. Then every line comes back, with
//         what was calculated and granted, and every other record with a code.
//   8002  on a record that was not assessed because one above it was rejected: nothing is granted.
//
// A message that is refused as a whole comes back as record 01 alone with up to three codes; nothing is
// granted. A finding that has no return code gets none invented: the receiver says the general code that
// COD954 has, 0001 of a file, 8074 of a claim and 8072 of a record.
#pragma once

#include "reply/reply.h"

namespace bundel::reply {

// What the receiver itself decided on one record.
struct Ruling {
    std::size_t record = 0;          // index in the message; 01: the whole claim is refused with these codes
    std::vector<std::string> codes;  // up to 3, of 4 digits; of 01 at least one
    std::optional<Cents> calculated, granted;  // signed; both for a line, neither for another record
    bool refuses = false;  // a code of severity X, T or D: what stands under the record is not assessed
};

struct Judgement {
    std::vector<std::string> codes;  // of record 01
    std::vector<Verdict> verdicts;   // of what comes back; of nobody
    Cents granted;                   // in total, also of lines that do not come back
};

// What findings and rulings say together. A refused record refuses what stands under it, comments excepted; a
// comment or an activity (16) that is refused is so alone. A line without a fault is granted as declared. A
// ruling replaces what the findings say of its record; one that refuses a record that is no line refuses what
// stands under it too, but for lines with a ruling of their own.
// Contract: a claim message, its findings; at most one ruling a record. Errors: layout_field_unknown,
// cents_overflow.
Result<Judgement> judge(const wire::Message& message, const base::Findings& findings,
                        std::span<const Ruling> rulings);

// Bytes as they were received, for an answer: the message, or of a file that is refused what can still be
// sent back, its record 01 and, when it has one, 99. Error: answer_header_missing (the findings say why).
Result<wire::Message> received(const wire::Layouts& layouts, std::string bytes, const std::string& file,
                               base::Findings& findings);

// A debtor record (03) of a version that the answer does not have is left out. Errors: answer_layout_missing{
// layout} when no layout answers this message, those of write_return.
Result<std::vector<Segment>> write_answer(const wire::Layouts& layouts, const wire::Message& source,
                                          std::string_view insurer_reference, Date day,
                                          const Judgement& judgement);

}  // namespace bundel::reply
