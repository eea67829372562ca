// What searches of a catalogue look things up in: made when a profile of its kind of rules first asks.
#pragma once

#include <cstddef>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "catalog/standard_rows.hpp"
#include "musicsync/profile.hpp"
#include "musicsync/rank.hpp"

namespace musicsync::catalog {

// The tracks must outlive it. Threads may share it.
class Index {
  public:
    explicit Index(std::span<const Track> tracks) noexcept : tracks_(tracks) {}

    // The best of all tracks, as matrix_top_k finds them. `equal_codes`: those with the query's ISRC.
    [[nodiscard]] std::vector<Ranked> search(const Profile& profile, const Track& query, std::size_t k, double cutoff,
                                             std::span<const std::size_t> equal_codes) const;

  private:
    std::span<const Track> tracks_;
    mutable std::once_flag classic_made_;
    mutable std::once_flag standard_made_;
    mutable std::optional<Rows> classic_;
    mutable std::optional<StandardRows> standard_;
};

}  // namespace musicsync::catalog
