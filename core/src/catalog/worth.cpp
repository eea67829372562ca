#include "catalog/worth.hpp"

#include <utility>

namespace musicsync::catalog {

Worths::Worths(const Profile& profile, const Groups& groups, const Credits& credits, const AskedText& album,
               Asked asked)
    : groups_(groups), album_(album), asked_(std::move(asked)), said_(asked_.artists.size()) {
    for (std::size_t credit = 0; credit < said_.size(); ++credit) {
        const auto script = static_cast<Script>(credits.scripts[credit]);
        const bool differs = script != asked_.script && script != Script::none && asked_.script != Script::none;
        const bool named = asked_.names && !credits.texts_of[credit].empty();
        said_[credit] = {std::max(asked_.kind, static_cast<Reading::Kind>(credits.kinds[credit])), named,
                         named && differs};
    }
    const Weights& weights = profile.weights;
    const auto shares_of = [&](double title, std::size_t which, double missing) -> Shares {
        const double artist = (which & 2U) != 0 ? weights.artists : 0.0;
        const double of_album = (which & 1U) != 0 ? weights.album : 0.0;
        const double part = 1.0 / std::max(title + artist + of_album, 1e-9);
        if ((which & 2U) == 0) missing += profile.penalties.artist_unknown;
        return {static_cast<float>(title * part), static_cast<float>(artist * part),
                static_cast<float>(of_album * part), static_cast<float>(missing)};
    };
    for (std::size_t which = 0; which < shares_.size(); ++which) {
        shares_[which] = shares_of(weights.title, which, 0.0);
        without_title_[which] = shares_of(0.0, which, profile.penalties.title_unknown);
    }
}

template <class Take>
void Worths::for_each_case(std::size_t group, Take take) const noexcept {
    const std::uint32_t credit = groups_.credits[group];
    const Signature signature = groups_.signatures[group];
    const bool has_album = !album_.empty() && signature.size != 0;
    const auto album = static_cast<float>(album_.ratio_at_most(signature));
    const Said said = said_[credit];
    const auto with = [&](std::size_t which) {
        take(which + (has_album ? 1U : 0U), album);
        if (said.kind == Reading::part) take(which + 1U, 1.0F);  // it may stand in the title
    };
    with(said.named ? 2 : 0);
    if (said.may_differ) with(0);
}

Worth Worths::of(std::size_t group) const noexcept {
    const float likeness = artist(group);
    Worth out{-1e9F, 0.0F, kind_of_credit(groups_.credits[group])};
    for_each_case(group, [&](std::size_t which, float album) {
        const Shares& shares = shares_[which];
        out.rest = std::max(out.rest, shares.artist * likeness + shares.album * album - shares.missing);
        out.of_title = std::max(out.of_title, shares.title);
    });
    return out;
}

float Worths::without_title(std::size_t group) const noexcept {
    const float likeness = artist(group);
    float out = 0.0F;
    for_each_case(group, [&](std::size_t which, float album) {
        const Shares& shares = without_title_[which];
        out = std::max(out, shares.artist * likeness + shares.album * album - shares.missing);
    });
    return out;
}

}  // namespace musicsync::catalog
