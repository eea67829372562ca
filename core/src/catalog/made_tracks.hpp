// Tracks made of a catalogue's records when a search compares them; the first ones are kept.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string_view>

#include "catalog/records.hpp"
#include "catalog/removed.hpp"
#include "rank/order.hpp"
#include "similarity/k_best.hpp"

namespace musicsync::catalog {

// What a search is to find: `k` tracks with a score of `cutoff` or more. Filter and removed ones must outlive it.
struct Wanted {
    std::size_t k;
    double cutoff;
    const Filter& filter;
    const Removed& removed;
};

// Threads may share it; none waits for another. The records must outlive it.
class MadeTracks {
  public:
    // Where a track is that is not kept.
    using Room = std::optional<Track>;

    // Of records that were read as reading() said then; those that are made when it says otherwise are not kept.
    MadeTracks(const Records& records, std::uint64_t read_as);
    MadeTracks(const MadeTracks&) = delete;
    MadeTracks& operator=(const MadeTracks&) = delete;
    ~MadeTracks();

    [[nodiscard]] std::size_t size() const noexcept { return records_.size(); }
    // Valid as long as both this and the room, until that is used again.
    [[nodiscard]] const Track& at(std::size_t i, Room& room) const;
    // Before at(), which then does not wait for memory.
    void prefetch(std::size_t i) const noexcept { __builtin_prefetch(places_.get() + i); }
    [[nodiscard]] std::string_view id(std::size_t i) const noexcept { return records_.id(i); }
    [[nodiscard]] bool passes(std::size_t i, const Filter& filter) const noexcept { return records_.pass(i, filter); }

  private:
    static constexpr std::size_t most_kept = std::size_t{1} << 17;  // some 200 MB
    struct Free {
        void operator()(void* memory) const noexcept { std::free(memory); }
    };
    const Records& records_;
    std::uint64_t read_as_;
    // A place for each track. Memory that nobody has touched yet is zeros, and takes no room.
    std::unique_ptr<const Track*[], Free> places_;
    mutable std::atomic<std::size_t> kept_{0};
};

struct IdsOfRecords {
    const MadeTracks* tracks;
    std::string_view operator()(std::size_t i) const noexcept { return tracks->id(i); }
};

// The k best of a catalogue: by score, ties by the tracks' ids and then by their positions.
class BestTracks : public KBest<Ranked, Before<IdsOfRecords>> {
  public:
    BestTracks(const MadeTracks& tracks, const Wanted& wanted)
        : KBest(wanted.k, wanted.cutoff, {{&tracks}}),
          tracks_(tracks),
          filter_(wanted.filter),
          removed_(wanted.removed) {}

    [[nodiscard]] bool admits(std::size_t track) const noexcept {
        return !removed_.has(track) && tracks_.passes(track, filter_);
    }
    void offer(const Ranked& hit) {
        if (admits(hit.index)) KBest::offer(hit);
    }

  private:
    const MadeTracks& tracks_;
    const Filter& filter_;
    const Removed& removed_;
};

}  // namespace musicsync::catalog
