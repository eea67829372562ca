// Is this the same recording? `score` ranks, `probability` decides.
//
//   const musicsync::Profile profile = musicsync::Profile::standard();
//   double rank_by = musicsync::score(profile, a, b);                        // [0, 1]
//   std::optional<double> sure = musicsync::probability(profile, a, b);      // P(same recording), by `standard`
//
// Profile `standard`: weighted similarities (title 50, artists 35, album 15, renormalised over what both sides know) of
// the normalised parts, minus penalties. Its probability is a logistic model over the same evidence with fixed
// coefficients: a PLACEHOLDER CALIBRATION. They were set by hand, starting from a logistic fit on the training pairs of
// musicbrainz20k and iTunes-Amazon, so that versions, covers and other titles stay rejected; the choice was checked on
// validation pairs (Spotify's among them). A properly calibrated model replaces it without a change of this interface.
// Profile `classic`: lower-cased texts, 0.50 · title + 0.35 · artists + 0.15 · album by `ratio`; an absent field counts
// 0; equal ISRCs score 1. No probability. `old-rule` is `classic` with another threshold.
// `standard` compares the first 4,096 symbols of a text, `classic` all of them (two different titles of 1 MiB: half a
// minute).
// All functions are symmetric, pure, deterministic and thread-safe. Cost: about a microsecond for texts below 64
// symbols.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musicsync/error.hpp"
#include "musicsync/track.hpp"

namespace musicsync {

// How to compare and when to be sure. The thresholds are on the probability, or on the score where there is none.
struct Profile {
    enum class Rules : std::uint8_t { standard, classic };
    std::string name;
    Rules rules = Rules::standard;
    double accept = 0.0;        // accepted from here on
    bool accept_above = false;  // ... only beyond it
    double reject = 0.0;        // rejected below
    double margin = 0.0;        // what the best must lead the best different recording by

    [[nodiscard]] bool has_probability() const noexcept { return rules == Rules::standard; }
    // True where a value on the thresholds' scale is enough to accept.
    [[nodiscard]] bool accepts(double value) const noexcept { return accept_above ? value > accept : value >= accept; }

    [[nodiscard]] static Profile standard();
    [[nodiscard]] static Profile classic();
    [[nodiscard]] static Profile old_rule();
    // By name: "standard", "classic", "old-rule". Errc::unknown_profile.
    [[nodiscard]] static Result<Profile> named(std::string_view name);
};

[[nodiscard]] double score(const Profile& profile, const Track& a, const Track& b);

// The name of the model behind `probability`: results carry it, so that they can be read years later.
[[nodiscard]] std::string_view model_version() noexcept;

// P(same recording) in (0, 1); nothing for a profile without a model.
[[nodiscard]] std::optional<double> probability(const Profile& profile, const Track& a, const Track& b);

// True where the two are taken for one recording: equal ISRCs that the texts do not contradict, or a probability
// (score) that the profile accepts, and no version conflict.
[[nodiscard]] bool same_recording(const Profile& profile, const Track& a, const Track& b);

// Row by row. Errc::length_mismatch. Pairs are spread over all allowed cores; the result does not depend on how many.
[[nodiscard]] Result<std::vector<double>> score_pairs(const Profile& profile, std::span<const Track> left,
                                                      std::span<const Track> right);

// As score_pairs; Errc::invalid_value for a profile without a model.
[[nodiscard]] Result<std::vector<double>> probability_pairs(const Profile& profile, std::span<const Track> left,
                                                            std::span<const Track> right);

}  // namespace musicsync
