// From the length of an LCS to the number that is asked for.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "kernels/kernels.hpp"
#include "musicsync/matrix.hpp"

namespace musicsync {

// 2 · common / total on the scale, 0 below the cutoff. Whole numbers are divided once, so no precision is lost before
// the last rounding.
template <class Out>
class Scale {
  public:
    using Real = std::conditional_t<std::is_same_v<Out, float>, float, double>;

    explicit Scale(const MatrixOptions& options)
        : twice_(static_cast<Real>(2.0 * options.scale)), cutoff_(static_cast<Real>(options.cutoff)) {
        if (static_cast<double>(cutoff_) < options.cutoff)
            cutoff_ = std::nextafter(cutoff_, std::numeric_limits<Real>::max());
        equal_ = finish(static_cast<Real>(options.scale));
    }

    [[nodiscard]] Out of(std::size_t common, std::size_t total) const noexcept {
        return total == 0 ? equal_ : finish(twice_ * static_cast<Real>(common) / static_cast<Real>(total));
    }

    // The same for a row of them, none of two empty texts: those of one text of `size` symbols.
    void of_row(const kernel::Kernel& kernel, const std::uint8_t* common, const Real* sizes, std::size_t count,
                std::size_t size, Out* out) const {
        const kernel::Ratios<Real> given{common, sizes, count, static_cast<Real>(size), twice_, cutoff_};
        if constexpr (std::is_same_v<Out, float>) kernel.ratios_float(given, out);
        if constexpr (std::is_same_v<Out, double>) kernel.ratios_double(given, out);
        if constexpr (std::is_same_v<Out, std::uint8_t>) kernel.ratios_byte(given, out);
    }

  private:
    [[nodiscard]] Out finish(Real value) const noexcept {
        const Real kept = value < cutoff_ ? Real{0} : value;
        if constexpr (std::is_same_v<Out, std::uint8_t>) return static_cast<Out>(static_cast<int>(kept + Real{0.5}));
        return static_cast<Out>(kept);
    }

    Real twice_;
    Real cutoff_;
    Out equal_ = Out{0};
};

}  // namespace musicsync
