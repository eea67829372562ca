// A catalogue's tracks as `standard` compares them: rows of plain tracks, and what finds the tracks that another way
// than by their letters can make alike. docs/catalogue.md has the bounds.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "catalog/rows.hpp"
#include "musicsync/track.hpp"
#include "score/outline.hpp"

namespace musicsync::catalog {

// Rows by a hash of one of their texts.
class RowsByHash {
  public:
    void add(std::uint32_t hash, std::uint32_t row) { entries_.push_back({hash, row}); }
    void sort();
    // Calls take(row) for those with the hash.
    template <class Take>
    void find(std::uint32_t hash, Take take) const {
        auto at = std::lower_bound(entries_.begin(), entries_.end(), Entry{hash, 0});
        for (; at != entries_.end() && at->hash == hash; ++at) take(at->row);
    }

  private:
    struct Entry {
        std::uint32_t hash;
        std::uint32_t row;
        friend auto operator<=>(const Entry&, const Entry&) = default;
    };
    std::vector<Entry> entries_;
};

// The distinct words of titles, and the rows of each.
struct TitleWords {
    Texts texts;
    SignatureColumns signatures;
    std::vector<std::uint32_t> hashes;
    std::vector<std::uint32_t> begins;  // of each word's rows, and the end of the last one's
    std::vector<std::uint32_t> rows;    // ascending for each word

    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view word) const noexcept;
    // The rows of a word.
    [[nodiscard]] std::span<const std::uint32_t> rows_of(std::uint32_t word) const noexcept {
        return std::span(rows).subspan(begins[word], begins[word + 1] - begins[word]);
    }
};

// What the credits of the rows are made of.
struct Credits {
    Texts names;                        // each by itself
    std::vector<std::uint32_t> begins;  // of each credit's names in `names_of`, and the end of the last one's
    std::vector<std::uint32_t> names_of;
    Texts lines;                         // all names of a credit as one text, in their order and by word
    std::vector<std::uint32_t> line_of;  // of each credit
    std::vector<std::uint32_t> by_word_of;

    // Of texts that hold names, each behind a line feed but the first.
    explicit Credits(const Texts& credits);
    [[nodiscard]] std::span<const std::uint32_t> names_in(std::size_t credit) const noexcept {
        return std::span(names_of).subspan(begins[credit], begins[credit + 1] - begins[credit]);
    }
};

struct StandardRows {
    Rows rows;  // a credit is its names, each behind a line feed but the first
    Credits credits;
    Texts titles_by_word;
    std::vector<std::uint32_t> by_word_of;  // of each title
    SymbolLevels joined_levels;
    SignatureColumns joined;  // title and names of each row
    SymbolLevels everything_levels;
    SignatureColumns everything;  // the words of all fields
    TitleWords words;
    RowsByHash by_letters;             // of the title without spaces
    RowsByHash by_whole;               // of the title as it was given
    std::vector<std::uint32_t> works;  // rows with the number of a work

    explicit StandardRows(std::span<const Track> tracks);

  private:
    void add_signatures(std::span<const Track> tracks);
};

// True for a track whose texts are compared by their letters and in no other way, and are short.
[[nodiscard]] bool is_plain_row(const Track& track);

}  // namespace musicsync::catalog
