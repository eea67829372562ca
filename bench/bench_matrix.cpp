// A matrix of ratios by kernel: 64 queries (or 1,024) with many choices. Checked against the same ratios one by one,
// and against the scalar kernel bit by bit.
#include "kernels.hpp"
#include "musicsync/matrix.hpp"
#include "musicsync/similarity.hpp"
#include "songs.hpp"

namespace {

using musicsync::Symbols;

struct Titles {
    std::vector<musicsync::Track> tracks;
    std::vector<Symbols> views;
    explicit Titles(std::size_t count, unsigned seed) : tracks(musicsync::bench::tracks(count, seed)) {
        for (const auto& track : tracks) views.push_back({track.title().data(), track.title().size(), 1});
    }
};

void matrix(benchmark::State& state) {
    const Titles queries(static_cast<std::size_t>(state.range(0)), 1);
    const Titles choices(static_cast<std::size_t>(state.range(1)), 2);
    const auto compute = [&] {
        std::vector<float> out(queries.views.size() * choices.views.size());
        musicsync::ratio_matrix(queries.views, choices.views, {}, out.data());
        return out;
    };
    std::vector<float> out = compute();
    if (out != musicsync::bench::by_scalar(compute))
        return state.SkipWithError("another matrix than the scalar kernel's");
    for (std::size_t c = 0; c < choices.views.size(); ++c) {
        const double one = musicsync::ratio(queries.tracks[0].title(), choices.tracks[c].title());
        if (out[c] != static_cast<float>(one)) return state.SkipWithError("another ratio than one by one");
    }
    for (auto _ : state) {
        musicsync::ratio_matrix(queries.views, choices.views, {}, out.data());
        benchmark::DoNotOptimize(out.data());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(out.size()));
}

const int registered = musicsync::bench::on_every_kernel(
    "matrix", matrix, {{1, 10'000}, {16, 10'000}, {64, 50'000}, {1'024, 3'000}}, musicsync::bench::microseconds);

}  // namespace
