// The words that titles use to say which version of a song they are, as data. Internal: not installed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "musicsync/normalize.hpp"

namespace musicsync::text {

// Where free text may stand next to a phrase.
enum class Role : std::uint8_t {
    plain,    // none: "acoustic", "bonus track"
    tail,     // before it: "tiesto remix", "bbc session"
    head,     // after it: "live at wembley", "in the style of abba"
    noise,    // none, and it says nothing: "official video"
    credit,   // after it, and it says nothing about the recording: "prod by x"
    context,  // after it, a soundtrack or show: "from frozen", "theme from titanic"
    source,   // before it, a soundtrack or show: "frozen soundtrack", "objet trouve ost"
    version,  // before it, who or what the version is of: "alessia cara version"; filler where that is another phrase
    filler,   // says nothing by itself, may stand between others: "version", "the"
};

struct Phrase {
    std::string_view text;  // normalised; what is not ASCII as it is written
    Role role = Role::plain;
    VersionKind kind = VersionKind::other;
    std::string_view detail{};  // what the token's detail begins with
};

inline constexpr std::size_t max_phrase_words = 6;
inline constexpr std::size_t max_phrase_bytes = 64;

// The phrase spelled exactly like this, nullptr for none.
[[nodiscard]] const Phrase* find_phrase(std::string_view normalized) noexcept;

[[nodiscard]] std::span<const Phrase> all_phrases() noexcept;

// Words after "with" or "from" in a bracket that make it a part of the title: "(with you)", "(from now on)".
[[nodiscard]] bool continues_a_sentence(std::string_view normalized_word) noexcept;

}  // namespace musicsync::text
