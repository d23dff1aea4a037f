#include "reply/envelope.h"

namespace bundel::reply {

void open_claims(Draft& draft, const Envelope& envelope, Date first_care_day) {
    draft.append(wire::code_header, {})
        .set("COD856", envelope.test ? "T" : "P")
        .set("COD061", envelope.insurer.digits())
        .set("DAT043", first_care_day)
        .set("DAT044", envelope.day)
        .set("NUM029", envelope.invoice)
        .set("DAT031", envelope.day)
        .set("COD363", "EUR");
}

std::string bytes_of(std::span<const Segment> segments) {
    std::string bytes;
    for (const Segment& segment : segments) bytes += segment.bytes;
    return bytes;
}

}  // namespace bundel::reply
