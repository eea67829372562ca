// Tiles, for registers of any width: written once, and each source file that includes it compiles it for another
// instruction set. Nothing here may leave its source file: no library headers, everything in an unnamed namespace.
#pragma once

#include <cstddef>
#include <cstdint>
#if defined(__AVX512F__)
#include <immintrin.h>
#endif

#include "kernels/kernels.hpp"

namespace musicsync::kernel {
namespace {

// A register of lanes.
template <class Lane, std::size_t Bytes>
struct Register {
    using Vector [[gnu::vector_size(Bytes)]] = Lane;
};
template <class Lane, std::size_t Bytes>
using Vector = typename Register<Lane, Bytes>::Vector;

// added | (state & ~row)
template <class V>
inline V kept(V added, V state, V row) {
#if defined(__AVX512F__)
    return reinterpret_cast<V>(_mm512_ternarylogic_epi64(
        reinterpret_cast<__m512i>(state), reinterpret_cast<__m512i>(added), reinterpret_cast<__m512i>(row), 0xDC));
#else
    return added | (state & ~row);
#endif
}

// How many bits of each lane are set.
template <class Lane, class V>
inline V set_bits(V x) {
#if defined(__AVX512BITALG__) && defined(__AVX512VPOPCNTDQ__)
    const auto bits = reinterpret_cast<__m512i>(x);
    if constexpr (sizeof(Lane) == 1) return reinterpret_cast<V>(_mm512_popcnt_epi8(bits));
    if constexpr (sizeof(Lane) == 2) return reinterpret_cast<V>(_mm512_popcnt_epi16(bits));
    if constexpr (sizeof(Lane) == 4) return reinterpret_cast<V>(_mm512_popcnt_epi32(bits));
    return reinterpret_cast<V>(_mm512_popcnt_epi64(bits));
#else  // sums of neighbours, each step twice as wide
    constexpr Lane all = static_cast<Lane>(~Lane{0});
    constexpr Lane ones = static_cast<Lane>(all / 3), twos = static_cast<Lane>(all / 5),
                   nibbles = static_cast<Lane>(all / 17);
    x = x - ((x >> 1) & ones);
    x = (x & twos) + ((x >> 2) & twos);
    x = (x + (x >> 4)) & nibbles;
    for (unsigned shift = 8; shift < 8 * sizeof(Lane); shift *= 2) x = x + (x >> static_cast<Lane>(shift));
    return x & static_cast<Lane>(0x7F);
#endif
}

template <class V>
inline V row_at(const std::uint8_t* rows, const std::uint16_t* text, std::size_t j) {
    return *reinterpret_cast<const V*>(rows + text[j]);
}

template <class V>
inline void store(std::uint8_t* to, V value) {
    __builtin_memcpy(to, &value, sizeof value);
}
template <class V>
inline V load(const std::uint8_t* from) {
    V value;
    __builtin_memcpy(&value, from, sizeof value);
    return value;
}

// Hyyrö's recurrence (see single.hpp) in every lane at once, S' = (S + (S & M)) | (S & ~M): four chains, so that one's
// work fills the others' waiting.
template <class Lane, std::size_t Bytes>
inline void lcs_of_lanes(const std::uint8_t* rows, const Four& four) {
    using V = Vector<Lane, Bytes>;
    const std::uint16_t *text0 = four.text[0], *text1 = four.text[1], *text2 = four.text[2], *text3 = four.text[3];
    const std::size_t length = four.length;
    V state0 = ~V{}, state1 = ~V{}, state2 = ~V{}, state3 = ~V{};
    for (std::size_t j = 0; j < length; ++j) {
        const V row0 = row_at<V>(rows, text0, j), row1 = row_at<V>(rows, text1, j);
        const V row2 = row_at<V>(rows, text2, j), row3 = row_at<V>(rows, text3, j);
        state0 = kept<V>(state0 + (state0 & row0), state0, row0);
        state1 = kept<V>(state1 + (state1 & row1), state1, row1);
        state2 = kept<V>(state2 + (state2 & row2), state2, row2);
        state3 = kept<V>(state3 + (state3 & row3), state3, row3);
    }
    store(four.common[0], set_bits<Lane, V>(~state0));
    store(four.common[1], set_bits<Lane, V>(~state1));
    store(four.common[2], set_bits<Lane, V>(~state2));
    store(four.common[3], set_bits<Lane, V>(~state3));
}

template <class Lane, std::size_t Bytes>
inline void lcs_of_fours(const std::uint8_t* rows, const Four* fours, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) lcs_of_lanes<Lane, Bytes>(rows, fours[i]);
}

template <std::size_t Bytes>
void lcs_tile(const std::uint8_t* rows, unsigned bits, const Four* fours, std::size_t count) {
    if (bits == 8) return lcs_of_fours<std::uint8_t, Bytes>(rows, fours, count);
    if (bits == 16) return lcs_of_fours<std::uint16_t, Bytes>(rows, fours, count);
    if (bits == 32) return lcs_of_fours<std::uint32_t, Bytes>(rows, fours, count);
    lcs_of_fours<std::uint64_t, Bytes>(rows, fours, count);
}

// One column of one text: with the carry of the part below coming in, and this part's going out. Of a sum of state and
// a subset of it a bit was carried out of the top where it was in the subset, or in the state and no longer in the sum.
template <class V>
inline V with_carry(V state, V row, std::uint8_t* carry) {
    const V matched = state & row;
    const V sum = state + matched + load<V>(carry);
    store(carry, (matched | (state & ~sum)) >> 63);
    return kept<V>(sum, state, row);
}

template <std::size_t Bytes>
void lcs_part(const std::uint8_t* rows, const Four& given, std::uint8_t* carry) {
    using V = Vector<std::uint64_t, Bytes>;
    const Four four = given;  // whose addresses no store can change
    V state0 = ~V{}, state1 = ~V{}, state2 = ~V{}, state3 = ~V{};
    for (std::size_t j = 0; j < four.length; ++j, carry += lockstep * Bytes) {
        state0 = with_carry(state0, row_at<V>(rows, four.text[0], j), carry);
        state1 = with_carry(state1, row_at<V>(rows, four.text[1], j), carry + Bytes);
        state2 = with_carry(state2, row_at<V>(rows, four.text[2], j), carry + 2 * Bytes);
        state3 = with_carry(state3, row_at<V>(rows, four.text[3], j), carry + 3 * Bytes);
    }
    const auto add = [](std::uint8_t* to, V state) { store(to, load<V>(to) + set_bits<std::uint64_t, V>(~state)); };
    add(four.common[0], state0);
    add(four.common[1], state1);
    add(four.common[2], state2);
    add(four.common[3], state3);
}

}  // namespace
}  // namespace musicsync::kernel
