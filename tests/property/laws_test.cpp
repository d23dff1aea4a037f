// What must hold of the whole engine whatever reaches it, in whatever order.
//
//   BUNDEL_SEED=<seed> BUNDEL_CASES=1 laws_test --gtest_filter=<law>     replays one region
//
// A region that breaks a law is made smaller, file by file, before it is shown.
#include <gtest/gtest.h>

#include <functional>
#include <numeric>

#include "engine/forget.h"
#include "play.h"
#include "support/property.h"

namespace bundel::testing {
namespace {

using values::Date;

// The last files of a region are looked at some time after they came.
Date looked_at(const Region& region, Shape shape) {
    return region.last.plus_days(shape == Shape::narrow ? 5 : 40);
}

// Every third region is judged by a catalogue of another shape: all laws hold under both.
const rulebook::Rulebook& rules_of(std::uint64_t seed) {
    return seed % 3 == 0 ? second_catalogue() : shipped_rulebook();
}

// Throws Play::Broken.
using Law = std::function<void(const Region&, const rulebook::Rulebook&, Seeded&)>;

std::string broken_by(const Law& law, const Region& region, std::uint64_t seed) {
    Seeded chance(seed * 7 + 1);
    try {
        law(region, rules_of(seed), chance);
        return "";
    } catch (const Play::Broken& broken) {
        return broken.what;
    }
}

// Leaves out one file at a time as long as the law stays broken.
Region smaller(const Law& law, Region region, std::uint64_t seed) {
    for (bool shrunk = true; shrunk;) {
        shrunk = false;
        for (std::size_t i = region.files.size(); i-- > 0 && region.files.size() > 1;) {
            Region less = region;
            less.files.erase(less.files.begin() + static_cast<std::ptrdiff_t>(i));
            if (broken_by(law, less, seed).empty()) continue;
            region = std::move(less);
            shrunk = true;
        }
    }
    return region;
}

void expect_of_regions(Shape shape, const Law& law) {
    const auto first = static_cast<std::uint64_t>(from_environment("BUNDEL_SEED", 1));
    const auto cases = static_cast<std::uint64_t>(from_environment("BUNDEL_CASES", 1000));
    for (std::uint64_t seed = first; seed < first + cases; ++seed) {
        const Region region = any_region(seed, shape);
        if (broken_by(law, region, seed).empty()) continue;
        const Region small = smaller(law, region, seed);
        std::string files;
        for (const File& file : small.files)
            files += "\n  " + file.received.iso() + " " + file.name + file.told;
        ADD_FAILURE() << "BUNDEL_SEED=" << seed << " BUNDEL_CASES=1: " << broken_by(law, small, seed)
                      << "\nseen on " << looked_at(small, shape).iso() << files;
        return;
    }
}

// ---- (a) and half of (d) ----

// Every file with its own day of receipt; some come twice, also on a later day.
std::vector<File> arrivals(const Region& region, Seeded& chance) {
    std::vector<File> files = region.files;
    for (const File& file : region.files) {
        if (chance.below(5) != 0) continue;
        files.push_back(file);
        if (chance.below(2) == 0) files.back().received = std::min(region.last, file.received.plus_days(30));
    }
    return files;
}

TEST(Laws, AnyOrderOfImportsGivesTheSameState) {
    expect_of_regions(Shape::wide, [](const Region& region, const rulebook::Rulebook& rules, Seeded& chance) {
        const Date last = looked_at(region, Shape::wide);
        std::vector<File> files = arrivals(region, chance);
        Play scratch(rules);
        for (const File& file : files) scratch.import(file);
        scratch.assess(last);
        scratch.check_sums(last);
        const auto state = scratch.state();

        // In any order, some more than once, with looks in between on any earlier day.
        for (std::size_t i = chance.below(3); i > 0; --i) files.push_back(files[chance.below(files.size())]);
        shuffle(files, chance);
        Play play(rules);
        for (const File& file : files) {
            play.import(file);
            if (chance.below(4) != 0) continue;
            const int early = static_cast<int>(chance.below(1500));
            play.assess(last.plus_days(-early), 1 + chance.below(3));
        }
        play.assess(last);
        expect(play.state() == state, "another order, another state");
        play.assess(last);
        expect(play.state() == state, "assessed again, another state");
    });
}

TEST(Laws, OneByOneIsAllAtOnce) {
    expect_of_regions(Shape::wide, [](const Region& region, const rulebook::Rulebook& rules, Seeded&) {
        const Date last = looked_at(region, Shape::wide);
        Play scratch(rules);
        for (const File& file : region.files) scratch.import(file);
        scratch.assess(last);

        // As it would go day by day: each file looked at when it comes, one woman at a time.
        Play daily(rules);
        for (const File& file : region.files) {
            daily.import(file);
            daily.assess(file.received, 1);
        }
        daily.assess(last, 1);
        expect(daily.state() == scratch.state(), "day by day, another state");
    });
}

// A file that turns out to have come earlier is news for everybody whose lines it touches.
TEST(Laws, AnEarlierReceiptIsNewsForAllItTouches) {
    expect_of_regions(Shape::wide, [](const Region& region, const rulebook::Rulebook& rules, Seeded& chance) {
        const Date last = looked_at(region, Shape::wide);
        Play scratch(rules);
        for (const File& file : region.files) scratch.import(file);
        File earlier = region.files[chance.below(region.files.size())];
        earlier.received = region.files.front().received.plus_days(-1);
        Play play(rules);
        for (const File& file : region.files) play.import(file);
        play.assess(last);
        play.import(earlier);
        scratch.import(earlier);
        play.assess(last);
        scratch.assess(last);
        expect(play.state() == scratch.state(), "an earlier receipt, another state");
    });
}

// ---- (b), (c) and (d) ----

// What is on its way between us and the insurers.
class Post {
public:
    Post(Play& play, const ContentInsurer& insurer, Seeded& chance)
        : play_(play), insurer_(insurer), chance_(chance) {}

    void collect() {
        for (const std::string& bytes : play_.posted()) {
            for (auto& answer : insurer_.answers(bytes, serial_, chance_.below(3) == 0))
                waiting_.push_back(std::move(answer));
        }
    }
    bool empty() const { return waiting_.empty(); }
    // One of them, whichever. Now and then it comes again later.
    void deliver(Date day) {
        const std::size_t at = chance_.below(waiting_.size());
        const std::string answer = waiting_[at];
        if (chance_.below(8) != 0) {
            waiting_[at] = waiting_.back();
            waiting_.pop_back();
        }
        play_.import("antwoord", answer, day);
    }

private:
    Play& play_;
    const ContentInsurer& insurer_;
    Seeded& chance_;
    int serial_ = 0;
    std::vector<std::string> waiting_;
};

// Answers and runs until nothing is under way any more.
void rest(Play& play, Post& post, Date day) {
    for (int rounds = 0; rounds < 40; ++rounds) {
        while (!post.empty()) post.deliver(day);
        const std::size_t before = play.outgoing();
        play.run(day);
        post.collect();
        if (post.empty() && play.outgoing() == before) return;
    }
    throw Play::Broken{"never at rest"};
}

void check_at_rest(Play& play, Date day) {
    const auto state = play.state();
    const std::size_t outgoing = play.outgoing();
    play.run(day);
    expect(play.outgoing() == outgoing, "something was sent without news");
    expect(play.state() == state, "another state without news");
    play.check_sums(day);
    play.check_sound();
}

ContentInsurer any_insurer(Seeded& chance) {
    using Habit = ContentInsurer::Habit;
    static constexpr Habit habits[] = {Habit::approves, Habit::approves, Habit::rejects_some,
                                       Habit::reduces_some, Habit::both};
    return {habits[chance.below(5)], chance.next()};
}

// The law is about what has one outcome, so the world of this test is kept to it:
// - no deadline passes between the first and the last step. A claim that was sent in time in one order may be
//   too late in another, and that is as it should be;
// - the insurer answers by content. One that answers by what came before makes the outcome depend on it;
// - no answer tells of outside care (0587): it is a fact, and whether it is told depends on what we sent;
// - credits are accepted. A refused one leaves standing what only one of the orders ever sent;
// - no judgement names a claim of ours (send_again): its reference exists in one order only.
TEST(Laws, AnyInterleavingComesToTheSameNetPosition) {
    expect_of_regions(Shape::narrow, [](const Region& region, const rulebook::Rulebook& rules,
                                        Seeded& chance) {
        const Date last = looked_at(region, Shape::narrow);
        const ContentInsurer insurer = any_insurer(chance);
        Play straight(rules);
        Post straight_post(straight, insurer, chance);
        for (const File& file : region.files) straight.import(file);
        rest(straight, straight_post, last);
        check_at_rest(straight, last);

        Play play(rules);
        Post post(play, insurer, chance);
        std::vector<File> files = region.files;
        const bool by_day = chance.below(2) == 0;  // in the order of receipt, else everything known at once
        if (!by_day) shuffle(files, chance);
        std::size_t next = 0;
        Date day = by_day ? files.front().received : last;
        while (next < files.size()) {
            const std::size_t step = chance.below(6);
            if (step < 3) {
                if (by_day) day = std::max(day, files[next].received);
                play.import(files[next++]);
            } else if (step < 5 || post.empty()) {
                play.run(day);
                play.check_sums(day);
                if (chance.below(4) != 0) post.collect();  // else the insurer takes its time
            } else {
                post.deliver(day);
            }
        }
        post.collect();
        rest(play, post, last);
        check_at_rest(play, last);
        if (play.positions(last) != straight.positions(last))
            throw Play::Broken{"another net position\nstraight:" + straight.history() +
                               "\ninterleaved:" + play.history()};
    });
}

// ---- Judgements and forgetting ----

// Two women are one, or a line of one is the other's. The same row again is the same judgement.
std::map<std::string, std::string> any_judgement(const Region& region, Seeded& chance) {
    const std::size_t one = 1 + chance.below(region.women);
    const std::size_t other = 1 + chance.below(region.women);
    std::map<std::string, std::string> row{{"bsn", made_up_bsn(one)}};
    switch (one == other ? 1 : chance.below(3)) {
        case 0: row["ander_bsn"] = made_up_bsn(other); break;
        case 1:
            row["ander_praktijk"] = chance.below(2) == 0 ? "08000101" : "08000102";
            row["ander_patientnummer"] = "P" + std::to_string(other);
            break;
        default:
            row["uitspraak"] = "regel is van haar";
            row["regel_agb"] = chance.below(2) == 0 ? "08000101" : "08000102";
            row["regel"] = "L" + std::to_string(other) + "-1";
            return row;
    }
    row["uitspraak"] = "zelfde persoon";
    return row;
}

TEST(Laws, AJudgementUndoneIsAsNeverMade) {
    expect_of_regions(Shape::wide, [](const Region& region, const rulebook::Rulebook& rules, Seeded& chance) {
        const Date last = looked_at(region, Shape::wide);
        const auto row = any_judgement(region, chance);
        Play play(rules);
        for (const File& file : region.files) play.import(file);
        play.assess(last);
        const auto before = play.cases();
        const auto totals = must("totals", play.world.store.totals());
        play.import(judgement(1, row, last));
        play.assess(last);
        play.check_sums(last);
        play.import(judgement(2, row, last));
        play.assess(last);
        play.check_sums(last);
        const auto after = play.cases();
        for (const auto& [person, digest] : before)
            expect(after.at(person) == digest, "a case differs after the judgement was undone");
        expect(must("totals", play.world.store.totals()) == totals, "totals differ");
    });
}

// With claims sent on the strength of it: taken back and sent anew as far as needed.
TEST(Laws, AJudgementUndoneComesToTheSameNetPosition) {
    expect_of_regions(
        Shape::narrow, [](const Region& region, const rulebook::Rulebook& rules, Seeded& chance) {
            const Date last = looked_at(region, Shape::narrow);
            const auto row = any_judgement(region, chance);
            const ContentInsurer insurer = any_insurer(chance);
            Play play(rules);
            Post post(play, insurer, chance);
            for (const File& file : region.files) play.import(file);
            const bool judged_first = chance.below(2) == 0;
            if (!judged_first) rest(play, post, last);
            play.import(judgement(1, row, last));
            rest(play, post, last);  // two who are one may have been paid twice: no sums until that is undone
            play.import(judgement(2, row, last));
            rest(play, post, last);
            check_at_rest(play, last);

            Play never(rules);
            Post other_post(never, insurer, chance);
            for (const File& file : region.files) never.import(file);
            rest(never, other_post, last);
            if (play.positions(last) != never.positions(last))
                throw Play::Broken{"another net position\nnever judged:" + never.history() +
                                   "\nundone:" + play.history()};
        });
}

// A line that came first without a BSN, then under that of a child, is one line: the mother does not get it a
// second time, and what was forwarded for her before that was known is taken back.
TEST(Laws, ALineOfAChildCountsWhereItCameFirst) {
    const Date birth = Date::of(2024, 5, 1);
    const auto member = [&](values::AgbCode agb) {
        return form_file("lidmaatschappen",
                         {{{"sleutel", "lid-" + agb.digits()},
                           {"organisatie", agb.digits()},
                           {"igo", region_igo.digits()},
                           {"begin", "2017-01-01"}}},
                         birth);
    };
    const File child = form_file("kinderen",
                                 {{{"sleutel", "kind-1"},
                                   {"bsn", made_up_bsn(1)},
                                   {"kind_bsn", made_up_bsn(2)},
                                   {"geboren", birth.iso()}}},
                                 birth);
    Line line;
    line.form = kraamzorg_message;
    line.practice = values::AgbCode::of(33'000'401);
    line.patient = "P1K";
    line.list = 999;
    line.code = "KZUUR";
    line.care = {birth, birth.plus_days(3)};
    line.minutes = 600;
    line.cents = 81600;
    line.reference = "L1-1";
    const File unknown = claim_file({line}, "F1", birth.plus_days(10));
    line.bsn = made_up_bsn(2);
    const File known = claim_file({line}, "F2", birth.plus_days(40));
    const ContentInsurer insurer(ContentInsurer::Habit::approves, 0);
    for (const bool known_first : {false, true}) {
        SCOPED_TRACE(known_first);
        Seeded chance(1);
        Play play;
        Post post(play, insurer, chance);
        play.import(member(line.practice));
        play.import(child);
        play.import(known_first ? known : unknown);
        rest(play, post, birth.plus_days(200));
        play.import(known_first ? unknown : known);
        rest(play, post, birth.plus_days(200));
        EXPECT_NO_THROW(check_at_rest(play, birth.plus_days(200)));
    }
}

TEST(Laws, WhoIsForgottenLeavesTheOthersAsTheyWere) {
    expect_of_regions(
        Shape::narrow, [](const Region& region, const rulebook::Rulebook& rules, Seeded& chance) {
            const Date last = looked_at(region, Shape::narrow);
            const ContentInsurer insurer = any_insurer(chance);
            Play play(rules);
            Post post(play, insurer, chance);
            for (const File& file : region.files) play.import(file);
            rest(play, post, last);
            auto persons = must("persons", play.world.store.persons());
            if (persons.empty()) return;
            std::swap(persons[chance.below(persons.size())], persons.back());
            const PersonId gone = persons.back();
            persons.pop_back();
            std::map<PersonId, base::Digest> before;
            for (const PersonId person : persons) before[person] = play.state(person);
            must("forget", engine::forget(play.world, gone, last));
            for (const PersonId person : persons)
                expect(play.state(person) == before[person], "another woman changed");
            play.check_sound();
            const std::size_t outgoing = play.outgoing();
            play.run(last);
            play.check_sound();
            expect(play.outgoing() == outgoing, "something was sent because somebody was forgotten");
        });
}

}  // namespace
}  // namespace bundel::testing
