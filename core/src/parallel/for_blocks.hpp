// Loops over the cores. A loop body sees a range; which thread runs it never changes a result.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "musicsync/error.hpp"
#include "musicsync/work.hpp"

namespace musicsync::parallel {

// Cores that this process may use: its affinity, and the container's CPU quota rounded up. At least 1.
[[nodiscard]] int allowed_threads() noexcept;

// Loops that are not told otherwise run on `threads` from now on, however many cores there are; 0: on all allowed ones
// again. For tests and benchmarks, while no loop runs.
void set_threads(int threads);

// Calls body(begin, end) for disjoint ranges of `grain` at most that cover [0, count). In a process forked after the
// first call the ranges run one after the other: the parent's threads are not there. `body` must not throw. False where
// `work.progress` stopped it: some ranges were left out.
[[nodiscard]] bool for_blocks(std::size_t count, std::size_t grain, const Work& work,
                              const std::function<void(std::size_t, std::size_t)>& body);

// The same on all allowed cores, without anybody to tell.
void for_blocks(std::size_t count, std::size_t grain, const std::function<void(std::size_t, std::size_t)>& body);

// Calls each of some tasks, which must not throw and need nothing of each other, over the cores.
void together(const std::vector<std::function<void()>>& tasks, int threads = 0);

// Some rows and columns of a matrix.
struct Patch {
    std::size_t first_row = 0;
    std::size_t end_row = 0;
    std::size_t first_column = 0;
    std::size_t end_column = 0;
};

// Calls body(patch) for patches of `most_rows` × `most_columns` at most that cover a matrix, as for_blocks does; told
// is how many of its cells are done, as if all patches had as many.
[[nodiscard]] bool for_patches(std::size_t rows, std::size_t columns, std::size_t most_rows, std::size_t most_columns,
                               const Work& work, const std::function<void(const Patch&)>& body);

// `whole` for a part of it: of `total` in all, `before` are done, and each of the part's is worth `weight`.
[[nodiscard]] Work part_of(const Work& whole, std::size_t before, std::size_t weight, std::size_t total);

// What a call returns whose loop was stopped.
[[nodiscard]] Error cancelled();

}  // namespace musicsync::parallel
