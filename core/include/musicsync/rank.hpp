// The candidates of one query, best first.
//
//   for (const musicsync::Ranked& hit : musicsync::rank(profile, query, candidates, 5)) use(candidates[hit.index]);
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "musicsync/score.hpp"

namespace musicsync {

struct Ranked {
    std::size_t index = 0;  // of the candidate
    double score = 0.0;
    std::optional<double> probability;
};

inline constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

// At most `limit` candidates with a score of `cutoff` or more, by score, ties by id and then by index. The query is
// prepared once: about a microsecond a candidate.
[[nodiscard]] std::vector<Ranked> rank(const Profile& profile, const Track& query, std::span<const Track> candidates,
                                       std::size_t limit = no_limit, double cutoff = 0.0);

}  // namespace musicsync
