// What the engine needs from the world: Store, Identities, Outbox, Clock. Implemented in room store; by fakes
// in tests.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "base/hash.h"
#include "base/result.h"
#include "claim/case.h"
#include "claim/claim.h"
#include "engine/bank_rows.h"
#include "facts/codec.h"
#include "facts/segment.h"
#include "facts/woman.h"
#include "intake/identity.h"
#include "ledger/book.h"
#include "values/date.h"

namespace bundel::engine {
using base::Digest;
using base::Done;
using base::Error;
using base::Result;
using facts::Segment;
using values::AgbCode;
using values::Cents;
using values::Date;
using values::LineId;
using values::PersonId;
using values::Reference;
using values::UzoviCode;

class Clock {
public:
    virtual ~Clock() = default;
    virtual Date today() = 0;
};

enum class Direction : std::uint8_t { received, sent };

struct MessageRow {
    Digest id;  // of the whole bytes
    Direction direction = Direction::received;
    std::string kind;  // "VK301 2.2", "csv inschrijvingen"
    std::string name;  // file name as received
};

// Where a line was read: for uniqueness of references and for going back to its source.
struct LineRow {
    LineId line;
    PersonId person;
    Digest content;  // facts::content_digest
    Digest message;
    std::int32_t record = 0;
    Date received{};  // earliest receipt of the message; given by the store, not looked at by add_line
};

struct ReadingRow {
    Digest message;
    Date received;     // earliest receipt of the message
    std::string blob;  // facts::encode
};

// Life of an outgoing message (DESIGN section 8, Sending).
enum class OutgoingState : std::uint8_t { planned, staged, sent };
struct Outgoing {
    std::int64_t number = 0;  // given by the store
    std::string kind;         // "KZ301 3.2-provisional", "VK301 2.2", "VK302 2.2"
    std::string file_name;    // in the outbox, unique: "verzekeraars/1234/….txt"
    std::string invoice;      // factuurnummer in record 01; empty when not a claim message
    AgbCode declarant;
    UzoviCode insurer;  // claims; none for return messages
    Digest message;     // bytes are stored like those of received messages
    Date as_of;
    OutgoingState state = OutgoingState::planned;
    std::optional<Date> sent_day;
};

// The stored outcome of one assessment: enough for overviews and to know when to look again.
struct CountRow {
    std::string group;  // "disposition", "route", "claim", "status", ...
    std::string name;
    std::int64_t count = 0;
    Cents amount;
    auto operator<=>(const CountRow&) const = default;
};
struct CaseRow {
    PersonId person;
    Date as_of;
    Date valid_until;
    Digest digest;             // of Case and Plan together
    Digest law;                // rulebook and engine digest it was assessed under
    std::int32_t actions = 0;  // planned next actions waiting to be sent
    std::vector<CountRow> counts;
};

struct QuestionRow {
    PersonId person;  // nobody: about a message or the region
    std::string key;
    std::string code;
    base::Params params;
    Cents amount;
    std::optional<Date> deadline;
    bool operator==(const QuestionRow&) const = default;
    // Names it for as long as it is asked: 24 hex digits of woman, key and code.
    std::string id() const;
};

struct LossRow {
    PersonId person;
    AgbCode participant;
    LineId line;
    Cents amount;
    Date latest_submit_day;
};

// What an insurer says it paid (negative: took back), on a claim when it says on which one.
struct PaymentRow {
    UzoviCode insurer;
    base::FixedText<40> key;  // with the insurer its identity
    bool withdrawn = false;   // the row was taken back: as if it had never come
    AgbCode declarant;
    Reference claim;  // may be empty
    Date day;         // of the payment
    Cents amount;
    Cents applied;  // of it, on the claim; the rest is unapplied
    Digest message;
    Date received{};  // earliest receipt of the message; given by the store, not looked at by put_payment
    base::FixedText<40> settlement{};  // key of the settlement it says it is of; then `claim` is empty
    bool operator==(const PaymentRow&) const = default;
};

// What one message brought of one declarant: enough to see that another one is missing.
struct DeliveryRow {
    Digest message;
    AgbCode declarant;
    std::string invoice;  // of a table "uitkomsten 12", empty when it is not numbered
    Date dated;           // of the invoice; of a table its last day of care, without claim lines its receipt
    std::int64_t lines = 0;  // claim lines
    Cents amount;
    Date received{};  // as above
    bool operator==(const DeliveryRow&) const = default;
};

// What a booked division rests on, beside its entry: enough to see whether it would come out otherwise now,
// to make it again, and to know who is owed which part of a cent.
struct DivisionRow {
    std::string key;  // of the entry
    Digest content;   // of the division as it is without a carry
    struct Part {
        AgbCode payee;
        std::string carried;   // distribution::Exact: what was owed when it was divided
        std::string entitled;  // by this division
        bool operator==(const Part&) const = default;
    };
    std::vector<Part> parts;  // by payee
    bool operator==(const DivisionRow&) const = default;
};

// Everything between begin() and commit() is kept together or not at all. One writer. Every method may give
// the Error store_failed{what}; only more specific ones are named.
class Store {
public:
    virtual ~Store() = default;
    virtual Result<Done> begin() = 0;
    virtual Result<Done> commit() = 0;
    virtual void rollback() = 0;

    // -- Messages and receipts. Bytes are encrypted at rest; segments of a forgotten person are gone for
    // good.
    virtual Result<bool> has_message(const Digest& id) = 0;
    virtual Result<Done> add_message(const MessageRow& row, const std::vector<Segment>& segments) = 0;
    virtual Result<MessageRow> message(const Digest& id) = 0;  // Error: message_unknown
    virtual Result<std::string> message_bytes(
        const Digest& id) = 0;  // Error: message_unknown, message_forgotten
    virtual Result<std::vector<MessageRow>> messages(Direction direction) = 0;  // by id
    virtual Result<bool> add_receipt(const Digest& message,
                                     Date received) = 0;                  // false: that receipt was known
    virtual Result<std::vector<std::pair<Digest, Date>>> receipts() = 0;  // sorted, all

    // -- Readings: one blob per (person, message); person nobody = the region. Replacing is for a newer
    // intake version.
    virtual Result<Done> put_reading(PersonId person, const Digest& message, int intake_version,
                                     const std::string& blob) = 0;
    virtual Result<std::vector<ReadingRow>> readings(PersonId person) = 0;  // by message id
    virtual Result<std::vector<PersonId>> persons_in(const Digest& message) = 0;
    virtual Result<std::vector<PersonId>> persons() = 0;  // every person with a reading, sorted

    // -- Index of claim lines and of what names them as predecessor.
    virtual Result<Done> add_line(const LineRow& row) = 0;               // same line+message again: no-op
    virtual Result<std::vector<LineRow>> lines(const LineId& line) = 0;  // all readings of it, by message id
    virtual Result<std::vector<LineRow>> lines_of(PersonId person) = 0;
    virtual Result<Done> add_successor(const facts::Successor& successor, PersonId successor_person,
                                       const Digest& message) = 0;
    virtual Result<std::vector<facts::Known<facts::Successor>>> successors(const LineId& predecessor) = 0;

    // -- Links between persons that judgements make (same_person, line_is_hers): who must be looked at
    // together.
    virtual Result<Done> add_link(PersonId a, PersonId b) = 0;
    virtual Result<std::vector<PersonId>> linked(PersonId person) = 0;  // directly, either side

    // -- Work to do: who must be assessed again.
    virtual Result<Done> mark_dirty(PersonId person) = 0;
    virtual Result<Done> mark_all_dirty() = 0;
    virtual Result<std::vector<PersonId>> due(
        Date as_of, const Digest& law, std::size_t limit) = 0;  // dirty, expired or under other law; sorted
    virtual Result<Done> put_case(const CaseRow& row) = 0;      // also clears dirty; totals kept by delta
    virtual Result<std::optional<CaseRow>> case_of(PersonId person) = 0;
    virtual Result<std::vector<CountRow>> totals() = 0;        // summed over all cases, sorted
    virtual Result<std::vector<PersonId>> with_actions() = 0;  // cases with actions > 0, sorted
    virtual Result<Done> put_questions(PersonId person,
                                       const std::vector<QuestionRow>& questions) = 0;  // replaces hers
    virtual Result<Done> add_question(const QuestionRow& question) = 0;  // about a message; same key: no-op
    // Replaces the questions about nobody whose keys begin with `topic` and a slash.
    virtual Result<Done> put_topic(std::string_view topic, const std::vector<QuestionRow>& questions) = 0;
    virtual Result<std::vector<QuestionRow>> questions() = 0;  // by amount (largest first), deadline, key
    virtual Result<Done> put_losses(PersonId person, const std::vector<LossRow>& losses) = 0;
    virtual Result<std::vector<LossRow>> losses() = 0;
    virtual Result<Done> add_findings(const Digest& message,
                                      const base::Findings& findings) = 0;  // replaces those of the message
    virtual Result<base::Findings> findings() = 0;

    // -- Claims that were sent, and what goes out.
    virtual Result<std::int64_t> next_number(
        std::string_view sequence) = 0;  // 1, 2, 3, ... inside the transaction
    virtual Result<std::int64_t> add_outgoing(const Outgoing& outgoing) = 0;  // gives its number
    virtual Result<Done> set_outgoing(std::int64_t number, OutgoingState state,
                                      std::optional<Date> sent_day) = 0;
    virtual Result<std::vector<Outgoing>> outgoing_not_sent() = 0;  // by number
    virtual Result<std::optional<Outgoing>> outgoing_by_invoice(AgbCode declarant,
                                                                std::string_view invoice) = 0;
    virtual Result<std::vector<Outgoing>> all_outgoing() = 0;
    virtual Result<Done> add_claim(const claim::Sent& claim) = 0;  // Error: reference_used
    // Writes the state, answer and codes of a stored claim and appends the step to its history.
    virtual Result<Done> set_claim(const claim::Sent& claim, Date day, const Digest& cause) = 0;
    virtual Result<std::vector<claim::Sent>> claims_of(PersonId person) = 0;  // by reference
    virtual Result<std::vector<claim::Sent>> claims_in(std::int64_t outgoing) = 0;
    virtual Result<std::optional<claim::Sent>> claim(AgbCode declarant, const Reference& reference) = 0;
    virtual Result<std::vector<claim::Sent>> all_claims() = 0;  // by declarant, reference

    // -- Money of insurers.
    virtual Result<Done> put_payment(const PaymentRow& row) = 0;  // the same (insurer, key) again: replaces
    virtual Result<std::optional<PaymentRow>> payment(UzoviCode insurer, std::string_view key) = 0;
    virtual Result<std::vector<PaymentRow>> payments_on(AgbCode declarant,
                                                        const Reference& claim) = 0;  // as they came
    virtual Result<std::vector<PaymentRow>>
    settlement_payments() = 0;                                    // that name a settlement; as they came
    virtual Result<std::vector<PaymentRow>> open_payments() = 0;  // not withdrawn, with a rest; as they came
    virtual Result<std::vector<PaymentRow>> all_payments() = 0;   // as they came

    // -- The bank: statements, the movements on them, payouts.
    virtual Result<Done> add_statement(const StatementRow& row) = 0;
    virtual Result<std::vector<StatementRow>> statements() = 0;  // by account, closing day, as they came
    // False: its key is known, nothing changed.
    virtual Result<bool> add_movement(const MovementRow& row) = 0;
    virtual Result<Done> set_movement(const Digest& key, MovementState state, UzoviCode insurer) = 0;
    virtual Result<std::vector<MovementRow>> unsettled_movements() = 0;  // as they came
    virtual Result<Done> add_payout(const PayoutRow& row) = 0;           // its number is from next_number
    // Writes state, approval and outgoing of a payout; its lines never change.
    virtual Result<Done> set_payout(const PayoutRow& row) = 0;
    virtual Result<std::vector<PayoutRow>> payouts() = 0;  // by number
    virtual Result<Done> add_account_approval(const AccountApproval& approval) = 0;
    virtual Result<std::vector<AccountApproval>> account_approvals() = 0;  // as they came

    // -- What was delivered.
    virtual Result<Done> add_delivery(const DeliveryRow& row) = 0;
    virtual Result<std::vector<DeliveryRow>> deliveries() = 0;  // by declarant, message

    // -- The first day of this directory's own work; none when nothing was taken over.
    virtual Result<std::optional<Date>> cutover() = 0;
    virtual Result<Done> set_cutover(Date day) = 0;  // Error: cutover_differs{day}

    // -- Book `actual`: append-only.
    virtual Result<Done> add_entry(const ledger::Entry& entry) = 0;
    virtual Result<std::vector<ledger::Entry>> entries() = 0;  // by number
    virtual Result<Done> add_closing(const ledger::Closing& closing) = 0;
    virtual Result<std::vector<ledger::Closing>> closings() = 0;    // in the order of closing
    virtual Result<Done> add_division(const DivisionRow& row) = 0;  // its entry is there
    virtual Result<std::optional<DivisionRow>> division(std::string_view key) = 0;
    virtual Result<std::vector<DivisionRow>> divisions() = 0;  // by key

    // -- Forgetting one person: her segments, readings, lines, cases, questions; claims keep numbers and
    // money only.
    virtual Result<Done> forget(PersonId person, Date day) = 0;
    // Structural checks of the database itself (integrity, foreign keys, chains, segments against their
    // commitments).
    virtual Result<std::vector<Error>> check() = 0;
};

// The vault: who is behind a PersonId. Separate file, own key. Nothing of it goes into a log or a message of
// ours.
class Identities {
public:
    virtual ~Identities() = default;
    // The person of this row: by BSN when it has a valid one, else a provisional person per (declarant,
    // patient number). Keeps the row as the latest known identity.
    virtual Result<PersonId> person(const intake::IdentityRow& row) = 0;
    virtual Result<intake::IdentityRow> identity(PersonId person) = 0;  // Error: person_unknown
    virtual Result<std::optional<PersonId>> find(const values::Bsn& bsn) = 0;
    // By the patient number of a declarant: the person with a BSN when one of its rows had one, else the
    // provisional.
    virtual Result<std::optional<PersonId>> find(AgbCode declarant, std::string_view patient_number) = 0;
    virtual Result<Done> forget(PersonId person) = 0;
};

// Where messages leave. stage() writes and fsyncs in private staging; release() renames into the outbox: that
// is the moment of sending. Nothing in the outbox is ever rewritten.
class Outbox {
public:
    virtual ~Outbox() = default;
    virtual Result<Done> stage(const std::string& file_name, std::string_view bytes) = 0;
    virtual bool is_staged(const std::string& file_name) = 0;
    virtual Result<Done> release(
        const std::string& file_name) = 0;  // Error: outbox_exists when it is there already
};

}  // namespace bundel::engine
