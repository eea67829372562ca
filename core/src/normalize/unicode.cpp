#include "unicode.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "latin.hpp"
#include "letters.hpp"
#include "musicsync/normalize.hpp"

namespace musicsync::text {
namespace {

constexpr char32_t candrabindu = 0x0901;  // Devanagari: today anusvara is typed for it
constexpr char32_t anusvara = 0x0902;

// At most max_text_bytes, cut where a character starts.
std::string_view within_limit(std::string_view utf8) {
    if (utf8.size() <= max_text_bytes) return utf8;
    std::size_t end = max_text_bytes;
    while (end > max_text_bytes - 4 && U8_IS_TRAIL(static_cast<std::uint8_t>(utf8[end]))) --end;
    return utf8.substr(0, end);
}

Text unify(View text) {
    Text out;
    out.reserve(text.size() + 8);
    for (char32_t c : text) append_unified(out, c);
    return out;
}

Text to_code_points(std::u16string_view text) {
    Text out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        char32_t c = 0;
        U16_NEXT(text.data(), i, text.size(), c);
        out += c;
    }
    return out;
}

std::u16string from_code_points(View text) {
    std::u16string out;
    out.reserve(text.size());
    for (char32_t c : text) {
        if (c <= 0xFFFF) {
            out += static_cast<char16_t>(c);
        } else {
            out += static_cast<char16_t>(U16_LEAD(c));
            out += static_cast<char16_t>(U16_TRAIL(c));
        }
    }
    return out;
}

// NFKC_Casefold is a file of ICU's data, NFC and NFD are compiled in: in an intact installation getting one cannot
// fail. A text that cannot be normalised (out of memory, data that is not there: deploy/wheel/icu-data.txt) is left as
// it is.
std::u16string normalized(const UNormalizer2* (*form)(UErrorCode*), std::u16string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2* normalizer = form(&status);
    std::u16string out(text.size() + 16, u'\0');
    const auto length = static_cast<std::int32_t>(text.size());
    std::int32_t needed =
        unorm2_normalize(normalizer, text.data(), length, out.data(), static_cast<std::int32_t>(out.size()), &status);
    if (status == U_BUFFER_OVERFLOW_ERROR) {
        status = U_ZERO_ERROR;
        out.resize(static_cast<std::size_t>(needed));
        needed = unorm2_normalize(normalizer, text.data(), length, out.data(), needed, &status);
    }
    if (U_FAILURE(status)) return std::u16string(text);
    out.resize(static_cast<std::size_t>(needed));
    return out;
}

bool loses_marks(char32_t base) {
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(base), &status);
    // Hebrew points and Arabic vowel signs and hamzas are for learners and scripture: hardly anybody types them.
    return script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC ||
           script == USCRIPT_HEBREW || script == USCRIPT_ARABIC;
}

bool is_kana(char32_t c) { return c >= 0x3041 && c <= 0x30FA; }

// ゝ and ヽ say the kana before once more: いすゞ is いすず (the voicing mark follows and composes).
class IterationMarks {
  public:
    // What `c` stands for; to be asked for every character that is no mark.
    char32_t read(char32_t c) {
        const bool repeats = c == 0x309D || c == 0x30FD;
        if (repeats && kana_ != 0) return kana_;
        if (is_kana(c))
            kana_ = c;
        else if (is_word(c))
            kana_ = 0;  // signs in between may go, so they do not count
        return c;
    }

  private:
    char32_t kana_ = 0;
};

}  // namespace

std::u16string to_utf16(std::string_view utf8) {
    utf8 = within_limit(utf8);
    std::u16string out(utf8.size(), u'\0');  // UTF-16 never has more units than UTF-8 has bytes
    std::int32_t length = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8WithSub(out.data(), static_cast<std::int32_t>(out.size()), &length, utf8.data(),
                         static_cast<std::int32_t>(utf8.size()), 0xFFFD, nullptr, &status);
    out.resize(U_FAILURE(status) ? 0 : static_cast<std::size_t>(length));
    return out;
}

std::string to_utf8(std::u16string_view text) {
    std::string out(text.size() * 3, '\0');
    std::int32_t length = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strToUTF8WithSub(out.data(), static_cast<std::int32_t>(out.size()), &length, text.data(),
                       static_cast<std::int32_t>(text.size()), 0xFFFD, nullptr, &status);
    out.resize(U_FAILURE(status) ? 0 : static_cast<std::size_t>(length));
    return out;
}

std::string to_utf8(View text) {
    std::string out;
    out.reserve(text.size());
    for (char32_t c : text) {
        if (c < 0x80) {
            out += static_cast<char>(c);
            continue;
        }
        char buffer[U8_MAX_LENGTH];
        std::int32_t length = 0;
        U8_APPEND_UNSAFE(buffer, length, c);
        out.append(buffer, static_cast<std::size_t>(length));
    }
    return out;
}

namespace {

// Every byte is one code point, and stays one.
Text fold_ascii(std::string_view text) {
    text = within_limit(text);
    Text out(text.size(), U'\0');
    for (std::size_t i = 0; i < text.size(); ++i) out[i] = static_cast<unsigned char>(folded_ascii(text[i]));
    return out;
}

// Once more after NFKC, which takes some apostrophes out of letters (U+0149, U+1E9A).
Text fold_unified(View unified) {
    return unify(to_code_points(normalized(unorm2_getNFKCCasefoldInstance, from_code_points(unified))));
}

}  // namespace

Text fold(std::string_view utf8) {
    if (is_ascii(utf8)) return fold_ascii(utf8);
    std::optional<Text> latin = fold_latin(utf8);
    return latin ? *std::move(latin) : fold_by_icu(utf8);
}

Text fold_by_icu(std::string_view utf8) { return fold_unified(unify(to_code_points(to_utf16(utf8)))); }

Text strip_marks(View folded) {
    const Text apart = to_code_points(normalized(unorm2_getNFDInstance, from_code_points(folded)));
    Text plain;
    plain.reserve(apart.size());
    IterationMarks iteration;
    bool dropping = false;
    for (char32_t c : apart) {
        if (is_mark(c)) {
            if (!dropping) plain += c == candrabindu ? anusvara : c;
            continue;
        }
        append_plain_letter(plain, iteration.read(c));
        dropping = loses_marks(plain.back());  // of what it became: 🅱 is a Latin letter now
    }
    return compose(plain);
}

Text compose(View text) { return to_code_points(normalized(unorm2_getNFCInstance, from_code_points(text))); }

bool is_other_space(char32_t c) noexcept { return c <= 0x9F || u_isUWhiteSpace(static_cast<UChar32>(c)); }

bool is_other_letter(char32_t c) noexcept { return u_isalpha(static_cast<UChar32>(c)); }

bool is_other_mark(char32_t c) noexcept { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0; }

bool is_other_word(char32_t c) noexcept {
    return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_CN_MASK | U_GC_CO_MASK)) != 0;
}

View trim(View text) noexcept {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

std::size_t word_length(View text) noexcept { return static_cast<std::size_t>(std::ranges::count_if(text, is_word)); }

std::size_t word_end(View text, std::size_t begin) noexcept {
    while (begin < text.size() && (is_word(text[begin]) || is_mark(text[begin]))) ++begin;
    return begin;
}

bool slash_separates(View text, std::size_t at) noexcept {
    const bool space_before = at > 0 && is_space(text[at - 1]);
    const bool space_after = at + 1 < text.size() && is_space(text[at + 1]);
    if (space_before || space_after) return space_before && space_after;
    constexpr std::size_t long_word = 3;  // "AC/DC", "Au/Ra" and "M/V" are one name
    std::size_t before = at;
    while (before > 0 && at - before < long_word && is_word(text[before - 1])) --before;
    std::size_t after = at + 1;
    while (after < text.size() && after - at <= long_word && is_word(text[after])) ++after;
    return at - before >= long_word && after - at > long_word;
}

}  // namespace musicsync::text
