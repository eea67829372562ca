#pragma once

#include "musicsync/normalize.hpp"

namespace musicsync::text {

// The script of one letter (is_letter), `other` for those that have no name in Script.
[[nodiscard]] Script script_of_letter(char32_t c) noexcept;

}  // namespace musicsync::text
