// The candidates of one query, best first.
//
//   for (const musicsync::Ranked& hit : musicsync::rank(profile, query, candidates, {.limit = 5}))
//       use(candidates[hit.index]);
//
// By score, ties by id and then by index: always the same order, whatever kernel and number of threads.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "musicsync/score.hpp"

namespace musicsync {

struct Ranked {
    std::size_t index = 0;  // of the candidate
    double score = 0.0;
    std::optional<double> probability;
};

inline constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

// Which candidates are wanted: at most `limit`, with a score of `cutoff` or more.
struct RankOptions {
    std::size_t limit = no_limit;
    double cutoff = 0.0;
};

// The query is prepared once: well below a microsecond a candidate.
[[nodiscard]] std::vector<Ranked> rank(const Profile& profile, const Track& query, std::span<const Track> candidates,
                                       const RankOptions& options = {});

// The same for tracks that lie here and there.
[[nodiscard]] std::vector<Ranked> rank(const Profile& profile, const Track& query,
                                       std::span<const Track* const> candidates, const RankOptions& options = {});

// Many queries, each with candidates of its own, over the cores. Errc::length_mismatch, Errc::cancelled.
[[nodiscard]] Result<std::vector<std::vector<Ranked>>> rank_batch(const Profile& profile,
                                                                  std::span<const Track> queries,
                                                                  std::span<const std::span<const Track>> candidates,
                                                                  const RankOptions& options = {},
                                                                  const Work& work = {});

// The same for tracks that lie here and there.
[[nodiscard]] Result<std::vector<std::vector<Ranked>>> rank_batch(
    const Profile& profile, std::span<const Track> queries, std::span<const std::span<const Track* const>> candidates,
    const RankOptions& options = {}, const Work& work = {});

// For many queries the best of the same choices: what `rank` gives for each with the limit k, over the cores, and
// several times as fast, for it is only compared what may be among them. The matrix is never made: memory for the hits,
// and some MB a thread. `work.progress` is told of pairs. Errc::cancelled.
[[nodiscard]] Result<std::vector<std::vector<Ranked>>> matrix_top_k(const Profile& profile,
                                                                    std::span<const Track> queries,
                                                                    std::span<const Track> choices, std::size_t k,
                                                                    double cutoff = 0.0, const Work& work = {});

// One song's texts as somebody's table has them: UTF-8, blank for unknown, all artists in one credit. Views into memory
// of the caller.
struct TextRow {
    std::string_view title;
    std::string_view artist;
    std::string_view album;
    std::string_view isrc;
};

// The same of many songs. A column is empty (nobody knows) or has a text for each song.
struct TextColumns {
    std::span<const std::string_view> id;
    std::span<const std::string_view> title;
    std::span<const std::string_view> artist;
    std::span<const std::string_view> album;
    std::span<const std::string_view> isrc;
};

// What `rank` gives for the tracks of these texts, by a profile with the rules of `classic`, which compare texts as
// they are: no track is made. Some 30 ns a text of common length. Errc::length_mismatch (field: the column) and those
// of Track::make, with the row of the candidate; Errc::invalid_value for a profile with other rules.
[[nodiscard]] Result<std::vector<Ranked>> rank_texts(const Profile& profile, const TextRow& query,
                                                     const TextColumns& candidates, const RankOptions& options = {});

}  // namespace musicsync
