// Decode with check levels 1-3: bytes per second on one core. The file is as practices send it: one or two
// performances per woman, now and then a comment, all fields lawful. Target: 500 MB/s (docs/performance.md).
#include <benchmark/benchmark.h>

#include <string>

#include "wire/decode.h"
#include "wire/testing.h"

namespace {

using namespace bundel;

constexpr std::size_t file_size = std::size_t{64} << 20;

// The records of many small made messages, numbered on as one file.
std::string big_file(const wire::LayoutRef& layout) {
    wire::testing::Seeded seeded(7);
    wire::Writer writer(layout);
    const wire::Column claimed = *layout->column("0427");
    const auto record = [&](std::string_view code) {
        writer.append(code);
        wire::testing::fill_record(writer, *layout, code, seeded);
        // so that the total fits record 99
        if (code == "04") writer.set(claimed, static_cast<std::int64_t>(seeded.below(50'000)));
    };
    record("01");
    for (std::size_t records = 1; records * (layout->record_length() + 2) < file_size;) {
        record("02");
        const std::size_t performances = 1 + seeded.below(3);
        for (std::size_t i = 0; i < performances; ++i) record("04");
        records += 1 + performances;
        if (seeded.below(20) == 0) {
            record("98");
            ++records;
        }
    }
    writer.close();
    auto bytes = writer.finish();
    BUNDEL_ASSERT(bytes.ok());
    return std::move(*bytes);
}

void decode_claims(benchmark::State& state) {
    const wire::LayoutRef layout = wire::testing::layout("VK301");
    std::string bytes = big_file(layout);
    std::size_t records = 0;
    for (auto _ : state) {
        base::Findings findings;
        auto message = wire::decode(std::move(bytes), layout, "bench", findings);
        BUNDEL_ASSERT(message.has_value() && findings.empty());
        records += message->records().size();
        bytes = std::move(*message).take_bytes();
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
    state.SetItemsProcessed(static_cast<std::int64_t>(records));
}

BENCHMARK(decode_claims)->Unit(benchmark::kMillisecond)->MinTime(2);

}  // namespace
