// The tile kernel for registers of any width, written once: each source file that includes it compiles it for another
// instruction set. Nothing here may leave its source file: no library headers, everything in an unnamed namespace.
#pragma once

#include <cstddef>
#include <cstdint>

namespace musicsync::kernel {
namespace {

// Two registers of `Bytes` a row, so that one's work fills the other's waiting.
template <class Lane, std::size_t Bytes>
struct Registers {
    using Vector [[gnu::vector_size(Bytes)]] = Lane;
    static constexpr std::size_t lanes = Bytes / sizeof(Lane);
    using Narrow [[gnu::vector_size(lanes)]] = std::uint8_t;
};

// How many bits of each lane are set: sums of neighbours, each step twice as wide.
template <class Lane, class Vector>
inline Vector set_bits(Vector x) {
    constexpr Lane all = static_cast<Lane>(~Lane{0});
    constexpr Lane ones = static_cast<Lane>(all / 3), twos = static_cast<Lane>(all / 5),
                   nibbles = static_cast<Lane>(all / 17);
    x = x - ((x >> 1) & ones);
    x = (x & twos) + ((x >> 2) & twos);
    x = (x + (x >> 4)) & nibbles;
    for (unsigned shift = 8; shift < 8 * sizeof(Lane); shift *= 2) x = x + (x >> static_cast<Lane>(shift));
    return x & static_cast<Lane>(0x7F);
}

// Hyyro's recurrence (see single.hpp) in every lane at once: S' = (S + (S & M)) | (S & ~M).
template <class Lane, std::size_t Bytes>
inline void lcs_of_lanes(const std::uint8_t* rows, const std::uint8_t* text, std::size_t length, std::uint8_t* common) {
    using R = Registers<Lane, Bytes>;
    using Vector = typename R::Vector;
    Vector first = ~Vector{};
    Vector second = ~Vector{};
    for (std::size_t j = 0; j < length; ++j) {
        const auto* row = reinterpret_cast<const Vector*>(rows + std::size_t{text[j]} * 2 * Bytes);
        const Vector one = first & row[0];
        const Vector two = second & row[1];
        first = (first + one) | (first & ~row[0]);
        second = (second + two) | (second & ~row[1]);
    }
    const auto counted = [](Vector state) {
        return __builtin_convertvector(set_bits<Lane>(~state), typename R::Narrow);
    };
    const typename R::Narrow low = counted(first);
    const typename R::Narrow high = counted(second);
    __builtin_memcpy(common, &low, R::lanes);
    __builtin_memcpy(common + R::lanes, &high, R::lanes);
}

template <std::size_t Bytes>
void lcs_tile(const std::uint8_t* rows, unsigned bits, const std::uint8_t* text, std::size_t length,
              std::uint8_t* common) {
    if (bits == 16) return lcs_of_lanes<std::uint16_t, Bytes>(rows, text, length, common);
    if (bits == 32) return lcs_of_lanes<std::uint32_t, Bytes>(rows, text, length, common);
    lcs_of_lanes<std::uint64_t, Bytes>(rows, text, length, common);
}

inline void ratios(const std::uint8_t* common, const float* sizes, std::size_t count, float size, float twice,
                   float cutoff, float* out) {
    for (std::size_t i = 0; i < count; ++i) {
        const float value = twice * static_cast<float>(common[i]) / (size + sizes[i]);
        out[i] = value < cutoff ? 0.0F : value;
    }
}

}  // namespace
}  // namespace musicsync::kernel
