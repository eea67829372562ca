// The worker's case: one query and some fifty candidates.
#include <benchmark/benchmark.h>

#include "musicsync/decide.hpp"
#include "musicsync/rank.hpp"
#include "songs.hpp"

namespace {

void rank_candidates(benchmark::State& state) {
    const auto candidates = musicsync::bench::tracks(static_cast<std::size_t>(state.range(0)));
    const auto profile = musicsync::Profile::standard();
    for (auto _ : state) {
        const auto ranked = musicsync::rank(profile, candidates[3], candidates, {.limit = 5});
        if (ranked.empty() || ranked[0].index != 3) state.SkipWithError("the query itself is not first");
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(rank_candidates)->Arg(5)->Arg(50);

void decide_candidates(benchmark::State& state) {
    const auto candidates = musicsync::bench::tracks(static_cast<std::size_t>(state.range(0)));
    const auto profile = musicsync::Profile::standard();
    for (auto _ : state) {
        const auto decision = musicsync::decide(profile, candidates[3], candidates);
        if (decision.best != 3 || decision.verdict != musicsync::Verdict::accept)
            state.SkipWithError("the query itself is not chosen");
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(decide_candidates)->Arg(50);

void make_track(benchmark::State& state) {
    for (auto _ : state) {
        const auto made = musicsync::bench::tracks(100);
        if (made.size() != 100) state.SkipWithError("tracks are missing");
    }
    state.SetItemsProcessed(state.iterations() * 100);
}
BENCHMARK(make_track);

}  // namespace
