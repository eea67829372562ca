#include "musicsync/rank.hpp"

#include "parallel/for_blocks.hpp"
#include "rank/order.hpp"
#include "score/evidence.hpp"
#include "score/features.hpp"
#include "score/pairs.hpp"

namespace musicsync {
namespace {

constexpr std::size_t queries_per_task = 16;

Ranked measure(const Profile& profile, const Query& query, const Track& candidate, std::size_t index) {
    if (profile.rules == Profile::Rules::classic)
        return {index, classic_score(profile, query.track(), candidate), std::nullopt};
    const Evidence evidence = query.compare(candidate);
    return {index, standard_score(profile, evidence), model_probability(profile, evidence)};
}

}  // namespace

std::vector<Ranked> rank(const Profile& profile, const Track& query, std::span<const Track> candidates,
                         const RankOptions& options) {
    const Query prepared(query);
    std::vector<Ranked> out;
    out.reserve(candidates.size());
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const Ranked measured = measure(profile, prepared, candidates[i], i);
        if (measured.score >= options.cutoff) out.push_back(measured);
    }
    put_in_order(out, options.limit, [candidates](std::size_t i) -> const std::string& { return candidates[i].id(); });
    return out;
}

Result<std::vector<std::vector<Ranked>>> rank_batch(const Profile& profile, std::span<const Track> queries,
                                                    std::span<const std::span<const Track>> candidates,
                                                    const RankOptions& options, const Work& work) {
    if (queries.size() != candidates.size())
        return Error{Errc::length_mismatch,
                     "there are " + std::to_string(queries.size()) + " queries and " +
                         std::to_string(candidates.size()) + " lists of candidates",
                     "candidates"};
    std::vector<std::vector<Ranked>> out(queries.size());
    const bool done = parallel::for_blocks(queries.size(), queries_per_task, work, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) out[i] = rank(profile, queries[i], candidates[i], options);
    });
    if (!done) return parallel::cancelled();
    return out;
}

}  // namespace musicsync
