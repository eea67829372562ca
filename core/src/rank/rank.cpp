#include "musicsync/rank.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "parallel/for_blocks.hpp"
#include "rank/order.hpp"
#include "score/evidence.hpp"
#include "score/model_batch.hpp"
#include "score/pairs.hpp"
#include "score/prefetch.hpp"

namespace musicsync {
namespace {

constexpr std::size_t queries_per_task = 16;

const Track& track_of(const Track& track) noexcept { return track; }
const Track& track_of(const Track* track) noexcept { return *track; }

// The outline, which was just read, says of most tracks that they have none.
std::string_view id_of(const Track& track) noexcept {
    return track.outline().has(Outline::id) ? std::string_view(track.id()) : std::string_view();
}

template <class Tracks>
void rank_classic(const Profile& profile, const Track& query, Tracks candidates, double cutoff,
                  std::vector<Ranked>& out) {
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const double score = classic_score(profile, query, track_of(candidates[i]));
        if (score >= cutoff) add_hit(out, i, score);
    }
}

// Some candidates at once: their texts are compared with the query's, then each by itself, and the model reads all.
class StandardRanking {
  public:
    StandardRanking(const Profile& profile, const Track& query, double cutoff, std::vector<Ranked>& out)
        : profile_(profile), asked_(query), cutoff_(cutoff), out_(out), batch_(profile) {}

    template <class Tracks>
    void add(Tracks candidates) {
        static_assert(ModelBatch::most <= Query::counted_at_once);
        std::array<const Track*, ModelBatch::most> some;
        for (std::size_t begin = 0; begin < candidates.size(); begin += some.size()) {
            const std::size_t count = std::min(some.size(), candidates.size() - begin);
            for (std::size_t i = 0; i < count; ++i) some[i] = &track_of(candidates[begin + i]);
            if (!query_) prepare({some.data(), count});
            add_some({some.data(), count}, begin);
        }
    }

  private:
    // The first candidates arrive while the query is made ready.
    void prepare(std::span<const Track* const> candidates) {
        for (const Track* candidate : candidates) ask_for_outline(*candidate);
        query_.emplace(asked_);
    }

    void add_some(std::span<const Track* const> candidates, std::size_t first) {
        const auto added = static_cast<std::ptrdiff_t>(out_.size());
        query_->compare_all(candidates, [&](std::size_t i, const Evidence& evidence) {
            const double score = standard_score(profile_, evidence);
            if (score < cutoff_) return;
            add_hit(out_, first + i, score);
            batch_.add(evidence);
        });
        std::array<double, ModelBatch::most> probabilities;
        batch_.take(probabilities.data());
        const double* probability = probabilities.data();
        std::for_each(out_.begin() + added, out_.end(), [&](Ranked& hit) { hit.probability = *probability++; });
    }

    const Profile& profile_;
    const Track& asked_;
    std::optional<Query> query_;
    double cutoff_;
    std::vector<Ranked>& out_;
    ModelBatch batch_;
};

template <class Tracks>
std::vector<Ranked> rank_any(const Profile& profile, const Track& query, Tracks candidates,
                             const RankOptions& options) {
    std::vector<Ranked> out;
    out.reserve(candidates.size());
    if (profile.rules == Profile::Rules::classic)
        rank_classic(profile, query, candidates, options.cutoff, out);
    else
        StandardRanking(profile, query, options.cutoff, out).add(candidates);
    put_in_order(out, options.limit, [candidates](std::size_t i) { return id_of(track_of(candidates[i])); });
    return out;
}

template <class Tracks>
Result<std::vector<std::vector<Ranked>>> rank_each(const Profile& profile, std::span<const Track> queries,
                                                   std::span<const Tracks> candidates, const RankOptions& options,
                                                   const Work& work) {
    if (queries.size() != candidates.size())
        return Error{Errc::length_mismatch,
                     "there are " + std::to_string(queries.size()) + " queries and " +
                         std::to_string(candidates.size()) + " lists of candidates",
                     "candidates"};
    std::vector<std::vector<Ranked>> out(queries.size());
    const bool done =
        parallel::for_blocks(queries.size(), queries_per_task, work, [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i) out[i] = rank(profile, queries[i], candidates[i], options);
        });
    if (!done) return parallel::cancelled();
    return out;
}

}  // namespace

std::vector<Ranked> rank(const Profile& profile, const Track& query, std::span<const Track> candidates,
                         const RankOptions& options) {
    return rank_any(profile, query, candidates, options);
}

std::vector<Ranked> rank(const Profile& profile, const Track& query, std::span<const Track* const> candidates,
                         const RankOptions& options) {
    return rank_any(profile, query, candidates, options);
}

Result<std::vector<std::vector<Ranked>>> rank_batch(const Profile& profile, std::span<const Track> queries,
                                                    std::span<const std::span<const Track>> candidates,
                                                    const RankOptions& options, const Work& work) {
    return rank_each(profile, queries, candidates, options, work);
}

Result<std::vector<std::vector<Ranked>>> rank_batch(const Profile& profile, std::span<const Track> queries,
                                                    std::span<const std::span<const Track* const>> candidates,
                                                    const RankOptions& options, const Work& work) {
    return rank_each(profile, queries, candidates, options, work);
}

}  // namespace musicsync
