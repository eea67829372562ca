#include "musicsync/catalog.hpp"

#include <algorithm>
#include <mutex>

#include "musicsync/normalize.hpp"
#include "parallel/for_blocks.hpp"
#include "rank/top_k.hpp"
#include "score/evidence.hpp"

namespace musicsync {
namespace {

constexpr std::size_t tracks_per_task = 1024;

double score_of(const Profile& profile, const Query& query, const Track& track) {
    if (profile.rules == Profile::Rules::classic) return classic_score(profile, query.track(), track);
    return standard_score(profile, query.compare(track));
}

void search_range(const Profile& profile, const Query& query, std::span<const Track> tracks, std::size_t begin,
                  std::size_t end, TopK& best) {
    for (std::size_t i = begin; i < end; ++i) best.offer({i, score_of(profile, query, tracks[i]), std::nullopt});
}

std::vector<Ranked> finish(const Profile& profile, const Query& query, std::span<const Track> tracks, TopK& best) {
    std::vector<Ranked> out = best.take();
    add_probabilities(profile, query, tracks, out);
    return out;
}

}  // namespace

Catalog Catalog::build(std::vector<Track> tracks) {
    Catalog catalog;
    catalog.tracks_ = std::move(tracks);
    for (std::size_t i = 0; i < catalog.tracks_.size(); ++i) {
        const std::string& code = catalog.tracks_[i].isrc();
        if (!code.empty()) catalog.by_isrc_[code].push_back(i);
    }
    return catalog;
}

std::vector<Ranked> Catalog::search(const Profile& profile, const Track& query, std::size_t k, double cutoff) const {
    const Query prepared(query);
    TopK best(tracks_, k, cutoff);
    std::mutex mutex;
    parallel::for_blocks(tracks_.size(), tracks_per_task, [&](std::size_t begin, std::size_t end) {
        TopK part(tracks_, k, cutoff);
        search_range(profile, prepared, tracks_, begin, end, part);
        const std::scoped_lock lock(mutex);
        best.merge(part);
    });
    return finish(profile, prepared, tracks_, best);
}

std::vector<std::vector<Ranked>> Catalog::search_batch(const Profile& profile, std::span<const Track> queries,
                                                       std::size_t k, double cutoff) const {
    std::vector<std::vector<Ranked>> out(queries.size());
    parallel::for_blocks(queries.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const Query prepared(queries[i]);
            TopK best(tracks_, k, cutoff);
            search_range(profile, prepared, tracks_, 0, tracks_.size(), best);
            out[i] = finish(profile, prepared, tracks_, best);
        }
    });
    return out;
}

Result<std::vector<std::size_t>> Catalog::lookup_isrc(std::string_view code) const {
    Result<std::string> canonical = parse_isrc(code);
    if (!canonical) return canonical.error();
    const auto found = by_isrc_.find(*canonical);
    return found == by_isrc_.end() ? std::vector<std::size_t>{} : found->second;
}

}  // namespace musicsync
