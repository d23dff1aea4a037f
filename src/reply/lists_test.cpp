#include <gtest/gtest.h>

#include "reply/testing.h"
#include "wire/csv.h"

namespace bundel::reply {
namespace {

using namespace testing;
using values::Payer;

ListLine listed(std::string_view reference, std::size_t woman, Payer payer) {
    ListLine line{claim_of(woman, reference), payer, "P" + std::to_string(woman), Date::of(2025, 9, 30)};
    line.claim.kind = claim::Kind::forwarded;
    line.claim.line = {AgbCode::of(6000001), Reference::of(reference)};
    line.claim.amount = Cents::of(1'310'75);
    line.claim.status = values::Status::example;
    if (payer != Payer::insurer) line.claim.insurer = {};
    return line;
}

// One of every reason.
std::vector<ListLine> one_of_each() {
    std::vector<ListLine> lines = {listed("Z-1", 0, Payer::insurer), listed("Z-2", 1, Payer::state),
                                   listed("Z-3", 0, Payer::asylum),  listed("Z-4", 2, Payer::self),
                                   listed("Z-5", 3, Payer::foreign), listed("Z-6", 0, Payer::insurer),
                                   listed("Z-7", 1, Payer::insurer), listed("Z-8", 1, Payer::insurer)};
    lines[5].claim.credit = true;  // taken back in our name
    lines[5].claim.reference = Reference::of("BD0000000004");
    lines[5].claim.debit = Reference::of("Z-6");
    lines[6].claim.credit = true;  // by a credit line of its own
    lines[6].claim.debit = Reference::of("Z-0");
    for (ListLine* credit : {&lines[5], &lines[6]}) credit->latest_submit_day.reset();
    lines[6].payer.reset();
    lines[7].claim.reference = Reference::of("BD0000000003");  // once more, after it was taken back
    return lines;
}

TEST(Lists, Golden) {
    expect_golden("list", bytes_of(write_list(one_of_each(), texts::Texts::dutch())));
}

TEST(Lists, EveryRowIsASegmentOfItsWomanAndTheHeaderOfNobody) {
    const auto lines = one_of_each();
    const auto segments = write_list(lines, texts::Texts::dutch());
    ASSERT_EQ(segments.size(), lines.size() + 1);
    EXPECT_TRUE(segments.front().person.is_nobody());
    base::Findings findings;
    const auto table = wire::read_csv(bytes_of(segments), "list", findings);
    ASSERT_TRUE(table && findings.empty());
    for (std::size_t i = 0; i < table->rows.size(); ++i) {
        const auto& cells = table->rows[i].cells;
        const auto line = std::find_if(lines.begin(), lines.end(), [&](const ListLine& one) {
            return one.claim.reference.view() == cells[static_cast<std::size_t>(table->column("referentie"))];
        });
        ASSERT_NE(line, lines.end());
        EXPECT_EQ(segments[i + 1].person, line->claim.person);
    }
}

TEST(Lists, NoBsnOfAnybody) {
    const std::string bytes = bytes_of(write_list(one_of_each(), texts::Texts::dutch()));
    for (const char* bsn : bsns) EXPECT_EQ(bytes.find(bsn), std::string::npos);
}

}  // namespace
}  // namespace bundel::reply
