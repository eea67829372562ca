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
    const auto place = [this](std::size_t i) { return std::min<std::size_t>(texts_[begin_ + i].size, counted); };
    for (std::size_t i = 0; i < size_; ++i) ++starts[place(i)];
    std::uint32_t sum = 0;
    for (std::uint32_t& start : starts) sum += std::exchange(start, sum);
    const std::uint32_t longer = starts[counted];
    order_.resize(size_);
    for (std::size_t i = 0; i < size_; ++i) order_[starts[place(i)]++] = static_cast<std::uint32_t>(i);
    std::sort(order_.begin() + longer, order_.end(), [this](std::uint32_t a, std::uint32_t b) {
        return std::pair(texts_[begin_ + a].size, a) < std::pair(texts_[begin_ + b].size, b);
    });
}

void Stretch::take(std::size_t begin, std::size_t end) {
    begin_ = begin;
    size_ = end - begin;
    order();
    const auto size_of = [this](std::uint32_t i) { return texts_[begin_ + i].size; };
    others_.clear();
    while (!order_.empty() && size_of(order_.back()) > longest_in_tile) {
        others_.push_back(order_.back());
        order_.pop_back();
    }
    fours_.clear();
    std::size_t numbers = 0;
    for (std::size_t at = 0; at < order_.size(); at += kernel::lockstep) {
        Four& four = fours_.emplace_back();
        four.count = std::min(kernel::lockstep, order_.size() - at);
        four.length = size_of(order_[at + four.count - 1]);
        for (std::size_t k = 0; k < four.count; ++k) {
            const std::uint32_t text = order_[at + k];
            four.texts[k] = text;
            four.places[k] = places_[text] = static_cast<std::uint32_t>(numbers);
            rooms_[text] = static_cast<std::uint32_t>(four.length);
            numbers += four.length;
        }
        for (std::size_t k = four.count; k < kernel::lockstep; ++k) four.places[k] = four.places[four.count - 1];
    }
    numbers_.resize(std::max(numbers, numbers_.size()));
}

// In the order of memory, which is read once, and asked for ahead of time: each text lies somewhere else.
void Stretch::number(const Alphabet& alphabet, std::size_t tile_bytes) {
    std::array<std::uint16_t, 256> direct;
    for (std::size_t symbol = 0; symbol < direct.size(); ++symbol)
        direct[symbol] = static_cast<std::uint16_t>(alphabet.number_of(static_cast<char32_t>(symbol)) * tile_bytes);
    for (std::size_t i = 0; i < size_; ++i) {
        const Symbols& text = texts_[begin_ + i];
        if (begin_ + i + ahead < texts_.size()) __builtin_prefetch(texts_[begin_ + i + ahead].data);
        if (text.size > longest_in_tile) continue;
        std::uint16_t* out = numbers_.data() + places_[i];
        std::uint16_t* const end = out + rooms_[i];
        for_symbols(text, [&](char32_t symbol) {
            *out++ = symbol < direct.size() ? direct[symbol]
                                            : static_cast<std::uint16_t>(alphabet.number_of(symbol) * tile_bytes);
        });
        std::fill(out, end, std::uint16_t{0});
    }
}

}  // namespace musicsync
