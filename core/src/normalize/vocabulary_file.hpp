// Vocabulary files: lines of tab-separated fields. Internal: not installed. docs/vocabulary.md describes the format.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "embedded.hpp"
#include "musicsync/error.hpp"
#include "vocabulary.hpp"

namespace musicsync::text {

// The phrases of a file that is part of the library; they must be in normal form and the lines in order.
[[nodiscard]] Result<std::vector<Phrase>> read_embedded(const EmbeddedFile& file);

// What a user's file says. Keeps the texts of its phrases.
class VocabularyFile {
  public:
    // Errors name file, line, field and reason: "words.tsv:3: role: ...".
    static Result<std::unique_ptr<const VocabularyFile>> parse(std::string_view text, const std::string& name);

    [[nodiscard]] const std::vector<Phrase>& phrases() const noexcept { return phrases_; }
    [[nodiscard]] const std::vector<std::string_view>& removed() const noexcept { return removed_; }
    // The phrases of `base` with those of this file in the place of their namesakes.
    [[nodiscard]] std::vector<Phrase> added_to(const Vocabulary& base) const;

  private:
    std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

    std::deque<std::string> texts_;  // never moves what it holds
    std::vector<Phrase> phrases_;
    std::vector<std::string_view> removed_;
};

// parse() of a file on disk. Errc::io where it cannot be read.
[[nodiscard]] Result<std::unique_ptr<const VocabularyFile>> read_vocabulary_file(const std::string& path);

}  // namespace musicsync::text
