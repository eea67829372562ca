#include "musicsync/rank.hpp"

#include <algorithm>
#include <array>

#include "parallel/for_blocks.hpp"
#include "rank/order.hpp"
#include "score/evidence.hpp"
#include "score/features.hpp"
#include "score/pairs.hpp"

namespace musicsync {
namespace {

constexpr std::size_t queries_per_task = 16;

void rank_classic(const Profile& profile, const Track& query, std::span<const Track> candidates, double cutoff,
                  std::vector<Ranked>& out) {
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const double score = classic_score(profile, query, candidates[i]);
        if (score >= cutoff) out.push_back({i, score, std::nullopt});
    }
}

// The texts of some candidates are compared with the query's at once, then each candidate by itself.
void rank_standard(const Profile& profile, const Track& query, std::span<const Track> candidates, double cutoff,
                   std::vector<Ranked>& out) {
    const Query prepared(query);
    std::array<Common, Query::counted_at_once> common;
    for (std::size_t begin = 0; begin < candidates.size(); begin += common.size()) {
        const auto some = candidates.subspan(begin, std::min(common.size(), candidates.size() - begin));
        prepared.count_common(some, common.data());
        for (std::size_t i = 0; i < some.size(); ++i) {
            const Evidence evidence = prepared.compare(some[i], common[i]);
            const double score = standard_score(profile, evidence);
            if (score >= cutoff) out.push_back({begin + i, score, model_probability(profile, evidence)});
        }
    }
}

}  // namespace

std::vector<Ranked> rank(const Profile& profile, const Track& query, std::span<const Track> candidates,
                         const RankOptions& options) {
    std::vector<Ranked> out;
    out.reserve(candidates.size());
    const bool classic = profile.rules == Profile::Rules::classic;
    (classic ? rank_classic : rank_standard)(profile, query, candidates, options.cutoff, out);
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
