#include "similarity/tiles.hpp"

#include <algorithm>
#include <cstring>

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
    std::sort(order_.begin(), order_.end(), [this](std::uint32_t a, std::uint32_t b) {
        return texts_[a].size != texts_[b].size ? texts_[a].size > texts_[b].size : a < b;
    });
    lay_out();
}

Tiles::Tiles(std::span<const Symbols> texts, std::span<const std::uint32_t> order, const Alphabet& alphabet,
             const kernel::Kernel& kernel)
    : texts_(texts), end_(texts.size()), kernel_(kernel), alphabet_(alphabet) {
    for (std::size_t i = order.size(); i > 0 && texts[order[i - 1]].size > 0; --i) order_.push_back(order[i - 1]);
    lay_out();
}

void Tiles::gather() {
    const std::size_t last = std::min(texts_.size(), end_ + most_texts);
    for (; end_ < last; ++end_) {
        const Symbols& text = texts_[end_];
        const auto index = static_cast<std::uint32_t>(end_);
        if (text.size == 0 || text.size > longest_in_tile) {
            others_.push_back(index);
        } else if (alphabet_.add(text)) {
            (text.size <= kernel::block_symbols ? order_ : longer_).push_back(index);
        } else if (alphabet_.rows() > 1) {
            return;
        } else {
            others_.push_back(index);
        }
    }
}

// Into lanes that hold the longest of each tile, so that few stay empty.
void Tiles::lay_out() {
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
    rows_.resize(rows / sizeof(Block) + 1);
    for (const Tile& tile : tiles_) build(tile);
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
    for (std::size_t part = 0; part < tile.parts; ++part)  // the symbols that are not in the alphabet
        std::memset(rows_.front().bytes.data() + tile.rows + part * part_bytes(), 0, kernel_.tile_bytes);
}

}  // namespace musicsync
