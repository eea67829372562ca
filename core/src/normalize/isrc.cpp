#include <string>

#include "musicsync/normalize.hpp"
#include "unicode.hpp"

namespace musicsync {
namespace {

constexpr std::size_t isrc_length = 12;

char upper_ascii(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_isrc(std::string_view code) {
    if (code.size() != isrc_length) return false;
    for (std::size_t i = 0; i < isrc_length; ++i) {
        const bool fits = i < 2   ? is_upper(code[i])
                          : i < 5 ? is_upper(code[i]) || is_digit(code[i])
                                  : is_digit(code[i]);
        if (!fits) return false;
    }
    return true;
}

// At most 40 characters of what was given, with controls and broken bytes made visible.
std::string quoted(std::string_view input) {
    constexpr std::size_t shown = 40;
    text::Text out;
    const std::u16string characters = text::to_utf16(input.substr(0, shown * 4));
    for (char16_t unit : characters) {
        const bool surrogate = unit >= 0xD800 && unit <= 0xDFFF;  // no ISRC has one: shown as a replacement
        out += surrogate || text::is_space(unit) ? (unit == u' ' ? U' ' : U'\uFFFD') : static_cast<char32_t>(unit);
        if (out.size() == shown) break;
    }
    std::string quotation(1, '"');
    quotation += text::to_utf8(out);
    quotation += characters.size() > shown ? "…\"" : "\"";
    return quotation;
}

}  // namespace

Result<std::string> parse_isrc(std::string_view input) {
    constexpr std::string_view prefix = "ISRC";
    std::string code;
    for (char c : input) {
        const bool separator = c == '-' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
        const bool after_prefix = c == ':' && code == prefix;
        if (separator || after_prefix) continue;
        code += upper_ascii(c);
        if (code.size() > prefix.size() + isrc_length) break;
    }
    if (is_isrc(code)) return code;  // first: "IS-RC1-…" is an Icelandic code, not a prefix
    if (code.starts_with(prefix) && is_isrc(std::string_view(code).substr(prefix.size())))
        return code.substr(prefix.size());
    return Error{Errc::invalid_isrc,
                 "not an ISRC: " + quoted(input) + "; expected two letters, three letters or digits, seven digits"};
}

}  // namespace musicsync
