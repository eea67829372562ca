#include "similarity/tiles.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace musicsync {

void Tiles::order_by_length(std::size_t begin, std::size_t end) {
    std::array<std::uint32_t, 66> starts{};  // what is longer than 64 comes last
    const auto place = [this](std::size_t c) { return std::min<std::size_t>(choices_[c].size, 65); };
    for (std::size_t c = begin; c < end; ++c) ++starts[place(c)];
    std::uint32_t sum = 0;
    for (std::uint32_t& start : starts) sum += std::exchange(start, sum);
    order_.resize(end - begin);
    for (std::size_t c = begin; c < end; ++c) order_[starts[place(c)]++] = static_cast<std::uint32_t>(c);
}

// In the order of memory, which is read once: the symbols of each choice as rows.
void Tiles::number(const Alphabet& alphabet, std::size_t begin, std::size_t end) {
    numbers_.resize((end - begin) * kernel::block_symbols);
    for (std::size_t c = begin; c < end; ++c) {
        if (choices_[c].size > kernel::block_symbols) continue;
        std::uint8_t* out = numbers_.data() + (c - begin) * kernel::block_symbols;
        for_symbols(choices_[c], [&](char32_t symbol) { *out++ = alphabet.number_of(symbol); });
    }
}

std::size_t Tiles::count_up_to(std::size_t at, unsigned bits) const {
    const std::size_t lanes = 8 * kernel_.tile_bytes / bits;
    std::size_t count = 0;
    while (count < lanes && at + count < order_.size() && choices_[order_[at + count]].size <= bits) ++count;
    return count;
}

template <class Lane>
void Tiles::fill(const Tile& tile, std::size_t begin) {
    std::uint8_t* column = reinterpret_cast<std::uint8_t*>(rows_.data()) + tile.rows;
    for (const std::uint32_t c : tile.choices) {
        const std::uint8_t* const numbers = numbers_.data() + (c - begin) * kernel::block_symbols;
        Lane bit = 1;
        for (std::size_t i = 0; i < choices_[c].size; ++i) {
            Lane mask;
            std::uint8_t* const cell = column + numbers[i] * kernel_.tile_bytes;
            std::memcpy(&mask, cell, sizeof mask);
            mask = static_cast<Lane>(mask | bit);
            std::memcpy(cell, &mask, sizeof mask);
            bit = static_cast<Lane>(bit << 1);
        }
        column += sizeof(Lane);
    }
}

void Tiles::build(const Alphabet& alphabet, std::size_t begin, std::size_t end) {
    order_by_length(begin, end);
    number(alphabet, begin, end);
    tiles_.clear();
    std::size_t at = 0;
    for (const unsigned bits : {16U, 32U, 64U}) {
        for (std::size_t count = 0; (count = count_up_to(at, bits)) > 0; at += count)
            tiles_.push_back({bits, tiles_.size() * alphabet.rows() * kernel_.tile_bytes,
                              std::span<const std::uint32_t>(order_).subspan(at, count)});
    }
    const std::size_t bytes = tiles_.size() * alphabet.rows() * kernel_.tile_bytes;
    rows_.assign(bytes / sizeof(Block) + 1, Block{});
    for (const Tile& tile : tiles_) {
        if (tile.bits == 16) fill<std::uint16_t>(tile, begin);
        if (tile.bits == 32) fill<std::uint32_t>(tile, begin);
        if (tile.bits == 64) fill<std::uint64_t>(tile, begin);
    }
}

}  // namespace musicsync
