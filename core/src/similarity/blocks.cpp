#include "similarity/blocks.hpp"

#include <algorithm>
#include <cstring>

#include "similarity/lcs.hpp"

namespace musicsync {
namespace {

constexpr std::size_t turned_at_once = 128;  // what a kernel's `turn` takes a multiple of
constexpr std::size_t few_queries = 3;       // for which it does not pay to build tiles of long choices

}  // namespace

template <class Out>
Blocks<Out>::Blocks(std::span<const Symbols> queries, std::span<const Symbols> choices, const Tiles& tiles,
                    const MatrixOptions& options, const kernel::Kernel& kernel)
    : queries_(queries),
      choices_(choices),
      tiles_(tiles),
      scale_(options),
      kernel_(kernel),
      stretch_(kernel),
      turned_tiles_(tiles.alphabet(), kernel) {
    for (const std::uint32_t query : tiles.longer()) longer_.push_back(queries[query]);
    if (longer_.size() > few_queries) return;
    for (const Symbols& query : longer_) few_texts_.push_back(code_points(query));
    for (const std::u32string& text : few_texts_) few_.emplace_back(text);
}

template <class Out>
void Blocks<Out>::compare(std::size_t begin, std::size_t end, const Target<Out>& target) {
    if (!tiles_.all().empty() || !longer_.empty()) {
        stretch_.take(choices_.subspan(begin, end - begin), lanes_->bytes.data());
        stretch_.number(tiles_.alphabet());
    }
    for (std::size_t c = begin; c < end; ++c) sizes_[c - begin] = static_cast<Real>(choices_[c].size);
    for (const Tile& tile : tiles_.all()) compare_tile(tile, begin, target);
    if (!longer_.empty()) {
        const auto& sorted = stretch_.sorted();
        const bool long_choices = sorted.empty() || stretch_.size_of(sorted[sorted.size() / 2]) > kernel::block_symbols;
        if (!few_.empty() && long_choices)
            compare_few_longer(begin, end, target);
        else
            compare_longer(begin, target);
    }
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
    turned_tiles_.take(stretch_);
    for (std::size_t first = 0; first < longer_.size(); first += Stretch::most) {
        const std::size_t count = std::min(Stretch::most, longer_.size() - first);
        turned_.take(std::span<const Symbols>(longer_).subspan(first, count), lanes_->bytes.data());
        turned_.number(tiles_.alphabet());
        for (const Tile& tile : turned_tiles_.all()) compare_longer_tile(tile, first, begin, target);
    }
    for (const std::uint32_t query : tiles_.longer()) {
        for (const std::uint32_t choice : stretch_.others()) compare_one(query, begin + choice, target);
        for (const std::uint32_t choice : stretch_.sorted()) {
            if (stretch_.size_of(choice) > 0) break;
            compare_one(query, begin + choice, target);
        }
    }
}

template <class Out>
void Blocks<Out>::compare_longer_tile(const Tile& tile, std::size_t first, std::size_t begin,
                                      const Target<Out>& target) {
    if (tile.parts == 1) {
        kernel_.lcs_tile(turned_tiles_.rows_of(tile), tile.bits, turned_.fours().data(), turned_.fours().size());
    } else {
        std::memset(lanes_->bytes.data(), 0, turned_.size() * kernel_.tile_bytes);
        for (const kernel::Four& four : turned_.fours()) {
            carry_.assign(kernel::lockstep * four.length * kernel_.tile_bytes, 0);
            for (std::size_t part = 0; part < tile.parts; ++part)
                kernel_.lcs_part(turned_tiles_.rows_of(tile, part), four, carry_.data());
        }
    }
    const std::uint8_t* row = lanes_->bytes.data();
    for (std::size_t i = 0; i < turned_.size(); ++i, row += kernel_.tile_bytes) {
        const std::uint32_t query = tiles_.longer()[first + i];
        const std::uint8_t* lane = row;
        for (const std::uint32_t choice : tile.texts) {
            std::uint16_t common = lane[0];
            if (tile.bits > 8) std::memcpy(&common, lane, sizeof common);
            const std::size_t total = queries_[query].size + stretch_.size_of(choice);
            *target.at(query, begin + choice) = scale_.of(common, total);
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
