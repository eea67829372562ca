// The k best of a stream of hits, in the order of a ranking.
#pragma once

#include <span>
#include <string>

#include "rank/order.hpp"
#include "score/evidence.hpp"
#include "similarity/k_best.hpp"

namespace musicsync {

struct IdsOfTracks {
    std::span<const Track> tracks;
    const std::string& operator()(std::size_t i) const { return tracks[i].id(); }
};

class TopK : public KBest<Ranked, Before<IdsOfTracks>> {
  public:
    // The tracks are those that the hits are of.
    TopK(std::span<const Track> tracks, std::size_t k, double cutoff) : KBest(k, cutoff, {{tracks}}) {}
};

// What they are worth by the profile's model, if it has one.
void add_probabilities(const Profile& profile, const Query& query, std::span<const Track> tracks,
                       std::span<Ranked> hits);

}  // namespace musicsync
