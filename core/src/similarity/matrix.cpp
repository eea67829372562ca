#include "musicsync/matrix.hpp"

#include <algorithm>

#include "kernels/kernels.hpp"
#include "parallel/for_blocks.hpp"
#include "similarity/blocks.hpp"

namespace musicsync {
namespace {

// Working memory is made anew for each task.
constexpr std::size_t choices_per_task = 32 * Stretch::most;

template <class Out>
bool fill(std::span<const Symbols> queries, std::span<const Symbols> choices, const MatrixOptions& options, Out* out) {
    const kernel::Kernel& kernel = kernel::active();
    const Target<Out> target{out, choices.size(), 0, 0};
    for (std::size_t first = 0; first < queries.size();) {
        const Tiles tiles(queries, first, kernel);
        const Work part = parallel::part_of(options.work, first * choices.size(), tiles.end() - first,
                                            queries.size() * choices.size());
        const auto work = [&](std::size_t begin, std::size_t end) {
            Blocks<Out> blocks(queries, choices, tiles, options, kernel);
            for (std::size_t from = begin; from < end; from += Stretch::most)
                blocks.compare(from, std::min(end, from + Stretch::most), target);
        };
        if (!parallel::for_blocks(choices.size(), choices_per_task, part, work)) return false;
        first = tiles.end();
    }
    return true;
}

}  // namespace

bool ratio_matrix(std::span<const Symbols> queries, std::span<const Symbols> choices, const MatrixOptions& options,
                  float* out) {
    return fill(queries, choices, options, out);
}

bool ratio_matrix(std::span<const Symbols> queries, std::span<const Symbols> choices, const MatrixOptions& options,
                  double* out) {
    return fill(queries, choices, options, out);
}

bool ratio_matrix(std::span<const Symbols> queries, std::span<const Symbols> choices, const MatrixOptions& options,
                  std::uint8_t* out) {
    return fill(queries, choices, options, out);
}

}  // namespace musicsync
