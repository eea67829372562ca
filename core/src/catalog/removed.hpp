// Tracks of a shard that are removed: its file is never changed, so its places stay.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace musicsync::catalog {

// A *place* counts all tracks of a shard, a *rank* those that are left.
class Removed {
  public:
    Removed() = default;  // nothing
    // Places in ascending order, each once.
    explicit Removed(std::vector<std::uint32_t> places)
        : places_(std::move(places)), bits_(places_.empty() ? 0 : places_.back() / 64 + 1) {
        for (const std::uint32_t place : places_) bits_[place / 64] |= std::uint64_t{1} << (place % 64);
    }

    [[nodiscard]] const std::vector<std::uint32_t>& places() const noexcept { return places_; }
    [[nodiscard]] std::size_t size() const noexcept { return places_.size(); }
    [[nodiscard]] bool has(std::size_t place) const noexcept {
        return place / 64 < bits_.size() && ((bits_[place / 64] >> (place % 64)) & 1U) != 0;
    }
    [[nodiscard]] std::size_t place_of(std::size_t rank) const noexcept {
        std::size_t below = 0;  // removed ones before it
        for (std::size_t end = places_.size(); below < end;) {
            const std::size_t middle = below + (end - below) / 2;
            if (places_[middle] - middle <= rank)
                below = middle + 1;
            else
                end = middle;
        }
        return rank + below;
    }
    // Of a place that is not removed.
    [[nodiscard]] std::size_t rank_of(std::size_t place) const noexcept {
        return place -
               static_cast<std::size_t>(std::lower_bound(places_.begin(), places_.end(), place) - places_.begin());
    }

  private:
    std::vector<std::uint32_t> places_;
    std::vector<std::uint64_t> bits_;
};

}  // namespace musicsync::catalog
