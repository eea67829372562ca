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

// Adds the symbols to a block that has none of them.
inline void fill(PatternBlock& block, const char32_t* symbols, std::size_t count) {
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

inline void build(PatternBlock& block, const char32_t* symbols, std::size_t count) {
    block = PatternBlock{};
    fill(block, symbols, count);
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

// Column by column through all blocks, so that the carry stays in a register.
template <std::size_t Count>
inline std::uint32_t lcs_of_blocks(const PatternBlock* blocks, const char32_t* text, std::size_t length) {
    std::uint64_t states[Count];
    for (std::uint64_t& state : states) state = ~std::uint64_t{0};
    for (std::size_t j = 0; j < length; ++j) {
        std::uint64_t carry = 0;
#pragma GCC unroll 8
        for (std::size_t w = 0; w < Count; ++w) {
            const std::uint64_t matched = states[w] & mask_of(blocks[w], text[j]);
            const std::uint64_t below = matched + carry;  // of a subset of states[w] and a bit: no overflow but to zero
            const std::uint64_t sum = states[w] + below;
            carry = (below < carry) | (sum < below);
            states[w] = sum | (states[w] - matched);
        }
    }
    std::uint32_t common = 0;
    for (const std::uint64_t state : states) common += set_bits(~state);
    return common;
}

inline std::uint32_t lcs_blocks(const PatternBlock* blocks, std::size_t count, const char32_t* text,
                                std::size_t length) {
    switch (count) {
        case 1: return lcs_single(blocks[0], text, length);
        case 2: return lcs_of_blocks<2>(blocks, text, length);
        case 3: return lcs_of_blocks<3>(blocks, text, length);
        case 4: return lcs_of_blocks<4>(blocks, text, length);
        case 5: return lcs_of_blocks<5>(blocks, text, length);
        case 6: return lcs_of_blocks<6>(blocks, text, length);
        case 7: return lcs_of_blocks<7>(blocks, text, length);
        default: return lcs_of_blocks<8>(blocks, text, length);
    }
}

// Only what was filled is cleared again: a table costs more than a short text.
inline std::uint32_t lcs_pair(PatternBlock& block, const char32_t* pattern, std::size_t count, const char32_t* text,
                              std::size_t length) {
    fill(block, pattern, count);
    const std::uint32_t common = lcs_single(block, text, length);
    bool others = false;
    for (std::size_t i = 0; i < count; ++i) {
        if (pattern[i] < PatternBlock::direct)
            block.direct_masks[pattern[i]] = 0;
        else
            others = true;
    }
    if (!others) return common;
    for (std::size_t slot = 0; slot < PatternBlock::slots; ++slot) {
        block.keys[slot] = 0;
        block.masks[slot] = 0;
    }
    return common;
}

}  // namespace
}  // namespace musicsync::kernel
