// Messages and forms -> facts. The one room where columns get meaning. What the official test portal would
// say (levels 4 and 5) is in content.h; here only what makes a line useless to us refuses it.
//
// A line or row with a fault is refused alone, with a Finding that names record and field and never a value.
// A woman who cannot be named is not lost: without a valid BSN she is a provisional person per (declarant,
// patient number), without either one of her own, and her lines wait (CareLine::person_known).
//
// A claim line is a prestatierecord (04) or, where the layout has them, a tariefrecord (06): each 06 is a
// line of its own, with the days, the referrer and the activities (16) of the 04 above it.
//
// Findings of claim messages, with their return code of COD954:
//   claim_refused  intake_declarant_wrong 0014 0016 0017, intake_dated_wrong 0025
//   line_refused   intake_insured_refused 8002, intake_bsn_differs 0435, intake_insurer_wrong 0423,
//                  intake_insurer_differs 0423, intake_period_wrong 8007, intake_begin_after_invoice 8177,
//                  intake_end_after_invoice 8178, intake_performance_wrong 0582, intake_amount_wrong 0631,
//                  intake_sides_differ 8064, intake_reference_wrong 8021, intake_reference_repeated 8021,
//                  intake_previous_wrong 0651, intake_debit_and_credit 8062 (both lines),
//                  intake_service_refused 8002 (a 06 under a 04 that is refused), intake_activity_wrong (the
//                  16 alone)
//   note           intake_service_without_tariff, intake_bsn_absent 0435, intake_bsn_wrong 0435,
//   intake_patient_unnamed,
//                  intake_provider_wrong 8011
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "facts/codec.h"
#include "facts/segment.h"
#include "intake/identity.h"
#include "wire/message.h"

namespace bundel::intake {
using base::Digest;
using base::Findings;
using values::AgbCode;
using values::Cents;
using values::Date;
using values::PerformanceCode;
using values::Period;
using values::PersonId;
using values::Reference;
using values::UzoviCode;

// Who a row is about: the vault, or a fake in tests. Without a BSN the answer is the provisional person of
// (declarant, patient number), the same one each time.
class Resolver {
public:
    virtual ~Resolver() = default;
    virtual base::Result<PersonId> person(const IdentityRow& row) = 0;
};

// Of the message that is read: digest of its bytes and day of its receipt.
struct Source {
    Digest message;
    Date received;
};

// A row of an insurer's payment specification. A negative amount was taken back.
struct Payment {
    base::FixedText<40> key;  // with the insurer its identity
    bool withdrawn = false;
    UzoviCode insurer;
    AgbCode declarant;
    Reference claim;  // may be empty
    Date day;
    Cents amount;  // never zero
    std::int32_t record = 0;
    base::FixedText<40> settlement{};  // key of the settlement it is of; then `claim` is empty
    bool operator==(const Payment&) const = default;
};

// A row about money that was paid in advance (voorschot): by an insurer to the IGO, or by the IGO to a
// participant. Received and paid are seen from the IGO; a set-off moves no money: the advance counts as
// payment.
enum class AdvanceOf : std::uint8_t { insurer, participant };
enum class AdvanceMove : std::uint8_t { received, paid, set_off };
struct Advance {
    base::FixedText<40> key;  // its identity
    bool withdrawn = false;
    bool of_insurer = true;
    UzoviCode insurer;    // of_insurer; else none
    AgbCode participant;  // not of_insurer; else none
    Date day;
    AdvanceMove move = AdvanceMove::received;
    Cents amount;  // > 0
    std::int32_t record = 0;
    bool operator==(const Advance&) const = default;
};

// A row of a yearly settlement with an insurer (afrekening): of care outside (samenloop) or a reward for
// quality. Above zero the insurer pays the IGO.
enum class SettlementOf : std::uint8_t { overlap, quality };
struct Settlement {
    base::FixedText<40> key;  // its identity
    bool withdrawn = false;
    SettlementOf of = SettlementOf::overlap;
    UzoviCode insurer;
    std::int32_t year = 0;
    Reference claim;  // of ours that it is about; may be empty
    Cents amount;     // not zero
    std::int32_t record = 0;
    bool operator==(const Settlement&) const = default;
};

// What an account stood at when the book begins (openingsbalans): debit > 0, may be zero.
struct OpeningBalance {
    std::string account;  // path, not looked up: "vordering:1234"
    Cents amount;
    std::int32_t record = 0;
    bool operator==(const OpeningBalance&) const = default;
};
inline constexpr std::string_view opening_kind = "csv openingsbalans";

// Intake::kind of what only `adopt` takes over.
inline constexpr std::string_view adopted_kind = "csv overgenomen claims";

// A claim (or a credit) of before the first day, with what became of it.
enum class AdoptedState : std::uint8_t { sent, approved, approved_other_amount, rejected, handed_over };
struct AdoptedClaim {
    PersonId person;
    bool forwarded = false;
    AgbCode declarant;
    Reference reference;
    Reference debit;    // of a credit; else empty
    Reference line;     // forwarded: of the participant's line; empty: not told apart from `reference`
    UzoviCode insurer;  // none: handed over, and no insurer pays it
    PerformanceCode performance;
    Period care;
    Cents amount;             // > 0
    values::PhaseSet phases;  // integrated: what it pays, at least one
    base::FixedText<40> contract;
    Date sent;
    AdoptedState state = AdoptedState::sent;
    std::optional<Date> answered;  // exactly when it is not `sent`
    Cents granted;
    std::vector<base::FixedText<4>> codes;  // at most three
    Cents paid;                             // debit: 0 .. granted
    std::optional<Date> paid_day;           // exactly when something was paid
    std::int32_t record = 0;
};

struct Intake {
    std::string kind;                             // "VK301 2.2", "csv inschrijvingen"
    AgbCode declarant;                            // claim message only
    UzoviCode receiver;                           // 0108; may be none
    std::string invoice;                          // NUM029
    std::optional<Date> dated;                    // DAT031, claim message only
    bool refused = false;                         // the whole invoice; there are segments but no readings
    std::vector<facts::Segment> segments;         // make the bytes of the message
    std::map<AgbCode, std::string> deliveries;    // of a table: its number by practice, "uitkomsten 12"
    std::map<PersonId, facts::Reading> readings;  // nobody: the region
    std::vector<Payment> payments;                // no facts: they become history
    std::vector<AdoptedClaim> adopted;            // likewise
    std::vector<Advance> advances;                // likewise
    std::vector<Settlement> settlements;          // likewise
    std::vector<OpeningBalance> openings;         // likewise; all of them or none
};

// A claim message (xx301, by the data elements of its layout). Errors:
// layout_element_missing{layout,element}, those of the resolver.
base::Result<Intake> read_claims(const wire::Message& message, const Source& source, Resolver& resolver,
                                 Findings& findings);

// One line of ours that an insurer answered.
struct AnswerLine {
    std::size_t record = 0;  // index in message.records()
    PersonId person;
    Reference reference;  // NUM362, of a hospital NUM371, as we sent it
    Cents calculated;     // BED165, signed
    Cents granted;        // BED166, signed
    // COD954..956 without empty ones; of a line that says nothing itself (no code, nothing granted) those of
    // the 04, else of the 02, above it.
    std::vector<std::string> codes;
    bool operator==(const AnswerLine&) const = default;
};

struct Answers {
    std::string kind;                // "VK302 2.2"
    AgbCode declarant;               // as in the claim
    UzoviCode insurer;               // 0108; may be none
    std::string invoice;             // NUM029, ours
    std::string insurer_reference;   // NUM370; may be empty
    std::optional<Date> day;         // DAT277
    std::vector<std::string> codes;  // of the whole file
    std::vector<AnswerLine> lines;
    std::vector<facts::Segment> segments;
};

// A return message (xx302). Findings: intake_declarant_wrong: claim_refused; intake_reference_wrong 8021,
// intake_granted_wrong: line_refused (left out). Errors as read_claims.
base::Result<Answers> read_answers(const wire::Message& message, Resolver& resolver, Findings& findings);

// A CSV file in one of the forms of forms.h, told by its header. Findings: those of wire::read_csv and
// wire::read_form; form_unknown: file_refused; of a row (line_refused): form_word_unknown, form_text_long,
// form_number_range, form_bsn_wrong 0435, form_woman_missing, form_period_reversed, form_end_missing,
// form_children_missing, form_children_unexpected, form_gestational_age, form_insurer_missing,
// form_insurer_unexpected, form_labels, form_prices, form_prices_overlap, form_deduction,
// form_amount_negative, form_amount_large, form_activities, form_activity_day, form_after_invoice 8177 8178,
// form_child_is_mother, form_labels_or_passer, form_performances, form_subject_missing,
// form_subject_unexpected, form_key_repeated; of claim lines also intake_reference_repeated and
// intake_debit_and_credit; of payments and adopted claims form_amount_zero, form_answer_missing,
// form_answer_unexpected, form_granted_wrong, form_paid_wrong, form_phases_wrong, form_codes_wrong,
// form_handed_over_wrong, form_performance_wrong, form_days_disordered; of accounts form_account_owner,
// form_iban; of advances form_advance_party; of payments form_payment_of_two. Nothing when the file is
// refused. Errors: those of the resolver.
base::Result<std::optional<Intake>> read_csv(std::string_view bytes, const std::string& file,
                                             const Source& source, Resolver& resolver, Findings& findings);

}  // namespace bundel::intake
