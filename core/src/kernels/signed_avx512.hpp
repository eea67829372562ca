// signed_texts.hpp for AVX-512: 64 texts at once, and what is behind the last 64 under a mask. Nothing here may leave
// its source file.
#pragma once

#include <immintrin.h>

#include "kernels/signed_texts.hpp"

namespace musicsync::kernel {
namespace {

inline constexpr std::size_t bits_at_once = 8;  // of so many texts, in a register
inline constexpr std::size_t floats_at_once = 16;

inline __m512i count_bits(__m512i bits) noexcept {
#ifdef __AVX512VPOPCNTDQ__
    return _mm512_popcnt_epi64(bits);
#else
    const __m512i counts =
        _mm512_maskz_broadcast_i32x4(0xFFFF, _mm_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4));
    const __m512i four_bits = _mm512_set1_epi8(0x0F);
    const __m512i low = _mm512_shuffle_epi8(counts, _mm512_and_si512(bits, four_bits));
    const __m512i high = _mm512_shuffle_epi8(counts, _mm512_and_si512(_mm512_srli_epi16(bits, 4), four_bits));
    return _mm512_sad_epu8(_mm512_add_epi8(low, high), _mm512_setzero_si512());
#endif
}

// Which of 64 texts are there.
inline __mmask64 first_of_64(std::size_t count) noexcept {
    return count < signed_at_once ? (std::uint64_t{1} << count) - 1 : ~std::uint64_t{0};
}

// How many bits 64 texts share with the asked one, a byte each.
inline __m512i bits_of_64(const std::uint64_t* bits, __mmask64 there, __m512i asked) noexcept {
    const auto counts = [&](std::size_t k) {
        const auto some = static_cast<__mmask8>(there >> (bits_at_once * k));
        return count_bits(_mm512_and_si512(_mm512_maskz_loadu_epi64(some, bits + bits_at_once * k), asked));
    };
#ifdef __AVX512VBMI__
    __m512i turned = counts(0);  // byte b of lane k is of text 8 b + k
    for (unsigned b = 1; b < bits_at_once; ++b)
        turned = _mm512_or_si512(turned, _mm512_maskz_slli_epi64(0xFF, counts(b), 8 * b));
    const __m512i lanes = _mm512_set1_epi64(0x3830'2820'1810'0800);
    const __m512i bytes = _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0);
    const __m512i each = _mm512_mullo_epi64(bytes, _mm512_set1_epi64(0x0101'0101'0101'0101));
    return _mm512_maskz_permutexvar_epi8(~std::uint64_t{0}, _mm512_add_epi8(lanes, each), turned);
#else
    alignas(64) std::uint8_t in_order[signed_at_once];
    for (std::size_t k = 0; k < bits_at_once; ++k)
        _mm512_mask_cvtepi64_storeu_epi8(in_order + bits_at_once * k, 0xFF, counts(k));
    return _mm512_load_si512(in_order);
#endif
}

// How many symbols 64 texts share with the asked one, a byte each.
inline __m512i shared_of_64(const SignedTexts& texts, std::size_t first, __mmask64 there,
                            const SignedText& asked) noexcept {
    const __m512i others = _mm512_min_epu8(_mm512_maskz_loadu_epi8(there, texts.others + first),
                                           _mm512_set1_epi8(static_cast<char>(asked.others)));
    const __m512i asked_bits = _mm512_set1_epi64(static_cast<long long>(asked.bits));
    return _mm512_add_epi8(bits_of_64(texts.bits + first, there, asked_bits), others);
}

// The needs of 64 texts, a byte each; `needs` goes on to that of the last one.
inline __m512i needs_of_64(const std::uint8_t*& needs, std::uint64_t next) noexcept {
#ifdef __AVX512VBMI__
    needs += next & 1;
    next &= ~std::uint64_t{1};
    // How many bits are set up to each text's: in its own byte, and in those before.
    const __m512i ones = _mm512_maskz_set1_epi8(next, 1);
    const __m512i in_byte = _mm512_mullo_epi64(ones, _mm512_set1_epi64(0x0101'0101'0101'0101));
    const __m512i before =
        _mm512_popcnt_epi64(_mm512_and_si512(_mm512_set1_epi64(static_cast<long long>(next)),
                                             _mm512_set_epi64(0xFF'FFFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF, 0xFF'FFFF'FFFF,
                                                              0xFFFF'FFFF, 0xFF'FFFF, 0xFFFF, 0xFF, 0)));
    const __m512i low_bytes = _mm512_maskz_broadcast_i32x4(0xFFFF, _mm_set_epi64x(0x0808'0808'0808'0808, 0));
    const __m512i places = _mm512_add_epi8(in_byte, _mm512_shuffle_epi8(before, low_bytes));
    const auto last = static_cast<std::size_t>(__builtin_popcountll(next));
    const __m512i some = _mm512_maskz_loadu_epi8(first_of_64(last + 1), needs);
    needs += last;
    return _mm512_maskz_permutexvar_epi8(~std::uint64_t{0}, places, some);
#else
    alignas(64) std::uint8_t spread[signed_at_once + 8];
    needs = spread_needs(needs, next, spread);
    return _mm512_load_si512(spread);
#endif
}

// A bit for each of 32 texts that share what they need: those of the half that is asked about.
template <int half>
inline __mmask32 enough_of_32(__m512i shared, __m512i sizes, __m512i needs, __m512i asked_size) noexcept {
    const auto wide = [](__m512i bytes) {
        return _mm512_cvtepu8_epi16(_mm512_maskz_extracti64x4_epi64(0xFF, bytes, half));
    };
    const __m512i symbols = _mm512_add_epi16(wide(sizes), asked_size);
    return _mm512_cmpge_epu16_mask(_mm512_slli_epi16(wide(shared), 8), _mm512_mullo_epi16(wide(needs), symbols));
}

inline std::size_t find_sharing_avx512(const SignedTexts& given, const SignedText& asked_text, const Needs& needs,
                                       std::uint32_t* places) {
    const SignedTexts texts = given;
    const SignedText asked = asked_text;
    const __m512i asked_size = _mm512_set1_epi16(asked.size);
    const std::uint64_t* const next = needs.next;
    const std::uint8_t* need = needs.needs;
    std::uint32_t* end = places;
    const auto take = [&](std::size_t i, __mmask64 there, __mmask64 changes) {
        const __m512i shared = shared_of_64(texts, i, there, asked);
        const __m512i sizes = _mm512_maskz_loadu_epi8(there, texts.sizes + i);
        const __m512i needed = needs_of_64(need, next[i / signed_at_once] & changes);
        const __mmask32 low = enough_of_32<0>(shared, sizes, needed, asked_size);
        const __mmask32 high = enough_of_32<1>(shared, sizes, needed, asked_size);
        if (needs.among != nullptr) there &= needs.among[i / signed_at_once];
        end = add_set_bits(there & ((std::uint64_t{high} << 32) | low), static_cast<std::uint32_t>(i), end);
    };
    const __mmask64 all = ~std::uint64_t{0};
    const __mmask64 first = first_of_64(texts.count);
    if (texts.count != 0) take(0, first, first & ~std::uint64_t{1});
    std::size_t i = signed_at_once;
    for (; i + signed_at_once <= texts.count; i += signed_at_once) take(i, all, all);
    if (i < texts.count) take(i, first_of_64(texts.count - i), first_of_64(texts.count - i));
    return static_cast<std::size_t>(end - places);
}

inline void needs_of_avx512(const SignedGroups& groups, const SignedText& asked, const NeedsOfGroups& rule,
                            std::uint8_t* needs) {
    const auto each = [](float number) { return _mm512_set1_ps(number); };
    const auto as_floats = [](const std::uint8_t* bytes, __mmask16 there) {
        return _mm512_maskz_cvtepi32_ps(0xFFFF, _mm512_maskz_cvtepu8_epi32(there, _mm_maskz_loadu_epi8(there, bytes)));
    };
    alignas(64) std::uint8_t shared[signed_at_once];
    for (std::size_t i = 0; i < groups.texts.count; i += floats_at_once) {
        const std::size_t at = i % signed_at_once;
        if (at == 0) {
            const __mmask64 next = first_of_64(groups.texts.count - i);
            _mm512_store_si512(shared, shared_of_64(groups.texts, i, next, asked));
        }
        const auto there = static_cast<__mmask16>(first_of_64(groups.texts.count - i));
        const __m512i number_of = _mm512_maskz_loadu_epi32(there, groups.number_of + i);
        const __m512 numbers = _mm512_mask_i32gather_ps(each(0), there, number_of, groups.numbers, sizeof(float));
        const __m512 sizes = _mm512_add_ps(each(asked.size), as_floats(groups.texts.sizes + i, there));
        const __m512 both = _mm512_maskz_max_ps(0xFFFF, sizes, each(1));
        const __m512 common = as_floats(shared + at, 0xFFFF);
        const __m512 known = _mm512_add_ps(numbers, _mm512_div_ps(_mm512_mul_ps(each(rule.of_text), common), both));
        const __m512 need = _mm512_mul_ps(_mm512_sub_ps(each(rule.floor), known), each(rule.to_needs));
        const __m512 positive = _mm512_maskz_max_ps(0xFFFF, need, each(0));
        const __m512i rounded =
            _mm512_maskz_cvttps_epi32(0xFFFF, _mm512_maskz_min_ps(0xFFFF, positive, each(most_needed)));
        _mm_mask_storeu_epi8(needs + i, there, _mm512_maskz_cvtepi32_epi8(0xFFFF, rounded));
    }
}

}  // namespace
}  // namespace musicsync::kernel
