// What a model's terms add for some pairs at once. Written once and compiled for each instruction set, as tile.hpp is:
// nothing here may leave its source file.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/kernels.hpp"

namespace musicsync::kernel {
namespace {

// On a line of slope 0, the first and the last one, infinity is like any other number.
inline double value_at(const Curve& curve, double x, std::uint64_t line) noexcept {
    const double slope = curve.slopes[line];
    const double beyond = (x - curve.knots[line]) * slope;
    const double known = curve.values[line] + (slope == 0.0 ? 0.0 : beyond);
    return x != x ? curve.unknown : known;
}

// True where all are 0, the features of most pairs.
inline bool all_zero(const double* x, std::size_t count) noexcept {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < count; ++i) {
        std::uint64_t number = 0;
        __builtin_memcpy(&number, x + i, sizeof number);
        bits |= number;
    }
    return bits == 0;
}

inline void add_curve(const Curve& curve, const double* x, std::size_t count, double* sums) {
    if (all_zero(x, count)) {
        for (std::size_t i = 0; i < count; ++i) sums[i] += curve.at_zero;
        return;
    }
    std::uint64_t lines[most_pairs] = {};  // counted knot by knot: no branch for a CPU to guess
    for (std::size_t k = 1; k < curve.count; ++k) {
        const double knot = curve.knots[k];
        for (std::size_t i = 0; i < count; ++i) lines[i] += x[i] >= knot ? 1U : 0U;
    }
    for (std::size_t i = 0; i < count; ++i) sums[i] += value_at(curve, x[i], lines[i]);
}

inline void add_curves(const Curve* curves, std::size_t count, const Columns& columns, double* sums) {
    for (std::size_t c = 0; c < count; ++c)
        add_curve(curves[c], columns.first + curves[c].column * columns.stride, columns.pairs, sums);
}

}  // namespace
}  // namespace musicsync::kernel
