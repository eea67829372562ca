// One short text against a few, letter case aside: the worker's case. Written once and compiled for each instruction
// set, as tile.hpp is: nothing here may leave its source file.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/kernels.hpp"

namespace musicsync::kernel {
namespace {

inline constexpr std::size_t few_rows = 4;  // side by side: one's work fills the others' waiting
inline constexpr std::size_t ascii = 128;

inline std::uint64_t eight_symbols(const std::uint8_t* from) noexcept {
    std::uint64_t word = 0;
    __builtin_memcpy(&word, from, 8);
    return word;
}

// A high bit is left where a byte of the word is no ASCII or 0 (or follows one that is).
inline std::uint64_t not_plain(std::uint64_t word) noexcept {
    return (word | (word - 0x0101010101010101)) & 0x8080808080808080;
}

// Copies a text of at most `block_symbols` into a row, zeros behind it; false where it is not ASCII without U+0000.
inline bool copy_plain(const std::uint8_t* text, std::size_t size, std::uint8_t* row) noexcept {
    std::uint64_t bad = 0;
    __builtin_memset(row, 0, block_symbols);
    if (size < 8) {
        for (std::size_t i = 0; i < size; ++i) {
            row[i] = text[i];
            bad |= static_cast<std::uint64_t>(text[i] == 0 || text[i] >= ascii);
        }
        return bad == 0;
    }
    for (std::size_t i = 0; i + 8 < size; i += 8) {
        const std::uint64_t word = eight_symbols(text + i);
        bad |= not_plain(word);
        __builtin_memcpy(row + i, &word, 8);
    }
    const std::uint64_t last = eight_symbols(text + size - 8);  // overlaps the one before
    __builtin_memcpy(row + size - 8, &last, 8);
    return (bad | not_plain(last)) == 0;
}

// Hyyrö's recurrence (see single.hpp) for one symbol of a text.
inline std::uint64_t after_symbol(std::uint64_t state, std::uint64_t mask) noexcept {
    const std::uint64_t matched = state & mask;
    return (state + matched) | (state - matched);
}

// A text of any length, symbol by symbol where it stands: `mask_of` gives a symbol's mask.
template <class MaskOf>
inline std::uint8_t lcs_of_long(const std::uint8_t* text, std::size_t size, MaskOf mask_of) noexcept {
    std::uint64_t state = ~std::uint64_t{0};
    for (std::size_t j = 0; j < size; ++j) {
        if (text[j] == 0 || text[j] >= ascii) return not_compared;
        state = after_symbol(state, mask_of(text[j]));
    }
    return static_cast<std::uint8_t>(__builtin_popcountll(~state));
}

// Zeros behind a text's end change nothing: no symbol of a pattern is 0.
inline void lcs_of_rows(const std::uint64_t* masks, const std::uint8_t (&rows)[few_rows][block_symbols],
                        std::size_t longest, std::uint8_t* common) {
    constexpr std::uint64_t start = ~std::uint64_t{0};
    std::uint64_t one = start, two = start, three = start, four = start;
    for (std::size_t j = 0; j < longest; ++j) {
        one = after_symbol(one, masks[rows[0][j]]);
        two = after_symbol(two, masks[rows[1][j]]);
        three = after_symbol(three, masks[rows[2][j]]);
        four = after_symbol(four, masks[rows[3][j]]);
    }
    const std::uint64_t ends[few_rows] = {one, two, three, four};
    for (std::size_t k = 0; k < few_rows; ++k) common[k] = static_cast<std::uint8_t>(__builtin_popcountll(~ends[k]));
}

inline void lcs_few(const FewTexts& few, std::uint8_t* common) {
    std::uint64_t masks[2 * ascii] = {};  // a row that is not plain is looked up as well
    for (std::size_t i = 0; i < few.pattern_size; ++i) masks[few.pattern[i]] |= std::uint64_t{1} << i;
    for (std::size_t c = 'a'; c <= 'z'; ++c) masks[c - 'a' + 'A'] = masks[c];
    std::uint8_t rows[few_rows][block_symbols];
    for (std::size_t begin = 0; begin < few.count; begin += few_rows) {
        const std::size_t count = few.count - begin < few_rows ? few.count - begin : few_rows;
        std::uint8_t found[few_rows];
        bool plain[few_rows] = {};
        std::size_t longest = 0;
        for (std::size_t k = 0; k < count; ++k) {
            const std::size_t size = few.sizes[begin + k];
            if (size > block_symbols) {
                common[begin + k] =
                    lcs_of_long(few.texts[begin + k], size, [&masks](std::uint8_t c) { return masks[c]; });
                __builtin_memset(rows[k], 0, block_symbols);
                continue;
            }
            common[begin + k] = not_compared;
            plain[k] = copy_plain(few.texts[begin + k], size, rows[k]);
            longest = plain[k] && size > longest ? size : longest;
        }
        for (std::size_t k = count; k < few_rows; ++k) __builtin_memset(rows[k], 0, block_symbols);
        lcs_of_rows(masks, rows, longest, found);
        for (std::size_t k = 0; k < count; ++k) common[begin + k] = plain[k] ? found[k] : common[begin + k];
    }
}

}  // namespace
}  // namespace musicsync::kernel
