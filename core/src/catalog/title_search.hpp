// One reading of a query's title, among the rows: first those that may share several words with it, one by one; then
// those that share one and all others, each by one bound. docs/catalogue.md has the bounds and their proofs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "catalog/asked_text.hpp"
#include "catalog/beside_standard_rows.hpp"
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
    TitleSearch(const Profile& profile, const StandardRows& rows, const BesideStandardRows& beside, Compared& compared,
                const AskedText& album, const CreditsBeside& credits, const TextForm& title, Reading::Kind kind);
    TitleSearch(const TitleSearch&) = delete;
    TitleSearch& operator=(const TitleSearch&) = delete;

    [[nodiscard]] const Worths& worths() const noexcept { return worths_; }
    // Looks at the likely rows.
    void begin();
    // At the others of a chunk, which begins with a multiple of 64.
    void scan(std::size_t begin, std::size_t end);

  private:
    // A row, how alike its title is at most, how many words it shares at most, as a share, and what it scores at most.
    struct Likely {
        std::uint32_t row;
        float title;
        float shared;
        float most;
        Worth group;
    };

    void add_rarest_words();
    void add_alike_credits();
    void compare_best_of(std::span<const std::uint32_t> rows);
    void find_likely(std::span<const std::uint32_t> rows);
    void bound_by_words();
    [[nodiscard]] float most_with(const Worth& group, float title, float shared) const noexcept;
    [[nodiscard]] std::uint8_t title_needed(float words_missed) const;
    void set_needs(float words_missed);
    void scan_sharing(std::size_t begin, std::size_t end, float shared);
    void compare_likely(std::span<const Likely> rows);

    const StandardRows& all_;
    const Rows& rows_;
    const GroupOfRows& group_of_;
    Compared& compared_;
    float words_penalty_;
    AskedText title_;
    AskedText title_by_word_;
    Worths worths_;
    bool any_spelling_;    // the query's or some row's title is read so
    RowsSharing sharing_;  // `several`: those that are looked at one by one
    Counterparts counterparts_;
    std::vector<std::uint8_t> needs_of_no_word_;  // of groups, as the kernel has it
    bool all_known_need_ = false;                 // something, so that 0 stands for what is not known
    std::vector<std::uint8_t> needs_;
    std::array<std::uint64_t, Rows::in_chunk / 64> among_;
    std::array<std::uint64_t, Rows::in_chunk / 64 + 1> group_bits_;
    std::vector<std::uint32_t> found_;
    std::vector<Likely> likely_;
    std::vector<std::uint32_t> survivors_;
};

}  // namespace musicsync::catalog
