// Normal forms by the long way for every text: ICU folds, strips marks and lowers, titles are cut into segments,
// credits at their separators. Slow and general: the ways that most texts take instead are compared with it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "musicsync/normalize.hpp"

namespace musicsync::reference {

[[nodiscard]] std::string normalize(std::string_view text);
[[nodiscard]] std::string lower(std::string_view text);
[[nodiscard]] Script script_of(std::string_view text);
[[nodiscard]] TitleParts parse_title(std::string_view title);
[[nodiscard]] std::vector<std::string> parse_artists(std::string_view credit);

}  // namespace musicsync::reference
