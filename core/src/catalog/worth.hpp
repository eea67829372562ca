// What rows score by `standard` at most, but for their titles: what is known of a group without looking at its rows.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "catalog/asked_text.hpp"
#include "catalog/credits.hpp"
#include "catalog/readings.hpp"
#include "catalog/rows.hpp"
#include "musicsync/normalize.hpp"
#include "musicsync/profile.hpp"

namespace musicsync::catalog {

// A group's tracks score `rest` and, for a title that is equal, `of_title` at most. `kind`: how the titles are read
// that are compared, of the query's and the rows' the one that says less of the words around.
struct Worth {
    float rest;
    float of_title;
    Reading::Kind kind;
};

class Worths {
  public:
    // What is asked of the query's credits and album, beside the title's reading.
    struct Asked {
        Reading::Kind kind;
        bool names;  // somebody is credited, or the title may name somebody
        Script script;
        std::vector<float> artists;  // how alike each credit is, at most
    };
    // Groups, credits and album must outlive it.
    Worths(const Profile& profile, const Groups& groups, const Credits& credits, const AskedText& album, Asked asked);

    [[nodiscard]] Worth of(std::size_t group) const noexcept;
    // What a group scores at most where the titles are in other scripts, and nothing is known of how alike they are.
    [[nodiscard]] float without_title(std::size_t group) const noexcept;
    // Calls take(rest, of_title) for what groups are worth whose credits are no more alike than `artist`: one of them
    // bounds each such group.
    template <class Take>
    void for_each_at_most(float artist, Take take) const {
        for (const Shares& shares : shares_) take(shares.artist * artist + shares.album - shares.missing, shares.title);
    }
    [[nodiscard]] float artist(std::size_t group) const noexcept { return asked_.artists[groups_.credits[group]]; }
    [[nodiscard]] const std::vector<float>& artists() const noexcept { return asked_.artists; }
    // True where the titles of some credit are read so.
    [[nodiscard]] bool any(Reading::Kind kind) const noexcept {
        return std::any_of(said_.begin(), said_.end(), [kind](const Said& said) { return said.kind == kind; });
    }
    [[nodiscard]] Reading::Kind kind_of_credit(std::size_t credit) const noexcept { return said_[credit].kind; }

  private:
    // What is known of a credit beside the query.
    struct Said {
        Reading::Kind kind;
        bool named;       // both sides name somebody
        bool may_differ;  // the scripts do, so that nothing may be known of the names
    };
    // Shares of the score, by what both sides know: bit 0 for an album, bit 1 for names.
    struct Shares {
        float title;
        float artist;
        float album;
        float missing;  // what it costs that a side names nobody
    };
    // Calls take(which shares, likeness of the albums) for all that the group's tracks and the query may know.
    template <class Take>
    void for_each_case(std::size_t group, Take take) const noexcept;

    const Groups& groups_;
    const AskedText& album_;
    Asked asked_;
    std::vector<Said> said_;  // of each credit
    std::array<Shares, 4> shares_;
    std::array<Shares, 4> without_title_;
};

}  // namespace musicsync::catalog
