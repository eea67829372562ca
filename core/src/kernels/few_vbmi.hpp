// few.hpp for AVX-512 VBMI: sixteen texts at a time, each in a lane of 32 bits. A symbol becomes the number that it has
// in the pattern, of at most 31, and the number its mask: two look-ups in registers. Nothing here may leave its source
// file.
#pragma once

#include <immintrin.h>

#include "kernels/text_columns.hpp"

namespace musicsync::kernel {
namespace {

inline constexpr std::size_t sixteen = 16;
inline constexpr std::size_t short_pattern = 32;

// Letters and the space have the same numbers in most patterns: others have to be few.
inline constexpr std::uint8_t number_of_space = 27;
struct alignas(64) LetterNumbers {
    std::uint8_t number[ascii] = {};
    constexpr LetterNumbers() {
        for (std::uint8_t i = 0; i < 26; ++i) {
            number['a' + i] = number['A' + i] = static_cast<std::uint8_t>(i + 1);
        }
        number[unsigned{' '}] = number_of_space;
    }
};
inline constexpr LetterNumbers letters;

// The pattern as tables: 0 is the number of all symbols that it has not.
struct alignas(64) Numbered {
    std::uint8_t number[ascii];
    std::uint32_t mask[short_pattern] = {};
};

// Beside the `given` symbols that have a number. False where there are not enough numbers.
inline bool number_symbols(const std::uint8_t* pattern, std::size_t size, std::size_t given, Numbered& out) noexcept {
    const __mmask32 all = _bzhi_u32(~std::uint32_t{0}, static_cast<unsigned>(size));
    const __m256i symbols = _mm256_maskz_loadu_epi8(all, pattern);
    for (std::size_t i = 0; i < size; ++i) {
        const std::uint8_t symbol = pattern[i];
        if (out.number[symbol] == 0) {
            if (++given == short_pattern) return false;
            out.number[symbol] = static_cast<std::uint8_t>(given);
            if (symbol >= 'a' && symbol <= 'z') out.number[symbol - 'a' + 'A'] = static_cast<std::uint8_t>(given);
        }
        out.mask[out.number[symbol]] =
            _mm256_mask_cmpeq_epi8_mask(all, symbols, _mm256_set1_epi8(static_cast<char>(symbol)));
    }
    return true;
}

inline bool number_pattern(const std::uint8_t* pattern, std::size_t size, Numbered& out) noexcept {
    __builtin_memcpy(out.number, letters.number, sizeof out.number);
    if (number_symbols(pattern, size, number_of_space, out)) return true;
    out = Numbered{{}, {}};
    return number_symbols(pattern, size, 0, out);
}

// Sixteen rows of numbers, zeros behind each text's end.
struct alignas(64) Sixteen {
    std::uint8_t rows[sixteen][block_symbols];
    std::size_t longest;
    std::uint32_t plain;  // a bit for each text that can be compared
};

// `count` texts; what is in the other rows means nothing.
inline void load_rows(const std::uint8_t* const* texts, const std::uint32_t* sizes, std::size_t count, __m512i low,
                      __m512i high, Sixteen& out) {
    out.longest = 0;
    out.plain = 0;
    for (std::size_t k = 0; k < count; ++k) {
        const std::uint32_t size = sizes[k] > block_symbols ? 0 : sizes[k];
        const __mmask64 kept = _bzhi_u64(~std::uint64_t{0}, size);
        const __m512i symbols = _mm512_maskz_loadu_epi8(kept, texts[k]);
        const __mmask64 bad = _mm512_mask_testn_epi8_mask(kept, symbols, symbols) | _mm512_movepi8_mask(symbols);
        out.plain |= static_cast<std::uint32_t>(bad == 0) << k;
        out.longest = size > out.longest ? size : out.longest;
        _mm512_store_si512(out.rows[k], _mm512_permutex2var_epi8(low, symbols, high));
    }
}

using Lanes [[gnu::vector_size(64)]] = std::uint32_t;

inline __m512i after_numbers(__m512i state, Lanes numbers, __m512i low, __m512i high) noexcept {
    const __m512i mask =
        _mm512_permutex2var_epi32(low, reinterpret_cast<__m512i>(numbers), high);  // by its last 5 bits
    const __m512i sum = _mm512_add_epi32(state, _mm512_and_si512(state, mask));
    return _mm512_ternarylogic_epi32(state, sum, mask, 0xDC);  // sum | (state & ~mask)
}

// Where each row begins: four of its numbers are fetched at a time.
inline __m512i four_numbers(const Sixteen& texts, std::size_t at) noexcept {
    const __m512i rows = _mm512_slli_epi32(_mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0), 6);
    return _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), 0xFFFF, rows, texts.rows[0] + at, 1);
}

// Of one block of texts, or of two whose steps fill each other's waiting.
template <std::size_t blocks>
inline void lcs_of_sixteens(const Sixteen (&texts)[2], const Numbered& pattern, __m128i (&common)[2]) {
    const __m512i low = _mm512_load_si512(pattern.mask);
    const __m512i high = _mm512_load_si512(pattern.mask + sixteen);
    const std::size_t longest =
        blocks == 2 && texts[1].longest > texts[0].longest ? texts[1].longest : texts[0].longest;
    __m512i states[2] = {_mm512_set1_epi32(-1), _mm512_set1_epi32(-1)};
    for (std::size_t j = 0; j < longest; j += 4) {
        Lanes numbers[2];
        for (std::size_t b = 0; b < blocks; ++b) numbers[b] = reinterpret_cast<Lanes>(four_numbers(texts[b], j));
        for (unsigned shift = 0; shift < 32; shift += 8) {
            for (std::size_t b = 0; b < blocks; ++b)
                states[b] = after_numbers(states[b], numbers[b] >> shift, low, high);
        }
    }
    for (std::size_t b = 0; b < blocks; ++b) {
        const __m512i zeros = reinterpret_cast<__m512i>(~reinterpret_cast<Lanes>(states[b]));
        common[b] = _mm512_maskz_cvtepi32_epi8(0xFFFF, _mm512_popcnt_epi32(zeros));
    }
}

inline void lcs_few_vbmi(const FewTexts& few, std::uint8_t* common) {
    Numbered pattern;
    if (few.pattern_size > short_pattern || !number_pattern(few.pattern, few.pattern_size, pattern))
        return lcs_few(few, common);
    const __m512i low = _mm512_load_si512(pattern.number);
    const __m512i high = _mm512_load_si512(pattern.number + 64);
    Sixteen rows[2];
    for (std::size_t begin = 0; begin < few.count; begin += 2 * sixteen) {
        const std::size_t rest = few.count - begin;
        const std::size_t first_count = rest < sixteen ? rest : sixteen;
        const std::size_t behind = rest - first_count;
        const std::size_t counts[2] = {first_count, behind < sixteen ? behind : sixteen};
        for (std::size_t b = 0; b < 2; ++b) {
            const std::size_t first = begin + b * sixteen;
            if (counts[b] != 0) load_rows(few.texts + first, few.sizes + first, counts[b], low, high, rows[b]);
        }
        __m128i found[2] = {};
        if (counts[1] != 0)
            lcs_of_sixteens<2>(rows, pattern, found);
        else
            lcs_of_sixteens<1>(rows, pattern, found);
        for (std::size_t b = 0; b < 2 && counts[b] != 0; ++b) {
            const __m128i marked =
                _mm_mask_blend_epi8(static_cast<__mmask16>(rows[b].plain), _mm_set1_epi8(-1), found[b]);
            _mm_mask_storeu_epi8(common + begin + b * sixteen, static_cast<__mmask16>((1U << counts[b]) - 1U), marked);
        }
    }
    for (std::size_t i = 0; i < few.count; ++i) {
        if (few.sizes[i] <= block_symbols) continue;
        common[i] = lcs_of_long(few.texts[i], few.sizes[i],
                                [&pattern](std::uint8_t c) { return std::uint64_t{pattern.mask[pattern.number[c]]}; });
    }
}

inline void lcs_columns_vbmi(const std::uint8_t* pattern, std::size_t size, const TextColumns& texts,
                             std::uint8_t* common) {
    Numbered numbered;
    if (size > short_pattern || !number_pattern(pattern, size, numbered))
        return lcs_columns(pattern, size, texts, common);
    const __m512i low_number = _mm512_load_si512(numbered.number);
    const __m512i high_number = _mm512_load_si512(numbered.number + 64);
    const __m512i low = _mm512_load_si512(numbered.mask);
    const __m512i high = _mm512_load_si512(numbered.mask + sixteen);
    constexpr std::size_t ahead = 24;  // quads, that are fetched before they are read
    const std::size_t last = texts.begins[texts.blocks];
    for (std::size_t block = 0; block < texts.blocks; ++block) {
        __m512i state = _mm512_set1_epi32(-1);
        for (std::size_t q = texts.begins[block]; q < texts.begins[block + 1]; ++q) {
            const __m512i symbols = _mm512_load_si512(texts.quads + q * quad_bytes);
            _mm_prefetch(texts.quads + (q + ahead < last ? q + ahead : q) * quad_bytes, _MM_HINT_T0);
            const auto numbers = reinterpret_cast<Lanes>(_mm512_permutex2var_epi8(low_number, symbols, high_number));
            for (unsigned shift = 0; shift < 32; shift += 8) state = after_numbers(state, numbers >> shift, low, high);
        }
        const __m512i zeros = reinterpret_cast<__m512i>(~reinterpret_cast<Lanes>(state));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(common + block * column_texts),
                         _mm512_maskz_cvtepi32_epi8(0xFFFF, _mm512_popcnt_epi32(zeros)));
    }
}

}  // namespace
}  // namespace musicsync::kernel
