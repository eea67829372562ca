// Titles, where something is known of them already. Internal: not installed.
#pragma once

#include <optional>
#include <string_view>

#include "musicsync/normalize.hpp"
#include "unicode.hpp"

namespace musicsync::text {

// parse_title for folded text, whatever it holds: the long way.
[[nodiscard]] TitleParts read_title(View folded);

// parse_title where normalize(title) is known; nothing where that is the base and there is nothing else.
[[nodiscard]] std::optional<TitleParts> parts_of(std::string_view title, std::string_view normal);

}  // namespace musicsync::text
