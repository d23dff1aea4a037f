// kill -9 between every pair of steps: whatever moment the process dies at, nothing it reported is lost,
// nothing leaves twice or is rewritten, what is found is sound, and the next round ends where an undisturbed
// one ends.
//
// The days of the region are played once, keeping a copy of the data before each day. Then, for every day and
// every moment of it, that copy is taken, a child lives through the day until it dies at that moment, and the
// day is done again. What is held after the day must be what the undisturbed play held: so the days after it
// need no second look.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <functional>
#include <set>
#include <sstream>

#include "base/text.h"
#include "engine/closing.h"
#include "engine/verify.h"
#include "sim/player.h"
#include "store/outbox.h"
#include "store/store.h"
#include "store/vault.h"
#include "support/rulebook_files.h"
#include "support/store_fixture.h"
#include "system/counted.h"
#include "system/holding.h"
#include "system/region.h"

namespace bundel::testing {
namespace {
namespace fs = std::filesystem;
using values::Date;

// With one finished case as history enough: the few women here have onderhanden werk to book.
const rulebook::Rulebook& the_rulebook() {
    static const rulebook::Rulebook book = [] {
        auto files = rulebook_files();
        std::string& general = files.at("rulebook.toml");
        const std::string name = "least_history = { value = ";
        const auto at = general.find(name) + name.size();
        general.replace(at, general.find(',', at) - at, "1");
        return load_rulebook(files);
    }();
    return book;
}

const wire::Layouts& the_layouts() {
    static const wire::Layouts layouts = [] {
        wire::Layouts all;
        for (const auto& [name, json] : files_below(BUNDEL_SOURCE_DIR "/rulebooks/layouts"))
            must(all.read(json));
        return all;
    }();
    return layouts;
}

// The data directory of one process, with its death at moment `at` (0: none).
struct Process {
    explicit Process(const fs::path& folder, std::int64_t at = 0, int tell = -1)
        : vault(must(store::open_vault((folder / "kluis.db").string(), StoreFixture::key(),
                                       store::PersonIds::from_identity))),
          kept((vault->settle_on_request(),
                must(store::open_store((folder / "bundel.db").string(), StoreFixture::key(), vault.get())))),
          out((folder / "staging").string(), (folder / "outbox").string()),
          doom(at, tell),
          counted_store(*kept, doom),
          counted_identities(*vault, doom),
          counted_outbox(out, doom),
          world{counted_store,  counted_identities, counted_outbox,
                the_rulebook(), the_layouts(),      {values::AgbCode::of(53000001), false}} {}

    std::unique_ptr<store::Vault> vault;
    std::unique_ptr<engine::Store> kept;
    store::FolderOutbox out;
    Doom doom;
    CountedStore counted_store;
    CountedIdentities counted_identities;
    CountedOutbox counted_outbox;
    engine::World world;
};

struct Day {
    Step step;
    fs::path before;  // copy of the data
    std::int64_t moments = 0;
    std::string held;  // after it
    std::map<std::string, std::string> sent;
};

std::vector<Day> undisturbed(const fs::path& folder, const std::vector<std::string>& women) {
    std::vector<Day> days;
    const fs::path data = folder / "data";
    fs::create_directories(data);
    Process process(data);
    const auto before = [&](const Step& step) {
        Day day;
        day.step = step;
        day.before = folder / ("before-" + step.day.iso());
        day.moments = process.doom.moments();
        fs::create_directories(day.before);
        fs::copy(data, day.before, fs::copy_options::recursive);
        days.push_back(std::move(day));
    };
    const auto after = [&](const Step& step) {
        days.back().moments = process.doom.moments() - days.back().moments;
        days.back().held = holding(process.world, step.day);
        days.back().sent = files_below(data / "outbox");
    };
    play(process.world, women, (data / "outbox").string(), before, after);
    return days;
}

// Everything the dead process told before it died.
std::vector<std::string> live_until_dead(const fs::path& data, std::int64_t moment,
                                         const std::function<void(engine::World&)>& life) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        Process process(data, moment, ends[1]);
        life(process.world);
        ::_exit(0);
    }
    ::close(ends[1]);
    std::string told;
    char piece[4096];
    for (ssize_t count; (count = ::read(ends[0], piece, sizeof piece)) > 0;)
        told.append(piece, static_cast<std::size_t>(count));
    ::close(ends[0]);
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
        << "the child did not die at moment " << moment;
    std::vector<std::string> lines;
    for (const auto line : base::split(told, '\n')) {
        if (!line.empty()) lines.emplace_back(line);
    }
    return lines;
}

std::string kept_by(engine::Store& store, const fs::path& outbox) {
    std::stringstream kept;
    for (const auto direction : {Direction::received, Direction::sent}) {
        for (const auto& row : must(store.messages(direction))) kept << "message " << row.id.hex() << "\n";
    }
    for (const auto& [id, day] : must(store.receipts()))
        kept << "receipt " << id.hex() << " " << day.iso() << "\n";
    for (const auto& claim : must(store.all_claims()))
        kept << "claim " << claim.declarant.digits() << "/" << claim.reference.str() << "\n";
    for (const auto& outgoing : must(store.all_outgoing())) {
        if (outgoing.state == OutgoingState::sent) kept << "sent " << outgoing.number << "\n";
    }
    for (const auto& entry : must(store.entries())) kept << "entry " << entry.digest.hex() << "\n";
    for (const auto& closing : must(store.closings())) kept << "closing " << closing.digest.hex() << "\n";
    for (const auto& [name, bytes] : files_below(outbox)) kept << "file " << name << "\n";
    return kept.str();
}

std::string breaches_of(engine::World& world) {
    std::string all;
    const auto verified = must(engine::verify(world));
    for (const auto& breach : verified.breaches) all += as_text(breach) + "\n";
    return all;
}

void expect_nothing_lost(const fs::path& data, const std::vector<std::string>& told) {
    Process found(data);
    EXPECT_EQ(breaches_of(found.world), "");
    const std::string kept = kept_by(*found.kept, data / "outbox");
    for (const auto& line : told) EXPECT_NE(kept.find(line + "\n"), std::string::npos) << "lost: " << line;
}

void die_and_go_on(const Day& day, std::int64_t moment, const fs::path& data) {
    SCOPED_TRACE(day.step.day.iso() + ", moment " + std::to_string(moment));
    fs::remove_all(data);
    fs::copy(day.before, data, fs::copy_options::recursive);
    const auto told =
        live_until_dead(data, moment, [&](engine::World& world) { live_through(world, day.step); });
    const auto sent = files_below(data / "outbox");
    expect_nothing_lost(data, told);
    Process again(data);
    live_through(again.world, day.step);
    EXPECT_EQ(holding(again.world, day.step.day), day.held);
    EXPECT_EQ(breaches_of(again.world), "");
    const auto sent_after = files_below(data / "outbox");
    for (const auto& [name, bytes] : sent) EXPECT_EQ(sent_after.at(name), bytes) << "rewritten: " << name;
    EXPECT_EQ(sent_after, day.sent);
    EXPECT_TRUE(files_below(data / "staging").empty());
}

// A line refused by the insurer's twin because its reference was used before would be a claim that left
// twice.
TEST(Stop, AtEveryMomentOfEveryDay) {
    const OwnFolder folder("stop");
    const auto days = undisturbed(folder.path, {"03", "13"});
    std::int64_t moments = 0;
    for (const Day& day : days) {
        for (std::int64_t moment = 1; moment <= day.moments; ++moment) {
            die_and_go_on(day, moment, folder.path / "killed");
            if (HasFailure()) return;
        }
        moments += day.moments;
    }
    std::cout << days.size() << " days, " << days.back().sent.size() << " messages sent, killed at "
              << moments << " moments\n";
    EXPECT_GT(moments, 500);
    EXPECT_GT(days.back().sent.size(), 8U);
}

// A hospital by message and by table, and kraamzorg. Every day a few of its moments, other ones each day.
TEST(Stop, AtMomentsOfAllThreeDisciplines) {
    const OwnFolder folder("three");
    const auto days = undisturbed(folder.path, {"16", "27", "40"});
    constexpr std::int64_t stride = 11;
    std::int64_t kills = 0;
    for (const Day& day : days) {
        for (std::int64_t moment = 1 + kills % stride; moment <= day.moments; moment += stride) {
            die_and_go_on(day, moment, folder.path / "killed");
            if (HasFailure()) return;
            ++kills;
        }
    }
    std::cout << days.size() << " days, " << days.back().sent.size() << " messages sent, killed at " << kills
              << " moments\n";
    EXPECT_GT(kills, 50);
    EXPECT_GT(days.back().sent.size(), 4U);
}

// From the month of the first booking on, so many that an accrual is booked and taken back.
void close_months(engine::World& world) {
    const Date first = Date::of(2017, 5, 1);
    const int months = 12;
    for (int i = 0; i < months; ++i)
        must(engine::close_month(world, first.plus_months(i), first.plus_months(months)));
}

TEST(Stop, AtEveryMomentOfClosing) {
    const OwnFolder folder("close");
    const fs::path quiet = folder.path / "data";
    const Date last = undisturbed(folder.path, {"03", "13"}).back().step.day;
    const fs::path before = folder.path / "before-closing";
    fs::copy(quiet, before, fs::copy_options::recursive);
    std::string held;
    std::int64_t moments = 0;
    {
        Process process(quiet);
        close_months(process.world);
        moments = process.doom.moments();
        held = holding(process.world, last);
        EXPECT_EQ(breaches_of(process.world), "");
    }
    EXPECT_NE(held.find("onderhanden:"), std::string::npos);
    EXPECT_NE(held.find("/terug"), std::string::npos);
    for (std::int64_t moment = 1; moment <= moments; ++moment) {
        SCOPED_TRACE("moment " + std::to_string(moment));
        const fs::path data = folder.path / "killed";
        fs::remove_all(data);
        fs::copy(before, data, fs::copy_options::recursive);
        expect_nothing_lost(data, live_until_dead(data, moment, close_months));
        Process again(data);
        close_months(again.world);
        EXPECT_EQ(holding(again.world, last), held);
        EXPECT_EQ(breaches_of(again.world), "");
        if (HasFailure()) return;
    }
    EXPECT_GT(moments, 20);
}

}  // namespace
}  // namespace bundel::testing
