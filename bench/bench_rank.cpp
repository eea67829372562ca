// The worker's case: one query and its candidates, ranked and decided, by kernel; and what making the tracks costs.
#include "kernels.hpp"
#include "musicsync/decide.hpp"
#include "musicsync/rank.hpp"
#include "songs.hpp"

namespace {

using musicsync::Profile;
using musicsync::Ranked;
using musicsync::bench::by_scalar;
using musicsync::bench::on_every_kernel;

bool same(const std::vector<Ranked>& a, const std::vector<Ranked>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Ranked& x, const Ranked& y) {
        return x.index == y.index && x.score == y.score && x.probability == y.probability;
    });
}

void rank_candidates(benchmark::State& state, const Profile& profile) {
    const auto candidates = musicsync::bench::tracks(static_cast<std::size_t>(state.range(0)));
    const auto compute = [&] { return musicsync::rank(profile, candidates[0], candidates); };
    const std::vector<Ranked> ranked = compute();
    if (ranked.empty() || ranked[0].index != 0) return state.SkipWithError("the query itself is not first");
    for (const Ranked& hit : ranked) {
        if (hit.score != musicsync::score(profile, candidates[0], candidates[hit.index]))
            return state.SkipWithError("another score than of the pair alone");
    }
    if (!same(ranked, by_scalar(compute))) return state.SkipWithError("another order than the scalar kernel's");
    for (auto _ : state) benchmark::DoNotOptimize(compute());
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

void decide_candidates(benchmark::State& state) {
    const auto candidates = musicsync::bench::tracks(static_cast<std::size_t>(state.range(0)));
    const auto profile = Profile::standard();
    const auto compute = [&] { return musicsync::decide(profile, candidates[3], candidates); };
    const auto decision = compute();
    if (decision.best != 3 || decision.verdict != musicsync::Verdict::accept)
        return state.SkipWithError("the query itself is not chosen");
    if (decision.score != by_scalar(compute).score)
        return state.SkipWithError("another score than the scalar kernel's");
    for (auto _ : state) benchmark::DoNotOptimize(compute());
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

void make_tracks(benchmark::State& state) {
    if (musicsync::bench::tracks(100).size() != 100) return state.SkipWithError("tracks are missing");
    for (auto _ : state) benchmark::DoNotOptimize(musicsync::bench::tracks(100));
    state.SetItemsProcessed(state.iterations() * 100);
}
BENCHMARK(make_tracks);

const std::vector<std::vector<std::int64_t>> sizes{{1}, {5}, {20}, {50}, {200}, {1'000}};
const int registered = on_every_kernel(
                           "rank_standard", [](auto& state) { rank_candidates(state, Profile::standard()); }, sizes) +
                       on_every_kernel(
                           "rank_classic", [](auto& state) { rank_candidates(state, Profile::classic()); }, sizes) +
                       on_every_kernel("decide", decide_candidates, {{5}, {50}});

}  // namespace
