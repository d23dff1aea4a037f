// The women of one message: each record 02 with what stands under it. Only for this room.
#pragma once

#include <vector>

#include "facts/segment.h"
#include "intake/columns.h"
#include "intake/intake.h"

namespace bundel::intake {

struct Insured {
    std::size_t record = 0;  // index of its 02 in message.records()
    std::size_t end = 0;     // index behind the last record under it
    PersonId person;
    bool known = false;  // has a valid BSN
    UzoviCode insurer;   // none when wrong
};

struct Sender {
    AgbCode declarant;
    std::string invoice;
};

// 0112 if filled, else 0111, else 0110. None with a Finding when there is none.
AgbCode declarant_of(const wire::Message& message, const wire::Record& header, const HeaderColumns& columns,
                     Report& report);

base::Result<std::vector<Insured>> insured_in(const wire::Message& message, const Sender& sender,
                                              Resolver& resolver, Report& report);

// Records under an 02 are hers, the rest is envelope.
std::vector<facts::Segment> segments_of(const wire::Message& message, const std::vector<Insured>& women);

}  // namespace bundel::intake
