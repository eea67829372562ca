// A matrix of ratios, on every kernel this CPU can run: 64 queries (or 1,024) with many choices. Checked by symmetry:
// the matrix of the sides exchanged.
#include <benchmark/benchmark.h>

#include "musicsync/cpu.hpp"
#include "musicsync/matrix.hpp"
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

void matrix(benchmark::State& state, const std::string& kernel) {
    if (!musicsync::set_kernel(kernel)) state.SkipWithError("no such kernel");
    const auto rows = static_cast<std::size_t>(state.range(0));
    const auto columns = static_cast<std::size_t>(state.range(1));
    const Titles queries(rows, 1);
    const Titles choices(columns, 2);
    std::vector<float> out(rows * columns);
    std::vector<float> turned(rows * columns);
    musicsync::ratio_matrix(choices.views, queries.views, {}, turned.data());
    for (auto _ : state) {
        musicsync::ratio_matrix(queries.views, choices.views, {}, out.data());
        benchmark::DoNotOptimize(out.data());
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (out[i] != turned[i % columns * rows + i / columns]) state.SkipWithError("the matrix is not symmetric");
    }
    state.counters["pairs"] = benchmark::Counter(
        static_cast<double>(state.iterations()) * static_cast<double>(out.size()), benchmark::Counter::kIsRate);
    (void)musicsync::set_kernel("auto");
}

const int registered = [] {
    for (const std::string& kernel : musicsync::kernels()) {
        benchmark::RegisterBenchmark(("matrix/" + kernel).c_str(), matrix, kernel)
            ->Args({64, 50'000})
            ->Args({1'024, 3'000});
    }
    return 0;
}();

}  // namespace
