// What is needed to make an outline: its texts are written as bytes, one behind the other.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

#include "score/outline.hpp"

namespace musicsync {

[[nodiscard]] constexpr std::uint32_t when(bool has, std::uint32_t traits) noexcept { return has ? traits : 0; }

class OutlineWriter {
  public:
    OutlineWriter(Outline& out, std::uint8_t* bytes) noexcept : out_(out), bytes_(bytes) {}

    // Of code points, or of a plain text's bytes: the text in order and by word, which are one where its words are
    // sorted: `sorted` is empty then.
    template <class Char>
    void add(Outline::Text which, std::basic_string_view<Char> text, std::basic_string_view<Char> sorted) noexcept {
        add_text(which, text);
        if (!sorted.empty()) return add_text(which + 1U, sorted);
        out_.sizes[which + 1U] = out_.sizes[which];
        out_.begins[which + 1U] = out_.begins[which];
        out_.plain = static_cast<std::uint8_t>(out_.plain | (((out_.plain >> which) & 1U) << (which + 1U)));
    }
    // Behind the line, which it mostly is.
    template <class Char>
    void add_telling(std::basic_string_view<Char> text) noexcept {
        if (text.size() != out_.sizes[Outline::line]) return add_text(Outline::telling, text);
        out_.sizes[Outline::telling] = out_.sizes[Outline::line];
        out_.begins[Outline::telling] = out_.begins[Outline::line];
        if (out_.is_plain(Outline::line)) out_.plain |= 1U << Outline::telling;
    }
    void add_size(std::size_t of_name) noexcept { bytes_[size_++] = static_cast<std::uint8_t>(of_name); }
    [[nodiscard]] std::span<const std::uint8_t> written() const noexcept { return {bytes_, size_}; }

  private:
    template <class Char>
    void add_text(std::size_t which, std::basic_string_view<Char> text) noexcept {
        out_.sizes[which] = static_cast<std::uint16_t>(text.size());
        if constexpr (!std::is_same_v<Char, char>) {  // bytes are those of plain texts
            std::uint32_t others = 0;
            for (const Char c : text) others |= is_other_symbol(c);
            if (others != 0) return;
        }
        if constexpr (std::is_same_v<Char, char>)
            std::memcpy(bytes_ + size_, text.data(), text.size());
        else
            std::transform(text.begin(), text.end(), bytes_ + size_,
                           [](Char c) { return static_cast<std::uint8_t>(c); });
        out_.plain = static_cast<std::uint8_t>(out_.plain | (1U << which));
        out_.begins[which] = static_cast<std::uint16_t>(size_);
        size_ += text.size();
    }

    // Not 0 for what is no ASCII, for U+0000 and for capitals. Without a branch, for the CPU's vector unit.
    static std::uint32_t is_other_symbol(char32_t c) noexcept {
        return static_cast<std::uint32_t>(c - 1U >= 0x7F) | static_cast<std::uint32_t>(c - U'A' <= U'Z' - U'A');
    }

    Outline& out_;
    std::uint8_t* bytes_;
    std::size_t size_ = 0;
};

}  // namespace musicsync
