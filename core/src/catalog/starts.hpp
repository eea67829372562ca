// Where texts or lists begin that stand one behind the other: of most a byte, their size. docs/catalogue-format.md
//
//   const Starts starts({0, 5, 5, 9});    // of three texts
//   starts.of(2)    // {5, 9}
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "catalog/column.hpp"

namespace musicsync::catalog {

class Starts {
  public:
    static constexpr std::size_t in_block = 28;
    struct Block {
        std::uint32_t begin;                       // of the first; of a wide block the place of its begins in `wide`
        std::array<std::uint8_t, in_block> sizes;  // 0 for those behind the last one
    };
    static_assert(sizeof(Block) == 32);  // two in a line of the cache
    // The first size of a block that is wide: one of its sizes needs more than a byte.
    static constexpr std::uint8_t wide_mark = 255;
    static constexpr std::size_t in_wide_block = in_block + 1;  // begins: those of all, and the end of the last

    struct Bounds {
        std::uint32_t begin;
        std::uint32_t end;
        [[nodiscard]] std::size_t size() const noexcept { return end - begin; }
    };

    Starts() = default;
    // Of where each begins, ascending, and the end of the last.
    explicit Starts(std::span<const std::uint32_t> begins);

    [[nodiscard]] std::size_t size() const noexcept { return count_.empty() ? 0 : count_[0]; }
    [[nodiscard]] Bounds of(std::size_t i) const noexcept {
        const Block& block = blocks_[i / in_block];
        const std::size_t place = i % in_block;
        if (block.sizes[0] == wide_mark) [[unlikely]] {
            const std::uint32_t* const begins = wide_.data() + block.begin + place;
            return {begins[0], begins[1]};
        }
        const std::uint32_t begin = block.begin + sum_before(block, place);
        return {begin, begin + block.sizes[place]};
    }
    // Before of(), which then does not wait for memory.
    void prefetch(std::size_t i) const noexcept { __builtin_prefetch(blocks_.data() + i / in_block); }
    // "" for those that stand one behind the other from 0 to `end`, else what is wrong.
    [[nodiscard]] const char* fault(std::size_t end) const noexcept;

    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        visit("begins", self.blocks_);
        visit("begins.wide", self.wide_);
        visit("count", self.count_);
    }

  private:
    // Of the sizes before a place. Bytes are added many at a time, in lanes of sixteen bits.
    [[nodiscard]] static std::uint32_t sum_before(const Block& block, std::size_t place) noexcept;

    Column<Block> blocks_;
    Column<std::uint32_t> wide_;   // of each wide block where its items begin, and the end of the last
    Column<std::uint32_t> count_;  // one number, of items; none of none
};

inline std::uint32_t Starts::sum_before(const Block& block, std::size_t place) noexcept {
    using Sixteen [[gnu::vector_size(16)]] = std::uint64_t;
    constexpr std::uint64_t even = 0x00FF00FF00FF00FF;  // bytes of a word
    struct Both {
        Sixteen first;
        Sixteen second;
    };
    static_assert(sizeof(Both) == sizeof(Block));
    // For each place all bits of the sizes before it.
    alignas(Sixteen) static constexpr auto masks = [] {
        std::array<std::array<std::uint8_t, sizeof(Block)>, in_block> out{};
        for (std::size_t at = 0; at < in_block; ++at)
            for (std::size_t byte = 0; byte < at; ++byte) out[at][sizeof block.begin + byte] = 0xFF;
        return out;
    }();
    Both sizes;
    Both mask;
    std::memcpy(&sizes, &block, sizeof sizes);
    std::memcpy(&mask, masks[place].data(), sizeof mask);
    sizes.first &= mask.first;
    sizes.second &= mask.second;
    const Sixteen sums =
        (sizes.first & even) + (sizes.first >> 8 & even) + (sizes.second & even) + (sizes.second >> 8 & even);
    return static_cast<std::uint32_t>((sums[0] + sums[1]) * 0x0001000100010001 >> 48);
}

}  // namespace musicsync::catalog
