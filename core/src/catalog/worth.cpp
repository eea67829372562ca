#include "catalog/worth.hpp"

namespace musicsync::catalog {

Worths::Worths(const Profile& profile, const Groups& groups, const Credits& credits, const AskedText& album,
               const CreditsBeside& beside, Reading::Kind kind)
    : groups_(groups), credits_(credits), album_(album), beside_(beside), kind_(kind) {
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
    usual_ = (beside.names_asked ? 2U : 0U) + (album.empty() ? 0U : 1U);
    usual_credits_.resize(beside.likeness.size());
    for (std::size_t credit = 0; credit < usual_credits_.size(); ++credit) {
        const CreditsBeside::Names names = beside.names(credit);
        const bool is_usual =
            names.known == beside.names_asked && !names.may_differ && kind_of_credit(credit) == Reading::whole;
        usual_credits_[credit] = is_usual ? usual().artist * beside.likeness[credit] - usual().missing : unusual;
    }
}

void Worths::needs_of(std::size_t first, std::size_t last, float least, std::uint8_t* needs) const {
    const Shares& shares = usual();
    album_.needs_of({groups_.signatures.part(first, last), usual_credits_.data(), groups_.credits.data() + first},
                    {least, 2.0F * shares.album, to_needs(shares)}, needs);
    if (album_.empty()) return;
    const std::uint8_t* const albums = groups_.signatures.sizes.data() + first;
    for (std::size_t i = 0; i < last - first; ++i) needs[i] = albums[i] == 0 ? std::uint8_t{0} : needs[i];
}

template <class Take>
void Worths::for_each_case(std::size_t group, Take take) const noexcept {
    const std::uint32_t credit = groups_.credits[group];
    const Signature signature = groups_.signatures[group];
    const bool has_album = !album_.empty() && signature.size != 0;
    const auto album = static_cast<float>(album_.ratio_at_most(signature));
    const CreditsBeside::Names names = beside_.names(credit);
    const bool is_part = kind_of_credit(credit) == Reading::part;
    const auto with = [&](std::size_t which) {
        take(which + (has_album ? 1U : 0U), album);
        if (is_part) take(which + 1U, 1.0F);  // it may stand in the title
    };
    with(names.known ? 2 : 0);
    if (names.may_differ) with(0);
}

Worth Worths::of(std::size_t group) const noexcept {
    if (are_needs_known(group)) [[likely]] {
        const auto album = static_cast<float>(album_.ratio_at_most(groups_.signatures[group]));
        return {usual_credits_[groups_.credits[group]] + usual().album * album, usual().title, Reading::whole};
    }
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
