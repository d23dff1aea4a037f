// What was received, as facts. A fact is a cached reading of a message; nothing here is a verdict.
//
// Two time axes, always named: care time (care, day, period) and known time (received). A fact is known from
// its earliest receipt. Personal data stay in the vault: the only identity here is PersonId.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/text.h"
#include "values/care.h"
#include "values/cents.h"
#include "values/date.h"
#include "values/gestation.h"
#include "values/identifiers.h"
#include "values/ratio.h"

namespace bundel::facts {
using base::Digest;
using base::FixedText;
using values::AgbCode;
using values::BreakExtent;
using values::Cents;
using values::Date;
using values::DueDate;
using values::GestationalAge;
using values::LineId;
using values::OverlapPolicy;
using values::OwnPaymentIn;
using values::Payer;
using values::PerformanceCode;
using values::Period;
using values::PersonId;
using values::PhaseKind;
using values::Reference;
using values::ReferenceDay;
using values::Status;
using values::UzoviCode;

// The reading of messages changes with this number; a newer reading replaces an older one, it never adds to
// it.
inline constexpr int intake_version = 3;

// Where a fact was read: the digest of the message bytes and the 1-based record (line) in it.
struct Origin {
    Digest message;
    std::int32_t record = 0;
    auto operator<=>(const Origin&) const = default;
};

// Identity of a fact that is not a claim line: a key declared by the sender and a version. The highest
// version known on a day holds; `withdrawn` ends the fact. The same key and version with other content is a
// Finding, never a change.
struct FactKey {
    FixedText<40> key;
    std::uint16_t version = 1;
    bool withdrawn = false;
    auto operator<=>(const FactKey&) const = default;
};

template <class Fact>
struct Known {
    Fact fact;
    Date received;  // earliest receipt
    Origin origin;
    bool operator==(const Known&) const = default;
};

// What a hospital did on a day (zorgactiviteit, ZA): under a DBC it tells in which phase the care was given.
struct Activity {
    FixedText<10> code;  // NZa, COD329: "037611"
    Date day;
    std::int32_t count = 1;
    auto operator<=>(const Activity&) const = default;
};

// How a line reached us. A row of a table has no message that could be passed on: what the insurer must get
// is declared by the participant itself.
enum class Delivery : std::uint8_t { message, table };

// A claim line (prestatierecord; of a hospital the tariefrecord under it) as a care provider declared it.
// Signed: a credit line has a negative amount.
struct CareLine {
    LineId id;
    PersonId person;
    bool person_known = true;  // false: no valid BSN; the person is provisional and the line waits
    AgbCode declarant;         // record 01: practice or institution, else the professional
    AgbCode treating;          // may be none
    AgbCode referrer;          // may be none
    Payer payer = Payer::insurer;
    UzoviCode insurer;  // record 02
    PerformanceCode performance;
    Period care;
    std::optional<Date> partus;  // day of birth as declared
    std::int32_t quantity = 1;
    std::int32_t minutes = 0;  // quantity x unit of time (COD218); 0: not declared by time
    Cents tariff;
    Cents amount;  // declared amount (declaratiebedrag), signed
    bool credit = false;
    Reference previous;  // may be empty: the reference of the line this one credits or replaces, same issuer
    Reference service;   // hospital: reference of the prestatierecord (the DBC) it stands under; else empty
    FixedText<9> product;              // hospital: zorgproductcode; may be empty
    std::vector<Activity> activities;  // hospital: as declared with it, sorted
    Delivery delivery = Delivery::message;
    bool of_child = false;  // declared under the BSN of her child (Child); not part of what the line says
    bool operator==(const CareLine&) const = default;
};

// A woman in care of a practice (inschrijving).
enum class EnrolmentEnd : std::uint8_t { none, birth, referred, moved, stopped };
struct Enrolment {
    FactKey key;
    PersonId person;
    AgbCode practice;
    Date begin;
    std::optional<Date> end;
    EnrolmentEnd end_reason = EnrolmentEnd::none;
    std::optional<DueDate> due;
    bool operator==(const Enrolment&) const = default;
};

// How a pregnancy ended (geboortemelding, also for a loss).
enum class Outcome : std::uint8_t {
    unknown,
    live_birth,
    stillbirth,
    miscarriage,
    termination,
    ectopic,
    molar
};
struct OutcomeReport {
    FactKey key;
    PersonId person;
    AgbCode reporter;
    Outcome outcome = Outcome::unknown;
    Date day;
    std::int32_t children = 0;  // 0 when not a birth
    std::optional<GestationalAge> age;
    bool operator==(const OutcomeReport&) const = default;
};

// The end of a phase has evidence of its own; it never waits for the last claim line.
struct PhaseEnd {
    FactKey key;
    PersonId person;
    PhaseKind phase = PhaseKind::prenatal;
    Date last_day;
    EnrolmentEnd reason = EnrolmentEnd::none;
    AgbCode reporter;
    bool operator==(const PhaseEnd&) const = default;
};

// With whom a woman was insured (COV-check).
struct Insurance {
    FactKey key;
    PersonId person;
    Payer payer = Payer::insurer;
    UzoviCode insurer;
    Period period;
    bool operator==(const Insurance&) const = default;
};

// A hospital's activity that came apart from the line it belongs to: older messages have no room for it.
struct ActivityReport {
    FactKey key;
    PersonId person;
    LineId line;  // the tariefrecord, or the prestatierecord above it
    Activity activity;
    bool operator==(const ActivityReport&) const = default;
};

// Care that the IGO or a participant bought and was invoiced for (ingekochte zorg): a cost of who bought it,
// never a breaker and never claimed.
enum class BoughtKind : std::uint8_t { subcontracted, laboratory, second_opinion, acute_elsewhere, other };
struct BoughtCare {
    FactKey key;
    PersonId person;
    BoughtKind kind = BoughtKind::other;
    AgbCode buyer;     // the IGO or a participant
    AgbCode supplier;  // may be none
    Period care;
    Cents amount;
    bool operator==(const BoughtCare&) const = default;
};

// A newborn is a person of its own; this links it to its mother. What was declared under the child's BSN is
// looked at with her care.
struct Child {
    FactKey key;
    PersonId person;  // the mother
    PersonId child;
    Date born;
    bool operator==(const Child&) const = default;
};

// Care by somebody outside, known without their claim line: return code 0587 on our claim, or an overlap
// file.
enum class OutsideSource : std::uint8_t { return_code, overlap_file };
struct OutsideCare {
    FactKey key;
    PersonId person;
    OutsideSource source = OutsideSource::return_code;
    UzoviCode insurer;
    AgbCode declarant;  // none when the insurer does not say
    Period care;
    std::optional<Cents> amount;
    Reference claim;  // return code: our claim that was refused for it; else empty
    bool operator==(const OutsideCare&) const = default;
};

// What a person decided (uitspraak). It is a fact: dated, with who and why, and undone by a withdrawn
// version.
enum class JudgementKind : std::uint8_t {
    same_person,   // `person` and `other` are one
    line_is_hers,  // line `line` belongs to `person`
    send_again,    // the claim `claim` that was rejected or reduced may be sent once more
    accept,        // question `question` is settled as it stands
    send_anyway,   // what question `question` held back may go
};
struct Judgement {
    FactKey key;
    JudgementKind kind = JudgementKind::accept;
    PersonId person;
    PersonId other;
    LineId line;
    Reference claim;
    FixedText<64> question;
    FixedText<20> by;
    bool operator==(const Judgement&) const = default;
};

// A line of anybody that names one of her lines as its predecessor. Needed where the successor fell on
// another person (a corrected BSN): her own line is then replaced or credited.
struct Successor {
    LineId predecessor;
    LineId line;
    bool credit = false;
    bool operator==(const Successor&) const = default;
};

// ---- Agreements: facts about parties, not about a woman ----

struct Membership {
    FactKey key;
    AgbCode organisation;
    AgbCode igo;
    Period period;
    Status status = Status::verified;
    bool operator==(const Membership&) const = default;
};

// The account (bankrekening) of a participant, of the IGO itself or of an insurer: exactly one of `owner` and
// `insurer` is there. Who entered it is kept, as somebody else must approve it before it is paid to.
struct BankAccount {
    FactKey key;
    AgbCode owner;
    UzoviCode insurer;
    FixedText<34> iban;   // values::Iban::parse accepts it
    FixedText<140> name;  // as on the account, UTF-8; may be the name of a person
    Period period;
    FixedText<40> by;
    Status status = Status::verified;
    bool operator==(const BankAccount&) const = default;
};

struct Price {
    FixedText<32> performance;  // id of the catalogue, "prenatal"
    Period period;
    Cents amount;
    bool operator==(const Price&) const = default;
};

// A contract of the IGO with an insurer concern, for all its labels.
struct Contract {
    FactKey key;
    AgbCode igo;
    std::vector<UzoviCode> labels;  // sorted
    Period period;
    FixedText<16> regime;
    Status status = Status::example;
    OverlapPolicy overlap = OverlapPolicy::fall_back;
    std::int32_t submit_months = 0;     // latest_submit_day = last care day + this
    std::int32_t ask_before_days = 0;   // a hold becomes a question this many days before latest_submit_day
    std::int32_t answer_term_days = 0;  // an unanswered claim becomes a question after this
    std::optional<BreakExtent> break_extent;  // over the regime's
    std::optional<ReferenceDay> tariff_day;   // over the regime's
    std::optional<ReferenceDay> membership_day;
    std::optional<Cents> deduct_fixed;  // per broken phase, policy deduct_fixed
    std::vector<Price> prices;          // sorted by performance, first day
    // Ids of the catalogue, sorted: the contract is for these only (hybride contract). Empty: for all.
    std::vector<FixedText<32>> performances;
    // The IGO's own price list for insurers without a contract (passanten); then `labels` is empty.
    bool uncontracted = false;
    std::optional<OwnPaymentIn> own_payment;    // over the rulebook's
    std::optional<std::int32_t> ceiling_count;  // integrated claims in a calendar year of care at most
    std::optional<Cents> ceiling_amount;        // their euros in a calendar year of care at most
    bool operator==(const Contract&) const = default;
};

}  // namespace bundel::facts
