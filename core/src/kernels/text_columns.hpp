// A short text against many that lie in columns. Written once and compiled for each instruction set, as tile.hpp is:
// nothing here may leave its source file.
#pragma once

#include "kernels/few.hpp"

namespace musicsync::kernel {
namespace {

// Four texts of a block: one's work fills the others' waiting.
inline void lcs_of_four_columns(const std::uint64_t* masks, const std::uint8_t* quads, std::size_t count,
                                std::uint8_t* common) noexcept {
    std::uint64_t states[few_rows];
    for (std::uint64_t& state : states) state = ~std::uint64_t{0};
    for (std::size_t q = 0; q < count; ++q, quads += quad_bytes) {
        for (std::size_t j = 0; j < quad_symbols; ++j) {
            for (std::size_t k = 0; k < few_rows; ++k)
                states[k] = after_symbol(states[k], masks[quads[k * quad_symbols + j]]);
        }
    }
    for (std::size_t k = 0; k < few_rows; ++k) common[k] = static_cast<std::uint8_t>(__builtin_popcountll(~states[k]));
}

inline void lcs_columns(const std::uint8_t* pattern, std::size_t size, const TextColumns& texts, std::uint8_t* common) {
    std::uint64_t masks[ascii] = {};
    for (std::size_t i = 0; i < size; ++i) masks[pattern[i]] |= std::uint64_t{1} << i;
    for (std::size_t block = 0; block < texts.blocks; ++block) {
        const std::uint8_t* const quads = texts.quads + std::size_t{texts.begins[block]} * quad_bytes;
        const std::size_t count = texts.begins[block + 1] - texts.begins[block];
        for (std::size_t k = 0; k < column_texts; k += few_rows)
            lcs_of_four_columns(masks, quads + k * quad_symbols, count, common + block * column_texts + k);
    }
}

}  // namespace
}  // namespace musicsync::kernel
