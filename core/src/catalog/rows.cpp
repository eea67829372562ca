#include "catalog/rows.hpp"

#include <algorithm>
#include <numeric>

#include "catalog/stable_order.hpp"
#include "parallel/for_blocks.hpp"

namespace musicsync::catalog {

bool is_signed(std::string_view text) noexcept {
    if (text.size() <= longest_signed) return true;
    const auto symbols = std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
    return static_cast<std::size_t>(symbols) <= longest_signed;
}

bool RowsBuilder::overflown() const noexcept {
    return titles_.overflown() || credits_.overflown() || albums_.overflown();
}

// By credit, by album, and then as they were added.
std::vector<std::uint32_t> RowsBuilder::sorted() const {
    std::vector<std::uint32_t> added(size());
    std::iota(added.begin(), added.end(), 0U);
    const auto by = [](const std::vector<std::uint32_t>& rows, const RowField& field) {
        return stable_by(rows, field.texts(), [&field](std::uint32_t i) { return field.of()[i]; });
    };
    return by(by(added, albums_), credits_);
}

Rows RowsBuilder::build(std::vector<std::uint32_t>* order) && {
    std::vector<std::uint32_t> rows = sorted();
    Rows out;
    parallel::together({[&] { out.titles = std::move(titles_).signed_texts(); },
                        [&] { out.albums = std::move(albums_).signed_texts(); },
                        [&] { out.credits = std::move(credits_).signed_texts(); }});
    std::vector<std::uint32_t> tracks;
    std::vector<std::uint32_t> title_of;
    std::vector<Signature> signatures;
    std::vector<std::uint32_t> begins;
    std::vector<std::uint32_t> credits;
    std::vector<std::uint32_t> albums;
    std::vector<Signature> album_signatures;
    tracks.reserve(rows.size());
    title_of.reserve(rows.size());
    signatures.reserve(rows.size());
    for (const std::uint32_t i : rows) {
        const std::uint32_t credit = credits_.of()[i];
        const std::uint32_t album = albums_.of()[i];
        if (credits.empty() || credits.back() != credit || albums.back() != album) {
            begins.push_back(static_cast<std::uint32_t>(tracks.size()));
            credits.push_back(credit);
            albums.push_back(album);
            album_signatures.push_back(out.albums.signature(album));
        }
        tracks.push_back(tracks_[i]);
        title_of.push_back(titles_.of()[i]);
        signatures.push_back(out.titles.signature(titles_.of()[i]));
    }
    begins.push_back(static_cast<std::uint32_t>(tracks.size()));
    out.tracks = Column(std::move(tracks));
    out.title_of = Column(std::move(title_of));
    out.title_signatures = SignatureColumns(signatures);
    out.groups.begins = Column(std::move(begins));
    out.groups.credits = Column(std::move(credits));
    out.groups.albums = Column(std::move(albums));
    out.groups.signatures = SignatureColumns(album_signatures);
    out.titles.signatures = {};
    out.albums.signatures = {};
    out.others = Column(std::move(others_));
    if (order != nullptr) *order = std::move(rows);
    return out;
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
