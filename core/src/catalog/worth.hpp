// What rows score by `standard` at most, but for their titles: what is known of a group without looking at its rows.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "catalog/asked_text.hpp"
#include "catalog/credits.hpp"
#include "catalog/rows.hpp"
#include "musicsync/profile.hpp"
#include "score/evidence.hpp"

namespace musicsync::catalog {

// A group's tracks score `rest` and, for a title that is equal, `of_title` at most.
struct Worth {
    float rest;
    float of_title;
};

class Worths {
  public:
    // `artists`: how alike each credit is, at most. Rows, credits and album must outlive it.
    Worths(const Profile& profile, const Groups& groups, const Credits& credits, const AskedText& album,
           std::vector<float> artists, bool names_asked);

    [[nodiscard]] Worth of(std::size_t group) const noexcept {
        const Signature signature = groups_.signatures[group];
        return of(group, static_cast<float>(album_.ratio_at_most(signature)), signature.size != 0);
    }
    // Calls take(worth) for what groups are worth whose credits are no more alike than `artist`: one of them is at least
    // what such a group is.
    template <class Take>
    void for_each_at_most(float artist, Take take) const {
        for (const Shares& shares : shares_) take(Worth{shares.artist * artist + shares.album - shares.missing, shares.title});
    }
    [[nodiscard]] const std::vector<float>& artists() const noexcept { return artists_; }

  private:
    // Shares of the score where a side knows of no album, and where both do.
    struct Shares {
        float title;
        float artist;
        float album;
        float missing;  // where a side names nobody
    };
    [[nodiscard]] Worth of(std::size_t group, float album, bool has_album) const noexcept {
        const std::uint32_t credit = groups_.credits[group];
        const Shares& shares = shares_[(has_names_[credit] ? 2U : 0U) + (has_album && album_asked_ ? 1U : 0U)];
        return {shares.artist * artists_[credit] + shares.album * album - shares.missing, shares.title};
    }

    const Groups& groups_;
    const AskedText& album_;
    bool album_asked_;
    std::vector<float> artists_;
    std::vector<bool> has_names_;
    std::array<Shares, 4> shares_;
};

}  // namespace musicsync::catalog
