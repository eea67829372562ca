// curves.hpp for AVX-512: eight pairs at a time, and a curve of at most eight lines in registers. Nothing here may
// leave its source file.
#pragma once

#include <immintrin.h>

#include "kernels/curves.hpp"

namespace musicsync::kernel {
namespace {

constexpr std::size_t eight = 8;
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

inline void add_curve_of_eight(const Curve& curve, const double* x, std::size_t count, double* sums) {
    for (std::size_t i = 0; i < count; i += eight) {
        const auto rest = static_cast<__mmask8>(count - i < eight ? (1U << (count - i)) - 1U : 0xFFU);
        const __m512d some = _mm512_maskz_loadu_pd(rest, x + i);
        const __m512i bits = _mm512_castpd_si512(some);
        const __m512d added =
            _mm512_test_epi64_mask(bits, bits) == 0 ? _mm512_set1_pd(curve.at_zero) : values_at(curve, some);
        _mm512_mask_storeu_pd(sums + i, rest, _mm512_add_pd(_mm512_maskz_loadu_pd(rest, sums + i), added));
    }
}

inline void add_curves_avx512(const Curve* curves, std::size_t count, const Columns& columns, double* sums) {
    for (std::size_t c = 0; c < count; ++c) {
        const double* const x = columns.first + curves[c].column * columns.stride;
        if (curves[c].count <= eight)
            add_curve_of_eight(curves[c], x, columns.pairs, sums);
        else
            add_curve(curves[c], x, columns.pairs, sums);
    }
}

}  // namespace
}  // namespace musicsync::kernel
