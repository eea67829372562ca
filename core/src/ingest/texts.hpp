// JSON's texts and numbers as they stand in a file, for the fast way through a line. What these refuse is not always
// wrong: the caller then reads the line with simdjson, whose word counts.
#pragma once

#include <string>
#include <string_view>

namespace musicsync::json {

// Appends a text that has escapes (its inside, without quotes) to `out`, in UTF-8. False for an escape that is none, a
// lone surrogate or U+0000.
[[nodiscard]] bool unescape(std::string_view text, std::string& out);

// The value of a number in JSON's notation; false for anything else, and for what is too large or too exact to be sure.
[[nodiscard]] bool read_number(std::string_view text, double& out);

// The text without blanks at its ends: space, \t \n \v \f \r. Here, because every text of a file goes through it.
[[nodiscard]] inline std::string_view trimmed(std::string_view text) noexcept {
    const auto is_blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

}  // namespace musicsync::json
