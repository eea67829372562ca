// One pair explained: a review queue shows thousands, and each accepted match of a sync keeps its sentence.
#include <benchmark/benchmark.h>

#include "musicsync/explain.hpp"

namespace {

musicsync::Track track(const char* title, const char* artist, int seconds) {
    musicsync::Track::Fields fields;
    fields.title = title;
    fields.artists = {artist};
    fields.album = "Toto IV";
    fields.duration = std::chrono::seconds(seconds);
    return *musicsync::Track::make(std::move(fields));
}

void explain_pair(benchmark::State& state, const musicsync::Track& left, const musicsync::Track& right) {
    const auto profile = musicsync::Profile::standard();
    const auto why = musicsync::explain(profile, left, right);
    if (why.sentence.empty()) return state.SkipWithError("no sentence");
    if (why.probability != musicsync::probability(profile, left, right))
        return state.SkipWithError("explains another probability than is decided by");
    for (auto _ : state) benchmark::DoNotOptimize(musicsync::explain(profile, left, right));
}

const musicsync::Track africa = track("Africa", "Toto", 295);
BENCHMARK_CAPTURE(explain_pair, same, africa, track("Africa (Remastered)", "Toto", 296));
BENCHMARK_CAPTURE(explain_pair, version, africa, track("Africa (Live in Berlin, 1990)", "Toto", 360));
BENCHMARK_CAPTURE(explain_pair, other_song, track("Rosanna", "Toto", 330), africa);

void what_would_change(benchmark::State& state) {
    const auto profile = musicsync::Profile::standard();
    const auto live = track("Africa (Live)", "Toto", 295);
    if (musicsync::what_would_change(profile, africa, live).empty())
        return state.SkipWithError("nothing would change it");
    for (auto _ : state) benchmark::DoNotOptimize(musicsync::what_would_change(profile, africa, live));
}
BENCHMARK(what_would_change);

}  // namespace
