// The ports of the engine with a death in them: the moments before each call that changes something are
// counted, and those after each that is seen outside (commit, stage, release); at a given count the process
// is killed as by `kill -9`. Calls that only read leave nothing behind: a death after one is a death before
// the next change. What was kept is told to the parent at once.
#pragma once

#include <signal.h>
#include <unistd.h>

#include <cstdint>
#include <string>

#include "engine/ports.h"

namespace bundel::testing {
using namespace engine;

// Dies at the `at`-th moment; 0: never.
class Doom {
public:
    explicit Doom(std::int64_t at, int tell = -1) : at_(at), tell_(tell) {}
    std::int64_t moments() const { return moments_; }
    void moment() {
        if (++moments_ == at_) ::kill(::getpid(), SIGKILL);
    }
    void tell(const std::string& what) const {
        const std::string line = what + "\n";
        if (tell_ >= 0 && ::write(tell_, line.data(), line.size()) < 0) ::_exit(3);
    }

    template <typename Call>
    auto before(const Call& call) {
        moment();
        return call();
    }

private:
    std::int64_t at_;
    int tell_;
    std::int64_t moments_ = 0;
};

class CountedStore final : public Store {
public:
    CountedStore(Store& inner, Doom& doom) : in_(inner), doom_(doom) {}

    Result<Done> begin() override {
        pending_.clear();
        return doom_.before([&] { return in_.begin(); });
    }
    Result<Done> commit() override {
        doom_.moment();
        auto done = in_.commit();
        if (done.ok() && !pending_.empty()) doom_.tell(pending_);
        doom_.moment();
        return done;
    }
    void rollback() override { in_.rollback(); }

    Result<bool> has_message(const Digest& id) override { return in_.has_message(id); }
    Result<Done> add_message(const MessageRow& row, const std::vector<Segment>& segments) override {
        promise("message " + row.id.hex());
        return doom_.before([&] { return in_.add_message(row, segments); });
    }
    Result<MessageRow> message(const Digest& id) override { return in_.message(id); }
    Result<std::string> message_bytes(const Digest& id) override { return in_.message_bytes(id); }
    Result<std::vector<MessageRow>> messages(Direction direction) override { return in_.messages(direction); }
    Result<bool> add_receipt(const Digest& message, Date received) override {
        promise("receipt " + message.hex() + " " + received.iso());
        return doom_.before([&] { return in_.add_receipt(message, received); });
    }
    Result<std::vector<std::pair<Digest, Date>>> receipts() override { return in_.receipts(); }

    Result<Done> put_reading(PersonId person, const Digest& message, int version,
                             const std::string& blob) override {
        return doom_.before([&] { return in_.put_reading(person, message, version, blob); });
    }
    Result<std::vector<ReadingRow>> readings(PersonId person) override { return in_.readings(person); }
    Result<std::vector<PersonId>> persons_in(const Digest& message) override {
        return in_.persons_in(message);
    }
    Result<std::vector<PersonId>> persons() override { return in_.persons(); }

    Result<Done> add_line(const LineRow& row) override {
        return doom_.before([&] { return in_.add_line(row); });
    }
    Result<std::vector<LineRow>> lines(const LineId& line) override { return in_.lines(line); }
    Result<std::vector<LineRow>> lines_of(PersonId person) override { return in_.lines_of(person); }
    Result<Done> add_successor(const facts::Successor& successor, PersonId person,
                               const Digest& message) override {
        return doom_.before([&] { return in_.add_successor(successor, person, message); });
    }
    Result<std::vector<facts::Known<facts::Successor>>> successors(const LineId& predecessor) override {
        return in_.successors(predecessor);
    }

    Result<Done> add_link(PersonId a, PersonId b) override {
        return doom_.before([&] { return in_.add_link(a, b); });
    }
    Result<std::vector<PersonId>> linked(PersonId person) override { return in_.linked(person); }

    Result<Done> mark_dirty(PersonId person) override {
        return doom_.before([&] { return in_.mark_dirty(person); });
    }
    Result<Done> mark_all_dirty() override {
        return doom_.before([&] { return in_.mark_all_dirty(); });
    }
    Result<std::vector<PersonId>> due(Date as_of, const Digest& law, std::size_t limit) override {
        return in_.due(as_of, law, limit);
    }
    Result<Done> put_case(const CaseRow& row) override {
        return doom_.before([&] { return in_.put_case(row); });
    }
    Result<std::optional<CaseRow>> case_of(PersonId person) override { return in_.case_of(person); }
    Result<std::vector<CountRow>> totals() override { return in_.totals(); }
    Result<std::vector<PersonId>> with_actions() override { return in_.with_actions(); }
    Result<Done> put_questions(PersonId person, const std::vector<QuestionRow>& questions) override {
        return doom_.before([&] { return in_.put_questions(person, questions); });
    }
    Result<Done> add_question(const QuestionRow& question) override {
        return doom_.before([&] { return in_.add_question(question); });
    }
    Result<Done> put_topic(std::string_view topic, const std::vector<QuestionRow>& questions) override {
        return doom_.before([&] { return in_.put_topic(topic, questions); });
    }
    Result<std::vector<QuestionRow>> questions() override { return in_.questions(); }
    Result<Done> put_losses(PersonId person, const std::vector<LossRow>& losses) override {
        return doom_.before([&] { return in_.put_losses(person, losses); });
    }
    Result<std::vector<LossRow>> losses() override { return in_.losses(); }
    Result<Done> add_findings(const Digest& message, const base::Findings& findings) override {
        return doom_.before([&] { return in_.add_findings(message, findings); });
    }
    Result<base::Findings> findings() override { return in_.findings(); }

    Result<std::int64_t> next_number(std::string_view sequence) override {
        return doom_.before([&] { return in_.next_number(sequence); });
    }
    Result<std::int64_t> add_outgoing(const Outgoing& outgoing) override {
        return doom_.before([&] { return in_.add_outgoing(outgoing); });
    }
    Result<Done> set_outgoing(std::int64_t number, OutgoingState state,
                              std::optional<Date> sent_day) override {
        if (state == OutgoingState::sent) promise("sent " + std::to_string(number));
        return doom_.before([&] { return in_.set_outgoing(number, state, sent_day); });
    }
    Result<std::vector<Outgoing>> outgoing_not_sent() override { return in_.outgoing_not_sent(); }
    Result<std::optional<Outgoing>> outgoing_by_invoice(AgbCode declarant,
                                                        std::string_view invoice) override {
        return in_.outgoing_by_invoice(declarant, invoice);
    }
    Result<std::vector<Outgoing>> all_outgoing() override { return in_.all_outgoing(); }
    Result<Done> add_claim(const claim::Sent& claim) override {
        promise("claim " + claim.declarant.digits() + "/" + claim.reference.str());
        return doom_.before([&] { return in_.add_claim(claim); });
    }
    Result<Done> set_claim(const claim::Sent& claim, Date day, const Digest& cause) override {
        return doom_.before([&] { return in_.set_claim(claim, day, cause); });
    }
    Result<std::vector<claim::Sent>> claims_of(PersonId person) override { return in_.claims_of(person); }
    Result<std::vector<claim::Sent>> claims_in(std::int64_t outgoing) override {
        return in_.claims_in(outgoing);
    }
    Result<std::optional<claim::Sent>> claim(AgbCode declarant, const Reference& reference) override {
        return in_.claim(declarant, reference);
    }
    Result<std::vector<claim::Sent>> all_claims() override { return in_.all_claims(); }

    Result<Done> add_statement(const StatementRow& row) override {
        return doom_.before([&] { return in_.add_statement(row); });
    }
    Result<std::vector<StatementRow>> statements() override { return in_.statements(); }
    Result<bool> add_movement(const MovementRow& row) override {
        return doom_.before([&] { return in_.add_movement(row); });
    }
    Result<Done> set_movement(const Digest& key, MovementState state, UzoviCode insurer) override {
        return doom_.before([&] { return in_.set_movement(key, state, insurer); });
    }
    Result<std::vector<MovementRow>> unsettled_movements() override { return in_.unsettled_movements(); }
    Result<Done> add_payout(const PayoutRow& row) override {
        return doom_.before([&] { return in_.add_payout(row); });
    }
    Result<Done> set_payout(const PayoutRow& row) override {
        return doom_.before([&] { return in_.set_payout(row); });
    }
    Result<std::vector<PayoutRow>> payouts() override { return in_.payouts(); }
    Result<Done> add_account_approval(const AccountApproval& approval) override {
        return doom_.before([&] { return in_.add_account_approval(approval); });
    }
    Result<std::vector<AccountApproval>> account_approvals() override { return in_.account_approvals(); }

    Result<Done> put_payment(const PaymentRow& row) override {
        return doom_.before([&] { return in_.put_payment(row); });
    }
    Result<std::optional<PaymentRow>> payment(UzoviCode insurer, std::string_view key) override {
        return in_.payment(insurer, key);
    }
    Result<std::vector<PaymentRow>> payments_on(AgbCode declarant, const Reference& claim) override {
        return in_.payments_on(declarant, claim);
    }
    Result<std::vector<PaymentRow>> settlement_payments() override { return in_.settlement_payments(); }
    Result<std::vector<PaymentRow>> open_payments() override { return in_.open_payments(); }
    Result<std::vector<PaymentRow>> all_payments() override { return in_.all_payments(); }
    Result<Done> add_delivery(const DeliveryRow& row) override {
        return doom_.before([&] { return in_.add_delivery(row); });
    }
    Result<std::vector<DeliveryRow>> deliveries() override { return in_.deliveries(); }
    Result<std::optional<Date>> cutover() override { return in_.cutover(); }
    Result<Done> set_cutover(Date day) override {
        return doom_.before([&] { return in_.set_cutover(day); });
    }

    Result<Done> add_entry(const ledger::Entry& entry) override {
        promise("entry " + entry.digest.hex());
        return doom_.before([&] { return in_.add_entry(entry); });
    }
    Result<std::vector<ledger::Entry>> entries() override { return in_.entries(); }
    Result<Done> add_closing(const ledger::Closing& closing) override {
        promise("closing " + closing.digest.hex());
        return doom_.before([&] { return in_.add_closing(closing); });
    }
    Result<std::vector<ledger::Closing>> closings() override { return in_.closings(); }
    Result<Done> add_division(const DivisionRow& row) override {
        return doom_.before([&] { return in_.add_division(row); });
    }
    Result<std::optional<DivisionRow>> division(std::string_view key) override { return in_.division(key); }
    Result<std::vector<DivisionRow>> divisions() override { return in_.divisions(); }
    Result<Done> forget(PersonId person, Date day) override {
        return doom_.before([&] { return in_.forget(person, day); });
    }
    Result<std::vector<Error>> check() override { return in_.check(); }

private:
    // Told once the transaction is kept.
    void promise(const std::string& what) { pending_ += (pending_.empty() ? "" : "\n") + what; }

    Store& in_;
    Doom& doom_;
    std::string pending_;
};

class CountedIdentities final : public Identities {
public:
    CountedIdentities(Identities& inner, Doom& doom) : in_(inner), doom_(doom) {}
    Result<PersonId> person(const intake::IdentityRow& row) override {
        return doom_.before([&] { return in_.person(row); });
    }
    Result<intake::IdentityRow> identity(PersonId person) override { return in_.identity(person); }
    Result<std::optional<PersonId>> find(const values::Bsn& bsn) override { return in_.find(bsn); }
    Result<std::optional<PersonId>> find(AgbCode declarant, std::string_view patient_number) override {
        return in_.find(declarant, patient_number);
    }
    Result<Done> forget(PersonId person) override {
        return doom_.before([&] { return in_.forget(person); });
    }

private:
    Identities& in_;
    Doom& doom_;
};

class CountedOutbox final : public Outbox {
public:
    CountedOutbox(Outbox& inner, Doom& doom) : in_(inner), doom_(doom) {}
    Result<Done> stage(const std::string& file_name, std::string_view bytes) override {
        doom_.moment();
        auto done = in_.stage(file_name, bytes);
        doom_.moment();
        return done;
    }
    bool is_staged(const std::string& file_name) override { return in_.is_staged(file_name); }
    Result<Done> release(const std::string& file_name) override {
        doom_.moment();
        auto done = in_.release(file_name);
        if (done.ok()) doom_.tell("file " + file_name);
        doom_.moment();
        return done;
    }

private:
    Outbox& in_;
    Doom& doom_;
};

}  // namespace bundel::testing
