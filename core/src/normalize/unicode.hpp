// Code points in and out, and the folding that every other file of this folder starts from. Internal: not installed.
//
//   text::Text folded = text::fold("KoЯn — “Freak”");   // U"koяn - \"freak\""
//   std::string normal = text::finish(folded);          // "korn freak", what normalize() gives
//
// The title and credit parsers work on folded text, where punctuation still stands but has one spelling, and finish the
// pieces they cut out of it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "ascii.hpp"

namespace musicsync::text {

using Text = std::u32string;
using View = std::u32string_view;

// NFKC case folding with one spelling for apostrophes ('), quotes ("), dashes (-; an em dash becomes " - ") and the
// times sign (" x "). Controls become spaces, a tatweel nothing, NUL stays (a credit list uses it as a separator). Bad
// UTF-8 becomes U+FFFD.
[[nodiscard]] Text fold(std::string_view utf8);
// The same by ICU whatever the text: what the shorter ways are held against.
[[nodiscard]] Text fold_by_icu(std::string_view utf8);

// The normal form of folded text or of a piece of it.
[[nodiscard]] std::string finish(View folded);
// The same without the way for ASCII.
[[nodiscard]] std::string finish_by_icu(View folded);

// Latin, Greek, Cyrillic, Hebrew and Arabic letters without their marks and strokes, digits of all scripts as ASCII
// digits, one form of letters and Han characters that are written in several.
[[nodiscard]] Text strip_marks(View folded);

// NFC: Hangul letters that a dropped sign kept apart make one syllable.
[[nodiscard]] Text compose(View text);

// A word that mixes scripts by look-alike letters in one script: "koяn" becomes "korn". Other words are left alone.
void fold_confusables(Text& word);

[[nodiscard]] inline bool is_ascii(View text) noexcept {
    char32_t seen = 0;
    for (const char32_t c : text) seen |= c;
    return seen < 0x80;
}

[[nodiscard]] std::u16string to_utf16(std::string_view utf8);
[[nodiscard]] std::string to_utf8(std::u16string_view text);
[[nodiscard]] std::string to_utf8(View text);

// The same questions beyond ASCII, to ICU.
[[nodiscard]] bool is_other_space(char32_t c) noexcept;
[[nodiscard]] bool is_other_letter(char32_t c) noexcept;
[[nodiscard]] bool is_other_mark(char32_t c) noexcept;
[[nodiscard]] bool is_other_word(char32_t c) noexcept;

// White space and controls.
[[nodiscard]] inline bool is_space(char32_t c) noexcept {
    return c < 0x80 ? (ascii_classes[c] & ascii_space) != 0 : is_other_space(c);
}
// Any alphabet, syllabary or ideograph.
[[nodiscard]] inline bool is_letter(char32_t c) noexcept {
    return c < 0x80 ? (ascii_classes[c] & ascii_letter) != 0 : is_other_letter(c);
}
// Combining marks.
[[nodiscard]] inline bool is_mark(char32_t c) noexcept { return c >= 0x300 && is_other_mark(c); }
// Letters, digits and code points that no standard knows yet.
[[nodiscard]] inline bool is_word(char32_t c) noexcept {
    return c < 0x80 ? (ascii_classes[c] & (ascii_letter | ascii_digit)) != 0 : is_other_word(c);
}
[[nodiscard]] inline bool is_digit(char32_t c) noexcept { return c >= U'0' && c <= U'9'; }

// Without white space at either end.
[[nodiscard]] View trim(View text) noexcept;
// How many code points of the text are word characters: the length that cuts are judged by.
[[nodiscard]] std::size_t word_length(View text) noexcept;
// The end of the run of word characters that starts at `begin`.
[[nodiscard]] std::size_t word_end(View text, std::size_t begin) noexcept;
// True for "Rock / Pop" and "Drake/Future", false for "AC/DC" and "w/": `at` is the position of a slash.
[[nodiscard]] bool slash_separates(View text, std::size_t at) noexcept;

}  // namespace musicsync::text
