// ASCII texts, of which most titles are: what a byte is, and the normal form without ICU. Internal: not installed.
//
//   if (text::write_ascii_form(title, out)) return out;
//   if (text::is_ascii(title)) return text::normalize_ascii(title);
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace musicsync::text {

enum AsciiClass : std::uint8_t { ascii_letter = 1, ascii_digit = 2, ascii_space = 4 };

inline constexpr auto ascii_classes = [] {
    std::array<std::uint8_t, 128> out{};
    for (std::size_t c = 0; c < 128; ++c) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) out[c] = ascii_letter;
        if (c >= '0' && c <= '9') out[c] = ascii_digit;
        if (c <= ' ' || c == 0x7F) out[c] = ascii_space;
    }
    return out;
}();

[[nodiscard]] constexpr char lower_ascii(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

// What fold() makes of a byte: small, one apostrophe, controls as spaces; NUL stays.
[[nodiscard]] constexpr char folded_ascii(char c) noexcept {
    if (c == '`') return '\'';
    return (c > 0 && c < ' ') || c == 0x7F ? ' ' : lower_ascii(c);
}

[[nodiscard]] inline bool is_ascii(std::string_view text) noexcept {
    constexpr std::uint64_t high = 0x8080808080808080U;
    std::uint64_t seen = 0;
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data() + i, 8);
        seen |= eight;
    }
    for (; i < text.size(); ++i) seen |= static_cast<std::uint64_t>(static_cast<unsigned char>(text[i])) << 56U;
    return (seen & high) == 0;
}

// What normalize() gives for most ASCII texts, which are words and little else. False, with anything in `out`, for the
// other texts: any may be given.
[[nodiscard]] bool write_ascii_form(std::string_view text, std::string& out);

// What normalize() gives for any ASCII text, and what finish() gives for a folded one.
[[nodiscard]] std::string normalize_ascii(std::string_view text);
[[nodiscard]] std::string finish_ascii(std::string_view folded);

}  // namespace musicsync::text
