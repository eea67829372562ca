// Exact top-10 of a catalogue in memory, by kernel.
#include "kernels.hpp"
#include "musicsync/catalog.hpp"
#include "songs.hpp"

namespace {

void search(benchmark::State& state, const musicsync::Profile& profile) {
    static const auto catalog = *musicsync::Catalog::build(musicsync::bench::tracks(20'000));
    const auto answer = [&] {
        std::vector<std::pair<std::size_t, double>> out;
        for (const auto& hit : catalog.search(profile, catalog[17], 10)) out.emplace_back(hit.index, hit.score);
        return out;
    };
    if (answer() != musicsync::bench::by_scalar(answer))
        return state.SkipWithError("other tracks than by the scalar kernel");
    for (const auto& [index, score] : answer()) {
        if (score != musicsync::score(profile, catalog[17], catalog[index]))
            return state.SkipWithError("another score than of the pair alone");
    }
    std::size_t next = 0;
    for (auto _ : state) {
        const musicsync::Track& query = catalog[next = (next + 7919) % catalog.size()];
        const auto hits = catalog.search(profile, query, 10);
        if (hits.size() != 10 || hits[0].score != 1.0) return state.SkipWithError("the query itself was not found");
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(catalog.size()));
}

using musicsync::Profile;
using musicsync::bench::on_every_kernel;
void over_all_cores(benchmark::internal::Benchmark* made) { made->Unit(benchmark::kMillisecond)->UseRealTime(); }

const int registered = on_every_kernel(
                           "search_standard", [](auto& s) { search(s, Profile::standard()); }, {}, over_all_cores) +
                       on_every_kernel(
                           "search_classic", [](auto& s) { search(s, Profile::classic()); }, {}, over_all_cores);

}  // namespace
