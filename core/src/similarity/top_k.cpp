#include <algorithm>
#include <mutex>

#include "kernels/kernels.hpp"
#include "musicsync/matrix.hpp"
#include "parallel/for_blocks.hpp"
#include "similarity/blocks.hpp"
#include "similarity/k_best.hpp"

namespace musicsync {
namespace {

struct Better {
    bool operator()(const Best& a, const Best& b) const noexcept {
        return a.score != b.score ? a.score > b.score : a.choice < b.choice;
    }
};

// Of each query.
using BestOfAll = std::vector<KBest<Best, Better>>;

// The choices [begin, end) with the queries [first, tiles.end()), a block of the matrix at a time.
void search(std::span<const Symbols> queries, std::span<const Symbols> choices, const MatrixOptions& options,
            const Tiles& tiles, std::size_t first, std::size_t begin, std::size_t end, BestOfAll& best) {
    const std::size_t rows = tiles.end() - first;
    Blocks<double> blocks(queries, choices, tiles, options, kernel::active());
    std::vector<double> scores(rows * Stretch::most);
    for (std::size_t from = begin; from < end; from += Stretch::most) {
        const std::size_t to = std::min(end, from + Stretch::most);
        blocks.compare(from, to, {scores.data(), Stretch::most, first, from});
        for (std::size_t q = 0; q < rows; ++q) {
            const double* const row = scores.data() + q * Stretch::most;
            for (std::size_t c = from; c < to; ++c) best[q].offer({c, row[c - from]});
        }
    }
}

}  // namespace

Result<std::vector<std::vector<Best>>> ratio_top_k(std::span<const Symbols> queries, std::span<const Symbols> choices,
                                                   std::size_t k, const MatrixOptions& options) {
    std::vector<std::vector<Best>> out(queries.size());
    for (std::size_t first = 0; first < queries.size() && k > 0;) {
        const Tiles tiles(queries, first, kernel::active());
        const std::size_t rows = tiles.end() - first;
        const KBest<Best, Better> none(k, options.cutoff);
        BestOfAll all(rows, none);
        std::mutex merging;
        const auto work = [&](std::size_t begin, std::size_t end) {
            BestOfAll found(rows, none);
            search(queries, choices, options, tiles, first, begin, end, found);
            const std::lock_guard<std::mutex> lock(merging);
            for (std::size_t q = 0; q < rows; ++q) all[q].merge(found[q]);
        };
        const Work part =
            parallel::part_of(options.work, first * choices.size(), rows, queries.size() * choices.size());
        if (!parallel::for_blocks(choices.size(), 16 * Stretch::most, part, work)) return parallel::cancelled();
        for (std::size_t q = 0; q < rows; ++q) out[first + q] = all[q].take();
        first = tiles.end();
    }
    return out;
}

}  // namespace musicsync
