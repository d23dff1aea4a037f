#include "wire/encode.h"

#include <gtest/gtest.h>

#include <functional>

#include "wire/decode.h"
#include "wire/testing.h"

namespace bundel::wire {
namespace {

using base::Findings;
using values::Cents;
using values::Date;

Column column(const LayoutRef& layout, const char* id) {
    return *layout->column(id);
}

// Every field but the constants and reserves is read and set again; nothing else is copied.
std::string written_again(const Message& message) {
    Writer writer(message.layout_ref(), Numbering::kept);
    for (const Record& record : message.records()) {
        writer.append(message.code(record));
        for (const Field& field : message.layout().records()[record.index].fields) {
            const auto at = *message.layout().column(field.id);
            const auto raw = message.field(record, at);
            if (field.kind == Kind::digits && is_empty(raw, Kind::digits)) continue;
            writer.set(at, field.kind == Kind::digits ? raw : text(raw));
        }
    }
    auto bytes = writer.finish();
    EXPECT_TRUE(bytes.ok()) << bytes.error().code << " " << bytes.error().params[1].second;
    return bytes.ok() ? *bytes : "";
}

std::string copied(const Message& message) {
    Writer writer(message.layout_ref());
    for (const Record& record : message.records()) {
        if (message.code(record) != code_closing) writer.copy(message.record_bytes(record));
    }
    auto bytes = writer.close().finish();
    EXPECT_TRUE(bytes.ok());
    return bytes.ok() ? *bytes : "";
}

void expect_round_trip(const LayoutRef& layout, std::uint64_t seed, testing::Fill fill) {
    const std::string bytes = testing::any_message(layout, seed, 3, fill);
    Findings findings;
    const auto message = decode(bytes, layout, "in.asc", findings);
    for (const auto& finding : findings) FAIL() << finding.code << " " << finding.where.field;
    ASSERT_TRUE(message.has_value());
    ASSERT_EQ(written_again(*message), bytes);
    if (!layout->is_return()) {
        ASSERT_EQ(copied(*message), bytes);
    }
}

// Every layout of rulebooks/layouts, every insert in every host, every field empty, at its least, at its most
// and by chance.
TEST(Writer, RoundTripIsByteExact) {
    const auto layouts = testing::every_layout();
    const std::uint64_t rounds = 1 + testing::cases() / (layouts.size() * std::size(testing::fills));
    for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
        for (const LayoutRef& layout : layouts) {
            for (const testing::Fill fill : testing::fills) {
                SCOPED_TRACE(::testing::Message() << layout->name() << " " << layout->insert() << " seed "
                                                  << seed << " fill " << static_cast<int>(fill));
                expect_round_trip(layout, seed, fill);
                if (HasFatalFailure()) return;
            }
        }
    }
}

// The layout is found by the file itself: its first nine characters, and the version of its debtor records.
TEST(Writer, WhatWasWrittenIsRecognised) {
    for (const LayoutRef& layout : testing::every_layout()) {
        SCOPED_TRACE(layout->name() + " " + layout->insert());
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            const std::string bytes = testing::any_message(layout, seed);
            const std::size_t stride = layout->record_length() + 2;
            bool has_debtor = false;
            for (std::size_t at = 0; at < bytes.size(); at += stride)
                has_debtor |= bytes.substr(at, 2) == code_debtor;
            Findings findings;
            const auto found = testing::all_layouts().recognise(bytes, "in.asc", findings);
            ASSERT_NE(found, nullptr);
            EXPECT_EQ(found->name(), layout->name());
            EXPECT_EQ(found->ei_code(), layout->ei_code());
            EXPECT_EQ(found->insert(), has_debtor ? layout->insert() : "");
        }
    }
}

// An answer made by widening what was sent keeps the positions that were sent, but for the EI code of record
// 01.
TEST(Writer, WideningKeepsWhatWasSent) {
    struct Pair {
        const char *heen, *answer, *calculated,
            *granted;  // the indicators that every judged record must have
    };
    const Pair pairs[] = {
        {"VK301", "VK302", "0482", "0484"},         {"KZ301", "KZ302", "0482", "0484"},
        {"EP301", "EP302", "0482", "0484"},         {"MZ301", "MZ302", "0482", "0484"},
        {"ZH308-8.0", "ZH309-8.0", "0682", "0684"}, {"ZH308-9.0", "ZH309-9.0-provisional", "0682", "0684"}};
    for (std::uint64_t seed = 1; seed <= testing::cases() / 4; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        const Pair& pair = pairs[seed % std::size(pairs)];
        const LayoutRef heen = testing::layout(pair.heen);
        const LayoutRef answer = testing::layout(pair.answer);
        Findings findings;
        const auto sent = decode(testing::any_message(heen, seed), heen, "in.asc", findings);
        ASSERT_TRUE(sent.has_value());
        Writer writer(answer);
        for (const Record& record : sent->records()) {
            if (sent->code(record) == code_closing) continue;
            writer.copy(sent->record_bytes(record));
            if (sent->code(record) == "01") writer.set(column(answer, "0182"), Date::of(2024, 3, 1));
            if (sent->code(record) == "01") writer.set(column(answer, "0196"), "8001");
            for (const char* indicator : {pair.calculated, pair.granted}) {
                const Column verdict = column(answer, indicator);
                if (sent->code(record) == answer->records()[verdict.record].code) writer.set(verdict, "D");
            }
        }
        writer.close();
        for (const Field& field : answer->records().back().fields) {
            if (field.codelist == "COD043-VEKT") writer.set(column(answer, field.id.c_str()), "D");
        }
        const auto bytes = writer.finish();
        ASSERT_TRUE(bytes.ok()) << bytes.error().code;
        const auto read = decode(*bytes, answer, "out.asc", findings);
        ASSERT_TRUE(read.has_value()) << findings.back().code << findings.back().where.field;
        ASSERT_EQ(findings, Findings{});
        ASSERT_EQ(read->records().size(), sent->records().size());
        for (std::size_t i = 0; i + 1 < read->records().size(); ++i) {
            auto was = std::string(sent->record_bytes(sent->records()[i]));
            if (i == 0) was.replace(2, 3, answer->ei_code());
            if (i == 0 && !answer->mark_value().empty()) was.replace(16, 10, answer->mark_value());
            ASSERT_EQ(read->record_bytes(read->records()[i]).substr(0, answer->heen_length()), was);
        }
    }
}

TEST(Writer, ForwardedLineKeepsItsContentUnderANewNumber) {
    const LayoutRef layout = testing::layout("VK301");
    Findings findings;
    const auto source = decode(testing::any_message(layout, 5), layout, "in.asc", findings);
    ASSERT_TRUE(source.has_value());
    std::string_view line;
    for (const Record& record : source->records()) {
        if (source->code(record) == "04") line = source->record_bytes(record);
    }
    Writer writer(layout);
    writer.append("01").append("02").copy(line).copy(line).close();
    const auto bytes = writer.finish();
    ASSERT_TRUE(bytes.ok());
    const std::string third = bytes->substr(3 * 312, 310);
    EXPECT_EQ(third.substr(0, 14), "04000000000003");
    EXPECT_EQ(third.substr(14), line.substr(14));
    EXPECT_EQ(writer.detail_number(), 3);
}

TEST(Writer, ClosesWithCountsAndSignedTotal) {
    struct Row {
        std::int64_t first, second;
        const char* total;
    };
    for (const Row& row : {Row{100'00, -25'00, "00000007500D"}, Row{25'00, -100'00, "00000007500C"},
                           Row{50'00, -50'00, "00000000000D"}}) {
        const LayoutRef layout = testing::layout("VK301");
        Writer writer(layout);
        writer.append("01").append("02").append("98").append("98");
        for (const std::int64_t cents : {row.first, row.second}) {
            writer.append("04").set_signed(column(layout, "0427"), column(layout, "0428"), Cents::of(cents));
        }
        const auto bytes = writer.close().finish();
        ASSERT_TRUE(bytes.ok());
        EXPECT_EQ(bytes->substr(6 * 312, 45),
                  "99000001000000000002000002" + std::string("0000005") + row.total);
        EXPECT_EQ(bytes->substr(3 * 312, 18), "980000000000010002");  // second comment on detail 1
        EXPECT_EQ(bytes->substr(bytes->size() - 2), "\r\n");
    }
}

// Of a hospital the tariff records carry the money, and 06 and 16 have counts of their own.
TEST(Writer, ClosesAHospitalFileByItsTariffs) {
    const LayoutRef layout = testing::layout("ZH308-9.0");
    Writer writer(layout);
    writer.append("01").append("02");
    for (const std::int64_t cents : {100'00, -25'00}) {
        writer.append("04").append("06").set_signed(column(layout, "0620"), column(layout, "0621"),
                                                    Cents::of(cents));
        writer.append("06").append("98").append("16").append("16").append("16");
    }
    const auto bytes = writer.close().finish();
    ASSERT_TRUE(bytes.ok());
    EXPECT_EQ(bytes->substr(bytes->size() - 612, 57),
              "99000001000000000002000004000006000002" + std::string("0000015") + "00000007500D");
}

TEST(Writer, FillsByKind) {
    const LayoutRef layout = testing::layout("VK301");
    Writer writer(layout);
    writer.append("01")
        .set(column(layout, "0108"), 7)
        .set(column(layout, "0114"), Date::of(2024, 2, 29))
        .set(column(layout, "0115"), std::optional<Date>())
        .set(column(layout, "0116"), "Zoë")
        .append("02")
        .append("04")
        .set(column(layout, "0427"), Cents::of(68'12))
        .close();
    const auto bytes = writer.finish();
    ASSERT_TRUE(bytes.ok());
    EXPECT_EQ(bytes->substr(0, 10), "011410202 ");
    EXPECT_EQ(bytes->substr(26, 4), "0007");
    EXPECT_EQ(bytes->substr(64, 28), "2024022900000000Zoe         ");
    EXPECT_EQ(bytes->substr(2 * 312 + 154, 8), "00006812");
}

TEST(Writer, RefusesByName) {
    const LayoutRef layout = testing::layout("VK301");
    const auto in = [&](const char* id) { return column(layout, id); };
    struct Row {
        const char* name;
        std::function<void(Writer&)> write;
        const char* code;
        const char* what;
    };
    const Row rows[] = {
        {"unknown record", [](Writer& w) { w.append("07"); }, "writer_record_unknown", "07"},
        {"02 first", [](Writer& w) { w.append("02"); }, "writer_record_order", "02"},
        {"04 without 02", [](Writer& w) { w.append("01").append("04"); }, "writer_record_order", "04"},
        {"closed too early", [](Writer& w) { w.append("01").append("02").close(); }, "writer_record_order",
         "99"},
        {"nothing open", [&](Writer& w) { w.set(in("0116"), "x"); }, "writer_not_open", "0116"},
        {"another record", [&](Writer& w) { w.append("01").set(in("0203"), "1"); }, "writer_not_open",
         "0203"},
        {"13 characters", [&](Writer& w) { w.append("01").set(in("0116"), "1234567890123"); },
         "writer_too_long", "0116"},
        {"5 digits", [&](Writer& w) { w.append("01").set(in("0108"), 12345); }, "writer_too_long", "0108"},
        {"letters", [&](Writer& w) { w.append("01").set(in("0108"), "12x"); }, "writer_not_digits", "0108"},
        {"negative", [&](Writer& w) { w.append("01").set(in("0108"), -1); }, "writer_negative", "0108"},
        {"negative amount",
         [&](Writer& w) { w.append("01").append("02").append("04").set(in("0427"), Cents::of(-1)); },
         "writer_negative", "0427"},
        {"line end", [&](Writer& w) { w.append("01").set(in("0116"), "a\r\nb"); }, "writer_character",
         "0116"},
        {"no Latin form", [&](Writer& w) { w.append("01").set(in("0116"), "Ж"); }, "writer_character",
         "0116"},
        {"constant", [&](Writer& w) { w.append("01").set(in("0102"), "142"); }, "writer_constant", "0102"},
        {"copy of 309", [](Writer& w) { w.copy(std::string(309, '0')); }, "writer_record_size", "00"},
        {"copy of 99", [](Writer& w) { w.append("01").copy("99" + std::string(308, ' ')); },
         "writer_record_unknown", "99"},
        {"first error stays", [](Writer& w) { w.append("07").append("08"); }, "writer_record_unknown", "07"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        Writer writer(layout);
        row.write(writer);
        const auto bytes = writer.finish();
        ASSERT_FALSE(bytes.ok());
        EXPECT_EQ(bytes.error().code, row.code);
        EXPECT_EQ(bytes.error().params[0].second, "VK301-2.2");
        EXPECT_EQ(bytes.error().params[1].second, row.what);
    }
    Writer open(layout);
    const auto bytes = open.append("01").finish();
    ASSERT_FALSE(bytes.ok());
    EXPECT_EQ(bytes.error().code, "writer_not_closed");
}

TEST(Writer, TextOfExactlyTheLengthFits) {
    const LayoutRef layout = testing::layout("VK301");
    Writer writer(layout);
    writer.append("01").set(column(layout, "0116"), "123456789012").set(column(layout, "0108"), 9999);
    EXPECT_TRUE(writer.append("02").append("04").close().finish().ok());
}

TEST(Writer, ProvisionalFileIsAlwaysMarked) {
    const LayoutRef layout = testing::layout("KZ301");
    Writer writer(layout);
    const auto bytes = writer.append("01").append("02").append("04").close().finish();
    ASSERT_TRUE(bytes.ok());
    EXPECT_EQ(bytes->substr(16, 10), "BUNDEL-SIM");
    Writer other(layout);
    const auto refused = other.append("01").set(column(layout, "0107"), "1.0").finish();
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "writer_constant");
    Writer copying(layout);
    const auto copied =
        copying.copy("011330302" + std::string(301, ' ')).append("02").append("04").close().finish();
    ASSERT_TRUE(copied.ok());
    EXPECT_EQ(copied->substr(16, 10), "BUNDEL-SIM");
}

TEST(Ascii, KeepsWhatAPersonWouldWrite) {
    struct Row {
        const char* utf8;
        const char* plain;
    };
    const Row rows[] = {
        {"", ""},
        {"Jansen-de Vries", "Jansen-de Vries"},
        {"Renée", "Renee"},
        {"Rene\xCC\x81"
         "e",
         "Renee"},
        {"Şahin", "Sahin"},
        {"ĳssel", "ijssel"},
        {"Groß", "Gross"},
        {"Łukasz", "Lukasz"},
        {"’t Hof", "'t Hof"},
    };
    for (const Row& row : rows) {
        const auto plain = ascii(row.utf8);
        ASSERT_TRUE(plain.ok()) << row.utf8;
        EXPECT_EQ(*plain, row.plain);
    }
    for (const char* wrong :
         {"\xFF", "\xC3", "\xC0\x80", "\xED\xA0\x80", "a\tb", "\x7F", "日本", "\xF8\x88\x80\x80\x80"}) {
        EXPECT_FALSE(ascii(wrong).ok()) << wrong;
    }
}

}  // namespace
}  // namespace bundel::wire
