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

// Titles and albums are numbered in the order of the rows, so that those of rows side by side lie side by side.
Rows RowsBuilder::build(std::vector<std::uint32_t>* order) && {
    std::vector<std::uint32_t> rows = sorted();
    Rows out;
    std::vector<std::uint32_t> begins;
    std::vector<std::uint32_t> credits;
    std::vector<std::uint32_t> albums;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const std::uint32_t credit = credits_.of()[rows[row]];
        const std::uint32_t album = albums_.of()[rows[row]];
        if (!credits.empty() && credits.back() == credit && albums.back() == album) continue;
        begins.push_back(static_cast<std::uint32_t>(row));
        credits.push_back(credit);
        albums.push_back(album);
    }
    begins.push_back(static_cast<std::uint32_t>(rows.size()));
    const auto in_rows = [&rows](const std::vector<std::uint32_t>& added) {
        std::vector<std::uint32_t> sorted(rows.size());
        std::transform(rows.begin(), rows.end(), sorted.begin(), [&added](std::uint32_t i) { return added[i]; });
        return sorted;
    };
    std::vector<std::uint32_t> titles = in_rows(titles_.of());
    parallel::together({[&] { out.titles = std::move(titles_).signed_texts_in_order(titles); },
                        [&] { out.albums = std::move(albums_).signed_texts_in_order(albums); },
                        [&] { out.credits = std::move(credits_).signed_texts(); }});
    out.tracks = Packed(in_rows(tracks_));
    out.title_of = Packed(titles);
    out.title_signatures = out.titles.signatures.of(titles);
    out.groups.begins = Column(std::move(begins));
    out.groups.credits = Column(std::move(credits));
    out.groups.albums = Packed(albums);
    out.groups.signatures = out.albums.signatures.of(albums);
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

GroupOfRows::GroupOfRows(const Groups& groups) : bits_(groups.begins[groups.size()] / 64 + 2), before_(bits_.size()) {
    for (const std::uint32_t row : groups.begins.part(0, groups.size()))
        bits_[row / 64] |= std::uint64_t{1} << (row % 64);
    for (std::size_t i = 0; i + 1 < bits_.size(); ++i)
        before_[i + 1] = before_[i] + static_cast<std::uint32_t>(__builtin_popcountll(bits_[i]));
}

const std::uint64_t* GroupOfRows::bits(std::size_t begin, std::size_t end,
                                       std::span<std::uint64_t> room) const noexcept {
    const std::uint64_t* const given = bits_.data() + begin / 64;
    const std::size_t shift = begin % 64;
    if (shift == 0) return given;
    for (std::size_t i = 0; 64 * i < end - begin; ++i) room[i] = (given[i] >> shift) | (given[i + 1] << (64 - shift));
    return room.data();
}

BesideRows::BesideRows(const Texts& of_credits, const Groups& groups)
    : credits(of_credits.size(), [&of_credits](std::size_t id) { return of_credits[id]; }), group_of(groups) {}

std::size_t Groups::of(std::size_t row) const noexcept {
    const auto behind = std::upper_bound(begins.begin(), begins.end(), row);
    return static_cast<std::size_t>(behind - begins.begin()) - 1;
}

}  // namespace musicsync::catalog
