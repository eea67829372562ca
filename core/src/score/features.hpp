// The evidence of a pair as the numbers that a model reads.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "score/evidence.hpp"

namespace musicsync {

// One number of the evidence; NaN where a side does not know, 0 where the feature does not apply. `direction`: −1 where more of it speaks against one
// recording, +1 where it speaks for it.
struct Feature {
    std::string_view name;
    int direction;
    double (*value)(const Evidence&) noexcept;
};

inline constexpr std::size_t feature_count = 40;
using FeatureValues = std::array<double, feature_count>;

[[nodiscard]] const std::array<Feature, feature_count>& all_features() noexcept;
[[nodiscard]] FeatureValues features_of(const Evidence& evidence) noexcept;

}  // namespace musicsync
