// A catalogue's tracks as `standard` compares them: rows of plain tracks, and what finds the tracks that another way
// than by their letters can make alike. docs/catalogue.md has the bounds.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "catalog/credits.hpp"
#include "catalog/rows.hpp"
#include "catalog/title_words.hpp"
#include "musicsync/track.hpp"
#include "similarity/bag.hpp"

namespace musicsync::catalog {

// Rows by a hash of one of their texts.
struct RowsByHash {
    struct Entry {
        std::uint32_t hash;
        std::uint32_t row;
        friend auto operator<=>(const Entry&, const Entry&) = default;
    };
    Column<Entry> entries;  // sorted

    RowsByHash() = default;
    // Of rows in their order.
    explicit RowsByHash(const std::vector<Entry>& rows);
    // Calls take(row) for those with the hash.
    template <class Take>
    void find(std::uint32_t hash, Take take) const {
        auto at = std::lower_bound(entries.begin(), entries.end(), Entry{hash, 0});
        for (; at != entries.end() && at->hash == hash; ++at) take(at->row);
    }
};

struct StandardRows {
    Rows rows;  // a credit is its names, each behind a line feed but the first
    Credits credits;
    Texts titles_by_word;
    Column<std::uint32_t> by_word_of;  // of each title
    SymbolLevels joined_levels;
    SignatureColumns joined;  // title and names of each row
    SymbolLevels everything_levels;
    SignatureColumns everything;  // the words of all fields
    TitleWords words;
    RowsByHash by_letters;        // of the title without spaces
    RowsByHash by_whole;          // of the title as it was given
    Column<std::uint32_t> works;  // rows with the number of a work

    // Of title and names of a row as one text.
    [[nodiscard]] Bag joined_bag(std::size_t row, std::size_t group) const noexcept;

    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        Rows::columns(self.rows, visit);
        Credits::columns(self.credits, visit.inside("credit"));
        Texts::columns(self.titles_by_word, visit.inside("titles_by_word"));
        visit("by_word_of", self.by_word_of);
        SymbolLevels::columns(self.joined_levels, visit.inside("joined"));
        SignatureColumns::columns(self.joined, visit.inside("joined"));
        SymbolLevels::columns(self.everything_levels, visit.inside("everything"));
        SignatureColumns::columns(self.everything, visit.inside("everything"));
        TitleWords::columns(self.words, visit.inside("words"));
        visit("by_letters", self.by_letters.entries);
        visit("by_whole", self.by_whole.entries);
        visit("works", self.works);
    }
};

// True for a track whose texts are compared by their letters and in no other way, and are short.
[[nodiscard]] bool is_plain_row(const Track& track);

}  // namespace musicsync::catalog
