// One query's search by `classic` rules: exact, out of the texts of the rows alone. docs/catalogue.md has the bounds.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "catalog/asked_text.hpp"
#include "catalog/made_tracks.hpp"
#include "catalog/rows.hpp"
#include "musicsync/profile.hpp"
#include "musicsync/rank.hpp"

namespace musicsync::catalog {

// A catalogue's tracks as `classic` compares them.
[[nodiscard]] Rows classic_rows(const Records& records);

class ClassicSearch {
  public:
    // What a search writes down of a chunk. Searches that take turns share it, so that it stays in the cache.
    class Room {
        friend ClassicSearch;
        static constexpr std::size_t at_once = 256;  // rows that are compared

        std::vector<std::uint8_t> needs_;  // of each group
        std::array<std::uint64_t, Rows::in_chunk / 64 + 1> group_bits_;
        std::array<std::uint32_t, Rows::in_chunk> survivors_;
        // Rows that are compared in all fields.
        std::size_t left_ = 0;
        std::array<std::uint32_t, at_once> tracks_;
        std::array<std::uint32_t, at_once> credits_;
        std::array<std::uint32_t, at_once> albums_;
        std::array<double, at_once> titles_;  // what they add to the score
    };
    // `equal_codes`: tracks with the query's ISRC, which settles it. `beside`: of the rows.
    ClassicSearch(const Profile& profile, const Rows& rows, const BesideRows& beside, const MadeTracks& tracks,
                  const Track& query, const Wanted& wanted, std::vector<std::uint32_t> equal_codes, Room& room);

    // Looks at some rows. Any order of calls that covers all rows once finds the best.
    void scan(std::size_t begin, std::size_t end);
    [[nodiscard]] std::vector<Ranked> take() { return best_.take(); }

  private:
    void seed();
    void scan_chunk(std::size_t begin, std::size_t end);
    [[nodiscard]] std::span<const std::uint32_t> survivors(std::size_t begin, std::size_t end);
    void compare(std::span<const std::uint32_t> rows);
    void offer_left();
    void offer(std::uint32_t track, double score);

    const Profile& profile_;
    const Rows& rows_;
    const BesideRows& beside_;
    std::vector<std::uint32_t> equal_codes_;
    AskedText title_;
    AskedText artist_;
    AskedText album_;
    std::vector<float> artists_;  // what each credit adds to a score, at most
    BestTracks best_;
    Room& room_;
};

}  // namespace musicsync::catalog
