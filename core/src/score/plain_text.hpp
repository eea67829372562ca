// The normal form of a short ASCII text and its words, in bytes and without an allocation.
//
//   PlainText title;
//   if (!title.add_form_of("Born to Run")) return false;    // too long
//   title.find_words();
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "kernels/kernels.hpp"
#include "similarity/code_points.hpp"

namespace musicsync {

// A word made ready to be put in order among those of its text. Without values to begin with: an array of them costs
// nothing.
struct PlainWord {
    std::uint64_t key;  // its first eight symbols as a number
    std::uint64_t symbols;
    const char* begin;
    std::uint32_t hash;
    std::uint32_t length;
    [[nodiscard]] std::string_view text() const noexcept { return {begin, length}; }
    friend bool operator<(const PlainWord& a, const PlainWord& b) noexcept {
        return a.key != b.key ? a.key < b.key : a.text() < b.text();
    }
    friend bool operator==(const PlainWord& a, const PlainWord& b) noexcept {
        return a.hash == b.hash && a.text() == b.text();
    }
};

// The hashes of an ASCII text with its spaces and without them.
struct TextHashes {
    std::uint32_t whole = hash_of_nothing;
    std::uint32_t letters = hash_of_nothing;

    explicit TextHashes(std::string_view text) noexcept {
        for (const char c : text) {
            whole = with_symbol(whole, static_cast<unsigned char>(c));
            if (c != ' ') letters = with_symbol(letters, static_cast<unsigned char>(c));
        }
    }
};

// Views of its text and words end with it. Its arrays are written before they are read.
class PlainText {
  public:
    static constexpr std::size_t most_symbols = 240;
    static constexpr std::size_t most_words = most_symbols / 2;

    // Adds normalised ASCII, or the normal form of ASCII; false where there is no room for it.
    [[nodiscard]] bool add(std::string_view normal) noexcept;
    [[nodiscard]] bool add_form_of(std::string_view ascii);
    void clear() noexcept {
        size_ = 0;
        is_as_given_ = true;
    }

    // True where each text that was added is what was given, but for capitals: letters, digits and single spaces.
    [[nodiscard]] bool is_as_given() const noexcept { return is_as_given_; }
    // Of such a text: whether it has a digit.
    [[nodiscard]] bool has_digit() const noexcept;

    // Of all that was added: single spaces stand between words, and none around them.
    void find_words() noexcept;

    [[nodiscard]] std::string_view text() const noexcept { return {bytes_.data(), size_}; }
    [[nodiscard]] std::span<const PlainWord> words() const noexcept { return {words_.data(), count_}; }
    // The words in order, apart by single spaces; empty where that is the text.
    [[nodiscard]] std::string_view sorted() const noexcept { return {sorted_.data(), is_sorted_ ? 0 : size_}; }

  private:
    void sort_words() noexcept;

    std::array<char, most_symbols + kernel::longest_ascii> bytes_;   // what is behind the text may be read with it
    std::array<char, most_symbols + sizeof(std::uint64_t)> sorted_;  // written eight bytes at a time
    std::array<PlainWord, most_words> words_;
    std::size_t size_ = 0;
    std::size_t count_ = 0;
    bool is_sorted_ = true;
    bool is_as_given_ = true;
};

}  // namespace musicsync
