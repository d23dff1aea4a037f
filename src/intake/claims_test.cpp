#include <gtest/gtest.h>

#include "support/any_vault.h"
#include "wire/decode.h"
#include "wire/testing.h"

namespace bundel::intake {
namespace {

using facts::CareLine;
using wire::testing::layout;

const Source source{base::digest("message"), Date::of(2024, 5, 6)};
const char* const ann = "123456782";
const char* const bea = "957136171";

using Fields = std::map<std::string, std::string>;  // by field number
struct Told {
    std::string code;
    Fields fields;
};

// A lawful record; `fields` write over it.
Fields lawful(const std::string& code, const std::string& bsn, std::size_t place) {
    if (code == "01")
        return {{"0105", "T"},        {"0108", "9101"},     {"0110", "08001101"}, {"0111", "08000101"},
                {"0113", "03"},       {"0114", "20240101"}, {"0115", "20240430"}, {"0116", "F-1"},
                {"0117", "20240501"}, {"0119", "EUR"}};
    if (code == "02")
        return {{"0203", bsn},        {"0204", "9101"}, {"0206", "V" + std::to_string(place)},
                {"0207", "19900102"}, {"0208", "2"},    {"0209", "1"},
                {"0210", "Example"},  {"0215", "A"},    {"0217", "1234AB"},
                {"0219", "7"},        {"0223", "2"}};
    if (code == "98") return {};
    return {
        {"0403", bsn},        {"0404", "9101"},  {"0407", "1"},     {"0412", "20240301"},
        {"0413", "20240331"}, {"0415", "032"},   {"0416", "1101"},  {"0417", "08001101"},
        {"0419", "08001102"}, {"0421", "1"},     {"0423", "48705"}, {"0424", "48705"},
        {"0425", "D"},        {"0427", "48705"}, {"0428", "D"},     {"0429", "R-" + std::to_string(place)}};
}

std::string file_of(const std::vector<Told>& records) {
    const wire::LayoutRef vk301 = layout("VK301");
    wire::Writer writer(vk301);
    std::string bsn = ann;
    std::size_t place = 0;
    for (const Told& record : records) {
        if (record.fields.contains("0203")) bsn = record.fields.at("0203");
        Fields fields = lawful(record.code, bsn, ++place);
        for (const auto& [id, text] : record.fields) fields[id] = text;
        writer.append(record.code);
        for (const auto& [id, text] : fields) writer.set(*vk301->column(id), text);
    }
    writer.close();
    auto bytes = writer.finish();
    BUNDEL_ASSERT(bytes.ok());
    return *bytes;
}

struct Read {
    Intake intake;
    Findings findings;
    AnyVault vault;
};

Read read(const std::string& bytes) {
    Read result;
    const auto message = wire::decode(bytes, layout("VK301"), "test.txt", result.findings);
    BUNDEL_ASSERT(message.has_value());
    auto intake = read_claims(*message, source, result.vault, result.findings);
    BUNDEL_ASSERT(intake.ok());
    result.intake = std::move(*intake);
    return result;
}

std::vector<CareLine> lines_of(const Intake& intake) {
    std::vector<CareLine> lines;
    for (const auto& [person, reading] : intake.readings) {
        for (const auto& known : reading.lines) lines.push_back(known.fact);
    }
    return lines;
}

std::string told(const Findings& findings) {
    std::string text;
    for (const auto& finding : findings) {
        text += std::to_string(finding.where.record) + " " + finding.where.field + " " + finding.code + " " +
                finding.return_code + "; ";
    }
    return text;
}

TEST(ReadClaims, ALineInFull) {
    const Read got = read(file_of({{"01", {}}, {"02", {}}, {"04", {{"0414", "20240320"}, {"0430", "R-0"}}}}));
    EXPECT_EQ(told(got.findings), "");
    EXPECT_EQ(got.intake.kind, "VK301 2.2");
    EXPECT_EQ(got.intake.invoice, "F-1");
    EXPECT_EQ(got.intake.receiver, UzoviCode::of(9101));
    CareLine expected;
    expected.id = {AgbCode::of(8'000'101), Reference::of("R-3")};
    expected.person = got.vault.of(ann);
    expected.declarant = AgbCode::of(8'000'101);
    expected.treating = AgbCode::of(8'001'101);
    expected.referrer = AgbCode::of(8'001'102);
    expected.insurer = UzoviCode::of(9101);
    expected.performance = PerformanceCode::of(32, "1101");
    expected.care = {Date::of(2024, 3, 1), Date::of(2024, 3, 31)};
    expected.partus = Date::of(2024, 3, 20);
    expected.tariff = expected.amount = Cents::of(487'05);
    expected.previous = Reference::of("R-0");
    const auto& known = got.intake.readings.at(expected.person).lines.at(0);
    EXPECT_EQ(known.fact, expected);
    EXPECT_EQ(known.received, source.received);
    EXPECT_EQ(known.origin, (facts::Origin{source.message, 3}));
}

TEST(ReadClaims, ACreditIsNegative) {
    const Read got =
        read(file_of({{"01", {}}, {"02", {}}, {"04", {{"0425", "C"}, {"0428", "C"}, {"0430", "R-0"}}}}));
    const auto lines = lines_of(got.intake);
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_TRUE(lines[0].credit);
    EXPECT_EQ(lines[0].amount, Cents::of(-487'05));
    EXPECT_EQ(lines[0].tariff, Cents::of(487'05));
}

TEST(ReadClaims, TheDeclarantIsInstitutionElsePracticeElseProvider) {
    struct Row {
        Fields header;
        std::uint32_t declarant;
        const char* findings;
    };
    const Row rows[] = {
        {{{"0112", "53000001"}}, 53'000'001, ""},
        {{}, 8'000'101, ""},
        {{{"0111", ""}}, 8'001'101, ""},
        {{{"0111", ""}, {"0110", ""}}, 0, "1 0110 intake_declarant_wrong 0014; "},
        {{{"0111", "08000000"}}, 0, "1 0111 intake_declarant_wrong 0016; "},
        {{{"0112", "00000001"}}, 0, "1 0112 intake_declarant_wrong 0017; "},
    };
    for (const Row& row : rows) {
        const std::string bytes = file_of({{"01", row.header}, {"02", {}}, {"04", {}}});
        const Read got = read(bytes);
        EXPECT_EQ(got.intake.declarant.number(), row.declarant);
        EXPECT_EQ(told(got.findings), row.findings);
        EXPECT_EQ(got.intake.refused, row.declarant == 0);
        EXPECT_EQ(lines_of(got.intake).size(), row.declarant == 0 ? 0u : 1u);
        EXPECT_EQ(bytes_of(got.intake.segments), bytes);
    }
}

TEST(ReadClaims, FaultsOfOneLine) {
    struct Row {
        const char* why;
        Fields insured;
        Fields line;
        const char* findings;
        bool is_taken;
    };
    const Row rows[] = {
        {"sound", {}, {}, "", true},
        {"other BSN than the insured", {}, {{"0403", bea}}, "3 0403 intake_bsn_differs 0435; ", false},
        {"other insurer", {}, {{"0404", "9102"}}, "3 0404 intake_insurer_differs 0423; ", false},
        {"one day", {}, {{"0412", "20240331"}}, "", true},
        {"end before begin", {}, {{"0413", "20240229"}}, "3 0413 intake_period_wrong 8007; ", false},
        {"begin and end on the day of the invoice",
         {},
         {{"0412", "20240501"}, {"0413", "20240501"}},
         "",
         true},
        {"begin after it",
         {},
         {{"0412", "20240502"}, {"0413", "20240502"}},
         "3 0412 intake_begin_after_invoice 8177; ",
         false},
        {"end after it", {}, {{"0413", "20240502"}}, "3 0413 intake_end_after_invoice 8178; ", false},
        {"credit of what is calculated as debit",
         {},
         {{"0428", "C"}},
         "3 0425 intake_sides_differ 8064; ",
         false},
        {"no calculated side", {}, {{"0425", ""}}, "", true},
        {"no side", {}, {{"0428", ""}}, "3 0428 intake_amount_wrong 0631; ", false},
        {"neither debit nor credit", {}, {{"0428", "X"}}, "3 0428 intake_amount_wrong 0631; ", false},
        {"treating party is no code",
         {},
         {{"0417", "08000000"}},
         "3 0417 intake_provider_wrong 8011; ",
         true},
        {"no treating party, no referrer", {}, {{"0417", ""}, {"0419", ""}}, "", true},
        {"nines: nobody known", {{"0203", "999999999"}}, {}, "2 0203 intake_bsn_absent 0435; ", true},
        {"zeros: nobody known", {{"0203", "000000000"}}, {}, "2 0203 intake_bsn_absent 0435; ", true},
        {"fails the eleven test", {{"0203", "123456783"}}, {}, "2 0203 intake_bsn_wrong 0435; ", true},
        {"nobody known and no patient number",
         {{"0203", "999999999"}, {"0206", ""}},
         {},
         "2 0203 intake_bsn_absent 0435; 2 0206 intake_patient_unnamed ; ",
         true},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        const std::string bytes = file_of({{"01", {}}, {"02", row.insured}, {"04", row.line}});
        const Read got = read(bytes);
        EXPECT_EQ(told(got.findings), row.findings);
        const auto lines = lines_of(got.intake);
        ASSERT_EQ(lines.size(), row.is_taken ? 1u : 0u);
        EXPECT_EQ(bytes_of(got.intake.segments), bytes);
        for (const CareLine& line : lines) EXPECT_EQ(line.person_known, !row.insured.contains("0203"));
    }
}

TEST(ReadClaims, ARefusedInsuredTakesHerLinesAlong) {
    const Read got =
        read(file_of({{"01", {}}, {"02", {{"0210", ""}}}, {"04", {}}, {"02", {{"0203", bea}}}, {"04", {}}}));
    EXPECT_EQ(told(got.findings), "2 0210 field_empty 0312; 3 0429 intake_insured_refused 8002; ");
    ASSERT_EQ(got.intake.readings.size(), 1u);
    EXPECT_TRUE(got.intake.readings.contains(got.vault.of(bea)));
}

TEST(ReadClaims, LinesOfOneFileAgainstEachOther) {
    struct Row {
        const char* why;
        Fields first;
        Fields second;
        std::size_t taken;
        const char* findings;
    };
    const Fields credit{{"0425", "C"}, {"0428", "C"}};
    const auto credit_and = [&](Fields more) {
        more.insert(credit.begin(), credit.end());
        return more;
    };
    const char* const both = "3 0429 intake_debit_and_credit 8062; 4 0429 intake_debit_and_credit 8062; ";
    const Row rows[] = {
        {"two debits of equal content are two lines", {}, {}, 2, ""},
        {"one reference twice", {}, {{"0429", "R-3"}}, 1, "4 0429 intake_reference_repeated 8021; "},
        {"debit and credit that names it", {}, credit_and({{"0430", "R-3"}}), 0, both},
        {"debit and credit that names nothing", {}, credit, 0, both},
        {"credit of an earlier line, and the new debit", {}, credit_and({{"0430", "R-0"}}), 2, ""},
        {"of another amount", {}, credit_and({{"0430", "R-3"}, {"0427", "48704"}}), 2, ""},
        {"of another day", {}, credit_and({{"0430", "R-3"}, {"0413", "20240330"}}), 2, ""},
        {"of another treating party", {}, credit_and({{"0430", "R-3"}, {"0417", "08001102"}}), 2, ""},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        const Read got = read(file_of({{"01", {}}, {"02", {}}, {"04", row.first}, {"04", row.second}}));
        EXPECT_EQ(told(got.findings), row.findings);
        EXPECT_EQ(lines_of(got.intake).size(), row.taken);
    }
}

TEST(ReadClaims, OneCreditCancelsOneDebit) {
    const Fields credit{{"0425", "C"}, {"0428", "C"}};
    const Read got = read(file_of({{"01", {}}, {"02", {}}, {"04", {}}, {"04", credit}, {"04", {}}}));
    const auto lines = lines_of(got.intake);
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0].id.reference.view(), "R-5");
}

TEST(ReadClaims, SegmentsFollowThePersons) {
    const std::string bytes = file_of({{"01", {}},
                                       {"02", {}},
                                       {"04", {}},
                                       {"98", {{"9804", "comment"}}},
                                       {"02", {{"0203", "999999999"}}},
                                       {"04", {}},
                                       {"02", {{"0203", bea}}},
                                       {"04", {}}});
    const Read got = read(bytes);
    const auto& segments = got.intake.segments;
    ASSERT_EQ(segments.size(), 5u);
    EXPECT_EQ(bytes_of(segments), bytes);
    const std::size_t line = 312;
    const PersonId nobody;
    const std::pair<PersonId, std::size_t> expected[] = {{nobody, 1},
                                                         {got.vault.of(ann), 3},
                                                         {got.vault.of("08000101/V5"), 2},
                                                         {got.vault.of(bea), 2},
                                                         {nobody, 1}};
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_EQ(segments[i].person, expected[i].first);
        EXPECT_EQ(segments[i].bytes.size(), expected[i].second * line);
    }
}

TEST(ReadClaims, WomenWithoutBsnAreNeverOne) {
    const Fields nobody{{"0203", "999999999"}, {"0206", ""}};
    const std::string bytes = file_of({{"01", {}}, {"02", nobody}, {"04", {}}, {"02", nobody}, {"04", {}}});
    AnyVault vault;
    Findings findings;
    for (int times = 0; times < 2; ++times) {
        const auto message = wire::decode(bytes, layout("VK301"), "f", findings);
        const auto intake = read_claims(*message, source, vault, findings);
        EXPECT_EQ(intake->readings.size(), 2u);
    }
    EXPECT_EQ(vault.persons.size(), 2u);  // and the same two when the file comes again
}

TEST(ReadClaims, TheVaultHearsWhoSheIs) {
    const Read got =
        read(file_of({{"01", {}}, {"02", {{"0211", "van"}, {"0205", "X9"}, {"0220", "a"}}}, {"04", {}}}));
    ASSERT_EQ(got.vault.seen.size(), 1u);
    const IdentityRow& row = got.vault.seen[0];
    EXPECT_EQ(row.bsn->digits(), ann);
    EXPECT_EQ(row.declarant, AgbCode::of(8'000'101));
    EXPECT_EQ(row.patient_number, "V2");
    EXPECT_EQ(row.insured_number, "X9");
    EXPECT_EQ(row.insurer, UzoviCode::of(9101));
    EXPECT_EQ(row.birth_date, Date::of(1990, 1, 2));
    EXPECT_EQ(row.name + "/" + row.prefix + "/" + row.initials + "/" + row.sex, "Example/van/A/2");
    EXPECT_EQ(row.postcode + "/" + row.house_number + "/" + row.house_number_addition, "1234AB/00007/a");
}

TEST(ReadClaims, NoFindingRepeatsAPersonalValue) {
    const Read got =
        read(file_of({{"01", {}}, {"02", {{"0203", "123456783"}, {"0206", ""}}}, {"04", {{"0403", bea}}}}));
    EXPECT_EQ(got.findings.size(), 3u);
    for (const auto& finding : got.findings) EXPECT_TRUE(finding.params.empty());
}

TEST(ReadClaims, AVaultThatFailsIsAnError) {
    AnyVault vault;
    vault.full = true;
    Findings findings;
    const auto message =
        wire::decode(file_of({{"01", {}}, {"02", {}}, {"04", {}}}), layout("VK301"), "f", findings);
    const auto result = read_claims(*message, source, vault, findings);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code, "vault_full");
}

TEST(ReadAnswers, ALayoutWithoutTheElementsIsAnError) {
    AnyVault vault;
    Findings findings;
    const auto message =
        wire::decode(file_of({{"01", {}}, {"02", {}}, {"04", {}}}), layout("VK301"), "f", findings);
    const auto result = read_answers(*message, vault, findings);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code, "layout_element_missing");
}

// The same answer in both layouts: their columns differ, their elements do not.
std::string answer_of(const std::string& message, const std::vector<Fields>& lines) {
    const wire::LayoutRef answer = layout(message);
    wire::Writer writer(answer);
    const auto element = [&](const char* record, const std::string& wanted) {
        const int index = answer->record_index(record);
        for (const wire::Field& field : answer->records()[static_cast<std::size_t>(index)].fields) {
            if (field.element == wanted) return *answer->column(field.id);
        }
        BUNDEL_ASSERT(false);
        return wire::Column{};
    };
    const auto set = [&](const char* record, const Fields& fields) {
        for (const auto& [name, text] : fields) writer.set(element(record, name), text);
    };
    writer.append("01");
    set("01", {{"COD856", "T"},
               {"COD061", "9101"},
               {"COD031", "53000001"},
               {"COD833", "04"},
               {"DAT043", "20240101"},
               {"DAT044", "20240430"},
               {"NUM029", "I-7"},
               {"DAT031", "20240501"},
               {"COD363", "EUR"},
               {"NUM370", "Z-99"},
               {"DAT277", "20240520"},
               {"COD954", "8001"},
               {"COD956", "0301"}});
    writer.append("02");
    set("02", {{"NUM040", "1"},
               {"NUM313", ann},
               {"COD061", "9101"},
               {"DAT006", "19900102"},
               {"COD134", "2"},
               {"COD700", "1"},
               {"NAM193", "Example"},
               {"NAM025", "A"},
               {"COD841", "2"}});
    std::size_t number = 1;
    for (const Fields& line : lines) {
        Fields fields{{"NUM040", std::to_string(++number)},
                      {"NUM313", ann},
                      {"COD061", "9101"},
                      {"COD820", "1"},
                      {"DAT001", "20240301"},
                      {"DAT003", "20240331"},
                      {"COD367", "069"},
                      {"COD388", "9902"},
                      {"ANT054", "1"},
                      {"BED160", "50000"},
                      {"BED161", "50000"},
                      {"COD665", "D"},
                      {"COD673", "D"},
                      {"NUM362", "B-" + std::to_string(number)}};
        for (const auto& [name, text] : line) fields[name] = text;
        writer.append("04");
        set("04", fields);
    }
    writer.close();
    set("99", {{"COD668", "D"}, {"COD665", "D"}});
    auto bytes = writer.finish();
    BUNDEL_ASSERT(bytes.ok());
    return *bytes;
}

TEST(ReadAnswers, TheSameInEveryLayout) {
    for (const char* const name : {"VK302", "KZ302"}) {
        SCOPED_TRACE(name);
        const std::string bytes =
            answer_of(name, {{{"BED166", "50000"}, {"BED165", "49999"}, {"COD672", "D"}},
                             {{"BED166", "0"}, {"COD954", "0587"}, {"COD955", "8002"}},
                             {{"BED166", "50000"}, {"COD673", "C"}, {"COD665", "C"}}});
        AnyVault vault;
        Findings findings;
        const auto message = wire::decode(bytes, layout(name), "f", findings);
        ASSERT_TRUE(message) << told(findings);
        const auto answers = read_answers(*message, vault, findings);
        ASSERT_TRUE(answers.ok());
        EXPECT_EQ(told(findings), "");
        EXPECT_EQ(answers->kind, std::string(name) + " " + layout(name)->version());
        EXPECT_EQ(answers->declarant, AgbCode::of(53'000'001));
        EXPECT_EQ(answers->insurer, UzoviCode::of(9101));
        EXPECT_EQ(answers->invoice, "I-7");
        EXPECT_EQ(answers->insurer_reference, "Z-99");
        EXPECT_EQ(answers->day, Date::of(2024, 5, 20));
        EXPECT_EQ(answers->codes, (std::vector<std::string>{"8001", "0301"}));
        EXPECT_EQ(bytes_of(answers->segments), bytes);
        const PersonId person = vault.of(ann);
        const std::vector<AnswerLine> expected = {
            {2, person, Reference::of("B-2"), Cents::of(499'99), Cents::of(500'00), {}},
            {3, person, Reference::of("B-3"), Cents(), Cents(), {"0587", "8002"}},
            {4, person, Reference::of("B-4"), Cents(), Cents::of(-500'00), {}}};
        EXPECT_EQ(answers->lines, expected);
    }
}

}  // namespace
}  // namespace bundel::intake
