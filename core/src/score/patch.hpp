// The scores of some queries with some choices: what all calls over a matrix of tracks share.
//
//   score_patch(profile, queries, choices, patch, [&](std::size_t q) { return best[q].floor(); },
//               [&](std::size_t q, std::size_t c, double score) { best[q].offer({c, score, {}}); });
#pragma once

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "musicsync/profile.hpp"
#include "parallel/for_blocks.hpp"
#include "score/evidence.hpp"

namespace musicsync {

// What a thread takes at once: rows enough to read the choices from memory seldom, columns enough to make what is
// prepared of a query worth it.
inline constexpr std::size_t rows_of_patch = 64;
inline constexpr std::size_t columns_of_patch = 2048;

// The score where it is `least` or more. Of most pairs it is told without comparing them: it cannot be, or it is 0.
[[nodiscard]] inline std::optional<double> score_from(double least, const Profile& profile, const Query& query,
                                                      const Track& choice, const Common& common) {
    double score = query.score_at_most(profile, choice, common);
    if (score >= least && score > 0.0) score = standard_score(profile, query.compare(choice, common));
    return score >= least ? std::optional(score) : std::nullopt;
}

// A few choices stay in the first cache for all queries.
template <class Floor, class Take>
void score_standard_patch(const Profile& profile, std::span<const Track> queries, std::span<const Track> choices,
                          const parallel::Patch& patch, Floor& floor, Take& take) {
    std::deque<Query> prepared;  // a query is not to be moved
    for (std::size_t q = patch.first_row; q < patch.end_row; ++q) prepared.emplace_back(queries[q]);
    std::array<const Track*, Others::most> some;
    std::array<Common, Others::most> common;
    for (std::size_t begin = patch.first_column; begin < patch.end_column; begin += some.size()) {
        const std::size_t count = std::min(some.size(), patch.end_column - begin);
        for (std::size_t i = 0; i < count; ++i) some[i] = &choices[begin + i];
        const Others others({some.data(), count});
        for (std::size_t q = patch.first_row; q < patch.end_row; ++q) {
            const Query& query = prepared[q - patch.first_row];
            query.count_common(others, common.data());
            for (std::size_t i = 0; i < count; ++i) {
                if (const auto score = score_from(floor(q), profile, query, *some[i], common[i]))
                    take(q, begin + i, *score);
            }
        }
    }
}

template <class Floor, class Take>
void score_classic_patch(const Profile& profile, std::span<const Track> queries, std::span<const Track> choices,
                         const parallel::Patch& patch, Floor& floor, Take& take) {
    constexpr std::size_t at_once = 512;  // their scores stay in the second cache
    const std::span<const Track> rows = queries.subspan(patch.first_row, patch.end_row - patch.first_row);
    ClassicScores scores(profile, rows);
    for (std::size_t begin = patch.first_column; begin < patch.end_column; begin += at_once) {
        const std::size_t count = std::min(at_once, patch.end_column - begin);
        const double* score = scores.with(choices.subspan(begin, count));
        for (std::size_t q = patch.first_row; q < patch.end_row; ++q) {
            for (std::size_t i = 0; i < count; ++i, ++score) {
                if (*score >= floor(q)) take(q, begin + i, *score);
            }
        }
    }
}

// Calls take(query, choice, score) for each pair of the patch whose score is floor(query) or more, which may rise from
// pair to pair. Each score is `score` of the pair.
template <class Floor, class Take>
void score_patch(const Profile& profile, std::span<const Track> queries, std::span<const Track> choices,
                 const parallel::Patch& patch, Floor floor, Take take) {
    if (profile.rules == Profile::Rules::classic)
        score_classic_patch(profile, queries, choices, patch, floor, take);
    else
        score_standard_patch(profile, queries, choices, patch, floor, take);
}

}  // namespace musicsync
