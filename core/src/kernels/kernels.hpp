// The seam between the engine and the instruction sets: one table of function pointers per kernel.
//
//   const Kernel& kernel = active();
//   PatternBlock block;
//   kernel.build(block, pattern, length);                                  // at most 64 symbols
//   auto common = kernel.lcs_block(block, text, text_length, nullptr);     // length of the longest common subsequence
//
// Many texts against many: a tile holds `tile_bytes · 8 / bits` texts of at most `bits` symbols, each in a lane, and is
// compared with four texts at once (docs/kernels.md).
//
// Kernels know plain pointers and integers only; nothing outside this folder knows an instruction set.
#pragma once

#include <cstddef>
#include <cstdint>

namespace musicsync::kernel {

inline constexpr std::size_t block_symbols = 64;
inline constexpr std::size_t most_blocks = 8;

// Where each symbol stands in up to 64 pattern symbols: bit i of its mask is set when pattern[i] is that symbol.
struct PatternBlock {
    static constexpr std::size_t direct = 256;
    static constexpr std::size_t slots = 128;  // a power of two and twice the symbols: a free slot always exists
    std::uint64_t direct_masks[direct];        // of code points below 256
    char32_t keys[slots];                      // the others, open addressing; 0 marks a free slot
    std::uint64_t masks[slots];
};

// What a kernel compares in lockstep with the texts of a tile: four others.
//
// A tile has a row of `tile_bytes` for each symbol of an alphabet: in a lane of `bits` bit i is set where symbol i of
// that lane's text is this one. A text is a list of rows, each given by where it begins in the tile; a row of zeros
// stands for a symbol that no lane has, and fills up the shorter texts.
inline constexpr std::size_t lockstep = 4;
struct Four {
    const std::uint16_t* text[lockstep];
    std::uint8_t* common[lockstep];  // take the answers: `tile_bytes` each
    std::size_t length;              // of the longest
};

// The row of each symbol of one byte, whole and in halves.
struct RowsOfBytes {
    std::uint16_t rows[256];
    std::uint8_t low[256];
    std::uint8_t high[256];
};

// What turns the lengths of LCSs into numbers: whole · common[i] / (size + sizes[i]), 0 where that is below the cutoff.
// Every sum is above 0.
template <class Real>
struct Ratios {
    const std::uint8_t* common;
    const Real* sizes;
    std::size_t count;
    Real size;
    Real whole;
    Real cutoff;
};

// A short text and a few that it is compared with.
struct FewTexts {
    const std::uint8_t* pattern;  // ASCII without U+0000, small letters, at most `block_symbols`
    std::size_t pattern_size;
    const std::uint8_t* const* texts;
    const std::uint32_t* sizes;
    std::size_t count;
};
inline constexpr std::uint8_t not_compared = 0xFF;

// Texts in blocks of sixteen: quad q of a block has symbols 4q to 4q + 3 of each of its texts, text after text, and
// zeros behind their ends. ASCII without U+0000 and capitals.
inline constexpr std::size_t column_texts = 16;
inline constexpr std::size_t quad_symbols = 4;
inline constexpr std::size_t quad_bytes = column_texts * quad_symbols;
struct TextColumns {
    const std::uint8_t* quads;    // at a multiple of `quad_bytes`
    const std::uint32_t* begins;  // the first quad of each block, and the end of the last
    std::size_t blocks;
};

// Texts that may be ASCII. What becomes of each is written one behind the other: there must be room for
// `longest_ascii` bytes behind what became of all before it.
struct AsciiTexts {
    const std::uint8_t* const* texts;
    const std::size_t* sizes;
    std::size_t count;
};
inline constexpr std::size_t longest_ascii = 64;

// A piecewise linear function of a column of numbers, one for each pair of tracks: line i, from knots[i] on, has
// values[i] there and rises by slopes[i]; the first one goes up to knots[0], which is knots[1], and it and the last one
// have a slope of 0. There is room for `least_lines` lines at least.
inline constexpr std::size_t least_lines = 8;
struct Curve {
    const double* knots;
    const double* values;
    const double* slopes;
    std::size_t count;   // of lines
    std::size_t column;  // which numbers it is of
    double unknown;      // of NaN
    double at_zero;      // of 0
};
inline constexpr std::size_t most_pairs = 32;
struct Columns {
    const double* first;
    std::size_t stride;  // from one to the next
    std::size_t pairs;   // `most_pairs` at most
};

// Texts of 255 symbols at most, by what tells how many symbols two of them share at most (catalog/signature.hpp): bits
// for some of a text's symbols, how many others it has, and how many in all. Two share the bits that both have, and of
// the others as many as the one with fewer has.
struct SignedTexts {
    const std::uint64_t* bits;
    const std::uint8_t* others;
    const std::uint8_t* sizes;
    std::size_t count;
};
struct SignedText {
    std::uint64_t bits;
    std::uint8_t others;
    std::uint8_t size;
};
// What texts have to share of the symbols of both, in 256ths: all of them are half as many as both have. Texts that
// stand side by side may have one need: a bit for each text, set where its need is the next one. That of the first text
// says nothing, and there are whole words of them. Only texts with a bit in `among` are asked about, all where it is
// nullptr.
inline constexpr unsigned need_of_one = 256;
inline constexpr std::uint8_t most_needed = 128;
struct Needs {
    const std::uint8_t* needs;  // `most_needed` at most
    const std::uint64_t* next;
    const std::uint64_t* among = nullptr;
};

// Groups of texts that can be worth something without their own: as much as the number they point to, and as their
// other text is like the asked one.
struct SignedGroups {
    SignedTexts texts;
    const float* numbers;
    const std::uint32_t* number_of;  // for each group
};
// What they need: (floor - number - of_text · shared / symbols of both) · to_needs, between 0 and `most_needed`,
// rounded down; each operation is rounded to a float, and of no symbols there is one.
struct NeedsOfGroups {
    float floor;
    float of_text;
    float to_needs;
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
    // The whole LCS with a pattern of `count` blocks, `most_blocks` at most.
    std::uint32_t (*lcs_blocks)(const PatternBlock* blocks, std::size_t count, const char32_t* text,
                                std::size_t length);
    // The LCS of one pair of texts, `count` ≤ 64: `block` is empty before and after.
    std::uint32_t (*lcs_pair)(PatternBlock& block, const char32_t* pattern, std::size_t count, const char32_t* text,
                              std::size_t length);
    // Bytes of a row of a tile, 64 at most; rows are aligned to them.
    std::size_t tile_bytes;
    // The rows of a text's symbols, of one byte each, and 0 for those from `size` to `room`.
    void (*number)(const std::uint8_t* symbols, std::size_t size, std::size_t room, const RowsOfBytes& table,
                   std::uint16_t* out);
    // The length of the LCS of each text with each lane, in a lane of `bits` (8, 16, 32 or 64).
    void (*lcs_tile)(const std::uint8_t* rows, unsigned bits, const Four* fours, std::size_t count);
    // The same for lanes whose texts have more than 64 symbols: 64 of them in a lane of 64 bits, and the next 64 in the
    // next tile. `carry` is `lockstep · length · tile_bytes` of zeros before the first tile and left as the next one
    // needs it; what this tile adds to the lengths is added to `four.common`.
    void (*lcs_part)(const std::uint8_t* rows, const Four& four, std::uint8_t* carry);
    // From `texts` rows of lanes, as lcs_tile leaves them, to a row of `texts` bytes for each lane, row after row.
    // `texts` is a multiple of 128; both buffers have `texts · tile_bytes`, and the answer is in the one returned.
    const std::uint8_t* (*turn)(std::uint8_t* lanes, std::uint8_t* spare, std::size_t texts, unsigned bits);
    void (*ratios_float)(const Ratios<float>& ratios, float* out);
    void (*ratios_double)(const Ratios<double>& ratios, double* out);
    void (*ratios_byte)(const Ratios<double>& ratios, std::uint8_t* out);  // rounded to the nearest
    // common[i] takes how many symbols text i has in its LCS with the pattern, capitals taken as small letters;
    // `not_compared` for a text that is not ASCII without U+0000.
    void (*lcs_few)(const FewTexts& few, std::uint8_t* common);
    // common[i] takes how many symbols text i has in its LCS with a pattern of `size` symbols, `block_symbols` at most,
    // that is of the same kind. `common` has room for all blocks.
    void (*lcs_columns)(const std::uint8_t* pattern, std::size_t size, const TextColumns& texts, std::uint8_t* common);
    // Adds the curves' values to each pair's sum, one after the other: values[i] + (x - knots[i]) · slopes[i], rounded
    // after each operation.
    void (*add_curves)(const Curve* curves, std::size_t count, const Columns& columns, double* sums);
    // The normal form of each text that is small letters, digits and single spaces once capitals are small, apostrophes
    // dropped and all other signs spaces; ends[i] is where it ends in `out`. Stops at the first text for which that may
    // not be so, or that has no word or more than `longest_ascii` bytes; how many texts came before.
    std::size_t (*ascii_forms)(const AsciiTexts& texts, std::uint8_t* out, std::size_t* ends);
    // The places of the texts that are asked about and share what they need; how many they are. `places` has room for
    // all.
    std::size_t (*find_sharing)(const SignedTexts& texts, const SignedText& asked, const Needs& needs,
                                std::uint32_t* places);
    // needs[i] takes what group i needs.
    void (*needs_of)(const SignedGroups& groups, const SignedText& asked, const NeedsOfGroups& rule,
                     std::uint8_t* needs);
};

inline constexpr std::size_t most_tile_bytes = 64;

// The kernel in use; chosen once from MUSICSYNC_KERNEL or by what the CPU can, until select() changes it.
[[nodiscard]] const Kernel& active() noexcept;
// nullptr-terminated, best last.
[[nodiscard]] const Kernel* const* available() noexcept;
// False where no kernel of this build has that name ("auto" always works).
bool select(const char* name) noexcept;

}  // namespace musicsync::kernel
