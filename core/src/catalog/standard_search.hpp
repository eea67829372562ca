// One query's search by `standard` rules among plain rows: exact. docs/catalogue.md has the bounds and their proofs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "catalog/asked_text.hpp"
#include "catalog/made_tracks.hpp"
#include "catalog/standard_rows.hpp"
#include "catalog/text_columns.hpp"
#include "catalog/worth.hpp"
#include "musicsync/profile.hpp"
#include "musicsync/rank.hpp"
#include "score/evidence.hpp"

namespace musicsync::catalog {

class StandardSearch {
  public:
    // The query's track is one of which is_plain_row() is true. The columns are of the credits' texts.
    StandardSearch(const Profile& profile, const StandardRows& rows, const TextColumns& credits,
                   const MadeTracks& tracks, const Track& query, const Wanted& wanted);

    // Looks at some rows. Any order of calls that covers all rows once finds the best.
    void scan(std::size_t begin, std::size_t end);
    [[nodiscard]] std::vector<Ranked> take() { return best_.take(); }
    [[nodiscard]] const Query& query() const noexcept { return query_; }

  private:
    // A row, how alike its title is at most, and what it scores at most.
    struct Likely {
        std::uint32_t row;
        float title;
        float most;
        Worth group;
    };

    void add_other_ways();
    void add_named_in(std::string_view title, std::vector<std::uint32_t>& rows) const;
    void add_best_credits();
    void add_alike_credits();
    void add_rarest_words();
    void compare_best_of(std::span<const std::uint32_t> rows);
    void find_likely(std::span<const std::uint32_t> rows);
    [[nodiscard]] float title_needed() const;
    void find_others(std::size_t begin, std::size_t end);
    void find_as_whole(std::size_t begin, std::size_t end);
    [[nodiscard]] double floor() const noexcept { return best_.floor() - rounding; }
    [[nodiscard]] double likeness_needed() const;
    [[nodiscard]] float most_with(const Worth& group, float title, float shared) const noexcept;
    void bound_by_words();
    void compare_likely(std::span<const Likely> rows);
    void keep_joined(std::size_t begin, double likeness);
    void compare(std::span<const std::uint32_t> rows);
    void compare_tracks(std::span<const std::uint32_t> tracks);

    const Profile& profile_;
    const StandardRows& all_;
    const Rows& rows_;
    const MadeTracks& tracks_;
    Query query_;
    const NormalForm& form_;
    float words_penalty_;
    AskedText title_;
    AskedText title_by_word_;
    AskedText album_;
    Worths worths_;
    std::vector<std::uint64_t> likely_rows_;  // a bit for each row with a word of the query's title or an alike credit
    Counterparts counterparts_;
    std::vector<std::uint64_t> done_;  // a bit for each row that was compared
    BestTracks best_;
    std::vector<float> needs_;  // of each row of a chunk: common symbols for each symbol of both texts
    std::vector<Likely> likely_;
    std::vector<std::uint32_t> survivors_;
    std::vector<std::uint32_t> found_;
    std::vector<std::uint32_t> new_tracks_;            // that are compared next
    std::array<MadeTracks::Room, Others::most> room_;  // of them
};

}  // namespace musicsync::catalog
