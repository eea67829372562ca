// Is this the same recording? `score` ranks, `probability` decides.
//
//   const musicsync::Profile profile = musicsync::Profile::standard();
//   double rank_by = musicsync::score(profile, a, b);                        // [0, 1]
//   std::optional<double> sure = musicsync::probability(profile, a, b);      // P(same recording), by `standard`
//
// Profile `standard`: weighted similarities (title 50, artists 35, album 15, renormalised over what both sides know) of
// the normalised parts, minus penalties. Its probability is that of the profile's model (musicsync/model.hpp).
// Profile `classic`: lower-cased texts, 0.50 · title + 0.35 · artists + 0.15 · album by `ratio`; an absent field counts
// 0; equal ISRCs score 1. No probability. `old-rule` is `classic` with another threshold.
// `standard` compares the first 4,096 symbols of a text, `classic` all of them (two different titles of 1 MiB: half a
// minute).
// All functions are symmetric, pure, deterministic and thread-safe. Cost: about a microsecond for texts below 64
// symbols.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musicsync/error.hpp"
#include "musicsync/profile.hpp"
#include "musicsync/track.hpp"
#include "musicsync/work.hpp"

namespace musicsync {

[[nodiscard]] double score(const Profile& profile, const Track& a, const Track& b);

// The name of the shipped model: results carry it, so that they can be read years later.
[[nodiscard]] std::string model_version();

// P(same recording) in (0, 1); nothing for a profile without a model.
[[nodiscard]] std::optional<double> probability(const Profile& profile, const Track& a, const Track& b);

// True where the two are taken for one recording: equal ISRCs that the texts do not contradict, or a probability
// (score) that the profile accepts, and no version conflict.
[[nodiscard]] bool same_recording(const Profile& profile, const Track& a, const Track& b);

// Row by row, over the cores. Errc::length_mismatch, Errc::cancelled.
[[nodiscard]] Result<std::vector<double>> score_pairs(const Profile& profile, std::span<const Track> left,
                                                      std::span<const Track> right, const Work& work = {});

// Of every query with every choice, over the cores: out[q * choices.size() + c] is their score, in the precision of its
// type, or 0 where it is below the cutoff, which most pairs are found out about without being compared. Memory besides:
// some MB a thread. False where `work.progress`, which is told of pairs, stopped it: parts of `out` are then as they
// were.
[[nodiscard]] bool score_matrix(const Profile& profile, std::span<const Track> queries, std::span<const Track> choices,
                                double cutoff, const Work& work, double* out);
[[nodiscard]] bool score_matrix(const Profile& profile, std::span<const Track> queries, std::span<const Track> choices,
                                double cutoff, const Work& work, float* out);

// The names of the numbers that a model reads, in their order. `direction` −1: more of it speaks against one recording.
struct FeatureName {
    std::string_view name;
    int direction = 0;
};
[[nodiscard]] std::span<const FeatureName> feature_names() noexcept;

// The model's inputs row by row: left.size() rows of feature_names().size() numbers, NaN for unknown.
// Errc::length_mismatch, Errc::cancelled.
[[nodiscard]] Result<std::vector<double>> feature_pairs(std::span<const Track> left, std::span<const Track> right,
                                                        const Work& work = {});

// As score_pairs; Errc::invalid_value for a profile without a model.
[[nodiscard]] Result<std::vector<double>> probability_pairs(const Profile& profile, std::span<const Track> left,
                                                            std::span<const Track> right, const Work& work = {});

}  // namespace musicsync
