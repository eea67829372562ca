// Symbols as small numbers: the rows of a tile.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "musicsync/matrix.hpp"

namespace musicsync {

// Calls `body(symbol)` for each symbol of the text.
template <class Body>
void for_symbols(const Symbols& text, Body&& body) {
    const auto walk = [&](const auto* symbols) {
        for (std::size_t i = 0; i < text.size; ++i) body(static_cast<char32_t>(symbols[i]));
    };
    if (text.width == 1) return walk(static_cast<const std::uint8_t*>(text.data));
    if (text.width == 2) return walk(static_cast<const char16_t*>(text.data));
    walk(static_cast<const char32_t*>(text.data));
}

// The symbols of a block of queries, numbered from 1; 0 stands for all others.
class Alphabet {
  public:
    static constexpr std::size_t most = 255;

    // The text's symbols as numbers, new ones added; nothing (and nothing added) where they would be too many.
    std::optional<std::vector<std::uint8_t>> add(const Symbols& text);

    [[nodiscard]] std::uint8_t number_of(char32_t symbol) const noexcept {
        return symbol < direct_.size() ? direct_[symbol] : number_of_other(symbol);
    }
    // Rows that a tile needs.
    [[nodiscard]] std::size_t rows() const noexcept { return symbols_.size() + 1; }

  private:
    static constexpr std::size_t slots = 1024;  // a power of two, and four times the symbols: few meet
    [[nodiscard]] std::uint8_t number_of_other(char32_t symbol) const noexcept;
    void insert(char32_t symbol);

    std::vector<char32_t> symbols_;
    std::array<std::uint8_t, 256> direct_{};
    std::array<char32_t, slots> keys_{};
    std::array<std::uint8_t, slots> numbers_{};
};

}  // namespace musicsync
