#include <array>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "musicsync/rank.hpp"
#include "parallel/for_blocks.hpp"
#include "rank/top_ranked.hpp"
#include "score/model_batch.hpp"
#include "score/patch.hpp"

namespace musicsync {
namespace {

constexpr std::size_t queries_per_task = 16;

// The best so far of each query. A thread takes a copy of what a score has to reach, and gives back what did.
class BestOfAll {
  public:
    BestOfAll(std::size_t queries, const TopRanked& none) : best_(queries, none) {}

    std::vector<TopRanked> begin(const parallel::Patch& patch, std::span<const Track> choices, std::size_t k) {
        const std::scoped_lock lock(mutex_);
        std::vector<TopRanked> out;
        for (std::size_t q = patch.first_row; q < patch.end_row; ++q) out.emplace_back(choices, k, best_[q].floor());
        return out;
    }
    void end(const parallel::Patch& patch, const std::vector<TopRanked>& found) {
        const std::scoped_lock lock(mutex_);
        for (std::size_t q = patch.first_row; q < patch.end_row; ++q) best_[q].merge(found[q - patch.first_row]);
    }
    std::vector<Ranked> take(std::size_t query) { return best_[query].take(); }

  private:
    std::mutex mutex_;
    std::vector<TopRanked> best_;
};

}  // namespace

void add_probabilities(const Profile& profile, const Query& query,
                       const std::function<const Track&(std::size_t)>& track_of, std::span<Ranked> hits) {
    if (!profile.has_probability()) return;
    ModelBatch batch(profile);
    std::array<const Track*, ModelBatch::most> some;
    std::array<double, ModelBatch::most> probabilities;
    for (std::size_t begin = 0; begin < hits.size(); begin += some.size()) {
        const std::span<Ranked> part = hits.subspan(begin, std::min(some.size(), hits.size() - begin));
        for (std::size_t i = 0; i < part.size(); ++i) some[i] = &track_of(begin + i);
        query.compare_all({some.data(), part.size()},
                          [&batch](std::size_t, const Evidence& evidence) { batch.add(evidence); });
        batch.take(probabilities.data());
        for (std::size_t i = 0; i < part.size(); ++i) part[i].probability = probabilities[i];
    }
}

Result<std::vector<std::vector<Ranked>>> matrix_top_k(const Profile& profile, std::span<const Track> queries,
                                                      std::span<const Track> choices, std::size_t k, double cutoff,
                                                      const Work& work) {
    std::vector<std::vector<Ranked>> out(queries.size());
    if (k == 0) return out;
    BestOfAll best(queries.size(), TopRanked(choices, k, cutoff));
    const auto search = [&](const parallel::Patch& patch) {
        std::vector<TopRanked> found = best.begin(patch, choices, k);
        score_patch(
            profile, queries, choices, patch, [&](std::size_t q) { return found[q - patch.first_row].floor(); },
            [&](std::size_t q, std::size_t c, double score) {
                found[q - patch.first_row].offer({c, score, std::nullopt});
            });
        best.end(patch, found);
    };
    if (!parallel::for_patches(queries.size(), choices.size(), rows_of_patch, columns_of_patch, work, search))
        return parallel::cancelled();
    (void)parallel::for_blocks(
        queries.size(), queries_per_task, Work{work.threads, {}}, [&](std::size_t begin, std::size_t end) {
            for (std::size_t q = begin; q < end; ++q) {
                std::vector<Ranked>& hits = out[q];
                hits = best.take(q);
                const auto track_of = [&](std::size_t i) -> const Track& { return choices[hits[i].index]; };
                add_probabilities(profile, Query(queries[q]), track_of, hits);
            }
        });
    return out;
}

}  // namespace musicsync
