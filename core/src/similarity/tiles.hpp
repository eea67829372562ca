// Texts side by side in tiles, ready for the kernel that compares one text with all of a tile.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/kernels.hpp"
#include "musicsync/matrix.hpp"
#include "similarity/alphabet.hpp"

namespace musicsync {

struct Tile {
    unsigned bits = 0;
    std::size_t rows = 0;  // where they begin
    std::span<const std::uint32_t> choices;
};

// A stretch of choices, sorted by length and built into tiles once for all queries that share an alphabet. Choices that
// are longer than any lane are in none.
class Tiles {
  public:
    Tiles(std::span<const Symbols> choices, const kernel::Kernel& kernel) : choices_(choices), kernel_(kernel) {}

    void build(const Alphabet& alphabet, std::size_t begin, std::size_t end);

    [[nodiscard]] const std::vector<Tile>& all() const noexcept { return tiles_; }
    [[nodiscard]] const std::uint8_t* rows_of(const Tile& tile) const noexcept {
        return reinterpret_cast<const std::uint8_t*>(rows_.data()) + tile.rows;
    }

  private:
    struct alignas(kernel::tile_alignment) Block {
        std::array<std::uint8_t, kernel::tile_alignment> bytes{};
    };

    void order_by_length(std::size_t begin, std::size_t end);
    void number(const Alphabet& alphabet, std::size_t begin, std::size_t end);
    [[nodiscard]] std::size_t count_up_to(std::size_t at, unsigned bits) const;
    template <class Lane>
    void fill(const Tile& tile, std::size_t begin);

    std::span<const Symbols> choices_;
    const kernel::Kernel& kernel_;
    std::vector<std::uint32_t> order_;
    std::vector<std::uint8_t> numbers_;
    std::vector<Tile> tiles_;
    std::vector<Block> rows_;
};

}  // namespace musicsync
