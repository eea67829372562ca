// curves.hpp for AVX-512: eight pairs at a time, and a curve of at most eight lines in registers. Nothing here may
// leave its source file.
#pragma once

#include <immintrin.h>

#include "kernels/curves.hpp"

namespace musicsync::kernel {
namespace {

inline constexpr std::size_t eight = 8;
static_assert(eight <= least_lines);

// The number of each lane's line.
inline __m512d of_lines(const double* numbers, __m512i lines) {
    return _mm512_maskz_permutexvar_pd(0xFF, lines, _mm512_loadu_pd(numbers));
}

inline __m512d values_at(const Curve& curve, __m512d x) {
    __m512i lines = _mm512_setzero_si512();
    for (std::size_t k = 1; k < curve.count; ++k) {
        const __mmask8 reached = _mm512_cmp_pd_mask(x, _mm512_set1_pd(curve.knots[k]), _CMP_GE_OQ);
        lines = _mm512_mask_add_epi64(lines, reached, lines, _mm512_set1_epi64(1));
    }
    const __m512d slope = of_lines(curve.slopes, lines);
    const __mmask8 sloping = _mm512_cmp_pd_mask(slope, _mm512_setzero_pd(), _CMP_NEQ_UQ);
    const __m512d distance = _mm512_sub_pd(x, of_lines(curve.knots, lines));
    const __m512d beyond = _mm512_maskz_mul_pd(sloping, distance, slope);
    const __m512d known = _mm512_add_pd(of_lines(curve.values, lines), beyond);
    const __mmask8 unknown = _mm512_cmp_pd_mask(x, x, _CMP_UNORD_Q);
    return _mm512_mask_mov_pd(known, unknown, _mm512_set1_pd(curve.unknown));
}

// Eight pairs at a time, `groups` times; their sums stay in registers from curve to curve.
template <std::size_t groups>
inline void add_to_groups(const Curve* curves, std::size_t count, const Columns& columns, double* sums) {
    const std::size_t rest = columns.pairs - (groups - 1) * eight;  // in the last group
    __mmask8 masks[groups];
    __m512d added[groups];
    for (std::size_t g = 0; g < groups; ++g) {
        masks[g] = static_cast<__mmask8>(g + 1 < groups ? 0xFFU : (1U << rest) - 1U);
        added[g] = _mm512_maskz_loadu_pd(masks[g], sums + g * eight);
    }
    for (std::size_t c = 0; c < count; ++c) {
        const Curve& curve = curves[c];
        const double* const x = columns.first + curve.column * columns.stride;
        if (curve.count > eight) {
            for (std::size_t g = 0; g < groups; ++g) _mm512_mask_storeu_pd(sums + g * eight, masks[g], added[g]);
            add_curve(curve, x, columns.pairs, sums);
            for (std::size_t g = 0; g < groups; ++g) added[g] = _mm512_maskz_loadu_pd(masks[g], sums + g * eight);
            continue;
        }
        for (std::size_t g = 0; g < groups; ++g) {
            const __m512d some = _mm512_maskz_loadu_pd(masks[g], x + g * eight);
            const __m512i bits = _mm512_castpd_si512(some);
            const bool zeros = _mm512_test_epi64_mask(bits, bits) == 0;
            added[g] = _mm512_add_pd(added[g], zeros ? _mm512_set1_pd(curve.at_zero) : values_at(curve, some));
        }
    }
    for (std::size_t g = 0; g < groups; ++g) _mm512_mask_storeu_pd(sums + g * eight, masks[g], added[g]);
}

inline void add_curves_avx512(const Curve* curves, std::size_t count, const Columns& columns, double* sums) {
    static_assert(most_pairs == 4 * eight);
    if (columns.pairs == 0) return;
    if (columns.pairs <= eight) return add_to_groups<1>(curves, count, columns, sums);
    if (columns.pairs <= 2 * eight) return add_to_groups<2>(curves, count, columns, sums);
    if (columns.pairs <= 3 * eight) return add_to_groups<3>(curves, count, columns, sums);
    add_to_groups<4>(curves, count, columns, sums);
}

}  // namespace
}  // namespace musicsync::kernel
