#include "musicsync/rank.hpp"

#include <algorithm>

#include "score/evidence.hpp"

namespace musicsync {
namespace {

Ranked measure(const Profile& profile, const Query& query, const Track& candidate, std::size_t index) {
    if (profile.rules == Profile::Rules::classic)
        return {index, classic_score(profile, query.track(), candidate), std::nullopt};
    const Evidence evidence = query.compare(candidate);
    return {index, standard_score(profile, evidence), model_probability(profile, evidence)};
}

}  // namespace

std::vector<Ranked> rank(const Profile& profile, const Track& query, std::span<const Track> candidates,
                         std::size_t limit, double cutoff) {
    const Query prepared(query);
    std::vector<Ranked> out;
    out.reserve(candidates.size());
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const Ranked measured = measure(profile, prepared, candidates[i], i);
        if (measured.score >= cutoff) out.push_back(measured);
    }
    const auto kept = static_cast<std::ptrdiff_t>(std::min(limit, out.size()));
    std::partial_sort(out.begin(), out.begin() + kept, out.end(), [candidates](const Ranked& a, const Ranked& b) {
        if (a.score != b.score) return a.score > b.score;
        const int by_id = candidates[a.index].id().compare(candidates[b.index].id());
        return by_id != 0 ? by_id < 0 : a.index < b.index;
    });
    out.erase(out.begin() + kept, out.end());
    return out;
}

}  // namespace musicsync
