// Searches of a catalogue.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "catalog/beside_standard_rows.hpp"
#include "catalog/late.hpp"
#include "catalog/made_tracks.hpp"
#include "catalog/parts.hpp"
#include "catalog/rows.hpp"
#include "musicsync/profile.hpp"
#include "musicsync/rank.hpp"

namespace musicsync::catalog {

// Threads may share it.
class Index {
  public:
    explicit Index(Parts parts);
    Index(const Index&) = delete;
    Index& operator=(const Index&) = delete;

    [[nodiscard]] const Parts& parts() const noexcept { return parts_; }
    [[nodiscard]] const Records& records() const noexcept { return parts_.records; }
    [[nodiscard]] Track track(std::size_t i) const;
    // All tracks of a catalogue that is too small for rows; empty for others.
    [[nodiscard]] const std::vector<Track>& few() const noexcept { return few_; }
    // The best of all tracks, as rank() finds them.
    [[nodiscard]] std::vector<Ranked> search(const Profile& profile, const Track& query, const Wanted& wanted) const;
    // The same for queries that look at the rows together, a chunk at a time; `wanted` has one for each.
    [[nodiscard]] std::vector<std::vector<Ranked>> search_together(const Profile& profile,
                                                                   std::span<const Track> queries,
                                                                   std::span<const Wanted> wanted) const;

  private:
    [[nodiscard]] std::vector<Ranked> search_few(const Profile& profile, const Track& query,
                                                 const Wanted& wanted) const;
    [[nodiscard]] std::vector<Ranked> compare_all(const Profile& profile, const Track& query, const Wanted& wanted,
                                                  bool anew) const;

    Parts parts_;
    Late<BesideRows> beside_classic_;
    Late<BesideStandardRows> beside_standard_;
    MadeTracks tracks_;
    std::vector<Track> few_;
};

}  // namespace musicsync::catalog
