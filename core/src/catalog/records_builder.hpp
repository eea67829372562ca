// Makes records of tracks that come one part after the other.
//
//   RecordsBuilder builder;
//   builder.add(tracks);
//   const Records records = std::move(builder).build();
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/records.hpp"
#include "musicsync/columns.hpp"
#include "musicsync/track.hpp"

namespace musicsync::catalog {

class RecordsBuilder {
  public:
    // Fields are those of tracks, so they are clean. A thread adds the titles, another one the albums, and so on;
    // `threads` 0: over all cores.
    void add(std::span<const Track> tracks, int threads = 0);
    void add(std::span<const Track::Fields> tracks, int threads = 0);
    // Of a part of a file (jsonl.hpp), which is clean and has no aliases.
    void add(const TrackColumns& tracks, int threads = 0);
    [[nodiscard]] std::size_t size() const noexcept { return years_.size(); }
    [[nodiscard]] bool overflown() const noexcept;
    [[nodiscard]] Records build() &&;

  private:
    // Texts that are not told apart.
    struct Appender {
        std::vector<char> bytes{};
        std::vector<std::uint32_t> begins{0};
        bool overflown = false;
        void add(std::string_view text);
        [[nodiscard]] Strings strings() && { return {std::move(bytes), begins}; }
    };
    // Distinct texts, and which one each track has.
    struct Field {
        TextsBuilder texts{};
        std::vector<std::uint32_t> of{};
        void add(std::span<const std::string_view> some);
    };
    template <class Source>
    void add_all(const Source& source, int threads);
    template <class Source>
    void add_credits(const Source& source);
    template <class Source>
    void add_codes(const Source& source);
    template <class Source>
    void add_others(const Source& source);

    Appender ids_;
    Field titles_;
    Field credits_;
    Field albums_;
    std::vector<Code> codes_;
    std::vector<std::uint32_t> durations_;
    std::vector<std::uint16_t> years_;
    std::vector<std::uint8_t> explicit_;
    std::vector<std::uint32_t> read_;
    Appender title_readings_;
    Appender artist_readings_;
};

}  // namespace musicsync::catalog
