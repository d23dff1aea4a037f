// Actions and answers -> outgoing messages. Knows how a message is filled, not when it goes.
//
// Every message comes as segments per person (see facts::Segment) that make its bytes. The caller hands over the
// identities of exactly the lines that are written.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "claim/claim.h"
#include "facts/segment.h"
#include "intake/identity.h"
#include "texts/texts.h"
#include "wire/layout.h"
#include "wire/message.h"

namespace bundel::reply {
using base::Result;
using facts::Segment;
using values::AgbCode;
using values::Cents;
using values::Date;
using values::Period;
using values::Reference;
using values::UzoviCode;

// Record 01 of a claim message.
struct Envelope {
    AgbCode declarant;   // IGO (institution), or for forwarded lines taken from the source message
    UzoviCode insurer;   // receiver
    std::string invoice; // factuurnummer, 1..12 characters, unique for five years per declarant
    Date day;            // dagtekening; also the last day of the claim period
    bool test = true;    // COD856: T or P
};

// One integrated claim (or its credit) with the woman it is about.
struct BundleLine {
    claim::Sent claim;
    intake::IdentityRow identity;
    std::optional<Date> partus;
};

// KZ301: sorted by person, then reference; one record 02 per woman. begin declaration period = first care day.
// Errors: those of wire::Writer, identity_incomplete{field} (no BSN, no birth date).
Result<std::vector<Segment>> write_bundles(const wire::LayoutRef& layout, const Envelope& envelope, std::span<const BundleLine> lines);

// One line of a participant that is passed on. Its content bytes stay; only the envelope (record 01, numbers of detail
// records) is rebuilt. `credit` turns it into the credit of a line that was passed on before: both D/C indicators C, a
// reference of our own, previous reference = the line's. A `reference` that differs from the line's own is written
// over it (a line that goes out once more after a credit).
struct ForwardLine {
    claim::Sent claim;
    const wire::Message* source = nullptr;
    std::size_t record = 0;  // index of its 04 in source->records()
};

// Same layout as the sources; all lines of one declarant and one insurer. Record 02 is copied from the source; its 98
// comments go along. Errors: those of wire::Writer, forward_layouts_differ.
Result<std::vector<Segment>> write_forwards(const wire::LayoutRef& layout, const Envelope& envelope, std::span<const ForwardLine> lines);

// The verdict on one line of a participant, in the words of the insurer.
struct Verdict {
    std::size_t record = 0;  // index of the 04 in the source message
    values::PersonId person;
    Cents calculated;        // signed
    Cents granted;           // signed
    std::vector<std::string> codes;  // up to 3
    std::vector<std::string> advice; // sentences for the participant: meaning, suggested repair, deadline
};

// The return message to a participant, in its own numbering: records 01, 02, 04 of the source widened, verdicts filled,
// each sentence in a comment record (98, 140 characters a line). `codes` are those of record 01 (at least one).
Result<std::vector<Segment>> write_return(const wire::LayoutRef& return_layout, const wire::Message& source,
                                          std::string_view insurer_reference, Date day, std::span<const std::string> codes,
                                          std::span<const Verdict> verdicts);

std::string bytes_of(std::span<const Segment> segments);

// Meaning, suggested repair and deadline of an answer, as Dutch sentences.
std::vector<std::string> advice(const claim::Sent& claim, const rulebook::Rulebook& rulebook, const texts::Texts& texts,
                                std::optional<Date> latest_submit_day);

}  // namespace bundel::reply
