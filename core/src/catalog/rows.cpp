#include "catalog/rows.hpp"

#include <iterator>
#include <numeric>
#include <utility>

namespace musicsync::catalog {
namespace {

// Positions of tracks, those of one credit together, credits in the order in which they first appear.
struct ByCredit {
    TextsBuilder credits;
    std::vector<std::uint32_t> credit_of;  // by position
    std::vector<std::uint32_t> order;
    std::vector<std::uint32_t> others;  // those that do not fit

    explicit ByCredit(const TrackTexts& texts) : credit_of(texts.count) {
        for (std::uint32_t i = 0; i < texts.count; ++i) {
            const bool fits = texts.fits(i);
            if (fits) credit_of[i] = credits.add(texts.credit(i));
            (fits ? order : others).push_back(i);
        }
        std::stable_sort(order.begin(), order.end(),
                         [this](std::uint32_t a, std::uint32_t b) { return credit_of[a] < credit_of[b]; });
    }
};

struct Named {
    std::string album;
    std::uint32_t track;
};

}  // namespace

Rows::Rows(const TrackTexts& texts) {
    ByCredit by_credit(texts);
    TextsBuilder all_titles;
    TextsBuilder all_albums;
    std::vector<std::uint32_t> title_of_track(texts.count);
    std::vector<std::uint32_t> album_of_track(texts.count);
    std::vector<Named> some;
    for (auto begin = by_credit.order.begin(); begin != by_credit.order.end();) {
        const std::uint32_t credit = by_credit.credit_of[*begin];
        const auto end = std::find_if(begin, by_credit.order.end(),
                                      [&](std::uint32_t track) { return by_credit.credit_of[track] != credit; });
        some.clear();
        std::transform(begin, end, std::back_inserter(some), [&](std::uint32_t track) {
            return Named{texts.album(track), track};
        });
        std::stable_sort(some.begin(), some.end(), [](const Named& a, const Named& b) { return a.album < b.album; });
        for (const Named& one : some) {
            *begin++ = one.track;
            title_of_track[one.track] = all_titles.add(texts.title(one.track));
            album_of_track[one.track] = all_albums.add(one.album);
        }
    }
    titles = std::move(all_titles).build();
    albums = std::move(all_albums).build();
    credits = std::move(by_credit.credits).build();
    others = std::move(by_credit.others);
    const auto is_unsigned = [](const Texts& field, std::uint32_t id) {
        return field.signature(id).size == 0 && !field[id].empty();
    };
    for (const std::uint32_t track : by_credit.order) {
        const std::uint32_t credit = by_credit.credit_of[track];
        const std::uint32_t album = album_of_track[track];
        const std::uint32_t title = title_of_track[track];
        if (is_unsigned(titles, title) || is_unsigned(credits, credit) || is_unsigned(albums, album)) {
            others.push_back(track);
            continue;
        }
        if (groups.size() == 0 || groups.credits.back() != credit || groups.albums.back() != album) {
            groups.begins.push_back(static_cast<std::uint32_t>(tracks.size()));
            groups.credits.push_back(credit);
            groups.albums.push_back(album);
            groups.signatures.push_back(albums.signature(album));
        }
        tracks.push_back(track);
        title_of.push_back(title);
        title_signatures.push_back(titles.signature(title));
    }
    groups.begins.push_back(static_cast<std::uint32_t>(tracks.size()));
}

std::vector<std::uint32_t> best_credits(std::span<const float> artists) {
    constexpr std::size_t most = 24;
    std::vector<std::uint32_t> credits(artists.size());
    std::iota(credits.begin(), credits.end(), 0U);
    const auto end = credits.begin() + static_cast<std::ptrdiff_t>(std::min(most, credits.size()));
    std::partial_sort(credits.begin(), end, credits.end(),
                      [artists](std::uint32_t a, std::uint32_t b) { return artists[a] > artists[b]; });
    credits.erase(end, credits.end());
    return credits;
}

std::pair<std::uint32_t, std::uint32_t> Rows::rows_of_credit(std::uint32_t credit) const noexcept {
    const auto [first, last] = std::equal_range(groups.credits.begin(), groups.credits.end(), credit);
    const auto row_of = [this](auto group) {
        return groups.begins[static_cast<std::size_t>(group - groups.credits.begin())];
    };
    return {row_of(first), row_of(last)};
}

std::size_t Groups::of(std::size_t row) const noexcept {
    const auto behind = std::upper_bound(begins.begin(), begins.end(), row);
    return static_cast<std::size_t>(behind - begins.begin()) - 1;
}

}  // namespace musicsync::catalog
