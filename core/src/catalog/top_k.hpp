// The k best of a stream of hits: by score, ties by id and then by position.
#pragma once

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "musicsync/rank.hpp"

namespace musicsync {

class TopK {
    [[nodiscard]] bool before(const Ranked& a, const Ranked& b) const {
        if (a.score != b.score) return a.score > b.score;
        const int by_id = tracks_[a.index].id().compare(tracks_[b.index].id());
        return by_id != 0 ? by_id < 0 : a.index < b.index;
    }
    // The heap's front is the worst hit.
    [[nodiscard]] auto order() const {
        return [this](const Ranked& a, const Ranked& b) { return before(a, b); };
    }

  public:
    TopK(std::span<const Track> tracks, std::size_t k, double cutoff) : tracks_(tracks), k_(k), cutoff_(cutoff) {}

    void offer(const Ranked& hit) {
        if (k_ == 0 || hit.score < cutoff_) return;
        if (heap_.size() == k_) {
            if (!before(hit, heap_.front())) return;
            std::pop_heap(heap_.begin(), heap_.end(), order());
            heap_.pop_back();
        }
        heap_.push_back(hit);
        std::push_heap(heap_.begin(), heap_.end(), order());
    }

    void merge(const TopK& other) {
        for (const Ranked& hit : other.heap_) offer(hit);
    }

    // A score below this one cannot enter any more.
    [[nodiscard]] double floor() const noexcept {
        return heap_.size() < k_ ? cutoff_ : std::max(cutoff_, heap_.front().score);
    }

    // Best first; leaves nothing behind.
    [[nodiscard]] std::vector<Ranked> take() {
        std::sort_heap(heap_.begin(), heap_.end(), order());
        return std::exchange(heap_, {});
    }

  private:
    std::span<const Track> tracks_;
    std::size_t k_;
    double cutoff_;
    std::vector<Ranked> heap_;
};

}  // namespace musicsync
