// Checks of a message over a stream, one core, from memory: levels 1-3 alone (target 1 GB/s), and all five.
// The file is sound: a woman, two performances, a comment, 50,000 times. docs/performance.md.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <string>

#include "intake/content.h"
#include "messages/sound.h"
#include "wire/scan.h"
#include "wire/testing.h"

namespace {

using namespace bundel;

constexpr std::size_t block_size = std::size_t{1} << 20;
constexpr int women = 50'000;

const std::string& big_file() {
    static const std::string bytes = [] {
        std::vector<messages::Part> parts{{"01", {}}};
        for (int i = 0; i < women; ++i) {
            for (const char* code : {"02", "04", "98", "04"}) parts.push_back({code, {}});
        }
        return messages::write(wire::testing::layout("VK301"), parts);
    }();
    return bytes;
}

void feed(wire::Scan& scan, std::string_view bytes) {
    for (; !bytes.empty(); bytes.remove_prefix(std::min(block_size, bytes.size()))) {
        scan.feed(bytes.substr(0, block_size));
    }
    scan.finish();
}

void levels_1_to_3(benchmark::State& state) {
    const std::string& bytes = big_file();
    for (auto _ : state) {
        base::Findings findings;
        wire::Scan scan(wire::testing::layout("VK301"), "bench", findings,
                        [](const wire::Record&, std::string_view line) { benchmark::DoNotOptimize(line); });
        feed(scan, bytes);
        BUNDEL_ASSERT(findings.empty());
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}

void levels_1_to_5(benchmark::State& state) {
    const std::string& bytes = big_file();
    const intake::Known known = intake::known_of(messages::law(), messages::today);
    for (auto _ : state) {
        base::Findings findings;
        intake::Seen seen;
        auto content =
            intake::ContentCheck::create(wire::testing::layout("VK301"), "bench", known, seen, findings);
        wire::Scan scan(
            wire::testing::layout("VK301"), "bench", findings,
            [&](const wire::Record& record, std::string_view line) { (*content)->add(record, line); });
        feed(scan, bytes);
        (*content)->finish();
        BUNDEL_ASSERT(findings.empty());
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}

BENCHMARK(levels_1_to_3)->Unit(benchmark::kMillisecond)->MinTime(2);
BENCHMARK(levels_1_to_5)->Unit(benchmark::kMillisecond)->MinTime(2);

}  // namespace
