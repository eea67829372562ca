// Words that something may be read from: which end a title's version, join names, say what an album is. A field without
// one of them is what it seems to be.
//
//   const TellingWords& telling = telling_words();
//   if (telling.has(word.hash, TellingWords::credit)) read(name);    // or nothing is to be read there
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "normalize/vocabulary.hpp"

namespace musicsync {

// By the words' hashes: of a word that tells nothing a bit may be set, of one that does it is.
class TellingWords {
  public:
    enum Where : std::uint8_t {
        title = 1U << 0,       // "feat"; of an album too
        title_part = 1U << 1,  // "part", behind the first word
        title_end = 1U << 2,   // "remix", behind all others
        credit = 1U << 3,      // "and", "karaoke", "brothers"
        album = 1U << 4,       // "live", "greatest"
    };

    explicit TellingWords(const text::Vocabulary& vocabulary);
    [[nodiscard]] bool has(std::uint32_t word, unsigned where) const noexcept {
        return (words_[slot_of(word)] & where) != 0;
    }
    // Phrases of several words begin with two of them, at a title's end they end so.
    [[nodiscard]] bool has(std::uint32_t word, std::uint32_t next, unsigned where) const noexcept {
        return has(of_both(word, next), where);
    }
    [[nodiscard]] const text::Vocabulary& vocabulary() const noexcept { return vocabulary_; }

  private:
    static constexpr std::size_t slots = std::size_t{1} << 15U;
    static std::size_t slot_of(std::uint32_t hash) noexcept { return (hash ^ hash >> 15U) % slots; }
    static std::uint32_t of_both(std::uint32_t word, std::uint32_t next) noexcept { return word * 31U + next; }
    void add(std::uint32_t hash, unsigned where) noexcept;
    void add_beginning(std::string_view phrase, unsigned where) noexcept;
    void add_end(std::string_view phrase, unsigned where) noexcept;

    const text::Vocabulary& vocabulary_;
    std::array<std::uint8_t, slots> words_{};
};

// Of the vocabulary in force. A reference stays valid for ever.
[[nodiscard]] const TellingWords& telling_words();

}  // namespace musicsync
