// Actions and answers -> outgoing messages. Knows how a message is filled, not when it goes.
//
// Every message comes as segments per person (see facts::Segment) that make its bytes: records 01 and 99
// belong to nobody, a record 02 with all that stands under it to the person of its lines. The caller hands
// over the identities of exactly the lines that are written.
//
// Columns are found by record and data element ("04", "NUM362"), never by number or place, so a newer layout
// of the same message needs no code. Error of every writer: layout_field_unknown when a layout lacks such an
// element.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "claim/claim.h"
#include "facts/segment.h"
#include "intake/identity.h"
#include "rulebook/rulebook.h"
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
    AgbCode declarant;    // IGO (institution), or for forwarded lines taken from the source message
    UzoviCode insurer;    // receiver
    std::string invoice;  // factuurnummer, 1..12 characters, unique for five years per declarant
    Date day;             // dagtekening; also the last day of the claim period
    bool test = true;     // COD856: T or P
};

// One integrated claim (or its credit) with the woman it is about.
struct BundleLine {
    claim::Sent claim;
    intake::IdentityRow identity;
    std::optional<Date> partus;
};

// KZ301: sorted by person, then reference; one record 02 per woman. Claim period: first care day to
// envelope.day. Contract: at least one line, all of the insurer of the envelope. The treating party of a
// bundle is not known: those fields stay empty. Errors: those of wire::Writer, identity_incomplete{reference,
// field} (no BSN, birth date, sex, name or initials).
Result<std::vector<Segment>> write_bundles(const wire::LayoutRef& layout, const Envelope& envelope,
                                           std::span<const BundleLine> lines);

// One line of a participant that is passed on: a 04, or of a hospital a 06 (tariefrecord). Its content bytes
// stay, the hash and what the grouper said included; only the envelope (record 01, numbers of detail records)
// is rebuilt. claim.credit turns it into the credit of a line that was passed on before: both D/C indicators
// C, claim.reference, previous reference = claim.debit. A claim.reference that differs from the line's own is
// written over it (a line that goes out once more after a credit). A participant's own credit line stays as
// it is, when that is what it already says.
//
// The 06's of one 04 go under one copy of it, with all its activities (16). Their references stay while every
// 06 that goes keeps its own; else the 04 and the 16's get references after the first that does not (<it>-P,
// <it>-Z1, ...), and in a credit of ours also C and the references they take back: those in `source`. So the
// source of such a credit is the message its debit went out in.
struct ForwardLine {
    claim::Sent claim;
    const wire::Message* source = nullptr;
    std::size_t record = 0;  // index of its 04 or 06 in source->records()
};

// Same layout as the sources; all lines of one declarant and one insurer, at least one. Who declares and who
// is paid stand in record 01 as in the source. Record 02 is copied from the source; the comments (98) under
// it and under the line go along, a debtor (03) does not: it is meant for a service bureau. Sorted by person,
// record 02, reference (of a hospital that of the 04, then the order of the source); lines with the same
// record 02 share it. Errors: those of wire::Writer, forward_layouts_differ{layout, other}.
Result<std::vector<Segment>> write_forwards(const wire::LayoutRef& layout, const Envelope& envelope,
                                            std::span<const ForwardLine> lines);

// The verdict on one record of a claim message, in the words of the insurer: on a line (04, or of a hospital
// 06), or on what stands above or beside the lines (02, 03, 98, of a hospital also 04 and 16).
struct Verdict {
    std::size_t record = 0;  // index in the source message
    values::PersonId person;
    Cents calculated;                 // signed; of a line, else zero
    Cents granted;                    // signed; of a line, else zero
    std::vector<std::string> codes;   // up to 3
    std::vector<std::string> advice;  // sentences for the participant: meaning, suggested repair, deadline
};

// How many claim lines (04, or of a hospital 06) the message has: fewer verdicts answer a part of it.
std::size_t lines_in(const wire::Message& message);

// The return message to a participant, in its own numbering: record 01, the records with a verdict and what
// stands above them in the source, widened, verdicts filled, each sentence in comment records (98, split
// between words at 140 characters), numbered on from the source's own. Other records are left out. Record 99:
// total declared as the source states it (zero when it has no 99); total granted is `granted`, by default the
// sum of the verdicts. Contract: the layout is the answer to the source's; `codes` are those of record 01, 1
// to 3; at most one verdict a record, none on 01 and 99, with at most 3 codes. Errors: those of wire::Writer,
// text_not_ascii, cents_overflow.
Result<std::vector<Segment>> write_return(const wire::LayoutRef& return_layout, const wire::Message& source,
                                          std::string_view insurer_reference, Date day,
                                          std::span<const std::string> codes,
                                          std::span<const Verdict> verdicts,
                                          std::optional<Cents> granted = std::nullopt);

// A line that goes by a list (claim::Way::list) to the participant, who declares it itself; or, of a credit,
// takes it back.
struct ListLine {
    claim::Sent claim;
    std::optional<values::Payer> payer;  // none: not known any more (a credit); which insurer: claim.insurer
    std::string patient_number;          // the participant's own, as it gave it with the line; may be empty
    std::optional<Date> latest_submit_day;  // none of a credit
};

// The hand-over list of one participant: CSV in UTF-8, `;`, sorted by reference. Columns:
// docs/reference/csv.md. Of the woman only what the participant called her itself.
std::vector<Segment> write_list(std::span<const ListLine> lines, const texts::Texts& texts);

// The line (04, or of a hospital 06) with this reference. Error: line_missing{reference}.
Result<std::size_t> line_with(const wire::Message& message, const Reference& reference);
// References of the other 06's under the 04 of this one; none where lines are 04's.
Result<std::vector<std::string>> lines_beside(const wire::Message& source, std::size_t record);

// What the participant calls the woman of this line (04, or 06 under it) in its own message; may be empty.
Result<std::string> patient_number(const wire::Message& source, std::size_t record);

std::string bytes_of(std::span<const Segment> segments);

// Meaning, suggested repair and deadline of an answer, as Dutch sentences. The deadline only when the line
// (no credit) was rejected or reduced. A code that the rulebook does not have is named as such.
std::vector<std::string> advice(const claim::Sent& claim, const rulebook::Rulebook& rulebook,
                                const texts::Texts& texts, std::optional<Date> latest_submit_day);

}  // namespace bundel::reply
