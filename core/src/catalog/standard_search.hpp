// One query's search by `standard` rules among rows: exact. docs/catalogue.md has the bounds and their proofs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>
#include <vector>

#include "catalog/asked_text.hpp"
#include "catalog/beside_standard_rows.hpp"
#include "catalog/compared.hpp"
#include "catalog/made_tracks.hpp"
#include "catalog/standard_rows.hpp"
#include "catalog/title_search.hpp"
#include "musicsync/profile.hpp"
#include "musicsync/rank.hpp"

namespace musicsync::catalog {

class StandardSearch {
  public:
    // The query's track is one of which is_readable() is true. `beside`: of the rows.
    StandardSearch(const Profile& profile, const StandardRows& rows, const BesideStandardRows& beside,
                   const MadeTracks& tracks, const Track& query, const Wanted& wanted);

    // Looks at some rows. Any order of calls that covers all rows once finds the best.
    void scan(std::size_t begin, std::size_t end);
    [[nodiscard]] std::vector<Ranked> take();
    [[nodiscard]] const Query& query() const noexcept { return compared_.query(); }

  private:
    void add_readings();
    void add_other_ways();
    void add_named_in(std::string_view title, const Signature& signature, std::vector<std::uint32_t>& rows) const;
    void add_other_scripts();
    void add_best_credits();
    void find_as_whole(std::size_t begin, std::size_t end);
    [[nodiscard]] double likeness_needed() const;
    void keep_joined(double likeness);

    const Profile& profile_;
    const StandardRows& all_;
    const Rows& rows_;
    const BesideStandardRows& beside_;
    Compared compared_;
    const NormalForm& form_;
    AskedText album_;
    std::deque<CreditsBeside> credits_;  // as the query has them; and with a name that its title may begin with
    Memory memory_;                      // of the readings
    std::deque<TextForm> titles_;        // of each
    std::deque<TitleSearch> by_title_;   // the whole title first
    std::vector<std::uint32_t> found_;
    std::vector<std::uint32_t> survivors_;
    std::vector<std::uint32_t> everything_;  // rows that may be alike by all their words
};

}  // namespace musicsync::catalog
