#include "catalog/rows.hpp"

#include <algorithm>
#include <numeric>

namespace musicsync::catalog {
namespace {

bool is_signed(std::string_view text) noexcept {
    if (text.size() <= longest_signed) return true;
    const auto symbols = std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
    return static_cast<std::size_t>(symbols) <= longest_signed;
}

}  // namespace

bool RowsBuilder::add(std::uint32_t track, std::string_view title, std::string_view credit, std::string_view album) {
    if (!is_signed(title) || !is_signed(credit) || !is_signed(album)) {
        leave_out(track);
        return false;
    }
    added_.push_back({credits_.add(credit), albums_.add(album), titles_.add(title), track});
    return true;
}

bool RowsBuilder::overflown() const noexcept {
    return titles_.overflown() || credits_.overflown() || albums_.overflown();
}

Rows RowsBuilder::build(std::vector<std::uint32_t>* order) && {
    std::vector<std::uint32_t> sorted(added_.size());
    std::iota(sorted.begin(), sorted.end(), 0U);
    std::sort(sorted.begin(), sorted.end(), [this](std::uint32_t a, std::uint32_t b) {
        const Added& left = added_[a];
        const Added& right = added_[b];
        if (left.credit != right.credit) return left.credit < right.credit;
        return left.album != right.album ? left.album < right.album : a < b;
    });
    Rows out;
    out.titles = std::move(titles_).signed_texts();
    out.credits = std::move(credits_).signed_texts();
    out.albums = std::move(albums_).signed_texts();
    std::vector<std::uint32_t> tracks;
    std::vector<std::uint32_t> title_of;
    std::vector<Signature> signatures;
    std::vector<std::uint32_t> begins;
    std::vector<std::uint32_t> credits;
    std::vector<std::uint32_t> albums;
    std::vector<Signature> album_signatures;
    tracks.reserve(added_.size());
    title_of.reserve(added_.size());
    signatures.reserve(added_.size());
    for (const std::uint32_t i : sorted) {
        const Added& one = added_[i];
        if (credits.empty() || credits.back() != one.credit || albums.back() != one.album) {
            begins.push_back(static_cast<std::uint32_t>(tracks.size()));
            credits.push_back(one.credit);
            albums.push_back(one.album);
            album_signatures.push_back(out.albums.signature(one.album));
        }
        tracks.push_back(one.track);
        title_of.push_back(one.title);
        signatures.push_back(out.titles.signature(one.title));
    }
    begins.push_back(static_cast<std::uint32_t>(tracks.size()));
    out.tracks = Column(std::move(tracks));
    out.title_of = Column(std::move(title_of));
    out.title_signatures = SignatureColumns(signatures);
    out.groups.begins = Column(std::move(begins));
    out.groups.credits = Column(std::move(credits));
    out.groups.albums = Column(std::move(albums));
    out.groups.signatures = SignatureColumns(album_signatures);
    out.others = Column(std::move(others_));
    if (order != nullptr) *order = std::move(sorted);
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
