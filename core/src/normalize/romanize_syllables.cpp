// Hangul, Devanagari and Han: scripts whose signs are syllables.
#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "han.hpp"
#include "romanize.hpp"

namespace musicsync::text {
namespace {

using std::string_view_literals::operator""sv;

// --- Hangul ---------------------------------------------------------------------------------------------------------

constexpr auto initials = std::to_array<std::string_view>({
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h",
});
constexpr auto vowels = std::to_array<std::string_view>({
    "a",  "ae", "ya", "yae", "eo", "e",  "yeo", "ye", "o",  "wa", "wae",
    "oe", "yo", "u",  "wo",  "we", "wi", "yu",  "eu", "ui", "i",
});
// A final consonant at the end of a word or before a consonant, and before a vowel, where it opens the next syllable.
struct Final {
    std::string_view closed;
    std::string_view linked;
};
constexpr auto finals = std::to_array<Final>({
    {"", ""},     {"k", "g"}, {"k", "kk"}, {"k", "ks"}, {"n", "n"},  {"n", "nj"}, {"n", "n"},
    {"t", "d"},   {"l", "r"}, {"k", "lg"}, {"m", "lm"}, {"l", "lb"}, {"l", "ls"}, {"l", "lt"},
    {"p", "lp"},  {"l", "r"}, {"m", "m"},  {"p", "b"},  {"p", "ps"}, {"t", "s"},  {"t", "ss"},
    {"ng", "ng"}, {"t", "j"}, {"t", "ch"}, {"k", "k"},  {"t", "t"},  {"p", "p"},  {"t", ""},
});

constexpr std::size_t silent = 11;    // ㅇ
constexpr std::size_t initial_n = 2;  // ㄴ
constexpr std::size_t initial_r = 5;  // ㄹ
constexpr std::size_t initial_m = 6;  // ㅁ
constexpr std::size_t vowel_i = 20;   // ㅣ
constexpr std::size_t final_d = 7;    // ㄷ
constexpr std::size_t final_t = 25;   // ㅌ

bool ends_in_h(std::size_t final) noexcept { return final == 6 || final == 15 || final == 27; }  // ㄶ ㅀ ㅎ

// Both sides of a syllable border.
struct Border {
    std::string_view final;
    std::string_view initial;
};

// ㅎ hardens a following ㄱ, ㄷ or ㅈ: 좋고 "joko".
Border after_h(std::size_t final, std::size_t initial) noexcept {
    const std::string_view left = final == 6 ? "n"sv : final == 15 ? "l"sv : ""sv;
    switch (initial) {
        case 0: return {left, "k"};
        case 3: return {left, "t"};
        case 12: return {left, "ch"};
        case initial_n: return {final == 15 ? "l"sv : "n"sv, final == 15 ? "l"sv : "n"sv};
        default: return {left, initials[initial]};
    }
}

Border before_nasal(std::string_view closed, std::size_t initial) noexcept {
    const std::string_view next = initials[initial];
    if (closed == "k") return {"ng", next};
    if (closed == "t") return {"n", next};
    if (closed == "p") return {"m", next};
    if (closed == "l" && initial == initial_n) return {"l", "l"};
    return {closed, next};
}

Border before_r(std::string_view closed) noexcept {
    if (closed == "l" || closed == "n") return {"l", "l"};
    if (closed == "m" || closed == "ng") return {closed, "n"};
    if (closed == "k") return {"ng", "n"};
    if (closed == "p") return {"m", "n"};
    if (closed == "t") return {"n", "n"};
    return {closed, "r"};
}

Border border(std::size_t final, std::size_t initial, std::size_t vowel) noexcept {
    if (final == 0) return {"", initials[initial]};
    if (initial == silent) {
        if (vowel == vowel_i && final == final_d) return {"", "j"};
        if (vowel == vowel_i && final == final_t) return {"", "ch"};  // 같이 "gachi"
        return {finals[final].linked, ""};
    }
    if (ends_in_h(final)) return after_h(final, initial);
    if (initial == initial_n || initial == initial_m) return before_nasal(finals[final].closed, initial);
    if (initial == initial_r) return before_r(finals[final].closed);
    return {finals[final].closed, initials[initial]};
}

// A letter that stands alone (ㅋㅋ, ㅠㅠ), in the code points that NFKC gives it.
std::string_view lone_jamo(char32_t c) noexcept {
    if (c >= 0x1100 && c < 0x1100 + initials.size()) return initials[c - 0x1100];
    if (c >= 0x1161 && c < 0x1161 + vowels.size()) return vowels[c - 0x1161];
    if (c >= 0x11A8 && c - 0x11A7 < finals.size()) return finals[c - 0x11A7].closed;
    return {};
}

constexpr bool is_syllable(char32_t c) noexcept { return c >= 0xAC00 && c <= 0xD7A3; }

// --- Devanagari -----------------------------------------------------------------------------------------------------

struct Sign {
    char32_t sign;
    std::string_view latin;
};

constexpr auto consonants = std::to_array<Sign>({
    {U'क', "k"},  {U'ख', "kh"}, {U'ग', "g"},  {U'घ', "gh"}, {U'ङ', "n"},  {U'च', "ch"}, {U'छ', "chh"},
    {U'ज', "j"},  {U'झ', "jh"}, {U'ञ', "n"},  {U'ट', "t"},  {U'ठ', "th"}, {U'ड', "d"},  {U'ढ', "dh"},
    {U'ण', "n"},  {U'त', "t"},  {U'थ', "th"}, {U'द', "d"},  {U'ध', "dh"}, {U'न', "n"},  {U'प', "p"},
    {U'फ', "ph"}, {U'ब', "b"},  {U'भ', "bh"}, {U'म', "m"},  {U'य', "y"},  {U'र', "r"},  {U'ल', "l"},
    {U'ळ', "l"},  {U'व', "v"},  {U'श', "sh"}, {U'ष', "sh"}, {U'स', "s"},  {U'ह', "h"},
});
constexpr auto with_nukta = std::to_array<Sign>({{U'क', "q"}, {U'ज', "z"}, {U'फ', "f"}});
constexpr auto full_vowels = std::to_array<Sign>({
    {U'अ', "a"},
    {U'आ', "a"},
    {U'इ', "i"},
    {U'ई', "i"},
    {U'उ', "u"},
    {U'ऊ', "u"},
    {U'ऋ', "ri"},
    {U'ए', "e"},
    {U'ऐ', "ai"},
    {U'ओ', "o"},
    {U'औ', "au"},
    {U'ऑ', "o"},
    {U'ऍ', "e"},
});
constexpr auto vowel_signs = std::to_array<Sign>({
    {0x93E, "a"},
    {0x93F, "i"},
    {0x940, "i"},
    {0x941, "u"},
    {0x942, "u"},
    {0x943, "ri"},
    {0x945, "e"},
    {0x947, "e"},
    {0x948, "ai"},
    {0x949, "o"},
    {0x94B, "o"},
    {0x94C, "au"},
});
constexpr char32_t virama = 0x94D;
constexpr char32_t nukta = 0x93C;
constexpr char32_t anusvara = 0x902;
constexpr char32_t visarga = 0x903;

template <std::size_t N>
constexpr std::string_view latin_of(const std::array<Sign, N>& table, char32_t c) noexcept {
    const auto* found = std::ranges::find(table, c, &Sign::sign);
    return found == table.end() ? std::string_view() : found->latin;
}

// One written syllable: consonants, a vowel (`inherent` where none is written), and what closes it.
struct Akshara {
    std::string onset;
    std::string vowel;
    std::string coda;
    std::size_t consonants = 0;
    bool inherent = false;
};

// A dot below makes another letter of it: ज "j", ज़ "z".
std::string_view consonant(View run, std::size_t i) noexcept {
    const bool dotted = i + 1 < run.size() && run[i + 1] == nukta;
    const std::string_view foreign = dotted ? latin_of(with_nukta, run[i]) : std::string_view();
    return foreign.empty() ? latin_of(consonants, run[i]) : foreign;
}

std::vector<Akshara> aksharas_of(View run) {
    std::vector<Akshara> out;
    bool joined = false;  // a virama: the next consonant belongs to the same syllable
    for (std::size_t i = 0; i < run.size(); ++i) {
        const char32_t c = run[i];
        if (c == nukta) continue;
        if (const std::string_view latin = consonant(run, i); !latin.empty()) {
            if (!joined || out.empty()) out.emplace_back();
            const bool gya = joined && c == U'ञ' && out.back().onset.ends_with('j');
            if (gya) out.back().onset.pop_back();
            out.back().onset += gya ? "gy"sv : latin;
            ++out.back().consonants;
            out.back().inherent = true;
        } else if (const std::string_view full = latin_of(full_vowels, c); !full.empty()) {
            out.emplace_back().vowel = full;
        } else if (!out.empty()) {
            Akshara& last = out.back();
            if (c == virama) last.inherent = false;
            if (c == anusvara) last.coda = "n";
            if (c == visarga) last.coda = "h";
            if (const std::string_view sign = latin_of(vowel_signs, c); !sign.empty()) {
                last.vowel = sign;
                last.inherent = false;
            }
        }
        joined = c == virama;
    }
    return out;
}

// "mitra" keeps its last vowel, "dost" does not.
bool needs_vowel(const Akshara& last) noexcept {
    return last.consonants > 1 && !last.onset.empty() && "ryv"sv.find(last.onset.back()) != std::string_view::npos;
}

void drop_silent_vowels(std::vector<Akshara>& word) {
    if (word.size() > 1 && word.back().inherent && word.back().coda.empty() && !needs_vowel(word.back()))
        word.back().inherent = false;
    const auto sounded = [](const Akshara& a) { return a.inherent || !a.vowel.empty(); };
    for (std::size_t i = word.size(); i-- > 2;) {
        Akshara& middle = word[i - 1];
        const bool between = word[i].consonants == 1 && sounded(word[i]) && word[i - 2].coda.empty() &&
                             sounded(word[i - 2]) && middle.consonants == 1 && middle.coda.empty();
        if (between) middle.inherent = false;
    }
}

}  // namespace

void append_hangul(std::string& out, View run) {
    std::size_t carried = 0;  // the final consonant of the syllable before
    bool open = false;        // a syllable stands before this one
    const auto close = [&] {
        if (open) out += finals[carried].closed;
        open = false;
    };
    for (char32_t c : run) {
        if (!is_syllable(c)) {
            close();
            out += lone_jamo(c);
            continue;
        }
        const std::size_t n = c - 0xAC00;
        const std::size_t initial = n / 588;
        const std::size_t vowel = n % 588 / 28;
        const Border sounds = border(open ? carried : 0, initial, vowel);
        out += sounds.final;
        out += sounds.initial;
        out += vowels[vowel];
        carried = n % 28;
        open = true;
    }
    close();
}

void append_devanagari(std::string& out, View run) {
    std::vector<Akshara> word = aksharas_of(run);
    drop_silent_vowels(word);
    for (const Akshara& one : word) out += one.onset + (one.inherent ? "a" : one.vowel) + one.coda;
}

void append_han(std::string& out, View run) {
    std::string_view before;
    for (char32_t c : run) {
        const std::string_view syllable = c == U'々' ? before : pinyin(c);
        if (!out.empty() && out.back() != ' ') out += ' ';
        out += syllable;
        before = syllable;
    }
    out += ' ';
}

}  // namespace musicsync::text
