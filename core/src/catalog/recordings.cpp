// The best recordings of a catalogue, whose releases are many.
#include <algorithm>

#include "catalog/state.hpp"
#include "musicsync/catalog.hpp"
#include "musicsync/score.hpp"

namespace musicsync {
namespace {

constexpr std::size_t releases_each = 4;  // more than most recordings have among the best

// What a ranking holds of the first `k` recordings.
struct Grouped {
    std::vector<std::vector<Ranked>> recordings;
    bool whole = false;  // the next recording was seen
};

Grouped grouped(const catalog::Shards& shards, const Profile& profile, const std::vector<Ranked>& hits, std::size_t k) {
    Grouped out;
    std::vector<Track> best;
    for (const Ranked& hit : hits) {
        Track track = shards.track(hit.index);
        const auto same = std::find_if(best.begin(), best.end(),
                                       [&](const Track& one) { return same_recording(profile, one, track); });
        if (same != best.end()) {
            out.recordings[static_cast<std::size_t>(same - best.begin())].push_back(hit);
            continue;
        }
        if (best.size() == k) {
            out.whole = true;
            break;
        }
        best.push_back(std::move(track));
        out.recordings.push_back({hit});
    }
    return out;
}

}  // namespace

std::vector<std::vector<Ranked>> Catalog::search_recordings(const Profile& profile, const Track& query, std::size_t k,
                                                            double cutoff, const Filter& filter) const {
    if (k == 0 || size() == 0) return {};
    std::size_t asked = std::min(k, size()) * releases_each;
    while (true) {
        const std::vector<Ranked> hits = search(profile, query, asked, cutoff, filter);
        Grouped found = grouped(state_->shards, profile, hits, k);
        if (found.whole || hits.size() < asked) return std::move(found.recordings);
        asked *= releases_each;
    }
}

}  // namespace musicsync
