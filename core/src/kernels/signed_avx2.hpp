// signed_texts.hpp for AVX2, which counts bits by looking up those of four at a time: eight texts at once. Nothing here
// may leave its source file.
#pragma once

#include <immintrin.h>

#include "kernels/signed_texts.hpp"

namespace musicsync::kernel {
namespace {

inline constexpr std::size_t eight_signed = 8;

// How many bits four texts share, in a lane of 64 bits each.
inline __m256i bits_of_four(const std::uint64_t* bits, __m256i asked) noexcept {
    const __m256i counts = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1,
                                            2, 2, 3, 2, 3, 3, 4);
    const __m256i four_bits = _mm256_set1_epi8(0x0F);
    const __m256i both = _mm256_and_si256(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(bits)), asked);
    const __m256i low = _mm256_shuffle_epi8(counts, _mm256_and_si256(both, four_bits));
    const __m256i high = _mm256_shuffle_epi8(counts, _mm256_and_si256(_mm256_srli_epi16(both, 4), four_bits));
    return _mm256_sad_epu8(_mm256_add_epi8(low, high), _mm256_setzero_si256());
}

inline __m256i eight_bytes(const std::uint8_t* bytes) noexcept {
    return _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(bytes)));
}

// What is asked, in every lane.
struct Asked {
    __m256i bits, others, size;
    explicit Asked(const SignedText& asked) noexcept
        : bits(_mm256_set1_epi64x(static_cast<long long>(asked.bits))),
          others(_mm256_set1_epi32(asked.others)),
          size(_mm256_set1_epi32(asked.size)) {}
    // How many symbols eight texts share with it.
    __m256i shared(const SignedTexts& texts, std::size_t first) const noexcept {
        const __m256i a = bits_of_four(texts.bits + first, bits);
        const __m256i b = bits_of_four(texts.bits + first + 4, bits);
        const __m256i mixed = _mm256_or_si256(a, _mm256_slli_epi64(b, 32));  // 0 4 1 5 2 6 3 7
        const __m256i in_order = _mm256_permutevar8x32_epi32(mixed, _mm256_setr_epi32(0, 2, 4, 6, 1, 3, 5, 7));
        return _mm256_add_epi32(in_order, _mm256_min_epi32(eight_bytes(texts.others + first), others));
    }
};

inline SignedTexts from(const SignedTexts& texts, std::size_t first) noexcept {
    return {texts.bits + first, texts.others + first, texts.sizes + first, texts.count - first};
}

inline void shared_at_most_avx2(const SignedTexts& texts, const SignedText& asked_text, std::uint8_t* shared) {
    const Asked asked(asked_text);
    std::size_t i = 0;
    for (; i + eight_signed <= texts.count; i += eight_signed) {
        const __m256i lanes = asked.shared(texts, i);
        const __m128i words = _mm_packus_epi32(_mm256_castsi256_si128(lanes), _mm256_extracti128_si256(lanes, 1));
        _mm_storel_epi64(reinterpret_cast<__m128i*>(shared + i), _mm_packus_epi16(words, words));
    }
    shared_at_most(from(texts, i), asked_text, shared + i);
}

inline std::size_t find_sharing_avx2(const SignedTexts& texts, const SignedText& asked_text, const float* needs,
                                     std::uint32_t* places) {
    const Asked asked(asked_text);
    std::uint32_t* end = places;
    std::size_t i = 0;
    for (; i + eight_signed <= texts.count; i += eight_signed) {
        const __m256 symbols = _mm256_cvtepi32_ps(_mm256_add_epi32(eight_bytes(texts.sizes + i), asked.size));
        const __m256 common =
            _mm256_add_ps(_mm256_cvtepi32_ps(asked.shared(texts, i)), _mm256_set1_ps(shared_rounding));
        const __m256 needed = _mm256_mul_ps(_mm256_loadu_ps(needs + i), symbols);
        auto found = static_cast<unsigned>(_mm256_movemask_ps(_mm256_cmp_ps(common, needed, _CMP_GE_OQ)));
        for (; found != 0; found &= found - 1)
            *end++ = static_cast<std::uint32_t>(i) + static_cast<std::uint32_t>(__builtin_ctz(found));
    }
    const std::size_t behind = find_sharing(from(texts, i), asked_text, needs + i, end);
    for (std::size_t k = 0; k < behind; ++k) end[k] += static_cast<std::uint32_t>(i);
    return static_cast<std::size_t>(end - places) + behind;
}

}  // namespace
}  // namespace musicsync::kernel
