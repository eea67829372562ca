// What every text of a track goes through before anything else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "musicsync/error.hpp"

namespace musicsync {

// ASCII white space, as catalogues leave it around names.
[[nodiscard]] constexpr bool is_blank(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }

// The text without white space around it.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

// True for ASCII without U+0000. Eight bytes a step, of which the last step may have seen some before: a byte that is 0
// or no ASCII leaves a high bit in its place.
[[nodiscard]] inline bool is_plain(std::string_view text) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101U;
    constexpr std::uint64_t high = 0x8080808080808080U;
    std::uint64_t seen = 0;
    const auto look = [&seen](std::uint64_t eight) { seen |= eight | (eight - ones); };
    const auto at = [text](std::size_t i, auto bytes) {
        std::memcpy(&bytes, text.data() + i, sizeof bytes);
        return std::uint64_t{bytes};
    };
    if (text.size() >= 8) {
        for (std::size_t i = 0; i + 8 < text.size(); i += 8) look(at(i, std::uint64_t{}));
        look(at(text.size() - 8, std::uint64_t{}));
    } else if (text.size() >= 4) {
        look(at(0, std::uint32_t{}) | at(text.size() - 4, std::uint32_t{}) << 32U);
    } else {
        for (const char c : text) look((ones - 1) | static_cast<unsigned char>(c));
    }
    return (seen & high) == 0;
}

// Why the text cannot be one of a track: Errc::too_long, Errc::invalid_utf8, Errc::invalid_value (it holds U+0000). The
// message begins with `field`.
[[nodiscard]] std::optional<Error> check_text(std::string_view text, std::string_view field);

}  // namespace musicsync
