// The normal form of short ASCII texts, sixteen bytes at a time. Written once and compiled for each instruction set, as
// tile.hpp is: nothing here may leave its source file.
#pragma once

#include <cstddef>
#include <cstdint>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "kernels/kernels.hpp"

namespace musicsync::kernel {
namespace {

using Bits = std::uint64_t;  // one for each byte of a text
inline constexpr std::size_t piece_bytes = 16;
inline constexpr std::uint8_t small_letter = 0x20;  // this bit tells it from a capital

using Piece = std::uint8_t __attribute__((vector_size(piece_bytes)));

// Of a comparison's answer, 0 or 0xFF in each byte.
inline Bits bits_of(Piece answer) noexcept {
#if defined(__SSE2__)
    return static_cast<unsigned>(_mm_movemask_epi8(reinterpret_cast<__m128i>(answer)));
#else
    std::uint64_t halves[2];
    __builtin_memcpy(halves, &answer, piece_bytes);
    const auto gathered = [](std::uint64_t half) { return (half & 0x8040201008040201) * 0x0101010101010101 >> 56; };
    return gathered(halves[0]) | gathered(halves[1]) << 8;
#endif
}

template <class Word>
inline Word read_word(const std::uint8_t* from) noexcept {
    Word word = 0;
    __builtin_memcpy(&word, from, sizeof word);
    return word;
}

// Fewer than sixteen bytes, zeros behind them: the first and the last eight, or four, may overlap.
inline Piece read_few(const std::uint8_t* text, std::size_t size) noexcept {
    std::uint64_t halves[2] = {0, 0};
    if (size >= 8) {
        halves[0] = read_word<std::uint64_t>(text);
        halves[1] = size == 8 ? 0 : read_word<std::uint64_t>(text + size - 8) >> (8 * (piece_bytes - size));
    } else if (size >= 4) {
        halves[0] = read_word<std::uint32_t>(text) |
                    static_cast<std::uint64_t>(read_word<std::uint32_t>(text + size - 4)) << (8 * (size - 4));
    } else {
        for (std::size_t i = 0; i < size; ++i) halves[0] |= static_cast<std::uint64_t>(text[i]) << (8 * i);
    }
    Piece out;
    __builtin_memcpy(&out, halves, piece_bytes);
    return out;
}

// A text in `Count` pieces that may overlap: where they do they say the same.
template <std::size_t Count>
struct Pieces {
    Piece bytes[Count];
    std::size_t at[Count];

    template <class Answer>
    [[nodiscard]] Bits where(Answer answer) const noexcept {
        Bits out = 0;
        for (std::size_t i = 0; i < Count; ++i) out |= bits_of(answer(bytes[i])) << at[i];
        return out;
    }
    [[nodiscard]] Bits letters_and_digits() const noexcept {
        return where([](Piece c) { return Piece(Piece((c | small_letter) - 'a') < 26) | Piece(Piece(c - '0') < 10); });
    }
    [[nodiscard]] Bits letter(char small) const noexcept {
        return where([small](Piece c) { return Piece((c | small_letter) == static_cast<std::uint8_t>(small)); });
    }
    [[nodiscard]] Bits beyond_ascii() const noexcept {
        return where([](Piece c) { return Piece(c >= 0x80); });
    }
    [[nodiscard]] Bits equal(char one) const noexcept {
        return where([one](Piece c) { return Piece(c == static_cast<std::uint8_t>(one)); });
    }
    // With small letters; other bytes in some way.
    void write(std::uint8_t* out) const noexcept {
        for (std::size_t i = 0; i < Count; ++i) {
            const Piece small = bytes[i] | small_letter;
            __builtin_memcpy(out + at[i], &small, piece_bytes);
        }
    }
    // What write() left there, with a space at each of `gaps`, and nothing but the bytes of `kept`; the size of that.
    static std::size_t keep(std::uint8_t* out, std::size_t size, Bits gaps, Bits kept) noexcept {
        std::size_t written = 0;
        for (std::size_t i = 0; i < size; ++i) {
            out[written] = (gaps >> i & 1U) != 0 ? std::uint8_t{' '} : out[i];
            written += kept >> i & 1U;
        }
        return written;
    }
};

inline unsigned last_place(Bits bits) noexcept { return 63U - static_cast<unsigned>(__builtin_clzll(bits)); }

// Signs that are words, join letters or move words, where they may do so, and an `n` that is a word or between
// apostrophes.
template <class Text>
inline bool needs_words(const Text& text, Bits word, Bits follows, Bits gone, Bits n) noexcept {
    const Bits joining = (text.equal('.') | text.equal('!')) & word << 1 & word >> 1;
    const Bits lone_n = n & ~(word >> 1) & (~follows | (gone << 1 & gone >> 1));
    const Bits signs = text.equal('&') | text.equal('+') | text.equal('*') | text.equal('$');
    if ((joining | lone_n | signs | text.beyond_ascii()) != 0) return true;
    const Bits commas = text.equal(',');
    constexpr int longest_article = 3;
    return commas != 0 && __builtin_popcountll(word >> last_place(commas)) <= longest_article;
}

// Words apart by one space, apostrophes gone.
template <class Text>
[[gnu::noinline]] std::size_t join_words(Text text, std::size_t size, Bits word, Bits n, std::uint8_t* out) {
    const Bits gone = text.equal('\'') | text.equal('`');
    // Behind a word, apostrophes passed over: the sum carries a bit from the first of a run to behind the last.
    const Bits behind = word << 1;
    const Bits follows = (behind | ((behind & gone) + gone)) & ~gone;
    if (word == 0 || needs_words(text, word, follows, gone, n)) return 0;
    const Bits last = last_place(word) == 63 ? ~Bits{0} : (Bits{2} << last_place(word)) - 1;
    const Bits gaps = follows & ~word & last;
    return text.keep(out, size, gaps, word | gaps);
}

// 0 where the text is not for this way.
template <class Text>
inline std::size_t ascii_form_of(const Text& text, std::size_t size, std::uint8_t* out) noexcept {
    const Bits word = text.letters_and_digits();
    const Bits blank = text.equal(' ');
    const Bits n = text.letter('n');
    text.write(out);
    const Bits end = Bits{1} << (size - 1);
    const Bits lone_n = n & ~(word << 1) & ~(word >> 1);
    const Bits strange = (~(word | blank) & ((end << 1) - 1)) | (blank & (~(word << 1) | end)) | lone_n;
    return strange == 0 ? size : join_words(text, size, word, n, out);
}

// `form` gives the size of a text's form, or 0. See kernels.hpp.
template <class Form>
inline std::size_t write_forms(const AsciiTexts& given, std::uint8_t* out, std::size_t* ends, Form form) {
    const AsciiTexts texts = given;
    std::size_t end = 0;
    for (std::size_t i = 0; i < texts.count; ++i) {
        if (texts.sizes[i] - 1 >= longest_ascii) return i;
        const std::size_t size = form(texts.texts[i], texts.sizes[i], out + end);
        if (size == 0) return i;
        ends[i] = end += size;
    }
    return texts.count;
}

inline std::size_t ascii_form(const std::uint8_t* text, std::size_t size, std::uint8_t* out) {
    const auto piece = [text](std::size_t at) {
        Piece bytes;
        __builtin_memcpy(&bytes, text + at, piece_bytes);
        return bytes;
    };
    if (size < piece_bytes) return ascii_form_of(Pieces<1>{{read_few(text, size)}, {0}}, size, out);
    const std::size_t last = size - piece_bytes;
    if (last <= piece_bytes) return ascii_form_of(Pieces<2>{{piece(0), piece(last)}, {0, last}}, size, out);
    const std::size_t third = last - piece_bytes;
    return ascii_form_of(
        Pieces<4>{{piece(0), piece(piece_bytes), piece(third), piece(last)}, {0, piece_bytes, third, last}}, size, out);
}

inline std::size_t ascii_forms(const AsciiTexts& texts, std::uint8_t* out, std::size_t* ends) {
    return write_forms(texts, out, ends, &ascii_form);
}

}  // namespace
}  // namespace musicsync::kernel
