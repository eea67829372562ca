#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "musicsync/normalize.hpp"
#include "script.hpp"
#include "unicode.hpp"

namespace musicsync {
namespace text {

Script script_of_letter(char32_t c) noexcept {
    if (c < 0x80) return Script::latin;
    if (c == 0x30FC || c == 0xFF70) return Script::kana;  // the long-vowel sign belongs to both kana
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
        case USCRIPT_LATIN: return Script::latin;
        case USCRIPT_CYRILLIC: return Script::cyrillic;
        case USCRIPT_GREEK: return Script::greek;
        case USCRIPT_HANGUL: return Script::hangul;
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA: return Script::kana;
        case USCRIPT_HAN: return Script::han;
        case USCRIPT_ARABIC: return Script::arabic;
        case USCRIPT_HEBREW: return Script::hebrew;
        case USCRIPT_THAI: return Script::thai;
        case USCRIPT_DEVANAGARI: return Script::devanagari;
        default: return Script::other;
    }
}

}  // namespace text

Script script_of(std::string_view input) noexcept {
    if (text::is_ascii(input)) {
        const bool letters =
            std::ranges::any_of(input, [](char c) { return text::is_letter(static_cast<unsigned char>(c)); });
        return letters ? Script::latin : Script::none;
    }
    std::array<std::size_t, static_cast<std::size_t>(Script::other) + 1> letters{};
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(input.data());
    for (std::size_t i = 0; i < input.size();) {
        UChar32 c = 0;
        U8_NEXT(bytes, i, input.size(), c);
        if (c < 0 || !text::is_letter(static_cast<char32_t>(c))) continue;
        ++letters[static_cast<std::size_t>(text::script_of_letter(static_cast<char32_t>(c)))];
    }
    const auto most = std::ranges::max_element(letters);  // the first of equals: none only where no letter was seen
    return *most == 0 ? Script::none : static_cast<Script>(most - letters.begin());
}

}  // namespace musicsync
