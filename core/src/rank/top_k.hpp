// The k best of a stream of hits, in the order of a ranking.
#pragma once

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "rank/order.hpp"
#include "score/evidence.hpp"

namespace musicsync {

class TopK {
  public:
    // The tracks are those that the hits are of.
    TopK(std::span<const Track> tracks, std::size_t k, double cutoff) : before_{{tracks}}, k_(k), cutoff_(cutoff) {}

    void offer(const Ranked& hit) {
        if (k_ == 0 || hit.score < cutoff_) return;
        if (heap_.size() == k_) {
            if (!before_(hit, heap_.front())) return;
            std::pop_heap(heap_.begin(), heap_.end(), before_);
            heap_.pop_back();
        }
        heap_.push_back(hit);
        std::push_heap(heap_.begin(), heap_.end(), before_);
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
        std::sort_heap(heap_.begin(), heap_.end(), before_);
        return std::exchange(heap_, {});
    }

  private:
    struct IdOf {
        std::span<const Track> tracks;
        const std::string& operator()(std::size_t i) const { return tracks[i].id(); }
    };

    Before<IdOf> before_;
    std::size_t k_;
    double cutoff_;
    std::vector<Ranked> heap_;  // its front is the worst hit
};

// What they are worth by the profile's model, if it has one.
void add_probabilities(const Profile& profile, const Query& query, std::span<const Track> tracks,
                       std::span<Ranked> hits);

}  // namespace musicsync
