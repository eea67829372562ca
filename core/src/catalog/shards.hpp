// Searches of a catalogue that lies in one file or in several: exact, as one of all tracks would be.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "catalog/index.hpp"
#include "catalog/removed.hpp"
#include "musicsync/profile.hpp"
#include "musicsync/rank.hpp"
#include "musicsync/work.hpp"

namespace musicsync::catalog {

struct Shard {
    std::shared_ptr<const Index> index;
    Removed removed{};
    std::size_t first = 0;  // position of its first track in the catalogue; Shards sets it
    [[nodiscard]] std::size_t size() const noexcept { return index->records().size() - removed.size(); }
};

// A position counts the tracks that are there over all shards, in their order. Threads may share it.
class Shards {
  public:
    explicit Shards(std::vector<Shard> shards);

    [[nodiscard]] const std::vector<Shard>& all() const noexcept { return shards_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] Track track(std::size_t position) const;
    [[nodiscard]] std::string_view id(std::size_t position) const noexcept;
    // Positions of tracks with a canonical code, in order; none for an empty one.
    [[nodiscard]] std::vector<std::size_t> with_code(std::string_view code) const;

    // The best of all tracks, as rank() finds them.
    [[nodiscard]] std::vector<Ranked> search(const Profile& profile, const Track& query, std::size_t k, double cutoff,
                                             const Filter& filter = {}) const;
    // Errc::cancelled.
    [[nodiscard]] Result<std::vector<std::vector<Ranked>>> search_batch(const Profile& profile,
                                                                        std::span<const Track> queries, std::size_t k,
                                                                        double cutoff, const Filter& filter,
                                                                        const Work& work) const;
    // Adds all tracks, made anew. False where `work.progress` stopped it.
    [[nodiscard]] bool add_to(PartsBuilder& builder, const Work& work) const;
    // Of a catalogue that has all of its tracks in one; nothing of others.
    [[nodiscard]] const Parts* only_parts() const noexcept {
        const bool whole = shards_.size() == 1 && shards_.front().removed.size() == 0;
        return whole ? &shards_.front().index->parts() : nullptr;
    }
    // All tracks in one: its parts, made anew. Errc::too_long, Errc::cancelled.
    [[nodiscard]] Result<Parts> merged(const Work& work) const;

  private:
    [[nodiscard]] std::vector<std::vector<Ranked>> search_together(const Profile& profile,
                                                                   std::span<const Track> queries, std::size_t k,
                                                                   double cutoff, const Filter& filter) const;
    [[nodiscard]] Track::Fields fields_of(std::size_t position) const;
    [[nodiscard]] const Shard& shard_of(std::size_t position) const noexcept;

    std::vector<Shard> shards_;  // one at least
    std::size_t size_ = 0;
};

}  // namespace musicsync::catalog
