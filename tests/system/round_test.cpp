// The round that no hand touches: a participant's own file goes in, `bundel run` is the only command, and
// what comes back to the participant is the answers on its own lines, in its own numbering.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "reply/draft.h"
#include "sim/insurer.h"
#include "system/holding.h"
#include "system/process.h"
#include "wire/decode.h"
#include "wire/testing.h"

namespace bundel::testing {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;
using values::Cents;
using values::Date;

// A woman of the practice, and what the practice declares for her.
struct Line {
    const char* reference;
    const char* code;
    Date first;
    Date last;
    Cents amount;
};
struct Woman {
    const char* bsn;
    const char* insurer;
    std::vector<Line> lines;
};

// Insurers 9101 and 9201 have a contract for 2017, 9301 has none: its women go mono.
std::vector<Woman> women() {
    const auto whole = [](const char* a, const char* b, const char* c) {
        const Date birth = Date::of(2017, 11, 8);
        return std::vector<Line>{{a, "1101", Date::of(2017, 3, 20), birth.plus_days(-1), Cents::of(487'05)},
                                 {b, "1102", birth, birth, Cents::of(529'52)},
                                 {c, "1103", birth.plus_days(1), Date::of(2017, 12, 20), Cents::of(294'18)}};
    };
    return {{"900000004", "9101", whole("R-01", "R-02", "R-03")},
            {"900000016", "9201", whole("R-04", "R-05", "R-06")},
            {"900000028", "9301", whole("R-07", "R-08", "R-09")},
            {"900000041", "9301", whole("R-10", "R-11", "R-12")}};
}

const wire::Layouts& layouts() {
    return wire::testing::all_layouts();
}

void add_woman(reply::Draft& draft, const Woman& woman) {
    draft.append("02", {})
        .set("NUM313", woman.bsn)
        .set("COD061", woman.insurer)
        .set("COD038", woman.lines.front().reference)
        .set("DAT006", Date::of(1988, 3, 1))
        .set("COD134", "2")
        .set("COD700", "1")
        .set("NAM193", "Voorbeeld")
        .set("NAM025", "CD")
        .set("COD841", "2");
}

// The numbers of the practice itself: invoice, references, and comments under one of its lines.
std::string practice_file() {
    reply::Draft draft(layouts().find("VK301", "2.2"));
    draft.append("01", {})
        .set("COD856", "T")
        .set("COD061", "9101")
        .set("COD009", "08001101")
        .set("COD181", "08000101")
        .set("COD833", "03")
        .set("DAT043", Date::of(2017, 3, 20))
        .set("DAT044", Date::of(2017, 12, 31))
        .set("NUM029", "STER-2018-1")
        .set("DAT031", Date::of(2018, 1, 4))
        .set("COD363", "EUR");
    for (const Woman& woman : women()) {
        add_woman(draft, woman);
        for (const Line& line : woman.lines) {
            draft.append("04", {})
                .set("NUM313", woman.bsn)
                .set("COD061", woman.insurer)
                .set("COD820", "1")
                .set("DAT001", line.first)
                .set("DAT003", line.last)
                .set("COD367", "032")
                .set("COD388", line.code)
                .set("COD089", "08001101")
                .set("ANT054", 1)
                .set("BED160", line.amount)
                .set("BED153", line.amount)
                .set("COD668", "D")
                .set_signed("BED161", "COD665", line.amount)
                .set("NUM362", line.reference);
            draft.append("98", {}).set("OMS016", std::string("bij ") + line.reference);
        }
    }
    std::string bytes;
    for (const auto& segment : must(draft.close().finish())) bytes += segment.bytes;
    return bytes;
}

std::string enrolments() {
    std::string rows = "sleutel;bsn;praktijk;patientnummer;begin;eind;reden;a_terme\r\n";
    for (const Woman& woman : women()) {
        rows += std::string("in-") + woman.lines.front().reference + ";" + woman.bsn + ";08000101;" +
                woman.lines.front().reference + ";2017-03-20;;;2017-11-10\r\n";
    }
    return rows;
}

std::string outcomes() {
    std::string rows = "sleutel;bsn;praktijk;patientnummer;uitkomst;datum;kinderen;zwangerschapsduur\r\n";
    for (const Woman& woman : women()) {
        rows += std::string("uit-") + woman.lines.front().reference + ";" + woman.bsn + ";08000101;" +
                woman.lines.front().reference + ";levend geboren;2017-11-08;1;\r\n";
    }
    return rows;
}

class Round : public ::testing::Test {
protected:
    Round() : folder_("round"), data_((folder_.path / "data").string()), insurers_(layouts()) {
        EXPECT_EQ(bundel({"init", "--example", data_}).exit_code, 0);
    }

    Ended bundel(std::vector<std::string> words) {
        words.insert(words.begin(), BUNDEL_PROGRAM);
        return run_process(words, 60);
    }

    void put(const std::string& name, const std::string& bytes) {
        std::ofstream(fs::path(data_) / "inbox" / name, std::ios::binary) << bytes;
    }

    // What arrived by now is read, what is ready leaves, and the insurers read that.
    void run(Date day) {
        for (const auto& answer : insurers_.answers_due(day)) put(answer.name, answer.bytes);
        const Ended ended = bundel({"run", "--data", data_, "--as-of", day.iso()});
        ASSERT_EQ(ended.exit_code, 0) << ended.out << ended.err;
        for (const auto& [name, bytes] : files_below(fs::path(data_) / "outbox/verzekeraars")) {
            if (!read_.insert(name).second) continue;
            const auto insurer = must(values::UzoviCode::parse(name.substr(0, 4)));
            must(insurers_.receive(insurer, {name.substr(5), bytes}, day));
        }
    }

    // Once a week for so many weeks.
    void run_weekly(Date first, int weeks) {
        for (int week = 0; week < weeks; ++week) run(first.plus_days(7 * week));
        last_ = first.plus_days(7 * (weeks - 1));
    }

    json as_data(const std::string& command) {
        const Ended ended = bundel({command, "--json", "--data", data_, "--as-of", last_.iso()});
        return json::parse(ended.out);
    }

    OwnFolder folder_;
    std::string data_;
    sim::Insurers insurers_;
    std::set<std::string> read_;
    Date last_ = Date::of(2017, 1, 5);
};

// What a return message says: the invoice it answers, and of each line its number in the file, its reference
// and what was granted.
struct Returned {
    std::string invoice;
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> lines;  // reference: detail number, cents
};

Returned read_return(const std::string& name, const std::string& bytes) {
    base::Findings findings;
    const auto message = wire::decode(bytes, layouts(), name, findings);
    BUNDEL_ASSERT(message && findings.empty() && message->layout().is_return());
    const auto field = [&](const wire::Record& record, std::string_view element) {
        return message->field(record,
                              must(reply::column_of(message->layout(), message->code(record), element)));
    };
    Returned returned;
    returned.invoice = wire::utf8(field(message->records().front(), "NUM029"));
    for (const auto& record : message->records()) {
        if (message->code(record) != wire::code_performance) continue;
        returned.lines[wire::utf8(field(record, "NUM362"))] = {*wire::number(field(record, "NUM040")),
                                                               *wire::number(field(record, "BED166"))};
    }
    return returned;
}

TEST_F(Round, APracticesFileGoesOutAndItsAnswersComeBackInItsOwnNumberingWithNoHand) {
    for (const auto& [name, bytes] : files_below(BUNDEL_SOURCE_DIR "/examples/delta/regio")) put(name, bytes);
    run(Date::of(2017, 1, 5));
    put("inschrijvingen.csv", enrolments());
    run(Date::of(2017, 4, 5));
    put("uitkomsten.csv", outcomes());
    put("VK301_ster.txt", practice_file());
    run_weekly(Date::of(2018, 1, 5), 26);

    EXPECT_EQ(as_data("worklist")["questions"], json::array());
    EXPECT_EQ(as_data("verify")["breaches"], json::array());
    EXPECT_TRUE(as_data("claims")["claims"].empty());

    // Bundles of two insurers, forwarded lines of the third; each message to one insurer.
    std::map<std::string, int> sent;
    for (const auto& [name, bytes] : files_below(fs::path(data_) / "outbox/verzekeraars"))
        ++sent[name.substr(0, name.find('_'))];
    EXPECT_EQ(sent.size(), 3U);
    EXPECT_GT(sent["9101/KZ301"], 0);
    EXPECT_GT(sent["9201/KZ301"], 0);
    EXPECT_GT(sent["9301/VK301"], 0);

    // Every line of the two women that went mono is answered once, under its own number in the practice's
    // file.
    const auto source = practice_file();
    base::Findings findings;
    const auto own = wire::decode(source, layouts(), "VK301_ster.txt", findings);
    ASSERT_TRUE(own && findings.empty());
    std::map<std::string, std::int64_t> numbers;
    for (const auto& record : own->records()) {
        if (own->code(record) != wire::code_performance) continue;
        const auto column = [&](std::string_view element) {
            return must(reply::column_of(own->layout(), "04", element));
        };
        numbers[wire::utf8(own->field(record, column("NUM362")))] =
            *wire::number(own->field(record, column("NUM040")));
    }
    std::map<std::string, std::int64_t> answered;
    for (const auto& [name, bytes] : files_below(fs::path(data_) / "outbox/deelnemers/08000101")) {
        const Returned returned = read_return(name, bytes);
        EXPECT_EQ(returned.invoice, "STER-2018-1") << name;
        for (const auto& [reference, line] : returned.lines) {
            EXPECT_EQ(line.first, numbers.at(reference)) << reference;
            EXPECT_TRUE(answered.emplace(reference, line.second).second) << "twice: " << reference;
        }
    }
    const std::map<std::string, std::int64_t> expected = {{"R-07", 487'05}, {"R-08", 529'52},
                                                          {"R-09", 294'18}, {"R-10", 487'05},
                                                          {"R-11", 529'52}, {"R-12", 294'18}};
    EXPECT_EQ(answered, expected);
}

// One of the women turns out to be in the care of the reception of asylum seekers: no insurer pays her lines.
TEST_F(Round, WhatNoInsurerPaysGoesToThePracticeOnAListOnceAndIsDoneWith) {
    for (const auto& [name, bytes] : files_below(BUNDEL_SOURCE_DIR "/examples/delta/regio")) put(name, bytes);
    run(Date::of(2017, 1, 5));
    put("inschrijvingen.csv", enrolments());
    put("verzekeringen.csv",
        "sleutel;bsn;verzekeraar;betaler;begin;eind\r\ncov-1;900000041;;asielopvang;2017-01-01;2018-12-"
        "31\r\n");
    run(Date::of(2017, 4, 5));
    put("uitkomsten.csv", outcomes());
    put("VK301_ster.txt", practice_file());
    run_weekly(Date::of(2018, 1, 5), 26);

    std::string list;
    for (const auto& [name, bytes] : files_below(fs::path(data_) / "outbox/deelnemers/08000101")) {
        if (name.starts_with("zelf-declareren_08000101_")) list += bytes;
    }
    for (const char* reference : {"R-10", "R-11", "R-12"}) {
        const std::string row = std::string("\n") + reference + ";" + reference + ";nee;;R-10;032:";
        const auto at = list.find(row);
        ASSERT_NE(at, std::string::npos) << list;
        EXPECT_EQ(list.find(row, at + 1), std::string::npos) << "twice: " << reference;
    }
    EXPECT_NE(list.find(";asielopvang;;"), std::string::npos) << list;
    EXPECT_EQ(list.find("900000041"), std::string::npos);
    EXPECT_EQ(list.find("R-07"), std::string::npos);

    EXPECT_EQ(as_data("worklist")["questions"], json::array());
    const json verified = as_data("verify");
    EXPECT_EQ(verified["breaches"], json::array());
    EXPECT_EQ(verified["differences"], json::array());
    const Ended explained =
        bundel({"explain", "08000101/R-10", "--json", "--data", data_, "--as-of", last_.iso()});
    int handed_over = 0;
    const json explanation = json::parse(explained.out);
    for (const auto& claim : explanation["claims"]) {
        EXPECT_EQ(claim["kind"], "handed_over");
        EXPECT_EQ(claim["state"], "handed_over");
        EXPECT_EQ(claim["granted_cents"], claim["amount_cents"]);
        EXPECT_TRUE(claim["insurer"].is_null());
        ++handed_over;
    }
    EXPECT_EQ(handed_over, 3) << explained.out << explained.err;
}

}  // namespace
}  // namespace bundel::testing
