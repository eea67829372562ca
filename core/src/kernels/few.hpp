// One pattern against a few short texts, four side by side: one's work fills the others' waiting. Written once and
// compiled for each instruction set, as tile.hpp is: nothing here may leave its source file.
#pragma once

#include "kernels/kernels.hpp"

namespace musicsync::kernel {
namespace {

// Hyyrö's recurrence (see single.hpp) for one symbol of a text.
inline std::uint64_t after_symbol(std::uint64_t state, std::uint64_t mask) noexcept {
    const std::uint64_t matched = state & mask;
    return (state + matched) | (state - matched);
}

inline std::uint8_t set_bits_of(std::uint64_t state) noexcept {
    return static_cast<std::uint8_t>(__builtin_popcountll(state));
}

// Zeros behind a text's end change nothing: no symbol of the pattern is 0.
inline void lcs_rows(const std::uint64_t* masks, const std::uint8_t* rows, const std::uint8_t* sizes, std::size_t count,
                     std::uint8_t* common) {
    constexpr std::uint64_t start = ~std::uint64_t{0};
    for (std::size_t row = 0; row < count; row += 4) {
        const std::uint8_t* const a = rows + row * row_symbols;
        const std::uint8_t* const b = a + row_symbols;
        const std::uint8_t* const c = b + row_symbols;
        const std::uint8_t* const d = c + row_symbols;
        std::size_t longest = 0;
        for (std::size_t i = row; i < row + 4; ++i) longest = sizes[i] > longest ? sizes[i] : longest;
        std::uint64_t one = start, two = start, three = start, four = start;
        for (std::size_t j = 0; j < longest; ++j) {
            one = after_symbol(one, masks[a[j]]);
            two = after_symbol(two, masks[b[j]]);
            three = after_symbol(three, masks[c[j]]);
            four = after_symbol(four, masks[d[j]]);
        }
        common[row] = set_bits_of(~one);
        common[row + 1] = set_bits_of(~two);
        common[row + 2] = set_bits_of(~three);
        common[row + 3] = set_bits_of(~four);
    }
}

}  // namespace
}  // namespace musicsync::kernel
