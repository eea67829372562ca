#include "score/mojibake.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "similarity/code_points.hpp"

namespace musicsync {
namespace {

// What Windows-1252 shows for the bytes 0x80 to 0x9F; five have no letter and stay what they are.
constexpr std::array<char32_t, 32> shown{
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

std::optional<unsigned char> byte_of(char32_t letter) noexcept {
    if (letter < 0x80 || (letter >= 0xA0 && letter <= 0xFF)) return static_cast<unsigned char>(letter);
    const auto* const found = std::find(shown.begin(), shown.end(), letter);
    if (found != shown.end()) return static_cast<unsigned char>(0x80 + (found - shown.begin()));
    return letter < 0xA0 ? std::optional(static_cast<unsigned char>(letter)) : std::nullopt;
}

// A first byte of UTF-8 begins all of it, and in UTF-8 again these are 0xC3 0x82 to 0xC3 0xB4.
bool may_be(std::string_view utf8) noexcept {
    for (std::size_t at = utf8.find('\xC3'); at != std::string_view::npos; at = utf8.find('\xC3', at + 2)) {
        if (at + 3 < utf8.size() && utf8[at + 1] >= '\x82' && utf8[at + 1] <= '\xB4' &&
            static_cast<unsigned char>(utf8[at + 2]) >= 0x80)
            return true;
    }
    return false;
}

std::optional<std::string> meant(std::string_view utf8) {
    if (!may_be(utf8)) return std::nullopt;
    std::string bytes;
    for (const char32_t letter : to_code_points(utf8)) {
        const auto byte = byte_of(letter);
        if (!byte) return std::nullopt;
        bytes.push_back(static_cast<char>(*byte));
    }
    if (find_invalid_utf8(bytes) != std::string::npos) return std::nullopt;
    return bytes;
}

}  // namespace

bool is_mojibake(std::string_view utf8) { return meant(utf8).has_value(); }

std::string without_mojibake(std::string_view utf8) { return meant(utf8).value_or(std::string(utf8)); }

}  // namespace musicsync
