// kill -9 between every pair of writes of what the IGO is told of its money: opening balances, advances and
// their set-off, settlements and their payments. Nothing is lost, and nothing is booked twice.
#include "bank/testing.h"
#include "engine/banking.h"
#include "engine/closing.h"
#include "engine/importing.h"
#include "engine/settlements.h"
#include "system/dying.h"

namespace bundel::testing {
namespace {
using bank::testing::account_number;
using values::Cents;
using values::Date;

const Date first = Date::of(2024, 6, 3);
const Date later = Date::of(2024, 7, 3);

std::string account_rows() {
    std::string rows = "sleutel;houder;uzovi;iban;naam;begin;eind;status;door\n";
    rows += "rek-1;53000001;;" + account_number(1).str() + ";Houder;2024-01-01;;;Anna\n";
    return rows + "rek-2;;9101;" + account_number(9101).str() + ";Houder;2024-01-01;;;Anna\n";
}

// A movement that names the settlement, of an account of the insurer.
std::string bank_statement() {
    bank::Statement statement{"S1", 1, account_number(1), {later, {}}, {later, Cents::of(150'00)}, {}};
    bank::Detail detail;
    detail.amount = Cents::of(150'00);
    detail.remittance = "beloning kw-2023";
    detail.counterparty = account_number(9101);
    statement.entries.push_back({detail.amount, false, later, later, "", "", "", {detail}});
    return bank::testing::CamtWriter(true).write({statement});
}

// Payments before and after what they are for, more than there is, and everything that is taken back.
void live_through(engine::World& world) {
    const auto import = [&](const char* name, const std::string& bytes, Date day) {
        must(engine::import_file(world, name, bytes, day));
    };
    import("openingsbalans.csv",
           "rekening;beginsaldo\nbank;1000,00\ntoegekend:9101;600,00\ndeelnemer:08000101;-1600,00\n", first);
    import("rekeningen.csv", account_rows(), first);
    import("voorschotten.csv",
           "sleutel;vervallen;voorschot;partij;dag;beweging;bedrag\n"
           "v-1;;verzekeraar;9101;2024-06-03;ontvangen;1200,00\n"
           "v-2;;deelnemer;08000101;2024-06-03;betaald;240,00\n"
           "v-3;;verzekeraar;9101;2024-06-04;betaald;200,00\n"
           "v-4;;deelnemer;08000101;2024-06-04;verrekend;40,00\n"
           "v-4;ja;deelnemer;08000101;2024-06-04;verrekend;40,00\n",
           first);
    const std::string payments = "sleutel;vervallen;uzovi;indiener;claim;van_afrekening;betaaldag;bedrag\n";
    import("betalingen.csv", payments + "p-1;;9101;53000001;;sl-2023;2024-06-03;-50,00\n", first);
    import("afrekeningen.csv",
           "sleutel;vervallen;afrekening;uzovi;jaar;claim;bedrag\n"
           "kw-2023;;kwaliteit;9101;2023;;200,00\nsl-2023;;samenloop;9101;2023;;-45,00\n"
           "kw-2022;;kwaliteit;9101;2022;;10,00\n",
           first);
    must(engine::close_month(world, Date::of(2024, 6, 1), Date::of(2024, 7, 1)));
    import("afschrift.xml", bank_statement(), later);
    import("betalingen-2.csv",
           payments +
               "p-2;;9101;53000001;;kw-2023;2024-07-03;60,00\n"
               "p-3;;9101;53000001;;kw-2022;2024-07-03;10,00\n"
               "p-1;ja;9101;53000001;;sl-2023;2024-06-03;-50,00\n",
           later);
    import("afrekeningen-2.csv",
           "sleutel;vervallen;afrekening;uzovi;jaar;claim;bedrag\nkw-2022;ja;kwaliteit;9101;2022;;10,00\n",
           later);
}

std::string balances(engine::World& world) {
    const auto books = must(engine::Books::open(world.store));
    std::string text;
    for (const auto& [account, balance] : books.book().balances()) {
        if (!balance.is_zero()) text += account.path() + " " + balance.euros() + "\n";
    }
    return text;
}

TEST(MoneyStop, AtEveryMomentNothingIsLostOrBookedTwice) {
    std::string ends;
    const Quiet quiet = die_at_every_moment(
        "money", later, [](engine::World&) {},
        [&](engine::World& world) {
            live_through(world);
            ends = balances(world);
        });
    // 1,000 + 1,200 - 200 of the insurer - 240 + 150 by the bank + 70 came in. A twelfth of both advances is
    // set off; of the rewards 10 is too much paid, and 10 was paid of one that is withdrawn.
    EXPECT_EQ(ends,
              "vordering:9101 -45,00\n"
              "te_verdelen:kwaliteit -200,00\n"
              "te_verdelen:samenloop 45,00\n"
              "deelnemer:08000101 -1.580,00\n"
              "onverwerkt:9101 -20,00\n"
              "bank 1.980,00\n"
              "toegekend:9101 500,00\n"
              "voorschot_verzekeraar:9101 -900,00\n"
              "voorschot_deelnemer:08000101 220,00\n");
    EXPECT_GT(quiet.moments, 60);
}

}  // namespace
}  // namespace bundel::testing
