// What texts share at most, by their signatures. Written once and compiled for each instruction set, as tile.hpp is:
// nothing here may leave its source file.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/kernels.hpp"

namespace musicsync::kernel {
namespace {

inline constexpr std::size_t signed_at_once = 64;

inline std::uint8_t shared_of(std::uint64_t bits, std::uint8_t others, const SignedText& asked) noexcept {
    const std::uint8_t rest = others < asked.others ? others : asked.others;
    return static_cast<std::uint8_t>(__builtin_popcountll(bits & asked.bits) + rest);
}

inline void shared_at_most(const SignedTexts& given, const SignedText& asked_text, std::uint8_t* __restrict shared) {
    const SignedTexts texts = given;
    const SignedText asked = asked_text;
    for (std::size_t i = 0; i < texts.count; ++i) shared[i] = shared_of(texts.bits[i], texts.others[i], asked);
}

inline SignedTexts part_of(const SignedTexts& texts, std::size_t begin, std::size_t count) noexcept {
    return {texts.bits + begin, texts.others + begin, texts.sizes + begin, count};
}

// 1 for each text that shares enough. A loop without a branch, for the CPU's vector unit.
inline void mark_sharing(const SignedTexts& texts, const std::uint8_t* shared, const SignedText& asked,
                         const std::uint8_t* needs, std::uint8_t* marks) {
    for (std::size_t i = 0; i < texts.count; ++i) {
        const auto needed = static_cast<std::uint16_t>(needs[i] * (texts.sizes[i] + asked.size));
        marks[i] = static_cast<std::uint8_t>(static_cast<std::uint16_t>(shared[i] * need_of_one) >= needed);
    }
}

// The places of a word's bits, the lowest of which stands for `first`, behind each other.
inline std::uint32_t* add_set_bits(std::uint64_t bits, std::uint32_t first, std::uint32_t* out) noexcept {
    for (; bits != 0; bits &= bits - 1) *out++ = first + static_cast<std::uint32_t>(__builtin_ctzll(bits));
    return out;
}

// The same of eight marks, where the bit of a text that is asked about is set.
inline std::uint32_t* add_places(const std::uint8_t* marks, std::uint64_t among, std::uint32_t first,
                                 std::uint32_t* out) noexcept {
    std::uint64_t left = 0;
    __builtin_memcpy(&left, marks, 8);
    for (; left != 0; left &= left - 1) {
        const auto place = static_cast<std::uint32_t>(__builtin_ctzll(left)) / 8;
        *out = first + place;
        out += (among >> place) & 1;
    }
    return out;
}

// The needs of up to 64 texts, one for each: those of the texts from a set bit to the next are written eight at a time,
// and what is behind them again for the next ones. The last one written, of the texts that come.
inline const std::uint8_t* spread_needs(const std::uint8_t* needs, std::uint64_t next,
                                        std::uint8_t (&spread)[signed_at_once + 8]) noexcept {
    constexpr std::uint64_t each = 0x0101010101010101;
    std::size_t place = 0;
    for (;; next &= next - 1, ++needs) {
        const std::size_t behind = next == 0 ? signed_at_once : static_cast<std::size_t>(__builtin_ctzll(next));
        const std::uint64_t same = *needs * each;
        for (; place < behind; place += 8) __builtin_memcpy(spread + place, &same, 8);
        place = behind;
        if (next == 0) return needs;
    }
}

inline std::uint32_t* add_sharing(const SignedTexts& texts, const std::uint8_t* shared, const SignedText& asked,
                                  const std::uint8_t* needs, std::uint64_t among, std::uint32_t first,
                                  std::uint32_t* out) {
    std::uint8_t marks[signed_at_once] = {};
    mark_sharing(texts, shared, asked, needs, marks);
    for (std::size_t i = 0; i < texts.count; i += 8, among >>= 8)
        out = add_places(marks + i, among, first + static_cast<std::uint32_t>(i), out);
    return out;
}

// By shared_at_most(some texts, asked, shared) of the instruction set, and so is what follows.
template <class Shared>
inline std::size_t find_sharing_by(Shared shared_at_most, const SignedTexts& texts, const SignedText& asked,
                                   const Needs& needs, std::uint32_t* places) {
    std::uint32_t* end = places;
    const std::uint8_t* need = needs.needs;
    for (std::size_t begin = 0; begin < texts.count; begin += signed_at_once) {
        const std::size_t rest = texts.count - begin;
        const SignedTexts some = part_of(texts, begin, rest < signed_at_once ? rest : signed_at_once);
        std::uint64_t next = needs.next[begin / signed_at_once];
        if (begin == 0) next &= ~std::uint64_t{1};
        if (rest < signed_at_once) next &= (std::uint64_t{1} << rest) - 1;
        std::uint8_t spread[signed_at_once + 8];
        std::uint8_t shared[signed_at_once];
        need = spread_needs(need, next, spread);
        shared_at_most(some, asked, shared);
        const std::uint64_t among = needs.among == nullptr ? ~std::uint64_t{0} : needs.among[begin / signed_at_once];
        end = add_sharing(some, shared, asked, spread, among, static_cast<std::uint32_t>(begin), end);
    }
    return static_cast<std::size_t>(end - places);
}

inline std::size_t find_sharing(const SignedTexts& texts, const SignedText& asked, const Needs& needs,
                                std::uint32_t* places) {
    return find_sharing_by(&shared_at_most, texts, asked, needs, places);
}

template <class Shared>
inline void needs_by(Shared shared_at_most, const SignedGroups& groups, const SignedText& asked,
                     const NeedsOfGroups& rule, std::uint8_t* __restrict needs) {
    const float most = most_needed;
    const auto size = static_cast<float>(static_cast<int>(asked.size));
    for (std::size_t begin = 0; begin < groups.texts.count; begin += signed_at_once) {
        const std::size_t rest = groups.texts.count - begin;
        const SignedTexts some = part_of(groups.texts, begin, rest < signed_at_once ? rest : signed_at_once);
        std::uint8_t shared[signed_at_once];
        float numbers[signed_at_once];
        shared_at_most(some, asked, shared);
        for (std::size_t i = 0; i < some.count; ++i) numbers[i] = groups.numbers[groups.number_of[begin + i]];
        for (std::size_t i = 0; i < some.count; ++i) {
            const float both = size + static_cast<float>(static_cast<int>(some.sizes[i]));
            const float known =
                numbers[i] + rule.of_text * static_cast<float>(static_cast<int>(shared[i])) / (both < 1 ? 1 : both);
            const float need = (rule.floor - known) * rule.to_needs;
            const float positive = need > 0 ? need : 0;
            needs[begin + i] = static_cast<std::uint8_t>(static_cast<int>(positive < most ? positive : most));
        }
    }
}

inline void needs_of(const SignedGroups& groups, const SignedText& asked, const NeedsOfGroups& rule,
                     std::uint8_t* needs) {
    needs_by(&shared_at_most, groups, asked, rule, needs);
}

}  // namespace
}  // namespace musicsync::kernel
