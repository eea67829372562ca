// Which candidate is the recording that was asked for, if it can be said.
//
//   const musicsync::Decision decision = musicsync::decide(profile, query, candidates);
//   if (decision.verdict == musicsync::Verdict::accept) add(candidates[*decision.best]);
//
// Accepted is only a candidate at or above the accept threshold, without a veto, that leads the best *different*
// recording by the margin. Releases of one recording are not rivals: the preferred one is taken (the album that was
// asked for, the explicitness that was asked for, an album before a compilation).
//
// Reasons, machine-readable, most important first:
//   isrc exact fuzzy                        why it was accepted (the method)
//   no_candidates below_reject              why nothing was
//   between_thresholds margin               why it is ambiguous, or what vetoes it:
//   isrc_conflict version_conflict version_uncertain duration_conflict artist_conflict part_conflict part_uncertain
//   title_conflict short_title explicit_conflict title_uncertain artist_uncertain artist_unknown guest_uncertain
//   year_uncertain script_unknown title_unknown
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musicsync/score.hpp"

namespace musicsync {

enum class Verdict : std::uint8_t { accept, ambiguous, reject };
enum class Method : std::uint8_t { none, isrc, exact, fuzzy };

[[nodiscard]] std::string_view name(Verdict verdict) noexcept;
[[nodiscard]] std::string_view name(Method method) noexcept;

// One candidate as it was judged. `same_as_best`: a release of the recording that was chosen.
struct Judged {
    std::size_t index = 0;
    double score = 0.0;
    std::optional<double> probability;
    bool same_as_best = false;
    std::vector<std::string> vetoes;  // reasons for which it could not be accepted
};

struct Decision {
    Verdict verdict = Verdict::reject;
    Method method = Method::none;
    std::optional<std::size_t> best;    // index of the chosen (accept) or most probable candidate
    double score = 0.0;                 // of `best`
    std::optional<double> probability;  // of `best`; nothing without a model
    double margin = 0.0;                // lead over the best different recording; over 0 where there is none
    std::optional<std::size_t> rival;   // that recording
    std::vector<std::string> reasons;
    std::vector<Judged> candidates;  // one per candidate, in their order
};

// `accept` replaces the profile's accept threshold (0–1; the reject threshold follows where it would be above).
// Cost: one comparison per candidate and one more per candidate near the best.
[[nodiscard]] Decision decide(const Profile& profile, const Track& query, std::span<const Track> candidates,
                              std::optional<double> accept = std::nullopt);

// Each left track decided with the right one of its row as the only candidate, over all allowed cores.
// Errc::length_mismatch.
[[nodiscard]] Result<std::vector<Decision>> decide_pairs(const Profile& profile, std::span<const Track> left,
                                                         std::span<const Track> right,
                                                         std::optional<double> accept = std::nullopt);

}  // namespace musicsync
