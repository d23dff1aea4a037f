// The desk of the treasurer: an engine on a store in memory, accounts, a book with balances, and a bank that
// writes statements.
#pragma once

#include <gtest/gtest.h>

#include "bank/testing.h"
#include "engine/banking.h"
#include "engine/importing.h"
#include "engine/payments.h"
#include "engine/payouts.h"
#include "engine/region.h"
#include "engine/verify.h"
#include "support/rulebook_files.h"
#include "support/store_fixture.h"

namespace bundel::testing {
using bank::testing::account_number;
using values::AgbCode;
using values::Cents;
using values::Date;

inline const AgbCode igo_code = AgbCode::of(53'000'001);
inline const Date desk_day = Date::of(2024, 6, 3);

inline const rulebook::Rulebook& desk_rulebook() {
    static const rulebook::Rulebook book = load_rulebook();
    return book;
}

inline std::string code_of(const base::Error& error) {
    return error.code;
}
template <class Value>
std::string code_of(const base::Result<Value>& result) {
    return result.ok() ? "" : result.error().code;
}

class Desk {
public:
    explicit Desk(engine::Settings settings = {igo_code, false})
        : world{fixture_.store, fixture_.identities, fixture_.outbox, desk_rulebook(), layouts_, settings} {}

    static std::string account_row(const std::string& owner, int account, const std::string& by = "Anna",
                                   const std::string& status = "") {
        const bool insurer = owner.size() == 4;
        return "rek-" + owner + "-" + std::to_string(account) + ";" + (insurer ? "" : owner) + ";" +
               (insurer ? owner : "") + ";" + account_number(account).str() + ";Houder " + owner +
               ";2024-01-01;;" + status + ";" + by + "\n";
    }
    engine::Imported accounts(const std::string& rows, Date received = desk_day) {
        return import("rekeningen.csv", "sleutel;houder;uzovi;iban;naam;begin;eind;status;door\n" + rows,
                      received);
    }
    engine::Imported import(const std::string& name, const std::string& bytes, Date received) {
        auto imported = engine::import_file(world, name, bytes, received);
        EXPECT_TRUE(imported.ok()) << (imported.ok() ? "" : imported.error().code);
        return std::move(imported).value();
    }

    // The IGO and two participants with an account, both approved by Ben.
    void settle_in() {
        accounts(account_row("53000001", 1) + account_row("08000101", 801) + account_row("33000101", 3301));
        for (const int account : {801, 3301})
            EXPECT_EQ(code_of(engine::approve_account(world, account_number(account), "Ben", desk_day)), "");
    }

    // A participant has this much (more) coming.
    void divide(std::uint32_t participant, std::int64_t cents, Date day = desk_day) {
        ledger::Event event;
        event.kind = ledger::EventKind::division_booked;
        event.key = "verdeeld:" + std::to_string(++divisions_);
        event.booking_day = day;
        event.care_period = values::Period::day(day);
        event.performance = "069:E01";
        event.shares = {{AgbCode::of(participant), Cents::of(cents)}};
        post(event);
    }
    void post(const ledger::Event& event) {
        auto books = engine::Books::open(world.store);
        const auto posted = books->post(event);
        EXPECT_TRUE(posted.ok()) << code_of(posted);
    }
    Cents balance(ledger::AccountKind kind, const std::string& party) {
        return engine::Books::open(world.store)->book().balance(ledger::Account::of(kind, party));
    }

    static bank::Detail movement(std::int64_t cents, const std::string& end_to_end,
                                 const std::string& remittance = {}, std::optional<int> account = {}) {
        bank::Detail detail;
        detail.amount = Cents::of(cents);
        detail.end_to_end = end_to_end;
        detail.remittance = remittance;
        if (account) detail.counterparty = account_number(*account);
        return detail;
    }
    // The statement of a day; each movement an entry of its own.
    bank::Statement statement(int number, std::int64_t opening, const std::vector<bank::Detail>& movements) {
        const Date day = desk_day.plus_days(number);
        bank::Statement statement{"S" + std::to_string(number), number, account_number(1), {}, {}, {}};
        statement.opening = {day, Cents::of(opening)};
        statement.closing = statement.opening;
        for (const bank::Detail& detail : movements) {
            bank::Entry entry{detail.amount, false, day, day, "", "", "", {detail}};
            statement.closing.amount += detail.amount;
            statement.entries.push_back(entry);
        }
        return statement;
    }
    engine::Imported bring(const std::vector<bank::Statement>& statements, Date received = desk_day) {
        return import("afschrift.xml", bank::testing::CamtWriter(true).write(statements), received);
    }

    // An invoice that went out to an insurer; its claims are added to it.
    std::int64_t invoice(const std::string& number, int insurer = 9991) {
        engine::Outgoing outgoing;
        outgoing.kind = "KZ301 3.2-provisional";
        outgoing.file_name = "verzekeraars/" + number + ".txt";
        outgoing.invoice = number;
        outgoing.declarant = igo_code;
        outgoing.insurer = values::UzoviCode::of(insurer);
        outgoing.as_of = desk_day;
        outgoing.state = engine::OutgoingState::sent;
        outgoing.message = base::digest(number);
        EXPECT_EQ(code_of(world.store.add_message(
                      {outgoing.message, engine::Direction::sent, outgoing.kind, number},
                      {{values::PersonId{}, number}})),
                  "");
        return world.store.add_outgoing(outgoing).value();
    }
    void claim(std::int64_t invoice, const std::string& reference, std::int64_t cents, bool answered = true,
               int insurer = 9991) {
        claim::Sent sent;
        sent.reference = values::Reference::of(reference);
        sent.person = {1, static_cast<std::uint64_t>(++claims_)};
        sent.declarant = igo_code;
        sent.insurer = values::UzoviCode::of(insurer);
        sent.performance = values::PerformanceCode::of(69, "E01");
        sent.care = values::Period::day(desk_day);
        sent.amount = Cents::of(cents);
        sent.phases.add(values::PhaseKind::prenatal);
        sent.message = invoice;
        sent.state = claim::State::sent;
        sent.sent_day = desk_day;
        EXPECT_EQ(code_of(world.store.add_claim(sent)), "");
        auto books = engine::Books::open(world.store);
        EXPECT_EQ(code_of(engine::book_sent(*books, sent, desk_day)), "");
        if (answered) answer(reference);
    }
    // Approved as it is.
    void answer(const std::string& reference) {
        claim::Sent sent = **world.store.claim(igo_code, values::Reference::of(reference));
        sent.state = claim::State::approved;
        sent.granted = sent.amount;
        sent.answered_day = desk_day;
        EXPECT_EQ(code_of(world.store.set_claim(sent, desk_day, base::digest("answer"))), "");
        auto books = engine::Books::open(world.store);
        EXPECT_EQ(code_of(engine::book_answer(*books, sent, {sent}, world.rulebook, desk_day)), "");
        EXPECT_EQ(code_of(engine::apply_waiting(world, *books, sent, desk_day)), "");
    }
    Cents paid(const std::string& reference) {
        return (*world.store.claim(igo_code, values::Reference::of(reference)))->paid;
    }

    std::vector<engine::PayoutRow> payouts() { return world.store.payouts().value(); }
    std::vector<std::string> questions() {
        std::vector<std::string> codes;
        const auto all = world.store.questions();
        for (const auto& question : *all) codes.push_back(question.code);
        std::sort(codes.begin(), codes.end());
        return codes;
    }
    std::string breaches() {
        std::string all;
        const auto verified = engine::verify(world);
        if (!verified.ok()) return code_of(verified);
        for (const auto& breach : verified->breaches) all += breach.code + " ";
        return all;
    }

    // Proposed by Anna, approved by Ben, sent: the payout's number, or 0.
    std::int64_t pay_out(Date day = desk_day) {
        const auto proposed = engine::propose_payout(world, "Anna", day, day);
        EXPECT_EQ(code_of(proposed), "");
        if (proposed->number == 0) return 0;
        EXPECT_EQ(code_of(engine::approve_payout(world, proposed->number, "Ben", day)), "");
        EXPECT_EQ(code_of(engine::send_payouts(world, day)), "");
        return proposed->number;
    }

    std::map<std::string, std::string>& sent() { return fixture_.outbox.sent; }

private:
    StoreFixture fixture_;
    wire::Layouts layouts_;
    int divisions_ = 0;
    int claims_ = 0;

public:
    engine::World world;
};

}  // namespace bundel::testing
