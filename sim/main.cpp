// bundel-sim: the region of the examples and the insurer's twin, against the program bundel.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "sim/files.h"
#include "sim/player.h"
#include "sim/region_files.h"
#include "sim/region_insurers.h"
#include "sim/region_play.h"
#include "sim/score_print.h"

namespace {

// The sentences stand in texts.d/sim.json; this program does not include the room that reads them.
void complain(const bundel::base::Error& error) {
    std::cerr << "bundel-sim: " << error.code;
    for (const auto& [name, value] : error.params) std::cerr << "\n  " << name << ": " << value;
    std::cerr << "\n";
}

// Days as 2024-01-31.
struct RegionWords {
    std::string from, to, regime = "2023", noise = "gewoon", out;
    std::uint64_t seed = 1;
    int women = 2'000;
};

void add_region(CLI::App& app, RegionWords& words) {
    auto* region =
        app.add_subcommand("region", "Maakt een hele regio: bestanden per dag, en de waarheid ernaast");
    region->add_option("--seed", words.seed, "Zelfde getal: zelfde bytes")->capture_default_str();
    region->add_option("--women", words.women, "Aantal vrouwen")
        ->capture_default_str()
        ->check(CLI::Range(1, 690'000));
    region->add_option("--regime", words.regime, "Regime van de geboorten")
        ->capture_default_str()
        ->check(CLI::IsMember({"2017", "2023"}));
    region->add_option("--from", words.from, "Eerste dag met geboorten (1 januari 2018 of 2024)");
    region->add_option("--to", words.to, "Laatste dag met geboorten (een jaar later)");
    region->add_option("--noise", words.noise, "Fouten onderweg")
        ->capture_default_str()
        ->check(CLI::IsMember({"geen", "gewoon"}));
    region->add_option("--out", words.out, "Nieuwe map")->required();
}

bundel::base::Result<bundel::sim::RegionOrder> order_of(const RegionWords& words) {
    using bundel::values::Date;
    bundel::sim::RegionOrder order;
    order.seed = words.seed;
    order.women = words.women;
    order.noise = words.noise == "gewoon";
    order.out = words.out;
    order.regime = words.regime == "2017" ? bundel::sim::Regime::y2017 : bundel::sim::Regime::y2023;
    Date first = Date::of(words.regime == "2017" ? 2018 : 2024, 1, 1);
    if (!words.from.empty()) {
        BUNDEL_TRY(day, Date::parse(words.from));
        first = day;
    }
    Date last = first.plus_months(12).plus_days(-1);
    if (!words.to.empty()) {
        BUNDEL_TRY(day, Date::parse(words.to));
        last = day;
    }
    const auto allowed = bundel::sim::births_under(order.regime);
    if (last < first || !allowed.contains(first) || !allowed.contains(last)) {
        return bundel::base::Error{"sim_births_outside_regime",
                                   {{"from", first.iso()}, {"to", last.iso()}, {"regime", words.regime}}};
    }
    order.births = {first, last};
    return order;
}

bundel::base::Result<bundel::sim::RegionSize> make_region(const RegionWords& words) {
    using namespace bundel::sim;
    BUNDEL_TRY(order, order_of(words));
    BUNDEL_TRY(figures, read_file(BUNDEL_SOURCE_DIR "/sim/calibration.toml"));
    BUNDEL_TRY(calibration, parse_calibration(figures, "calibration.toml"));
    BUNDEL_TRY(amounts, read_file(BUNDEL_SOURCE_DIR "/sim/fees.csv"));
    BUNDEL_TRY(fees, Fees::parse(amounts));
    const std::string regime = BUNDEL_SOURCE_DIR "/rulebooks/regimes/" + words.regime + ".toml";
    BUNDEL_TRY(chosen, read_file(regime));
    BUNDEL_TRY(choices, parse_choices(chosen, regime));
    order.choices = choices;
    BUNDEL_TRY(layouts, read_layouts(BUNDEL_SOURCE_DIR "/rulebooks/layouts"));
    return write_region(order, calibration, fees, layouts);
}

int region(const RegionWords& words) {
    const auto made = make_region(words);
    if (!made.ok()) {
        complain(made.error());
        return 2;
    }
    std::cout << made->women << " vrouwen, " << made->pregnancies << " zwangerschappen, " << made->births
              << " bevallingen\n"
              << made->lines << " regels in " << made->files << " bestanden, " << made->mishaps
              << " fouten onderweg\n"
              << "Alles is verzonnen: testnummers, voorbeeldcodes en voorbeeldbedragen. De waarheid staat in "
              << words.out << "/waarheid\n";
    return 0;
}

struct ScoreWords {
    std::string region, data, program, as_of, plot;
};

void add_score(CLI::App& app, ScoreWords& words) {
    auto* score =
        app.add_subcommand("score", "Houdt de waarheid van een regio naast wat bundel ervan maakte");
    score->add_option("--region", words.region, "Map van bundel-sim region")->required();
    score->add_option("--data", words.data, "Gegevensmap van bundel")->required();
    score->add_option("--bundel", words.program, "Het programma bundel")->required();
    score->add_option("--as-of", words.as_of, "De dag waarop het vandaag is (anders de laatste van play)");
    score->add_option("--plot", words.plot, "Schrijf een plaatje (SVG) in dit bestand");
}

bundel::base::Result<bundel::sim::WorkMinutes> read_work(const std::string& path) {
    BUNDEL_TRY(text, bundel::sim::read_file(path));
    return bundel::sim::parse_work(text, path);
}

int score(const ScoreWords& words) {
    bundel::sim::ScoreOrder order{words.region, words.data, words.program};
    if (!words.as_of.empty()) {
        const auto as_of = bundel::values::Date::parse(words.as_of);
        if (!as_of.ok()) {
            complain(as_of.error());
            return 2;
        }
        order.as_of = *as_of;
    }
    const auto found = bundel::sim::score(order);
    if (!found.ok()) {
        complain(found.error());
        return 2;
    }
    const std::string rulebook = words.data + "/regelboek/rulebook.toml";
    const auto minutes = read_work(rulebook);
    if (!minutes.ok()) {
        complain(minutes.error());
        return 2;
    }
    bundel::sim::print_score(*found, *minutes, std::cout);
    if (words.plot.empty()) return 0;
    const auto drawn = bundel::sim::write_file(words.plot, bundel::sim::score_plot(*found));
    if (!drawn.ok()) complain(drawn.error());
    return drawn.ok() ? 0 : 2;
}

void add_region_play(CLI::App& app, bundel::sim::RegionPlay& play) {
    auto* command = app.add_subcommand("play", "Speelt een regio maand voor maand tot alles is afgehandeld");
    command->add_option("--region", play.region, "Map van bundel-sim region")->required();
    command->add_option("--data", play.data, "Nieuwe gegevensmap voor bundel")->required();
    command->add_option("--bundel", play.program, "Het programma bundel")->required();
    command->add_option("--layouts", play.layouts, "Map met de berichtindelingen");
}

int play_region(bundel::sim::RegionPlay play) {
    play.progress = isatty(STDERR_FILENO) == 1;
    const auto last = bundel::sim::play_region(play, std::cerr);
    if (!last.ok()) {
        complain(last.error());
        return 2;
    }
    std::cout << last->months << " maanden, laatste dag " << last->day.iso() << ": " << last->sent
              << " berichten verzonden, " << last->answered << " antwoorden\n";
    return 0;
}

struct InsurerWords {
    std::string as_of;
    bundel::sim::InsurerRun run;
};

void add_insurer(CLI::App& app, InsurerWords& words) {
    auto* command = app.add_subcommand(
        "insurer", "Speelt de verzekeraars van een regio: antwoorden, samenloop en betalingen");
    command->add_option("--region", words.run.region, "Map van bundel-sim region")->required();
    command->add_option("--outbox", words.run.outbox, "De map outbox van bundel")->required();
    command->add_option("--as-of", words.as_of, "De dag waarop het vandaag is")->required();
    command->add_option("--out", words.run.out, "Map voor wat de verzekeraars versturen")->required();
    command->add_option("--layouts", words.run.layouts, "Map met de berichtindelingen");
}

int insurer(InsurerWords words) {
    const auto as_of = bundel::values::Date::parse(words.as_of);
    if (!as_of.ok()) {
        complain(as_of.error());
        return 2;
    }
    words.run.as_of = *as_of;
    const auto count = bundel::sim::run_insurers(words.run);
    if (!count.ok()) {
        complain(count.error());
        return 2;
    }
    bundel::sim::print_count(*count, std::cout);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Speelt een verzonnen regio na tegen bundel", "bundel-sim"};
    app.require_subcommand(1);
    bundel::sim::Play play;
    play.examples = BUNDEL_SOURCE_DIR "/examples/delta";
    play.layouts = BUNDEL_SOURCE_DIR "/rulebooks/layouts";
    auto* delta = app.add_subcommand("delta", "De vrouwen van examples/delta");
    delta->add_option("--examples", play.examples, "Map met regio.toml, regio/ en vrouwen/");
    delta->add_option("--layouts", play.layouts, "Map met de berichtindelingen");
    delta->add_option("--data", play.data, "Nieuwe map voor de gegevens van bundel")->required();
    delta->add_option("--bundel", play.program, "Het programma bundel")->required();
    delta->add_option("--only", play.only, "Alleen deze scenario's: 03, 02a");
    delta->add_flag("--check", play.check, "Vergelijk met wat de scenario's verwachten");
    RegionWords words;
    add_region(app, words);
    ScoreWords score_words;
    add_score(app, score_words);
    bundel::sim::RegionPlay region_play;
    region_play.layouts = play.layouts;
    add_region_play(app, region_play);
    InsurerWords insurer_words;
    insurer_words.run.layouts = play.layouts;
    add_insurer(app, insurer_words);
    CLI11_PARSE(app, argc, argv);
    if (app.got_subcommand("score")) return score(score_words);
    if (app.got_subcommand("play")) return play_region(region_play);
    if (app.got_subcommand("region")) return region(words);
    if (app.got_subcommand("insurer")) return insurer(insurer_words);
    play.progress = isatty(STDERR_FILENO) == 1;
    const auto failed = bundel::sim::play(play, std::cout, std::cerr);
    if (!failed.ok()) {
        complain(failed.error());
        return 2;
    }
    return *failed == 0 ? 0 : 1;
}
