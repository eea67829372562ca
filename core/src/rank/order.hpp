// Hits in the order of a ranking: by score, ties by id and then by index.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <vector>

#include "musicsync/rank.hpp"

namespace musicsync {

// Behind the others, field by field: a whole Ranked that was just put together keeps a CPU waiting for its parts.
inline void add_hit(std::vector<Ranked>& hits, std::size_t index, double score) {
    Ranked& hit = hits.emplace_back();
    hit.index = index;
    hit.score = score;
}

// A score in 26 bits: where two of them differ, the scores do, in the same order.
inline std::int32_t coarse(double score) noexcept {
    constexpr double most = (1 << 26) - 1;
    return static_cast<std::int32_t>(std::clamp(score, 0.0, 1.0) * most);
}

// For few hits each one's place is the number of those before it: no branch for a CPU to guess, and the inner loop is
// one for its vector unit. Equal coarse scores stay in the order they came in. False for more, which are left as they
// are.
inline bool place_by_counting(std::vector<Ranked>& hits) {
    constexpr std::size_t few = 32;
    const std::size_t count = hits.size();
    if (count == 0) return true;  // a vector of none has no memory to copy to
    if (count > few) return false;
    std::array<std::int32_t, few> keys;  // no two are equal
    std::array<std::int32_t, few> places{};
    static_assert(std::is_trivially_copyable_v<Ranked>);
    alignas(Ranked) std::array<std::byte, few * sizeof(Ranked)> placed;
    for (std::size_t i = 0; i < count; ++i)
        keys[i] = coarse(hits[i].score) * static_cast<std::int32_t>(few) + static_cast<std::int32_t>(few - 1 - i);
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < count; ++j) places[j] += keys[i] > keys[j] ? 1 : 0;
    }
    for (std::size_t i = 0; i < count; ++i)
        std::memcpy(placed.data() + static_cast<std::size_t>(places[i]) * sizeof(Ranked), &hits[i], sizeof(Ranked));
    std::memcpy(hits.data(), placed.data(), count * sizeof(Ranked));
    return true;
}

// Sorts each run of equal coarse scores. Most are in order as they came in: many scores are 0, and have no id.
template <class Before>
void settle_ties(std::vector<Ranked>& hits, Before&& before) {
    for (auto run = hits.begin(); run != hits.end();) {
        const auto end = std::find_if(run + 1, hits.end(), [score = coarse(run->score)](const Ranked& hit) {
            return coarse(hit.score) != score;
        });
        if (end - run > 1 && !std::is_sorted(run, end, before)) std::sort(run, end, before);
        run = end;
    }
}

// The order of hits. `id_of(index)` gives what can be compared as strings are.
template <class IdOf>
struct Before {
    IdOf id_of;
    bool operator()(const Ranked& a, const Ranked& b) const {
        if (a.score != b.score) return a.score > b.score;
        const int by_id = id_of(a.index).compare(id_of(b.index));
        return by_id != 0 ? by_id < 0 : a.index < b.index;
    }
};

// Keeps the `limit` best.
template <class IdOf>
void put_in_order(std::vector<Ranked>& hits, std::size_t limit, IdOf id_of) {
    const std::size_t kept = std::min(limit, hits.size());
    const Before<IdOf> before{id_of};
    if (place_by_counting(hits))
        settle_ties(hits, before);
    else
        std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(kept), hits.end(), before);
    hits.resize(kept);
}

}  // namespace musicsync
