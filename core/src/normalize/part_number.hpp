// Internal: not installed.
#pragma once

#include <optional>

#include "unicode.hpp"

namespace musicsync::text {

// Cuts the last "pt. 2", "part ii", "no. 3", "vol. 4" or "#2" out of a folded title and returns its number. Nothing is
// cut at the beginning of the title ("#9 dream"), from a list ("pts. 1-5") or where no title would be left.
[[nodiscard]] std::optional<int> take_part_number(Text& title);

}  // namespace musicsync::text
