// Lists of ascending numbers, each as its distance from the one before it: most take a byte. docs/catalogue-format.md
//
//   const RisingLists rows({0, 2, 3}, {7, 300, 12});    // two lists
//   rows.for_each(0, [](std::uint32_t row) { … });    // 7, 300
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "catalog/column.hpp"
#include "catalog/starts.hpp"

namespace musicsync::catalog {

class RisingLists {
  public:
    RisingLists() = default;
    // Of where each list begins among the items, and the end of the last.
    RisingLists(std::span<const std::uint32_t> begins, std::span<const std::uint32_t> items);

    [[nodiscard]] std::size_t size() const noexcept { return starts_.size(); }
    // How many numbers a list has.
    [[nodiscard]] std::size_t size_of(std::size_t list) const noexcept {
        const std::uint8_t* next = bytes_.data() + starts_.of(list).begin;
        return read(next);
    }
    // Calls take(number) for each of a list, ascending.
    template <class Take>
    void for_each(std::size_t list, Take take) const {
        const std::uint8_t* next = bytes_.data() + starts_.of(list).begin;
        std::uint32_t number = 0;
        for (std::uint32_t left = read(next); left > 0; --left) take(number += read(next));
    }
    // "" for lists of numbers below a bound, else what is wrong.
    [[nodiscard]] const char* fault(std::size_t bound) const noexcept;

    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        visit("gaps", self.bytes_);
        Starts::columns(self.starts_, visit);
    }

  private:
    static constexpr std::uint8_t more = 0x80;  // of a byte that is not a number's last
    static constexpr unsigned bits = 7;         // of the number in each byte, the lowest first

    // A number, and goes on behind it: five bytes at most.
    [[nodiscard]] static std::uint32_t read(const std::uint8_t*& next) noexcept {
        std::uint32_t out = *next++;
        if (out < more) return out;
        out &= more - 1U;
        for (unsigned shift = bits; shift < std::numeric_limits<std::uint32_t>::digits; shift += bits) {
            const std::uint32_t byte = *next++;
            out |= (byte & (more - 1U)) << shift;
            if (byte < more) break;
        }
        return out;
    }

    Column<std::uint8_t> bytes_;  // of each list how many numbers it has, and their distances
    Starts starts_;
};

}  // namespace musicsync::catalog
