// UTF-8 to code points and back, and words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace musicsync {

// Offset of the first byte that is not part of valid UTF-8 (overlong forms and surrogates are not), npos for none.
[[nodiscard]] std::size_t find_invalid_utf8(std::string_view text) noexcept;

// Each byte that is not UTF-8 becomes one U+FFFD.
[[nodiscard]] std::u32string to_code_points(std::string_view text);

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

// The words of a text made ready to be compared with those of another: where each stands, and its hash. The text has
// 65,535 symbols at most.
struct Word {
    std::uint16_t begin = 0;
    std::uint16_t length = 0;
    std::uint32_t hash = 0;
    std::uint64_t symbols = 0;  // a bit for each symbol that it has, by the symbol's last six bits
    [[nodiscard]] std::u32string_view in(std::u32string_view text) const noexcept { return text.substr(begin, length); }
};
[[nodiscard]] std::vector<Word> hashed_words(std::u32string_view text);
[[nodiscard]] std::uint32_t word_hash(std::u32string_view word) noexcept;

// The words of `text` in code point order, joined by single spaces.
[[nodiscard]] std::u32string sort_words(std::u32string_view text);
// The same for the words of several texts; `dropped`: each word once.
enum class Repeats : std::uint8_t { kept, dropped };
[[nodiscard]] std::u32string sort_words(std::initializer_list<std::u32string_view> texts, Repeats repeats);

}  // namespace musicsync
