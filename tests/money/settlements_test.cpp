// Yearly settlements with insurers: booked once, taken back, laid beside what is known, divided.
#include <gtest/gtest.h>

#include "engine/division.h"
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

values::PersonId granted(Office& office) {
    Woman woman;
    woman.heard_on("2023-10-20").enrolled(midwives, "2023-10-20", "2024-06-01").born("2024-06-01");
    woman.line(midwives, "V-1", "032:1101", "2023-10-20", 100'00);
    woman.line(hospital, "Z-1", "032:1101", "2023-10-21", 300'00);
    woman.care_outside("2024-02-01", 45'00);
    const auto person = office.add(woman);
    claim::Sent claim;
    claim.reference = values::Reference::of("BD1");
    claim.person = person;
    claim.declarant = igo;
    claim.insurer = insurer;
    claim.performance = performance("069:E01");
    claim.phases = values::PhaseSet::of(values::PhaseKind::prenatal);
    claim.care = {day("2023-10-20"), day("2024-05-31")};
    claim.amount = Cents::of(700'00);
    claim.as_of = day("2024-07-01");
    must(office.world.store.add_claim(claim));
    claim.state = claim::State::sent;
    claim.sent_day = day("2024-07-01");
    must(office.world.store.set_claim(claim, day("2024-07-01"), {}));
    auto books = must(engine::Books::open(office.world.store));
    must(engine::book_sent(books, claim, day("2024-07-01")));
    claim.state = claim::State::approved;
    claim.granted = claim.amount;
    claim.answered_day = day("2024-07-20");
    must(office.world.store.set_claim(claim, day("2024-07-20"), {}));
    must(engine::book_answer(books, claim, must(office.world.store.claims_of(person)), office.rulebook(),
                             day("2024-07-20")));
    return person;
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

}  // namespace
}  // namespace bundel::testing
