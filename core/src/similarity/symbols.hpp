// Texts of code points of any width, symbol by symbol.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "musicsync/matrix.hpp"

namespace musicsync {

// Calls `body(symbol)` for each symbol of the text.
template <class Body>
void for_symbols(const Symbols& text, Body&& body) {
    const auto walk = [&](const auto* symbols) {
        for (std::size_t i = 0; i < text.size; ++i) body(static_cast<char32_t>(symbols[i]));
    };
    if (text.width == 1) return walk(static_cast<const std::uint8_t*>(text.data));
    if (text.width == 2) return walk(static_cast<const char16_t*>(text.data));
    walk(static_cast<const char32_t*>(text.data));
}

inline std::u32string code_points(const Symbols& text) {
    std::u32string out;
    out.reserve(text.size);
    for_symbols(text, [&out](char32_t symbol) { out.push_back(symbol); });
    return out;
}

}  // namespace musicsync
