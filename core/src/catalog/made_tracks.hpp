// Tracks made of a catalogue's records when a search compares them; those that were made last are kept.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "catalog/records.hpp"
#include "rank/order.hpp"
#include "similarity/k_best.hpp"

namespace musicsync::catalog {

// Threads may share it. The records must outlive it.
class MadeTracks {
  public:
    explicit MadeTracks(const Records& records);

    [[nodiscard]] std::size_t size() const noexcept { return records_.size(); }
    [[nodiscard]] Track operator[](std::size_t i) const;
    [[nodiscard]] std::string_view id(std::size_t i) const noexcept { return records_.id(i); }

  private:
    static constexpr std::size_t most_kept = std::size_t{1} << 17;  // some 100 MB
    struct Slot {
        std::size_t position = 0;
        std::optional<Track> track{};
    };
    const Records& records_;
    mutable std::vector<Slot> slots_;  // a track has one place: its position, modulo the number of slots
    mutable std::array<std::mutex, 64> locks_;
};

struct IdsOfRecords {
    const MadeTracks* tracks;
    std::string_view operator()(std::size_t i) const noexcept { return tracks->id(i); }
};

// The k best of a catalogue: by score, ties by the tracks' ids and then by their positions.
class BestTracks : public KBest<Ranked, Before<IdsOfRecords>> {
  public:
    BestTracks(const MadeTracks& tracks, std::size_t k, double cutoff) : KBest(k, cutoff, {{&tracks}}) {}
};

}  // namespace musicsync::catalog
