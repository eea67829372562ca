// The k best of a stream of hits, which have a score and an order.
//
//   KBest<Best, Better> best(10, cutoff);
//   for (...) best.offer({choice, score});
//   return best.take();
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace musicsync {

// `before(a, b)`: a is the better one of two different hits.
template <class Hit, class Before>
class KBest {
  public:
    KBest(std::size_t k, double cutoff, Before before = {}) : before_(std::move(before)), k_(k), cutoff_(cutoff) {}

    void offer(const Hit& hit) {
        if (k_ == 0 || hit.score < cutoff_) return;
        if (heap_.size() == k_) {
            if (!before_(hit, heap_.front())) return;
            std::pop_heap(heap_.begin(), heap_.end(), before_);
            heap_.pop_back();
        }
        heap_.push_back(hit);
        std::push_heap(heap_.begin(), heap_.end(), before_);
    }

    void merge(const KBest& other) {
        for (const Hit& hit : other.heap_) offer(hit);
    }

    // A score below this one cannot enter any more.
    [[nodiscard]] double floor() const noexcept {
        return heap_.size() < k_ ? cutoff_ : std::max(cutoff_, heap_.front().score);
    }

    // Best first; leaves nothing behind.
    [[nodiscard]] std::vector<Hit> take() {
        std::sort_heap(heap_.begin(), heap_.end(), before_);
        return std::exchange(heap_, {});
    }

  private:
    Before before_;
    std::size_t k_;
    double cutoff_;
    std::vector<Hit> heap_;  // its front is the worst hit
};

}  // namespace musicsync
