#include "system/region.h"

#include <algorithm>
#include <set>

#include "engine/importing.h"
#include "engine/run.h"
#include "sim/insurer.h"
#include "sim/player.h"
#include "system/holding.h"

namespace bundel::testing {
namespace fs = std::filesystem;
using values::Date;

namespace {

const fs::path examples = BUNDEL_SOURCE_DIR "/examples/delta";

std::vector<sim::Scenario> scenarios(const std::vector<std::string>& numbers) {
    std::vector<sim::Scenario> found;
    for (const auto& [file, text] : files_below(examples / "vrouwen")) {
        auto scenario = must(sim::parse_scenario(text, file));
        if (std::find(numbers.begin(), numbers.end(), scenario.woman.number) != numbers.end())
            found.push_back(std::move(scenario));
    }
    BUNDEL_ASSERT(found.size() == numbers.size());
    return found;
}

std::set<Date> days_of(const std::vector<sim::Scenario>& women, const sim::Region& region) {
    std::set<Date> days{region.first_day};
    for (const auto& woman : women) {
        for (const auto& declaration : woman.declarations) days.insert(declaration.day);
        for (const auto& row : woman.rows) days.insert(row.day);
        for (const Date day : sim::quiet_days(woman)) days.insert(day);
    }
    return days;
}

// The insurers' side of the outbox: every file once, on the day it is found.
class Letterbox {
public:
    Letterbox(const wire::Layouts& layouts, const std::vector<sim::Scenario>& women) : insurers_(layouts) {
        for (const auto& woman : women)
            insurers_.expect(must(sim::synthetic_bsn(woman.woman.number)), woman.deviations);
    }
    void read(const fs::path& outbox, Date day) {
        for (const auto& [name, bytes] : files_below(outbox / "verzekeraars")) {
            if (!read_.insert(name).second) continue;
            const auto insurer = must(values::UzoviCode::parse(name.substr(0, 4)));
            must(insurers_.receive(insurer, {name.substr(5), bytes}, day));
        }
    }
    sim::Insurers& insurers() { return insurers_; }

private:
    sim::Insurers insurers_;
    std::set<std::string> read_;
};

}  // namespace

void live_through(engine::World& world, const Step& step) {
    for (const auto& file : step.files) must(engine::import_file(world, file.name, file.bytes, step.day));
    must(engine::run(world, step.day));
}

std::vector<Step> play(engine::World& world, const std::vector<std::string>& numbers,
                       const std::string& outbox, const std::function<void(const Step&)>& before,
                       const std::function<void(const Step&)>& after) {
    const auto region = must(sim::parse_region(files_below(examples).at("regio.toml"), "regio.toml"));
    const auto women = scenarios(numbers);
    Letterbox letterbox(world.layouts, women);
    std::vector<Step> steps;
    for (std::set<Date> days = days_of(women, region); !days.empty(); days.erase(days.begin())) {
        Step step{*days.begin(), {}};
        step.files = must(sim::files_of_day(women, region, step.day, world.layouts));
        for (auto& answer : letterbox.insurers().answers_due(step.day))
            step.files.push_back(std::move(answer));
        if (step.day == region.first_day) {
            for (const auto& [name, bytes] : files_below(examples / "regio"))
                step.files.push_back({name, bytes});
        }
        // As a folder is read: by name.
        std::sort(step.files.begin(), step.files.end(),
                  [](const auto& a, const auto& b) { return a.name < b.name; });
        before(step);
        live_through(world, step);
        after(step);
        letterbox.read(outbox, step.day);
        if (const auto next = letterbox.insurers().next_answer()) days.insert(*next);
        steps.push_back(std::move(step));
    }
    return steps;
}

}  // namespace bundel::testing
