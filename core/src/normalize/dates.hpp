// Years and dates in normalised text. Internal: not installed.
#pragma once

#include <optional>
#include <string_view>

namespace musicsync::text {

// 1900 to 2099, 0 for any other word.
[[nodiscard]] int as_year(std::string_view word) noexcept;

// "20th", "1st".
[[nodiscard]] bool is_ordinal(std::string_view word) noexcept;

// Takes a date off the end: "wembley july 1986" becomes "wembley" and 1986; no change without a year.
[[nodiscard]] std::optional<int> take_trailing_date(std::string_view& normalized);

}  // namespace musicsync::text
