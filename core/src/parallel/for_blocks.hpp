// Loops over all allowed cores. A loop body sees a range; which thread runs it never changes a result.
#pragma once

#include <cstddef>
#include <functional>

namespace musicsync::parallel {

// Cores that this process may use: its affinity, and the container's CPU quota rounded up. At least 1.
[[nodiscard]] int allowed_threads() noexcept;

// Loops run on `threads` from now on, however many cores there are; 0: on all allowed ones again. For tests and
// benchmarks, while no loop runs.
void set_threads(int threads);

// Calls body(begin, end) for disjoint ranges of about `grain` that cover [0, count). In a process forked after the
// first call the ranges run one after the other: the parent's threads are not there. `body` must not throw.
void for_blocks(std::size_t count, std::size_t grain, const std::function<void(std::size_t, std::size_t)>& body);

}  // namespace musicsync::parallel
