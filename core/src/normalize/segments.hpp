// A folded title cut where brackets and " - " stand. Internal: not installed.
#pragma once

#include <cstdint>
#include <vector>

#include "unicode.hpp"

namespace musicsync::text {

[[nodiscard]] constexpr bool opens_bracket(char32_t c) noexcept {
    return c == U'(' || c == U'[' || c == U'{' || c == U'【' || c == U'〔' || c == U'〖';
}
[[nodiscard]] constexpr bool closes_bracket(char32_t c) noexcept {
    return c == U')' || c == U']' || c == U'}' || c == U'】' || c == U'〕' || c == U'〗';
}

struct Segment {
    enum class Kind : std::uint8_t { text, bracket, suffix };
    Kind kind{};
    View content;  // without brackets and dash
    View outer;    // with them
};

// In order, covering the title. A bracket glued to the letter after it ("(sun)sivera") is text; one that is not closed
// goes to the end; brackets inside a bracket belong to it. A dash inside quotes does not cut.
[[nodiscard]] std::vector<Segment> split_title(View folded);

}  // namespace musicsync::text
