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

// True for ASCII without U+0000. Eight bytes a step: a byte that is 0 or no ASCII leaves a high bit in its place.
[[nodiscard]] inline bool is_plain(std::string_view text) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101U;
    constexpr std::uint64_t high = 0x8080808080808080U;
    std::uint64_t seen = 0;
    const auto look = [&seen](std::uint64_t eight) { seen |= eight | (eight - ones); };
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data() + i, 8);
        look(eight);
    }
    for (; i < text.size(); ++i) look((ones - 1) | static_cast<unsigned char>(text[i]));
    return (seen & high) == 0;
}

// Why the text cannot be one of a track: Errc::too_long, Errc::invalid_utf8, Errc::invalid_value (it holds U+0000). The
// message begins with `field`.
[[nodiscard]] std::optional<Error> check_text(std::string_view text, std::string_view field);

}  // namespace musicsync
