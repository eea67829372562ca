#include "musicsync/score.hpp"

#include <algorithm>

#include "parallel/for_blocks.hpp"
#include "score/evidence.hpp"
#include "score/features.hpp"
#include "score/pairs.hpp"

namespace musicsync {
namespace {

// `width` numbers a pair: fill(a, b, where they go).
template <class Fill>
Result<std::vector<double>> for_pairs(std::span<const Track> left, std::span<const Track> right, std::size_t width,
                                      const Work& work, Fill fill) {
    if (left.size() != right.size()) return length_mismatch(left.size(), right.size());
    std::vector<double> values(left.size() * width);
    const bool done = parallel::for_blocks(left.size(), pairs_per_task, work, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) fill(left[i], right[i], values.data() + i * width);
    });
    if (!done) return parallel::cancelled();
    return values;
}

bool acquitted(const Evidence& evidence, const Profile& profile) {
    return isrc_acquits(evidence) ||
           (evidence.version_gap != VersionGap::hard && profile.accepts(model_probability(profile, evidence)));
}

}  // namespace

std::string model_version() { return Profile::standard().model->parts().version; }

double score(const Profile& profile, const Track& a, const Track& b) {
    if (profile.rules == Profile::Rules::classic) return classic_score(profile, a, b);
    return standard_score(profile, Query(a).compare(b));
}

std::optional<double> probability(const Profile& profile, const Track& a, const Track& b) {
    if (!profile.has_probability()) return std::nullopt;
    return model_probability(profile, Query(a).compare(b));
}

bool same_recording(const Profile& profile, const Track& a, const Track& b) {
    if (profile.rules == Profile::Rules::classic) return profile.accepts(classic_score(profile, a, b));
    return acquitted(Query(a).compare(b), profile);
}

Result<std::vector<double>> score_pairs(const Profile& profile, std::span<const Track> left,
                                        std::span<const Track> right, const Work& work) {
    return for_pairs(left, right, 1, work,
                     [&profile](const Track& a, const Track& b, double* out) { *out = score(profile, a, b); });
}

Result<std::vector<double>> probability_pairs(const Profile& profile, std::span<const Track> left,
                                              std::span<const Track> right, const Work& work) {
    if (!profile.has_probability()) {
        return Error{Errc::invalid_value, "profile '" + profile.name + "' has no probability", "profile"};
    }
    return for_pairs(left, right, 1, work, [&profile](const Track& a, const Track& b, double* out) {
        *out = model_probability(profile, Query(a).compare(b));
    });
}

std::span<const FeatureName> feature_names() noexcept {
    static const auto names = [] {
        std::array<FeatureName, feature_count> out{};
        for (std::size_t i = 0; i < feature_count; ++i) out[i] = {all_features()[i].name, all_features()[i].direction};
        return out;
    }();
    return names;
}

Result<std::vector<double>> feature_pairs(std::span<const Track> left, std::span<const Track> right, const Work& work) {
    return for_pairs(left, right, feature_count, work, [](const Track& a, const Track& b, double* out) {
        const FeatureValues values = features_of(Query(a).compare(b));
        std::copy(values.begin(), values.end(), out);
    });
}

}  // namespace musicsync
