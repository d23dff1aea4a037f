#include "bank/pain001.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <regex>

#include "bank/letters.h"
#include "bank/testing.h"
#include "support/property.h"

namespace bundel::bank {
namespace {
using testing::account_number;

Batch small_batch(PainVersion version) {
    Batch batch{"U000000001",
                Date::of(2024, 6, 3),
                Date::of(2024, 6, 5),
                "IGO Voorbeeld",
                account_number(1),
                std::nullopt,
                {},
                version};
    batch.orders = {
        {"U000000001-0002", Cents::of(50'01), "Kraamzorg 't Vóórbeeld & Zn.", account_number(33),
         "Uitkering juni"},
        {"U000000001-0001", Cents::of(1310'75), "Verloskundigen Voorbeeld", account_number(8), ""}};
    return batch;
}

TEST(Pain001, GoldenFiles) {
    testing::expect_golden("payout.03.xml", write_pain001(small_batch(PainVersion::v03)).value());
    Batch newer = small_batch(PainVersion::v09);
    newer.bank = values::Bic::parse("VBLDNL2A").value();
    testing::expect_golden("payout.09.xml", write_pain001(newer).value());
}

TEST(Pain001, EachFaultHasItsName) {
    struct Row {
        const char* name;
        std::function<void(Batch&)> change;
        const char* code;
    };
    const std::string long_name(71, 'a');
    const Row rows[] = {
        {"nobody to pay", [](Batch& b) { b.orders.clear(); }, "pain_no_orders"},
        {"batch without id", [](Batch& b) { b.id = ""; }, "pain_reference"},
        {"batch id too long", [](Batch& b) { b.id = std::string(36, 'U'); }, "pain_reference"},
        {"in the past", [](Batch& b) { b.requested = b.created.plus_days(-1); }, "pain_day_passed"},
        {"we have no name", [](Batch& b) { b.name = " "; }, "pain_name"},
        {"reference with a letter apart", [](Batch& b) { b.orders[0].end_to_end = "U€1"; }, "pain_reference"},
        {"reference with an accent", [](Batch& b) { b.orders[0].end_to_end = "Ué1"; }, "pain_reference"},
        {"slash in front", [](Batch& b) { b.orders[0].end_to_end = "/U1"; }, "pain_reference"},
        {"slash behind", [](Batch& b) { b.orders[0].end_to_end = "U1/"; }, "pain_reference"},
        {"two slashes", [](Batch& b) { b.orders[0].end_to_end = "U//1"; }, "pain_reference"},
        {"twice", [](Batch& b) { b.orders[0].end_to_end = b.orders[1].end_to_end; }, "pain_reference_twice"},
        {"nothing", [](Batch& b) { b.orders[0].amount = Cents(); }, "pain_amount"},
        {"less than nothing", [](Batch& b) { b.orders[0].amount = Cents::of(-1); }, "pain_amount"},
        {"too much", [](Batch& b) { b.orders[0].amount = Cents::of(100'000'000'000); }, "pain_amount"},
        {"no name", [](Batch& b) { b.orders[0].name = ""; }, "pain_name"},
        {"name too long", [&](Batch& b) { b.orders[0].name = long_name; }, "pain_name"},
        {"name in other letters", [](Batch& b) { b.orders[0].name = "Примѣръ"; }, "pain_name"},
        {"description too long", [](Batch& b) { b.orders[0].remittance = std::string(141, 'a'); },
         "pain_remittance"},
        {"out of reach", [](Batch& b) { b.orders[0].account = Iban::of("BR1800360305000010009795493C1"); },
         "pain_not_sepa"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        Batch batch = small_batch(PainVersion::v09);
        row.change(batch);
        const auto written = write_pain001(batch);
        ASSERT_FALSE(written.ok());
        EXPECT_EQ(written.error().code, row.code);
    }
    Batch most = small_batch(PainVersion::v09);
    most.orders[0].amount = Cents::of(99'999'999'999);
    most.orders[1].amount = Cents::of(1);
    most.orders[0].end_to_end = std::string(35, 'U');
    most.orders[0].remittance = std::string(140, 'a');
    most.requested = most.created;
    EXPECT_TRUE(write_pain001(most).ok());
}

// What the bank would read: enough of a reader for our own files.
Batch read_back(const std::string& text, PainVersion version) {
    const auto all = [&](const std::string& from, const char* name) {
        std::vector<std::string> found;
        const std::regex element("<" + std::string(name) + "(?: [^>]*)?>([^<]*)</" + name + ">");
        for (std::sregex_iterator i(from.begin(), from.end(), element), end; i != end; ++i)
            found.push_back((*i)[1]);
        return found;
    };
    const auto first_order = text.find("<CdtTrfTxInf>");
    const std::string head = text.substr(0, first_order);
    const std::string orders = text.substr(first_order);
    Batch batch{all(head, "MsgId").at(0),
                Date::parse(all(head, "CreDtTm").at(0).substr(0, 10)).value(),
                Date::parse(all(head, version == PainVersion::v03 ? "ReqdExctnDt" : "Dt").at(0)).value(),
                all(head, "Nm").at(0),
                Iban::of(all(head, "IBAN").at(0)),
                std::nullopt,
                {},
                version};
    for (auto at = orders.find("<CdtTrfTxInf>"); at != std::string::npos;) {
        const auto next = orders.find("<CdtTrfTxInf>", at + 1);
        const std::string one = orders.substr(at, next == std::string::npos ? next : next - at);
        std::string amount = all(one, "InstdAmt").at(0);
        amount.erase(amount.find('.'), 1);
        const auto remittance = all(one, "Ustrd");
        batch.orders.push_back({all(one, "EndToEndId").at(0), Cents::of(std::stoll(amount)),
                                all(one, "Nm").at(0), Iban::of(all(one, "IBAN").at(0)),
                                remittance.empty() ? "" : remittance.front()});
        at = next;
    }
    return batch;
}

TEST(Pain001, WhatIsWrittenIsReadBackInOneOrderAndTheControlSumIsTheSum) {
    bundel::testing::expect_law("orders in any order give the same bytes, and come back", [] {
        const PainVersion version = *rc::gen::element(PainVersion::v03, PainVersion::v09);
        Batch batch = small_batch(version);
        batch.orders.clear();
        const int count = *rc::gen::inRange(1, 8);
        Cents sum;
        for (int i = 0; i < count; ++i) {
            const Cents amount = Cents::of(*rc::gen::inRange<std::int64_t>(1, 99'999'999'999));
            sum += amount;
            batch.orders.push_back({"U000000001-" + std::to_string(1000 + i), amount,
                                    "Praktijk " + std::to_string(i),
                                    account_number(*rc::gen::inRange(1, 9999)),
                                    *rc::gen::element<std::string>("", "Uitkering")});
        }
        Batch shuffled = batch;
        for (std::size_t i = shuffled.orders.size(); i > 1; --i)
            std::swap(shuffled.orders[i - 1], shuffled.orders[*rc::gen::inRange<std::size_t>(0, i)]);
        const std::string text = write_pain001(shuffled).value();
        RC_ASSERT(text == write_pain001(batch).value());
        const Batch back = read_back(text, version);
        RC_ASSERT(back.orders == batch.orders);
        RC_ASSERT(back.account == batch.account);
        RC_ASSERT(back.requested == batch.requested);
        const std::string control = "<CtrlSum>" + testing::written_amount(sum) + "</CtrlSum>";
        RC_ASSERT(text.find(control) != text.rfind(control));
    });
}

TEST(Letters, StandInsOrNothing) {
    struct Row {
        const char* text;
        const char* plain;  // null: refused
    };
    const Row rows[] = {{"abc XYZ 019 /-?:().,'+", "abc XYZ 019 /-?:().,'+"},
                        {"Coöperatie Één & Twee", "Cooperatie Een + Twee"},
                        {"Weiß’ Œuvre", "Weiss' OEuvre"},
                        {"Łódź", "Lodz"},
                        {"ĳssel", "ijssel"},
                        {"<script>", nullptr},
                        {"€", nullptr},
                        {"new\nline", nullptr},
                        {"\xc3", nullptr},
                        {"日本", nullptr}};
    for (const Row& row : rows) {
        SCOPED_TRACE(row.text);
        EXPECT_EQ(in_sepa_letters(row.text),
                  row.plain == nullptr ? std::nullopt : std::optional<std::string>(row.plain));
    }
}

// So no text of ours can ever open an element.
TEST(Letters, WhatComesOutIsOneOfThem) {
    bundel::testing::expect_law("letters stay letters, and nothing else comes out", [] {
        const auto text = *rc::gen::string<std::string>();
        const auto plain = in_sepa_letters(text);
        if (!plain) return;
        RC_ASSERT(plain->find_first_of("<>&\"\n") == std::string::npos);
        RC_ASSERT(in_sepa_letters(*plain) == plain);
    });
}

TEST(Pain001, VersionsByName) {
    for (const PainVersion version : {PainVersion::v03, PainVersion::v09})
        EXPECT_EQ(parse_pain_version(name_of(version)).value(), version);
    EXPECT_EQ(parse_pain_version("pain.001.001.11").error().code, "pain_version");
}

}  // namespace
}  // namespace bundel::bank
