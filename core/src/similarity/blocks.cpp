#include "similarity/blocks.hpp"

#include <algorithm>
#include <cstring>

#include "similarity/lcs.hpp"

namespace musicsync {
namespace {

constexpr std::size_t turned_at_once = 128;  // what a kernel's `turn` takes a multiple of

}  // namespace

template <class Out>
Blocks<Out>::Blocks(std::span<const Symbols> queries, std::span<const Symbols> choices, const MatrixOptions& options,
                    const kernel::Kernel& kernel)
    : queries_(queries), choices_(choices), scale_(options), kernel_(kernel), stretch_(choices) {}

template <class Out>
void Blocks<Out>::take(std::size_t begin, std::size_t end) {
    stretch_.take(begin, end);
    for (std::size_t c = begin; c < end; ++c) sizes_[c - begin] = static_cast<Real>(choices_[c].size);
}

template <class Out>
void Blocks<Out>::compare(const Tiles& tiles, const Target<Out>& target) {
    if (!tiles.all().empty()) stretch_.number(tiles.alphabet(), kernel_.tile_bytes);
    for (const Tile& tile : tiles.all()) {
        if (tile.parts == 1)
            compare_tile(tiles, tile, target);
        else
            compare_parts(tiles, tile, target);
        for (const std::uint32_t choice : stretch_.others()) {
            for (const std::uint32_t query : tile.texts) compare_one(query, stretch_.begin() + choice, target);
        }
    }
    for (const std::uint32_t query : tiles.others()) {
        for (std::size_t i = 0; i < stretch_.size(); ++i) compare_one(query, stretch_.begin() + i, target);
    }
}

template <class Out>
void Blocks<Out>::compare_tile(const Tiles& tiles, const Tile& tile, const Target<Out>& target) {
    const std::uint8_t* const rows = tiles.rows_of(tile);
    for (const Stretch::Four& four : stretch_.fours())
        kernel_.lcs_tile(four_of(four, rows), tile.bits, lanes_of(four).data());
    const std::size_t texts = (stretch_.size() + turned_at_once - 1) / turned_at_once * turned_at_once;
    const std::uint8_t* common = kernel_.turn(lanes_->bytes.data(), spare_->bytes.data(), texts, tile.bits);
    for (const std::uint32_t query : tile.texts) {
        scale_.of_row(kernel_, common, sizes_.data(), stretch_.size(), queries_[query].size,
                      target.at(query, stretch_.begin()));
        common += texts;
    }
}

template <class Out>
void Blocks<Out>::compare_parts(const Tiles& tiles, const Tile& tile, const Target<Out>& target) {
    lanes_->bytes.fill(0);
    for (const Stretch::Four& four : stretch_.fours()) {
        carry_.assign(kernel::lockstep * four.length * kernel_.tile_bytes, 0);
        for (std::size_t part = 0; part < tile.parts; ++part)
            kernel_.lcs_part(four_of(four, tiles.rows_of(tile, part)), carry_.data(), lanes_of(four).data());
        for (std::size_t k = 0; k < four.count; ++k) {
            const std::uint32_t choice = four.texts[k];
            const std::uint8_t* lane = lanes_->bytes.data() + choice * kernel_.tile_bytes;
            for (const std::uint32_t query : tile.texts) {
                std::uint64_t common = 0;
                std::memcpy(&common, lane, sizeof common);
                const std::size_t c = stretch_.begin() + choice;
                *target.at(query, c) = scale_.of(common, queries_[query].size + choices_[c].size);
                lane += sizeof common;
            }
        }
    }
}

template <class Out>
void Blocks<Out>::compare_one(std::size_t query, std::size_t choice, const Target<Out>& target) const {
    const Symbols &a = queries_[query], &b = choices_[choice];
    const std::size_t common = a.size == 0 || b.size == 0 ? 0 : lcs_length(code_points(a), code_points(b));
    *target.at(query, choice) = scale_.of(common, a.size + b.size);
}

template <class Out>
kernel::Four Blocks<Out>::four_of(const Stretch::Four& four, const std::uint8_t* rows) const {
    kernel::Four out{{rows, rows, rows, rows}, {}, four.length};
    for (std::size_t k = 0; k < kernel::lockstep; ++k) out.text[k] = stretch_.numbers_of(four, k);
    return out;
}

template <class Out>
std::array<std::uint8_t*, kernel::lockstep> Blocks<Out>::lanes_of(const Stretch::Four& four) {
    std::array<std::uint8_t*, kernel::lockstep> out{};
    for (std::size_t k = 0; k < kernel::lockstep; ++k) {
        const std::size_t row = k < four.count ? four.texts[k] : Stretch::most;
        out[k] = lanes_->bytes.data() + row * kernel_.tile_bytes;
    }
    return out;
}

template class Blocks<float>;
template class Blocks<double>;
template class Blocks<std::uint8_t>;

}  // namespace musicsync
