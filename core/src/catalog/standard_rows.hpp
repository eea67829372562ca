// A catalogue's tracks as `standard` compares them: rows of plain tracks, and what finds the tracks that another way
// than by their letters can make alike. docs/catalogue.md has the bounds.
#pragma once

#include <algorithm>
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

// Rows by a hash of one of their texts. Of n buckets a hash is in bucket n · hash / 2^32, and of each row the next
// four bits of that fraction are kept: of a bucket's rows about one of another hash has them too.
struct RowsByHash {
    Column<std::uint32_t> begins;  // one more than there are buckets
    Packed<std::uint32_t> rows;
    Packed<std::uint8_t> next_bits;

    RowsByHash() = default;
    // Of the hash of each row.
    explicit RowsByHash(const std::vector<std::uint32_t>& hashes);
    // Calls take(row) for those with the hash, and perhaps for a few others.
    template <class Take>
    void find(std::uint32_t hash, Take take) const {
        if (rows.empty()) return;
        const std::size_t bucket = bucket_of(hash, begins.size() - 1);
        for (std::size_t i = begins[bucket]; i < begins[bucket + 1]; ++i) {
            if (next_bits[i] == bits_of(hash, begins.size() - 1)) take(rows[i]);
        }
    }

    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        visit("begins", self.begins);
        visit("rows", self.rows);
        visit("next_bits", self.next_bits);
    }

  private:
    [[nodiscard]] static std::size_t bucket_of(std::uint32_t hash, std::size_t buckets) noexcept {
        return hash * std::uint64_t{buckets} >> 32;
    }
    [[nodiscard]] static std::uint8_t bits_of(std::uint32_t hash, std::size_t buckets) noexcept {
        return static_cast<std::uint8_t>(hash * std::uint64_t{buckets} >> 28 & 0xF);
    }
};

struct StandardRows {
    Rows rows;  // of each track one for each reading of its title; a credit is what credit_text() makes
    Credits credits;
    Texts titles_by_word;              // without signatures: those of the titles are the same
    Packed<std::uint32_t> by_word_of;  // of each title
    SymbolLevels joined_levels;
    SignatureColumns joined;  // title and names of each row
    SymbolLevels everything_levels;
    SignatureColumns everything;  // the words of all fields
    TitleWords words;
    RowsByHash by_letters;            // of the title without spaces
    RowsByHash by_whole;              // of the title as it was given
    Column<std::uint32_t> works;      // rows with the number of a work
    Column<std::uint32_t> not_latin;  // rows whose titles are in another script

    // Of title and names of a row as one text.
    [[nodiscard]] Bag joined_bag(std::size_t row, std::size_t group) const;

    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        Rows::columns(self.rows, visit);
        Credits::columns(self.credits, visit.inside("credit"));
        Texts::unsigned_columns(self.titles_by_word, visit.inside("titles_by_word"));
        visit("by_word_of", self.by_word_of);
        SymbolLevels::columns(self.joined_levels, visit.inside("joined"));
        SignatureColumns::columns(self.joined, visit.inside("joined"));
        SymbolLevels::columns(self.everything_levels, visit.inside("everything"));
        SignatureColumns::columns(self.everything, visit.inside("everything"));
        TitleWords::columns(self.words, visit.inside("words"));
        RowsByHash::columns(self.by_letters, visit.inside("by_letters"));
        RowsByHash::columns(self.by_whole, visit.inside("by_whole"));
        visit("works", self.works);
        visit("not_latin", self.not_latin);
    }
};

}  // namespace musicsync::catalog
