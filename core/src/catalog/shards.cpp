#include "catalog/shards.hpp"

#include <algorithm>
#include <utility>

#include "parallel/for_blocks.hpp"
#include "rank/order.hpp"

namespace musicsync::catalog {
namespace {

constexpr std::size_t tracks_at_once = 16384;  // that are made to be merged
constexpr std::size_t tracks_per_task = 256;
constexpr std::size_t most_together = 16;  // queries

struct IdsOfShards {
    const Shards* shards;
    std::string_view operator()(std::size_t position) const noexcept { return shards->id(position); }
};

}  // namespace

Shards::Shards(std::vector<Shard> shards) : shards_(std::move(shards)) {
    if (shards_.empty()) shards_.push_back({std::make_shared<const Index>(Parts{})});
    for (Shard& shard : shards_) {
        shard.first = size_;
        size_ += shard.size();
    }
}

const Shard& Shards::shard_of(std::size_t position) const noexcept {
    const auto behind = std::upper_bound(shards_.begin(), shards_.end(), position,
                                         [](std::size_t at, const Shard& shard) { return at < shard.first; });
    return *std::prev(behind);
}

Track Shards::track(std::size_t position) const {
    const Shard& shard = shard_of(position);
    return shard.index->track(shard.removed.place_of(position - shard.first));
}

std::string_view Shards::id(std::size_t position) const noexcept {
    const Shard& shard = shard_of(position);
    return shard.index->records().id(shard.removed.place_of(position - shard.first));
}

std::vector<std::size_t> Shards::with_code(std::string_view code) const {
    std::vector<std::size_t> out;
    for (const Shard& shard : shards_) {
        for (const std::uint32_t place : shard.index->records().with_code(code)) {
            if (!shard.removed.has(place)) out.push_back(shard.first + shard.removed.rank_of(place));
        }
    }
    return out;
}

std::vector<Ranked> Shards::search(const Profile& profile, const Track& query, std::size_t k, double cutoff,
                                   const Filter& filter) const {
    return std::move(search_together(profile, {&query, 1}, k, cutoff, filter).front());
}

// The k-th best score so far is what the next shard has to reach.
std::vector<std::vector<Ranked>> Shards::search_together(const Profile& profile, std::span<const Track> queries,
                                                         std::size_t k, double cutoff, const Filter& filter) const {
    std::vector<std::vector<Ranked>> best(queries.size());
    std::vector<Wanted> wanted;
    for (const Shard& shard : shards_) {
        wanted.clear();
        for (const std::vector<Ranked>& hits : best) {
            const double floor = k > 0 && hits.size() == k ? std::max(cutoff, hits.back().score) : cutoff;
            wanted.push_back({k, floor, filter, shard.removed});
        }
        std::vector<std::vector<Ranked>> found = shard.index->search_together(profile, queries, wanted);
        for (std::size_t q = 0; q < queries.size(); ++q) {
            for (Ranked& hit : found[q]) hit.index = shard.first + shard.removed.rank_of(hit.index);
            best[q].insert(best[q].end(), found[q].begin(), found[q].end());
            if (shards_.size() > 1) put_in_order(best[q], k, IdsOfShards{this});
        }
    }
    return best;
}

Result<std::vector<std::vector<Ranked>>> Shards::search_batch(const Profile& profile, std::span<const Track> queries,
                                                              std::size_t k, double cutoff, const Filter& filter,
                                                              const Work& work) const {
    const Parts* const only = only_parts();
    if (only != nullptr && !only->standard && filter == Filter{})
        return matrix_top_k(profile, queries, shards_.front().index->few(), k, cutoff, work);
    std::vector<std::vector<Ranked>> out(queries.size());
    // Together they read the rows once, but all threads are to have some.
    const auto threads = static_cast<std::size_t>(work.threads > 0 ? work.threads : parallel::allowed_threads());
    const std::size_t parts = threads == 1 ? 1 : 2 * threads;
    const std::size_t together = std::clamp<std::size_t>(queries.size() / parts, 1, most_together);
    const bool done = parallel::for_blocks(queries.size(), together, work, [&](std::size_t begin, std::size_t end) {
        for (; begin < end; begin += together) {
            const std::size_t count = std::min(together, end - begin);
            auto found = search_together(profile, queries.subspan(begin, count), k, cutoff, filter);
            std::move(found.begin(), found.end(), out.begin() + static_cast<std::ptrdiff_t>(begin));
        }
    });
    if (!done) return parallel::cancelled();
    return out;
}

// Of fields that no track can have, which only a damaged file has, none.
Track::Fields Shards::fields_of(std::size_t position) const {
    const Shard& shard = shard_of(position);
    Track::Fields fields = shard.index->records().fields(shard.removed.place_of(position - shard.first));
    return Track::clean(fields) ? Track::Fields() : fields;
}

bool Shards::add_to(PartsBuilder& builder, const Work& work) const {
    for (std::size_t begin = 0; begin < size_; begin += tracks_at_once) {
        std::vector<Track::Fields> tracks(std::min(tracks_at_once, size_ - begin));
        const auto read = [&](std::size_t first, std::size_t end) {
            for (std::size_t i = first; i < end; ++i) tracks[i] = fields_of(begin + i);
        };
        if (!parallel::for_blocks(tracks.size(), tracks_per_task, parallel::part_of(work, begin, 1, size_), read))
            return false;
        builder.add(tracks, work.threads);
    }
    return true;
}

Result<Parts> Shards::merged(const Work& work) const {
    PartsBuilder builder;
    if (!add_to(builder, work)) return parallel::cancelled();
    return std::move(builder).build();
}

}  // namespace musicsync::catalog
