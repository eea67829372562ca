#include "musicsync/catalog.hpp"

#include <string>
#include <unordered_map>

#include "catalog/index.hpp"
#include "musicsync/normalize.hpp"
#include "musicsync/rank.hpp"
#include "parallel/for_blocks.hpp"

namespace musicsync {
namespace {

// Of fewer tracks each is compared: nothing has to be made ready for that.
constexpr std::size_t worth_an_index = 2048;

}  // namespace

struct Catalog::State {
    explicit State(std::vector<Track> given) : tracks(std::move(given)), index(tracks) {
        for (std::size_t i = 0; i < tracks.size(); ++i) {
            if (!tracks[i].isrc().empty()) by_isrc[tracks[i].isrc()].push_back(i);
        }
    }
    [[nodiscard]] std::span<const std::size_t> with_isrc(const std::string& code) const {
        const auto found = code.empty() ? by_isrc.end() : by_isrc.find(code);
        return found == by_isrc.end() ? std::span<const std::size_t>{} : found->second;
    }

    std::vector<Track> tracks;
    std::unordered_map<std::string, std::vector<std::size_t>> by_isrc;
    catalog::Index index;
};

Catalog::Catalog() : Catalog(build({})) {}

Catalog Catalog::build(std::vector<Track> tracks) { return Catalog(std::make_shared<const State>(std::move(tracks))); }

std::span<const Track> Catalog::tracks() const noexcept { return state_->tracks; }

std::vector<Ranked> Catalog::search(const Profile& profile, const Track& query, std::size_t k, double cutoff) const {
    return std::move(search_batch(profile, {&query, 1}, k, cutoff)->front());  // nobody stops it
}

Result<std::vector<std::vector<Ranked>>> Catalog::search_batch(const Profile& profile, std::span<const Track> queries,
                                                               std::size_t k, double cutoff, const Work& work) const {
    if (size() < worth_an_index) return matrix_top_k(profile, queries, tracks(), k, cutoff, work);
    std::vector<std::vector<Ranked>> out(queries.size());
    const bool done = parallel::for_blocks(queries.size(), 1, work, [&](std::size_t begin, std::size_t end) {
        for (std::size_t q = begin; q < end; ++q)
            out[q] = state_->index.search(profile, queries[q], k, cutoff, state_->with_isrc(queries[q].isrc()));
    });
    if (!done) return parallel::cancelled();
    return out;
}

Result<std::vector<std::size_t>> Catalog::lookup_isrc(std::string_view code) const {
    Result<std::string> canonical = parse_isrc(code);
    if (!canonical) return canonical.error();
    const std::span<const std::size_t> found = state_->with_isrc(*canonical);
    return std::vector<std::size_t>(found.begin(), found.end());
}

}  // namespace musicsync
