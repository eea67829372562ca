// The k best of some tracks: by score, ties by the tracks' ids and then by their positions.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>

#include "musicsync/rank.hpp"
#include "rank/order.hpp"
#include "similarity/k_best.hpp"

namespace musicsync {

class Query;

struct IdsOfTracks {
    std::span<const Track> tracks;
    const std::string& operator()(std::size_t i) const { return tracks[i].id(); }
};

class TopRanked : public KBest<Ranked, Before<IdsOfTracks>> {
  public:
    // The tracks are those that the hits are of.
    TopRanked(std::span<const Track> tracks, std::size_t k, double cutoff) : KBest(k, cutoff, {{tracks}}) {}
};

// What the hits are worth by the profile's model, if it has one. `track_of(i)`: of the i-th hit.
void add_probabilities(const Profile& profile, const Query& query,
                       const std::function<const Track&(std::size_t)>& track_of, std::span<Ranked> hits);

}  // namespace musicsync
