// few.hpp for AVX2: eight texts at a time, each in a lane of 32 bits. A symbol becomes the number that it has in the
// pattern, of at most 31, when its text is copied; the four bytes of the numbers' masks are looked up in registers, for
// four symbols of each text at once. Nothing here may leave its source file.
#pragma once

#include <immintrin.h>

#include "kernels/text_columns.hpp"

namespace musicsync::kernel {
namespace {

inline constexpr std::size_t eight = 8;
inline constexpr std::size_t short_pattern = 32;
inline constexpr std::size_t planes = 4;      // bytes of a mask
inline constexpr std::size_t looked_up = 16;  // bytes that a register is looked up in

// The pattern as tables: 0 is the number of all symbols that it has not.
struct alignas(32) Numbered {
    std::uint8_t number[ascii] = {};                // capitals have none
    std::uint8_t mask[planes][short_pattern] = {};  // byte by byte
    std::uint64_t whole_mask(std::uint8_t symbol) const noexcept {
        const std::uint8_t small = symbol >= 'A' && symbol <= 'Z' ? static_cast<std::uint8_t>(symbol + 32) : symbol;
        std::uint64_t out = 0;
        for (std::size_t p = 0; p < planes; ++p) out |= std::uint64_t{mask[p][number[small]]} << (8 * p);
        return out;
    }
};

// No table has them: they are rare.
inline bool has_no_table(std::uint8_t symbol) noexcept { return symbol < 0x20 || (symbol >= 0x40 && symbol < 0x60); }

// False where there are not enough numbers, or no table.
inline bool number_pattern(const std::uint8_t* pattern, std::size_t size, Numbered& out) noexcept {
    std::uint8_t given = 0;
    for (std::size_t i = 0; i < size; ++i) {
        std::uint8_t& number = out.number[pattern[i]];
        if (number == 0) {
            if (++given == short_pattern || has_no_table(pattern[i])) return false;
            number = given;
        }
        out.mask[i / 8][number] = static_cast<std::uint8_t>(out.mask[i / 8][number] | (1U << (i % 8)));
    }
    return true;
}

inline __m256i twice(const std::uint8_t* bytes) noexcept {
    return _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(bytes)));
}

// What a table of the 16 bytes from `first` on is looked up by: others give 0, for their highest bit is set.
inline __m256i inside(__m256i bytes, unsigned char first) noexcept {
    const __m256i from_first = _mm256_xor_si256(bytes, _mm256_set1_epi8(static_cast<char>(first)));
    return _mm256_adds_epu8(from_first, _mm256_set1_epi8(0x70));
}

// Those of U+0020 to U+007F that a pattern may have: it has no capitals.
struct NumberTables {
    __m256i signs, digits, letters, more_letters;
    explicit NumberTables(const Numbered& pattern) noexcept
        : signs(twice(pattern.number + 0x20)),
          digits(twice(pattern.number + 0x30)),
          letters(twice(pattern.number + 0x60)),
          more_letters(twice(pattern.number + 0x70)) {}
    __m256i of_any(__m256i symbols) const noexcept {
        const __m256i from_a = _mm256_sub_epi8(symbols, _mm256_set1_epi8('A'));
        const __m256i is_capital = _mm256_cmpeq_epi8(_mm256_min_epu8(from_a, _mm256_set1_epi8(25)), from_a);
        const __m256i small = _mm256_add_epi8(symbols, _mm256_and_si256(is_capital, _mm256_set1_epi8(32)));
        return of_small(small);
    }
    __m256i of_small(__m256i small) const noexcept {
        const __m256i low = _mm256_or_si256(_mm256_shuffle_epi8(signs, inside(small, 0x20)),
                                            _mm256_shuffle_epi8(digits, inside(small, 0x30)));
        const __m256i high = _mm256_or_si256(_mm256_shuffle_epi8(letters, inside(small, 0x60)),
                                             _mm256_shuffle_epi8(more_letters, inside(small, 0x70)));
        return _mm256_or_si256(low, high);
    }
};

// Eight rows of numbers, zeros behind each text's end.
struct alignas(32) Eight {
    std::uint8_t rows[eight][block_symbols];
    std::size_t longest;
    bool plain[eight];  // can be compared
};

// copy_plain() by sixteen bytes: few branches for a CPU to guess.
inline bool copy_plain_avx2(const std::uint8_t* text, std::size_t size, std::uint8_t* row) noexcept {
    constexpr std::size_t piece = sizeof(__m128i);
    if (size < piece) return copy_plain(text, size, row);
    for (std::size_t at = 0; at < block_symbols; at += sizeof(__m256i))
        _mm256_store_si256(reinterpret_cast<__m256i*>(row + at), _mm256_setzero_si256());
    __m128i bad = _mm_setzero_si128();  // its highest bits
    const auto copy = [&](std::size_t at) {
        const __m128i symbols = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + at));
        bad = _mm_or_si128(bad, _mm_or_si128(symbols, _mm_cmpeq_epi8(symbols, _mm_setzero_si128())));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(row + at), symbols);
    };
    copy(0);
    if (size > 2 * piece) {
        copy(piece);
        copy(size - 2 * piece);  // they overlap
    }
    copy(size - piece);
    return _mm_movemask_epi8(bad) == 0;
}

// `count` texts; the other rows are zeros.
inline void copy_rows(const std::uint8_t* const* texts, const std::uint32_t* sizes, std::size_t count, Eight& out) {
    out.longest = 0;
    for (std::size_t k = 0; k < eight; ++k) {
        const std::size_t size = k < count && sizes[k] <= block_symbols ? sizes[k] : 0;
        out.plain[k] = copy_plain_avx2(k < count ? texts[k] : nullptr, size, out.rows[k]);
        out.longest = size > out.longest ? size : out.longest;
    }
}

// From symbols to their numbers. Later than the copies, whose pieces a CPU has to put together before it reads them.
inline void number_rows(const NumberTables& tables, Eight& out) noexcept {
    for (std::size_t at = 0; at < out.longest; at += 32) {
        for (auto& row : out.rows) {
            auto* const place = reinterpret_cast<__m256i*>(row + at);
            _mm256_store_si256(place, tables.of_any(_mm256_load_si256(place)));
        }
    }
}

// Sixteen numbers of each row from `at` on: in a lane those of one row, four of them in each vector.
struct EightNumbers {
    __m256i four[4];
};
inline EightNumbers sixteen_numbers(const Eight& texts, std::size_t at) noexcept {
    const auto pair = [&](std::size_t k) {
        const auto row = [&](std::size_t i) {
            return _mm_load_si128(reinterpret_cast<const __m128i*>(texts.rows[i] + at));
        };
        return _mm256_inserti128_si256(_mm256_castsi128_si256(row(k)), row(k + 4), 1);
    };
    const __m256i a = pair(0), b = pair(1), c = pair(2), d = pair(3);
    const __m256i ab_low = _mm256_unpacklo_epi32(a, b), ab_high = _mm256_unpackhi_epi32(a, b);
    const __m256i cd_low = _mm256_unpacklo_epi32(c, d), cd_high = _mm256_unpackhi_epi32(c, d);
    return {{_mm256_unpacklo_epi64(ab_low, cd_low), _mm256_unpackhi_epi64(ab_low, cd_low),
             _mm256_unpacklo_epi64(ab_high, cd_high), _mm256_unpackhi_epi64(ab_high, cd_high)}};
}

inline __m256i after_masks(__m256i state, __m256i masks) noexcept {
    const __m256i sum = _mm256_add_epi32(state, _mm256_and_si256(state, masks));
    return _mm256_or_si256(sum, _mm256_andnot_si256(masks, state));
}

// The pattern's masks, byte by byte, those of the first 16 numbers and the others.
struct MaskTables {
    __m256i low[planes], high[planes];
    explicit MaskTables(const Numbered& pattern) noexcept {
        for (std::size_t p = 0; p < planes; ++p) {
            low[p] = twice(pattern.mask[p]);
            high[p] = twice(pattern.mask[p] + looked_up);
        }
    }
    // The state after four symbols of each text.
    __m256i after(__m256i state, __m256i numbers) const noexcept {
        const __m256i by_symbol = _mm256_setr_epi8(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15, 0, 4, 8, 12, 1,
                                                   5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
        const __m256i turned = _mm256_shuffle_epi8(numbers, by_symbol);
        const __m256i in_low = inside(turned, 0), in_high = inside(turned, looked_up);
        const auto plane = [&](std::size_t p) {
            return _mm256_or_si256(_mm256_shuffle_epi8(low[p], in_low), _mm256_shuffle_epi8(high[p], in_high));
        };
        const __m256i a = plane(0), b = plane(1), c = plane(2), d = plane(3);
        const __m256i ab = _mm256_unpacklo_epi8(a, b), cd = _mm256_unpacklo_epi8(c, d);
        const __m256i ab_more = _mm256_unpackhi_epi8(a, b), cd_more = _mm256_unpackhi_epi8(c, d);
        state = after_masks(state, _mm256_unpacklo_epi16(ab, cd));
        state = after_masks(state, _mm256_unpackhi_epi16(ab, cd));
        state = after_masks(state, _mm256_unpacklo_epi16(ab_more, cd_more));
        return after_masks(state, _mm256_unpackhi_epi16(ab_more, cd_more));
    }
};

// Of one block of texts, or of two whose steps fill each other's waiting.
template <std::size_t blocks>
inline void lcs_of_eights(const Eight (&texts)[2], const MaskTables& tables, std::uint32_t (&ends)[2][eight]) {
    const std::size_t longest =
        blocks == 2 && texts[1].longest > texts[0].longest ? texts[1].longest : texts[0].longest;
    __m256i states[2] = {_mm256_set1_epi32(-1), _mm256_set1_epi32(-1)};
    for (std::size_t at = 0; at < longest; at += looked_up) {
        EightNumbers numbers[2];
        for (std::size_t b = 0; b < blocks; ++b) numbers[b] = sixteen_numbers(texts[b], at);
        for (std::size_t i = 0; i < 4 && at + 4 * i < longest; ++i) {
            for (std::size_t b = 0; b < blocks; ++b) states[b] = tables.after(states[b], numbers[b].four[i]);
        }
    }
    for (std::size_t b = 0; b < blocks; ++b) _mm256_storeu_si256(reinterpret_cast<__m256i*>(ends[b]), states[b]);
}

inline void lcs_few_avx2(const FewTexts& few, std::uint8_t* common) {
    Numbered pattern;
    if (few.pattern_size > short_pattern || !number_pattern(few.pattern, few.pattern_size, pattern))
        return lcs_few(few, common);
    const NumberTables numbers(pattern);
    const MaskTables masks(pattern);
    Eight rows[2];
    std::uint32_t ends[2][eight];
    for (std::size_t begin = 0; begin < few.count; begin += 2 * eight) {
        const std::size_t rest = few.count - begin;
        const std::size_t first_count = rest < eight ? rest : eight;
        const std::size_t behind = rest - first_count;
        const std::size_t counts[2] = {first_count, behind < eight ? behind : eight};
        for (std::size_t b = 0; b < 2; ++b) {
            const std::size_t first = begin + b * eight;
            if (counts[b] != 0) copy_rows(few.texts + first, few.sizes + first, counts[b], rows[b]);
        }
        for (std::size_t b = 0; b < 2 && counts[b] != 0; ++b) number_rows(numbers, rows[b]);
        if (counts[1] != 0)
            lcs_of_eights<2>(rows, masks, ends);
        else
            lcs_of_eights<1>(rows, masks, ends);
        for (std::size_t b = 0; b < 2; ++b) {
            for (std::size_t k = 0; k < counts[b]; ++k)
                common[begin + b * eight + k] =
                    rows[b].plain[k] ? static_cast<std::uint8_t>(__builtin_popcount(~ends[b][k])) : not_compared;
        }
    }
    for (std::size_t i = 0; i < few.count; ++i) {
        if (few.sizes[i] <= block_symbols) continue;
        common[i] =
            lcs_of_long(few.texts[i], few.sizes[i], [&pattern](std::uint8_t c) { return pattern.whole_mask(c); });
    }
}

// Of eight texts each.
inline void store_common(__m256i first, __m256i second, std::uint8_t* common) noexcept {
    std::uint32_t ends[2 * eight];
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(ends), first);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(ends + eight), second);
    for (std::size_t k = 0; k < 2 * eight; ++k) common[k] = static_cast<std::uint8_t>(__builtin_popcount(~ends[k]));
}

inline void lcs_columns_avx2(const std::uint8_t* pattern, std::size_t size, const TextColumns& texts,
                             std::uint8_t* common) {
    Numbered numbered;
    if (size > short_pattern || !number_pattern(pattern, size, numbered))
        return lcs_columns(pattern, size, texts, common);
    const NumberTables numbers(numbered);
    const MaskTables masks(numbered);
    for (std::size_t block = 0; block < texts.blocks; ++block) {
        __m256i states[2] = {_mm256_set1_epi32(-1), _mm256_set1_epi32(-1)};
        for (std::size_t q = texts.begins[block]; q < texts.begins[block + 1]; ++q) {
            const auto* const symbols = reinterpret_cast<const __m256i*>(texts.quads + q * quad_bytes);
            for (std::size_t half = 0; half < 2; ++half)
                states[half] = masks.after(states[half], numbers.of_small(_mm256_load_si256(symbols + half)));
        }
        store_common(states[0], states[1], common + block * column_texts);
    }
}

}  // namespace
}  // namespace musicsync::kernel
