#include "musicsync/score.hpp"

#include "parallel/for_blocks.hpp"
#include "score/evidence.hpp"

namespace musicsync {
namespace {

constexpr std::size_t pairs_per_task = 256;

template <class Compare>
Result<std::vector<double>> for_pairs(std::span<const Track> left, std::span<const Track> right, Compare compare) {
    if (left.size() != right.size()) {
        return Error{
            Errc::length_mismatch,
            "left has " + std::to_string(left.size()) + " tracks and right has " + std::to_string(right.size()),
            "right"};
    }
    std::vector<double> values(left.size());
    parallel::for_blocks(left.size(), pairs_per_task, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) values[i] = compare(left[i], right[i]);
    });
    return values;
}

bool acquitted(const Evidence& evidence, const Profile& profile) {
    return isrc_acquits(evidence) ||
           (evidence.version_gap != VersionGap::hard && profile.accepts(model_probability(evidence)));
}

}  // namespace

double score(const Profile& profile, const Track& a, const Track& b) {
    if (profile.rules == Profile::Rules::classic) return classic_score(a, b);
    return standard_score(Query(a).compare(b));
}

std::optional<double> probability(const Profile& profile, const Track& a, const Track& b) {
    if (!profile.has_probability()) return std::nullopt;
    return model_probability(Query(a).compare(b));
}

bool same_recording(const Profile& profile, const Track& a, const Track& b) {
    if (profile.rules == Profile::Rules::classic) return profile.accepts(classic_score(a, b));
    return acquitted(Query(a).compare(b), profile);
}

Result<std::vector<double>> score_pairs(const Profile& profile, std::span<const Track> left,
                                        std::span<const Track> right) {
    return for_pairs(left, right, [&profile](const Track& a, const Track& b) { return score(profile, a, b); });
}

Result<std::vector<double>> probability_pairs(const Profile& profile, std::span<const Track> left,
                                              std::span<const Track> right) {
    if (!profile.has_probability()) {
        return Error{Errc::invalid_value, "profile '" + profile.name + "' has no probability", "profile"};
    }
    return for_pairs(left, right,
                     [](const Track& a, const Track& b) { return model_probability(Query(a).compare(b)); });
}

}  // namespace musicsync
