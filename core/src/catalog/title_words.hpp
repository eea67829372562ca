// The words of a catalogue's titles, and which rows have them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "catalog/rows.hpp"
#include "score/normal_form.hpp"

namespace musicsync::catalog {

// The distinct words of titles, and the rows of each.
class TitleWords {
  public:
    explicit TitleWords(const Rows& rows);

    // Sets a bit for each row whose title has a word that is a counterpart of one of the text's.
    void mark_counterparts(const TextForm& text, std::vector<std::uint64_t>& bits) const;
    // Rows of which the title has all words of the text, and perhaps others: those of its rarest word.
    [[nodiscard]] std::span<const std::uint32_t> rows_with(std::string_view text) const noexcept;

  private:
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view word) const noexcept;
    // The rows of a word.
    [[nodiscard]] std::span<const std::uint32_t> rows_of(std::uint32_t word) const noexcept {
        return std::span(rows_).subspan(begins_[word], begins_[word + 1] - begins_[word]);
    }

    Texts texts_;
    SignatureColumns signatures_;
    std::vector<std::uint32_t> hashes_;
    std::vector<std::uint32_t> begins_;  // of each word's rows, and the end of the last one's
    std::vector<std::uint32_t> rows_;    // ascending for each word
};

// Calls take(word) for each word of a text, which are apart by single spaces.
template <class Take>
void for_each_word(std::string_view text, Take take) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        take(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

}  // namespace musicsync::catalog
