// The program as a process, killed at random moments of `bundel run` and started again until it is done: the
// days of the region end as they do when nobody disturbs it.
//
// BUNDEL_SEED chooses the moments (default 1).
#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "engine/run.h"
#include "store/workspace.h"
#include "system/holding.h"
#include "system/process.h"
#include "system/region.h"

namespace bundel::testing {
namespace {
namespace fs = std::filesystem;

const std::vector<std::string> women = {"03", "05", "12", "13", "16", "27", "40"};

std::unique_ptr<store::Workspace> open(const fs::path& data) {
    return must(store::Workspace::open(data.string()));
}

std::vector<Step> undisturbed(const fs::path& data) {
    const auto workspace = open(data);
    const auto nothing = [](const Step&) {};
    return play(workspace->world(), women, workspace->outbox(), nothing, nothing);
}

void hand_in(const fs::path& data, const Step& step) {
    for (const auto& file : step.files)
        std::ofstream(data / "inbox" / file.name, std::ios::binary) << file.bytes;
}

Ended bundel(const fs::path& data, const std::string& command, const Step& step,
             std::optional<double> kill_after = std::nullopt) {
    return run_process({BUNDEL_PROGRAM, command, "--data", data.string(), "--as-of", step.day.iso()},
                       kill_after);
}

std::uint64_t seed() {
    const char* named = std::getenv("BUNDEL_SEED");
    return named == nullptr ? 1 : std::strtoull(named, nullptr, 10);
}

TEST(Kill, AtRandomMomentsAndStartedAgainUntilItIsDone) {
    const OwnFolder folder("kill");
    const fs::path quiet = folder.path / "quiet";
    const fs::path killed = folder.path / "killed";
    // Copies of one directory: the same keys give the same persons, so that the files can be compared.
    must(store::create_workspace(quiet.string(), "53000001", false));
    fs::copy(quiet, killed, fs::copy_options::recursive);
    const auto steps = undisturbed(quiet);

    std::mt19937_64 random(seed());
    double usual = 0.05;  // seconds of a round that nobody disturbs
    int kills = 0;
    for (const Step& step : steps) {
        SCOPED_TRACE(step.day.iso() + ", seed " + std::to_string(seed()));
        hand_in(killed, step);
        const auto before = files_below(killed / "outbox");
        // Days on which nothing arrives are short and many: most are left alone.
        const int attempts = step.files.empty() ? static_cast<int>(random() % 4 == 0) : 3;
        for (int i = 0; i < attempts; ++i) {
            const double moment = usual * static_cast<double>(random() % 1000) / 1000;
            const Ended ended = bundel(killed, "run", step, moment);
            kills += ended.exit_code == -1 ? 1 : 0;
        }
        const Ended done = bundel(killed, "run", step);
        ASSERT_EQ(done.exit_code, 0) << done.out << done.err;
        usual = usual * 0.9 + done.seconds * 0.1;
        const auto after = files_below(killed / "outbox");
        for (const auto& [name, bytes] : before) EXPECT_EQ(after.at(name), bytes) << "rewritten: " << name;
        EXPECT_TRUE(files_below(killed / "staging").empty());
    }
    const Step& last = steps.back();
    const Ended verified = bundel(killed, "verify", last);
    EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
    EXPECT_EQ(holding(open(killed)->world(), last.day), holding(open(quiet)->world(), last.day));
    EXPECT_EQ(files_below(killed / "outbox"), files_below(quiet / "outbox"));
    EXPECT_TRUE(files_below(killed / "inbox/geweigerd").empty());
    const Ended one = bundel(killed, "report", last);
    EXPECT_EQ(one.exit_code, 0) << one.err;
    std::cout << steps.size() << " days, killed " << kills << " times, a round takes "
              << static_cast<int>(usual * 1000) << " ms\n";
    EXPECT_GE(kills, 50);
}

}  // namespace
}  // namespace bundel::testing
