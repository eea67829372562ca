// One reading of a query's title, among the rows: first those that may share a word with it and those of credits that
// are alike, one by one; then all others by one bound. docs/catalogue.md has the bounds and their proofs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "catalog/asked_text.hpp"
#include "catalog/compared.hpp"
#include "catalog/standard_rows.hpp"
#include "catalog/title_words.hpp"
#include "catalog/worth.hpp"
#include "musicsync/profile.hpp"
#include "score/normal_form.hpp"

namespace musicsync::catalog {

class TitleSearch {
  public:
    // All must outlive it.
    TitleSearch(const Profile& profile, const StandardRows& rows, Compared& compared, const AskedText& album,
                const CreditsBeside& credits, const TextForm& title, Reading::Kind kind);
    TitleSearch(const TitleSearch&) = delete;
    TitleSearch& operator=(const TitleSearch&) = delete;

    [[nodiscard]] const Worths& worths() const noexcept { return worths_; }
    // Looks at the likely rows.
    void begin();
    // At the others of a chunk.
    void scan(std::size_t begin, std::size_t end);

  private:
    // A row, how alike its title is at most, and what it scores at most.
    struct Likely {
        std::uint32_t row;
        float title;
        float most;
        Worth group;
    };

    void add_rarest_words();
    void add_alike_credits();
    void compare_best_of(std::span<const std::uint32_t> rows);
    void find_likely(std::span<const std::uint32_t> rows);
    void bound_by_words();
    [[nodiscard]] float most_with(const Worth& group, float title, float shared) const noexcept;
    [[nodiscard]] std::uint8_t title_needed(bool words_count) const;
    void compare_likely(std::span<const Likely> rows);

    const StandardRows& all_;
    const Rows& rows_;
    Compared& compared_;
    float words_penalty_;
    AskedText title_;
    AskedText title_by_word_;
    Worths worths_;
    bool any_spelling_;                       // the query's or some row's title is read so
    std::vector<std::uint64_t> likely_rows_;  // a bit for each
    Counterparts counterparts_;
    std::vector<std::uint32_t> found_;
    std::vector<Likely> likely_;
    std::vector<std::uint32_t> survivors_;
};

}  // namespace musicsync::catalog
