// Internal: not installed.
#pragma once

#include <string>
#include <vector>

#include "unicode.hpp"

namespace musicsync::text {

// parse_artists for folded text.
[[nodiscard]] std::vector<std::string> split_credit(View folded);

// The first of each name, in order.
[[nodiscard]] std::vector<std::string> without_repeats(std::vector<std::string> names);

}  // namespace musicsync::text
