#include "catalog/index.hpp"

#include <algorithm>

#include "catalog/classic_search.hpp"
#include "catalog/standard_search.hpp"
#include "rank/top_ranked.hpp"
#include "score/evidence.hpp"
#include "score/patch.hpp"

namespace musicsync::catalog {
namespace {

// The hits, and what they are worth by the profile's model; `track_of` makes the track at a position.
template <class TrackOf>
std::vector<Ranked> with_probabilities(const Profile& profile, const Query& query, std::vector<Ranked> hits,
                                       TrackOf track_of) {
    std::vector<Track> tracks;
    tracks.reserve(hits.size());
    for (const Ranked& hit : hits) tracks.push_back(track_of(hit.index));
    add_probabilities(
        profile, query, [&tracks](std::size_t i) -> const Track& { return tracks[i]; }, hits);
    return hits;
}

}  // namespace

Index::Index(Parts parts) : parts_(std::move(parts)), tracks_(parts_.records, parts_.read_as) {
    if (parts_.standard) return;
    few_.reserve(parts_.records.size());
    for (std::size_t i = 0; i < parts_.records.size(); ++i) few_.push_back(parts_.records.track(i));
}

Track Index::track(std::size_t i) const {
    MadeTracks::Room room;
    return few_.empty() ? tracks_.at(i, room) : few_[i];
}

std::vector<Ranked> Index::search(const Profile& profile, const Track& query, const Wanted& wanted) const {
    if (wanted.k == 0) return {};
    if (!parts_.standard) return search_few(profile, query, wanted);
    if (profile.rules == Profile::Rules::classic) {
        ClassicSearch search(profile, *parts_.classic, tracks_, query, wanted, parts_.records.with_code(query.isrc()));
        search.scan(0, parts_.classic->size());
        return search.take();
    }
    // Nothing is known without comparing of a query that is compared in other ways too, and of rows that were read in
    // another way than the query.
    const bool as_read = parts_.read_as == reading();
    if (!as_read || !is_plain_row(query)) return compare_all(profile, query, wanted, !as_read);
    StandardSearch search(profile, *parts_.standard, tracks_, query, wanted);
    search.scan(0, parts_.standard->rows.size());
    return with_probabilities(profile, search.query(), search.take(), [this](std::size_t i) { return track(i); });
}

std::vector<Ranked> Index::search_few(const Profile& profile, const Track& query, const Wanted& wanted) const {
    const RankOptions options{wanted.k, wanted.cutoff};
    if (wanted.removed.size() == 0 && wanted.filter == Filter{}) return rank(profile, query, few_, options);
    std::vector<Track> tracks;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < few_.size(); ++i) {
        if (wanted.removed.has(i) || !parts_.records.pass(i, wanted.filter)) continue;
        tracks.push_back(few_[i]);
        places.push_back(i);
    }
    std::vector<Ranked> hits = rank(profile, query, tracks, options);
    for (Ranked& hit : hits) hit.index = places[hit.index];
    return hits;
}

// `anew`: of tracks that are made once more, for those that are kept were read in another way.
std::vector<Ranked> Index::compare_all(const Profile& profile, const Track& query, const Wanted& wanted,
                                       bool anew) const {
    BestTracks best(tracks_, wanted);
    const auto track_of = [&](std::size_t i) { return anew ? parts_.records.track(i) : track(i); };
    std::vector<Track> some;
    for (std::size_t begin = 0; begin < tracks_.size(); begin += some.size()) {
        some.clear();
        for (std::size_t i = begin; i < std::min(begin + columns_of_patch, tracks_.size()); ++i)
            some.push_back(track_of(i));
        score_patch(
            profile, {&query, 1}, some, {0, 1, 0, some.size()}, [&best](std::size_t) { return best.floor(); },
            [&best, begin](std::size_t, std::size_t i, double score) {
                best.offer({begin + i, score, std::nullopt});
            });
    }
    return with_probabilities(profile, Query(query), best.take(), track_of);
}

}  // namespace musicsync::catalog
