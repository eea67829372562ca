// Many queries decided against a catalogue, and the catalogue against itself.
#include <algorithm>
#include <numeric>

#include "catalog/state.hpp"
#include "musicsync/catalog.hpp"
#include "parallel/for_blocks.hpp"

namespace musicsync {
namespace {

// Positions of the tracks that a query is compared with: the best ones, then others that carry its ISRC.
std::vector<std::size_t> chosen(const catalog::Shards& shards, const Profile& profile, const Track& query,
                                const JoinOptions& options) {
    std::vector<std::size_t> out;
    for (const Ranked& hit : shards.search(profile, query, options.limit, options.cutoff)) out.push_back(hit.index);
    const std::size_t best = out.size();
    for (const std::size_t position : shards.with_code(query.isrc())) {
        if (out.size() == best + options.limit) break;
        const auto end = out.begin() + static_cast<std::ptrdiff_t>(best);
        if (std::find(out.begin(), end, position) == end) out.push_back(position);
    }
    return out;
}

std::vector<Track> tracks_at(const catalog::Shards& shards, std::span<const std::size_t> positions) {
    std::vector<Track> out;
    out.reserve(positions.size());
    for (const std::size_t position : positions) out.push_back(shards.track(position));
    return out;
}

Decision decide_among(const catalog::Shards& shards, const Profile& profile, const Track& query,
                      const JoinOptions& options) {
    const std::vector<std::size_t> positions = chosen(shards, profile, query, options);
    Decision out = decide(profile, query, tracks_at(shards, positions), options.accept);
    if (out.best) out.best = positions[*out.best];
    if (out.rival) out.rival = positions[*out.rival];
    for (Judged& judged : out.candidates) judged.index = positions[judged.index];
    return out;
}

// Of the candidates those that would be accepted, each for itself.
void add_same_behind(const catalog::Shards& shards, const Profile& profile, std::size_t position,
                     const JoinOptions& options, std::vector<SamePair>& out) {
    const std::size_t before = out.size();
    for (const Judged& judged : decide_among(shards, profile, shards.track(position), options).candidates) {
        const bool accepted = judged.vetoes.empty() && profile.accepts(judged.probability.value_or(judged.score));
        if (accepted && judged.index > position)
            out.push_back({static_cast<std::uint32_t>(position), static_cast<std::uint32_t>(judged.index)});
    }
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(),
              [](const SamePair& a, const SamePair& b) { return a.second < b.second; });
}

}  // namespace

Result<std::vector<Decision>> Catalog::join(const Profile& profile, std::span<const Track> queries,
                                            const JoinOptions& options, const Work& work) const {
    std::vector<Decision> out(queries.size());
    const bool done = parallel::for_blocks(queries.size(), 1, work, [&](std::size_t begin, std::size_t end) {
        for (std::size_t q = begin; q < end; ++q) out[q] = decide_among(state_->shards, profile, queries[q], options);
    });
    if (!done) return parallel::cancelled();
    return out;
}

Result<std::vector<SamePair>> Catalog::duplicates(const Profile& profile, std::size_t first, std::size_t last,
                                                  const JoinOptions& options, const Work& work) const {
    const std::size_t behind = std::min(last, size());
    std::vector<std::vector<SamePair>> of_each(behind - std::min(first, behind));
    const bool done = parallel::for_blocks(of_each.size(), 1, work, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            add_same_behind(state_->shards, profile, first + i, options, of_each[i]);
    });
    if (!done) return parallel::cancelled();
    std::vector<SamePair> out;
    for (const std::vector<SamePair>& some : of_each) out.insert(out.end(), some.begin(), some.end());
    return out;
}

Result<std::vector<std::uint32_t>> Catalog::deduplicate(const Profile& profile, const JoinOptions& options,
                                                        const Work& work) const {
    const Result<std::vector<SamePair>> pairs = duplicates(profile, 0, size(), options, work);
    if (!pairs) return pairs.error();
    return groups_of(size(), *pairs);
}

std::vector<std::uint32_t> groups_of(std::size_t count, std::span<const SamePair> pairs) {
    std::vector<std::uint32_t> out(count);
    std::iota(out.begin(), out.end(), 0U);
    const auto first_of = [&out](std::uint32_t i) {
        while (out[i] != i) i = out[i] = out[out[i]];
        return i;
    };
    for (const SamePair& pair : pairs) {
        const std::uint32_t a = first_of(pair.first);
        const std::uint32_t b = first_of(pair.second);
        out[std::max(a, b)] = std::min(a, b);
    }
    for (std::uint32_t& one : out) one = out[one];  // lower ones stand before and are done
    return out;
}

}  // namespace musicsync
