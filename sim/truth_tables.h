// The truth of a region as it stands in its files (docs/reference/simulator.md), read back by woman.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "sim/naive.h"

namespace bundel::sim {

struct TruePregnancy {
    Date due, end;
};
struct TruePhase {
    std::size_t pregnancy;  // index
    Phase phase;
    std::string route;  // "integrated", "mono"; "none": there is no such phase
    std::string reason, insurer;
    Cents price;
};
// Holds from a day on, until the next one of the same phase and `outside`.
struct TrueKnown {
    Date from;
    bool outside;
    TruePhase phase;
};
struct TrueLine {
    std::string line;  // "08000101/V-1"
    std::size_t pregnancy;
    bool to_igo;
    std::optional<Date> received;
    std::string standing, disposition;
    std::map<Phase, Cents> parts;
};
struct TrueWoman {
    std::string number;
    std::vector<TruePregnancy> pregnancies;
    std::vector<TruePhase> phases;
    std::vector<TrueLine> lines;
    std::vector<TrueKnown> known;
    std::set<std::string> faults;  // words of ruis.csv; lost_file when a file with something of hers was lost
};
// A file that was lost on its way to the IGO.
struct LostFile {
    std::string name;
    AgbCode sender;
    std::string number;  // of the invoice; of a table "uitkomsten 0012"
};
struct TrueRegion {
    std::vector<TrueWoman> women;
    std::unordered_map<std::string, std::size_t> place;  // number -> index in women
    std::vector<LostFile> lost;
};

// Error: sim_file_unreadable{file}.
Result<TrueRegion> read_truth(const std::filesystem::path& folder);

}  // namespace bundel::sim
