// Tracks to search in, in memory.
//
//   const auto catalog = musicsync::Catalog::build(std::move(tracks));
//   for (const musicsync::Ranked& hit : catalog.search(profile, query, 10)) use(catalog[hit.index]);
//
// Every search is exact: the tracks, scores and order of comparing with all of them (ties by id, then by position),
// whatever the number of threads. A catalogue is immutable and may be used from many threads; copies share all.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "musicsync/rank.hpp"
#include "musicsync/work.hpp"

namespace musicsync {

class Catalog {
  public:
    Catalog();  // without tracks
    [[nodiscard]] static Catalog build(std::vector<Track> tracks);

    [[nodiscard]] std::size_t size() const noexcept { return tracks().size(); }
    [[nodiscard]] const Track& operator[](std::size_t index) const noexcept { return tracks()[index]; }
    [[nodiscard]] std::span<const Track> tracks() const noexcept;

    // The `k` best tracks with a score of `cutoff` or more, best first. Cost: a look at a few bytes of each track, and
    // a comparison of those that may be among them (docs/catalogue.md). The first search by a profile's kind of rules
    // makes ready for all others: seconds for a million tracks.
    [[nodiscard]] std::vector<Ranked> search(const Profile& profile, const Track& query, std::size_t k,
                                             double cutoff = 0.0) const;

    // The same for many queries at once. Errc::cancelled where `work.progress` stopped it.
    [[nodiscard]] Result<std::vector<std::vector<Ranked>>> search_batch(const Profile& profile,
                                                                        std::span<const Track> queries, std::size_t k,
                                                                        double cutoff = 0.0,
                                                                        const Work& work = {}) const;

    // Positions of the tracks that carry the code, in order; any spelling of it. Errc::invalid_isrc.
    [[nodiscard]] Result<std::vector<std::size_t>> lookup_isrc(std::string_view code) const;

  private:
    struct State;
    explicit Catalog(std::shared_ptr<const State> state) noexcept : state_(std::move(state)) {}
    std::shared_ptr<const State> state_;
};

}  // namespace musicsync
