// Maker and insurer together: what practices send is what the insurer can read, and its answers are right
// messages.
#include "sim/insurer.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "sim/compare.h"
#include "sim/elements.h"
#include "wire/decode.h"

namespace bundel::sim {
namespace {

const wire::Layouts& layouts() {
    static const wire::Layouts all = [] {
        wire::Layouts read;
        for (const char* name : {"VK301-2.2", "VK302-2.2", "KZ301-3.2-provisional", "KZ302-3.2-provisional",
                                 "ZH308-8.0", "ZH309-8.0", "ZH308-9.0", "ZH309-9.0-provisional"}) {
            std::stringstream json;
            json << std::ifstream(std::string(BUNDEL_SOURCE_DIR "/rulebooks/layouts/") + name + ".json")
                        .rdbuf();
            EXPECT_TRUE(read.read(json.str()).ok()) << name;
        }
        return read;
    }();
    return all;
}

const Date sent_day = Date::of(2018, 1, 5);
const UzoviCode insurer = UzoviCode::of(9101);
const AgbCode practice = AgbCode::of(8000101);
const AgbCode hospital = AgbCode::of(6000301);
const AgbCode kraamzorg = AgbCode::of(33000401);

Region region() {
    return {AgbCode::of(53000001),
            sent_day,
            {{practice, {"Ster", AgbCode::of(8001101)}},
             {hospital, {"Ziekenhuis Delta", AgbCode::of(3071301)}},
             {kraamzorg, {"Kraamzorg Wiek", AgbCode::of(33001401)}}}};
}

ClaimLine line(const std::string& reference, Cents amount) {
    ClaimLine one;
    one.reference = reference;
    one.performance = PerformanceCode::of(32, "1101");
    one.care = {Date::of(2017, 3, 20), Date::of(2017, 11, 7)};
    one.amount = amount;
    one.insurer = insurer;
    return one;
}

// A DBC over the birth, with a visit before it and the birth.
ClaimLine dbc(const std::string& reference) {
    ClaimLine one = line(reference, Cents::of(3200'00));
    one.performance = PerformanceCode::of(999, "DBCPAR");
    one.activities = {{"037600", Date::of(2017, 10, 2), 2}, {"037611", Date::of(2017, 11, 7), 1}};
    return one;
}

ClaimLine hours(const std::string& reference) {
    ClaimLine one = line(reference, Cents::of(207'66));
    one.performance = PerformanceCode::of(999, "KZUUR");
    one.minutes = 210;
    one.tariff = Cents::of(59'33);
    return one;
}

Scenario scenario(const std::string& number, Date day, const std::vector<ClaimLine>& lines,
                  AgbCode provider = practice, const std::string& message = "") {
    Scenario one;
    one.file = number;
    one.woman = {number, practice, insurer, Date::of(1990, 1, 31)};
    one.declarations.push_back({day, provider, message, lines});
    return one;
}

std::vector<File> files(const std::vector<Scenario>& scenarios, Date day) {
    auto made = files_of_day(scenarios, region(), day, layouts());
    EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().code);
    return made.ok() ? *made : std::vector<File>{};
}

// Sends the lines of one woman and gives what the insurer decided on the last of them.
Verdict decided(Insurers& insurers, const std::string& number, Date day,
                const std::vector<ClaimLine>& lines) {
    for (const auto& file : files({scenario(number, day, lines)}, day)) {
        const auto received = insurers.receive(insurer, file, day);
        EXPECT_TRUE(received.ok()) << (received.ok() ? "" : received.error().params[1].second);
    }
    return insurers.verdicts().empty() ? Verdict{} : insurers.verdicts().back();
}

using Codes = std::vector<std::string>;

TEST(Maker, SyntheticBsnsPassTheElevenTestAndDiffer) {
    std::set<std::string> seen;
    for (int i = 1; i <= 99; ++i) {
        for (const char* letter : {"", "a", "b"}) {
            const auto bsn = synthetic_bsn(std::to_string(i) + letter);
            ASSERT_TRUE(bsn.ok());
            EXPECT_TRUE(values::Bsn::parse(*bsn).ok()) << i << letter;
            seen.insert(*bsn);
            const auto written = [&](BsnUse use) { return *written_bsn(std::to_string(i) + letter, use); };
            EXPECT_EQ(written(BsnUse::own), *bsn);
            EXPECT_FALSE(values::Bsn::parse(written(BsnUse::wrong)).ok());
            EXPECT_FALSE(values::Bsn::parse(written(BsnUse::none)).ok());
            EXPECT_TRUE(values::Bsn::parse(written(BsnUse::child)).ok());
            seen.insert(written(BsnUse::child));
        }
    }
    EXPECT_EQ(seen.size(), 2 * 297U);
    EXPECT_FALSE(synthetic_bsn("a").ok());
}

TEST(Maker, OneFilePerPracticeAndInsurerWithAllWomenOfTheDay) {
    auto other = line("02-1", Cents::of(1'00));
    other.insurer = UzoviCode::of(9201);
    const auto made = files({scenario("01", sent_day, {line("01-1", Cents::of(487'05))}),
                             scenario("02", sent_day, {line("02-2", Cents::of(2'00)), other}),
                             scenario("03", sent_day.plus_days(1), {line("03-1", Cents::of(3'00))})},
                            sent_day);
    ASSERT_EQ(made.size(), 2U);
    EXPECT_EQ(made[0].name, "VK301-08000101-9101-20180105.txt");
    EXPECT_EQ(made[1].name, "VK301-08000101-9201-20180105.txt");
    base::Findings findings;
    const auto message = wire::decode(made[0].bytes, layouts(), made[0].name, findings);
    ASSERT_TRUE(message);
    EXPECT_TRUE(findings.empty());
    EXPECT_EQ(message->records().size(), 6U);  // 01, 2 x (02, 04), 99
}

TEST(Maker, FormsGetTheColumnsOfWhoseRowItIs) {
    auto one = scenario("02a", sent_day, {});
    one.rows.push_back({sent_day, "inschrijvingen", {{"begin", "2017-03-20"}}});
    const auto made = files({one}, sent_day);
    ASSERT_EQ(made.size(), 1U);
    EXPECT_EQ(made[0].name, "inschrijvingen-20180105.csv");
    EXPECT_NE(made[0].bytes.find("begin"), std::string::npos);
    EXPECT_NE(made[0].bytes.find("2017-03-20"), std::string::npos);
    EXPECT_NE(made[0].bytes.find("V02a"), std::string::npos);
}

// The fields of the records with this code, by element.
std::vector<std::string> fields_of(const File& file, std::string_view record, std::string_view element) {
    base::Findings findings;
    const auto message = wire::decode(file.bytes, layouts(), file.name, findings);
    EXPECT_TRUE(findings.empty()) << file.name << " " << findings.front().code << " "
                                  << findings.front().where.field;
    std::vector<std::string> fields;
    if (!message) return fields;
    for (const auto& one : message->records()) {
        if (message->code(one) != record) continue;
        fields.push_back(wire::utf8(message->field(one, *column_of(message->layout(), record, element))));
    }
    return fields;
}

using Fields = std::vector<std::string>;

TEST(Maker, EveryKindOfProviderWritesItsOwnMessage) {
    struct Case {
        AgbCode provider;
        const char* message;
        ClaimLine line;
        const char* name;
    };
    const Case cases[] = {
        {practice, "", line("01-1", Cents::of(1'00)), "VK301-08000101-9101-20180105.txt"},
        {hospital, "", dbc("01-1"), "ZH308-06000301-9101-20180105.txt"},
        {hospital, "ZH308 9.0", dbc("01-1"), "ZH308-9.0-06000301-9101-20180105.txt"},
        {kraamzorg, "", hours("01-1"), "KZ301-33000401-9101-20180105.txt"},
    };
    for (const auto& one : cases) {
        SCOPED_TRACE(one.name);
        const auto made = files({scenario("01", sent_day, {one.line}, one.provider, one.message)}, sent_day);
        ASSERT_FALSE(made.empty());
        EXPECT_EQ(made[0].name, one.name);
        const bool institution = one.provider != practice;
        EXPECT_EQ(fields_of(made[0], "01", institution ? "COD031" : "COD181"), Fields{one.provider.digits()});
        EXPECT_EQ(fields_of(made[0], "04", "NUM313"), Fields{*synthetic_bsn("01")});
        const bool second = std::string_view(one.message) == "ZH308 9.0";
        EXPECT_EQ(fields_of(made[0], "01", "NUM029"), Fields{second ? "180105-9101B" : "180105-9101"});
    }
}

TEST(Maker, AHospitalLineIsARecord04WithItsRecord06) {
    const auto made = files({scenario("01", sent_day, {dbc("01-1"), dbc("01-2")}, hospital)}, sent_day);
    ASSERT_FALSE(made.empty());
    EXPECT_EQ(fields_of(made[0], "04", "NUM362"), (Fields{"P01-1", "P01-2"}));
    EXPECT_EQ(fields_of(made[0], "06", "NUM371"), (Fields{"01-1", "01-2"}));
    EXPECT_EQ(fields_of(made[0], "06", "BED161"), (Fields{"00320000", "00320000"}));
    const auto hashes = fields_of(made[0], "04", "COD989");
    EXPECT_EQ(hashes[0].size(), 192U);
    EXPECT_NE(hashes[0], hashes[1]);
    EXPECT_FALSE(fields_of(made[0], "04", "NUM386")[0].empty());
}

TEST(Maker, ActivitiesStandInTheMessageWhenItHasRoomForThem) {
    const auto made = files({scenario("01", sent_day, {dbc("01-1")}, hospital, "ZH308 9.0")}, sent_day);
    ASSERT_EQ(made.size(), 1U);
    EXPECT_EQ(fields_of(made[0], "16", "COD329"), (Fields{"037600", "037611"}));
    EXPECT_EQ(fields_of(made[0], "16", "DAT315"), (Fields{"20171002", "20171107"}));
    EXPECT_EQ(fields_of(made[0], "16", "ANT054"), (Fields{"0002", "0001"}));
}

TEST(Maker, ActivitiesComeAsATableWhenItHasNot) {
    const auto made =
        files({scenario("01", sent_day, {dbc("01-1"), line("01-2", Cents::of(1'00))}, hospital)}, sent_day);
    ASSERT_EQ(made.size(), 2U);
    EXPECT_EQ(made[1].name, "zorgactiviteiten-20180105.csv");
    EXPECT_EQ(made[1].bytes,
              "aantal;activiteit;bsn;datum;patientnummer;praktijk;regel;regel_agb;sleutel\r\n"
              "2;037600;" +
                  *synthetic_bsn("01") +
                  ";2017-10-02;V01;06000301;01-1;06000301;01-1-za1\r\n"
                  "1;037611;" +
                  *synthetic_bsn("01") + ";2017-11-07;V01;06000301;01-1;06000301;01-1-za2\r\n");
}

TEST(Maker, AHospitalMayKeepATable) {
    auto credit = line("01-2", Cents::of(1'05));
    credit.credit = true;
    credit.previous = "01-0";
    const auto made = files({scenario("01", sent_day, {dbc("01-1"), credit}, hospital, "csv")}, sent_day);
    ASSERT_EQ(made.size(), 1U);
    EXPECT_EQ(made[0].name, "declaraties-20180105.csv");
    const auto bsn = *synthetic_bsn("01");
    EXPECT_EQ(
        made[0].bytes,
        "activiteiten;bedrag;begin;bsn;credit;eind;minuten;partus;patientnummer;praktijk;prestatie;regel;"
        "tarief;uitvoerder;uzovi;vorige\r\n"
        "037600 2017-10-02 2|037611 2017-11-07 1;\"3200,00\";2017-03-20;" +
            bsn +
            ";nee;2017-11-07;;;V01;06000301;999:DBCPAR;01-1;\"3200,00\";03071301;9101;\r\n"
            ";\"1,05\";2017-03-20;" +
            bsn + ";ja;2017-11-07;;;V01;06000301;032:1101;01-2;\"1,05\";03071301;9101;01-0\r\n");
}

TEST(Maker, AFormSaysWhoseRowItIsAsFarAsItAsks) {
    struct Case {
        const char* form;
        const char* header;
    };
    const Case cases[] = {
        {"inschrijvingen", "begin;bsn;patientnummer;praktijk;sleutel\r\n"},
        {"kinderen", "begin;bsn;kind_bsn;patientnummer;praktijk;sleutel\r\n"},
        {"overgenomen-claims", "begin;bsn;patientnummer;praktijk\r\n"},
        {"betalingen", "begin;sleutel\r\n"},
    };
    for (const auto& one : cases) {
        SCOPED_TRACE(one.form);
        auto woman = scenario("02a", sent_day, {});
        woman.rows.push_back({sent_day, one.form, {{"begin", "2017-03-20"}}});
        const auto made = files({woman}, sent_day);
        ASSERT_EQ(made.size(), 1U);
        EXPECT_TRUE(made[0].bytes.starts_with(one.header)) << made[0].bytes;
    }
}

TEST(Maker, KraamzorgDeclaresMinutes) {
    const auto made = files({scenario("01", sent_day, {hours("01-1")}, kraamzorg)}, sent_day);
    ASSERT_EQ(made.size(), 1U);
    EXPECT_EQ(fields_of(made[0], "04", "ANT054"), Fields{"0210"});
    EXPECT_EQ(fields_of(made[0], "04", "COD218"), Fields{"01"});
    EXPECT_EQ(fields_of(made[0], "04", "BED160"), Fields{"00005933"});
    EXPECT_EQ(fields_of(made[0], "04", "BED161"), Fields{"00020766"});
}

TEST(Maker, AChildStandsUnderItsOwnBsn) {
    auto child = hours("01-2");
    child.bsn = BsnUse::child;
    child.partus = Date::of(2017, 11, 7);
    const auto made = files({scenario("01", sent_day, {hours("01-1"), child}, kraamzorg)}, sent_day);
    ASSERT_EQ(made.size(), 1U);
    EXPECT_EQ(fields_of(made[0], "02", "NUM313"),
              (Fields{*synthetic_bsn("01"), *written_bsn("01", BsnUse::child)}));
    EXPECT_EQ(fields_of(made[0], "02", "DAT006"), (Fields{"19900131", "20171107"}));
    EXPECT_EQ(fields_of(made[0], "02", "COD038"), (Fields{"V01", "V01K"}));
}

TEST(Maker, WhatTheRegionOrTheLayoutsDoNotKnowIsAnError) {
    auto one = scenario("01", sent_day, {line("01-1", Cents::of(1'00))}, AgbCode::of(8000999));
    EXPECT_EQ(files_of_day({one}, region(), sent_day, layouts()).error().code, "scenario_provider_unknown");
    one = scenario("01", sent_day, {dbc("01-1")}, hospital, "ZH308 7.0");
    EXPECT_EQ(files_of_day({one}, region(), sent_day, layouts()).error().code, "scenario_message_unknown");
    one = scenario("01", sent_day, {dbc("01-1")}, hospital, "ZH308");
    EXPECT_EQ(files_of_day({one}, region(), sent_day, layouts()).error().code, "scenario_message_unknown");
}

TEST(Insurer, ApprovesInFullAfterTheUsualDays) {
    Insurers insurers(layouts());
    const auto verdict = decided(insurers, "01", sent_day, {line("01-1", Cents::of(487'05))});
    EXPECT_TRUE(verdict.accepted());
    EXPECT_EQ(verdict.granted, Cents::of(487'05));
    EXPECT_EQ(insurers.next_answer(), sent_day.plus_days(14));
    EXPECT_TRUE(insurers.answers_due(sent_day.plus_days(13)).empty());
    const auto answers = insurers.answers_due(sent_day.plus_days(14));
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_FALSE(insurers.next_answer());
    base::Findings findings;
    const auto message = wire::decode(answers[0].bytes, layouts(), answers[0].name, findings);
    ASSERT_TRUE(message);
    EXPECT_TRUE(findings.empty()) << findings.front().code << " " << findings.front().where.field;
    EXPECT_EQ(message->layout().name(), "VK302-2.2");
    const auto& claim = message->records()[2];
    const auto granted = message->layout().column("0483");
    ASSERT_TRUE(granted.ok());
    EXPECT_EQ(wire::cents(message->field(claim, *granted)), Cents::of(487'05));
    const auto code = message->layout().column("0196");
    ASSERT_TRUE(code.ok());
    EXPECT_EQ(message->field(message->records()[0], *code), "8001");
}

TEST(Insurer, RefusesByItsOwnBooks) {
    Insurers insurers(layouts());
    const auto debit = line("01-1", Cents::of(487'05));
    auto credit = line("01-2", Cents::of(487'05));
    credit.credit = true;
    credit.previous = "01-1";
    EXPECT_EQ(decided(insurers, "01", sent_day, {credit}).codes, Codes{"8017"});
    EXPECT_EQ(decided(insurers, "01", sent_day, {debit}).codes, Codes{});
    EXPECT_EQ(decided(insurers, "01", sent_day, {debit}).codes, Codes{"8021"});
    EXPECT_EQ(decided(insurers, "01", sent_day, {line("01-3", Cents::of(487'05))}).codes, Codes{"0587"});
    auto other_code = credit;
    other_code.reference = "01-4";
    other_code.performance = PerformanceCode::of(32, "1102");
    EXPECT_EQ(decided(insurers, "01", sent_day, {other_code}).codes, Codes{"0651"});
    credit.reference = "01-5";
    EXPECT_EQ(decided(insurers, "01", sent_day, {credit}).codes, Codes{});
    credit.reference = "01-6";
    EXPECT_EQ(decided(insurers, "01", sent_day, {credit}).codes, Codes{"8084"});
    EXPECT_EQ(decided(insurers, "01", sent_day, {line("01-7", Cents::of(487'05))}).codes, Codes{});
    auto nobody = line("01-8", Cents::of(1'00));
    nobody.bsn = BsnUse::none;
    EXPECT_EQ(decided(insurers, "01", sent_day, {nobody}).codes, Codes{"0435"});
    EXPECT_EQ(decided(insurers, "02", sent_day, {line("02-1", Cents::of(487'05))}).codes, Codes{});
}

// One twin for all insurers: what stands at one of them is not granted by another.
TEST(Insurer, RefusesWhatStandsAtAnotherInsurer) {
    Insurers insurers(layouts());
    EXPECT_EQ(decided(insurers, "01", sent_day, {line("01-1", Cents::of(487'05))}).codes, Codes{});
    for (const auto& file : files({scenario("01", sent_day, {line("01-2", Cents::of(487'05))})}, sent_day))
        ASSERT_TRUE(insurers.receive(UzoviCode::of(9201), file, sent_day).ok());
    EXPECT_EQ(insurers.verdicts().back().codes, Codes{"0587"});
}

TEST(Insurer, DeviatesOnceAsTheScenarioSays) {
    Insurers insurers(layouts());
    const auto bsn = synthetic_bsn("01");
    ASSERT_TRUE(bsn.ok());
    Deviation reject;
    reject.reference = "01-1";
    reject.codes = {"0587"};
    Deviation less;
    less.performance = "032:1101";
    less.kind = Deviation::Kind::other_amount;
    less.amount = Cents::of(400'00);
    less.codes = {"0611"};
    Deviation late;
    late.reference = "01-3";
    late.kind = Deviation::Kind::late;
    late.days = 40;
    insurers.expect(*bsn, {reject, less, late});
    const auto rejected = decided(insurers, "01", sent_day, {line("01-1", Cents::of(487'05))});
    EXPECT_FALSE(rejected.accepted());
    EXPECT_EQ(rejected.granted, Cents());
    const auto reduced = decided(insurers, "01", sent_day, {line("01-2", Cents::of(487'05))});
    EXPECT_TRUE(reduced.accepted());
    EXPECT_EQ(reduced.granted, Cents::of(400'00));
    auto natal = line("01-3", Cents::of(529'52));
    natal.performance = PerformanceCode::of(32, "1102");
    EXPECT_EQ(decided(insurers, "01", sent_day, {natal}).answered, sent_day.plus_days(40));
}

// Lines of one file that are answered on different days are answered in different messages; neither says
// 8001.
TEST(Insurer, AnswersPartOfAFile) {
    Insurers insurers(layouts());
    const auto bsn = synthetic_bsn("02");
    ASSERT_TRUE(bsn.ok());
    Deviation lost;
    lost.kind = Deviation::Kind::lost;
    lost.days = 90;
    insurers.expect(*bsn, {lost});
    for (const auto& file : files({scenario("01", sent_day, {line("01-1", Cents::of(1'00))}),
                                   scenario("02", sent_day, {line("02-1", Cents::of(2'00))})},
                                  sent_day)) {
        ASSERT_TRUE(insurers.receive(insurer, file, sent_day).ok());
    }
    for (const int days : {14, 90}) {
        const auto answers = insurers.answers_due(sent_day.plus_days(days));
        ASSERT_EQ(answers.size(), 1U);
        base::Findings findings;
        const auto message = wire::decode(answers[0].bytes, layouts(), answers[0].name, findings);
        ASSERT_TRUE(message);
        EXPECT_TRUE(findings.empty());
        EXPECT_EQ(message->records().size(), 4U);
        const auto code = message->layout().column("0196");
        ASSERT_TRUE(code.ok());
        EXPECT_EQ(message->field(message->records()[0], *code), "0000");
    }
}

// The verdict on a hospital's line stands on its record 06; everything that was sent is repeated.
TEST(Insurer, JudgesTheRecord06OfAHospital) {
    for (const char* version : {"ZH308 8.0", "ZH308 9.0"}) {
        SCOPED_TRACE(version);
        Insurers insurers(layouts());
        const auto bsn = synthetic_bsn("01");
        ASSERT_TRUE(bsn.ok());
        Deviation reject;
        reject.reference = "01-2";
        reject.codes = {"0587", "0611"};
        insurers.expect(*bsn, {reject});
        auto other = dbc("01-2");
        other.performance = PerformanceCode::of(999, "DBCPOS");
        const auto made =
            files({scenario("01", sent_day, {dbc("01-1"), other}, hospital, version)}, sent_day);
        ASSERT_FALSE(made.empty());
        ASSERT_TRUE(insurers.receive(insurer, made[0], sent_day).ok());
        EXPECT_EQ(insurers.verdicts()[0].care, (Period{Date::of(2017, 3, 20), Date::of(2017, 11, 7)}));
        const auto answers = insurers.answers_due(sent_day.plus_days(14));
        ASSERT_EQ(answers.size(), 1U);
        EXPECT_EQ(fields_of(answers[0], "06", "BED166"), (Fields{"00320000", "00000000"}));
        EXPECT_EQ(fields_of(answers[0], "06", "COD954"), (Fields{"", "0587"}));
        EXPECT_EQ(fields_of(answers[0], "06", "COD955"), (Fields{"", "0611"}));
        for (const char* element : {"NUM362", "COD989"}) {
            EXPECT_EQ(fields_of(answers[0], "04", element), fields_of(made[0], "04", element));
        }
    }
}

// What a provider handed in may arrive in another file, under another number of the record. Nothing else.
TEST(Insurer, SeesThatALineWasChangedOnItsWay) {
    auto first = dbc("01-1");
    auto credit = first;
    credit.credit = true;
    credit.reference = "I-1";
    credit.previous = "01-1";
    auto dearer = first;
    dearer.amount = Cents::of(3201'00);
    auto more = first;
    more.activities[0].count = 3;
    auto stranger = dbc("01-9");
    struct Case {
        const char* name;
        ClaimLine line;
        bool received;
    };
    const Case cases[] = {
        {"as handed in", first, true},
        {"another amount", dearer, false},
        {"another activity", more, false},
        {"never handed in", stranger, false},
        {"a credit, another hash", credit, false},
    };
    for (const auto& one : cases) {
        SCOPED_TRACE(one.name);
        Insurers insurers(layouts());
        for (const auto& file : files({scenario("02", sent_day, {dbc("02-1")}, hospital, "ZH308 9.0"),
                                       scenario("01", sent_day, {first}, hospital, "ZH308 9.0")},
                                      sent_day)) {
            ASSERT_TRUE(insurers.handed_in(file).ok());
        }
        for (const auto& file :
             files({scenario("01", sent_day, {one.line}, hospital, "ZH308 9.0")}, sent_day)) {
            const auto received = insurers.receive(insurer, file, sent_day);
            EXPECT_EQ(received.ok() ? "" : received.error().code, one.received ? "" : "sent_line_changed");
        }
    }
}

// A credit repeats the line with its own reference, and debit turned to credit.
TEST(Insurer, ACreditMayDifferInItsReferences) {
    Insurers insurers(layouts());
    const auto debit = line("01-1", Cents::of(487'05));
    auto credit = debit;
    credit.credit = true;
    credit.reference = "I-1";
    credit.previous = "01-1";
    for (const auto& file : files({scenario("01", sent_day, {debit})}, sent_day)) {
        ASSERT_TRUE(insurers.handed_in(file).ok());
    }
    EXPECT_EQ(decided(insurers, "01", sent_day, {debit}).codes, Codes{});
    EXPECT_EQ(decided(insurers, "01", sent_day, {credit}).codes, Codes{});
}

TEST(Insurer, AFileThatBreaksItsLayoutIsAnError) {
    Insurers insurers(layouts());
    EXPECT_FALSE(insurers.receive(insurer, {"x.txt", "01141"}, sent_day).ok());
}

// What the twin knows in the tests below: one woman ("01"), and contracts with the kraamzorg as if it were
// the IGO, whose message is the same. Each case changes one thing of it.
const PerformanceCode prenatal = PerformanceCode::of(69, "990002");
const UzoviCode lenient = UzoviCode::of(9201);
const Date care_begins = Date::of(2017, 3, 20);
const Date care_ends = Date::of(2017, 11, 7);
const Cents agreed = Cents::of(1500'00);

struct World {
    std::map<UzoviCode, Terms> terms{{insurer, {10, 20, 12, true}}, {lenient, {10, 20, 12, false}}};
    KnownContract contract{kraamzorg,
                           {insurer, lenient},
                           {Date::of(2017, 1, 1), Date::of(2017, 12, 31)},
                           "in de prijs",
                           Cents(),
                           {{prenatal, {Date::of(2017, 1, 1), Date::of(2017, 12, 31)}, agreed}}};
    std::vector<Insured> insured{{Date::of(2016, 1, 1), insurer}};
    UzoviCode label = insurer;
    Date received = sent_day;
    ClaimLine claim = [] {
        ClaimLine one = line("01-1", agreed);
        one.performance = prenatal;
        return one;
    }();

    World() = default;
    // The lenient insurer, with which she is insured.
    static World of_lenient() {
        World world;
        world.label = lenient;
        world.insured = {{Date::of(2016, 1, 1), lenient}};
        return world;
    }
    InsurerRules rules() const { return {terms, {contract}, {{*synthetic_bsn("01"), insured}}}; }
};

void send(Insurers& insurers, UzoviCode label, Date day, const ClaimLine& claim) {
    for (const auto& file : files({scenario("01", day, {claim}, kraamzorg)}, day)) {
        const auto received = insurers.receive(label, file, day);
        ASSERT_TRUE(received.ok()) << received.error().code;
    }
}

// Decided on one claim, in a world of its own.
Verdict decided_in(const World& world) {
    const auto rules = world.rules();
    Insurers insurers(layouts(), &rules);
    send(insurers, world.label, world.received, world.claim);
    return insurers.verdicts().empty() ? Verdict() : insurers.verdicts().back();
}

TEST(InsurerWithRules, RefusesWhatItDidNotAgree) {
    using Change = void (*)(World&);
    struct Case {
        const char* name;
        Change change;
        Codes codes;
    };
    const Case cases[] = {
        {"as agreed", [](World&) {}, {}},
        {"insured from the first day of care", [](World& w) { w.insured[0].from = care_begins; }, {}},
        {"insured a day later", [](World& w) { w.insured[0].from = care_begins.plus_days(1); }, {"0320"}},
        {"left on the first day",
         [](World& w) {
             w.insured.push_back({care_begins, lenient});
         },
         {"0320"}},
        {"left the day after",
         [](World& w) {
             w.insured.push_back({care_begins.plus_days(1), lenient});
         },
         {}},
        {"insured with nobody", [](World& w) { w.insured.clear(); }, {"0320"}},
        {"contract from the first day", [](World& w) { w.contract.period.first = care_begins; }, {}},
        {"contract a day later",
         [](World& w) { w.contract.period.first = care_begins.plus_days(1); },
         {"8022"}},
        {"contract until the first day", [](World& w) { w.contract.period.last = care_begins; }, {}},
        {"contract until the day before",
         [](World& w) { w.contract.period.last = care_begins.plus_days(-1); },
         {"8022"}},
        {"contract with another declarant", [](World& w) { w.contract.igo = hospital; }, {"8022"}},
        {"contract with another label", [](World& w) { w.contract.labels = {lenient}; }, {"8022"}},
        {"mono needs no contract",
         [](World& w) {
             w.contract.labels = {lenient};
             w.claim.performance = PerformanceCode::of(32, "1101");
         },
         {}},
        {"mono of a woman of another",
         [](World& w) {
             w.insured[0].label = lenient;
             w.claim.performance = PerformanceCode::of(32, "1101");
         },
         {"0320"}},
        {"on the last day of the term", [](World& w) { w.received = care_ends.plus_months(12); }, {}},
        {"a day too late", [](World& w) { w.received = care_ends.plus_months(12).plus_days(1); }, {"0586"}},
        {"a shorter term, in time",
         [](World& w) {
             w.terms.at(insurer).submit_months = 1;
             w.received = care_ends.plus_months(1);
         },
         {}},
        {"a shorter term, too late",
         [](World& w) {
             w.terms.at(insurer).submit_months = 1;
             w.received = care_ends.plus_months(1).plus_days(1);
         },
         {"0586"}},
        {"a cent too much", [](World& w) { w.claim.amount += Cents::of(1); }, {"0611"}},
        {"a cent too little", [](World& w) { w.claim.amount -= Cents::of(1); }, {"0611"}},
        {"no price for it",
         [](World& w) { w.claim.performance = PerformanceCode::of(69, "990003"); },
         {"0611"}},
        {"mono has no price of the contract",
         [](World& w) {
             w.claim.performance = PerformanceCode::of(32, "1101");
             w.claim.amount += Cents::of(1);
         },
         {}},
    };
    for (const auto& one : cases) {
        SCOPED_TRACE(one.name);
        World world;
        one.change(world);
        const Verdict verdict = decided_in(world);
        EXPECT_EQ(verdict.codes, one.codes);
        EXPECT_EQ(verdict.granted, one.codes.empty() ? world.claim.amount : Cents());
    }
}

TEST(InsurerWithRules, ALenientOneGrantsTheLowerOfClaimedAndAgreed) {
    struct Case {
        Cents claimed, granted;
        Codes codes;
    };
    const Case cases[] = {
        {agreed, agreed, {}},
        {agreed + Cents::of(1), agreed, {"0611"}},
        {agreed - Cents::of(1), agreed - Cents::of(1), {}},
    };
    for (const auto& one : cases) {
        SCOPED_TRACE(one.claimed.euros());
        World world = World::of_lenient();
        world.claim.amount = one.claimed;
        const Verdict verdict = decided_in(world);
        EXPECT_EQ(verdict.granted, one.granted);
        EXPECT_EQ(verdict.codes, one.codes);
    }
    World world = World::of_lenient();
    world.contract.prices.clear();
    EXPECT_EQ(decided_in(world).codes, Codes{"0611"});
    EXPECT_EQ(decided_in(world).granted, Cents());
}

// A credit is judged by the books alone: what stands may always be taken back.
TEST(InsurerWithRules, ACreditMayComeAfterTheTerm) {
    const World world;
    const auto rules = world.rules();
    Insurers insurers(layouts(), &rules);
    send(insurers, insurer, sent_day, world.claim);
    auto credit = world.claim;
    credit.reference = "01-2";
    credit.previous = "01-1";
    credit.credit = true;
    send(insurers, insurer, sent_day.plus_months(24), credit);
    EXPECT_EQ(insurers.verdicts().back().codes, Codes{});
}

TEST(InsurerWithRules, AnswersAfterItsOwnDaysAndKnowsItsLabels) {
    const World world;
    const auto rules = world.rules();
    Insurers insurers(layouts(), &rules);
    send(insurers, insurer, sent_day, world.claim);
    EXPECT_TRUE(insurers.answers_due(sent_day.plus_days(9)).empty());
    EXPECT_EQ(insurers.answers_due(sent_day.plus_days(10)).size(), 1U);
    for (const auto& file : files({scenario("01", sent_day, {world.claim}, kraamzorg)}, sent_day)) {
        const auto received = insurers.receive(UzoviCode::of(9999), file, sent_day);
        EXPECT_EQ(received.ok() ? "" : received.error().code, "insurer_not_in_region");
    }
}

// The claim of the woman of the outside care stands before or after it comes.
ClaimLine outside_line(const Period& care) {
    ClaimLine one = line("X-1", Cents::of(300'00));
    one.care = care;
    return one;
}

TEST(InsurerWithRules, ABundleThatFallsBackIsRefusedOverCareFromOutside) {
    struct Case {
        const char* name;
        const char* overlap;
        Period outside;
        Codes codes;
    };
    const Case cases[] = {
        {"on its last day", "terugvallen", Period::day(care_ends), {"0587"}},
        {"the day after", "terugvallen", Period::day(care_ends.plus_days(1)), {}},
        {"until its first day", "terugvallen", {care_begins.plus_days(-9), care_begins}, {"0587"}},
        {"until the day before", "terugvallen", {care_begins.plus_days(-9), care_begins.plus_days(-1)}, {}},
        {"another contract", "in de prijs", Period::day(care_ends), {}},
    };
    for (const auto& one : cases) {
        SCOPED_TRACE(one.name);
        World world;
        world.contract.overlap = one.overlap;
        const auto rules = world.rules();
        Insurers insurers(layouts(), &rules);
        for (const auto& file : files({scenario("01", sent_day, {outside_line(one.outside)})}, sent_day))
            ASSERT_TRUE(insurers.outside(insurer, file).ok());
        send(insurers, insurer, sent_day, world.claim);
        EXPECT_EQ(insurers.verdicts().back().codes, one.codes);
        // What is refused is not told of; what stands is, when it overlaps.
        const bool told = one.overlap == std::string_view("in de prijs");
        EXPECT_EQ(insurers.overlaps(sent_day).size(), told ? 1U : 0U);
    }
}

TEST(InsurerWithRules, PricesLessWhatItToldOf) {
    const Period care{care_begins, care_ends};
    const Date told = Date::of(2018, 1, 15);
    const Cents part = Cents::of(300'00);
    const Cents fixed = Cents::of(150'00);
    struct Case {
        const char* name;
        const char* overlap;
        std::vector<ToldOverlap> overlaps;
        int days;  // after it was told
        Cents least, most;
    };
    const ToldOverlap whole{{care_begins, care_ends}, part, told, std::nullopt};
    const ToldOverlap partly{{care_begins.plus_days(-1), care_begins}, part, told, std::nullopt};
    const ToldOverlap beside{Period::day(care_ends.plus_days(1)), part, told, std::nullopt};
    const ToldOverlap gone{whole.care, part, told, told.plus_days(5)};
    const ToldOverlap huge{whole.care, agreed + Cents::of(1), told, std::nullopt};
    const char* const actual = "werkelijke aftrek";
    const char* const flat = "vaste aftrek";
    const Case cases[] = {
        {"nothing told", actual, {}, 1, agreed, agreed},
        {"told", actual, {whole}, 1, agreed - part, agreed - part},
        {"told that day", actual, {whole}, 0, agreed - part, agreed},
        {"not told yet", actual, {whole}, -1, agreed, agreed},
        {"told twice", actual, {whole, whole}, 1, agreed - part - part, agreed - part - part},
        {"of two phases", actual, {partly}, 1, agreed - part, agreed},
        {"of another phase", actual, {beside}, 1, agreed, agreed},
        {"before it is withdrawn", actual, {gone}, 4, agreed - part, agreed},
        {"withdrawn that day", actual, {gone}, 5, agreed - part, agreed},
        {"withdrawn", actual, {gone}, 6, agreed, agreed},
        {"more than the price", actual, {huge}, 1, Cents(), Cents()},
        {"fixed", flat, {whole}, 1, agreed - fixed, agreed - fixed},
        {"fixed, once", flat, {whole, whole}, 1, agreed - fixed, agreed - fixed},
        {"fixed, of two phases", flat, {partly}, 1, agreed - fixed, agreed},
        {"fixed, nothing told", flat, {}, 1, agreed, agreed},
        {"in the price", "in de prijs", {whole}, 1, agreed, agreed},
    };
    for (const auto& one : cases) {
        SCOPED_TRACE(one.name);
        KnownContract contract = World().contract;
        contract.overlap = one.overlap;
        contract.fixed_deduction = fixed;
        const auto right = right_prices(contract, prenatal, care, one.overlaps, told.plus_days(one.days));
        ASSERT_EQ(right.size(), 1U);
        EXPECT_EQ(right[0].least, one.least);
        EXPECT_EQ(right[0].most, one.most);
    }
}

TEST(InsurerWithRules, EveryPriceOfADayOfTheCareIsRight) {
    KnownContract contract = World().contract;
    const Cents dearer = Cents::of(1600'00);
    for (const int days : {0, 1}) {
        const Date begins = care_ends.plus_days(days);
        contract.prices = {{prenatal, {contract.period.first, begins.plus_days(-1)}, agreed},
                           {prenatal, Period::from(begins), dearer}};
        const auto right = right_prices(contract, prenatal, {care_begins, care_ends}, {}, sent_day);
        EXPECT_EQ(right.size(), days == 0 ? 2U : 1U);
    }
}

// Told on the day the claim stands; from then on it must be deducted, until it is taken back.
TEST(InsurerWithRules, WhatItToldChangesTheRightPrice) {
    World world;
    world.contract.overlap = "werkelijke aftrek";
    const auto rules = world.rules();
    Insurers insurers(layouts(), &rules);
    ClaimLine other = outside_line(Period::day(care_ends));
    for (const auto& file : files({scenario("01", sent_day, {other})}, sent_day))
        ASSERT_TRUE(insurers.outside(insurer, file).ok());
    EXPECT_TRUE(insurers.overlaps(sent_day).empty());
    send(insurers, insurer, sent_day, world.claim);
    ASSERT_EQ(insurers.overlaps(sent_day).size(), 1U);
    EXPECT_TRUE(insurers.overlaps(sent_day).empty());
    const auto again = [&](const std::string& reference, Cents amount, int days) {
        auto credit = world.claim;
        credit.credit = true;
        credit.reference = "C" + reference;
        credit.previous = world.claim.reference;
        send(insurers, insurer, sent_day.plus_days(days), credit);
        world.claim.reference = reference;
        world.claim.amount = amount;
        send(insurers, insurer, sent_day.plus_days(days), world.claim);
        return insurers.verdicts().back().codes;
    };
    EXPECT_EQ(again("01-3", agreed - other.amount, 1), Codes{});
    EXPECT_EQ(again("01-4", agreed, 2), Codes{"0611"});
    other.credit = true;
    other.previous = other.reference;
    other.reference = "X-2";
    for (const auto& file : files({scenario("01", sent_day, {other})}, sent_day))
        ASSERT_TRUE(insurers.outside(insurer, file).ok());
    const auto withdrawn = insurers.overlaps(sent_day.plus_days(3));
    ASSERT_EQ(withdrawn.size(), 1U);
    EXPECT_TRUE(withdrawn[0].withdrawn);
    EXPECT_TRUE(insurers.overlaps(sent_day.plus_days(3)).empty());
    world.claim.reference = "01-5";
    send(insurers, insurer, sent_day.plus_days(4), world.claim);
    EXPECT_EQ(insurers.verdicts().back().codes, Codes{});
}

// Answered after 10 days, paid at the earliest 20 days later, each once.
TEST(InsurerWithRules, PaysWhatItGranted) {
    const World world;
    const auto rules = world.rules();
    Insurers insurers(layouts(), &rules);
    send(insurers, insurer, sent_day, world.claim);
    EXPECT_TRUE(insurers.payments(sent_day.plus_days(29)).empty());
    const auto paid = insurers.payments(sent_day.plus_days(30));
    ASSERT_EQ(paid.size(), 1U);
    EXPECT_EQ(paid[0].amount, agreed);
    EXPECT_EQ(paid[0].insurer, insurer);
    EXPECT_EQ(paid[0].declarant, kraamzorg.digits());
    EXPECT_EQ(paid[0].reference, "01-1");
    EXPECT_TRUE(insurers.payments(sent_day.plus_days(31)).empty());
}

TEST(InsurerWithRules, PaysNothingForWhatItRefused) {
    World world;
    world.claim.amount += Cents::of(1);
    const auto rules = world.rules();
    Insurers insurers(layouts(), &rules);
    send(insurers, insurer, sent_day, world.claim);
    EXPECT_TRUE(insurers.payments(sent_day.plus_days(30)).empty());
}

// `days`: after the debit, when its credit is received. The credit is answered 10 days later.
TEST(InsurerWithRules, ACreditTakesBackWhatWasPaidAndNoMore) {
    struct Case {
        const char* name;
        int days;
        bool first_paid;
    };
    for (const Case& one :
         {Case{"answered on the day of payment", 20, false}, Case{"a day later", 21, true}}) {
        SCOPED_TRACE(one.name);
        World world = World::of_lenient();
        world.claim.amount = agreed + Cents::of(1);  // of which the agreed price is granted
        const auto rules = world.rules();
        Insurers insurers(layouts(), &rules);
        send(insurers, lenient, sent_day, world.claim);
        auto credit = world.claim;
        credit.credit = true;
        credit.reference = "01-2";
        credit.previous = "01-1";
        send(insurers, lenient, sent_day.plus_days(one.days), credit);
        EXPECT_EQ(insurers.payments(sent_day.plus_days(30)).size(), one.first_paid ? 1U : 0U);
        const auto back = insurers.payments(sent_day.plus_days(one.days + 30));
        ASSERT_EQ(back.size(), one.first_paid ? 1U : 0U);
        if (!one.first_paid) continue;
        EXPECT_EQ(back[0].amount, -agreed);
        EXPECT_EQ(back[0].reference, "01-2");
    }
}

const char* const explained =
    R"({"pregnancies":[{"onset":"2017-02-03","due":null,"end":"2017-11-08","outcome":
"live_birth","phases":[{"phase":"natal","route":"integrated","reason":"all_care_inside","price_cents":55000}]}],
"lines":[{"line":"08000101/01-1","disposition":"in_scope","parts":[{"phase":"prenatal","cents":48705}],
"unplaced":null}],"claims":[{"kind":"integrated","credit":false,"codes":["0587"],"sent_day":"2018-01-20"}],
"questions":[],"losses":[],"net_position":[],"division":[]})";

TEST(Compare, RowsOfTheExplanation) {
    const auto rows = explained_rows(explained, "123456782", {});
    ASSERT_TRUE(rows.ok());
    EXPECT_EQ(rows->at("fase")[0].at("prijs"), "55000");
    EXPECT_EQ(rows->at("fase")[0].at("zwangerschap"), "1");
    EXPECT_EQ(rows->at("regel")[0].at("prenataal"), "48705");
    EXPECT_EQ(rows->at("regel")[0].at("niet_geplaatst"), "");
    EXPECT_EQ(rows->at("claim")[0].at("codes"), "0587");
    EXPECT_EQ(rows->at("claim")[0].at("na_creditering"), "nee");
    EXPECT_TRUE(rows->at("ingekocht").empty());
    EXPECT_FALSE(explained_rows("{", "", {}).ok());
    EXPECT_FALSE(explained_rows("{}", "", {}).ok());
}

TEST(Compare, AClaimAfterAnAcceptedCredit) {
    Verdict credit;
    credit.bsn = "123456782";
    credit.credit = true;
    for (const int days : {0, 1}) {
        credit.answered = Date::of(2018, 1, 20).plus_days(days);
        const auto rows = explained_rows(explained, "123456782", {credit});
        ASSERT_TRUE(rows.ok());
        EXPECT_EQ(rows->at("claim")[0].at("na_creditering"), days == 0 ? "ja" : "nee");
    }
}

TEST(Compare, EveryRowOnceAndNoneLeftOver) {
    const auto rows = explained_rows(explained, "", {});
    ASSERT_TRUE(rows.ok());
    const auto wrong = [&](const std::map<std::string, std::vector<Row>>& expected) {
        return mismatches({std::nullopt, expected}, *rows).size();
    };
    EXPECT_EQ(wrong({}), 0U);
    EXPECT_EQ(wrong({{"fase", {{{"fase", "natal"}, {"prijs", "55000"}}}}, {"vraag", {}}}), 0U);
    EXPECT_EQ(wrong({{"fase", {{{"prijs", "55001"}}}}}), 2U);                      // expected and found
    EXPECT_EQ(wrong({{"fase", {}}}), 1U);                                          // left over
    EXPECT_EQ(wrong({{"fase", {{{"fase", "natal"}}, {{"fase", "natal"}}}}}), 1U);  // twice
}

}  // namespace
}  // namespace bundel::sim
