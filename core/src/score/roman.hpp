// Roman numerals as titles have them: from i to xx, in small letters.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace musicsync {

template <class Char>
[[nodiscard]] std::optional<int> roman(std::basic_string_view<Char> word) noexcept {
    constexpr std::array<std::string_view, 10> units{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
    std::size_t tens = 0;
    while (tens < 2 && tens < word.size() && word[tens] == Char{'x'}) ++tens;
    const std::basic_string_view<Char> rest = word.substr(tens);
    if (word.empty()) return std::nullopt;
    const auto* const unit = std::find_if(units.begin(), units.end(), [rest](std::string_view one) {
        return std::equal(rest.begin(), rest.end(), one.begin(), one.end(),
                          [](Char a, char b) { return a == static_cast<Char>(b); });
    });
    if (unit == units.end()) return std::nullopt;
    return static_cast<int>(10 * tens + static_cast<std::size_t>(unit - units.begin()));
}

}  // namespace musicsync
