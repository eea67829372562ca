// What two texts can have in common at most, out of a few bytes of each: a bit for each of the 64 most frequent things
// of the kind "has an e", "has a second e", and how many symbols have no bit.
//
//   SymbolLevels levels;
//   for (std::string_view title : titles) levels.count(title);
//   levels.choose();
//   std::size_t most = common_at_most(levels.of("ring of fire"), levels.of("fire"));    // no LCS is longer
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace musicsync::catalog {

// Of a text of `longest_signed` symbols at most.
struct Signature {
    std::uint64_t bits = 0;
    std::uint8_t size = 0;
    std::uint8_t others = 0;  // symbols without a bit
    friend bool operator==(const Signature&, const Signature&) = default;
};
inline constexpr std::size_t longest_signed = 255;

// Symbols in common, whatever their order. Of a symbol whose first n levels have bits, two texts share as many levels
// as both have: their bits, and no more of the others than the text with fewer of them has.
[[nodiscard]] inline std::size_t common_at_most(const Signature& a, const Signature& b) noexcept {
    return static_cast<std::size_t>(__builtin_popcountll(a.bits & b.bits)) + std::min(a.others, b.others);
}

// Which levels have bits: a symbol's first level is that a text has it, the next that it has it twice, and so on.
class SymbolLevels {
  public:
    SymbolLevels() noexcept { bits_.fill({}); }

    // Adds what a text has to what is known of how frequent each level is.
    template <class Char>
    void count(std::basic_string_view<Char> text) noexcept {
        for_each_level(text, [this](std::size_t symbol, std::size_t level) {
            if (level < most_levels) ++frequency_[symbol][level];
        });
    }
    // The most frequent levels get the bits. To be called once, behind all counting.
    void choose();

    // A text of more than `longest_signed` symbols has none: its size is 0.
    template <class Char>
    [[nodiscard]] Signature of(std::basic_string_view<Char> text) const noexcept {
        Signature out;
        if (text.size() > longest_signed) return out;
        out.size = static_cast<std::uint8_t>(text.size());
        for_each_level(text, [this, &out](std::size_t symbol, std::size_t level) {
            const std::uint64_t bit = level < most_levels ? bits_[symbol][level] : 0;
            out.bits |= bit;
            out.others = static_cast<std::uint8_t>(out.others + (bit == 0 ? 1 : 0));
        });
        return out;
    }

  private:
    // Symbols are told apart by their last seven bits: those that share them count as one, which only raises a bound.
    static constexpr std::size_t symbols = 128;
    static constexpr std::size_t most_levels = 16;

    template <class Char, class Take>
    static void for_each_level(std::basic_string_view<Char> text, Take take) noexcept {
        std::array<std::uint8_t, symbols> seen{};
        for (const Char c : text.substr(0, longest_signed)) {
            const std::size_t symbol = static_cast<std::size_t>(c) % symbols;
            take(symbol, seen[symbol]++);
        }
    }

    std::array<std::array<std::uint64_t, most_levels>, symbols> bits_;  // 0 for a level without a bit
    std::array<std::array<std::uint32_t, most_levels>, symbols> frequency_{};
};

}  // namespace musicsync::catalog
