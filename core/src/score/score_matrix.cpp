#include <algorithm>

#include "musicsync/score.hpp"
#include "score/patch.hpp"

namespace musicsync {
namespace {

template <class Out>
bool fill(const Profile& profile, std::span<const Track> queries, std::span<const Track> choices, double cutoff,
          const Work& work, Out* out) {
    const auto row = [&](std::size_t q) { return out + q * choices.size(); };
    const auto fill_patch = [&](const parallel::Patch& patch) {
        for (std::size_t q = patch.first_row; q < patch.end_row; ++q)
            std::fill(row(q) + patch.first_column, row(q) + patch.end_column, Out{0});
        score_patch(
            profile, queries, choices, patch, [cutoff](std::size_t) { return cutoff; },
            [&](std::size_t q, std::size_t c, double score) { row(q)[c] = static_cast<Out>(score); });
    };
    return parallel::for_patches(queries.size(), choices.size(), rows_of_patch, columns_of_patch, work, fill_patch);
}

}  // namespace

bool score_matrix(const Profile& profile, std::span<const Track> queries, std::span<const Track> choices, double cutoff,
                  const Work& work, double* out) {
    return fill(profile, queries, choices, cutoff, work, out);
}

bool score_matrix(const Profile& profile, std::span<const Track> queries, std::span<const Track> choices, double cutoff,
                  const Work& work, float* out) {
    return fill(profile, queries, choices, cutoff, work, out);
}

}  // namespace musicsync
