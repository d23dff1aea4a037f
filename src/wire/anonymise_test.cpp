#include "wire/anonymise.h"

#include <gtest/gtest.h>

#include <map>

#include "values/identifiers.h"
#include "wire/any_elements.h"
#include "wire/decode.h"
#include "wire/testing.h"

namespace bundel::wire {
namespace {

const std::string key(32, 'k');

Message read(const std::string& bytes, const LayoutRef& layout) {
    base::Findings findings;
    auto message = decode(bytes, layout, "x", findings);
    EXPECT_TRUE(is_whole(findings)) << (findings.empty() ? "" : findings.front().code);
    BUNDEL_ASSERT(message.has_value());
    return *std::move(message);
}

Message anonymised(const Message& message, const std::string& with = key) {
    return read(Anonymiser(testing::elements(), with).anonymise(message), message.layout_ref());
}

std::string_view field(const Message& message, std::size_t record, const char* id) {
    return text(message.field(message.records()[record], *message.layout().column(id)));
}

bool is_personal(ElementKind kind) {
    return kind >= ElementKind::day;
}

// So little content that a pseudonym may be the same, or what no pseudonym exists for.
bool is_trivial(const Field& field, ElementKind kind, std::string_view raw) {
    const std::size_t from =
        field.kind == Kind::digits ? std::min(raw.find_first_not_of('0'), raw.size()) : 0;
    const std::string_view content = text(raw).substr(from);
    const bool is_nobody = kind == ElementKind::bsn && raw == "999999999";
    const bool is_first_day = field.is_date && raw < "00020101";
    const bool is_constant = kind == ElementKind::house_number || kind == ElementKind::house_addition ||
                             kind == ElementKind::country;
    const bool is_provider = kind == ElementKind::provider && raw.starts_with("0000");
    return content.size() < 4 || is_nobody || is_first_day || is_constant || is_provider;
}

// For messages of every layout: no personal field keeps its value, nothing else changes, and what comes out
// is as good a message as what went in.
TEST(Anonymise, ReplacesWhatIsPersonalAndNothingElse) {
    std::size_t replaced = 0;
    for (const LayoutRef& layout : testing::all_layouts().all()) {
        for (std::uint64_t seed = 1; seed <= 60; ++seed) {
            SCOPED_TRACE(layout->name() + " seed " + std::to_string(seed));
            const Message before = read(testing::any_message(layout, seed), layout);
            const Message after = anonymised(before);
            ASSERT_EQ(before.bytes().size(), after.bytes().size());
            for (std::size_t i = 0; i < before.records().size(); ++i) {
                for (const Field& one : layout->records()[before.records()[i].index].fields) {
                    const auto column = *layout->column(one.id);
                    const auto from = before.field(before.records()[i], column);
                    const auto to = after.field(after.records()[i], column);
                    const ElementKind kind = testing::elements().of(one);
                    if (!is_personal(kind)) {
                        const bool may_differ = kind == ElementKind::period_begin;
                        ASSERT_TRUE(may_differ || from == to) << one.id;
                        continue;
                    }
                    ASSERT_EQ(is_empty(from, one.kind), is_empty(to, one.kind)) << one.id;
                    if (is_empty(from, one.kind) || is_trivial(one, kind, from)) continue;
                    ASSERT_NE(from, to) << one.id;
                    ++replaced;
                }
            }
        }
    }
    EXPECT_GT(replaced, 10'000U);
}

// A message of two women, the second with a credit of the line of the first one's last file.
std::string two_women(values::Date first_day) {
    const LayoutRef layout = testing::layout("VK301");
    const auto column = [&](const char* id) { return *layout->column(id); };
    const auto begin = values::Date::of(2024, 3, 1);
    Writer writer(layout);
    writer.append("01").set(column("0105"), "T").set(column("0108"), "3317").set(column("0110"), "08123456");
    writer.set(column("0111"), "08023456").set(column("0113"), "03").set(column("0119"), "EUR");
    writer.set(column("0114"), begin).set(column("0115"), begin.plus_days(30)).set(column("0116"), "F-12");
    writer.set(column("0117"), begin.plus_days(31)).set(column("0118"), "NL123456789B01");
    for (const char* bsn : {"999990019", "999991772"}) {
        writer.append("02").set(column("0203"), bsn).set(column("0204"), "3317");
        writer.set(column("0205"), "A-1").set(column("0207"), values::Date::of(1990, 5, 6));
        writer.set(column("0208"), "2").set(column("0209"), "1").set(column("0210"), "Jansen");
        writer.set(column("0215"), "A").set(column("0217"), "1234AB").set(column("0223"), "2");
        writer.append("04").set(column("0403"), bsn).set(column("0404"), "3317").set(column("0407"), "1");
        writer.set(column("0405"), "A-1").set(column("0412"), first_day).set(column("0413"), first_day);
        writer.set(column("0415"), "032").set(column("0416"), "1101").set(column("0421"), 1);
        writer.set(column("0414"), first_day.plus_days(9)).set(column("0417"), "08123456");
        writer.set(column("0423"), 100).set(column("0425"), "D").set(column("0427"), 100);
        writer.set(column("0428"), "D").set(column("0429"), std::string("V-") + bsn);
        writer.set(column("0430"), "V-999990019");
        writer.append("98").set(column("9804"), "gebeld met Jansen");
    }
    return *writer.close().finish();
}

TEST(Anonymise, KeepsWhatBelongsTogether) {
    const LayoutRef layout = testing::layout("VK301");
    const values::Date day = values::Date::of(2024, 3, 4);
    const Message before = read(two_women(day), layout);
    const Message after = anonymised(before);
    enum : std::size_t { header, woman, line, comment, other_woman, other_line };
    EXPECT_TRUE(values::Bsn::parse(field(after, woman, "0203")).ok());
    EXPECT_EQ(field(after, woman, "0203"), field(after, line, "0403"));
    EXPECT_NE(field(after, woman, "0203"), field(after, other_woman, "0203"));
    EXPECT_EQ(field(after, woman, "0205"), field(after, line, "0405"));
    EXPECT_EQ(field(after, other_line, "0430"), field(after, line, "0429"));
    EXPECT_EQ(field(after, header, "0110"), field(after, line, "0417"));
    EXPECT_TRUE(field(after, header, "0110").starts_with("08"));
    EXPECT_TRUE(field(after, header, "0111").starts_with("080"));
    EXPECT_TRUE(field(after, header, "0118").starts_with("NL"));
    EXPECT_EQ(field(after, comment, "9804"), testing::elements().invented().free_text);
    EXPECT_EQ(after.bytes().find("Jansen"), std::string::npos);

    const auto shift = values::days_between(*date(field(after, line, "0412")), day);
    EXPECT_TRUE(shift % 7 == 0 && shift >= 7 && shift <= 7 * shift_weeks_max) << shift;
    EXPECT_EQ(days_between(*date(field(after, line, "0414")), day.plus_days(9)), shift);
    EXPECT_EQ(days_between(*date(field(after, woman, "0207")), values::Date::of(1990, 5, 6)), shift);
    EXPECT_LE(*date(field(after, header, "0114")), *date(field(after, line, "0412")));
    EXPECT_EQ(field(after, header, "0115"), field(before, header, "0115"));
    EXPECT_EQ(field(after, header, "0117"), field(before, header, "0117"));
}

TEST(Anonymise, LinksFilesOfOneKeyAndNoOther) {
    const LayoutRef layout = testing::layout("VK301");
    const Message march = anonymised(read(two_women(values::Date::of(2024, 3, 4)), layout));
    const Message april = anonymised(read(two_women(values::Date::of(2024, 3, 9)), layout));
    const Message elsewhere =
        anonymised(read(two_women(values::Date::of(2024, 3, 9)), layout), std::string(32, 'l'));
    for (const char* id : {"0403", "0429"}) {
        const std::size_t line = 2;
        EXPECT_EQ(field(march, line, id), field(april, line, id));
        EXPECT_NE(field(march, line, id), field(elsewhere, line, id));
    }
    const auto days = values::days_between(*date(field(march, 2, "0412")), *date(field(april, 2, "0412")));
    EXPECT_EQ(days, 5);
}

// The same values in the answer: it finds its lines.
TEST(Anonymise, AnswersFindTheirLines) {
    const LayoutRef claims = testing::layout("VK301"), answers = testing::layout("VK302");
    const Message sent = read(two_women(values::Date::of(2024, 3, 4)), claims);
    Writer writer(answers);
    for (const Record& record : sent.records()) {
        if (sent.code(record) == code_closing) break;
        writer.copy(sent.record_bytes(record));
        if (sent.code(record) == code_performance) writer.set(*answers->column("0484"), "D");
        if (sent.code(record) != code_header) continue;
        writer.set(*answers->column("0182"), values::Date::of(2024, 5, 1));
        writer.set(*answers->column("0196"), "8001");
    }
    writer.close().set(*answers->column("9908"), "D").set(*answers->column("9910"), "D");
    const auto bytes = writer.finish();
    ASSERT_TRUE(bytes.ok()) << bytes.error().code;
    const Message before = anonymised(sent);
    const std::string after = Anonymiser(testing::elements(), key).anonymise(read(*bytes, answers));
    for (std::size_t i = 0; i + 1 < before.records().size(); ++i) {
        if (before.code(before.records()[i]) == code_header) continue;
        EXPECT_EQ(before.record_bytes(before.records()[i]), after.substr(i * 372, 310)) << i;
    }
}

TEST(Anonymise, WhoHasNoBsnIsKnownByHerNumbers) {
    const LayoutRef layout = testing::layout("VK301");
    const auto column = [&](const char* id) { return *layout->column(id); };
    struct Row {
        const char* name;
        const char* bsn;
        const char* number;
        const char* surname;
        bool is_first;
    };
    const Row rows[] = {
        {"the woman herself", "999990019", "A-1", "Jansen", true},
        {"a BSN is enough", "999990019", "B-2", "Smit", true},
        {"no BSN: her number", "", "A-1", "Jansen", false},
        {"no number either", "999999999", "", "Jansen", false},
    };
    std::map<std::string, int> shifts;
    for (const Row& row : rows) {
        const values::Date birth = values::Date::of(1990, 5, 6);
        std::string bytes = two_women(values::Date::of(2024, 3, 4));
        const std::size_t record = 312;
        const auto put = [&](const char* id, std::string text) {
            const char fill = column(id).kind == Kind::digits ? '0' : ' ';
            text.resize(column(id).length, fill);
            bytes.replace(record + column(id).offset, text.size(), text);
        };
        put("0203", row.bsn);
        put("0205", row.number);
        put("0210", row.surname);
        const Message after = anonymised(read(bytes, layout));
        shifts[row.name] = days_between(*date(field(after, 1, "0207")), birth);
        EXPECT_EQ(shifts[row.name] == shifts[rows[0].name], row.is_first) << row.name;
    }
}

TEST(Anonymise, OnlyWhatWasReadWithoutFault) {
    const auto finding = [](const char* code) {
        base::Finding one;
        one.code = code;
        one.severity = base::Severity::note;
        return one;
    };
    EXPECT_TRUE(is_whole({}));
    EXPECT_TRUE(is_whole({finding("field_reserve")}));
    EXPECT_FALSE(is_whole({finding("field_reserve"), finding("field_no_date")}));
}

TEST(Anonymise, BlanksTheReserve) {
    const LayoutRef layout = testing::layout("VK301");
    std::string bytes = two_women(values::Date::of(2024, 3, 4));
    const auto reserve = *layout->column("0280");
    bytes.replace(312 + reserve.offset, 6, "Jansen");
    const Message after = anonymised(read(bytes, layout));
    EXPECT_EQ(after.bytes().find("Jansen"), std::string::npos);
}

// A table that knows nothing: everything that is no constant is replaced.
TEST(Anonymise, WhatNobodyKnowsIsNotKept) {
    const auto ignorant = Elements::parse(
        R"({"elements": {"NUM040": "position", "NUM109": "position"}, "prefixes": {"ANT": "count", "BED": "amount"},
            "invented": {"names": ["A"], "streets": ["A"], "towns": ["A"], "email": "a@b", "free_text": "A"}})");
    ASSERT_TRUE(ignorant.ok());
    const LayoutRef layout = testing::layout("VK301");
    const Message before = read(two_women(values::Date::of(2024, 3, 4)), layout);
    const std::string after = Anonymiser(*ignorant, key).anonymise(before);
    for (const char* value :
         {"Jansen", "999990019", "V-9999", "1234AB", "gebeld", "20240304", "19900506", "3317"})
        EXPECT_EQ(after.find(value), std::string::npos) << value;
}

TEST(Anonymise, TheNameOfTheFileTellsNothing) {
    const LayoutRef layout = testing::layout("VK301");
    const Anonymiser anonymiser(testing::elements(), key);
    const Message one = read(two_women(values::Date::of(2024, 3, 4)), layout);
    const Message two = read(two_women(values::Date::of(2024, 3, 5)), layout);
    EXPECT_EQ(anonymiser.file_name(one), anonymiser.file_name(one));
    EXPECT_NE(anonymiser.file_name(one), anonymiser.file_name(two));
    EXPECT_TRUE(anonymiser.file_name(one).starts_with("VK301-"));
    EXPECT_EQ(anonymiser.file_name(one).size(), std::string("VK301-.txt").size() + 20);
}

}  // namespace
}  // namespace bundel::wire
