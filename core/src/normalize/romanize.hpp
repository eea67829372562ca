// Latin spellings of one script each. Internal: not installed.
//
// Every function takes a run of letters and marks of its script, in normal form, appends to `out`, and is linear, pure
// and free of locks: these are tables. What they spell is what people type, not what a library catalogue prints.
#pragma once

#include <string>

#include "unicode.hpp"

namespace musicsync::text {

// Whose spelling a Cyrillic text wants, by letters that one language has and the others have not; Russian by default.
enum class Slavic : unsigned char { russian, ukrainian, serbian, bulgarian };
[[nodiscard]] Slavic slavic_language(View whole) noexcept;

// Ukrainian has г as "h" and и as "y", Serbian and Macedonian their own Latin letters without marks, Bulgarian ъ as "a"
// and щ as "sht".
void append_cyrillic(std::string& out, View run, Slavic language);

// Modern Greek, ELOT 743 without accents: "ευχαριστω" is "efcharisto".
void append_greek(std::string& out, View run);

// Revised Romanisation with its sound changes (신라 "silla", 음악 "eumak"), without hyphens.
void append_hangul(std::string& out, View run);

// Hepburn with long vowels folded: "スーパー" is "supa", "とうきょう" "tokyo".
void append_kana(std::string& out, View run);

// Hebrew and Arabic write few vowels: the consonants, with the letters that stand for vowels as such.
void append_hebrew(std::string& out, View run);
void append_arabic(std::string& out, View run);

// Hindi spelling: no final inherent vowel, none between two syllables that can do without ("chalte").
void append_devanagari(std::string& out, View run);

// Mandarin syllables, each a word of its own.
void append_han(std::string& out, View run);

// The Royal Institute's spelling ("sawatdi"), by rules that guess where syllables end.
void append_thai(std::string& out, View run);

}  // namespace musicsync::text
