// Titles, where something is known of them already. Internal: not installed.
#pragma once

#include <string>
#include <string_view>

#include "musicsync/normalize.hpp"
#include "unicode.hpp"

namespace musicsync::text {

// parse_title for folded text, whatever it holds: the long way.
[[nodiscard]] TitleParts read_title(View folded);

// parse_title where normalize(title) is known.
[[nodiscard]] TitleParts parse_title(std::string_view title, const std::string& normal);

}  // namespace musicsync::text
