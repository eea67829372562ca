// ascii.hpp for AVX-512: the whole text in one register. Nothing here may leave its source file.
#pragma once

#include <immintrin.h>

#include "kernels/ascii.hpp"

namespace musicsync::kernel {
namespace {

// Made in a register: as a constant, which the compiler takes it for, it would be read from memory.
inline __m512i all(char one) noexcept {
    __m512i out = _mm512_set1_epi8(one);
    asm("" : "+v"(out));
    return out;
}

struct Whole {
    __m512i bytes;

    [[nodiscard]] __m512i small() const noexcept { return _mm512_or_si512(bytes, all(small_letter)); }
    // Letters by their number from 0 on, digits from 16 on: one comparison for both.
    [[nodiscard]] Bits letters_and_digits() const noexcept {
        const __m512i letters = _mm512_sub_epi8(small(), all('a'));
        const __m512i digits = _mm512_adds_epu8(_mm512_sub_epi8(bytes, all('0')), all(16));
        return _mm512_cmplt_epu8_mask(_mm512_min_epu8(letters, digits), all(26));
    }
    [[nodiscard]] Bits letter(char one) const noexcept { return _mm512_cmpeq_epi8_mask(small(), all(one)); }
    [[nodiscard]] Bits beyond_ascii() const noexcept { return _mm512_movepi8_mask(bytes); }
    [[nodiscard]] Bits equal(char one) const noexcept { return _mm512_cmpeq_epi8_mask(bytes, all(one)); }
    void write(std::uint8_t* out) const noexcept { _mm512_storeu_si512(out, small()); }

#if defined(__AVX512VBMI2__)
    std::size_t keep(std::uint8_t* out, std::size_t, Bits gaps, Bits kept) const noexcept {
        const __m512i spaced = _mm512_mask_mov_epi8(small(), gaps, all(' '));
        _mm512_storeu_si512(out, _mm512_maskz_compress_epi8(kept, spaced));
        return static_cast<std::size_t>(__builtin_popcountll(kept));
    }
#else
    static std::size_t keep(std::uint8_t* out, std::size_t size, Bits gaps, Bits kept) noexcept {
        return Pieces<1>::keep(out, size, gaps, kept);
    }
#endif
};

inline std::size_t ascii_forms_avx512(const AsciiTexts& texts, std::uint8_t* out, std::size_t* ends) {
    return write_forms(texts, out, ends, [](const std::uint8_t* text, std::size_t size, std::uint8_t* to) {
        const Bits given = ~Bits{0} >> (longest_ascii - size);
        return ascii_form_of(Whole{_mm512_maskz_loadu_epi8(given, text)}, size, to);
    });
}

}  // namespace
}  // namespace musicsync::kernel
