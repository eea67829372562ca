#include "similarity/tiles.hpp"

#include <algorithm>

namespace musicsync {
namespace {

constexpr std::size_t most_texts = 1024;  // whose rows stay in the cache

// The narrowest lane for a text.
unsigned bits_for(std::size_t size) noexcept {
    if (size <= 8) return 8;
    if (size <= 16) return 16;
    return size <= 32 ? 32 : 64;
}

}  // namespace

Tiles::Tiles(std::span<const Symbols> texts, std::size_t first, const kernel::Kernel& kernel)
    : texts_(texts), end_(first), kernel_(kernel) {
    gather();
    order();
    rows_.resize((tiles_.empty() ? 0 : tiles_.back().rows + tiles_.back().parts * part_bytes()) / sizeof(Block) + 1);
    for (const Tile& tile : tiles_) build(tile);
}

void Tiles::gather() {
    const std::size_t last = std::min(texts_.size(), end_ + most_texts);
    for (; end_ < last; ++end_) {
        const Symbols& text = texts_[end_];
        const bool fits = text.size > 0 && text.size <= longest_in_tile;
        if (fits && !alphabet_.add(text)) {
            if (!order_.empty()) return;
            others_.push_back(static_cast<std::uint32_t>(end_));
        } else {
            (fits ? order_ : others_).push_back(static_cast<std::uint32_t>(end_));
        }
    }
}

// Into lanes that hold the longest of each tile, so that few stay empty.
void Tiles::order() {
    std::sort(order_.begin(), order_.end(), [this](std::uint32_t a, std::uint32_t b) {
        return texts_[a].size != texts_[b].size ? texts_[a].size > texts_[b].size : a < b;
    });
    std::size_t rows = 0;
    for (std::size_t at = 0; at < order_.size();) {
        const std::size_t longest = texts_[order_[at]].size;
        const unsigned bits = bits_for(longest);
        const std::size_t lanes = std::min(order_.size() - at, 8 * kernel_.tile_bytes / bits);
        const std::size_t parts = (longest + kernel::block_symbols - 1) / kernel::block_symbols;
        tiles_.push_back({bits, parts, rows, std::span<const std::uint32_t>(order_).subspan(at, lanes)});
        rows += parts * part_bytes();
        at += lanes;
    }
}

void Tiles::build(const Tile& tile) {
    std::uint8_t* lane = rows_.front().bytes.data() + tile.rows;
    for (const std::uint32_t t : tile.texts) {
        std::size_t place = 0;
        for_symbols(texts_[t], [&](char32_t symbol) {
            const std::size_t part = place / kernel::block_symbols;
            const std::size_t bit = place % kernel::block_symbols;
            std::uint8_t* const row = lane + part * part_bytes() + alphabet_.number_of(symbol) * kernel_.tile_bytes;
            row[bit / 8] = static_cast<std::uint8_t>(row[bit / 8] | (1U << (bit % 8)));
            ++place;
        });
        lane += tile.bits / 8;
    }
}

}  // namespace musicsync
