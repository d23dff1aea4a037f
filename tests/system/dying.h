// The engine on a data directory of its own, lived through by a process that is killed at every moment of it:
// whatever moment it dies at, what is found is sound, and the next round ends where an undisturbed one ends.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <functional>
#include <iostream>

#include "engine/verify.h"
#include "store/outbox.h"
#include "store/store.h"
#include "store/vault.h"
#include "support/rulebook_files.h"
#include "support/store_fixture.h"
#include "system/counted.h"
#include "system/holding.h"

namespace bundel::testing {

inline const rulebook::Rulebook& the_rulebook() {
    static const rulebook::Rulebook book = load_rulebook();
    return book;
}

// The data directory of one process, with its death at moment `at` (0: none).
struct Process {
    explicit Process(const std::filesystem::path& folder, std::int64_t at = 0)
        : vault(must(store::open_vault((folder / "kluis.db").string(), StoreFixture::key(),
                                       store::PersonIds::from_identity))),
          kept((vault->settle_on_request(),
                must(store::open_store((folder / "bundel.db").string(), StoreFixture::key(), vault.get())))),
          out((folder / "staging").string(), (folder / "outbox").string()),
          doom(at),
          counted_store(*kept, doom),
          counted_outbox(out, doom),
          world{counted_store,  *vault,   counted_outbox,
                the_rulebook(), layouts_, {values::AgbCode::of(53'000'001), false}} {}

    std::unique_ptr<store::Vault> vault;
    std::unique_ptr<engine::Store> kept;
    store::FolderOutbox out;
    Doom doom;
    CountedStore counted_store;
    CountedOutbox counted_outbox;
    wire::Layouts layouts_;
    engine::World world;
};

inline std::string breaches_of(engine::World& world) {
    std::string all;
    for (const auto& breach : must(engine::verify(world)).breaches) all += as_text(breach) + "\n";
    return all;
}

using Live = std::function<void(engine::World&)>;

// Whether it died at that moment.
inline bool dies(const std::filesystem::path& data, std::int64_t moment, const Live& live) {
    const pid_t child = ::fork();
    if (child == 0) {
        Process process(data, moment);
        live(process.world);
        ::_exit(0);
    }
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

// How an undisturbed life ends.
struct Quiet {
    std::string held;  // as on `day`
    std::map<std::string, std::string> sent;
    std::int64_t moments = 0;
};

// `live`: what somebody types, and types again after a stop. Contract: what was done before is seen and not
// done again.
inline Quiet die_at_every_moment(const std::string& name, engine::Date day, const Live& before_it,
                                 const Live& live) {
    namespace fs = std::filesystem;
    const OwnFolder folder(name);
    const fs::path before = folder.path / "before";
    const fs::path undisturbed = folder.path / "quiet";
    fs::create_directories(before);
    {
        Process process(before);
        before_it(process.world);
    }
    fs::copy(before, undisturbed, fs::copy_options::recursive);
    Quiet quiet;
    {
        Process process(undisturbed);
        live(process.world);
        quiet.moments = process.doom.moments();
        quiet.held = holding(process.world, day);
        EXPECT_EQ(breaches_of(process.world), "");
    }
    quiet.sent = files_below(undisturbed / "outbox");
    for (std::int64_t moment = 1; moment <= quiet.moments && !::testing::Test::HasFailure(); ++moment) {
        SCOPED_TRACE("moment " + std::to_string(moment));
        const fs::path data = folder.path / "killed";
        fs::remove_all(data);
        fs::copy(before, data, fs::copy_options::recursive);
        EXPECT_TRUE(dies(data, moment, live));
        const auto left = files_below(data / "outbox");
        {
            Process found(data);
            EXPECT_EQ(breaches_of(found.world), "");
        }
        Process again(data);
        live(again.world);
        EXPECT_EQ(holding(again.world, day), quiet.held);
        EXPECT_EQ(breaches_of(again.world), "");
        EXPECT_EQ(files_below(data / "outbox"), quiet.sent);
        for (const auto& [file, bytes] : left) EXPECT_EQ(quiet.sent.at(file), bytes) << "rewritten: " << file;
        EXPECT_TRUE(files_below(data / "staging").empty());
    }
    std::cout << "killed at " << quiet.moments << " moments\n";
    return quiet;
}

}  // namespace bundel::testing
