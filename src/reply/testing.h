// For tests: women and claims made from counted seeds, a message read back, and golden files. Synthetic:
// names and numbers are of nobody.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "reply/draft.h"
#include "reply/reply.h"
#include "wire/decode.h"
#include "wire/testing.h"

namespace bundel::reply::testing {
using wire::testing::layout;
using wire::testing::Seeded;

// Pass the eleven test; the range is not given out.
inline constexpr const char* bsns[] = {"900000004", "900000016", "900000028", "900000041"};

inline values::PersonId person(std::size_t number) {
    return {1, number + 1};
}

inline intake::IdentityRow woman(std::size_t number) {
    intake::IdentityRow row;
    row.bsn = *values::Bsn::parse(bsns[number]);
    row.insured_number = "V" + std::to_string(1000 + number);
    row.birth_date = Date::of(1990, 2, 28).plus_days(static_cast<int>(number));
    row.sex = "2";
    row.name = "Voorbeeld";
    row.initials = "AB";
    row.postcode = "1234AB";
    row.house_number = "7";
    return row;
}

inline claim::Sent claim_of(std::size_t woman, std::string_view reference) {
    claim::Sent claim;
    claim.reference = Reference::of(reference);
    claim.person = person(woman);
    claim.declarant = AgbCode::of(53000001);
    claim.insurer = UzoviCode::of(9991);
    claim.performance = values::PerformanceCode::of(69, "990001");
    claim.care = {Date::of(2024, 1, 3), Date::of(2024, 9, 30)};
    claim.amount = Cents::of(123'45);
    return claim;
}

inline Envelope envelope() {
    return {AgbCode::of(53000001), UzoviCode::of(9991), "B000000001", Date::of(2024, 10, 15), true};
}

// Our own messages have no finding at all.
inline wire::Message read(const std::string& bytes, const wire::LayoutRef& layout) {
    base::Findings findings;
    auto message = wire::decode(bytes, layout, "test", findings);
    for (const auto& finding : findings) {
        ADD_FAILURE() << finding.code << " record " << finding.where.record << " field "
                      << finding.where.field;
    }
    BUNDEL_ASSERT(message.has_value());
    return std::move(*message);
}

inline wire::Message read(const Result<std::vector<Segment>>& written, const wire::LayoutRef& layout) {
    EXPECT_TRUE(written.ok()) << (written.ok() ? "" : written.error().code);
    return read(bytes_of(*written), layout);
}

inline std::vector<const wire::Record*> records(const wire::Message& message, std::string_view code) {
    std::vector<const wire::Record*> found;
    for (const wire::Record& record : message.records()) {
        if (message.code(record) == code) found.push_back(&record);
    }
    return found;
}

inline std::string_view raw(const wire::Message& message, const wire::Record& record,
                            std::string_view element) {
    return message.field(record, *column_of(message.layout(), message.code(record), element));
}

inline std::string text(const wire::Message& message, const wire::Record& record, std::string_view element) {
    return wire::utf8(raw(message, record, element));
}

// Every filled field of every record on a line of its own, under the person it belongs to.
inline std::string listing(std::span<const Segment> segments, const wire::LayoutRef& layout) {
    const wire::Message message = read(bytes_of(segments), layout);
    std::ostringstream out;
    std::size_t at = 0;
    std::size_t next = 0;
    for (const wire::Record& record : message.records()) {
        if (record.offset == next) {
            const auto& segment = segments[at++];
            out << (segment.person.is_nobody() ? "niemand" : "persoon " + std::to_string(segment.person.low))
                << "\n";
            next += segment.bytes.size();
        }
        for (const wire::Field& field : layout->records()[record.index].fields) {
            const auto value = message.field(record, *layout->column(field.id));
            if (wire::is_empty(value, field.kind)) continue;
            out << "  " << field.id << " " << field.name << ": " << wire::text(value) << "\n";
        }
    }
    return out.str();
}

// tests/golden/reply/<name>.txt; written anew with BUNDEL_UPDATE_GOLDEN=1.
inline void expect_golden(const std::string& name, const std::string& text) {
    const auto path = std::filesystem::path(BUNDEL_SOURCE_DIR) / "tests/golden/reply" / (name + ".txt");
    if (std::getenv("BUNDEL_UPDATE_GOLDEN") != nullptr) {
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << text;
    }
    std::stringstream golden;
    golden << std::ifstream(path).rdbuf();
    EXPECT_EQ(text, golden.str()) << path;
}

// A midwife's file: two women, the first with comments and two lines.
inline wire::Message midwife_file() {
    Draft draft(layout("VK301"));
    const auto comment = [&](const char* words) { draft.append("98", {}).set("OMS016", words); };
    const auto woman = [&](std::size_t number) {
        draft.append("02", {})
            .set("NUM313", bsns[number])
            .set("COD061", "9991")
            .set("DAT006", Date::of(1991, 5, 6))
            .set("COD134", "2")
            .set("COD700", "1")
            .set("NAM193", "Voorbeeld")
            .set("NAM025", "CD")
            .set("COD841", "2");
    };
    const auto line = [&](std::size_t number, const char* code, const char* reference, Cents amount) {
        draft.append("04", {})
            .set("NUM313", bsns[number])
            .set("COD061", "9991")
            .set("COD820", "1")
            .set("DAT001", Date::of(2024, 3, 1))
            .set("DAT003", Date::of(2024, 3, 31))
            .set("COD367", "032")
            .set("COD388", code)
            .set("COD089", "08000002")
            .set("ANT054", 1)
            .set("BED160", amount)
            .set("BED153", amount)
            .set("COD668", "D")
            .set_signed("BED161", "COD665", amount)
            .set("NUM362", reference);
    };
    draft.append("01", {})
        .set("COD856", "T")
        .set("NUM284", "PRAKTIJK-1")
        .set("COD061", "9991")
        .set("COD009", "08000002")
        .set("COD181", "08000101")
        .set("COD833", "03")
        .set("DAT043", Date::of(2024, 3, 1))
        .set("DAT044", Date::of(2024, 3, 31))
        .set("NUM029", "2024-17")
        .set("DAT031", Date::of(2024, 4, 2))
        .set("COD363", "EUR");
    woman(0);
    comment("over haar");
    line(0, "1101", "V-0001", Cents::of(300'00));
    comment("over de eerste regel");
    line(0, "1102", "V-0002", Cents::of(450'10));
    woman(1);
    line(1, "1103", "V-0003", Cents::of(120'05));
    draft.close();
    return read(draft.finish(), layout("VK301"));
}

// A hospital's file: a DBC with two tariff records and, where the layout has them, two activities; and a DBC
// of another woman with one tariff record.
inline wire::Message hospital_file(const char* name) {
    const auto zh308 = layout(name);
    const bool activities = zh308->record_index("16") >= 0;
    Draft draft(zh308);
    const auto about = [&](std::size_t number, std::string_view record) -> Draft& {
        return draft.append(record, {}).set("NUM313", bsns[number]).set("COD061", "9991");
    };
    const auto woman = [&](std::size_t number) {
        about(number, "02")
            .set("NUM366", "P" + std::to_string(number))
            .set("DAT006", Date::of(1991, 5, 6))
            .set("COD134", "2")
            .set("COD700", "1")
            .set("NAM193", "Voorbeeld")
            .set("NAM025", "CD")
            .set("COD841", "2");
    };
    const auto service = [&](std::size_t number, const char* reference) {
        about(number, "04")
            .set("COD150", "1")
            .set("COD367", "999")
            .set("COD695", "990100")
            .set("DAT001", Date::of(2024, 1, 3))
            .set("DAT003", Date::of(2024, 3, 31))
            .set("COD988", "990100001")
            .set("ANT054", 1)
            .set("COD989", "HASH-" + std::string(reference))
            .set("NUM383", "1.0")
            .set("COD153", "001")
            .set("NUM385", "G-7")
            .set("COD043", "D")
            .set("NUM362", reference);
        if (activities) draft.set("DAT006", Date::of(1991, 5, 6));
    };
    const auto tariff = [&](std::size_t number, const char* reference, Cents amount) {
        about(number, "06")
            .set("COD692", "999")
            .set("COD695", "990101")
            .set("DAT001", Date::of(2024, 1, 3))
            .set("COD029", "01")
            .set("COD089", "06000009")
            .set("BED160", amount)
            .set("ANT094", 10000)
            .set("BED153", amount)
            .set("COD668", "D")
            .set_signed("BED161", "COD665", amount)
            .set("NUM371", reference);
    };
    const auto activity = [&](std::size_t number, const char* reference, Date day) {
        if (!activities) return;
        about(number, "16")
            .set("COD692", "999")
            .set("COD695", "990201")
            .set("DAT001", Date::of(2024, 1, 3))
            .set("COD099", reference)
            .set("COD329", "990201")
            .set("DAT315", day)
            .set("DAT316", day)
            .set("ANT054", 1)
            .set("COD043", "D")
            .set("NUM415", reference);
    };
    draft.append("01", {})
        .set("COD856", "T")
        .set("NUM284", "ZIS-1")
        .set("COD061", "9991")
        .set("COD031", "06000001")
        .set("COD833", "04")
        .set("DAT043", Date::of(2024, 1, 1))
        .set("DAT044", Date::of(2024, 3, 31))
        .set("NUM029", "Z2024-5")
        .set("DAT031", Date::of(2024, 4, 2))
        .set("COD363", "EUR");
    woman(0);
    service(0, "DBC-1");
    draft.append("98", {}).set("OMS016", "over de DBC");
    tariff(0, "T-1", Cents::of(700'00));
    draft.append("98", {}).set("OMS016", "over het eerste tarief");
    tariff(0, "T-2", Cents::of(210'50));
    activity(0, "A-1", Date::of(2024, 1, 3));
    activity(0, "A-2", Date::of(2024, 2, 29));
    woman(1);
    service(1, "DBC-2");
    tariff(1, "T-3", Cents::of(99'95));
    activity(1, "A-3", Date::of(2024, 3, 1));
    draft.close();
    return read(draft.finish(), zh308);
}

// A kraamzorg organisation's file: hours of one woman, declared after the birth.
inline wire::Message kraamzorg_file() {
    Draft draft(layout("KZ301"));
    draft.append("01", {})
        .set("COD856", "T")
        .set("COD061", "9991")
        .set("COD031", "33000001")
        .set("COD833", "04")
        .set("DAT043", Date::of(2024, 3, 1))
        .set("DAT044", Date::of(2024, 3, 31))
        .set("NUM029", "K2024-9")
        .set("DAT031", Date::of(2024, 4, 2))
        .set("COD363", "EUR");
    draft.append("02", {})
        .set("NUM313", bsns[0])
        .set("COD061", "9991")
        .set("DAT006", Date::of(1991, 5, 6))
        .set("COD134", "2")
        .set("COD700", "1")
        .set("NAM193", "Voorbeeld")
        .set("NAM025", "CD")
        .set("COD841", "2");
    draft.append("04", {})
        .set("NUM313", bsns[0])
        .set("COD061", "9991")
        .set("COD820", "1")
        .set("DAT001", Date::of(2024, 3, 4))
        .set("DAT003", Date::of(2024, 3, 11))
        .set("COD367", "999")
        .set("COD388", "990301")
        .set("ANT054", 49)
        .set("BED160", Cents::of(60'00))
        .set("BED153", Cents::of(2'940'00))
        .set("COD668", "D")
        .set_signed("BED161", "COD665", Cents::of(2'940'00))
        .set("NUM362", "K-0001");
    draft.close();
    return read(draft.finish(), layout("KZ301"));
}

}  // namespace bundel::reply::testing
