// Titles by the long way. Internal: not installed.
#pragma once

#include "musicsync/normalize.hpp"
#include "unicode.hpp"

namespace musicsync::text {

// parse_title for folded text, whatever it holds.
[[nodiscard]] TitleParts read_title(View folded);

}  // namespace musicsync::text
