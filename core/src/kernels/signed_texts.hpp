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

// 1 for each text that shares enough. Loops without a branch, for the CPU's vector unit.
inline void mark_sharing(const SignedTexts& texts, const SignedText& asked, const float* needs,
                         std::uint8_t (&marks)[signed_at_once]) {
    std::uint8_t shared[signed_at_once];
    shared_at_most(texts, asked, shared);
    for (std::size_t i = 0; i < texts.count; ++i) {
        const auto symbols = static_cast<float>(static_cast<int>(texts.sizes[i]) + static_cast<int>(asked.size));
        const float common = static_cast<float>(static_cast<int>(shared[i])) + shared_rounding;
        marks[i] = static_cast<std::uint8_t>(common >= needs[i] * symbols);
    }
}

// The places of eight marks, behind each other.
inline std::uint32_t* add_places(const std::uint8_t* marks, std::uint32_t first, std::uint32_t* out) noexcept {
    std::uint64_t left = 0;
    __builtin_memcpy(&left, marks, 8);
    for (; left != 0; left &= left - 1) *out++ = first + static_cast<std::uint32_t>(__builtin_ctzll(left)) / 8;
    return out;
}

inline std::size_t find_sharing(const SignedTexts& texts, const SignedText& asked, const float* needs,
                                std::uint32_t* places) {
    std::uint32_t* end = places;
    for (std::size_t begin = 0; begin < texts.count; begin += signed_at_once) {
        const std::size_t rest = texts.count - begin;
        const SignedTexts some{texts.bits + begin, texts.others + begin, texts.sizes + begin,
                               rest < signed_at_once ? rest : signed_at_once};
        std::uint8_t marks[signed_at_once] = {};
        mark_sharing(some, asked, needs + begin, marks);
        for (std::size_t i = 0; i < some.count; i += 8)
            end = add_places(marks + i, static_cast<std::uint32_t>(begin + i), end);
    }
    return static_cast<std::size_t>(end - places);
}

}  // namespace
}  // namespace musicsync::kernel
