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
#include "musicsync/profile.hpp"
#include "musicsync/rank.hpp"
#include "score/evidence.hpp"

namespace musicsync::catalog {

class StandardSearch {
  public:
    // The query's track is one of which is_plain_row() is true.
    StandardSearch(const Profile& profile, const StandardRows& rows, const MadeTracks& tracks, const Track& query,
                   const Wanted& wanted);

    // Looks at some rows. Any order of calls that covers all rows once finds the best.
    void scan(std::size_t begin, std::size_t end);
    [[nodiscard]] std::vector<Ranked> take() { return best_.take(); }
    [[nodiscard]] const Query& query() const noexcept { return query_; }

  private:
    // What a group's tracks score at most: `rest`, and `of_title` for a title that is equal.
    struct GroupWorth {
        float rest;
        float of_title;
    };
    // What the title of a group's row has to be worth.
    struct Needs {
        float sharing;  // of rows that may have a word of the query's title
        float others;
    };

    void add_other_ways();
    void add_named_in(std::string_view title, std::vector<std::uint32_t>& rows) const;
    void add_best_credits();
    void set_group_needs(std::size_t first, std::size_t last);
    [[nodiscard]] Needs needs_of(const GroupWorth& group, float floor) const;
    void set_needs(std::size_t begin, std::size_t end);
    void find_survivors(std::size_t begin, std::size_t end);
    [[nodiscard]] double likeness_needed() const;
    void keep_alike(std::size_t begin);
    void keep_joined(std::size_t begin, double likeness);
    void compare(std::span<const std::uint32_t> rows);
    void compare_tracks(std::span<const std::uint32_t> tracks);

    const Profile& profile_;
    const StandardRows& all_;
    const Rows& rows_;
    const MadeTracks& tracks_;
    Query query_;
    const NormalForm& form_;
    AskedText title_;
    AskedText title_by_word_;
    AskedText album_;
    LazyPattern joined_;
    std::vector<float> artists_;        // how alike each credit is, at most
    std::vector<std::uint64_t> words_;  // a bit for each row that may have a word of the query's title
    Counterparts counterparts_;
    std::vector<std::uint64_t> done_;  // a bit for each row that was compared
    BestTracks best_;
    std::vector<float> needs_;        // of each row: common symbols for each symbol of both titles
    std::vector<GroupWorth> groups_;  // of the chunk that is looked at
    std::vector<std::uint8_t> shared_;
    std::vector<std::uint32_t> survivors_;
    std::vector<std::uint32_t> found_;
    std::vector<std::uint32_t> titles_;  // of the survivors
    std::vector<double> in_order_;
    std::vector<double> by_word_;
    std::vector<std::uint32_t> new_tracks_;            // that are compared next
    std::array<MadeTracks::Room, Others::most> room_;  // of them
};

}  // namespace musicsync::catalog
