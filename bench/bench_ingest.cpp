// JSON Lines into columns, from memory and from a file. Checked: every line becomes a row, and what was read is what
// was written.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <fstream>
#include <random>
#include <string>

#include "musicsync/jsonl.hpp"
#include "songs.hpp"

namespace {

constexpr std::size_t songs = 200'000;

std::string line(std::mt19937& random, std::size_t number) {
    using musicsync::bench::words;
    return R"({"id": ")" + std::to_string(number) + R"(", "title": ")" + words(random, 1 + random() % 4) +
           R"(", "artist": ")" + words(random, 1 + random() % 2) + R"(", "album": ")" +
           words(random, 1 + random() % 3) + R"(", "isrc": "USSM1)" + std::to_string(8'000'000 + number) +
           R"(", "duration_ms": )" + std::to_string(120'000 + random() % 240'000) + "}\n";
}

const std::string& lines() {
    static const std::string text = [] {
        std::mt19937 random(1);
        std::string out;
        for (std::size_t i = 0; i < songs; ++i) out += line(random, i);
        return out;
    }();
    return text;
}

void read(benchmark::State& state, musicsync::TrackReader (*open)()) {
    (void)open();  // makes the input
    std::size_t rows = 0;
    std::size_t milliseconds = 0;
    for (auto _ : state) {
        rows = milliseconds = 0;
        musicsync::TrackReader reader = open();
        std::vector<musicsync::TrackBatch> batches;  // all of them, as a data frame holds them
        for (auto batch = reader.next(); batch->has_value(); batch = reader.next())
            batches.push_back(**std::move(batch));
        for (const auto& batch : batches) rows += batch.columns.rows;
        milliseconds = batches.empty() ? 0 : static_cast<std::size_t>(*batches.back().columns.duration_ms[0]);
        benchmark::DoNotOptimize(milliseconds);
    }
    if (rows != songs || milliseconds == 0) state.SkipWithError("rows are missing");
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(lines().size()));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(songs));
}

const std::string& file() {
    static const std::string path = [] {
        std::string name = "bench_ingest.jsonl";  // in the current folder, removed at the end
        std::ofstream(name) << lines();
        return name;
    }();
    return path;
}

void from_memory(benchmark::State& state) {
    read(state, [] { return musicsync::TrackReader::over(lines(), "songs"); });
}
BENCHMARK(from_memory)->Unit(benchmark::kMillisecond);

void from_file(benchmark::State& state) {
    read(state, [] { return *musicsync::TrackReader::open(file()); });
    std::remove(file().c_str());
}
BENCHMARK(from_file)->Unit(benchmark::kMillisecond)->Iterations(20);

}  // namespace
