// The longest common subsequence of code points, over the active kernel.
#pragma once

#include <atomic>
#include <cstddef>
#include <string_view>
#include <vector>

#include "kernels/kernels.hpp"

namespace musicsync {

// Length of the LCS of two texts. Memory: one pattern block and one bit per symbol of the longer text.
[[nodiscard]] std::size_t lcs_length(std::u32string_view a, std::u32string_view b);

// 2 · LCS / (|a| + |b|); 1.0 for two empty texts.
[[nodiscard]] double ratio(std::u32string_view a, std::u32string_view b);

// From the length of an LCS and the symbols of both texts.
[[nodiscard]] inline double as_ratio(std::size_t common, std::size_t total) noexcept {
    return total == 0 ? 1.0 : 2.0 * static_cast<double>(common) / static_cast<double>(total);
}

// One text made ready to be compared with many. The text must outlive the pattern.
class Pattern {
  public:
    Pattern() = default;
    explicit Pattern(std::u32string_view text);
    [[nodiscard]] std::u32string_view text() const noexcept { return text_; }
    [[nodiscard]] double ratio(std::u32string_view other) const;
    [[nodiscard]] std::size_t lcs_length(std::u32string_view other) const;

  private:
    std::u32string_view text_;
    // None for a text of more than `most_blocks`, which is taken block by block: its tables would not stay in the
    // cache.
    std::vector<kernel::PatternBlock> blocks_;
};

// A pattern that is made when it is first asked for; threads may ask at once. The text must outlive it.
class LazyPattern {
  public:
    LazyPattern() = default;
    explicit LazyPattern(std::u32string_view text) noexcept : text_(text) {}
    LazyPattern(const LazyPattern&) = delete;
    LazyPattern& operator=(const LazyPattern&) = delete;
    ~LazyPattern() { delete made_.load(std::memory_order_relaxed); }
    void prepare(std::u32string_view text) noexcept { text_ = text; }
    [[nodiscard]] std::u32string_view text() const noexcept { return text_; }
    [[nodiscard]] double ratio(std::u32string_view other) const;

  private:
    std::u32string_view text_;
    mutable std::atomic<const Pattern*> made_{nullptr};
};

}  // namespace musicsync
