// What memory gives this machine: the roof that no kernel gets above. Reading, copying and the triad a = b + s · c
// (J. McCalpin's STREAM), by the bytes that are touched; one thread.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <numeric>
#include <vector>

namespace {

std::size_t count(const benchmark::State& state) { return static_cast<std::size_t>(state.range(0)) / sizeof(double); }

void read(benchmark::State& state) {
    std::vector<std::uint64_t> data(count(state));
    std::iota(data.begin(), data.end(), std::uint64_t{1});
    const std::uint64_t n = data.size();
    for (auto _ : state) {
        const std::uint64_t sum = std::accumulate(data.begin(), data.end(), std::uint64_t{0});
        if (sum != n * (n + 1) / 2) return state.SkipWithError("another sum");
    }
    state.SetBytesProcessed(state.iterations() * state.range(0));
}

void copy(benchmark::State& state) {
    const std::vector<double> from(count(state) / 2, 1.5);
    std::vector<double> to(from.size());
    for (auto _ : state) {
        std::copy(from.begin(), from.end(), to.begin());
        benchmark::DoNotOptimize(to.data());
        benchmark::ClobberMemory();
    }
    if (to != from) state.SkipWithError("another copy");
    state.SetBytesProcessed(state.iterations() * state.range(0));
}

void triad(benchmark::State& state) {
    const std::vector<double> b(count(state) / 3, 1.0);
    const std::vector<double> c(b.size(), 2.0);
    std::vector<double> a(b.size());
    for (auto _ : state) {
        for (std::size_t i = 0; i < a.size(); ++i) a[i] = b[i] + 3.0 * c[i];
        benchmark::DoNotOptimize(a.data());
        benchmark::ClobberMemory();
    }
    if (a.front() != 7.0 || a.back() != 7.0) state.SkipWithError("another sum");
    state.SetBytesProcessed(state.iterations() * state.range(0));
}

// 24 KiB: the first cache of one core; 768 KiB: the second; 24 MiB: the last; 1.5 GiB: memory.
void sizes(benchmark::internal::Benchmark* made) {
    for (const std::int64_t bytes : {24LL << 10, 768LL << 10, 24LL << 20, 1536LL << 20}) made->Arg(bytes);
}
BENCHMARK(read)->Apply(sizes);
BENCHMARK(copy)->Apply(sizes);
BENCHMARK(triad)->Apply(sizes);

}  // namespace
