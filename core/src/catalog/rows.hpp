// The tracks of a catalogue in the order in which they are searched: by credit, then by album, so that tracks of one
// album stand side by side and what is known of their credit and album is worked out once.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/column.hpp"
#include "catalog/forms.hpp"
#include "catalog/packed.hpp"
#include "catalog/records.hpp"
#include "catalog/signature.hpp"
#include "catalog/text_columns.hpp"
#include "catalog/texts.hpp"

namespace musicsync::catalog {

// Rows of one credit and one album.
struct Groups {
    Column<std::uint32_t> begins;  // rows; one more than there are groups
    Column<std::uint32_t> credits;
    Packed<std::uint32_t> albums;
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

// Which group rows are in, looked up at once: a bit for each row with which a group begins, and how many groups begin
// before each 64 rows. Behind the last row there are 64 bits more.
class GroupOfRows {
  public:
    GroupOfRows() = default;
    explicit GroupOfRows(const Groups& groups);
    [[nodiscard]] std::size_t operator[](std::size_t row) const noexcept {
        const std::uint64_t up_to_row = (std::uint64_t{2} << (row % 64)) - 1;
        return before_[row / 64] + static_cast<std::size_t>(__builtin_popcountll(bits_[row / 64] & up_to_row)) - 1;
    }
    // The bits of some rows as kernels take them, in a room that has one for each, and 64 more.
    [[nodiscard]] const std::uint64_t* bits(std::size_t begin, std::size_t end,
                                            std::span<std::uint64_t> room) const noexcept;

  private:
    std::vector<std::uint64_t> bits_;
    std::vector<std::uint32_t> before_;
};

// What all searches of rows need beside them, made for the first one.
struct BesideRows {
    TextColumns credits;  // of the texts that credits are compared by
    GroupOfRows group_of;

    BesideRows(const Texts& of_credits, const Groups& groups);
};

// Of a score: bounds are floats, and err towards comparing by this.
inline constexpr double rounding = 1e-4;

struct Rows {
    // Rows that are looked at together, while their part of each column is in the cache.
    static constexpr std::size_t in_chunk = 8192;

    Texts titles;   // without signatures, as the albums: rows and groups have them
    Texts credits;  // of `standard` without
    Texts albums;
    Packed<std::uint32_t> tracks;  // the position of each row's track
    Packed<std::uint32_t> title_of;
    SignatureColumns title_signatures;  // of each row
    Groups groups;
    Column<std::uint32_t> others;  // tracks without a row: those that do not fit or have too long a text

    [[nodiscard]] std::size_t size() const noexcept { return tracks.size(); }
    // From the first row of a credit to behind its last.
    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> rows_of_credit(std::uint32_t credit) const noexcept;

    // But for the signatures of the credits.
    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        Texts::unsigned_columns(self.titles, visit.inside("titles"));
        Texts::unsigned_columns(self.credits, visit.inside("credits"));
        Texts::unsigned_columns(self.albums, visit.inside("albums"));
        visit("tracks", self.tracks);
        visit("title_of", self.title_of);
        SignatureColumns::columns(self.title_signatures, visit.inside("title_signatures"));
        Groups::columns(self.groups, visit.inside("groups"));
        visit("others", self.others);
    }
};

// One field of rows in the making: its distinct texts, and which one each row has.
class RowField {
  public:
    // For tracks of records that have so many texts.
    explicit RowField(std::size_t texts) : known_(texts, none) { texts_.reserve(texts); }

    // What the next row has: the form of a text of the records, whose number is `given`, or a text of its own.
    struct Next {
        static constexpr std::uint32_t own = ~std::uint32_t{0};
        std::uint32_t given = own;
        std::string_view text{};
    };
    // next(i) of the next `rows` rows.
    template <class NextOf>
    void add(std::size_t rows, const Forms& forms, NextOf next);
    [[nodiscard]] bool overflown() const noexcept { return texts_.overflown(); }
    [[nodiscard]] std::size_t texts() const noexcept { return texts_.size(); }
    [[nodiscard]] const std::vector<std::uint32_t>& of() const noexcept { return of_; }
    [[nodiscard]] Texts signed_texts() && { return std::move(texts_).signed_texts(); }
    // The same, numbered in the order of `ids`, which takes the new numbers.
    [[nodiscard]] Texts signed_texts_in_order(std::vector<std::uint32_t>& ids) && {
        texts_.put_in_order(ids);
        return std::move(texts_).signed_texts();
    }

  private:
    static constexpr std::uint32_t none = ~std::uint32_t{0};
    TextsBuilder texts_;
    std::vector<std::uint32_t> of_;
    std::vector<std::uint32_t> known_;  // numbers of forms, by those of the records' texts
};

// New texts are added together, which is faster than one by one: until then rows have their place among these.
template <class NextOf>
void RowField::add(std::size_t rows, const Forms& forms, NextOf next) {
    constexpr std::uint32_t is_place = std::uint32_t{1} << 31;
    std::vector<std::string_view> texts;
    std::vector<std::uint32_t> fresh;  // forms among them
    const std::size_t before = of_.size();
    const auto place_of = [&texts](std::string_view text) {
        texts.push_back(text);
        return static_cast<std::uint32_t>(texts.size() - 1) | is_place;
    };
    for (std::size_t i = 0; i < rows; ++i) {
        const Next row = next(i);
        if (row.given == Next::own) {
            of_.push_back(place_of(row.text));
            continue;
        }
        if (known_[row.given] == none) {
            fresh.push_back(row.given);
            known_[row.given] = place_of(forms[row.given]);
        }
        of_.push_back(known_[row.given]);
    }
    std::vector<std::uint32_t> ids(texts.size());
    texts_.add(texts, ids.data());
    const auto settle = [&ids](std::uint32_t& of) {
        if ((of & is_place) != 0) of = ids[of & ~is_place];
    };
    for (const std::uint32_t given : fresh) settle(known_[given]);
    std::for_each(of_.begin() + static_cast<std::ptrdiff_t>(before), of_.end(), settle);
}

// Takes tracks in their order. Threads may add to different fields at once; of each track that is added, each field is
// to be told.
class RowsBuilder {
  public:
    explicit RowsBuilder(const Records& records)
        : titles_(records.titles.size()), credits_(records.credits.size()), albums_(records.albums.size()) {}

    void add(std::uint32_t track) { tracks_.push_back(track); }
    void leave_out(std::uint32_t track) { others_.push_back(track); }
    [[nodiscard]] std::size_t size() const noexcept { return tracks_.size(); }
    [[nodiscard]] std::uint32_t track(std::size_t i) const noexcept { return tracks_[i]; }
    [[nodiscard]] RowField& titles() noexcept { return titles_; }
    [[nodiscard]] RowField& credits() noexcept { return credits_; }
    [[nodiscard]] RowField& albums() noexcept { return albums_; }
    [[nodiscard]] bool overflown() const noexcept;
    // And in `order`, if there is one: of each row the how manieth it was that was added.
    [[nodiscard]] Rows build(std::vector<std::uint32_t>* order = nullptr) &&;

  private:
    [[nodiscard]] std::vector<std::uint32_t> sorted() const;

    RowField titles_;
    RowField credits_;
    RowField albums_;
    std::vector<std::uint32_t> tracks_;
    std::vector<std::uint32_t> others_;
};

// True for a text that is not too long for a signature.
[[nodiscard]] bool is_signed(std::string_view text) noexcept;

// The credits that add most to a score, best first: what their tracks score is a good guess of what the best tracks do.
[[nodiscard]] std::vector<std::uint32_t> best_credits(std::span<const float> artists);

}  // namespace musicsync::catalog
