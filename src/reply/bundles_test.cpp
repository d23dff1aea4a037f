#include <gtest/gtest.h>

#include <map>

#include "reply/testing.h"

namespace bundel::reply {
namespace {

using namespace testing;

wire::LayoutRef kz301() {
    return layout("KZ301");
}

BundleLine line_of(std::size_t number, std::string_view reference) {
    return {claim_of(number, reference), woman(number), std::nullopt};
}

TEST(Bundles, Golden) {
    BundleLine debit = line_of(1, "BD2");
    debit.partus = Date::of(2024, 9, 30);
    debit.identity.prefix = "van der";
    debit.identity.partner_name = "Vóórbeeld";
    debit.identity.partner_prefix = "de";
    debit.identity.house_number_addition = "bis";
    BundleLine credit = line_of(0, "BD3");
    credit.claim.credit = true;
    credit.claim.debit = Reference::of("BD1");
    BundleLine first = debit;
    first.claim.reference = Reference::of("BD1");
    first.partus = std::nullopt;
    const BundleLine lines[] = {debit, credit, first};
    const auto written = write_bundles(kz301(), envelope(), lines);
    ASSERT_TRUE(written.ok());
    expect_golden("bundles", listing(*written, kz301()));
}

TEST(Bundles, OneInsuredRecordAndOneSegmentAWoman) {
    const BundleLine lines[] = {line_of(1, "B"), line_of(0, "C"), line_of(1, "A"), line_of(0, "D")};
    const auto written = write_bundles(kz301(), envelope(), lines);
    const auto message = read(written, kz301());
    std::vector<values::PersonId> owners;
    for (const Segment& segment : *written) owners.push_back(segment.person);
    EXPECT_EQ(owners, (std::vector<values::PersonId>{{}, person(0), person(1), {}}));
    EXPECT_EQ(records(message, "02").size(), 2U);
    std::string references;
    for (const auto* record : records(message, "04")) references += text(message, *record, "NUM362");
    EXPECT_EQ(references, "CDAB");
    EXPECT_EQ((*written)[2].bytes, message.bytes().substr(4 * 312, 3 * 312));
}

TEST(Bundles, OrderOfTheLinesDoesNotMatter) {
    const BundleLine lines[] = {line_of(1, "B"), line_of(0, "C"), line_of(1, "A")};
    const BundleLine turned[] = {lines[2], lines[0], lines[1]};
    EXPECT_EQ(bytes_of(*write_bundles(kz301(), envelope(), lines)),
              bytes_of(*write_bundles(kz301(), envelope(), turned)));
}

TEST(Bundles, ClaimPeriodAndKindOfMessage) {
    BundleLine early = line_of(1, "A");
    early.claim.care.first = Date::of(2023, 12, 31);
    const BundleLine lines[] = {line_of(0, "B"), early};
    for (const bool is_test : {true, false}) {
        Envelope ours = envelope();
        ours.test = is_test;
        const auto message = read(write_bundles(kz301(), ours, lines), kz301());
        const wire::Record& header = message.records().front();
        EXPECT_EQ(text(message, header, "COD856"), is_test ? "T" : "P");
        EXPECT_EQ(text(message, header, "DAT043"), "20231231");
        EXPECT_EQ(text(message, header, "DAT044"), "20241015");
    }
}

// A credit of nothing is still a credit.
TEST(Bundles, CreditOfZero) {
    BundleLine credit = line_of(0, "B");
    credit.claim.credit = true;
    credit.claim.debit = Reference::of("A");
    credit.claim.amount = Cents::of(0);
    const auto message = read(write_bundles(kz301(), envelope(), std::span(&credit, 1)), kz301());
    const wire::Record& line = *records(message, "04").front();
    EXPECT_EQ(raw(message, line, "COD668"), "C");
    EXPECT_EQ(raw(message, line, "COD665"), "C");
    EXPECT_EQ(text(message, line, "NUM363"), "A");
}

TEST(Bundles, IdentityMustBeComplete) {
    struct Row {
        const char* field;
        void (*spoil)(intake::IdentityRow&);
    };
    const Row rows[] = {
        {"BURGERSERVICENUMMER (BSN) VERZEKERDE", [](intake::IdentityRow& row) { row.bsn.reset(); }},
        {"DATUM GEBOORTE VERZEKERDE", [](intake::IdentityRow& row) { row.birth_date.reset(); }},
        {"CODE GESLACHT VERZEKERDE", [](intake::IdentityRow& row) { row.sex = ""; }},
        {"CODE GESLACHT VERZEKERDE", [](intake::IdentityRow& row) { row.sex = "0"; }},
        {"NAAM VERZEKERDE (01)", [](intake::IdentityRow& row) { row.name = ""; }},
        {"VOORLETTERS VERZEKERDE", [](intake::IdentityRow& row) { row.initials = ""; }},
    };
    for (const Row& row : rows) {
        BundleLine line = line_of(0, "BD7");
        row.spoil(line.identity);
        const auto written = write_bundles(kz301(), envelope(), std::span(&line, 1));
        ASSERT_FALSE(written.ok()) << row.field;
        EXPECT_EQ(written.error(),
                  (base::Error{"identity_incomplete", {{"reference", "BD7"}, {"field", row.field}}}));
    }
}

TEST(Bundles, WhatMayBeMissing) {
    BundleLine line = line_of(0, "A");
    line.identity.insured_number = line.identity.postcode = line.identity.house_number = "";
    read(write_bundles(kz301(), envelope(), std::span(&line, 1)), kz301());
}

TEST(Bundles, NothingIsCutOff) {
    BundleLine line = line_of(0, "A");
    line.claim.amount = Cents::of(100'000'000);
    const auto written = write_bundles(kz301(), envelope(), std::span(&line, 1));
    ASSERT_FALSE(written.ok());
    EXPECT_EQ(written.error().code, "writer_too_long");
}

std::string edited(std::string json, const std::map<std::string, std::string>& edits) {
    for (const auto& [from, to] : edits) {
        std::size_t found = 0;
        for (auto at = json.find(from); at != std::string::npos;
             at = json.find(from, at + to.size()), ++found) {
            json.replace(at, from.size(), to);
        }
        EXPECT_GT(found, 0U) << from;
    }
    return json;
}

wire::LayoutRef parsed(const std::string& json) {
    auto parsed = wire::Layout::parse(json);
    BUNDEL_ASSERT(parsed.ok());
    return std::make_shared<const wire::Layout>(std::move(*parsed));
}

TEST(Bundles, FieldNumbersOfALayoutMeanNothing) {
    const std::string json = wire::testing::layout_json("KZ301-3.2-provisional");
    const auto renumbered = parsed(edited(json, {{"\"0425\"", "\"0461\""}, {"\"0203\"", "\"0261\""}}));
    BundleLine line = line_of(0, "A");
    const auto usual = write_bundles(kz301(), envelope(), std::span(&line, 1));
    const auto other = write_bundles(renumbered, envelope(), std::span(&line, 1));
    ASSERT_TRUE(usual.ok() && other.ok());
    EXPECT_EQ(*usual, *other);
}

TEST(Bundles, LayoutWithoutAnElementIsNamed) {
    const std::string json = wire::testing::layout_json("KZ301-3.2-provisional");
    const auto poor = parsed(edited(json, {{"\"NUM362\"", "\"NUM999\""}}));
    BundleLine line = line_of(0, "A");
    const auto written = write_bundles(poor, envelope(), std::span(&line, 1));
    ASSERT_FALSE(written.ok());
    EXPECT_EQ(written.error(), (base::Error{"layout_field_unknown",
                                            {{"layout", "KZ301-3.2-provisional"}, {"field", "04 NUM362"}}}));
}

BundleLine any_line(Seeded& seeded, std::size_t number) {
    BundleLine line = line_of(seeded.below(std::size(bsns)), "R" + std::to_string(number));
    claim::Sent& claim = line.claim;
    claim.care.first = Date::of(2023, 1, 1).plus_days(static_cast<int>(seeded.below(600)));
    claim.care.last = claim.care.first.plus_days(static_cast<int>(seeded.below(300)));
    const std::size_t most = seeded.below(2) == 0 ? 100 : 100'000'000;
    claim.amount = Cents::of(static_cast<std::int64_t>(seeded.below(most)));
    claim.performance = values::PerformanceCode::of(static_cast<int>(1 + seeded.below(999)),
                                                    std::to_string(seeded.below(1'000'000)));
    claim.credit = seeded.below(3) == 0;
    if (claim.credit) claim.debit = Reference::of("D" + std::to_string(seeded.below(100)));
    if (seeded.below(2) == 0) line.partus = claim.care.last;
    return line;
}

void expect_same(const wire::Message& message, const wire::Record& record, const BundleLine& line) {
    const claim::Sent& claim = line.claim;
    EXPECT_EQ(raw(message, record, "NUM313"), line.identity.bsn->digits());
    EXPECT_EQ(raw(message, record, "COD061"), claim.insurer.digits());
    EXPECT_EQ(text(message, record, "NUM003"), line.identity.insured_number);
    EXPECT_EQ(wire::date(raw(message, record, "DAT001")), claim.care.first);
    EXPECT_EQ(wire::date(raw(message, record, "DAT003")), claim.care.last);
    EXPECT_EQ(wire::date(raw(message, record, "DAT221")), line.partus);
    EXPECT_EQ(wire::number(raw(message, record, "COD367")), claim.performance.list);
    EXPECT_EQ(text(message, record, "COD388"), claim.performance.code.view());
    EXPECT_EQ(raw(message, record, "COD089"), "00000000");
    EXPECT_EQ(raw(message, record, "ANT054"), "0001");
    EXPECT_EQ(raw(message, record, "COD218"), "00");
    for (const char* amount : {"BED160", "BED153", "BED161"}) {
        EXPECT_EQ(wire::cents(raw(message, record, amount)), claim.amount) << amount;
    }
    for (const char* indicator : {"COD668", "COD665"}) {
        EXPECT_EQ(raw(message, record, indicator), claim.credit ? "C" : "D") << indicator;
    }
    EXPECT_EQ(text(message, record, "NUM363"), claim.debit.view());
}

TEST(Bundles, EveryMessageReadsBackAsWritten) {
    for (std::uint64_t seed = 1; seed <= wire::testing::cases(); ++seed) {
        SCOPED_TRACE(seed);
        Seeded seeded(seed);
        std::vector<BundleLine> lines;
        std::map<std::string, const BundleLine*> by_reference;
        const std::size_t count = 1 + seeded.below(6);
        for (std::size_t i = 0; i < count; ++i) lines.push_back(any_line(seeded, i));
        for (const BundleLine& line : lines) by_reference[line.claim.reference.str()] = &line;
        const auto written = write_bundles(kz301(), envelope(), lines);
        const auto message = read(written, kz301());
        const auto found = records(message, "04");
        ASSERT_EQ(found.size(), lines.size());
        for (const auto* record : found) {
            expect_same(message, *record, *by_reference.at(text(message, *record, "NUM362")));
        }
        if (HasFailure()) return;
    }
}

}  // namespace
}  // namespace bundel::reply
