// ratio of two texts, by length; each result is checked by symmetry.
#include <benchmark/benchmark.h>

#include <random>

#include "musicsync/similarity.hpp"
#include "songs.hpp"

namespace {

void ratio_of_texts(benchmark::State& state) {
    std::mt19937 random(1);
    std::string a;
    std::string b;
    while (a.size() < static_cast<std::size_t>(state.range(0))) a += static_cast<char>('a' + random() % 26);
    while (b.size() < a.size()) b += static_cast<char>('a' + random() % 26);
    const double expected = musicsync::ratio(b, a);  // the same by symmetry, with the other text as the pattern
    for (auto _ : state) {
        const double value = musicsync::ratio(a, b);
        if (value != expected) state.SkipWithError("ratio is not symmetric");
        benchmark::DoNotOptimize(value);
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(ratio_of_texts)->Arg(8)->Arg(20)->Arg(64)->Arg(200);

}  // namespace
