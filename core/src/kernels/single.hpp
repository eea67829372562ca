// One pair of texts, written once and compiled for each instruction set, as tile.hpp is: nothing here may leave its
// source file.
#pragma once

#include "kernels/kernels.hpp"

namespace musicsync::kernel {
namespace {

// Index of the slot that holds `symbol`, or of the free slot where it belongs.
inline std::size_t slot_of(const PatternBlock& block, char32_t symbol) noexcept {
    std::size_t slot = symbol & (PatternBlock::slots - 1);
    while (block.keys[slot] != 0 && block.keys[slot] != symbol) slot = (slot + 1) & (PatternBlock::slots - 1);
    return slot;
}

inline std::uint64_t mask_of(const PatternBlock& block, char32_t symbol) noexcept {
    if (symbol < PatternBlock::direct) return block.direct_masks[symbol];
    const std::size_t slot = slot_of(block, symbol);
    return block.keys[slot] == symbol ? block.masks[slot] : 0;
}

inline void build(PatternBlock& block, const char32_t* symbols, std::size_t count) {
    block = PatternBlock{};
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t bit = std::uint64_t{1} << i;
        if (symbols[i] < PatternBlock::direct) {
            block.direct_masks[symbols[i]] |= bit;
            continue;
        }
        const std::size_t slot = slot_of(block, symbols[i]);
        block.keys[slot] = symbols[i];
        block.masks[slot] |= bit;
    }
}

// __builtin_popcountll calls a library function where there is no instruction for it.
inline std::uint32_t set_bits(std::uint64_t x) noexcept {
#if defined(__POPCNT__) || defined(__ARM_NEON)
    return static_cast<std::uint32_t>(__builtin_popcountll(x));
#else
    x = x - ((x >> 1) & 0x5555555555555555U);
    x = (x & 0x3333333333333333U) + ((x >> 2) & 0x3333333333333333U);
    x = (x + (x >> 4)) & 0x0F0F0F0F0F0F0F0FU;
    return static_cast<std::uint32_t>((x * 0x0101010101010101U) >> 56);
#endif
}

// One column of Hyyrö's recurrence: S' = (S + (S & M)) | (S & ~M). A zero bit of S is a symbol of the LCS. Bits above
// the pattern stay one, for their masks are zero.
inline std::uint32_t lcs_single(const PatternBlock& block, const char32_t* text, std::size_t length) {
    std::uint64_t state = ~std::uint64_t{0};
    for (std::size_t j = 0; j < length; ++j) {
        const std::uint64_t matched = state & mask_of(block, text[j]);
        state = (state + matched) | (state - matched);
    }
    return set_bits(~state);
}

inline std::uint32_t lcs_block(const PatternBlock& block, const char32_t* text, std::size_t length,
                               std::uint64_t* carry) {
    if (carry == nullptr) return lcs_single(block, text, length);
    std::uint64_t state = ~std::uint64_t{0};
    for (std::size_t j = 0; j < length; ++j) {
        std::uint64_t& word = carry[j / 64];
        const std::uint64_t bit = std::uint64_t{1} << (j % 64);
        const std::uint64_t matched = state & mask_of(block, text[j]);
        std::uint64_t sum = 0;
        const bool first = __builtin_add_overflow(state, matched, &sum);
        const bool second = __builtin_add_overflow(sum, std::uint64_t{(word & bit) != 0}, &sum);
        word = (first || second) ? (word | bit) : (word & ~bit);
        state = sum | (state - matched);
    }
    return set_bits(~state);
}

}  // namespace
}  // namespace musicsync::kernel
