// The insurers of a region as a program: what it reads of them, and that living the days over again gives
// what was given before.
#include "sim/region_insurers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "sim/any_pregnancy.h"
#include "sim/region_files.h"

namespace bundel::sim {
namespace {
namespace fs = std::filesystem;

const fs::path source = BUNDEL_SOURCE_DIR;
const fs::path layouts = source / "rulebooks/layouts";
const Period births{Date::of(2024, 1, 1), Date::of(2024, 3, 31)};

// A region; and as the outbox what its practices sent to the IGO, as if all of it were passed on.
class RegionOfInsurers : public testing::Test {
protected:
    void SetUp() override {
        fs::remove_all(folder_);
        const auto fees = Fees::parse(*read_file(source / "sim/fees.csv"));
        const RegionOrder order{3, 30, births, Regime::y2023, false, region_};
        ASSERT_TRUE(write_region(order, shipped_calibration(), *fees, *read_layouts(layouts)).ok());
    }
    void TearDown() override { fs::remove_all(folder_); }

    void pass_on(const fs::path& outbox, Date until) const {
        fs::create_directories(outbox);
        const auto days = *news_of(region_);
        for (const auto& news : days) {
            for (const auto& path : files_in(news.folder / "igo", ".txt")) {
                // KIND-AGB-UZOVI-DAY.txt
                const auto name = path.filename().string();
                const auto to = outbox / "verzekeraars" / name.substr(name.size() - 17, 4);
                if (news.day > until) continue;
                fs::create_directories(to);
                fs::copy_file(path, to / name, fs::copy_options::skip_existing);
            }
        }
    }
    InsurerCount run(const fs::path& outbox, const fs::path& out, Date day) const {
        const auto count = run_insurers({region_, layouts, outbox, out, day});
        EXPECT_TRUE(count.ok()) << count.error().code << count.error().params.front().second;
        return count.ok() ? *count : InsurerCount();
    }
    static std::map<std::string, std::string> files(const fs::path& folder) {
        std::map<std::string, std::string> all;
        for (const auto& entry : fs::directory_iterator(folder))
            all[entry.path().filename().string()] = *read_file(entry.path());
        return all;
    }
    // Writes `text` in the file in place of `old`, which must be there.
    static void change(const fs::path& file, const std::string& old, const std::string& text) {
        auto bytes = *read_file(file);
        const auto at = bytes.find(old);
        ASSERT_NE(at, std::string::npos) << bytes;
        ASSERT_TRUE(write_file(file, bytes.replace(at, old.size(), text)).ok());
    }
    std::string wrong_rules() const {
        const auto rules = read_insurer_rules(region_, layouts / "../regimes");
        if (rules.ok()) return "";
        return rules.error().code + " " + rules.error().params.front().second + " " +
               rules.error().params.back().second;
    }

    fs::path folder_ = fs::path(testing::TempDir()) / "bundel insurers test";
    fs::path region_ = folder_ / "region";
    Date end_ = Date::of(2025, 6, 30);
};

TEST_F(RegionOfInsurers, RunNowAndThenGivesWhatOneRunGives) {
    pass_on(folder_ / "outbox", end_);
    const auto all = run(folder_ / "outbox", folder_ / "once", end_);
    EXPECT_GT(all.judged, 100);
    EXPECT_EQ(all.granted, all.judged);

    long written = 0;
    for (Date day = Date::of(2023, 6, 1); day < end_; day = day.plus_days(23)) {
        pass_on(folder_ / "growing", day);
        written += run(folder_ / "growing", folder_ / "often", day).written;
    }
    written += run(folder_ / "growing", folder_ / "often", end_).written;
    EXPECT_EQ(written, all.written);
    EXPECT_EQ(files(folder_ / "often"), files(folder_ / "once"));
    EXPECT_EQ(run(folder_ / "outbox", folder_ / "once", end_).written, 0);
}

TEST_F(RegionOfInsurers, WritesOnlyWhatIsDue) {
    const auto days = *news_of(region_);
    const auto first = std::find_if(days.begin(), days.end(), [](const RegionNews& one) {
        return !files_in(one.folder / "igo", ".txt").empty();
    });
    ASSERT_NE(first, days.end());
    pass_on(folder_ / "outbox", first->day);
    const auto rules = read_insurer_rules(region_, layouts / "../regimes");
    Date due = Date::far_future();
    for (const auto& folder : fs::directory_iterator(folder_ / "outbox/verzekeraars")) {
        const auto label = *UzoviCode::parse(folder.path().filename().string());
        due = std::min(due, first->day.plus_days(rules->terms(label)->answer_days));
    }
    EXPECT_EQ(run(folder_ / "outbox", folder_ / "out", first->day.plus_days(-1)).judged, 0);
    EXPECT_GT(run(folder_ / "outbox", folder_ / "out", first->day).judged, 0);
    EXPECT_EQ(run(folder_ / "outbox", folder_ / "out", due.plus_days(-1)).written, 0);
    EXPECT_GT(run(folder_ / "outbox", folder_ / "out", due).written, 0);
}

TEST_F(RegionOfInsurers, SaysWhenWhatItWroteIsNotWhatItWouldWriteNow) {
    pass_on(folder_ / "outbox", end_);
    run(folder_ / "outbox", folder_ / "out", end_);
    const auto first = files(folder_ / "out").begin()->first;
    ASSERT_TRUE(write_file(folder_ / "out" / first, "other").ok());
    const auto again = run_insurers({region_, layouts, folder_ / "outbox", folder_ / "out", end_});
    EXPECT_EQ(again.ok() ? "" : again.error().code, "insurer_file_differs");
    const auto nowhere = run_insurers({region_, layouts, folder_ / "none", folder_ / "out", end_});
    EXPECT_EQ(nowhere.ok() ? "" : nowhere.error().code, "sim_file_unreadable");
}

TEST_F(RegionOfInsurers, ThreeInsurersDiffer) {
    const auto rules = read_insurer_rules(region_, layouts / "../regimes");
    ASSERT_TRUE(rules.ok()) << rules.error().code;
    std::set<std::tuple<int, int, bool>> ways;
    for (const int label : {9101, 9102, 9201, 9301}) {
        const Terms* terms = rules->terms(UzoviCode::of(label));
        ASSERT_NE(terms, nullptr) << label;
        ways.insert({terms->answer_days, terms->payment_days, terms->strict});
    }
    EXPECT_EQ(ways.size(), 3U);
    EXPECT_EQ(rules->terms(UzoviCode::of(9999)), nullptr);
}

TEST_F(RegionOfInsurers, ACellThatCannotBeReadIsNamed) {
    const fs::path terms = region_ / "verzekeraars/verzekeraars.csv";
    const fs::path contracts = region_ / "regio/contracten.csv";
    struct Case {
        fs::path file;
        const char* old;
        const char* text;
        const char* wrong;
    };
    const Case cases[] = {
        {terms, "streng", "matig", "insurer_rules_cell verzekeraars.csv strengheid"},
        {terms, "\r\n14;", "\r\n0;", "insurer_rules_cell verzekeraars.csv antwoord_dagen"},
        {terms, "\r\n14;", "\r\n366;", "insurer_rules_cell verzekeraars.csv antwoord_dagen"},
        {terms, "\r\n14;", "\r\n365;", ""},
        {terms, ";12;", ";121;", "insurer_rules_cell verzekeraars.csv indienen_maanden"},
        {terms, ";12;", ";120;", ""},
        {terms, "9102", "9101", "insurer_rules_cell verzekeraars.csv uzovi"},
        {contracts, "natal ", "nataal ", "insurer_rules_cell contracten.csv prijzen"},
        {contracts, "9101 9102", "9101  9102", ""},
        {contracts, "9101 9102", "9101 910", "insurer_rules_cell contracten.csv labels"},
        {region_ / "waarheid/verzekeringen.csv", ";9", ";x", "insurer_rules_cell verzekeringen.csv uzovi"},
        {region_ / "waarheid/vrouwen.csv", "R000000", "R999999",
         "insurer_rules_cell verzekeringen.csv vrouw"},
    };
    for (const auto& one : cases) {
        SCOPED_TRACE(std::string(one.old) + " -> " + one.text);
        const auto bytes = *read_file(one.file);
        change(one.file, one.old, one.text);
        EXPECT_EQ(wrong_rules(), one.wrong);
        ASSERT_TRUE(write_file(one.file, bytes).ok());
    }
    EXPECT_EQ(wrong_rules(), "");
}

TEST(InsurerCounts, ArePrintedInDutch) {
    InsurerCount count{10, 6, 1, {{"0587", 1}, {"0611", 2}}, 4};
    std::ostringstream out;
    print_count(count, out);
    EXPECT_EQ(out.str(),
              "10 regels beoordeeld: 6 toegekend, 1 voor een lager bedrag, 3 afgewezen\n"
              "  0587  1\n  0611  2\n4 nieuwe bestanden geschreven\n");
}

}  // namespace
}  // namespace bundel::sim
