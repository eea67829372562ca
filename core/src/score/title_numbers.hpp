// Numbers as titles have them.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace musicsync {

template <class Char>
[[nodiscard]] constexpr bool is_digit(Char c) noexcept {
    return c >= Char{'0'} && c <= Char{'9'};
}

// From i to xx, in small letters.
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

// What the last of several words counts: "3", "iii". One letter alone is a word ("i", "x"), and so are many digits.
template <class Char>
[[nodiscard]] std::optional<int> ending_number_in(std::basic_string_view<Char> word) noexcept {
    constexpr std::size_t most_digits = 4;
    if (!std::all_of(word.begin(), word.end(), is_digit<Char>)) return word.size() < 2 ? std::nullopt : roman(word);
    if (word.size() > most_digits) return std::nullopt;
    int value = 0;
    for (const Char digit : word) value = value * 10 + static_cast<int>(digit - Char{'0'});
    return value;
}

}  // namespace musicsync
