// The tracks of a catalogue in the order in which they are searched: by credit, then by album, so that tracks of one
// album stand side by side and what is known of their credit and album is worked out once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/column.hpp"
#include "catalog/signature.hpp"
#include "catalog/texts.hpp"

namespace musicsync::catalog {

// Rows of one credit and one album.
struct Groups {
    Column<std::uint32_t> begins;  // rows; one more than there are groups
    Column<std::uint32_t> credits;
    Column<std::uint32_t> albums;
    SignatureColumns signatures;  // of the albums
    [[nodiscard]] std::size_t size() const noexcept { return credits.size(); }
    // The group of a row.
    [[nodiscard]] std::size_t of(std::size_t row) const noexcept;

    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        visit("begins", self.begins);
        visit("credits", self.credits);
        visit("albums", self.albums);
        SignatureColumns::columns(self.signatures, visit.inside("signatures"));
    }
};

// Of a score: bounds are floats, and err towards comparing by this.
inline constexpr double rounding = 1e-4;

struct Rows {
    // Rows that are looked at together, while their part of each column is in the cache.
    static constexpr std::size_t in_chunk = 8192;

    Texts titles;
    Texts credits;
    Texts albums;
    Column<std::uint32_t> tracks;  // the position of each row's track
    Column<std::uint32_t> title_of;
    SignatureColumns title_signatures;  // of each row
    Groups groups;
    Column<std::uint32_t> others;  // tracks without a row: those that do not fit or have too long a text

    [[nodiscard]] std::size_t size() const noexcept { return tracks.size(); }
    // From the first row of a credit to behind its last.
    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> rows_of_credit(std::uint32_t credit) const noexcept;

    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        Texts::columns(self.titles, visit.inside("titles"));
        Texts::columns(self.credits, visit.inside("credits"));
        Texts::columns(self.albums, visit.inside("albums"));
        visit("tracks", self.tracks);
        visit("title_of", self.title_of);
        SignatureColumns::columns(self.title_signatures, visit.inside("title_signatures"));
        Groups::columns(self.groups, visit.inside("groups"));
        visit("others", self.others);
    }
};

// Takes tracks as they come, with their texts as they are compared, in UTF-8.
class RowsBuilder {
  public:
    // One that has a text of too many symbols gets no row: false.
    bool add(std::uint32_t track, std::string_view title, std::string_view credit, std::string_view album);
    void leave_out(std::uint32_t track) { others_.push_back(track); }
    [[nodiscard]] bool overflown() const noexcept;
    // And in `order`, if there is one: of each row the how manieth it was that was added.
    [[nodiscard]] Rows build(std::vector<std::uint32_t>* order = nullptr) &&;

  private:
    struct Added {
        std::uint32_t credit;
        std::uint32_t album;
        std::uint32_t title;
        std::uint32_t track;
    };
    TextsBuilder titles_;
    TextsBuilder credits_;
    TextsBuilder albums_;
    std::vector<Added> added_;
    std::vector<std::uint32_t> others_;
};

// The credits that add most to a score, best first: what their tracks score is a good guess of what the best tracks do.
[[nodiscard]] std::vector<std::uint32_t> best_credits(std::span<const float> artists);

}  // namespace musicsync::catalog
