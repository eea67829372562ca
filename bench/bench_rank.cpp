// The worker's case: one query and its candidates, ranked and decided, by kernel; what making the tracks costs; and
// many queries with many choices.
#include "kernels.hpp"
#include "musicsync/decide.hpp"
#include "musicsync/rank.hpp"
#include "musicsync/score.hpp"
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

// Queries and choices.
struct Sides {
    std::vector<musicsync::Track> queries;
    std::vector<musicsync::Track> choices;
    explicit Sides(benchmark::State& state)
        : queries(musicsync::bench::tracks(static_cast<std::size_t>(state.range(0)), 1)),
          choices(musicsync::bench::tracks(static_cast<std::size_t>(state.range(1)), 2)) {}
    void count(benchmark::State& state) const {
        state.SetItemsProcessed(state.iterations() * state.range(0) * state.range(1));
    }
};

const musicsync::Work alone{1, {}};

void top_k(benchmark::State& state, const Profile& profile) {
    const Sides sides(state);
    const auto compute = [&] {
        return *musicsync::matrix_top_k(profile, sides.queries, sides.choices, 10, 0.0, alone);
    };
    const std::vector<std::vector<Ranked>> best = compute();
    const auto scalar = by_scalar(compute);
    for (std::size_t q = 0; q < best.size(); ++q) {
        if (!same(best[q], scalar[q])) return state.SkipWithError("another order than the scalar kernel's");
        if (!same(best[q], musicsync::rank(profile, sides.queries[q], sides.choices, {.limit = 10})))
            return state.SkipWithError("another order than of the query alone");
    }
    for (auto _ : state) benchmark::DoNotOptimize(compute());
    sides.count(state);
}

void score_matrix(benchmark::State& state, const Profile& profile) {
    const Sides sides(state);
    std::vector<double> out(sides.queries.size() * sides.choices.size());
    const auto compute = [&] {
        return musicsync::score_matrix(profile, sides.queries, sides.choices, 0.0, alone, out.data());
    };
    if (!compute()) return state.SkipWithError("it was stopped");
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto& query = sides.queries[i / sides.choices.size()];
        if (out[i] != musicsync::score(profile, query, sides.choices[i % sides.choices.size()]))
            return state.SkipWithError("another score than of the pair alone");
    }
    for (auto _ : state) benchmark::DoNotOptimize(compute());
    sides.count(state);
}

const std::vector<std::vector<std::int64_t>> sizes{{1}, {5}, {20}, {50}, {200}, {1'000}};
const int registered =
    on_every_kernel(
        "rank_standard", [](auto& state) { rank_candidates(state, Profile::standard()); }, sizes) +
    on_every_kernel(
        "rank_classic", [](auto& state) { rank_candidates(state, Profile::classic()); }, sizes) +
    on_every_kernel("matrix_top_k_standard", [](auto& state) { top_k(state, Profile::standard()); }, {{64, 2'000}}) +
    on_every_kernel("matrix_top_k_classic", [](auto& state) { top_k(state, Profile::classic()); }, {{64, 2'000}}) +
    on_every_kernel("score_matrix_standard", [](auto& state) { score_matrix(state, Profile::standard()); },
                    {{64, 1'000}}) +
    on_every_kernel("score_matrix_classic", [](auto& state) { score_matrix(state, Profile::classic()); },
                    {{64, 1'000}}) +
    on_every_kernel("decide", decide_candidates, {{5}, {50}});

}  // namespace
