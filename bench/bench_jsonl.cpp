// JSON Lines to tracks: parsing, checks and normal forms.
#include <benchmark/benchmark.h>

#include "musicsync/jsonl.hpp"
#include "songs.hpp"

namespace {

std::string lines(const std::vector<musicsync::Track>& tracks) {
    std::string out;
    for (const auto& track : tracks) {
        out += R"({"id":")" + track.id() + R"(","title":")" + track.title() + R"(","artists":[")" + track.artists()[0] +
               R"("],"album":")" + track.album() + R"(","duration_ms":)" + std::to_string(track.duration()->count()) +
               "}\n";
    }
    return out;
}

void parse_jsonl(benchmark::State& state) {
    const auto tracks = musicsync::bench::tracks(1'000);
    const std::string text = lines(tracks);
    const auto parsed = musicsync::parse_jsonl(text, "text");
    if (parsed.tracks.size() != tracks.size() || !parsed.rejected.empty())
        return state.SkipWithError("lines are missing");
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        if (parsed.tracks[i].title() != tracks[i].title() || parsed.tracks[i].duration() != tracks[i].duration())
            return state.SkipWithError("another track than was written");
    }
    for (auto _ : state) benchmark::DoNotOptimize(musicsync::parse_jsonl(text, "text"));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(tracks.size()));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(parse_jsonl)->Unit(benchmark::kMicrosecond);

}  // namespace
