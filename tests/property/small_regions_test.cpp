// Many small regions in which more goes wrong than right, each played month by month against the insurer's
// twin until nothing comes any more.
//
//   BUNDEL_SEED=<seed> BUNDEL_SEEDS=1 small_regions_test     replays one region
//
// A region that breaks something is made smaller, by women and then by files, before it is shown.
#include <gtest/gtest.h>

#include "engine/verify.h"
#include "play.h"
#include "sim/region_insurers.h"
#include "small_region.h"
#include "support/property.h"

namespace bundel::testing {
namespace {

using values::Date;

constexpr int day_of_run = 15;
constexpr int list_of_bundles = 69;
constexpr int quiet_months = 15;          // no deadline of twelve months is open any more
constexpr int months_between_checks = 4;  // they take as long as all else together

struct Incoming {
    sim::File file;
    Date received;
    bool answer = false;
};

// How this region's office works, by its seed: tidy or not.
struct Habits {
    bool shuffles;
    bool skips;
    bool looks_back;
    explicit Habits(std::uint64_t seed) {
        Seeded chance(seed * 31 + 7);
        shuffles = chance.below(2) == 0;
        skips = chance.below(3) == 0;
        looks_back = chance.below(3) == 0;
    }
};

// One region from its first file until nothing comes any more. Every step throws Play::Broken.
class Months {
public:
    explicit Months(const SmallRegion& region)
        : region_(region),
          habits_(region.seed),
          files_(files_of(region)),
          layouts_(wire::testing::all_layouts()),
          insurers_(layouts_),
          last_file_(region.order.births.first) {
        for (const auto insurer : files_.falling_back) insurers_.let_fall_back(insurer);
        for (const auto& one : files_.received) last_file_ = std::max(last_file_, one.day);
    }

    void play() {
        const Date before = region_.order.births.first.plus_days(-300);
        for (const auto& file : files_.own) take({file, before, false});
        day_ = Date::of(before.year(), before.month(), day_of_run);
        for (Date news = last_file_; day_ <= news.plus_months(quiet_months); day_ = day_.plus_months(1)) {
            month();
            if (const auto answer = insurers_.next_answer()) news = std::max(news, *answer);
        }
        check_at_rest();
    }

private:
    void take(Incoming one) {
        engine_.import(one.file.name, one.file.bytes, one.received);
        taken_.push_back(std::move(one));
    }

    void month() {
        Seeded chance(region_.seed * 1'009 + static_cast<std::uint64_t>(++months_));
        const bool skips = habits_.skips && day_ < last_file_ && chance.below(4) == 0;
        const bool looks_back = habits_.looks_back && chance.below(4) == 0;
        const Date earlier = day_.plus_days(-static_cast<int>(chance.below(400)));
        auto mail = incoming();
        if (habits_.shuffles) shuffle(mail, chance);
        for (Incoming& one : mail) take(std::move(one));
        if (looks_back) engine_.assess(earlier);
        if (skips) return;
        engine_.run(day_);
        let_read();
        if (months_ % months_between_checks != 0) return;
        engine_.check_sums(day_);
        check_women(false);
    }

    // What came in since the last time; the insurers hear of it too.
    std::vector<Incoming> incoming() {
        std::vector<Incoming> mail;
        for (; next_ < files_.received.size() && files_.received[next_].day <= day_; ++next_) {
            const sim::Received& one = files_.received[next_];
            const bool message = one.file.name.ends_with(".txt");
            if (one.receiver != "igo")
                must("outside", insurers_.outside(*sim::UzoviCode::parse(one.receiver), one.file));
            else if (message)
                must("handed in", insurers_.handed_in(one.file));
            if (one.receiver == "igo") mail.push_back({one.file, one.day, false});
        }
        for (auto& answer : insurers_.answers_due(day_)) mail.push_back({std::move(answer), day_, true});
        std::vector<Cells> rows;
        for (const auto& one : insurers_.overlaps(day_)) rows.push_back(sim::overlap_cells(one));
        if (!rows.empty()) mail.push_back({{"samenloop", sim::csv(rows)}, day_, false});
        return mail;
    }

    void let_read() {
        for (const auto& [name, bytes] : engine_.posted_by_name()) {
            const std::string rest = name.substr(name.find('/') + 1);
            const auto insurer = sim::UzoviCode::parse(rest.substr(0, rest.find('/')));
            must("sent", insurers_.receive(*insurer, {name, bytes}, day_));
        }
    }

    void check_at_rest() {
        const auto state = engine_.state();
        const auto outgoing = engine_.outgoing();
        engine_.run(day_);
        expect(engine_.outgoing() == outgoing, "something was sent without news");
        expect(engine_.state() == state, "another state without news");
        engine_.check_sums(day_);
        check_verified();
        check_answers();
        check_women(true);
        check_fresh();
    }

    // Sound, and every claim would be decided again as it was.
    void check_verified() {
        const auto verified = must("verify", engine::verify(engine_.world));
        if (!verified.breaches.empty()) throw Play::Broken{"verify: " + as_text(verified.breaches.front())};
        if (!verified.differences.empty())
            throw Play::Broken{"decided otherwise when replayed: " + verified.differences.front() +
                               engine_.history()};
    }

    // A bundle is refused where it falls back over care outside; else an insurer has nothing to refuse. What
    // we hold of each claim is what its insurer decided.
    void check_answers() {
        std::map<std::string, values::Cents> granted;
        for (const sim::Verdict& one : insurers_.verdicts()) {
            granted[one.insurer.digits() + " " + one.reference] = one.granted;
            const auto& falling = files_.falling_back;
            const bool falls = one.performance.list == list_of_bundles && !one.credit &&
                               std::find(falling.begin(), falling.end(), one.insurer) != falling.end();
            if (one.codes.empty() || (falls && one.codes.front() == "0587")) continue;
            throw Play::Broken{"refused, " + one.codes.front() + ": " + one.reference + engine_.history()};
        }
        for (const claim::Sent& one : must("claims", engine_.world.store.all_claims())) {
            if (one.state == claim::State::handed_over) continue;
            const auto found = granted.find(one.insurer.digits() + " " + one.reference.str());
            if (found == granted.end() || !claim::is_final(one.state) || found->second != one.granted)
                throw Play::Broken{"not answered, or otherwise than we hold: " + one.reference.str() +
                                   engine_.history()};
        }
    }

    // Every woman as she stands on the day. `known` outlives what is given.
    std::map<PersonId, engine::Standing> standings(Play& play, const facts::Agreements& known) const {
        std::map<PersonId, engine::Standing> all;
        for (const PersonId person : play.women(day_))
            all.emplace(person, must("stand", engine::stand(play.world, person, known, day_)));
        return all;
    }
    facts::Agreements known(Play& play) const {
        return facts::known_on(must("agreements", engine::load_agreements(play.world)), day_);
    }

    void check_women(bool at_rest) {
        const auto agreed = known(engine_);
        for (const auto& [person, standing] : standings(engine_, agreed)) {
            const auto& plan = standing.plan;
            std::string wrong;
            if (!plan.actions.empty() || (at_rest && plan.awaiting)) wrong = "not at rest";
            if (wrong.empty() && !plan.awaiting) wrong = wrong_with(standing);
            if (!wrong.empty())
                throw Play::Broken{wrong + ": " + person.hex().substr(0, 4) + " on " + day_.iso() +
                                   engine_.history()};
        }
    }

    // Nothing is under way for her: what ought to be claimed stands or is a loss, and no bundle stands that
    // ought not to.
    const char* wrong_with(const engine::Standing& standing) const {
        const auto& sent = standing.loaded.sent;
        const auto& oughts = standing.wanted.oughts;
        const auto stands = [&](const claim::Sent& one) {
            return !one.credit && claim::standing(one, sent, engine_.world.rulebook) != claim::Standing::dead;
        };
        for (const claim::Sent& one : sent) {
            if (one.kind == claim::Kind::integrated && stands(one) &&
                std::none_of(oughts.begin(), oughts.end(),
                             [&](const auto& ought) { return fits(one, ought); }))
                return "a bundle stands that ought not to";
        }
        for (const claim::Ought& ought : oughts) {
            const bool lost = ought.latest_submit_day < day_ && is_lost(standing.plan, ought);
            if (!lost && std::none_of(sent.begin(), sent.end(),
                                      [&](const auto& one) { return stands(one) && fits(one, ought); }))
                return "neither claimed nor lost";
        }
        return "";
    }

    static bool fits(const claim::Sent& sent, const claim::Ought& ought) {
        return ought.kind == sent.kind && ought.performance == sent.performance &&
               ought.insurer == sent.insurer && ought.amount == sent.amount && ought.line == sent.line &&
               ought.care.overlaps(sent.care);
    }
    static bool is_lost(const claim::Plan& plan, const claim::Ought& ought) {
        return std::any_of(plan.losses.begin(), plan.losses.end(), [&](const claim::Loss& loss) {
            return loss.participant == ought.declarant && loss.line == ought.line &&
                   loss.amount == ought.amount;
        });
    }

    // Who hears everything on the last day comes to the same. Not for whom a refusal told of care outside:
    // nobody who sent nothing can know that.
    void check_fresh() {
        Play fresh;
        for (const Incoming& one : taken_) {
            if (!one.answer) fresh.import(one.file.name, one.file.bytes, one.received);
        }
        fresh.assess(day_);
        std::set<PersonId> told;
        for (const claim::Sent& one : must("claims", engine_.world.store.all_claims())) {
            if (one.state == claim::State::rejected) told.insert(one.person);
        }
        const auto agreed = known(engine_);
        const auto agreed_at_once = known(fresh);
        const auto played = standings(engine_, agreed);
        const auto at_once = standings(fresh, agreed_at_once);
        expect(played.size() == at_once.size(), "other women when all is known at once");
        for (const auto& [person, standing] : played) {
            const auto other = at_once.find(person);
            if (told.contains(person)) continue;
            if (other == at_once.end() || other->second.wanted.digest() != standing.wanted.digest())
                throw Play::Broken{"another case when all is known at once: " + person.hex().substr(0, 4)};
        }
    }

    const SmallRegion& region_;
    Habits habits_;
    MadeFiles files_;
    wire::Layouts layouts_;
    sim::Insurers insurers_;
    Play engine_;
    Date last_file_;
    Date day_;
    int months_ = 0;
    std::size_t next_ = 0;
    std::vector<Incoming> taken_;
};

std::string broken_by(const SmallRegion& region) {
    try {
        Months(region).play();
        return "";
    } catch (const Play::Broken& broken) {
        return broken.what;
    }
}

// Leaves out one woman at a time as long as something stays broken. Contract: it is broken.
SmallRegion with_fewer_women(SmallRegion region) {
    for (bool shrunk = true; shrunk;) {
        shrunk = false;
        for (std::size_t i = region.order.only.size(); i-- > 0 && region.order.only.size() > 1;) {
            SmallRegion less = region;
            less.order.only.erase(less.order.only.begin() + static_cast<std::ptrdiff_t>(i));
            if (broken_by(less).empty()) continue;
            region = std::move(less);
            shrunk = true;
        }
    }
    return region;
}

// Leaves out `count` files from place `at` on when something stays broken without them.
bool leave_out(SmallRegion& region, std::size_t at, std::size_t count) {
    const auto received = files_of(region).received;
    SmallRegion less = region;
    for (std::size_t i = at; i < std::min(at + count, received.size()); ++i)
        less.left_out.insert(name_of(received[i]));
    if (broken_by(less).empty()) return false;
    region = std::move(less);
    return true;
}

// Many files at a time, then fewer, then one by one until no single one can be left out.
SmallRegion with_fewer_files(SmallRegion region) {
    std::size_t count = files_of(region).received.size();
    for (bool shrunk = true; shrunk || count > 1;) {
        shrunk = false;
        count = std::max<std::size_t>(1, count / 2);
        for (std::size_t at = files_of(region).received.size(); at > 0;) {
            at -= std::min(at, count);
            shrunk = leave_out(region, at, count) || shrunk;
        }
    }
    return region;
}

std::string told(const SmallRegion& region) {
    const Habits habits(region.seed);
    std::string text = "births " + region.order.births.first.iso() + ".." + region.order.births.last.iso();
    if (habits.shuffles) text += ", files of a month in any order";
    if (habits.skips) text += ", some runs skipped";
    if (habits.looks_back) text += ", looks back now and then";
    text += "\nwomen";
    for (const int number : region.order.only) text += " " + std::to_string(number);
    for (const auto& file : files_of(region).received) text += "\n  " + file.day.iso() + " " + name_of(file);
    return text;
}

TEST(SmallRegions, KeepEveryInvariant) {
    const auto first = static_cast<std::uint64_t>(from_environment("BUNDEL_SEED", 1));
    const auto seeds = static_cast<std::uint64_t>(from_environment("BUNDEL_SEEDS", 200));
    for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
        const SmallRegion region = small_region(seed);
        if (broken_by(region).empty()) continue;
        const SmallRegion small = with_fewer_files(with_fewer_women(region));
        ADD_FAILURE() << "BUNDEL_SEED=" << seed << " BUNDEL_SEEDS=1 small_regions_test\n"
                      << broken_by(small) << "\n"
                      << told(small);
        return;
    }
}

}  // namespace
}  // namespace bundel::testing
