#include "han.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

#include "han_pinyin.hpp"
#include "han_simplified.hpp"

namespace musicsync::text {
namespace {

constexpr char32_t first = 0x4E00;
constexpr std::size_t count = 0x9FFF - 0x4E00 + 1;

constexpr auto simplified_by_code = [] {
    std::array<char16_t, count> table{};  // 0: itself
    for (std::size_t i = 0; i + 1 < simplified_pairs.size(); i += 2)
        table[simplified_pairs[i] - first] = simplified_pairs[i + 1];
    return table;
}();

constexpr std::size_t syllable_count = [] {
    std::size_t spaces = 0;
    for (char c : pinyin_syllables) spaces += c == ' ' ? 1 : 0;
    return spaces;
}();

constexpr auto syllables = [] {
    std::array<std::string_view, syllable_count> out{};
    std::size_t begin = 0;
    for (std::string_view& syllable : out) {
        const std::size_t end = pinyin_syllables.find(' ', begin);
        syllable = pinyin_syllables.substr(begin, end - begin);
        begin = end + 1;
    }
    return out;
}();

static_assert(pinyin_codes.size() == 2 * count);

}  // namespace

char32_t simplified(char32_t c) noexcept {
    if (c == 0xFA11) return U'崎';  // 﨑, a name character among the compatibility forms that NFKC leaves alone
    if (c < first || c - first >= count) return c;
    const char16_t to = simplified_by_code[c - first];
    return to == 0 ? c : to;
}

std::string_view pinyin(char32_t c) noexcept {
    if (c < first || c - first >= count) return {};
    const std::size_t n = std::size_t{2} * (c - first);
    const auto row = static_cast<std::size_t>(pinyin_codes[n] - 'A');
    return syllables[26 * row + static_cast<std::size_t>(pinyin_codes[n + 1] - 'a')];
}

}  // namespace musicsync::text
