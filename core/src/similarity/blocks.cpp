#include "similarity/blocks.hpp"

#include <algorithm>
#include <cstring>

#include "similarity/lcs.hpp"

namespace musicsync {
namespace {

constexpr std::size_t turned_at_once = 128;  // what a kernel's `turn` takes a multiple of
constexpr std::size_t few_queries = 4;       // for which it does not pay to build tiles of the choices

}  // namespace

template <class Out>
Blocks<Out>::Blocks(std::span<const Symbols> queries, std::span<const Symbols> choices, const Tiles& tiles,
                    const MatrixOptions& options, const kernel::Kernel& kernel)
    : queries_(queries), choices_(choices), tiles_(tiles), scale_(options), kernel_(kernel), stretch_(kernel) {
    for (const std::uint32_t query : tiles.longer()) longer_.push_back(queries[query]);
    if (longer_.size() > few_queries) return;
    for (const Symbols& query : longer_) few_texts_.push_back(code_points(query));
    for (const std::u32string& text : few_texts_) few_.emplace_back(text);
}

template <class Out>
void Blocks<Out>::compare(std::size_t begin, std::size_t end, const Target<Out>& target) {
    if (!tiles_.all().empty() || longer_.size() > few_queries)
        stretch_.take(choices_.subspan(begin, end - begin), lanes_->bytes.data());
    if (!tiles_.all().empty()) {
        stretch_.number(tiles_.alphabet());
        for (std::size_t c = begin; c < end; ++c) sizes_[c - begin] = static_cast<Real>(choices_[c].size);
        for (const Tile& tile : tiles_.all()) compare_tile(tile, begin, target);
    }
    if (!few_.empty())
        compare_few_longer(begin, end, target);
    else if (!longer_.empty())
        compare_longer(begin, target);
    for (const std::uint32_t query : tiles_.others()) {
        for (std::size_t c = begin; c < end; ++c) compare_one(query, c, target);
    }
}

template <class Out>
void Blocks<Out>::compare_tile(const Tile& tile, std::size_t begin, const Target<Out>& target) {
    kernel_.lcs_tile(tiles_.rows_of(tile), tile.bits, stretch_.fours().data(), stretch_.fours().size());
    const std::size_t texts = (stretch_.size() + turned_at_once - 1) / turned_at_once * turned_at_once;
    const std::uint8_t* common = kernel_.turn(lanes_->bytes.data(), spare_->bytes.data(), texts, tile.bits);
    for (const std::uint32_t query : tile.texts) {
        scale_.of_row(kernel_, common, sizes_.data(), stretch_.size(), queries_[query].size, target.at(query, begin));
        for (const std::uint32_t choice : stretch_.others()) compare_one(query, begin + choice, target);
        common += texts;
    }
}

template <class Out>
void Blocks<Out>::compare_few_longer(std::size_t begin, std::size_t end, const Target<Out>& target) {
    for (std::size_t c = begin; c < end; ++c) {
        const std::u32string choice = code_points(choices_[c]);
        for (std::size_t i = 0; i < few_.size(); ++i) {
            const std::size_t total = few_texts_[i].size() + choice.size();
            *target.at(tiles_.longer()[i], c) = scale_.of(few_[i].lcs_length(choice), total);
        }
    }
}

// The sides exchanged: now the choices are in the tiles, in lanes that are as narrow as they are short.
template <class Out>
void Blocks<Out>::compare_longer(std::size_t begin, const Target<Out>& target) {
    std::vector<std::uint32_t> order = stretch_.sorted();
    std::vector<std::uint32_t> others = stretch_.others();
    for (std::uint32_t& choice : order) choice += static_cast<std::uint32_t>(begin);
    const Tiles tiles(choices_, order, tiles_.alphabet(), kernel_);
    for (const std::uint32_t choice : order) {
        if (choices_[choice].size > 0) break;
        others.push_back(choice - static_cast<std::uint32_t>(begin));
    }
    for (std::size_t first = 0; first < longer_.size(); first += Stretch::most) {
        const std::size_t count = std::min(Stretch::most, longer_.size() - first);
        turned_.take(std::span<const Symbols>(longer_).subspan(first, count), lanes_->bytes.data());
        turned_.number(tiles_.alphabet());
        for (const Tile& tile : tiles.all()) compare_longer_tile(tiles, tile, first, target);
    }
    for (const std::uint32_t query : tiles_.longer()) {
        for (const std::uint32_t choice : others) compare_one(query, begin + choice, target);
    }
}

template <class Out>
void Blocks<Out>::compare_longer_tile(const Tiles& tiles, const Tile& tile, std::size_t first,
                                      const Target<Out>& target) {
    if (tile.parts == 1) {
        kernel_.lcs_tile(tiles.rows_of(tile), tile.bits, turned_.fours().data(), turned_.fours().size());
    } else {
        std::memset(lanes_->bytes.data(), 0, turned_.size() * kernel_.tile_bytes);
        for (const kernel::Four& four : turned_.fours()) {
            carry_.assign(kernel::lockstep * four.length * kernel_.tile_bytes, 0);
            for (std::size_t part = 0; part < tile.parts; ++part)
                kernel_.lcs_part(tiles.rows_of(tile, part), four, carry_.data());
        }
    }
    const std::uint8_t* row = lanes_->bytes.data();
    for (std::size_t i = 0; i < turned_.size(); ++i, row += kernel_.tile_bytes) {
        const std::uint32_t query = tiles_.longer()[first + i];
        const std::uint8_t* lane = row;
        for (const std::uint32_t choice : tile.texts) {
            std::uint16_t common = lane[0];
            if (tile.bits > 8) std::memcpy(&common, lane, sizeof common);
            *target.at(query, choice) = scale_.of(common, queries_[query].size + choices_[choice].size);
            lane += tile.bits / 8;
        }
    }
}

template <class Out>
void Blocks<Out>::compare_one(std::size_t query, std::size_t choice, const Target<Out>& target) const {
    const Symbols &a = queries_[query], &b = choices_[choice];
    const std::size_t common = a.size == 0 || b.size == 0 ? 0 : lcs_length(code_points(a), code_points(b));
    *target.at(query, choice) = scale_.of(common, a.size + b.size);
}

template class Blocks<float>;
template class Blocks<double>;
template class Blocks<std::uint8_t>;

}  // namespace musicsync
