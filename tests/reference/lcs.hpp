// The naive longest common subsequence: the textbook table, one cell a step. Slow, obvious, and never to be optimised:
// every kernel is compared with it.
#pragma once

#include <cstddef>
#include <string_view>

namespace musicsync::reference {

[[nodiscard]] std::size_t lcs_length(std::u32string_view a, std::u32string_view b);

// 2 · LCS / (|a| + |b|); 1.0 for two empty texts.
[[nodiscard]] double ratio(std::u32string_view a, std::u32string_view b);

}  // namespace musicsync::reference
