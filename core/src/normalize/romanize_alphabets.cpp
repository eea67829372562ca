// Cyrillic, Greek, Hebrew and Arabic: letter by letter, with an eye on the neighbours.
#include <algorithm>
#include <array>
#include <string_view>

#include "romanize.hpp"

namespace musicsync::text {
namespace {

struct Letter {
    char32_t letter;
    std::string_view latin;
};

template <std::size_t N>
constexpr std::string_view spelling(const std::array<Letter, N>& table, char32_t c) noexcept {
    const auto* found = std::ranges::find(table, c, &Letter::letter);
    return found == table.end() ? std::string_view() : found->latin;
}

constexpr bool is_one_of(View letters, char32_t c) noexcept { return letters.find(c) != View::npos; }

char32_t at_or_none(View run, std::size_t i) noexcept { return i < run.size() ? run[i] : 0; }

// Normal form has no й, ё, ї, ќ, ѓ and ў: their marks are gone.
constexpr auto russian_letters = std::to_array<Letter>({
    {U'а', "a"},    {U'б', "b"}, {U'в', "v"}, {U'г', "g"},  {U'д', "d"},  {U'е', "e"},  {U'ж', "zh"}, {U'з', "z"},
    {U'и', "i"},    {U'к', "k"}, {U'л', "l"}, {U'м', "m"},  {U'н', "n"},  {U'о', "o"},  {U'п', "p"},  {U'р', "r"},
    {U'с', "s"},    {U'т', "t"}, {U'у', "u"}, {U'ф', "f"},  {U'х', "kh"}, {U'ц', "ts"}, {U'ч', "ch"}, {U'ш', "sh"},
    {U'щ', "shch"}, {U'ъ', ""},  {U'ы', "y"}, {U'ь', ""},   {U'э', "e"},  {U'ю', "yu"}, {U'я', "ya"}, {U'і', "i"},
    {U'є', "ye"},   {U'ґ', "g"}, {U'ј', "j"}, {U'љ', "lj"}, {U'њ', "nj"}, {U'ђ', "d"},  {U'ћ', "c"},  {U'џ', "dz"},
    {U'ѕ', "dz"},   {U'ә', "a"}, {U'ғ', "g"}, {U'қ', "k"},  {U'ң', "n"},  {U'ө', "o"},  {U'ұ', "u"},  {U'ү', "u"},
    {U'һ', "h"},    {U'ҳ', "h"}, {U'ҷ', "j"}, {U'ҙ', "z"},  {U'ҫ', "s"},  {U'ѣ', "e"},  {U'ѳ', "f"},  {U'ѵ', "i"},
});
constexpr auto ukrainian_letters = std::to_array<Letter>({{U'г', "h"}, {U'и', "y"}});
constexpr auto serbian_letters = std::to_array<Letter>({
    {U'ж', "z"},
    {U'х', "h"},
    {U'ц', "c"},
    {U'ч', "c"},
    {U'ш', "s"},
});
constexpr auto bulgarian_letters = std::to_array<Letter>({{U'щ', "sht"}, {U'ъ', "a"}, {U'х', "h"}});

std::string_view cyrillic_letter(Slavic language, char32_t c) noexcept {
    std::string_view own;
    switch (language) {
        case Slavic::ukrainian: own = spelling(ukrainian_letters, c); break;
        case Slavic::serbian: own = spelling(serbian_letters, c); break;
        case Slavic::bulgarian: own = spelling(bulgarian_letters, c); break;
        case Slavic::russian: break;
    }
    return own.empty() ? spelling(russian_letters, c) : own;
}

// "новыи" was "новый", "мои" may have been "мой": an и that ends a word after a vowel is "y", and "ыи" one "y".
bool is_short_i(View run, std::size_t i) noexcept {
    return run[i] == U'и' && i > 0 && i + 1 == run.size() && is_one_of(U"аеиоуыэюя", run[i - 1]);
}

constexpr auto greek_letters = std::to_array<Letter>({
    {U'α', "a"},  {U'β', "v"},  {U'γ', "g"},  {U'δ', "d"}, {U'ε', "e"}, {U'ζ', "z"}, {U'η', "i"},
    {U'θ', "th"}, {U'ι', "i"},  {U'κ', "k"},  {U'λ', "l"}, {U'μ', "m"}, {U'ν', "n"}, {U'ξ', "x"},
    {U'ο', "o"},  {U'π', "p"},  {U'ρ', "r"},  {U'σ', "s"}, {U'ς', "s"}, {U'τ', "t"}, {U'υ', "y"},
    {U'φ', "f"},  {U'χ', "ch"}, {U'ψ', "ps"}, {U'ω', "o"},
});

// Two letters that are one sound; "" where the pair is none.
std::string_view greek_pair(View run, std::size_t i) noexcept {
    const char32_t a = run[i];
    const char32_t b = at_or_none(run, i + 1);
    const bool first = i == 0;
    if (a == U'ο' && b == U'υ') return "ou";
    if (b == U'υ' && is_one_of(U"αεη", a)) {
        const char32_t next = at_or_none(run, i + 2);
        const bool voiceless = next == 0 || is_one_of(U"θκξπσςτφχψ", next);
        if (a == U'α') return voiceless ? "af" : "av";
        if (a == U'ε') return voiceless ? "ef" : "ev";
        return voiceless ? "if" : "iv";
    }
    if (a == U'μ' && b == U'π') return first ? "b" : "mp";
    if (a == U'ν' && b == U'τ') return first ? "d" : "nt";
    if (a == U'γ' && b == U'κ') return first ? "g" : "gk";
    if (a == U'γ' && b == U'γ') return "ng";
    if (a == U'γ' && b == U'ξ') return "nx";
    if (a == U'γ' && b == U'χ') return "nch";
    return {};
}

constexpr auto hebrew_letters = std::to_array<Letter>({
    {U'א', "a"},  {U'ב', "b"},  {U'ג', "g"}, {U'ד', "d"}, {U'ה', "h"},  {U'ו', "o"}, {U'ז', "z"},
    {U'ח', "ch"}, {U'ט', "t"},  {U'י', "i"}, {U'כ', "k"}, {U'ך', "ch"}, {U'ל', "l"}, {U'מ', "m"},
    {U'ם', "m"},  {U'נ', "n"},  {U'ן', "n"}, {U'ס', "s"}, {U'ע', "a"},  {U'פ', "p"}, {U'ף', "f"},
    {U'צ', "tz"}, {U'ץ', "tz"}, {U'ק', "k"}, {U'ר', "r"}, {U'ש', "sh"}, {U'ת', "t"},
});

constexpr auto arabic_letters = std::to_array<Letter>({
    {U'ا', "a"},  {U'ب', "b"},  {U'ت', "t"},  {U'ث', "th"}, {U'ج', "j"},  {U'ح', "h"}, {U'خ', "kh"}, {U'د', "d"},
    {U'ذ', "dh"}, {U'ر', "r"},  {U'ز', "z"},  {U'س', "s"},  {U'ش', "sh"}, {U'ص', "s"}, {U'ض', "d"},  {U'ط', "t"},
    {U'ظ', "z"},  {U'ع', "a"},  {U'غ', "gh"}, {U'ف', "f"},  {U'ق', "q"},  {U'ك', "k"}, {U'ل', "l"},  {U'م', "m"},
    {U'ن', "n"},  {U'ه', "h"},  {U'و', "o"},  {U'ي', "i"},  {U'ء', ""},   {U'پ', "p"}, {U'چ', "ch"}, {U'ژ', "zh"},
    {U'گ', "g"},  {U'ڤ', "v"},  {U'ٹ', "t"},  {U'ڈ', "d"},  {U'ڑ', "r"},  {U'ں', "n"}, {U'ھ', "h"},  {U'ے', "e"},
    {U'ہ', "h"},  {U'ڭ', "ng"}, {U'ۆ', "o"},  {U'ې', "e"},
});

bool is_arabic_vowel(char32_t c) noexcept { return is_one_of(U"اوي", c); }

}  // namespace

Slavic slavic_language(View text) noexcept {
    if (text.find_first_of(U"ыэ") != View::npos) return Slavic::russian;
    if (text.find_first_of(U"ієґ") != View::npos) return Slavic::ukrainian;
    if (text.find_first_of(U"јљњђћџѕ") != View::npos) return Slavic::serbian;
    for (std::size_t i = text.find(U'ъ'); i != View::npos; i = text.find(U'ъ', i + 1)) {
        if (!is_one_of(U"еюя", at_or_none(text, i + 1))) return Slavic::bulgarian;  // Russian ъ stands before these
    }
    return Slavic::russian;
}

void append_cyrillic(std::string& out, View run, Slavic language) {
    for (std::size_t i = 0; i < run.size(); ++i) {
        if (language == Slavic::russian && is_short_i(run, i)) {
            if (run[i - 1] != U'ы') out += 'y';
        } else {
            out += cyrillic_letter(language, run[i]);
        }
    }
}

void append_greek(std::string& out, View run) {
    for (std::size_t i = 0; i < run.size(); ++i) {
        const std::string_view pair = greek_pair(run, i);
        out += pair.empty() ? spelling(greek_letters, run[i]) : pair;
        if (!pair.empty()) ++i;
    }
}

void append_hebrew(std::string& out, View run) {
    for (std::size_t i = 0; i < run.size(); ++i) {
        const char32_t c = run[i];
        const bool first = i == 0;
        const bool last = i + 1 == run.size();
        const bool doubled = i > 0 && run[i - 1] == c;
        if (c == U'ו') {
            out += first ? "ve" : doubled ? "" : "o";
        } else if (c == U'י') {
            out += first ? "y" : doubled ? "" : "i";
        } else if (c == U'ה' && last && !first) {
            out += 'a';  // at the end it stands for the vowel
        } else {
            out += spelling(hebrew_letters, c);
        }
    }
}

void append_arabic(std::string& out, View run) {
    for (std::size_t i = 0; i < run.size(); ++i) {
        const char32_t c = run[i];
        const bool before_vowel = is_arabic_vowel(at_or_none(run, i + 1));
        const bool between = before_vowel && i > 0 && is_arabic_vowel(run[i - 1]);
        if (c == U'و' && (i == 0 || before_vowel)) {
            out += run.size() == 1 ? "wa" : "w";
        } else if (c == U'ي' && (i == 0 || between)) {
            out += 'y';
        } else if (c == U'ه' && i > 0 && i + 1 == run.size()) {
            out += "ah";  // mostly ة, which the normal form spells the same
        } else {
            out += spelling(arabic_letters, c);
        }
    }
}

}  // namespace musicsync::text
