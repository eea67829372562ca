// Pair by pair: no text is met twice, so nothing is prepared but a table that each pair leaves empty.
#include <algorithm>
#include <memory>
#include <string>

#include "kernels/kernels.hpp"
#include "musicsync/matrix.hpp"
#include "parallel/for_blocks.hpp"
#include "similarity/lcs.hpp"
#include "similarity/scale.hpp"
#include "similarity/symbols.hpp"

namespace musicsync {
namespace {

constexpr std::size_t pairs_per_task = 1024;

class Pairs {
  public:
    std::size_t lcs_of(const Symbols& a, const Symbols& b) {
        read(a, first_);
        read(b, second_);
        std::u32string_view pattern = first_, text = second_;
        if (pattern.size() > text.size()) std::swap(pattern, text);
        if (pattern.size() > kernel::block_symbols) return lcs_length(pattern, text);
        return kernel_.lcs_pair(*block_, pattern.data(), pattern.size(), text.data(), text.size());
    }

  private:
    static void read(const Symbols& text, std::u32string& out) {
        out.clear();
        for_symbols(text, [&out](char32_t symbol) { out.push_back(symbol); });
    }

    const kernel::Kernel& kernel_ = kernel::active();
    std::unique_ptr<kernel::PatternBlock> block_ = std::make_unique<kernel::PatternBlock>();
    std::u32string first_, second_;
};

template <class Out>
bool fill(std::span<const Symbols> left, std::span<const Symbols> right, const MatrixOptions& options, Out* out) {
    const Scale<Out> scale(options);
    const auto work = [&](std::size_t begin, std::size_t end) {
        Pairs pairs;
        for (std::size_t i = begin; i < end; ++i)
            out[i] = scale.of(pairs.lcs_of(left[i], right[i]), left[i].size + right[i].size);
    };
    return parallel::for_blocks(left.size(), pairs_per_task, options.work, work);
}

}  // namespace

bool ratio_pairs(std::span<const Symbols> left, std::span<const Symbols> right, const MatrixOptions& options,
                 float* out) {
    return fill(left, right, options, out);
}

bool ratio_pairs(std::span<const Symbols> left, std::span<const Symbols> right, const MatrixOptions& options,
                 double* out) {
    return fill(left, right, options, out);
}

bool ratio_pairs(std::span<const Symbols> left, std::span<const Symbols> right, const MatrixOptions& options,
                 std::uint8_t* out) {
    return fill(left, right, options, out);
}

}  // namespace musicsync
