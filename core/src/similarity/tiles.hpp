// Texts side by side in tiles, ready for the kernel that compares all of a tile with others.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/kernels.hpp"
#include "similarity/alphabet.hpp"

namespace musicsync {

// What is longer, on either side, is compared one by one: its carries would leave the cache.
inline constexpr std::size_t longest_in_tile = 2048;

class Stretch;

struct Tile {
    unsigned bits = 0;                     // of a lane
    std::size_t parts = 1;                 // tiles one after the other, each with the next 64 symbols of its texts
    std::size_t rows = 0;                  // where the first begins
    std::span<const std::uint32_t> texts;  // by lane
};

class Tiles {
  public:
    // As many texts from `first` on as share an alphabet, 1,024 at most. Only those of up to 64 symbols are in tiles:
    // the longer ones are to be compared with the other side's tiles.
    Tiles(std::span<const Symbols> texts, std::size_t first, const kernel::Kernel& kernel);
    // None yet, for texts that are numbered in another's alphabet.
    Tiles(const Alphabet& alphabet, const kernel::Kernel& kernel) : kernel_(kernel), alphabet_(alphabet) {}

    // All texts of the stretch that are not empty, whatever their length, in place of those before; counted from its
    // begin.
    void take(const Stretch& stretch);

    [[nodiscard]] std::size_t end() const noexcept { return end_; }
    [[nodiscard]] const Alphabet& alphabet() const noexcept { return alphabet_; }
    [[nodiscard]] const std::vector<Tile>& all() const noexcept { return tiles_; }
    [[nodiscard]] const std::vector<std::uint32_t>& longer() const noexcept { return longer_; }
    // Those that are to be compared one by one, for they are empty, too long or of too many symbols.
    [[nodiscard]] const std::vector<std::uint32_t>& others() const noexcept { return others_; }
    [[nodiscard]] const std::uint8_t* rows_of(const Tile& tile, std::size_t part = 0) const noexcept {
        return rows_.front().bytes.data() + tile.rows + part * part_bytes();
    }

  private:
    struct alignas(kernel::most_tile_bytes) Block {
        std::array<std::uint8_t, kernel::most_tile_bytes> bytes{};
    };

    void gather();
    template <class Size>
    void lay_out(const Size& size_of);
    // `rows(text, body)` calls body(where the row begins) for each symbol of the text.
    template <class Rows>
    void build(const Tile& tile, const Rows& rows);
    [[nodiscard]] std::size_t part_bytes() const noexcept { return alphabet_.rows() * kernel_.tile_bytes; }

    std::span<const Symbols> texts_;
    std::size_t end_ = 0;
    const kernel::Kernel& kernel_;
    Alphabet alphabet_;
    std::vector<std::uint32_t> order_;  // longest first
    std::vector<std::uint32_t> longer_;
    std::vector<std::uint32_t> others_;
    std::vector<Tile> tiles_;
    std::vector<Block> rows_;
};

}  // namespace musicsync
