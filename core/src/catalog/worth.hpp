// What rows score by `standard` at most, but for their titles: what is known of a group without looking at its rows.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
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

// What is known of the credits of rows beside a query's.
struct CreditsBeside {
    struct Names {
        bool known;       // both sides name somebody
        bool may_differ;  // the scripts do, so that nothing may be known of the names
    };
    const Credits& credits;
    std::vector<float> likeness;  // of each credit, at most
    bool names_asked;             // the query names somebody
    Script script;                // of those

    [[nodiscard]] Names names(std::size_t credit) const noexcept {
        const auto theirs = static_cast<Script>(credits.scripts[credit]);
        const bool differs = theirs != script && theirs != Script::none && script != Script::none;
        const bool known = names_asked && credits.texts_of.begins[credit] != credits.texts_of.begins[credit + 1];
        return {known, known && differs};
    }
};

class Worths {
  public:
    // `kind`: how the query's title is read. All must outlive it.
    Worths(const Profile& profile, const Groups& groups, const Credits& credits, const AskedText& album,
           const CreditsBeside& beside, Reading::Kind kind);

    [[nodiscard]] Worth of(std::size_t group) const noexcept;
    // What a group scores at most where the titles are in other scripts, and nothing is known of how alike they are.
    [[nodiscard]] float without_title(std::size_t group) const noexcept;
    // Calls take(rest, of_title) for what groups are worth whose credits are no more alike than `artist`: one of them
    // bounds each such group.
    template <class Take>
    void for_each_at_most(float artist, Take take) const {
        for (const Shares& shares : shares_) take(shares.artist * artist + shares.album - shares.missing, shares.title);
    }
    // What the titles of some groups need, as the kernel has it, to score so much; 0 where nothing is known so fast.
    void needs_of(std::size_t first, std::size_t last, float least, std::uint8_t* needs) const;
    // False for a group of which that says nothing.
    [[nodiscard]] bool are_needs_known(std::size_t group) const noexcept {
        return usual_credits_[groups_.credits[group]] != unusual &&
               (album_.empty() || groups_.signatures.sizes[group] != 0);
    }
    // What groups of which it says something are worth at most without their titles.
    [[nodiscard]] float known_at_most() const noexcept { return usual().artist + usual().album - usual().missing; }
    // Needs that differ by so much of a score.
    [[nodiscard]] float needs_for(float score) const noexcept { return score * to_needs(usual()); }
    [[nodiscard]] float artist(std::size_t group) const noexcept { return beside_.likeness[groups_.credits[group]]; }
    [[nodiscard]] const std::vector<float>& of_credits() const noexcept { return beside_.likeness; }
    [[nodiscard]] Reading::Kind kind_of_credit(std::size_t credit) const noexcept {
        return std::max(kind_, static_cast<Reading::Kind>(credits_.kinds[credit]));
    }
    // True where some pair of titles is read so.
    [[nodiscard]] bool any(Reading::Kind kind) const noexcept {
        return kind_ == kind || std::find(credits_.kinds.begin(), credits_.kinds.end(), kind) != credits_.kinds.end();
    }

  private:
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

    // What most groups and the query know: all that the query does.
    [[nodiscard]] const Shares& usual() const noexcept { return shares_[usual_]; }
    [[nodiscard]] static float to_needs(const Shares& shares) noexcept {
        return kernel::most_needed / std::max(shares.title, 1e-9F);
    }

    static constexpr float unusual = std::numeric_limits<float>::infinity();
    const Groups& groups_;
    const Credits& credits_;
    const AskedText& album_;
    const CreditsBeside& beside_;
    Reading::Kind kind_;
    std::array<Shares, 4> shares_;
    std::array<Shares, 4> without_title_;
    std::size_t usual_;
    std::vector<float> usual_credits_;  // what each adds where that is so, and their titles are whole; else `unusual`
};

}  // namespace musicsync::catalog
