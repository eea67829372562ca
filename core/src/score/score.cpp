#include "musicsync/score.hpp"

#include <algorithm>

#include "parallel/for_blocks.hpp"
#include "score/evidence.hpp"
#include "score/features.hpp"
#include "score/model_batch.hpp"
#include "score/pairs.hpp"

namespace musicsync {
namespace {

// `width` numbers a pair: fill(begin, end, where those of pair `begin` go) for the pairs of each task.
template <class Fill>
Result<std::vector<double>> for_pairs(std::span<const Track> left, std::span<const Track> right, std::size_t width,
                                      const Work& work, Fill fill) {
    if (left.size() != right.size()) return length_mismatch(left.size(), right.size());
    std::vector<double> values(left.size() * width);
    const bool done = parallel::for_blocks(left.size(), pairs_per_task, work, [&](std::size_t begin, std::size_t end) {
        fill(begin, end, values.data() + begin * width);
    });
    if (!done) return parallel::cancelled();
    return values;
}

// The same for what is read from the evidence: take(evidence, where its numbers go). A track that is on the left
// several times in a row is compared with all of its pairs at once.
template <class Take>
auto by_evidence(std::span<const Track> left, std::span<const Track> right, std::size_t width, Take take) {
    return [=](std::size_t begin, std::size_t end, double* out) mutable {
        std::array<const Track*, Query::counted_at_once> some;
        while (begin < end) {
            const Query query(left[begin]);
            std::size_t count = 0;
            const auto goes_on = [&] {
                return count < some.size() && begin + count < end &&
                       &left[begin + count].outline() == &left[begin].outline();
            };
            for (; goes_on(); ++count) some[count] = &right[begin + count];
            query.compare_all({some.data(), count},
                              [&](std::size_t i, const Evidence& evidence) { take(evidence, out + i * width); });
            begin += count;
            out += count * width;
        }
    };
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
    if (profile.rules != Profile::Rules::classic) {
        const auto take = [&profile](const Evidence& evidence, double* out) {
            *out = standard_score(profile, evidence);
        };
        return for_pairs(left, right, 1, work, by_evidence(left, right, 1, take));
    }
    return for_pairs(left, right, 1, work, [&](std::size_t begin, std::size_t end, double* out) {
        for (std::size_t i = begin; i < end; ++i) *out++ = classic_score(profile, left[i], right[i]);
    });
}

Result<std::vector<double>> probability_pairs(const Profile& profile, std::span<const Track> left,
                                              std::span<const Track> right, const Work& work) {
    if (!profile.has_probability()) {
        return Error{Errc::invalid_value, "profile '" + profile.name + "' has no probability", "profile"};
    }
    return for_pairs(left, right, 1, work, [&](std::size_t begin, std::size_t end, double* out) {
        ModelBatch batch(profile);
        double* free = out;
        const auto take = [&](const Evidence& evidence, double*) {
            batch.add(evidence);
            if (batch.size() < ModelBatch::most) return;
            batch.take(free);
            free += ModelBatch::most;
        };
        by_evidence(left, right, 1, take)(begin, end, out);
        batch.take(free);
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
    const auto take = [](const Evidence& evidence, double* out) {
        const FeatureValues values = features_of(evidence);
        std::copy(values.begin(), values.end(), out);
    };
    return for_pairs(left, right, feature_count, work, by_evidence(left, right, feature_count, take));
}

}  // namespace musicsync
