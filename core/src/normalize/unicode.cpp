#include "unicode.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "han.hpp"
#include "musicsync/normalize.hpp"

namespace musicsync::text {
namespace {

constexpr char32_t tatweel = 0x0640;      // stretches an Arabic word in print
constexpr char32_t candrabindu = 0x0901;  // Devanagari: today anusvara is typed for it
constexpr char32_t anusvara = 0x0902;

// At most max_text_bytes, cut where a character starts.
std::string_view within_limit(std::string_view utf8) {
    if (utf8.size() <= max_text_bytes) return utf8;
    std::size_t end = max_text_bytes;
    while (end > max_text_bytes - 4 && U8_IS_TRAIL(static_cast<std::uint8_t>(utf8[end]))) --end;
    return utf8.substr(0, end);
}

// One spelling for what punctuation has several of.
void append_unified(Text& out, char32_t c) {
    switch (c) {
        case U'`':
        case U'\u00B4':
        case U'\u02B9':
        case U'\u02BB':
        case U'\u02BC':
        case U'\u02BE':
        case U'\u02BF':
        case U'\u055A':
        case U'\u05F3':
        case U'\u05F4':
        case U'\u2018':
        case U'\u2019':
        case U'\u201B':
        case U'\u2032':
        case U'\uA78C':
        case U'\uFF07':
        case U'\uFF40': out += U'\''; return;
        case U'\u00AB':
        case U'\u00BB':
        case U'\u201C':
        case U'\u201D':
        case U'\u201E':
        case U'\u201F':
        case U'\u2033':
        case U'\u301D':
        case U'\u301E':
        case U'\u301F':
        case U'\uFF02': out += U'"'; return;
        case U'\u2010':
        case U'\u2011':
        case U'\u2012':
        case U'\u2013':
        case U'\u2043':
        case U'\u2212':
        case U'\uFE58':
        case U'\uFE63':
        case U'\uFF0D': out += U'-'; return;
        case U'\u2014':
        case U'\u2015':
        case U'\u2E3A':
        case U'\u2E3B': out += U" - "; return;
        case U'\u301C': out += U'~'; return;
        case tatweel: return;
        case U'\u00D7':
        case U'\u2715':
        case U'\u2716': out += U" x "; return;
        case U'\u2120':
        case U'\u2122':  // NFKC would glue "sm" and "tm" to the word
            out += U' ';
            return;
        default: break;
    }
    if (c != 0 && is_space(c)) {
        out += U' ';
        return;
    }
    const bool fraction = (c >= 0xBC && c <= 0xBE) || (c >= 0x2150 && c <= 0x215F) || c == 0x2189;
    if (fraction) out += U' ';  // "9½" is 9 1/2, not 91/2
    out += c;
}

Text unify(View text) {
    Text out;
    out.reserve(text.size() + 8);
    for (char32_t c : text) append_unified(out, c);
    return out;
}

bool is_ascii(View text) {
    return std::ranges::all_of(text, [](char32_t c) { return c < 0x80; });
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

// The data of these forms is compiled into ICU's common library, so getting an instance cannot fail in an intact
// installation; a text that cannot be normalised (out of memory) is left as it is.
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

// Circled numbers that NFKC leaves alone because they are white on black or circled twice: ❶ ➀ ➊ ⓫ ⓵. 0 for others.
int circled_number(char32_t c) {
    if (c >= 0x2776 && c <= 0x2793) return static_cast<int>((c - 0x2776) % 10) + 1;
    if (c >= 0x24EB && c <= 0x24F4) return static_cast<int>(c - 0x24EB) + 11;
    if (c >= 0x24F5 && c <= 0x24FE) return static_cast<int>(c - 0x24F5) + 1;
    return 0;
}

// Small capitals and black squares, which people use as other letter forms: ʙᴀᴅ, 🅱.
char32_t styled_latin(char32_t c) {
    constexpr View capitals = U"ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡxʏᴢ";
    if (c >= 0x1F150 && c <= 0x1F169) return U'a' + (c - 0x1F150);
    if (c >= 0x1F170 && c <= 0x1F189) return U'a' + (c - 0x1F170);
    if (c < 0x250 || c > 0xA7FF) return c;
    const std::size_t at = capitals.find(c);
    return at == View::npos ? c : U'a' + static_cast<char32_t>(at);
}

// Letters that are written one way or the other in the same word: Arabic ones that Persian keyboards have of their own
// or that typing drops a dot from, kana that stand small by habit only, Han characters of one simplification or
// another.
char32_t variant_folded(char32_t c) {
    if (c >= 0x4E00) return c < 0xA640 || c == 0xFA11 ? simplified(c) : styled_latin(c);
    switch (c) {
        case 0x0629:                 // ة
        case 0x06C1: return 0x0647;  // ہ → ه
        case 0x0649:                 // ى
        case 0x06CC: return 0x064A;  // ی → ي
        case 0x0671: return 0x0627;  // ٱ → ا
        case 0x06A9: return 0x0643;  // ک → ك
        case 0x3095: return 0x304B;  // ゕ → か
        case 0x3096: return 0x3051;  // ゖ → け
        case 0x30F5: return 0x30AB;  // ヵ → カ
        case 0x30F6: return 0x30B1;  // ヶ → ケ
        default: return styled_latin(c);
    }
}

// Letters that Unicode does not take apart although readers see a letter with a stroke, and ligatures.
void append_plain_letter(Text& out, char32_t c) {
    switch (c) {
        case U'ø': out += U'o'; return;
        case U'đ':
        case U'ð': out += U'd'; return;
        case U'ħ': out += U'h'; return;
        case U'ı': out += U'i'; return;
        case U'ł': out += U'l'; return;
        case U'ŧ': out += U't'; return;
        case U'ƀ': out += U'b'; return;
        case U'æ': out += U"ae"; return;
        case U'œ': out += U"oe"; return;
        case U'þ': out += U"th"; return;
        default: break;
    }
    if (const int number = circled_number(c); number > 0) {
        if (number >= 10) out += U'0' + static_cast<char32_t>(number / 10);
        out += U'0' + static_cast<char32_t>(number % 10);
        return;
    }
    const std::int32_t digit = c < 0x80 ? -1 : u_charDigitValue(static_cast<UChar32>(c));
    out += digit >= 0 ? static_cast<char32_t>(U'0' + static_cast<char32_t>(digit)) : variant_folded(c);
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

Text fold(std::string_view utf8) {
    Text unified = unify(to_code_points(to_utf16(utf8)));
    if (is_ascii(unified)) {
        for (char32_t& c : unified) c += c >= U'A' && c <= U'Z' ? U'a' - U'A' : 0;
        return unified;
    }
    // Once more after NFKC, which takes some apostrophes out of letters (U+0149, U+1E9A).
    return unify(to_code_points(normalized(unorm2_getNFKCCasefoldInstance, from_code_points(unified))));
}

Text strip_marks(View folded) {
    if (is_ascii(folded)) return Text(folded);
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
    return compose(std::move(plain));
}

Text compose(Text text) {
    if (is_ascii(text)) return text;
    return to_code_points(normalized(unorm2_getNFCInstance, from_code_points(text)));
}

bool is_space(char32_t c) noexcept {
    return c <= U' ' || (c >= 0x7F && c <= 0x9F) || (c > 0x9F && u_isUWhiteSpace(static_cast<UChar32>(c)));
}

bool is_letter(char32_t c) noexcept {
    if (c < 0x80) return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
    return u_isalpha(static_cast<UChar32>(c));
}

bool is_mark(char32_t c) noexcept { return c >= 0x300 && (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0; }

bool is_word(char32_t c) noexcept {
    if (c < 0x80) return is_letter(c) || is_digit(c);
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
