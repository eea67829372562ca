// Exact top-10 of a catalogue in memory, by brute force over all cores.
#include <benchmark/benchmark.h>

#include "musicsync/catalog.hpp"
#include "songs.hpp"

namespace {

void search_catalog(benchmark::State& state) {
    static const auto catalog = musicsync::Catalog::build(musicsync::bench::tracks(20'000));
    const auto profile = musicsync::Profile::standard();
    std::size_t next = 0;
    for (auto _ : state) {
        const musicsync::Track& query = catalog[next = (next + 7919) % catalog.size()];
        const auto hits = catalog.search(profile, query, 10);
        if (hits.size() != 10 || hits[0].score != 1.0) state.SkipWithError("the query itself was not found");
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(catalog.size()));
}
BENCHMARK(search_catalog)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
