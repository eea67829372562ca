// Version words with a typing error in them: "Accoustic", "Instrumnetal". Internal: not installed.
#pragma once

#include <optional>

#include "unicode.hpp"

namespace musicsync::text {

// The text with its misspelt version words put right, nothing where there is none. One letter is wrong, missing, too
// many, or two are exchanged; words of under seven letters are not guessed at.
[[nodiscard]] std::optional<Text> with_version_words_put_right(View folded);

// True where one letter has to be put in, taken out or changed, or two neighbours exchanged, to make one out of the
// other.
[[nodiscard]] bool one_slip_apart(View a, View b) noexcept;

}  // namespace musicsync::text
