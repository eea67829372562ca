#include <algorithm>
#include <mutex>

#include "kernels/kernels.hpp"
#include "musicsync/matrix.hpp"
#include "parallel/for_blocks.hpp"
#include "similarity/blocks.hpp"

namespace musicsync {
namespace {

bool better(const Best& a, const Best& b) noexcept {
    return a.score != b.score ? a.score > b.score : a.choice < b.choice;
}

// The best so far of each query, as heaps with the worst on top.
class Heaps {
  public:
    Heaps(std::size_t queries, std::size_t k, double cutoff) : heaps_(queries), k_(k), cutoff_(cutoff) {}

    void offer(std::size_t query, const Best& found) {
        std::vector<Best>& heap = heaps_[query];
        if (found.score < cutoff_) return;
        if (heap.size() == k_) {
            if (!better(found, heap.front())) return;
            std::pop_heap(heap.begin(), heap.end(), better);
            heap.pop_back();
        }
        heap.push_back(found);
        std::push_heap(heap.begin(), heap.end(), better);
    }

    void offer_all(std::size_t query, const std::vector<Best>& found) {
        for (const Best& one : found) offer(query, one);
    }

    std::vector<Best> sorted(std::size_t query) {
        std::sort(heaps_[query].begin(), heaps_[query].end(), better);
        return std::move(heaps_[query]);
    }

    [[nodiscard]] const std::vector<Best>& of(std::size_t query) const noexcept { return heaps_[query]; }

  private:
    std::vector<std::vector<Best>> heaps_;
    std::size_t k_;
    double cutoff_;
};

// The choices [begin, end) with the queries [first, tiles.end()), a block of the matrix at a time.
void search(std::span<const Symbols> queries, std::span<const Symbols> choices, const MatrixOptions& options,
            const Tiles& tiles, std::size_t first, std::size_t begin, std::size_t end, Heaps& heaps) {
    const std::size_t rows = tiles.end() - first;
    Blocks<double> blocks(queries, choices, tiles, options, kernel::active());
    std::vector<double> scores(rows * Stretch::most);
    for (std::size_t from = begin; from < end; from += Stretch::most) {
        const std::size_t to = std::min(end, from + Stretch::most);
        blocks.compare(from, to, {scores.data(), Stretch::most, first, from});
        for (std::size_t q = 0; q < rows; ++q) {
            const double* const row = scores.data() + q * Stretch::most;
            for (std::size_t c = from; c < to; ++c) heaps.offer(q, {c, row[c - from]});
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
        Heaps all(rows, k, options.cutoff);
        std::mutex merging;
        const auto work = [&](std::size_t begin, std::size_t end) {
            Heaps found(rows, k, options.cutoff);
            search(queries, choices, options, tiles, first, begin, end, found);
            const std::lock_guard<std::mutex> lock(merging);
            for (std::size_t q = 0; q < rows; ++q) all.offer_all(q, found.of(q));
        };
        const Work part =
            parallel::part_of(options.work, first * choices.size(), rows, queries.size() * choices.size());
        if (!parallel::for_blocks(choices.size(), 16 * Stretch::most, part, work)) return parallel::cancelled();
        for (std::size_t q = 0; q < rows; ++q) out[first + q] = all.sorted(q);
        first = tiles.end();
    }
    return out;
}

}  // namespace musicsync
