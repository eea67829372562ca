// The words of a catalogue's titles, and which rows have them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "catalog/rising_lists.hpp"
#include "catalog/rows.hpp"
#include "score/normal_form.hpp"

namespace musicsync::catalog {

// Rows whose titles have a counterpart of a query's word, a bit each.
struct RowsSharing {
    std::vector<std::uint64_t> words;
    std::vector<std::uint64_t> several;  // that may have more than one, or one of more than one
};

// Which words of titles are counterparts of a query's.
struct Counterparts {
    std::size_t asked = 0;  // words of the query
    std::vector<std::uint64_t>
        masks;                       // of each word, a bit for each of the query's words; all bits where those are many
    std::vector<std::uint32_t> ids;  // of the words that have a bit, those of the fewest rows first

    // No pair of the query with a title of these words has a greater share of words with a counterpart.
    [[nodiscard]] double shared_at_most(const Packed<std::uint32_t>::Part& words) const noexcept {
        std::uint64_t both = 0;
        std::size_t theirs = 0;
        for (const std::uint32_t word : words) {
            both |= masks[word];
            theirs += masks[word] != 0 ? 1 : 0;
        }
        const std::size_t mine = both == all ? asked : static_cast<std::size_t>(__builtin_popcountll(both));
        return static_cast<double>(mine + theirs) / static_cast<double>(std::max<std::size_t>(asked + words.size(), 1));
    }
    // The same of titles that have one such word, once, which is a counterpart of one word.
    [[nodiscard]] float shared_with_one() const noexcept {
        return std::min(2.0F / static_cast<float>(asked + 1), 1.0F);
    }
    static constexpr std::uint64_t all = ~std::uint64_t{0};
};

// The distinct words of titles, and the rows of each.
class TitleWords {
  public:
    TitleWords() = default;
    explicit TitleWords(const Rows& rows);

    // Sets the bits of rows, of which there are enough.
    [[nodiscard]] Counterparts counterparts_of(const TextForm& text, RowsSharing& rows) const;
    // A bit for each row whose title has a word more than once.
    [[nodiscard]] std::vector<std::uint64_t> repeating(const Rows& rows) const;
    // Rows of which the title has all words of the text, and perhaps others: those of its rarest word.
    [[nodiscard]] std::vector<std::uint32_t> rows_with(std::string_view text) const;

    [[nodiscard]] const Texts& words() const noexcept { return texts_; }
    [[nodiscard]] const RisingLists& rows_of() const noexcept { return rows_; }
    [[nodiscard]] const PackedLists& of_titles() const noexcept { return of_titles_; }
    [[nodiscard]] const Column<std::uint32_t>& hashes() const noexcept { return hashes_; }

    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        Texts::columns(self.texts_, visit);
        visit("hashes", self.hashes_);
        RisingLists::columns(self.rows_, visit.inside("rows"));
        PackedLists::columns(self.of_titles_, visit.inside("of_titles"));
    }

  private:
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view word) const;
    // Calls take(word) for each word of such a hash.
    template <class Take>
    void for_each_with_hash(std::uint32_t hash, Take take) const;

    Texts texts_;
    Column<std::uint32_t> hashes_;
    RisingLists rows_;       // of each word
    PackedLists of_titles_;  // the words of each title, in their order
};

// Calls take(word) for each word of a text, which are apart by single spaces.
template <class Take>
void for_each_word(std::string_view text, Take take) {
    for_each_part(text, ' ', take);
}

}  // namespace musicsync::catalog
