// UTF-8 to code points and back, and words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

namespace musicsync {

// Offset of the first byte that is not part of valid UTF-8 (overlong forms and surrogates are not), npos for none.
[[nodiscard]] std::size_t find_invalid_utf8(std::string_view text) noexcept;

// Each byte that is not UTF-8 becomes one U+FFFD.
[[nodiscard]] std::u32string to_code_points(std::string_view text);
// The same where `memory` has room, and lives as long as that.
[[nodiscard]] std::u32string_view to_code_points(std::string_view text, std::pmr::memory_resource* memory);
[[nodiscard]] std::u32string_view copied(std::u32string_view text, std::pmr::memory_resource* memory);

[[nodiscard]] std::string to_utf8(std::u32string_view text);

// The words between runs of white space (Python's str.split()); views into `text`.
[[nodiscard]] std::vector<std::u32string_view> words_of(std::u32string_view text);

// The first word at or behind `at`, which becomes its end; empty where none is left. Without an allocation.
[[nodiscard]] std::u32string_view next_word(std::u32string_view text, std::size_t& at) noexcept;

// The hash of words (FNV-1a), symbol by symbol.
inline constexpr std::uint32_t hash_of_nothing = 2166136261U;
[[nodiscard]] constexpr std::uint32_t with_symbol(std::uint32_t hash, char32_t c) noexcept {
    return (hash ^ static_cast<std::uint32_t>(c)) * 16777619U;
}

[[nodiscard]] std::uint32_t word_hash(std::u32string_view word) noexcept;

// A word of a text made ready to be compared with those of another: where it stands, and its hash. The text has 65,535
// symbols at most.
struct Word {
    std::uint16_t begin = 0;
    std::uint16_t length = 0;
    std::uint32_t hash = 0;
    std::uint64_t symbols = 0;  // a bit for each symbol that it has, by the symbol's last six bits
    [[nodiscard]] std::u32string_view in(std::u32string_view text) const noexcept { return text.substr(begin, length); }
};

// A word made ready to be put in order among those of other texts, which outlive it.
struct FoundWord {
    std::uint64_t key;      // its first three symbols as a number: most words are in order by these
    std::uint64_t symbols;  // as of Word
    std::u32string_view text;
    std::uint32_t hash;
    friend bool operator<(const FoundWord& a, const FoundWord& b) noexcept {
        return a.key != b.key ? a.key < b.key : a.text < b.text;
    }
    friend bool operator==(const FoundWord& a, const FoundWord& b) noexcept {
        return a.hash == b.hash && a.text == b.text;
    }
};
using FoundWords = std::pmr::vector<FoundWord>;

// The words of `text` as they stand.
[[nodiscard]] FoundWords find_words(std::u32string_view text, std::pmr::memory_resource* memory);
// Of two sorted lists one.
[[nodiscard]] FoundWords merged(const FoundWords& a, const FoundWords& b);
// A text of the words, in their order, joined by single spaces.
[[nodiscard]] std::u32string_view joined(const FoundWords& words, std::pmr::memory_resource* memory);

// The words of `text` in code point order, joined by single spaces.
[[nodiscard]] std::u32string sort_words(std::u32string_view text);

}  // namespace musicsync
