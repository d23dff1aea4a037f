// engine::Store on SQLite. For the other files of this room; users see store.h.
#pragma once

#include <memory>

#include "store/columns.h"
#include "store/crypto.h"
#include "store/database.h"
#include "store/pack.h"
#include "store/store.h"

namespace bundel::store {
using base::Digest;
using base::Findings;
using engine::CaseRow;
using engine::CountRow;
using engine::DeliveryRow;
using engine::Direction;
using engine::DivisionRow;
using engine::LineRow;
using engine::LossRow;
using engine::MessageRow;
using engine::Outgoing;
using engine::OutgoingState;
using engine::PaymentRow;
using engine::QuestionRow;
using engine::ReadingRow;
using engine::Segment;
using values::AgbCode;
using values::Cents;
using values::Date;
using values::LineId;
using values::PersonId;
using values::Reference;
using values::UzoviCode;

class SqliteStore final : public engine::Store {
public:
    SqliteStore(std::unique_ptr<Database> database, const Key& key, Vault* vault)
        : database_(std::move(database)),
          box_(key.for_purpose(1)),
          key_digest_(check_of(key)),
          vault_(vault) {}
    Result<Done> check_key();

    Result<Done> begin() override;
    Result<Done> commit() override;
    void rollback() override;

    Result<bool> has_message(const Digest& id) override;
    Result<Done> add_message(const MessageRow& row, const std::vector<Segment>& segments) override;
    Result<MessageRow> message(const Digest& id) override;
    Result<std::string> message_bytes(const Digest& id) override;
    Result<std::vector<MessageRow>> messages(Direction direction) override;
    Result<bool> add_receipt(const Digest& message, Date received) override;
    Result<std::vector<std::pair<Digest, Date>>> receipts() override;

    Result<Done> put_reading(PersonId person, const Digest& message, int intake_version,
                             const std::string& blob) override;
    Result<std::vector<ReadingRow>> readings(PersonId person) override;
    Result<std::vector<PersonId>> persons_in(const Digest& message) override;
    Result<std::vector<PersonId>> persons() override;

    Result<Done> add_line(const LineRow& row) override;
    Result<std::vector<LineRow>> lines(const LineId& line) override;
    Result<std::vector<LineRow>> lines_of(PersonId person) override;
    Result<Done> add_successor(const facts::Successor& successor, PersonId successor_person,
                               const Digest& message) override;
    Result<std::vector<facts::Known<facts::Successor>>> successors(const LineId& predecessor) override;

    Result<Done> add_link(PersonId a, PersonId b) override;
    Result<std::vector<PersonId>> linked(PersonId person) override;

    Result<Done> mark_dirty(PersonId person) override;
    Result<Done> mark_all_dirty() override;
    Result<std::vector<PersonId>> due(Date as_of, const Digest& law, std::size_t limit) override;
    Result<Done> put_case(const CaseRow& row) override;
    Result<std::optional<CaseRow>> case_of(PersonId person) override;
    Result<std::vector<CountRow>> totals() override;
    Result<std::vector<PersonId>> with_actions() override;
    Result<Done> put_questions(PersonId person, const std::vector<QuestionRow>& questions) override;
    Result<Done> add_question(const QuestionRow& question) override;
    Result<Done> put_topic(std::string_view topic, const std::vector<QuestionRow>& questions) override;
    Result<std::vector<QuestionRow>> questions() override;
    Result<Done> put_losses(PersonId person, const std::vector<LossRow>& losses) override;
    Result<std::vector<LossRow>> losses() override;
    Result<Done> add_findings(const Digest& message, const Findings& findings) override;
    Result<Findings> findings() override;
    Result<Findings> findings_of(const Digest& message);
    QuestionRow take_question(Statement& row);  // of question_row

    Result<std::int64_t> next_number(std::string_view sequence) override;
    Result<std::int64_t> add_outgoing(const Outgoing& outgoing) override;
    Result<Done> set_outgoing(std::int64_t number, OutgoingState state,
                              std::optional<Date> sent_day) override;
    Result<std::vector<Outgoing>> outgoing_not_sent() override;
    Result<std::optional<Outgoing>> outgoing_by_invoice(AgbCode declarant, std::string_view invoice) override;
    Result<std::vector<Outgoing>> all_outgoing() override;
    Result<Done> add_claim(const claim::Sent& claim) override;
    Result<Done> set_claim(const claim::Sent& claim, Date day, const Digest& cause) override;
    Result<std::vector<claim::Sent>> claims_of(PersonId person) override;
    Result<std::vector<claim::Sent>> claims_in(std::int64_t outgoing) override;
    Result<std::optional<claim::Sent>> claim(AgbCode declarant, const Reference& reference) override;
    Result<std::vector<claim::Sent>> all_claims() override;

    Result<Done> put_payment(const PaymentRow& row) override;
    Result<std::optional<PaymentRow>> payment(UzoviCode insurer, std::string_view key) override;
    Result<std::vector<PaymentRow>> payments_on(AgbCode declarant, const Reference& claim) override;
    Result<std::vector<PaymentRow>> settlement_payments() override;
    Result<std::vector<PaymentRow>> open_payments() override;
    Result<std::vector<PaymentRow>> all_payments() override;
    Result<Done> add_statement(const engine::StatementRow& row) override;
    Result<std::vector<engine::StatementRow>> statements() override;
    Result<bool> add_movement(const engine::MovementRow& row) override;
    Result<Done> set_movement(const Digest& key, engine::MovementState state, UzoviCode insurer) override;
    Result<std::vector<engine::MovementRow>> unsettled_movements() override;
    Result<Done> add_payout(const engine::PayoutRow& row) override;
    Result<Done> set_payout(const engine::PayoutRow& row) override;
    Result<std::vector<engine::PayoutRow>> payouts() override;
    Result<Done> add_account_approval(const engine::AccountApproval& approval) override;
    Result<std::vector<engine::AccountApproval>> account_approvals() override;
    Result<Done> add_delivery(const DeliveryRow& row) override;
    Result<std::vector<DeliveryRow>> deliveries() override;
    Result<std::optional<Date>> cutover() override;
    Result<Done> set_cutover(Date day) override;

    Result<Done> add_entry(const ledger::Entry& entry) override;
    Result<std::vector<ledger::Entry>> entries() override;
    Result<Done> add_closing(const ledger::Closing& closing) override;
    Result<std::vector<ledger::Closing>> closings() override;
    Result<Done> add_division(const DivisionRow& row) override;
    Result<std::optional<DivisionRow>> division(std::string_view key) override;
    Result<std::vector<DivisionRow>> divisions() override;

    Result<Done> forget(PersonId person, Date day) override;
    Result<std::vector<Error>> check() override;

private:
    static Digest check_of(const Key& key);

    Result<std::int64_t> number_of(PersonId person);        // gives one to a person who is new
    Result<std::int64_t> number_of(const Digest& message);  // Error: message_unknown
    Result<std::int64_t> law_number(const Digest& law);
    // Opens what a row holds sealed; a blob that does not open marks the row as damaged.
    std::string unsealed(Statement& row, std::string_view place) const;
    std::string unsealed(Statement& row, std::string_view sealed, std::string_view place) const;

    Result<Done> add_segment(std::int64_t message, std::int64_t place, const Segment& segment,
                             Digest& commitment);
    Result<Done> insert_question(std::int64_t person, const QuestionRow& question);
    Result<Done> drop_case(std::int64_t person, PersonId id);
    Result<Done> count(const std::vector<CountRow>& counts, int sign);
    Result<CaseRow> read_case(PersonId person, Statement& row);
    Result<Done> add_step(std::int64_t number, const claim::Sent& claim, Date day, const Digest& cause);
    Result<Done> bury(std::int64_t person, Date day);

    // Each adds what it finds wrong; an Error of its own is that it could not look.
    Result<Done> check_file(std::vector<Error>& wrong);
    Result<Done> check_messages(std::vector<Error>& wrong);
    Result<Done> check_readings(std::vector<Error>& wrong);
    Result<Done> check_totals(std::vector<Error>& wrong);
    Result<Done> check_claims(std::vector<Error>& wrong);
    Result<Done> check_book(std::vector<Error>& wrong);

    std::unique_ptr<Database> database_;
    Box box_;
    Digest key_digest_;
    Vault* vault_;
    bool forgot_ = false;  // a person was forgotten in this transaction: wipe after it
};

// Where a sealed piece belongs.
std::string segment_place(std::int64_t message, std::int64_t place);
std::string reading_place(PersonId person, const Digest& message);
std::string case_place(PersonId person);
std::string question_place(PersonId person, std::string_view key);
std::string finding_place(const Digest& message);

// The link of a message in the chain covers commitments, not content: it still holds when a person is
// forgotten.
Digest message_link(const Digest& previous, const MessageRow& row, const std::vector<Digest>& commitments);
std::vector<CountRow> unpack_counts(Statement& row, std::string_view bytes);
CaseRow take_case(PersonId person, Statement& row);  // all but the counts
MessageRow take_message(Statement& row);
ledger::Entry take_entry(Statement& row);  // all but the postings
Outgoing take_outgoing(Statement& row);
claim::Sent take_sent(Statement& row);  // of claim_row

}  // namespace bundel::store
