// Symbols as small numbers: the rows of a tile.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "similarity/symbols.hpp"

namespace musicsync {

// The symbols of some texts, numbered from 1; 0 stands for all others.
class Alphabet {
  public:
    static constexpr std::size_t most = 1023;

    // Adds the text's symbols; false, and nothing added, where they would be too many.
    bool add(const Symbols& text);

    [[nodiscard]] std::uint16_t number_of(char32_t symbol) const noexcept {
        if (symbol < direct_.size()) return direct_[symbol];
        return slots_.empty() ? std::uint16_t{0} : slots_[slot_of(symbol)].number;
    }
    // Rows that a tile needs.
    [[nodiscard]] std::size_t rows() const noexcept { return symbols_.size() + 1; }

  private:
    struct Slot {
        char32_t symbol = 0;
        std::uint16_t number = 0;  // 0 marks a free slot
    };
    static constexpr unsigned slot_bits = 12;  // four times the symbols: few meet

    // The slot that holds `symbol`, or the free one where it belongs.
    [[nodiscard]] std::size_t slot_of(char32_t symbol) const noexcept {
        std::size_t slot = (static_cast<std::uint32_t>(symbol) * 2654435769U) >> (32 - slot_bits);
        while (slots_[slot].number != 0 && slots_[slot].symbol != symbol) slot = (slot + 1) % slots_.size();
        return slot;
    }
    void insert(char32_t symbol);
    void remove_last();

    std::vector<char32_t> symbols_;
    std::array<std::uint16_t, 256> direct_{};
    std::vector<Slot> slots_;  // of what is beyond; none until there is such a symbol
};

}  // namespace musicsync
