// What is particular to kraamzorg and the hospital; what every claim message has is in claims_test.cpp.
#include <gtest/gtest.h>

#include "support/any_vault.h"
#include "wire/decode.h"
#include "wire/testing.h"

namespace bundel::intake {
namespace {

using facts::Activity;
using facts::CareLine;
using wire::testing::layout;

const Source source{base::digest("message"), Date::of(2024, 9, 6)};
const char* const ann = "123456782";
const char* const bea = "957136171";

using Fields = std::map<std::string, std::string>;  // by data element
struct Told {
    std::string code;
    Fields fields;
};

// A lawful record of a claim message and of its answer; what a layout does not have is left out.
Fields lawful(const std::string& code, const std::string& bsn, std::size_t place) {
    const std::string number = std::to_string(place);
    const Fields owner{{"NUM313", bsn}, {"COD061", "9101"}, {"NUM123", "1"}};
    Fields fields;
    if (code == "01")
        return {{"COD856", "T"},        {"COD061", "9101"},     {"COD031", "06000101"},
                {"COD833", "04"},       {"DAT043", "20240101"}, {"DAT044", "20240830"},
                {"NUM029", "Z-1"},      {"DAT031", "20240901"}, {"COD363", "EUR"},
                {"DAT277", "20240905"}, {"COD954", "8001"}};
    if (code == "02")
        fields = {{"NUM366", "P" + number}, {"COD038", "P" + number}, {"DAT006", "19900102"},
                  {"COD134", "2"},          {"COD700", "1"},          {"NAM193", "Example"},
                  {"NAM025", "A"},          {"COD841", "2"}};
    if (code == "04")
        fields = {
            {"COD150", "1"},           {"COD820", "1"},        {"DAT006", "19900102"}, {"COD367", "041"},
            {"COD695", "15B123"},      {"COD388", "15B123"},   {"DAT001", "20240301"}, {"DAT003", "20240620"},
            {"COD988", "150101001"},   {"COD836", "08001102"}, {"ANT054", "1"},        {"COD043", "D"},
            {"NUM362", "D-" + number}, {"BED160", "1000"},     {"BED161", "1000"},     {"COD665", "D"}};
    if (code == "06")
        fields = {{"COD692", "041"},      {"COD695", "15B123"}, {"DAT001", "20240301"},    {"COD029", "2"},
                  {"COD089", "06001101"}, {"BED160", "120000"}, {"ANT094", "10000"},       {"COD668", "D"},
                  {"BED161", "120000"},   {"COD665", "D"},      {"NUM371", "T-" + number}, {"COD673", "D"}};
    if (code == "16")
        fields = {{"COD692", "041"},    {"COD695", "15B123"},     {"DAT001", "20240301"}, {"COD099", number},
                  {"COD329", "037611"}, {"DAT315", "20240516"},   {"DAT316", "20240516"}, {"ANT054", "1"},
                  {"COD043", "D"},      {"NUM415", "Z-" + number}};
    fields.insert(owner.begin(), owner.end());
    return fields;
}

std::string file_of(const std::string& name, const std::vector<Told>& records) {
    const wire::LayoutRef in = layout(name);
    wire::Writer writer(in);
    std::string bsn = ann;
    std::size_t place = 0;
    const auto set = [&](const std::string& code, const Fields& fields) {
        const auto& all = in->records()[static_cast<std::size_t>(in->record_index(code))].fields;
        for (const auto& [element, text] : fields) {
            const auto at = std::find_if(all.begin(), all.end(),
                                         [&](const wire::Field& one) { return one.element == element; });
            if (at != all.end()) writer.set(*in->column(at->id), text);
        }
    };
    for (const Told& record : records) {
        if (record.code == "02") bsn = record.fields.contains("NUM313") ? record.fields.at("NUM313") : ann;
        Fields fields = lawful(record.code, bsn, ++place);
        if (in->is_return()) fields["NUM040"] = std::to_string(place);
        for (const auto& [element, text] : record.fields) fields[element] = text;
        writer.append(record.code);
        set(record.code, fields);
    }
    writer.close();
    if (in->is_return()) set("99", {{"COD668", "D"}, {"COD665", "D"}});
    auto bytes = writer.finish();
    EXPECT_TRUE(bytes.ok()) << bytes.error().code << " " << bytes.error().params.back().second;
    return bytes.ok() ? *bytes : "";
}

struct Read {
    Intake intake;
    Findings findings;
    AnyVault vault;
};

std::string told(const Findings& findings) {
    std::string text;
    for (const auto& finding : findings) {
        text += std::to_string(finding.where.record) + " " + finding.where.field + " " + finding.code + " " +
                finding.return_code + "; ";
    }
    return text;
}

Read read(const std::string& name, const std::string& bytes) {
    Read result;
    const auto message = wire::decode(bytes, layout(name), "test.txt", result.findings);
    EXPECT_TRUE(message.has_value()) << told(result.findings);
    if (!message) return result;
    auto intake = read_claims(*message, source, result.vault, result.findings);
    EXPECT_TRUE(intake.ok());
    if (intake.ok()) result.intake = std::move(*intake);
    EXPECT_EQ(bytes_of(result.intake.segments), bytes);
    return result;
}

std::vector<CareLine> lines_of(const Intake& intake) {
    std::vector<CareLine> lines;
    for (const auto& [person, reading] : intake.readings) {
        for (const auto& known : reading.lines) lines.push_back(known.fact);
    }
    return lines;
}

Activity activity(const char* code, Date day, int count) {
    return {base::FixedText<10>::of(code), day, count};
}

CareLine expected_line(const AnyVault& vault) {
    CareLine line;
    line.id = {AgbCode::of(6'000'101), Reference::of("T-4")};
    line.person = vault.of(ann);
    line.declarant = AgbCode::of(6'000'101);
    line.treating = AgbCode::of(6'001'101);
    line.referrer = AgbCode::of(8'001'102);
    line.insurer = UzoviCode::of(9101);
    line.performance = PerformanceCode::of(41, "15B123");
    line.care = {Date::of(2024, 3, 1), Date::of(2024, 6, 20)};
    line.tariff = line.amount = Cents::of(1200'00);
    line.service = Reference::of("D-3");
    line.product = base::FixedText<9>::of("150101001");
    return line;
}

TEST(HospitalClaims, ATariffIsALineWithTheActivitiesOfItsService) {
    const std::string bytes = file_of(
        "ZH308-9.0", {{"01", {}},
                      {"02", {}},
                      {"04", {}},
                      {"06", {{"NUM372", "T-0"}}},
                      {"06", {{"COD677", "016"}, {"COD665", "C"}, {"COD668", "C"}, {"BED161", "4500"}}},
                      {"16", {{"DAT315", "20240517"}, {"DAT316", "20240518"}, {"ANT054", "2"}}},
                      {"16", {{"COD329", "190036"}}},
                      {"16", {{"COD043", "C"}}}});
    const Read got = read("ZH308-9.0", bytes);
    EXPECT_EQ(told(got.findings), "");
    EXPECT_EQ(got.intake.kind, "ZH308 9.0");
    const auto& lines = got.intake.readings.at(got.vault.of(ann)).lines;
    ASSERT_EQ(lines.size(), 2u);
    CareLine first = expected_line(got.vault);
    first.previous = Reference::of("T-0");
    first.activities = {activity("037611", Date::of(2024, 5, 17), 2),
                        activity("190036", Date::of(2024, 5, 16), 1)};
    EXPECT_EQ(lines[0].fact, first);
    EXPECT_EQ(lines[0].origin, (facts::Origin{source.message, 4}));
    CareLine second = first;
    second.id.reference = Reference::of("T-5");
    second.previous = {};
    second.performance = PerformanceCode::of(16, "15B123");  // the second list is that of the code
    second.amount = Cents::of(-45'00);
    second.credit = true;
    EXPECT_EQ(lines[1].fact, second);
    EXPECT_EQ(lines[1].origin, (facts::Origin{source.message, 5}));
}

// 8.0 has no room for days of activities.
TEST(HospitalClaims, TheOlderLayoutSaysTheSameWithoutActivities) {
    const Read got =
        read("ZH308-8.0",
             file_of("ZH308-8.0", {{"01", {}}, {"02", {}}, {"04", {{"COD329", "037611"}}}, {"06", {}}}));
    EXPECT_EQ(told(got.findings), "");
    EXPECT_EQ(got.intake.kind, "ZH308 8.0");
    EXPECT_EQ(lines_of(got.intake), std::vector<CareLine>{expected_line(got.vault)});
    EXPECT_EQ(got.vault.seen.at(0).patient_number, "P2");
}

TEST(HospitalClaims, AFaultIsToldOfTheRecordThatHasIt) {
    struct Row {
        const char* why;
        Fields insured, service, tariff, activity;
        const char* findings;
        std::size_t lines, activities;
    };
    const char* const below = "4 0622 intake_service_refused 8002; ";
    const Row rows[] = {
        {"sound", {}, {}, {}, {}, "", 1, 1},
        {"other BSN in 04", {}, {{"NUM313", bea}}, {}, {}, "3 0403 intake_bsn_differs 0435; ", 0, 0},
        {"other insurer in 04",
         {},
         {{"COD061", "9102"}},
         {},
         {},
         "3 0404 intake_insurer_differs 0423; ",
         0,
         0},
        {"other BSN in 06", {}, {}, {{"NUM313", bea}}, {}, "4 0603 intake_bsn_differs 0435; ", 0, 0},
        {"other insurer in 06",
         {},
         {},
         {{"COD061", "9102"}},
         {},
         "4 0604 intake_insurer_differs 0423; ",
         0,
         0},
        {"other BSN in 16", {}, {}, {}, {{"NUM313", bea}}, "5 1603 intake_bsn_differs 0435; ", 1, 0},
        {"other insurer in 16",
         {},
         {},
         {},
         {{"COD061", "9102"}},
         "5 1604 intake_insurer_differs 0423; ",
         1,
         0},
        {"an activity without a day", {}, {}, {}, {{"DAT315", ""}}, "5 1612 field_empty ; ", 1, 0},
        {"end before begin", {}, {{"DAT003", "20240229"}}, {}, {}, "3 0412 intake_period_wrong 8007; ", 0, 0},
        {"end on the day of the invoice", {}, {{"DAT003", "20240901"}}, {}, {}, "", 1, 1},
        {"end after it",
         {},
         {{"DAT003", "20240902"}},
         {},
         {},
         "3 0412 intake_end_after_invoice 8178; ",
         0,
         0},
        {"a service that cannot be read", {}, {{"COD367", ""}}, {}, {}, "3 0409 field_empty 0581; ", 0, 0},
        {"an insured that cannot be read",
         {{"NAM193", ""}},
         {},
         {},
         {},
         "2 0210 field_empty 0312; 4 0622 intake_insured_refused 8002; ",
         0,
         0},
        {"calculated as debit, declared as credit",
         {},
         {},
         {{"COD665", "C"}},
         {},
         "4 0618 intake_sides_differ 8064; ",
         0,
         0},
        {"no reference", {}, {}, {{"NUM371", ""}}, {}, "4 0622 field_empty ; ", 0, 0},
        {"a reference that starts with a space",
         {},
         {},
         {{"NUM371", " 7"}},
         {},
         "4 0622 intake_reference_wrong 8021; ",
         0,
         0},
        {"treating party is no code",
         {},
         {},
         {{"COD089", "06000000"}},
         {},
         "4 0612 intake_provider_wrong 8011; ",
         1,
         1},
        {"nines: nobody known",
         {{"NUM313", "999999999"}},
         {},
         {},
         {},
         "2 0203 intake_bsn_absent 0435; ",
         1,
         1},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        const Read got = read("ZH308-9.0", file_of("ZH308-9.0", {{"01", {}},
                                                                 {"02", row.insured},
                                                                 {"04", row.service},
                                                                 {"06", row.tariff},
                                                                 {"16", row.activity}}));
        const bool of_service = std::string(row.findings).starts_with("3 ");
        EXPECT_EQ(told(got.findings), row.findings + std::string(of_service ? below : ""));
        const auto lines = lines_of(got.intake);
        ASSERT_EQ(lines.size(), row.lines);
        for (const CareLine& line : lines) EXPECT_EQ(line.activities.size(), row.activities);
    }
}

TEST(HospitalClaims, AServiceWithoutTariffIsNotLostInSilence) {
    const Read got =
        read("ZH308-9.0",
             file_of("ZH308-9.0", {{"01", {}}, {"02", {}}, {"04", {}}, {"16", {}}, {"04", {}}, {"06", {}}}));
    EXPECT_EQ(told(got.findings), "3 0458 intake_service_without_tariff ; ");
    EXPECT_EQ(got.findings.at(0).severity, base::Severity::note);
    const auto lines = lines_of(got.intake);
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0].service.view(), "D-5");
    EXPECT_TRUE(lines[0].activities.empty());  // those of the other service
}

TEST(HospitalClaims, TariffsOfOneFileAgainstEachOther) {
    struct Row {
        const char* why;
        Fields second;
        std::size_t taken;
        const char* findings;
    };
    const Row rows[] = {
        {"equal content under two services is two lines", {}, 2, ""},
        {"one reference twice", {{"NUM371", "T-4"}}, 1, "7 0622 intake_reference_repeated 8021; "},
        {"debit and the credit that names it",
         {{"NUM372", "T-4"}, {"COD668", "C"}, {"COD665", "C"}},
         0,
         "4 0622 intake_debit_and_credit 8062; 7 0622 intake_debit_and_credit 8062; "},
        {"credit of an earlier one", {{"NUM372", "T-0"}, {"COD668", "C"}, {"COD665", "C"}}, 2, ""},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        const Read got = read("ZH308-9.0", file_of("ZH308-9.0", {{"01", {}},
                                                                 {"02", {}},
                                                                 {"04", {}},
                                                                 {"06", {}},
                                                                 {"16", {}},
                                                                 {"04", {}},
                                                                 {"06", row.second}}));
        EXPECT_EQ(told(got.findings), row.findings);
        EXPECT_EQ(lines_of(got.intake).size(), row.taken);
    }
}

TEST(HospitalClaims, SegmentsHoldEverythingOfAWoman) {
    const Read got = read("ZH308-9.0", file_of("ZH308-9.0", {{"01", {}},
                                                             {"02", {}},
                                                             {"04", {}},
                                                             {"06", {}},
                                                             {"98", {{"OMS016", "comment"}}},
                                                             {"16", {}},
                                                             {"02", {{"NUM313", bea}}},
                                                             {"04", {}},
                                                             {"06", {}}}));
    const auto& segments = got.intake.segments;
    ASSERT_EQ(segments.size(), 4u);
    EXPECT_EQ(segments[1].person, got.vault.of(ann));
    EXPECT_EQ(segments[1].bytes.size(), 5 * 612u);
    EXPECT_EQ(segments[2].person, got.vault.of(bea));
}

TEST(KraamzorgClaims, AQuantityOfTimeIsMinutes) {
    struct Row {
        const char* unit;
        const char* quantity;
        int minutes;
    };
    const Row rows[] = {{"", "4", 0},       {"01", "45", 45}, {"02", "3", 45},        {"03", "5", 150},
                        {"04", "49", 2940}, {"04", "0", 0},   {"04", "9999", 599940}, {"06", "130", 0},
                        {"07", "7", 35},    {"08", "7", 70},  {"14", "1", 0},         {"82", "1", 0},
                        {"05", "1", 0}};
    for (const Row& row : rows) {
        SCOPED_TRACE(row.unit);
        const Fields line{
            {"COD367", "035"}, {"COD388", "194001"}, {"COD218", row.unit}, {"ANT054", row.quantity}};
        const Read got = read("KZ301", file_of("KZ301", {{"01", {}}, {"02", {}}, {"04", line}}));
        EXPECT_EQ(told(got.findings), "");
        const auto lines = lines_of(got.intake);
        ASSERT_EQ(lines.size(), 1u);
        EXPECT_EQ(lines[0].minutes, row.minutes);
        EXPECT_EQ(std::to_string(lines[0].quantity), row.quantity);
        EXPECT_TRUE(lines[0].service.empty());
    }
}

TEST(HospitalAnswers, TheVerdictIsOnTheTariffElseOnWhatStandsAboveIt) {
    struct Row {
        const char* why;
        Fields insured, service, tariff;
        Cents granted;
        std::vector<std::string> codes;
    };
    const Row rows[] = {
        {"granted in full", {}, {}, {{"BED166", "120000"}}, Cents::of(1200'00), {}},
        {"its own codes first",
         {{"COD954", "0320"}},
         {{"COD954", "0582"}},
         {{"COD954", "0611"}, {"COD956", "8002"}},
         Cents(),
         {"0611", "8002"}},
        {"then those of the service", {{"COD954", "0320"}}, {{"COD954", "0582"}}, {}, Cents(), {"0582"}},
        {"then those of the insured", {{"COD954", "0320"}}, {}, {}, Cents(), {"0320"}},
        {"a grant speaks for itself",
         {{"COD954", "0320"}},
         {{"COD954", "0582"}},
         {{"BED166", "1"}},
         Cents::of(1),
         {}},
        {"nobody says anything", {}, {}, {}, Cents(), {}},
    };
    for (const char* const name : {"ZH309-8.0", "ZH309-9.0-provisional"}) {
        for (const Row& row : rows) {
            SCOPED_TRACE(std::string(name) + " " + row.why);
            const std::string bytes =
                file_of(name, {{"01", {}}, {"02", row.insured}, {"04", row.service}, {"06", row.tariff}});
            AnyVault vault;
            Findings findings;
            const auto message = wire::decode(bytes, layout(name), "f", findings);
            ASSERT_TRUE(message) << told(findings);
            const auto answers = read_answers(*message, vault, findings);
            ASSERT_TRUE(answers.ok());
            EXPECT_EQ(told(findings), "");
            EXPECT_EQ(answers->declarant, AgbCode::of(6'000'101));
            EXPECT_EQ(answers->invoice, "Z-1");
            const AnswerLine expected{3,       vault.of(ann), Reference::of("T-4"),
                                      Cents(), row.granted,   row.codes};
            EXPECT_EQ(answers->lines, std::vector<AnswerLine>{expected});
        }
    }
}

}  // namespace
}  // namespace bundel::intake
