// decide() for a query that is prepared already, which costs more than a comparison.
#pragma once

#include <span>

#include "musicsync/decide.hpp"
#include "score/evidence.hpp"

namespace musicsync {

// By the profile's own thresholds.
[[nodiscard]] Decision decide_prepared(const Profile& profile, const Query& query, std::span<const Track> candidates);

}  // namespace musicsync
