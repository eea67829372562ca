#include "similarity/code_points.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>

#include "similarity/room.hpp"

namespace musicsync {
namespace {

constexpr char32_t replacement = 0xFFFD;

struct Decoded {
    char32_t symbol;
    std::size_t length;  // 0 where the bytes are not UTF-8
};

unsigned byte_at(std::string_view text, std::size_t i) noexcept { return static_cast<unsigned char>(text[i]); }

Decoded decode_at(std::string_view text, std::size_t i) noexcept {
    const unsigned lead = byte_at(text, i);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || i + length > text.size()) return {replacement, 0};
    unsigned symbol = lead & (0x7FU >> length);
    for (std::size_t k = 1; k < length; ++k) {
        const unsigned next = byte_at(text, i + k);
        if ((next & 0xC0) != 0x80) return {replacement, 0};
        symbol = (symbol << 6) | (next & 0x3F);
    }
    const bool overlong = (length == 3 && symbol < 0x800) || (length == 4 && symbol < 0x10000);
    const bool surrogate = symbol >= 0xD800 && symbol <= 0xDFFF;
    if (overlong || surrogate || symbol > 0x10FFFF) return {replacement, 0};
    return {symbol, length};
}

// Of the ASCII bytes that the text begins with, the most that eight bytes at a time tell.
std::size_t ascii_length(std::string_view text) noexcept {
    constexpr std::uint64_t high = 0x8080808080808080U;
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data() + i, 8);
        if ((eight & high) != 0) return i;
    }
    while (i < text.size() && byte_at(text, i) < 0x80) ++i;
    return i;
}

bool is_other_space(char32_t c) noexcept {
    if (c <= 0x20) return c == 0x20 || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F);
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

inline bool is_space(char32_t c) noexcept { return c == U' ' || (c - 0x21U >= 0x5FU && is_other_space(c)); }

// Writes the symbols of the text, one a byte at most, and tells how many they are.
std::size_t decode(std::string_view text, char32_t* out) noexcept {
    const std::size_t plain = ascii_length(text);
    std::transform(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(plain), out,
                   [](char c) { return static_cast<unsigned char>(c); });
    std::size_t size = plain;
    for (std::size_t i = plain; i < text.size();) {
        const Decoded next = decode_at(text, i);
        out[size++] = next.symbol;
        i += std::max<std::size_t>(next.length, 1);
    }
    return size;
}

std::uint64_t sorting_key(std::u32string_view word) noexcept {
    const auto symbol = [word](std::size_t i) { return i < word.size() ? std::uint64_t{word[i]} : 0; };
    return symbol(0) << 42U | symbol(1) << 21U | symbol(2);
}

}  // namespace

std::size_t find_invalid_utf8(std::string_view text) noexcept {
    for (std::size_t i = ascii_length(text); i < text.size();) {
        const Decoded next = decode_at(text, i);
        if (next.length == 0) return i;
        i += next.length;
    }
    return std::string_view::npos;
}

std::u32string to_code_points(std::string_view text) {
    std::u32string out(text.size(), U'\0');
    out.resize(decode(text, out.data()));
    return out;
}

std::u32string_view to_code_points(std::string_view text, std::pmr::memory_resource* memory) {
    char32_t* const out = room_for<char32_t>(text.size(), memory).data();
    return {out, decode(text, out)};
}

std::u32string_view copied(std::u32string_view text, std::pmr::memory_resource* memory) {
    char32_t* const out = room_for<char32_t>(text.size(), memory).data();
    std::copy(text.begin(), text.end(), out);
    return {out, text.size()};
}

std::string to_utf8(std::u32string_view text) {
    std::string out;
    out.reserve(text.size());
    const auto put = [&out](char32_t bits) { out.push_back(static_cast<char>(static_cast<unsigned char>(bits))); };
    for (const char32_t c : text) {
        if (c < 0x80) {
            put(c);
        } else if (c < 0x800) {
            put(0xC0 | (c >> 6));
            put(0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            put(0xE0 | (c >> 12));
            put(0x80 | ((c >> 6) & 0x3F));
            put(0x80 | (c & 0x3F));
        } else {
            put(0xF0 | (c >> 18));
            put(0x80 | ((c >> 12) & 0x3F));
            put(0x80 | ((c >> 6) & 0x3F));
            put(0x80 | (c & 0x3F));
        }
    }
    return out;
}

std::u32string_view next_word(std::u32string_view text, std::size_t& at) noexcept {
    while (at < text.size() && is_space(text[at])) ++at;
    const std::size_t begin = at;
    while (at < text.size() && !is_space(text[at])) ++at;
    return text.substr(begin, at - begin);
}

std::vector<std::u32string_view> words_of(std::u32string_view text) {
    std::vector<std::u32string_view> words;
    words.reserve(1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), U' ')));
    std::size_t at = 0;
    for (auto word = next_word(text, at); !word.empty(); word = next_word(text, at)) words.push_back(word);
    return words;
}

std::uint32_t word_hash(std::u32string_view word) noexcept {
    std::uint32_t hash = hash_of_nothing;
    for (const char32_t c : word) hash = with_symbol(hash, c);
    return hash;
}

FoundWords find_words(std::u32string_view text, std::pmr::memory_resource* memory) {
    FoundWords out(memory);
    out.reserve(1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), U' ')));
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::size_t begin = at;
        std::uint32_t hash = hash_of_nothing;
        std::uint64_t symbols = 0;
        for (; at < text.size() && !is_space(text[at]); ++at) {
            hash = with_symbol(hash, text[at]);
            symbols |= std::uint64_t{1} << (text[at] & 63);
        }
        const std::u32string_view word = text.substr(begin, at - begin);
        if (!word.empty()) out.push_back({sorting_key(word), symbols, word, hash});
    }
    return out;
}

FoundWords merged(const FoundWords& a, const FoundWords& b) {
    FoundWords out(a.get_allocator());
    out.reserve(a.size() + b.size());
    std::merge(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
    return out;
}

std::u32string_view joined(const FoundWords& words, std::pmr::memory_resource* memory) {
    std::size_t size = words.empty() ? 0 : words.size() - 1;
    for (const FoundWord& word : words) size += word.text.size();
    char32_t* const out = room_for<char32_t>(size, memory).data();
    char32_t* end = out;
    for (const FoundWord& word : words) {
        if (end != out) *end++ = U' ';
        end = std::copy(word.text.begin(), word.text.end(), end);
    }
    return {out, size};
}

std::u32string sort_words(std::u32string_view text) {
    std::array<std::byte, 2048> room;  // NOLINT(*-member-init): written before it is read
    std::pmr::monotonic_buffer_resource memory(room.data(), room.size());
    FoundWords words = find_words(text, &memory);
    std::sort(words.begin(), words.end());
    return std::u32string(joined(words, &memory));
}

}  // namespace musicsync
