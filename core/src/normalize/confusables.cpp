// Letters of one script drawn for their likeness to another's: KoЯn, ODΞSZΛ, or a Latin "c" typed inside "Сектор".
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "unicode.hpp"

namespace musicsync::text {
namespace {

struct Pair {
    char32_t from;
    char32_t to;
};

// After case folding, so a letter stands for its capital too: artists mix capitals, and Greek Η looks like H where η
// looks like n.
constexpr std::array looks_latin{
    Pair{U'α', U'a'}, Pair{U'β', U'b'}, Pair{U'γ', U'y'}, Pair{U'δ', U'a'}, Pair{U'ε', U'e'}, Pair{U'ζ', U'z'},
    Pair{U'η', U'h'}, Pair{U'θ', U'o'}, Pair{U'ι', U'i'}, Pair{U'κ', U'k'}, Pair{U'λ', U'a'}, Pair{U'μ', U'm'},
    Pair{U'ν', U'n'}, Pair{U'ξ', U'e'}, Pair{U'ο', U'o'}, Pair{U'ρ', U'p'}, Pair{U'σ', U'e'}, Pair{U'τ', U't'},
    Pair{U'υ', U'y'}, Pair{U'φ', U'o'}, Pair{U'χ', U'x'}, Pair{U'ψ', U'y'}, Pair{U'ω', U'w'}, Pair{U'а', U'a'},
    Pair{U'в', U'b'}, Pair{U'г', U'r'}, Pair{U'д', U'a'}, Pair{U'е', U'e'}, Pair{U'и', U'n'}, Pair{U'к', U'k'},
    Pair{U'м', U'm'}, Pair{U'н', U'h'}, Pair{U'о', U'o'}, Pair{U'п', U'n'}, Pair{U'р', U'p'}, Pair{U'с', U'c'},
    Pair{U'т', U't'}, Pair{U'у', U'y'}, Pair{U'ф', U'o'}, Pair{U'х', U'x'}, Pair{U'ц', U'u'}, Pair{U'ш', U'w'},
    Pair{U'ь', U'b'}, Pair{U'я', U'r'}, Pair{U'ѕ', U's'}, Pair{U'і', U'i'}, Pair{U'ј', U'j'},
};

constexpr std::array looks_cyrillic{
    Pair{U'a', U'а'}, Pair{U'b', U'в'}, Pair{U'c', U'с'}, Pair{U'e', U'е'}, Pair{U'h', U'н'}, Pair{U'k', U'к'},
    Pair{U'm', U'м'}, Pair{U'o', U'о'}, Pair{U'p', U'р'}, Pair{U't', U'т'}, Pair{U'x', U'х'}, Pair{U'y', U'у'},
};

template <std::size_t N>
char32_t look_alike(const std::array<Pair, N>& pairs, char32_t c) {
    const auto* found = std::ranges::find(pairs, c, &Pair::from);
    return found == pairs.end() ? 0 : found->to;
}

enum class Alphabet : std::uint8_t { latin, greek_or_cyrillic, other };

Alphabet alphabet_of(char32_t c) {
    if (c < 0x80) return is_letter(c) ? Alphabet::latin : Alphabet::other;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &status);
    if (script == USCRIPT_LATIN) return Alphabet::latin;
    return script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC ? Alphabet::greek_or_cyrillic : Alphabet::other;
}

// Replaces every letter of `alphabet` by its look-alike, or nothing at all where one has none.
template <std::size_t N>
void replace_all(Text& word, Alphabet alphabet, const std::array<Pair, N>& pairs) {
    Text folded = word;
    for (char32_t& c : folded) {
        if (alphabet_of(c) != alphabet) continue;
        c = look_alike(pairs, c);
        if (c == 0) return;
    }
    word = std::move(folded);
}

}  // namespace

void fold_confusables(Text& word) {
    if (std::ranges::all_of(word, [](char32_t c) { return c < 0x80; })) return;
    std::size_t latin = 0;
    std::size_t foreign = 0;
    for (char32_t c : word) {
        const Alphabet alphabet = alphabet_of(c);
        latin += alphabet == Alphabet::latin ? 1 : 0;
        foreign += alphabet == Alphabet::greek_or_cyrillic ? 1 : 0;
    }
    if (latin == 0 || foreign == 0) return;
    if (latin >= foreign) {
        replace_all(word, Alphabet::greek_or_cyrillic, looks_latin);
    } else {
        replace_all(word, Alphabet::latin, looks_cyrillic);  // a Greek word keeps its Latin letter: none is listed
    }
}

}  // namespace musicsync::text
