#include "musicsync/matrix.hpp"

#include <algorithm>

#include "kernels/kernels.hpp"
#include "parallel/for_blocks.hpp"
#include "similarity/blocks.hpp"

namespace musicsync {
namespace {

template <class Out>
void fill(std::span<const Symbols> queries, std::span<const Symbols> choices, const MatrixOptions& options, Out* out) {
    const kernel::Kernel& kernel = kernel::active();
    const Target<Out> target{out, choices.size(), 0, 0};
    for (std::size_t first = 0; first < queries.size();) {
        const Tiles tiles(queries, first, kernel);
        first = tiles.end();
        const auto work = [&](std::size_t begin, std::size_t end) {
            Blocks<Out> blocks(queries, choices, tiles, options, kernel);
            for (std::size_t from = begin; from < end; from += Stretch::most)
                blocks.compare(from, std::min(end, from + Stretch::most), target);
        };
        if (options.threads == 1)
            work(0, choices.size());
        else
            parallel::for_blocks(choices.size(), Stretch::most, work);
    }
}

}  // namespace

void ratio_matrix(std::span<const Symbols> queries, std::span<const Symbols> choices, const MatrixOptions& options,
                  float* out) {
    fill(queries, choices, options, out);
}

void ratio_matrix(std::span<const Symbols> queries, std::span<const Symbols> choices, const MatrixOptions& options,
                  double* out) {
    fill(queries, choices, options, out);
}

void ratio_matrix(std::span<const Symbols> queries, std::span<const Symbols> choices, const MatrixOptions& options,
                  std::uint8_t* out) {
    fill(queries, choices, options, out);
}

}  // namespace musicsync
