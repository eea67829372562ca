// The symbols of texts as rows of a tile, written once and compiled for each instruction set, as tile.hpp is: nothing
// here may leave its source file.
#pragma once

#include <cstddef>
#include <cstdint>
#if defined(__AVX512VBMI__)
#include <immintrin.h>
#endif

#include "kernels/kernels.hpp"

namespace musicsync::kernel {
namespace {

#if defined(__AVX512VBMI__)

// The first `count` bits, all for 64 and more.
inline std::uint64_t first_bits(std::size_t count) noexcept {
    return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

// table[symbol] for 64 symbols: a look-up for those below 128 and one for the others.
inline __m512i look_up(const std::uint8_t* table, __m512i symbols) {
    const __m512i low = _mm512_permutex2var_epi8(_mm512_loadu_si512(table), symbols, _mm512_loadu_si512(table + 64));
    const __m512i high =
        _mm512_permutex2var_epi8(_mm512_loadu_si512(table + 128), symbols, _mm512_loadu_si512(table + 192));
    return _mm512_mask_blend_epi8(_mm512_movepi8_mask(symbols), low, high);
}

// 64 symbols at once; what is beyond the text is neither read nor written.
inline void number(const std::uint8_t* symbols, std::size_t size, std::size_t room, const RowsOfBytes& table,
                   std::uint16_t* out) {
    const __m512i pairs =
        _mm512_cvtepu8_epi16(_mm256_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
                                              21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31));
    const __m512i first = _mm512_or_si512(pairs, _mm512_slli_epi16(_mm512_add_epi16(pairs, _mm512_set1_epi16(64)), 8));
    const __m512i second = _mm512_add_epi8(first, _mm512_set1_epi8(32));
    for (std::size_t at = 0; at < room; at += 64) {
        const std::uint64_t given = at < size ? first_bits(size - at) : 0;
        const std::uint64_t wanted = first_bits(room - at);
        const __m512i text = _mm512_maskz_loadu_epi8(given, symbols + at);
        const __m512i low = _mm512_maskz_mov_epi8(given, look_up(table.low, text));
        const __m512i high = _mm512_maskz_mov_epi8(given, look_up(table.high, text));
        _mm512_mask_storeu_epi16(out + at, static_cast<__mmask32>(wanted), _mm512_permutex2var_epi8(low, first, high));
        _mm512_mask_storeu_epi16(out + at + 32, static_cast<__mmask32>(wanted >> 32),
                                 _mm512_permutex2var_epi8(low, second, high));
    }
}

#else

inline void number(const std::uint8_t* symbols, std::size_t size, std::size_t room, const RowsOfBytes& table,
                   std::uint16_t* out) {
    for (std::size_t i = 0; i < size; ++i) out[i] = table.rows[symbols[i]];
    for (std::size_t i = size; i < room; ++i) out[i] = 0;
}

#endif

}  // namespace
}  // namespace musicsync::kernel
