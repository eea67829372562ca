#include "catalog/index.hpp"

#include <algorithm>
#include <memory>
#include <utility>

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

// A chunk's rows are in the cache when the second search looks at them.
template <class Searches>
void scan_together(std::size_t rows, Searches& searches) {
    for (std::size_t begin = 0; begin < rows; begin += Rows::in_chunk) {
        for (auto& [q, search] : searches) search->scan(begin, std::min(begin + Rows::in_chunk, rows));
    }
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
    return std::move(search_together(profile, {&query, 1}, {&wanted, 1}).front());
}

std::vector<std::vector<Ranked>> Index::search_together(const Profile& profile, std::span<const Track> queries,
                                                        std::span<const Wanted> wanted) const {
    std::vector<std::vector<Ranked>> out(queries.size());
    // Nothing is known without comparing of a query that is compared in other ways too, and of rows that were read in
    // another way than the query.
    const bool classic = profile.rules == Profile::Rules::classic;
    const bool as_read = parts_.read_as == reading();
    const auto room = classic && parts_.classic ? std::make_unique<ClassicSearch::Room>() : nullptr;
    std::vector<std::pair<std::size_t, std::unique_ptr<ClassicSearch>>> by_classic;
    std::vector<std::pair<std::size_t, std::unique_ptr<StandardSearch>>> by_standard;
    const auto beside_classic = [this]() -> const BesideRows& {
        return beside_classic_.get([this] { return BesideRows(parts_.classic->credits, parts_.classic->groups); });
    };
    const auto beside_standard = [this]() -> const BesideStandardRows& {
        return beside_standard_.get([this] { return BesideStandardRows(*parts_.standard); });
    };
    for (std::size_t q = 0; q < queries.size(); ++q) {
        if (wanted[q].k == 0) continue;
        if (!parts_.standard)
            out[q] = search_few(profile, queries[q], wanted[q]);
        else if (classic)
            by_classic.emplace_back(
                q, std::make_unique<ClassicSearch>(profile, *parts_.classic, beside_classic(), tracks_, queries[q],
                                                   wanted[q], parts_.records.with_code(queries[q].isrc()), *room));
        else if (as_read && is_readable(queries[q]))
            by_standard.emplace_back(q, std::make_unique<StandardSearch>(profile, *parts_.standard, beside_standard(),
                                                                         tracks_, queries[q], wanted[q]));
        else
            out[q] = compare_all(profile, queries[q], wanted[q], !as_read);
    }
    if (classic) {
        scan_together(parts_.classic ? parts_.classic->size() : 0, by_classic);
        for (auto& [q, search] : by_classic) out[q] = search->take();
        return out;
    }
    scan_together(parts_.standard ? parts_.standard->rows.size() : 0, by_standard);
    for (auto& [q, search] : by_standard)
        out[q] =
            with_probabilities(profile, search->query(), search->take(), [this](std::size_t i) { return track(i); });
    return out;
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
