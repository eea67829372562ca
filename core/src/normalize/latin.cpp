#include "latin.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

#include "musicsync/normalize.hpp"

namespace musicsync::text {
namespace {

// Latin-1 and Latin Extended A and B, then General Punctuation. None of these is a combining mark, and Unicode composes
// letters with combining marks only (and Hangul): what becomes of one of them does not hang on its neighbours, unless a
// mark comes out of it. Those that one comes out of are left to ICU.
constexpr char32_t letters_end = 0x250;
constexpr char32_t signs_begin = 0x2000;
constexpr char32_t signs_end = 0x2070;
constexpr std::size_t table_size = letters_end + (signs_end - signs_begin);
constexpr std::size_t longest = 6;

// The index of a code point, table_size for others.
std::size_t place_of(char32_t c) noexcept {
    if (c < letters_end) return c;
    return c >= signs_begin && c < signs_end ? letters_end + (c - signs_begin) : table_size;
}

struct Replacement {
    std::array<char32_t, longest> letters{};
    std::uint8_t length = 0;
    bool known = false;

    Replacement() = default;
    explicit Replacement(const Text& text) {
        if (text.size() > longest) return;
        for (const char32_t c : text) {
            if (is_mark(c)) return;
            letters[length++] = c;
        }
        known = true;
    }
    [[nodiscard]] View view() const noexcept { return {letters.data(), length}; }
};

struct Table {
    std::array<Replacement, table_size> folded;
    std::array<Replacement, table_size> stripped;

    Table() {
        for (std::size_t i = 0; i < table_size; ++i) {
            const char32_t c =
                i < letters_end ? static_cast<char32_t>(i) : signs_begin + static_cast<char32_t>(i - letters_end);
            folded[i] = Replacement(fold_by_icu(to_utf8(View(&c, 1))));
            stripped[i] = Replacement(strip_marks(View(&c, 1)));
        }
    }
};

const Table& table() {
    static const Table made;
    return made;
}

struct Decoded {
    char32_t c = 0;
    std::size_t length = 0;  // 0 for what the table does not reach
};

Decoded decode_at(std::string_view text, std::size_t i) noexcept {
    const auto byte = [text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const auto trail = [&](std::size_t at) { return at < text.size() && (byte(at) & 0xC0) == 0x80; };
    if (byte(i) < 0x80) return {byte(i), 1};
    if (byte(i) >= 0xC2 && byte(i) <= 0xC9 && trail(i + 1))
        return {static_cast<char32_t>((byte(i) & 0x1FU) << 6U | (byte(i + 1) & 0x3FU)), 2};
    if (byte(i) == 0xE2 && trail(i + 1) && trail(i + 2))
        return {static_cast<char32_t>(0x2000U | (byte(i + 1) & 0x3FU) << 6U | (byte(i + 2) & 0x3FU)), 3};
    return {};
}

// Appends what the code point becomes; false where the table does not say.
bool append(Text& out, const std::array<Replacement, table_size>& replacements, char32_t c) {
    const std::size_t place = place_of(c);
    if (place == table_size || !replacements[place].known) return false;
    out += replacements[place].view();
    return true;
}

}  // namespace

std::optional<Text> fold_latin(std::string_view utf8) {
    if (utf8.size() > max_text_bytes) return std::nullopt;
    const auto& replacements = table().folded;
    Text out;
    out.reserve(utf8.size() + 8);
    for (std::size_t i = 0; i < utf8.size();) {
        const Decoded next = decode_at(utf8, i);
        if (next.length == 0 || !append(out, replacements, next.c)) return std::nullopt;
        i += next.length;
    }
    return out;
}

std::optional<Text> strip_latin(View folded) {
    const auto& replacements = table().stripped;
    Text out;
    out.reserve(folded.size() + 8);
    for (const char32_t c : folded) {
        if (!append(out, replacements, c)) return std::nullopt;
    }
    return out;
}

}  // namespace musicsync::text
