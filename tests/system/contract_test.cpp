// What the program promises to who calls it: words, exit codes, streams, data, and what a live directory
// refuses.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "engine/report.h"
#include "store/workspace.h"
#include "support/rulebook_files.h"
#include "system/holding.h"
#include "system/process.h"
#include "system/region.h"
#include "texts/texts.h"

namespace bundel::testing {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;
using values::Date;

const std::vector<std::string> commands = {"init",     "import", "answers", "assess",   "claims", "send",
                                           "divide",   "report", "explain", "worklist", "ready",  "verify",
                                           "run",      "forget", "export",  "adopt",    "close",  "accruals",
                                           "ceilings", "trueup", "layout"};

Ended bundel(std::vector<std::string> words) {
    words.insert(words.begin(), BUNDEL_PROGRAM);
    return run_process(words, 60);
}

class Contract : public ::testing::Test {
protected:
    Contract() : folder_("contract"), data_((folder_.path / "data").string()) {}

    Ended on_data(std::vector<std::string> words) {
        words.insert(words.end(), {"--data", data_, "--as-of", last_.iso()});
        return bundel(std::move(words));
    }

    // The region until everything rests, in this directory.
    void play_region(const std::vector<std::string>& women) {
        must(store::create_workspace(data_, "53000001", false));
        const auto workspace = must(store::Workspace::open(data_));
        const auto nothing = [](const Step&) {};
        last_ = play(workspace->world(), women, workspace->outbox(), nothing, nothing).back().day;
    }

    OwnFolder folder_;
    std::string data_;
    Date last_ = Date::of(2018, 2, 1);
};

TEST_F(Contract, HelpOfEveryCommandIsDutchAndDone) {
    const auto& texts = texts::Texts::dutch();
    const Ended all = bundel({"--help"});
    EXPECT_EQ(all.exit_code, 0);
    for (const auto& command : commands) {
        SCOPED_TRACE(command);
        const Ended help = bundel({command, "--help"});
        EXPECT_EQ(help.exit_code, 0);
        EXPECT_EQ(help.err, "");
        const std::string sentence = texts.sentence("help_" + command);
        const std::string first_words = sentence.substr(0, sentence.find(' ', 6));
        EXPECT_NE(help.out.find(first_words), std::string::npos) << help.out;
        EXPECT_NE(all.out.find(command), std::string::npos);
        for (const char* english : {"Usage:", "Options:", "Print this help", "REQUIRED", "Excludes"})
            EXPECT_EQ(help.out.find(english), std::string::npos) << english << "\n" << help.out;
    }
}

TEST_F(Contract, WrongWordsAreUsageAndDoNothing) {
    const std::vector<std::vector<std::string>> wrong = {
        {},
        {"sturen"},
        {"report", "--gewoon"},
        {"import"},
        {"explain"},
        {"init"},
        {"init", "--example", data_, "--live", data_},
        {"export", "kluis"},
        {"close"},
        {"close", "mei"},
        {"report", "--as-of", "31-12-2018"},
        {"import", "x.txt", "--received", "2018-02-30"},
        {"adopt", "x.csv"},
        {"adopt", "x.csv", "--cutover", "2018-02-30"},
    };
    for (const auto& words : wrong) {
        const Ended ended = bundel(words);
        SCOPED_TRACE(ended.out + ended.err);
        EXPECT_EQ(ended.exit_code, 2);
        EXPECT_EQ(ended.out, "");
        EXPECT_NE(ended.err, "");
    }
    EXPECT_FALSE(fs::exists(data_));
}

TEST_F(Contract, WithoutDataDirectoryItFailsAndNamesTheCommand) {
    const Ended ended = on_data({"report"});
    EXPECT_EQ(ended.exit_code, 3);
    EXPECT_NE(ended.err.find("bundel init"), std::string::npos);
}

// Every amount of the data, in euros as people read it, is on the screen.
TEST_F(Contract, DataAndScreenSayTheSame) {
    play_region({"02a", "03", "13"});
    const auto& texts = texts::Texts::dutch();
    for (const char* command :
         {"claims", "report", "worklist", "ready", "verify", "accruals", "ceilings", "trueup"}) {
        SCOPED_TRACE(command);
        const Ended data = on_data({command, "--json"});
        EXPECT_FALSE(json::parse(data.out, nullptr, false).is_discarded()) << data.out;
        EXPECT_EQ(data.exit_code, on_data({command}).exit_code);
        EXPECT_EQ(data.err, "");
    }
    const json explained = json::parse(on_data({"explain", "08000102/V13", "--json"}).out);
    EXPECT_TRUE(explained.is_object());

    const std::string screen = on_data({"report"}).out;
    const json report = json::parse(on_data({"report", "--json"}).out);
    const auto on_screen = [&](const json& cents) {
        const auto amount = texts.amount(values::Cents::of(cents.get<std::int64_t>()));
        EXPECT_NE(screen.find(amount), std::string::npos) << amount << " is not on the screen\n" << screen;
    };
    std::size_t amounts = 0;
    for (const char* rows : {"dispositions", "routes", "claims"}) {
        for (const auto& row : report.at(rows)) on_screen(row.at("amount_cents"));
        amounts += report.at(rows).size();
    }
    for (const char* sums : {"balances_cents", "shares_cents"}) {
        for (const auto& [name, cents] : report.at(sums).items()) on_screen(cents);
        amounts += report.at(sums).size();
    }
    EXPECT_GE(amounts, 10U) << report.dump(1);
}

// What an example took part in says so, with the count, wherever it is shown.
TEST_F(Contract, EveryOutputCountsWhatRestsOnExamples) {
    play_region({"02a", "13"});
    const std::vector<std::vector<std::string>> outputs = {
        {"divide"}, {"explain", "08000102/V13"}, {"worklist"}, {"verify"}, {"export", "journal"}, {"report"}};
    for (const auto& words : outputs) {
        const Ended ended = on_data(words);
        EXPECT_NE(ended.out.find("voorbeeldwaarde"), std::string::npos) << words.front() << "\n" << ended.out;
    }
    EXPECT_EQ(on_data({"export", "journal"}).out.substr(0, 2), "; ");
    for (const auto& words :
         std::vector<std::vector<std::string>>{{"explain", "08000102/V13"}, {"worklist"}, {"verify"}}) {
        auto as_data = words;
        as_data.emplace_back("--json");
        const json data = json::parse(on_data(as_data).out);
        EXPECT_GT(data.at("rests_on").at("example").get<int>(), 0) << words.front();
    }
    EXPECT_EQ(json::parse(on_data({"claims", "--json"}).out).at("rests_on").at("example"), 0);
}

TEST_F(Contract, NobodyIsLookingSoNoProgress) {
    play_region({"13"});
    const Ended ended = on_data({"run"});
    EXPECT_EQ(ended.exit_code, 0);
    EXPECT_EQ(ended.err, "");
    EXPECT_EQ(ended.out.find('\r'), std::string::npos);
}

TEST_F(Contract, TwoAtOnceTheSecondIsToldSo) {
    play_region({"13"});
    const auto held = must(store::Workspace::open(data_));
    const Ended ended = on_data({"run"});
    EXPECT_EQ(ended.exit_code, 3);
    EXPECT_NE(ended.err.find("in gebruik"), std::string::npos) << ended.err;
}

TEST_F(Contract, AForgottenWomanIsNobodyAndEverythingStillHolds) {
    play_region({"02a", "13"});
    EXPECT_EQ(on_data({"explain", "08000102/V13"}).exit_code, 0);
    const Ended forgotten = on_data({"forget", "08000102/V13"});
    EXPECT_EQ(forgotten.exit_code, 0) << forgotten.err;
    const Ended nobody = on_data({"explain", "08000102/V13"});
    EXPECT_EQ(nobody.exit_code, 3);
    EXPECT_NE(nobody.err.find("[explain_nobody]"), std::string::npos) << nobody.err;
    const Ended verified = on_data({"verify"});
    EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
    EXPECT_EQ(on_data({"report"}).exit_code, 0);
    EXPECT_EQ(on_data({"explain", "08000101/V02a"}).exit_code, 0);
}

void replace_all(const fs::path& file, const std::string& from, const std::string& to) {
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    std::string all = text.str();
    for (auto at = all.find(from); at != std::string::npos; at = all.find(from, at + to.size()))
        all.replace(at, from.size(), to);
    std::ofstream(file) << all;
}

TEST_F(Contract, AChangedRulebookIsNewLawForEverybodyButNoFault) {
    play_region({"01", "13"});
    const json before = json::parse(on_data({"verify", "--json"}).out);
    EXPECT_EQ(before["differences"].size(), 0U) << before.dump(1);
    replace_all(fs::path(data_) / "regelboek/regimes/2017.toml", "birth_day = { value = \"natal\"",
                "birth_day = { value = \"prenatal\"");
    const Ended run = on_data({"run"});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_NE(run.out.find("2 cliënten beoordeeld"), std::string::npos) << run.out;
    const Ended verified = on_data({"verify", "--json"});
    EXPECT_EQ(verified.exit_code, 0) << verified.out;
    const json after = json::parse(verified.out);
    EXPECT_GT(after["differences"].size(), 0U) << after.dump(1);
    EXPECT_EQ(after["breaches"].size(), 0U);
}

// -- A live directory

struct Live : Contract {
    // Every example of the rulebook made verified with a source of its own.
    void make_rulebook_verified() {
        for (const auto& entry : fs::recursive_directory_iterator(fs::path(data_) / "regelboek")) {
            if (entry.path().extension() != ".toml") continue;
            for (const char* status : {"\"example\"", "\"provisional\""})
                replace_all(entry.path(), std::string("status = ") + status, "status = \"verified\"");
            replace_all(entry.path(), "\"not found", "\"test");
        }
    }

    // The contract too: as if all were settled.
    void make_everything_verified() {
        make_rulebook_verified();
        contract_status_ = "vastgesteld";
    }

    // 01: all care inside; a bundle in every phase.
    Ended run_live() {
        for (const auto& [name, bytes] : files_below(BUNDEL_SOURCE_DIR "/examples/delta/regio")) {
            const fs::path file = fs::path(data_) / "inbox" / name;
            std::ofstream(file) << bytes;
            replace_all(file, ";voorbeeld", ";" + contract_status_);
        }
        Ended last;
        for (const Step& step : steps_) {
            if (step.files.empty()) continue;
            for (const auto& file : step.files) {
                if (!file.name.starts_with("VK301") && !file.name.ends_with(".csv")) continue;
                if (file.name.starts_with("contracten") || file.name.starts_with("lidmaatschappen")) continue;
                std::ofstream(fs::path(data_) / "inbox" / file.name, std::ios::binary) << file.bytes;
            }
            last_ = step.day;
            if (step.day > Date::of(2018, 2, 1)) break;
            last = on_data({"run"});
        }
        return last;
    }

    void SetUp() override {
        const std::string example = (folder_.path / "example").string();
        must(store::create_workspace(example, "53000001", false));
        const auto workspace = must(store::Workspace::open(example));
        const auto nothing = [](const Step&) {};
        steps_ = play(workspace->world(), {"01"}, workspace->outbox(), nothing, nothing);
        ASSERT_FALSE(files_below(workspace->outbox()).empty());
        ASSERT_EQ(bundel({"init", "--live", data_, "--igo", "53000001"}).exit_code, 0);
    }

    std::vector<Step> steps_;
    std::string contract_status_ = "voorbeeld";
};

TEST_F(Live, OnExampleValuesNothingLeaves) {
    const Ended run = run_live();
    EXPECT_EQ(run.exit_code, 1) << run.out << run.err;
    EXPECT_NE(run.out.find("Niet verzonden"), std::string::npos) << run.out;
    EXPECT_NE(run.out.find("regelboek/rulebook.toml, reference_day.regime"), std::string::npos) << run.out;
    EXPECT_NE(run.out.find("bundel ready"), std::string::npos) << run.out;
    EXPECT_TRUE(files_below(fs::path(data_) / "outbox").empty());
    EXPECT_EQ(on_data({"ready"}).exit_code, 1);
}

TEST_F(Live, AContractThatIsNotVerifiedIsNamedWithTheCommandThatLoadsTheRealOne) {
    make_rulebook_verified();
    const Ended run = run_live();
    EXPECT_EQ(run.exit_code, 1) << run.out << run.err;
    EXPECT_NE(run.out.find("(9101-2017)"), std::string::npos) << run.out;
    EXPECT_NE(run.out.find("bundel import contracten.csv"), std::string::npos) << run.out;
    EXPECT_TRUE(files_below(fs::path(data_) / "outbox").empty());
}

TEST_F(Live, AProvisionalLayoutNeverLeavesEvenWhenEveryValueIsVerified) {
    make_everything_verified();
    const Ended run = run_live();
    EXPECT_EQ(run.exit_code, 1) << run.out << run.err;
    EXPECT_NE(run.out.find("KZ301-3.2-provisional"), std::string::npos) << run.out;
    EXPECT_NE(run.out.find("bundel ready"), std::string::npos) << run.out;
    EXPECT_TRUE(files_below(fs::path(data_) / "outbox").empty());
    EXPECT_TRUE(files_below(fs::path(data_) / "staging").empty());
    EXPECT_NE(on_data({"ready"}).out.find("KZ301-3.2-provisional"), std::string::npos);
    EXPECT_EQ(on_data({"verify"}).exit_code, 0);
}

TEST_F(Live, NamesItsOwnIgo) {
    EXPECT_EQ(bundel({"init", "--live", (folder_.path / "other").string()}).exit_code, 3);
    EXPECT_EQ(bundel({"init", "--live", (folder_.path / "other").string(), "--igo", "08000101"}).exit_code,
              3);
    EXPECT_EQ(bundel({"init", "--example", data_}).exit_code, 3);  // never over another
}

}  // namespace
}  // namespace bundel::testing
