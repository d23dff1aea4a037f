// bundel-sim: the region of the examples and the insurer's twin, against the program bundel.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "sim/player.h"

namespace {

// The sentences stand in texts.d/sim.json; this program does not include the room that reads them.
void complain(const bundel::base::Error& error) {
    std::cerr << "bundel-sim: " << error.code;
    for (const auto& [name, value] : error.params) std::cerr << "\n  " << name << ": " << value;
    std::cerr << "\n";
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
    CLI11_PARSE(app, argc, argv);
    play.progress = isatty(STDERR_FILENO) == 1;
    const auto failed = bundel::sim::play(play, std::cout, std::cerr);
    if (!failed.ok()) {
        complain(failed.error());
        return 2;
    }
    return *failed == 0 ? 0 : 1;
}
