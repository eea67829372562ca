// signed_texts.hpp for AVX2, which counts bits by looking up those of four at a time: 32 texts at once. Nothing here
// may leave its source file.
#pragma once

#include <immintrin.h>

#include "kernels/signed_texts.hpp"

namespace musicsync::kernel {
namespace {

inline constexpr std::size_t lanes_of_bytes = 32;

inline __m256i load_32(const void* from) noexcept { return _mm256_loadu_si256(static_cast<const __m256i*>(from)); }

// How many bits four texts share, in a lane of 64 bits each.
inline __m256i bits_of_four(const std::uint64_t* bits, __m256i asked) noexcept {
    const __m256i counts = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1,
                                            2, 2, 3, 2, 3, 3, 4);
    const __m256i four_bits = _mm256_set1_epi8(0x0F);
    const __m256i both = _mm256_and_si256(load_32(bits), asked);
    const __m256i low = _mm256_shuffle_epi8(counts, _mm256_and_si256(both, four_bits));
    const __m256i high = _mm256_shuffle_epi8(counts, _mm256_and_si256(_mm256_srli_epi16(both, 4), four_bits));
    return _mm256_sad_epu8(_mm256_add_epi8(low, high), _mm256_setzero_si256());
}

// How many symbols 32 texts share with the asked one, a byte each.
inline __m256i shared_of_32(const SignedTexts& texts, std::size_t first, const SignedText& asked) noexcept {
    const __m256i asked_bits = _mm256_set1_epi64x(static_cast<long long>(asked.bits));
    __m256i turned = _mm256_setzero_si256();  // byte b of lane k is of text 4 b + k
    for (int b = 0; b < 8; ++b)
        turned = _mm256_or_si256(
            turned,
            _mm256_slli_epi64(bits_of_four(texts.bits + first + 4 * static_cast<std::size_t>(b), asked_bits), 8 * b));
    const __m256i in_pairs =
        _mm256_shuffle_epi8(turned, _mm256_setr_epi8(0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15, 0, 8, 1, 9,
                                                     2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15));
    const __m128i low = _mm256_castsi256_si128(in_pairs);
    const __m128i high = _mm256_extracti128_si256(in_pairs, 1);
    const __m256i in_order = _mm256_set_m128i(_mm_unpackhi_epi16(low, high), _mm_unpacklo_epi16(low, high));
    const __m256i others = _mm256_set1_epi8(static_cast<char>(asked.others));
    return _mm256_add_epi8(in_order, _mm256_min_epu8(load_32(texts.others + first), others));
}

inline void shared_at_most_avx2(const SignedTexts& texts, const SignedText& asked, std::uint8_t* shared) {
    std::size_t i = 0;
    for (; i + lanes_of_bytes <= texts.count; i += lanes_of_bytes)
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(shared + i), shared_of_32(texts, i, asked));
    shared_at_most(part_of(texts, i, texts.count - i), asked, shared + i);
}

inline std::size_t find_sharing_avx2(const SignedTexts& texts, const SignedText& asked, const Needs& needs,
                                     std::uint32_t* places) {
    return find_sharing_by(&shared_at_most_avx2, texts, asked, needs, places);
}

inline void needs_of_avx2(const SignedGroups& groups, const SignedText& asked, const NeedsOfGroups& rule,
                          std::uint8_t* needs) {
    needs_by(&shared_at_most_avx2, groups, asked, rule, needs);
}

}  // namespace
}  // namespace musicsync::kernel
