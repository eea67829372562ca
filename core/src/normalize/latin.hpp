// Latin texts with accents and printed punctuation ("Beyoncé – Déjà Vu…"): folded and stripped by a table, which is
// made from ICU when the first such text comes, so that it is always that of the ICU in use. Internal: not installed.
#pragma once

#include <optional>
#include <string_view>

#include "unicode.hpp"

namespace musicsync::text {

// What fold_by_icu() gives, for text of Latin letters and general punctuation without combining marks; nothing for
// other text, and for bytes that are not UTF-8.
[[nodiscard]] std::optional<Text> fold_latin(std::string_view utf8);

// What strip_marks() gives, under the same condition.
[[nodiscard]] std::optional<Text> strip_latin(View folded);

}  // namespace musicsync::text
