#include "ingest/texts.hpp"

#include <charconv>
#include <cstdint>

namespace musicsync::json {
namespace {

// Four hexadecimal digits; beyond 0xFFFF where they are none.
std::uint32_t code_unit(std::string_view digits) noexcept {
    if (digits.size() < 4) return 0x10000;
    std::uint32_t unit = 0;
    const char* end = digits.data() + 4;
    const auto [stopped, error] = std::from_chars(digits.data(), end, unit, 16);
    return error == std::errc() && stopped == end ? unit : 0x10000;
}

void append_utf8(std::uint32_t point, std::string& out) {
    const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0 | point >> 6);
        put(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        put(0xE0 | point >> 12);
        put(0x80 | (point >> 6 & 0x3F));
        put(0x80 | (point & 0x3F));
    } else {
        put(0xF0 | point >> 18);
        put(0x80 | (point >> 12 & 0x3F));
        put(0x80 | (point >> 6 & 0x3F));
        put(0x80 | (point & 0x3F));
    }
}

// `text` starts behind "\u"; what is read is cut off.
bool unescape_unicode(std::string_view& text, std::string& out) {
    std::uint32_t point = code_unit(text);
    if (point == 0 || point > 0xFFFF || (point >= 0xDC00 && point <= 0xDFFF)) return false;
    text.remove_prefix(4);
    if (point >= 0xD800 && point <= 0xDBFF) {
        if (!text.starts_with("\\u")) return false;
        const std::uint32_t low = code_unit(text.substr(2));
        if (low < 0xDC00 || low > 0xDFFF) return false;
        text.remove_prefix(6);
        point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
    }
    append_utf8(point, out);
    return true;
}

char unescaped(char letter) noexcept {
    switch (letter) {
        case '"':
        case '\\':
        case '/': return letter;
        case 'b': return '\b';
        case 'f': return '\f';
        case 'n': return '\n';
        case 'r': return '\r';
        case 't': return '\t';
        default: return '\0';
    }
}

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

std::size_t digits_at(std::string_view text, std::size_t start) noexcept {
    std::size_t end = start;
    while (end < text.size() && is_digit(text[end])) ++end;
    return end - start;
}

// -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?
bool is_json_number(std::string_view text) noexcept {
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const std::size_t whole = digits_at(text, at);
    if (whole == 0 || (whole > 1 && text[at] == '0')) return false;
    at += whole;
    if (at < text.size() && text[at] == '.') {
        const std::size_t fraction = digits_at(text, at + 1);
        if (fraction == 0) return false;
        at += 1 + fraction;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
        const std::size_t exponent = digits_at(text, at);
        if (exponent == 0) return false;
        at += exponent;
    }
    return at == text.size();
}

}  // namespace

bool unescape(std::string_view text, std::string& out) {
    while (true) {
        const std::size_t plain = text.find('\\');
        out += text.substr(0, plain);
        if (plain == std::string_view::npos) return true;
        if (plain + 1 >= text.size()) return false;
        const char letter = text[plain + 1];
        text.remove_prefix(plain + 2);
        if (letter == 'u') {
            if (!unescape_unicode(text, out)) return false;
            continue;
        }
        const char character = unescaped(letter);
        if (character == '\0') return false;
        out += character;
    }
}

bool read_number(std::string_view text, double& out) {
    constexpr std::size_t exact_digits = 15;  // any whole number of so many digits is a double
    if (text.empty()) return false;
    if (text.size() <= exact_digits && (text[0] != '0' || text.size() == 1)) {
        std::uint64_t whole = 0;
        bool digits = true;
        for (const char c : text) {
            digits &= is_digit(c);
            whole = whole * 10 + static_cast<unsigned char>(c - '0');
        }
        if (digits) {
            out = static_cast<double>(static_cast<std::int64_t>(whole));
            return true;
        }
    }
    constexpr std::size_t longest = 64;
    if (text.size() > longest || !is_json_number(text)) return false;
    if (text.find_first_of(".eE") == std::string_view::npos && text.size() > 18) return false;  // may exceed 64 bits
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, out);
    return error == std::errc() && stopped == end;
}

}  // namespace musicsync::json
