// How alike two texts are, over Unicode code points.
//
//   musicsync::ratio("kitten", "sitting")            == 8.0 / 13          // 2 · LCS / (|a| + |b|)
//   musicsync::token_sort("John Lennon", "lennon john")  < 1.0            // nothing is folded here
//   musicsync::token_sort("John Lennon", "Lennon John")  == 1.0
//
// All take UTF-8 (bytes that are not UTF-8 count as U+FFFD), return [0, 1], are symmetric, pure and thread-safe. Two
// empty texts are equal (1.0), as in RapidFuzz. Cost: |a| · |b| / 64 word operations.
// H. Hyyrö, "Bit-parallel LCS-length computation revisited", AWOCA 2004.
#pragma once

#include <string_view>

namespace musicsync {

// Normalised Indel similarity: 2 · LCS(a, b) / (|a| + |b|); `rapidfuzz.fuzz.ratio` / 100.
[[nodiscard]] double ratio(std::string_view a, std::string_view b);

// `ratio` of both texts with their white-space separated words sorted; `rapidfuzz.fuzz.token_sort_ratio` / 100.
[[nodiscard]] double token_sort(std::string_view a, std::string_view b);

}  // namespace musicsync
