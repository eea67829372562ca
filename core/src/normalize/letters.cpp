#include "letters.hpp"

#include <unicode/uchar.h>

#include <cstddef>
#include <cstdint>

#include "han.hpp"

namespace musicsync::text {
namespace {

constexpr char32_t tatweel = 0x0640;  // stretches an Arabic word in print

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

}  // namespace

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

}  // namespace musicsync::text
