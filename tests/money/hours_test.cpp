// Hours of kraamzorg and partus assistance in bundles, as a table.
#include <gtest/gtest.h>

#include "engine/hours.h"
#include "office.h"

namespace bundel::testing {
namespace {

using engine::HoursRow;
using values::Cents;

const values::AgbCode kraam = values::AgbCode::of(33'000'101);

Region with_kraamzorg() {
    Region with = region();
    with.member(kraam);
    return with;
}

// Born on 1 June 2024; all of it is bundled with insurer 9101.
Woman born_in_june() {
    Woman woman;
    woman.heard_on("2023-10-21").enrolled(midwives, "2023-10-20", "2024-06-01");
    woman.insured(insurer, Period::from(day("2023-01-01")));
    woman.heard_on("2024-06-02").born("2024-06-01");
    return woman;
}

void by_time(Woman& woman, std::string_view reference, std::string_view code, std::string_view first,
             std::int64_t cents, int minutes) {
    woman.heard_on("2024-08-01").line(kraam, reference, code, first, cents);
    woman.last_line().minutes = minutes;
}

HoursRow row(int month) {
    HoursRow made;
    made.insurer = insurer;
    made.participant = kraam;
    made.year = 2024;
    made.month = month;
    return made;
}

TEST(Hours, AddUpByMonthOfTheFirstDay) {
    Office office(with_kraamzorg());
    Woman woman = born_in_june();
    by_time(woman, "K-1", "999:KZUUR", "2024-06-02", 100'00, 120);
    by_time(woman, "K-2", "999:KZUUR", "2024-06-30", 200'00, 240);
    by_time(woman, "K-3", "999:KZUUR", "2024-07-01", 50'00, 65);
    by_time(woman, "K-4", "999:KZPAU", "2024-06-01", 250'00, 300);
    by_time(woman, "K-5", "999:KZINS", "2024-05-01", 12'00, 0);  // no hours are asked of it
    office.add(woman);
    const auto found = must(engine::hours(office.world, day("2025-06-01")));
    EXPECT_EQ(found.passed_over, 0U);
    HoursRow june = row(6);
    june.lines = 3;
    june.kraamzorg_minutes = 360;
    june.partus_minutes = 300;
    june.declared = june.gross = Cents::of(550'00);
    june.own_payment = Cents::of(30'60);  // six hours of 5,10; none on partus assistance
    june.net = Cents::of(519'40);
    HoursRow july = row(7);
    july.lines = 1;
    july.kraamzorg_minutes = 65;
    july.declared = july.gross = Cents::of(50'00);
    july.own_payment = Cents::of(5'53);  // 5,525
    july.net = Cents::of(44'47);
    EXPECT_EQ(found.rows, (std::vector{june, july}));
    EXPECT_EQ(engine::to_csv(found.rows),
              "verzekeraar;deelnemer;jaar;maand;regels;minuten_kraamzorg;minuten_partusassistentie;"
              "gedeclareerd;bruto;eigen_bijdrage;netto;eigen_bijdrage_onbekend\r\n"
              "9101;33000101;2024;6;3;360;300;\"550,00\";\"550,00\";\"30,60\";\"519,40\";0\r\n"
              "9101;33000101;2024;7;1;65;0;\"50,00\";\"50,00\";\"5,53\";\"44,47\";0\r\n");
}

TEST(Hours, OutsideABundleAreNotReported) {
    Region falls_back = with_kraamzorg();
    falls_back.contract_2023().overlap = values::OverlapPolicy::fall_back;
    Office office(falls_back);
    Woman woman = born_in_june();
    by_time(woman, "K-1", "999:KZUUR", "2024-06-02", 100'00, 120);
    woman.care_outside("2024-06-05");
    office.add(woman);
    EXPECT_TRUE(must(engine::hours(office.world, day("2025-06-01"))).rows.empty());
}

}  // namespace
}  // namespace bundel::testing
