// Words of a text that is kept as code points, in a normal form, or as bytes, in an outline: compared by the same code.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "score/normal_form.hpp"
#include "score/outline.hpp"
#include "similarity/code_points.hpp"

namespace musicsync {

template <class Char>
struct WordsIn {
    std::basic_string_view<Char> text;
    std::span<const Word> words;
    [[nodiscard]] std::basic_string_view<Char> text_of(const Word& word) const noexcept {
        return text.substr(word.begin, word.length);
    }
};

[[nodiscard]] inline WordsIn<char32_t> words_in(const TextForm& form) noexcept { return {form.text, form.words}; }

// The code points of a short plain text, for a moment.
class Widened {
  public:
    explicit Widened(std::string_view plain) noexcept : size_(std::min(plain.size(), symbols_.size())) {
        std::copy_n(plain.data(), size_, symbols_.data());
    }
    Widened(const Widened&) = delete;
    Widened& operator=(const Widened&) = delete;
    [[nodiscard]] std::u32string_view text() const noexcept { return {symbols_.data(), size_}; }

  private:
    std::array<char32_t, Outline::short_text> symbols_;
    std::size_t size_;
};

}  // namespace musicsync
