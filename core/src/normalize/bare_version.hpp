// Versions that stand at the end of a title without a bracket or a dash: "hola perdida remix". Internal: not installed.
#pragma once

#include <optional>

#include "musicsync/normalize.hpp"
#include "unicode.hpp"
#include "vocabulary.hpp"

namespace musicsync::text {

// Cuts the version off a folded title and returns it. One word is cut only where it cannot well be a word of the title
// ("remix", "instrumental"), more where the vocabulary knows them ("short ver", "slowed and reverb") and they do not
// read on as a sentence ("in english"). What is left has to name something: "the remix" stays. `base` is
// finish(title).
[[nodiscard]] std::optional<VersionToken> take_bare_version(Text& title, std::string_view base);

// Whether the phrase is one of those that are cut off so.
[[nodiscard]] bool tells_version(const Phrase& phrase);
// False where no vocabulary in force makes it one.
[[nodiscard]] bool may_tell_version(const Phrase& phrase) noexcept;

}  // namespace musicsync::text
