// A catalogue's tracks as `standard` compares them: rows of plain tracks, and what finds the tracks that another way
// than by their letters can make alike. docs/catalogue.md has the bounds.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "catalog/credits.hpp"
#include "catalog/rows.hpp"
#include "catalog/title_words.hpp"
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
