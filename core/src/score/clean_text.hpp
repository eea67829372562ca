// What every text of a track goes through before anything else.
#pragma once

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

// True for ASCII without U+0000. A loop without a way out, for the CPU's vector unit.
[[nodiscard]] inline bool is_plain(std::string_view text) noexcept {
    bool plain = true;
    for (const char c : text) plain &= c > 0;
    return plain;
}

// Why the text cannot be one of a track: Errc::too_long, Errc::invalid_utf8, Errc::invalid_value (it holds U+0000). The
// message begins with `field`.
[[nodiscard]] std::optional<Error> check_text(std::string_view text, std::string_view field);

}  // namespace musicsync
