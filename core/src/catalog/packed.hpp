// Numbers side by side, each with as many bits as the greatest of them needs: a column's own, or those of a part of a
// catalogue's file. docs/catalogue-format.md
//
//   const Packed<std::uint32_t> title_of(std::vector<std::uint32_t>{3, 0, 5});    // of three bits each
//   title_of[2]    // 5
#pragma once

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <limits>
#include <optional>
#include <ranges>
#include <utility>
#include <vector>

#include "catalog/column.hpp"

namespace musicsync::catalog {

// The words: how many numbers, in the lower half, and how many bits each has; the numbers, those of the first words in
// the lowest bits; a word of zeros, so that eight bytes can be read wherever a number begins.
namespace packing {

inline constexpr std::size_t word_bits = 64;
inline constexpr unsigned widest = 57;    // bits, of which eight bytes have all, wherever the first is in its byte
inline constexpr std::size_t around = 2;  // words that are not numbers

[[nodiscard]] constexpr std::size_t words_for(std::size_t count, unsigned width) noexcept {
    return around + (count * width + word_bits - 1) / word_bits;
}

}  // namespace packing

template <std::unsigned_integral T>
class Packed {
  public:
    class Iterator {
      public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = T;
        Iterator() = default;
        Iterator(const Packed* all, std::size_t at) noexcept : all_(all), at_(at) {}
        [[nodiscard]] T operator*() const noexcept { return (*all_)[at_]; }
        Iterator& operator++() noexcept {
            ++at_;
            return *this;
        }
        Iterator operator++(int) noexcept { return {all_, at_++}; }
        friend bool operator==(const Iterator& a, const Iterator& b) noexcept { return a.at_ == b.at_; }
        friend difference_type operator-(const Iterator& a, const Iterator& b) noexcept {
            return static_cast<difference_type>(a.at_) - static_cast<difference_type>(b.at_);
        }

      private:
        const Packed* all_ = nullptr;
        std::size_t at_ = 0;
    };
    using Part = std::ranges::subrange<Iterator>;

    Packed() = default;
    // Numbers below 2^57, and fewer than 2^32 of them.
    explicit Packed(const std::vector<T>& numbers);
    // Nothing where the words are not what the first of them says.
    [[nodiscard]] static std::optional<Packed> of(Column<std::uint64_t> words);

    [[nodiscard]] std::size_t size() const noexcept { return count_; }
    [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
    [[nodiscard]] T operator[](std::size_t i) const noexcept {
        const std::size_t bit = i * width_;
        std::uint64_t some = 0;
        std::memcpy(&some, bytes() + bit / 8, sizeof some);
        return static_cast<T>(some >> (bit % 8) & mask_);
    }
    [[nodiscard]] Iterator begin() const noexcept { return {this, 0}; }
    [[nodiscard]] Iterator end() const noexcept { return {this, count_}; }
    [[nodiscard]] Part part(std::size_t begin, std::size_t end) const noexcept {
        return Part(Iterator(this, begin), Iterator(this, end));
    }
    // Before operator[], which then does not wait for memory.
    void prefetch(std::size_t i) const noexcept { __builtin_prefetch(bytes() + i * width_ / 8); }
    // True where all are below it.
    [[nodiscard]] bool below(std::size_t bound) const noexcept;
    [[nodiscard]] const Column<std::uint64_t>& words() const noexcept { return words_; }

  private:
    static constexpr unsigned most_bits = std::min<unsigned>(std::numeric_limits<T>::digits, packing::widest);

    [[nodiscard]] const char* bytes() const noexcept { return reinterpret_cast<const char*>(words_.data() + 1); }
    void set(std::size_t count, unsigned width) noexcept {
        count_ = count;
        width_ = width;
        mask_ = (std::uint64_t{1} << width) - 1;
    }

    Column<std::uint64_t> words_;
    std::size_t count_ = 0;
    std::size_t width_ = 0;
    std::uint64_t mask_ = 0;
};

template <std::unsigned_integral T>
Packed<T>::Packed(const std::vector<T>& numbers) {
    T any = 0;
    for (const T number : numbers) any = static_cast<T>(any | number);
    const auto width = static_cast<unsigned>(std::bit_width(any));
    std::vector<std::uint64_t> words(packing::words_for(numbers.size(), width));
    words.front() = numbers.size() | std::uint64_t{width} << 32U;
    std::uint64_t* word = words.data() + 1;
    std::size_t bit = 0;  // of the word: the first that is free
    for (const std::uint64_t number : numbers) {
        *word |= number << bit;
        bit += width;
        if (bit < packing::word_bits) continue;
        bit -= packing::word_bits;
        ++word;
        if (bit > 0) *word = number >> (width - bit);
    }
    words_ = Column(std::move(words));
    set(numbers.size(), width);
}

template <std::unsigned_integral T>
std::optional<Packed<T>> Packed<T>::of(Column<std::uint64_t> words) {
    if (words.size() < packing::around) return std::nullopt;
    const std::size_t count = words[0] & ~std::uint32_t{0};
    const std::uint64_t width = words[0] >> 32U;
    if (width > most_bits || words.size() != packing::words_for(count, static_cast<unsigned>(width)))
        return std::nullopt;
    Packed out;
    out.words_ = std::move(words);
    out.set(count, static_cast<unsigned>(width));
    return out;
}

template <std::unsigned_integral T>
bool Packed<T>::below(std::size_t bound) const noexcept {
    if (mask_ < bound || empty()) return mask_ < bound || empty();
    T greatest = 0;
    for (std::size_t i = 0; i < count_; ++i) greatest = std::max(greatest, (*this)[i]);
    return greatest < bound;
}

}  // namespace musicsync::catalog
