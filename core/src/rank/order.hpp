// Hits in the order of a ranking: by score, ties by id and then by index.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "musicsync/rank.hpp"

namespace musicsync {

// For few hits each one's place is the number of those before it: no branch for a CPU to guess, and the inner loop is
// one for its vector unit. Equal scores stay in the order they came in. False for more, which are left as they are.
inline bool place_by_counting(std::vector<Ranked>& hits) {
    constexpr std::size_t few = 32;
    if (hits.size() > few) return false;
    const std::size_t count = hits.size();
    std::array<double, few> scores;
    std::array<std::int64_t, few> places{};
    std::array<Ranked, few> placed;
    for (std::size_t i = 0; i < count; ++i) scores[i] = hits[i].score;
    for (std::size_t i = 0; i < count; ++i) {  // of two, the one is before the other or behind it
        const double score = scores[i];
        std::int64_t behind = 0;
        for (std::size_t j = i + 1; j < count; ++j) {
            const auto first = static_cast<std::int64_t>(score >= scores[j]);
            places[j] += first;
            behind += first;
        }
        places[i] += static_cast<std::int64_t>(count - i - 1) - behind;
    }
    for (std::size_t i = 0; i < count; ++i) placed[static_cast<std::size_t>(places[i])] = hits[i];
    std::copy_n(placed.begin(), count, hits.begin());
    return true;
}

// Sorts each run of equal scores.
template <class Before>
void settle_ties(std::vector<Ranked>& hits, Before&& before) {
    for (auto run = hits.begin(); run != hits.end();) {
        const auto end =
            std::find_if(run + 1, hits.end(), [run](const Ranked& hit) { return hit.score != run->score; });
        if (end - run > 1) std::sort(run, end, before);
        run = end;
    }
}

// Keeps the `limit` best. `id_of(index)` gives what can be compared as strings are.
template <class IdOf>
void put_in_order(std::vector<Ranked>& hits, std::size_t limit, IdOf&& id_of) {
    const std::size_t kept = std::min(limit, hits.size());
    const auto before = [&id_of](const Ranked& a, const Ranked& b) {
        if (a.score != b.score) return a.score > b.score;
        const int by_id = id_of(a.index).compare(id_of(b.index));
        return by_id != 0 ? by_id < 0 : a.index < b.index;
    };
    if (place_by_counting(hits))
        settle_ties(hits, before);
    else
        std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(kept), hits.end(), before);
    hits.resize(kept);
}

}  // namespace musicsync
