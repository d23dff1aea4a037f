// Yearly settlements with insurers: booked once, taken back, laid beside what is known, divided.
#include <gtest/gtest.h>

#include "engine/division.h"
#include "engine/payments.h"
#include "engine/settlements.h"
#include "office.h"

namespace bundel::testing {
namespace {

using intake::SettlementOf;
using ledger::Account;
using ledger::AccountKind;
using values::Cents;

intake::Settlement row(std::string_view key, SettlementOf of, std::int64_t cents, std::string_view claim = "",
                       bool withdrawn = false) {
    intake::Settlement made;
    made.key = base::FixedText<40>::of(key);
    made.withdrawn = withdrawn;
    made.of = of;
    made.insurer = insurer;
    made.year = 2023;
    made.claim = values::Reference::of(claim);
    made.amount = Cents::of(cents);
    return made;
}

// "news=1 settlement_unknown"
std::string take(Office& office, const std::vector<intake::Settlement>& rows,
                 std::string_view on = "2024-09-01") {
    base::Findings findings;
    const auto fresh =
        must(engine::take_settlements(office.world, rows, "afrekeningen.csv", day(on), findings));
    std::string told = "news=" + std::to_string(fresh);
    for (const auto& finding : findings) told += " " + finding.code;
    return told;
}

Cents balance(Office& office, AccountKind kind, std::string_view party) {
    return must(engine::Books::open(office.world.store)).book().balance(Account::of(kind, party));
}

// A woman with care outside in the phase that her bundle BD1 of 700.00 is for.
void granted(Office& office) {
    Woman woman;
    woman.heard_on("2023-10-20").enrolled(midwives, "2023-10-20", "2024-06-01").born("2024-06-01");
    woman.line(midwives, "V-1", "032:1101", "2023-10-20", 100'00);
    woman.line(hospital, "Z-1", "032:1101", "2023-10-21", 300'00);
    woman.care_outside("2024-02-01", 45'00);
    granted(office, office.add(woman), "BD1", {day("2023-10-20"), day("2024-05-31")}, 700'00, "2024-07-01");
}

Region settling_yearly() {
    Region region = testing::region();
    region.contract_2023().overlap = values::OverlapPolicy::true_up_yearly;
    return region;
}

TEST(Settlements, AreBookedOnceAndTakenBack) {
    Office office(settling_yearly());
    granted(office);
    const auto overlap = row("a-1", SettlementOf::overlap, -45'00, "BD1");
    const auto reward = row("a-2", SettlementOf::quality, 200'00);
    EXPECT_EQ(take(office, {overlap, reward}), "news=2");
    EXPECT_EQ(take(office, {overlap, reward}), "news=0");
    EXPECT_EQ(balance(office, AccountKind::to_divide, "samenloop"), Cents::of(45'00));
    EXPECT_EQ(balance(office, AccountKind::to_divide, "kwaliteit"), Cents::of(-200'00));
    EXPECT_EQ(office.breaches(), "");
    EXPECT_EQ(take(office, {row("a-1", SettlementOf::overlap, -44'00, "BD1")}),
              "news=0 settlement_key_reused");
    EXPECT_EQ(take(office, {row("a-9", SettlementOf::overlap, -44'00, "BD1", true)}),
              "news=0 settlement_unknown");
    EXPECT_EQ(take(office, {row("a-3", SettlementOf::overlap, -1, "BD7")}),
              "news=0 settlement_claim_unknown");
    EXPECT_EQ(take(office, {row("a-2", SettlementOf::quality, 200'00, "", true)}), "news=1");
    EXPECT_EQ(balance(office, AccountKind::to_divide, "kwaliteit"), Cents());
    EXPECT_EQ(office.breaches(), "");
}

TEST(Settlements, AreLaidBesideWhatIsKnown) {
    Office office(settling_yearly());
    granted(office);
    const auto as_of = day("2024-10-01");
    EXPECT_TRUE(must(engine::settled_claims(office.world, as_of)).empty());  // nothing settled yet
    take(office, {row("a-1", SettlementOf::overlap, -45'00, "BD1")});
    auto claims = must(engine::settled_claims(office.world, as_of));
    ASSERT_EQ(claims.size(), 1U);
    EXPECT_EQ(claims.front().ours, Cents::of(45'00));
    EXPECT_EQ(claims.front().theirs, Cents::of(45'00));
    EXPECT_TRUE(claims.front().agrees());
    take(office, {row("a-2", SettlementOf::overlap, -5'00, "BD1")});
    must(engine::ask_about_settlements(office.world, as_of));
    const auto questions = must(office.world.store.questions());
    const auto asked = std::ranges::find(questions, "settlement_differs", &engine::QuestionRow::code);
    ASSERT_NE(asked, questions.end());
    EXPECT_EQ(asked->amount, Cents::of(5'00));
}

TEST(Settlements, AreDividedOverWhoCaredForTheWomenOfThatYear) {
    auto files = rulebook_files();
    files["division/example.toml"] =
        "id = \"proef\"\nfrom = 2017-01-01\nstatus = \"example\"\nsource = \"proef\"\npot = \"claim\"\n"
        "vat = \"unknown\"\n[[step]]\nkind = \"activity\"\nname = \"Activiteit\"\nside = \"gross\"\n";
    const auto rulebook = load_rulebook(files);
    Office office(settling_yearly(), rulebook);
    granted(office);
    take(office,
         {row("a-1", SettlementOf::overlap, -40'00, "BD1"), row("a-2", SettlementOf::quality, 200'00)});
    const auto divided = must(engine::divide_all(office.world, day("2024-10-01")));
    EXPECT_EQ(divided.booked, 3U);
    // 700.00 - 40.00 + 200.00 at 3:1.
    EXPECT_EQ(balance(office, AccountKind::payable, "06000102"), Cents::of(-645'00));
    EXPECT_EQ(balance(office, AccountKind::payable, "08000101"), Cents::of(-215'00));
    EXPECT_EQ(must(engine::divide_all(office.world, day("2024-10-02"))).booked, 0U);
    take(office, {row("a-2", SettlementOf::quality, 200'00, "", true)}, "2024-10-03");
    EXPECT_EQ(must(engine::divide_all(office.world, day("2024-10-03"))).booked, 1U);
    EXPECT_EQ(balance(office, AccountKind::payable, "08000101"), Cents::of(-165'00));
    EXPECT_EQ(office.breaches(), "");
}

// What an insurer pays of a settlement.
intake::Payment paid(std::string_view key, std::string_view settlement, std::int64_t cents,
                     bool withdrawn = false) {
    intake::Payment made;
    made.key = base::FixedText<40>::of(key);
    made.withdrawn = withdrawn;
    made.insurer = insurer;
    made.declarant = igo;
    made.settlement = base::FixedText<40>::of(settlement);
    made.day = day("2024-09-20");
    made.amount = Cents::of(cents);
    return made;
}

std::string pay(Office& office, const std::vector<intake::Payment>& rows) {
    const std::string bytes = "betalingen " + std::to_string(must(office.world.store.all_payments()).size()) +
                              (rows.front().withdrawn ? " ingetrokken" : "");
    const auto message = base::digest(bytes);
    must(office.world.store.add_message({message, engine::Direction::received, "csv betalingen", bytes},
                                        {{values::PersonId{}, bytes}}));
    must(office.world.store.add_receipt(message, day("2024-09-25")));
    base::Findings findings;
    const auto fresh = must(
        engine::take_payments(office.world, rows, message, "betalingen.csv", day("2024-09-25"), findings));
    std::string told = "news=" + std::to_string(fresh);
    for (const auto& finding : findings) told += " " + finding.code;
    return told;
}

std::vector<std::string> asked(Office& office) {
    must(engine::ask_about_payments(office.world, day("2027-01-01")));
    std::vector<std::string> codes;
    for (const auto& question : must(office.world.store.questions())) codes.push_back(question.code);
    return codes;
}

// One row of what happened, in order: a settlement is booked or withdrawn, a payment comes or is withdrawn.
struct Happens {
    std::optional<intake::Settlement> settlement;
    std::optional<intake::Payment> payment;
};
Happens booked(std::int64_t cents) {
    return {row("a-2024-1", SettlementOf::quality, cents), {}};
}
Happens gone(std::int64_t cents) {
    return {row("a-2024-1", SettlementOf::quality, cents, "", true), {}};
}
Happens pays(std::int64_t cents, std::string_view key = "p-1") {
    return {{}, paid(key, "a-2024-1", cents)};
}
Happens unpays(std::int64_t cents, std::string_view key = "p-1") {
    return {{}, paid(key, "a-2024-1", cents, true)};
}

TEST(Settlements, ArePaidByWhatNamesThem) {
    using Codes = std::vector<std::string>;
    struct Row {
        const char* name;
        std::vector<Happens> events;
        std::int64_t open, unapplied, bank;  // debit > 0
        Codes questions;
    };
    const Codes unknown{"payment_settlement_unknown"};
    const Codes above{"payment_above_settled"};
    const Row rows[] = {
        {"paid", {booked(200), pays(200)}, 0, 0, 200, {}},
        {"paid before it is known", {pays(200), booked(200)}, 0, 0, 200, {}},
        {"in parts", {booked(200), pays(150), pays(50, "p-2")}, 0, 0, 200, {}},
        {"a cent too little", {booked(200), pays(199)}, 1, 0, 199, {}},
        {"a cent too much", {booked(200), pays(201)}, 0, -1, 201, above},
        {"by us", {booked(-200), pays(-200)}, 0, 0, -200, {}},
        {"by us, a cent too much", {booked(-200), pays(-201)}, 0, 1, -201, above},
        {"in the wrong direction", {booked(-200), pays(200)}, -200, -200, 200, above},
        {"taken back", {booked(200), pays(200), pays(-200, "p-2")}, 200, 0, 0, {}},
        {"more taken back", {booked(200), pays(200), pays(-201, "p-2")}, 200, 1, -1, above},
        {"room again for what was too much",
         {booked(200), pays(200), pays(200, "p-2"), pays(-200, "p-3")},
         0,
         0,
         200,
         {}},
        {"never booked", {pays(200)}, 0, -200, 200, unknown},
        {"withdrawn before it is paid", {booked(200), gone(200), pays(200)}, 0, -200, 200, unknown},
        {"withdrawn after it is paid", {booked(200), pays(200), gone(200)}, 0, -200, 200, unknown},
        {"withdrawn after it is paid, and taken back",
         {booked(200), pays(200), gone(200), pays(-200, "p-2")},
         0,
         0,
         0,
         {}},
        {"withdrawn payment", {booked(200), pays(200), unpays(200)}, 200, 0, 0, {}},
        {"withdrawn payment, in part", {booked(200), pays(300), unpays(300)}, 200, 0, 0, {}},
        {"both withdrawn", {booked(200), pays(200), gone(200), unpays(200)}, 0, 0, 0, {}},
        {"both withdrawn, payment first", {pays(200), booked(200), unpays(200), gone(200)}, 0, 0, 0, {}},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        Office office(settling_yearly());
        for (const Happens& event : row.events) {
            EXPECT_EQ(event.settlement ? take(office, {*event.settlement}) : pay(office, {*event.payment}),
                      "news=1");
        }
        EXPECT_EQ(balance(office, AccountKind::receivable, "9101"), Cents::of(row.open));
        EXPECT_EQ(balance(office, AccountKind::unapplied, "9101"), Cents::of(row.unapplied));
        EXPECT_EQ(balance(office, AccountKind::bank, ""), Cents::of(row.bank));
        EXPECT_EQ(asked(office).empty(), row.questions.empty());
        for (const std::string& code : asked(office)) EXPECT_EQ(Codes{code}, row.questions);
        EXPECT_EQ(office.breaches(), "");
    }
}

TEST(Settlements, AreKnownToAPaymentByInsurerAndKey) {
    Office office(settling_yearly());
    take(office, {row("a-2024-1", SettlementOf::quality, 200'00)});
    auto other = paid("p-1", "a-2024-1", 200'00);
    other.insurer = values::UzoviCode::of(9201);
    auto participant = paid("p-2", "a-2024-1", 200'00);
    participant.declarant = midwives;
    pay(office, {other, participant, paid("p-3", "A-2024-1", 1'00)});
    EXPECT_EQ(balance(office, AccountKind::receivable, "9101"), Cents::of(200'00));
    EXPECT_EQ(balance(office, AccountKind::unapplied, "9201"), Cents::of(-200'00));
    EXPECT_EQ(balance(office, AccountKind::bank, ""), Cents::of(201'00));  // not that of a participant
    EXPECT_EQ(asked(office), std::vector<std::string>(3, "payment_settlement_unknown"));
    // The same payment of another settlement is another payment.
    EXPECT_EQ(pay(office, {paid("p-3", "a-2024-1", 1'00)}), "news=0 payment_key_reused");
}

// A breach is seen when what a payment says it did is not what was booked.
TEST(Settlements, OpenByTheBookAndByTheirPaymentsAreTheSame) {
    Office office(settling_yearly());
    take(office, {row("a-2024-1", SettlementOf::quality, 200'00)});
    pay(office, {paid("p-1", "a-2024-1", 200'00)});
    auto kept = *must(office.world.store.payment(insurer, "p-1"));
    kept.applied = Cents::of(199'99);
    must(office.world.store.put_payment(kept));
    EXPECT_NE(office.breaches().find("breach_settlement"), std::string::npos) << office.breaches();
}

TEST(Settlements, ATextNamesThemByTheirKey) {
    Office office(settling_yearly());
    take(office,
         {row("a-2024-1", SettlementOf::quality, 200'00), row("samenloop 2023/4", SettlementOf::overlap, 1),
          row("abc", SettlementOf::quality, 1), row("abcd", SettlementOf::quality, 1)});
    const auto books = must(engine::Books::open(office.world.store));
    struct Row {
        const char* text;
        std::vector<std::string> keys;
    };
    const Row rows[] = {{"a-2024-1", {"a-2024-1"}},
                        {"Kwaliteit (a-2024-1), samenloop 2023/4.", {"a-2024-1", "samenloop 2023/4"}},
                        {"a-2024-1 en nog eens a-2024-1", {"a-2024-1"}},
                        {"a-2024-12", {}},
                        {"xa-2024-1", {}},
                        {"A-2024-1", {}},
                        {"a 2024 1", {}},
                        {"abc", {}},  // too short to be no chance
                        {"abcd", {"abcd"}},
                        {"", {}}};
    for (const Row& row : rows) {
        std::vector<std::string> keys;
        for (const auto& named : engine::rows_named(books.book(), row.text)) {
            keys.push_back(named.key);
            EXPECT_EQ(named.insurer, insurer);
        }
        EXPECT_EQ(keys, row.keys) << row.text;
    }
}

}  // namespace
}  // namespace bundel::testing
