#include "similarity/stretch.hpp"

#include <algorithm>
#include <utility>

#include "similarity/tiles.hpp"

namespace musicsync {
namespace {

constexpr std::size_t ahead = 12;

}  // namespace

void Stretch::order() {
    static constexpr std::size_t counted = 128;  // lengths that have a place of their own; the longer ones are sorted
    std::array<std::uint32_t, counted + 1> starts{};
    const auto place = [this](std::uint32_t i) { return std::min<std::size_t>(size_of(i), counted); };
    for (std::uint32_t i = 0; i < texts_.size(); ++i) ++starts[place(i)];
    std::uint32_t sum = 0;
    for (std::uint32_t& start : starts) sum += std::exchange(start, sum);
    const std::uint32_t longer = starts[counted];
    order_.resize(texts_.size());
    for (std::uint32_t i = 0; i < texts_.size(); ++i) order_[starts[place(i)]++] = i;
    std::sort(order_.begin() + longer, order_.end(),
              [this](std::uint32_t a, std::uint32_t b) { return std::pair(size_of(a), a) < std::pair(size_of(b), b); });
}

void Stretch::take(std::span<const Symbols> texts, std::uint8_t* lanes) {
    texts_ = texts;
    order();
    others_.clear();
    while (!order_.empty() && size_of(order_.back()) > longest_in_tile) {
        others_.push_back(order_.back());
        order_.pop_back();
    }
    group(lanes);
}

void Stretch::group(std::uint8_t* lanes) {
    std::size_t room = 0;  // a text has room for as many symbols as the longest of its four
    for (std::size_t at = 0; at < order_.size(); at += kernel::lockstep)
        room += kernel::lockstep * size_of(order_[std::min(at + kernel::lockstep, order_.size()) - 1]);
    if (numbers_.size() < room) numbers_.resize(room);
    fours_.clear();
    std::uint16_t* numbers = numbers_.data();
    for (std::size_t at = 0; at < order_.size(); at += kernel::lockstep) {
        const std::size_t count = std::min(kernel::lockstep, order_.size() - at);
        kernel::Four& four = fours_.emplace_back();
        four.length = size_of(order_[at + count - 1]);
        for (std::size_t k = 0; k < kernel::lockstep; ++k) {
            const std::uint32_t text = order_[at + std::min(k, count - 1)];
            if (k < count) numbers_of_[text] = std::exchange(numbers, numbers + four.length);
            rooms_[text] = four.length;
            four.text[k] = numbers_of_[text];
            four.common[k] = lanes + (k < count ? text : most) * kernel_.tile_bytes;
        }
    }
}

// In the order of memory, which is read once, and asked for ahead of time: each text lies somewhere else.
void Stretch::number(const Alphabet& alphabet) {
    const auto row_of = [&](char32_t symbol) {
        return static_cast<std::uint16_t>(alphabet.number_of(symbol) * kernel_.tile_bytes);
    };
    kernel::RowsOfBytes table;
    for (std::size_t symbol = 0; symbol < std::size(table.rows); ++symbol) {
        table.rows[symbol] = row_of(static_cast<char32_t>(symbol));
        table.low[symbol] = static_cast<std::uint8_t>(table.rows[symbol]);
        table.high[symbol] = static_cast<std::uint8_t>(table.rows[symbol] >> 8);
    }
    for (std::size_t i = 0; i < texts_.size(); ++i) {
        const Symbols& text = texts_[i];
        if (i + ahead < texts_.size()) __builtin_prefetch(texts_[i + ahead].data);
        if (text.size > longest_in_tile) continue;
        std::uint16_t* out = numbers_of_[i];
        std::uint16_t* const end = out + rooms_[i];
        if (text.width == 1) {
            kernel_.number(static_cast<const std::uint8_t*>(text.data), text.size, rooms_[i], table, out);
            continue;
        }
        for_symbols(text, [&](char32_t symbol) { *out++ = row_of(symbol); });
        std::fill(out, end, std::uint16_t{0});
    }
}

}  // namespace musicsync
