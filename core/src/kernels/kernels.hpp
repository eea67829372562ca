// The seam between the engine and the instruction sets: one table of function pointers per kernel.
//
//   const Kernel& kernel = active();
//   PatternBlock block;
//   kernel.build(block, pattern, length);                                  // at most 64 symbols
//   auto common = kernel.lcs_block(block, text, text_length, nullptr);     // length of the longest common subsequence
//
// One text against many: a tile holds up to `tile_bytes · 8 / bits` texts of at most `bits` symbols, each in a lane.
//
// Kernels know plain pointers and integers only; nothing outside this folder knows an instruction set.
#pragma once

#include <cstddef>
#include <cstdint>

namespace musicsync::kernel {

inline constexpr std::size_t block_symbols = 64;
inline constexpr std::size_t row_symbols = 64;

// Where each symbol stands in up to 64 pattern symbols: bit i of its mask is set when pattern[i] is that symbol.
struct PatternBlock {
    static constexpr std::size_t direct = 256;
    static constexpr std::size_t slots = 128;  // a power of two and twice the symbols: a free slot always exists
    std::uint64_t direct_masks[direct];        // of code points below 256
    char32_t keys[slots];                      // the others, open addressing; 0 marks a free slot
    std::uint64_t masks[slots];
};

struct Kernel {
    const char* name;
    // Fills `block` for `count` ≤ 64 symbols.
    void (*build)(PatternBlock& block, const char32_t* symbols, std::size_t count);
    // How many symbols of this block are in the LCS with `text` (Hyyrö 2004, bit-parallel). A longer pattern is a row
    // of blocks, lowest first: `carry` holds one bit per text symbol, zero before the first block, and is left as the
    // next block needs it; the LCS is the sum over the blocks. nullptr for a pattern of one block.
    std::uint32_t (*lcs_block)(const PatternBlock& block, const char32_t* text, std::size_t length,
                               std::uint64_t* carry);
    // How many symbols each row's text has in its LCS with a pattern of at most 64 symbols: masks[s] has a bit for each
    // place where the pattern has symbol s, and masks[0] none. `rows` are `count` texts (a multiple of 4) of sizes[i]
    // symbols each, followed by zeros up to `row_symbols`. `common` takes a byte for each row.
    void (*lcs_rows)(const std::uint64_t* masks, const std::uint8_t* rows, const std::uint8_t* sizes, std::size_t count,
                     std::uint8_t* common);
    // Bytes of one row of a tile: a multiple of the registers', aligned to `tile_alignment`.
    std::size_t tile_bytes;
    // How many symbols each lane's text has in its LCS with `text`. `rows` has a row of `tile_bytes` for each symbol of
    // an alphabet: in a lane of `bits` (16, 32 or 64) bit i is set where symbol i of its text is that one. `text` holds
    // rows' numbers. `common` takes a byte for each lane.
    void (*lcs_tile)(const std::uint8_t* rows, unsigned bits, const std::uint8_t* text, std::size_t length,
                     std::uint8_t* common);
    // out[i] = twice · common[i] / (size + sizes[i]), 0 where that is below the cutoff. Every sum is above 0.
    void (*ratios)(const std::uint8_t* common, const float* sizes, std::size_t count, float size, float twice,
                   float cutoff, float* out);
};

inline constexpr std::size_t tile_alignment = 64;
inline constexpr std::size_t most_tile_bytes = 128;

// The kernel in use; chosen once from MUSICSYNC_KERNEL or by what the CPU can, until select() changes it.
[[nodiscard]] const Kernel& active() noexcept;
// nullptr-terminated, best last.
[[nodiscard]] const Kernel* const* available() noexcept;
// False where no kernel of this build has that name ("auto" always works).
bool select(const char* name) noexcept;

}  // namespace musicsync::kernel
