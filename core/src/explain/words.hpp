// Facts as a person says them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "musicsync/normalize.hpp"
#include "musicsync/track.hpp"

namespace musicsync {

// ‘text’ in quotes; what is longer than a line is cut with "…".
[[nodiscard]] std::string quoted(std::string_view text);

// "a", "a and b", "a, b and c"; at most `most` of them.
[[nodiscard]] std::string listed(const std::vector<std::string>& items, std::size_t most);

// Normalised text as `original` spells it, where it stands there in ASCII letters of any case; else as it is.
[[nodiscard]] std::string as_written(std::string_view normalized, std::string_view original);

// "live (Wembley, 1986)", with the venue or author as the track's title spells it.
[[nodiscard]] std::string in_words(const VersionToken& token, const Track& track);

// All of them, quoted: "‘live’ and ‘remix (Joe)’".
[[nodiscard]] std::string in_words(const std::vector<VersionToken>& tokens, const Track& track);

[[nodiscard]] std::string_view in_words(Script script) noexcept;

// "97 %"; never 0 % or 100 %.
[[nodiscard]] std::string percent(double probability);

// "0.93".
[[nodiscard]] std::string two_digits(double value);

// "the lengths are equal", "the lengths are 1 min 5 s apart".
[[nodiscard]] std::string lengths_apart(double seconds);

}  // namespace musicsync
