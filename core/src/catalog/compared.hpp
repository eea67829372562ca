// A query, and the tracks that it was compared with in full.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "catalog/made_tracks.hpp"
#include "catalog/rows.hpp"
#include "musicsync/profile.hpp"
#include "musicsync/rank.hpp"
#include "score/evidence.hpp"

namespace musicsync::catalog {

class Compared {
  public:
    Compared(const Profile& profile, const Rows& rows, const MadeTracks& tracks, const Track& query,
             const Wanted& wanted);

    [[nodiscard]] const Query& query() const noexcept { return query_; }
    // A track whose bound is below this is out of it. Bounds are floats, so it is a little below the k-th best score.
    [[nodiscard]] double floor() const noexcept { return best_.floor() - rounding; }
    // The tracks of rows that were not compared yet.
    void compare(std::span<const std::uint32_t> rows);
    void compare_tracks(std::span<const std::uint32_t> tracks);
    [[nodiscard]] std::vector<Ranked> take() { return best_.take(); }

  private:
    const Profile& profile_;
    const Rows& rows_;
    const MadeTracks& tracks_;
    Query query_;
    BestTracks best_;
    std::vector<std::uint64_t> done_;                  // a bit for each track
    std::vector<std::uint32_t> new_tracks_;            // that are compared next
    std::array<MadeTracks::Room, Others::most> room_;  // of them
};

}  // namespace musicsync::catalog
