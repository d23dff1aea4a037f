// Facts to bytes and back: the reading of one message for one person is one blob in the store. The bytes are
// canonical: equal facts give equal bytes, so they are also what digests are taken of.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "facts/woman.h"

namespace bundel::facts {

// What one message says about one person (or, with nobody as person, about the region).
struct Reading {
    std::vector<Known<CareLine>> lines;
    std::vector<Known<Enrolment>> enrolments;
    std::vector<Known<OutcomeReport>> outcomes;
    std::vector<Known<PhaseEnd>> phase_ends;
    std::vector<Known<Insurance>> insurances;
    std::vector<Known<OutsideCare>> outside;
    std::vector<Known<Judgement>> judgements;
    std::vector<Known<Membership>> memberships;
    std::vector<Known<Contract>> contracts;
    std::vector<Known<ActivityReport>> activities;
    std::vector<Known<BoughtCare>> bought;
    std::vector<Known<Child>> children;
    std::vector<Known<BankAccount>> accounts;
    bool empty() const;
    bool operator==(const Reading&) const = default;
};

// `received` is not in the bytes: receipts are a separate set. Origins keep only the record number; the
// message is the caller's to give back.
std::string encode(const Reading& reading);
// Error: reading_damaged.
base::Result<Reading> decode(std::string_view bytes, const Digest& message, Date received);

// Content digest of one line, without person and origin: what "same key, same content" compares.
Digest content_digest(const CareLine& line);

}  // namespace bundel::facts
