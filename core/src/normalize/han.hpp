// Han characters: one form for comparing, and Mandarin readings. Tables, no ICU: one look-up a character.
#pragma once

#include <string_view>

namespace musicsync::text {

// The simplified Chinese form of a traditional or Japanese character, any other code point as it is. simplified() of
// the result is the result.
[[nodiscard]] char32_t simplified(char32_t c) noexcept;

// The most common Mandarin reading without its tone ("guang"), "" for what is no Han character with a reading.
[[nodiscard]] std::string_view pinyin(char32_t c) noexcept;

}  // namespace musicsync::text
