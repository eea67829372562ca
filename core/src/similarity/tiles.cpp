#include "similarity/tiles.hpp"

#include <algorithm>
#include <cstring>

#include "similarity/stretch.hpp"

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
    lay_out([this](std::uint32_t t) { return texts_[t].size; });
    for (const Tile& tile : tiles_) {
        build(tile, [this](std::uint32_t t, const auto& body) {
            for_symbols(texts_[t], [&](char32_t symbol) { body(alphabet_.number_of(symbol) * kernel_.tile_bytes); });
        });
    }
}

void Tiles::take(const Stretch& stretch) {
    order_.clear();
    for (std::size_t i = stretch.sorted().size(); i > 0 && stretch.size_of(stretch.sorted()[i - 1]) > 0; --i)
        order_.push_back(stretch.sorted()[i - 1]);
    lay_out([&](std::uint32_t t) { return stretch.size_of(t); });
    for (const Tile& tile : tiles_) {
        build(tile, [&](std::uint32_t t, const auto& body) {
            for (const std::uint16_t row : stretch.rows_of(t)) body(row);
        });
    }
}

void Tiles::gather() {
    const std::size_t last = std::min(texts_.size(), end_ + most_texts);
    for (; end_ < last; ++end_) {
        const Symbols& text = texts_[end_];
        const auto index = static_cast<std::uint32_t>(end_);
        const bool fits = text.size > 0 && text.size <= longest_in_tile;
        if (fits && alphabet_.add(text)) {
            (text.size <= kernel::block_symbols ? order_ : longer_).push_back(index);
        } else if (fits && alphabet_.rows() > 1) {
            return;
        } else {
            others_.push_back(index);
        }
    }
}

// Into lanes that hold the longest of each tile, so that few stay empty.
template <class Size>
void Tiles::lay_out(const Size& size_of) {
    tiles_.clear();
    std::size_t rows = 0;
    for (std::size_t at = 0; at < order_.size();) {
        const std::size_t longest = size_of(order_[at]);
        const unsigned bits = bits_for(longest);
        const std::size_t lanes = std::min(order_.size() - at, 8 * kernel_.tile_bytes / bits);
        const std::size_t parts = (longest + kernel::block_symbols - 1) / kernel::block_symbols;
        tiles_.push_back({bits, parts, rows, std::span<const std::uint32_t>(order_).subspan(at, lanes)});
        rows += parts * part_bytes();
        at += lanes;
    }
    rows_.clear();  // assign() would copy a block that GCC's AddressSanitizer does not align
    rows_.resize(rows / sizeof(Block) + 1);
}

template <class Rows>
void Tiles::build(const Tile& tile, const Rows& rows) {
    std::uint8_t* const begin = rows_.front().bytes.data() + tile.rows;
    std::uint8_t* lane = begin;
    for (const std::uint32_t t : tile.texts) {
        std::uint8_t* part = lane;
        unsigned place = 0;
        rows(t, [&](std::size_t row) {
            std::uint8_t& bits = part[row + place / 8];
            bits = static_cast<std::uint8_t>(bits | (1U << (place % 8)));
            if (++place < kernel::block_symbols) return;
            place = 0;
            part += part_bytes();
        });
        lane += tile.bits / 8;
    }
    for (std::size_t part = 0; part < tile.parts; ++part)  // the symbols that are not in the alphabet
        std::memset(begin + part * part_bytes(), 0, kernel_.tile_bytes);
}

}  // namespace musicsync
