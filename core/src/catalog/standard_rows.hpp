// A catalogue's tracks as `standard` compares them: rows of plain tracks, and what finds the tracks that another way
// than by their letters can make alike. docs/catalogue.md has the bounds.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
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
    explicit RowsByHash(std::vector<Entry> given);
    // Calls take(row) for those with the hash.
    template <class Take>
    void find(std::uint32_t hash, Take take) const {
        auto at = std::lower_bound(entries.begin(), entries.end(), Entry{hash, 0});
        for (; at != entries.end() && at->hash == hash; ++at) take(at->row);
    }
};

struct StandardRows {
    Rows rows;  // of each track one for each reading of its title; a credit is what credit_text() makes
    Credits credits;
    Texts titles_by_word;
    Column<std::uint32_t> by_word_of;  // of each title
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
        visit("not_latin", self.not_latin);
    }
};

// What StandardRows need of a track.
struct StandardTexts {
    struct Row {
        std::string title;
        std::string credit;
    };
    std::vector<Row> rows{};  // that of the whole title first; none: it has no row, and nothing else is known
    std::string album{};
    std::optional<std::u32string> everything{};  // where it is not the words of the others
    std::uint32_t letters = 0;
    std::uint32_t whole = 0;
    bool work = false;
    bool not_latin = false;

    StandardTexts() = default;
    explicit StandardTexts(const Track& track);
};

class StandardRowsBuilder {
  public:
    void add(std::uint32_t track, const StandardTexts& texts);
    [[nodiscard]] bool overflown() const noexcept { return rows_.overflown() || everything_.overflown(); }
    [[nodiscard]] StandardRows build() &&;

  private:
    struct Added {
        std::uint32_t letters;
        std::uint32_t whole;
        std::uint32_t everything;  // among those that are texts of their own, or `of_fields`
        bool work;
        bool not_latin;
    };
    static constexpr std::uint32_t of_fields = ~std::uint32_t{0};
    static constexpr std::uint32_t of_reading = of_fields - 1;  // of a row that is not of a whole title

    RowsBuilder rows_;
    TextsBuilder everything_;
    std::vector<Added> added_;
};

}  // namespace musicsync::catalog
