// What two texts can have in common at most, out of a few bytes of each: a bit for each of the 64 most frequent things
// of the kind "has an e", "has a second e", and how many symbols have no bit.
//
//   LevelCounter counter;
//   for (std::string_view title : titles) counter.count(title);
//   const SymbolLevels levels = counter.chosen();
//   std::size_t most = common_at_most(levels.of("ring of fire"), levels.of("fire"));    // no LCS is longer
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/column.hpp"
#include "kernels/kernels.hpp"

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
    // Symbols are told apart by their last seven bits: those that share them count as one, which only raises a bound.
    static constexpr std::size_t symbols = 128;
    static constexpr std::size_t most_levels = 16;

    SymbolLevels() : bits_(std::vector<std::uint64_t>(symbols * most_levels)) {}
    // A bit for each level of each symbol, 0 for one without; levels of a symbol side by side.
    explicit SymbolLevels(std::vector<std::uint64_t> bits) : bits_(std::move(bits)) {}

    // A text of more than `longest_signed` symbols has none: its size is 0.
    template <class Char>
    [[nodiscard]] Signature of(std::basic_string_view<Char> text) const noexcept {
        Signature out;
        if (text.size() > longest_signed) return out;
        out.size = static_cast<std::uint8_t>(text.size());
        for_each_level(text, [this, &out](std::size_t symbol, std::size_t level) {
            const std::uint64_t bit = level < most_levels ? bits_[symbol * most_levels + level] : 0;
            out.bits |= bit;
            out.others = static_cast<std::uint8_t>(out.others + (bit == 0 ? 1 : 0));
        });
        return out;
    }

    // Calls take(symbol, level) for each symbol of a text: how often the text had it before.
    template <class Char, class Take>
    static void for_each_level(std::basic_string_view<Char> text, Take take) noexcept {
        std::array<std::uint8_t, symbols> seen{};
        for (const Char c : text.substr(0, longest_signed)) {
            const std::size_t symbol = static_cast<std::size_t>(c) % symbols;
            take(symbol, seen[symbol]++);
        }
    }

    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        visit("levels", self.bits_);
    }

    [[nodiscard]] bool is_whole() const noexcept { return bits_.size() == symbols * most_levels; }

  private:
    Column<std::uint64_t> bits_;
};

// Finds the most frequent levels of some texts.
class LevelCounter {
  public:
    // So many tell enough of all.
    static constexpr std::size_t enough = 50'000;

    template <class Char>
    void count(std::basic_string_view<Char> text) noexcept {
        SymbolLevels::for_each_level(text, [this](std::size_t symbol, std::size_t level) {
            if (level < SymbolLevels::most_levels) ++frequency_[symbol * SymbolLevels::most_levels + level];
        });
    }
    // They get the bits.
    [[nodiscard]] SymbolLevels chosen() const;

  private:
    std::vector<std::uint32_t> frequency_ =
        std::vector<std::uint32_t>(SymbolLevels::symbols * SymbolLevels::most_levels);
};

// Signatures, each part in a column of its own.
struct SignatureColumns {
    Column<std::uint64_t> bits;
    Column<std::uint8_t> sizes;
    Column<std::uint8_t> others;

    SignatureColumns() = default;
    explicit SignatureColumns(std::span<const Signature> signatures);
    // Those of `ids`, one behind the other.
    [[nodiscard]] SignatureColumns of(std::span<const std::uint32_t> ids) const;
    [[nodiscard]] std::size_t size() const noexcept { return bits.size(); }
    [[nodiscard]] bool is_whole() const noexcept { return sizes.size() == size() && others.size() == size(); }
    [[nodiscard]] Signature operator[](std::size_t i) const noexcept { return {bits[i], sizes[i], others[i]}; }
    // Before operator[], which then does not wait for memory.
    void prefetch(std::size_t i) const noexcept {
        __builtin_prefetch(bits.data() + i);
        __builtin_prefetch(sizes.data() + i);
        __builtin_prefetch(others.data() + i);
    }
    // As the kernel takes them.
    [[nodiscard]] kernel::SignedTexts part(std::size_t begin, std::size_t end) const noexcept {
        return {bits.data() + begin, others.data() + begin, sizes.data() + begin, end - begin};
    }
    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        visit("bits", self.bits);
        visit("sizes", self.sizes);
        visit("others", self.others);
    }
};

}  // namespace musicsync::catalog
