// Kana in Hepburn's spelling, long vowels folded.
#include <array>
#include <string_view>

#include "romanize.hpp"

namespace musicsync::text {
namespace {

constexpr char32_t first_hiragana = 0x3041;
constexpr char32_t small_tsu = U'っ';
constexpr char32_t long_vowel = U'ー';

// From ぁ (U+3041) to ゖ (U+3096).
constexpr auto sounds = std::to_array<std::string_view>({
    "a",  "a",  "i",  "i",  "u",   "u",  "e",  "e",  "o",  "o",  "ka", "ga", "ki", "gi", "ku",  "gu", "ke", "ge",
    "ko", "go", "sa", "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo", "ta", "da", "chi", "ji", "",   "tsu",
    "zu", "te", "de", "to", "do",  "na", "ni", "nu", "ne", "no", "ha", "ba", "pa", "hi", "bi",  "pi", "fu", "bu",
    "pu", "he", "be", "pe", "ho",  "bo", "po", "ma", "mi", "mu", "me", "mo", "ya", "ya", "yu",  "yu", "yo", "yo",
    "ra", "ri", "ru", "re", "ro",  "wa", "wa", "i",  "e",  "wo", "n",  "vu", "ka", "ke",
});
static_assert(sounds.size() == 0x3096 - 0x3041 + 1);

char32_t as_hiragana(char32_t c) noexcept { return c >= 0x30A1 && c <= 0x30F6 ? c - 0x60 : c; }

std::string_view sound_of(char32_t c) noexcept {
    switch (c) {
        case U'ヷ': return "va";
        case U'ヸ': return "vi";
        case U'ヹ': return "ve";
        case U'ヺ': return "vo";
        default: break;
    }
    return c >= first_hiragana && c - first_hiragana < sounds.size() ? sounds[c - first_hiragana] : std::string_view();
}

// 'a' for a small ぁ or ゃ, 0 for what is not small.
char vowel_of_small(char32_t c) noexcept {
    switch (c) {
        case U'ぁ':
        case U'ゃ': return 'a';
        case U'ぃ': return 'i';
        case U'ぅ':
        case U'ゅ': return 'u';
        case U'ぇ': return 'e';
        case U'ぉ':
        case U'ょ': return 'o';
        default: return 0;
    }
}

bool is_small_y(char32_t c) noexcept { return c == U'ゃ' || c == U'ゅ' || c == U'ょ'; }

// "shi" + ゃ is "sha", "ki" + ゃ "kya", "fu" + ゅ "fyu".
std::string with_small_y(std::string_view sound, char vowel) {
    const std::string stem(sound.substr(0, sound.size() - 1));
    const bool has_y = stem == "sh" || stem == "ch" || stem == "j";
    return stem + (has_y ? "" : "y") + vowel;
}

// A small vowel that makes another syllable of the one before: "fu" + ぁ is "fa", "te" + ぃ "ti"; "" where it only
// lengthens it ("ねぇ").
std::string with_small_vowel(std::string_view sound, char vowel) {
    const std::string stem(sound.substr(0, sound.size() - 1));
    const char own = sound.back();
    if (vowel == own) return {};
    if (sound == "u") return std::string("w") + vowel;
    if (sound == "i") return vowel == 'e' ? "ye" : std::string();
    if (sound == "ku" || sound == "gu") return stem + 'w' + vowel;
    const bool changes =
        (own == 'u' && !stem.empty()) || (own == 'i' && stem.size() + (stem == "j") >= 2) ||
        ((stem == "t" || stem == "d") && ((own == 'e' && vowel == 'i') || (own == 'o' && vowel == 'u')));
    return changes ? stem + vowel : std::string();
}

// The syllable at `i`; moves `i` on over a small kana that belongs to it.
std::string syllable_at(View run, std::size_t& i) {
    const std::string_view sound = sound_of(as_hiragana(run[i]));
    const char32_t next = i + 1 < run.size() ? as_hiragana(run[i + 1]) : 0;
    const char vowel = vowel_of_small(next);
    if (vowel == 0 || sound.empty() || sound == "n") return std::string(sound);
    std::string joined = is_small_y(next) ? with_small_y(sound, vowel) : with_small_vowel(sound, vowel);
    if (joined.empty()) return std::string(sound);
    ++i;
    return joined;
}

// "ou", "oo" and "uu" are one long vowel, and people write it short.
bool lengthens(std::string_view syllable, std::string_view before) noexcept {
    if (before.empty()) return false;
    return (syllable == "u" && (before.back() == 'o' || before.back() == 'u')) ||
           (syllable == "o" && before.back() == 'o') || (syllable == "e" && before.back() == 'e');
}

}  // namespace

void append_kana(std::string& out, View run) {
    const std::size_t begin = out.size();
    bool doubled = false;
    for (std::size_t i = 0; i < run.size(); ++i) {
        const char32_t c = as_hiragana(run[i]);
        if (c == small_tsu) doubled = true;
        if (c == small_tsu || c == long_vowel) continue;
        const std::string syllable = syllable_at(run, i);
        if (lengthens(syllable, std::string_view(out).substr(begin))) continue;
        if (doubled && !syllable.empty() && std::string_view("aeiou").find(syllable.front()) == std::string_view::npos)
            out += syllable.starts_with("ch") ? 't' : syllable.front();
        doubled = false;
        out += syllable;
    }
}

}  // namespace musicsync::text
