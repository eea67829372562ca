// The evidence of a pair as the numbers that a model reads.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "score/evidence.hpp"

namespace musicsync {

// Its place among the features. A gap of durations, an album's likeness and so on are NaN where a side does not know;
// what does not apply to a pair is 0.
enum class FeatureId : std::size_t {
    title_unlike,
    title_inexact,
    words_missing,
    title_contained,
    short_title,
    title_unknown,
    nothing_known,
    artist_unlike,
    artist_unknown,
    artist_in_other_script,
    no_name_shared,
    artist_words_missing,
    guest_missing,
    album_unlike,
    album_unlike_inexact,
    album_is_title,
    duration_gap,
    duration_gap_near_title,
    duration_gap_other_title,
    duration_gap_other_artist,
    duration_gap_other_version,
    duration_gap_other_edit,
    near_title,
    other_title,
    other_artist,
    equal_title_of_other_artist,
    year_gap,
    version_hard,
    version_keeps_length,
    version_soft,
    version_agrees,
    part_conflict,
    part_missing,
    number_conflict,
    number_missing,
    explicit_conflict,
    misplaced,
    romanized,
    scripts_differ,
    joined_unlike,
    joined_uncovered,
    count,
};

inline constexpr std::size_t feature_count = static_cast<std::size_t>(FeatureId::count);
using FeatureValues = std::array<double, feature_count>;

// `direction`: −1 where more of it speaks against one recording, +1 where it speaks for it.
struct Feature {
    FeatureId id;
    std::string_view name;
    int direction;
};

[[nodiscard]] const std::array<Feature, feature_count>& all_features() noexcept;
[[nodiscard]] FeatureValues features_of(const Evidence& evidence) noexcept;
// Writes them `stride` numbers from each other, over zeros. Made for the stride of a ModelBatch.
inline constexpr std::size_t features_in_columns = 32;
template <std::size_t stride>
void write_features(const Evidence& evidence, double* values) noexcept;

}  // namespace musicsync
