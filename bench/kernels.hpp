// A benchmark on every kernel that this CPU can run: NAME/scalar, NAME/avx2, … Answers are computed once by the scalar
// kernel and compared before anything is timed.
//
//   const int registered = musicsync::bench::on_every_kernel("ratio", [](benchmark::State& state) { … }, {{8}, {64}});
#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "musicsync/cpu.hpp"

namespace musicsync::bench {

// The kernel in use while it lives; "auto" again afterwards.
class KernelGuard {
  public:
    explicit KernelGuard(const std::string& name) : found_(static_cast<bool>(set_kernel(name))) {}
    ~KernelGuard() { (void)set_kernel("auto"); }
    KernelGuard(const KernelGuard&) = delete;
    KernelGuard& operator=(const KernelGuard&) = delete;
    [[nodiscard]] explicit operator bool() const { return found_; }

  private:
    bool found_;
};

// What `compute` gives on the scalar kernel, whichever is in use.
template <class Compute>
auto by_scalar(Compute compute) {
    const std::string before = active_kernel();
    (void)set_kernel("scalar");
    auto answer = compute();
    (void)set_kernel(before);
    return answer;
}

inline void microseconds(benchmark::internal::Benchmark* made) { made->Unit(benchmark::kMicrosecond); }

// Registers `run(state)` for each kernel, with each row of arguments; `configure` sets the unit, the clock, …
template <class Run>
int on_every_kernel(const std::string& name, Run run, const std::vector<std::vector<std::int64_t>>& arguments = {},
                    void (*configure)(benchmark::internal::Benchmark*) = nullptr) {
    for (const std::string& kernel : kernels()) {
        auto* made =
            benchmark::RegisterBenchmark((name + "/" + kernel).c_str(), [run, kernel](benchmark::State& state) {
                const KernelGuard guard(kernel);
                if (!guard) return state.SkipWithError("no such kernel");
                run(state);
            });
        if (configure != nullptr) configure(made);
        for (const auto& row : arguments) made->Args(row);
    }
    return 0;
}

}  // namespace musicsync::bench
