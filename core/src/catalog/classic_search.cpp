#include "catalog/classic_search.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

#include "catalog/forms.hpp"
#include "normalize/ascii.hpp"
#include "parallel/for_blocks.hpp"
#include "score/credit_form.hpp"
#include "score/evidence.hpp"
#include "score/normal_form.hpp"
#include "similarity/code_points.hpp"

namespace musicsync::catalog {
namespace {

constexpr float done = -std::numeric_limits<float>::infinity();
constexpr std::size_t few_of = 8;  // credits of which one is looked up by itself

// Appends a text in small letters; false for one that is too long to have a row.
bool add_small(std::string_view text, std::string& out) {
    const std::size_t before = out.size();
    if (text::is_ascii(text)) {
        out.append(text);
        std::transform(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(),
                       out.begin() + static_cast<std::ptrdiff_t>(before), text::lower_ascii);
    } else {
        out.append(to_utf8(lowered(text)));
    }
    return is_signed(std::string_view(out).substr(before));
}

}  // namespace

Rows classic_rows(const Records& records) {
    const Forms titles(records.titles.size(),
                       [&](std::size_t id, std::string& out) { return add_small(records.titles[id], out); });
    const Forms credits(records.credits.size(), [&](std::size_t id, std::string& out) {
        return add_small(join(records.names(id), ", "), out);
    });
    const Forms albums(records.albums.size(),
                       [&](std::size_t id, std::string& out) { return add_small(records.albums[id], out); });
    RowsBuilder rows(records);
    for (std::uint32_t i = 0; i < records.size(); ++i) {
        const bool fits =
            titles.has(records.title_of[i]) && credits.has(records.credit_of[i]) && albums.has(records.album_of[i]);
        fits ? rows.add(i) : rows.leave_out(i);
    }
    const auto fill = [&rows](RowField& field, const Packed<std::uint32_t>& given, const Forms& forms) {
        field.add(rows.size(), forms, [&](std::size_t i) { return RowField::Next{given[rows.track(i)]}; });
    };
    parallel::together({[&] { fill(rows.titles(), records.title_of, titles); },
                        [&] { fill(rows.albums(), records.album_of, albums); },
                        [&] { fill(rows.credits(), records.credit_of, credits); }});
    return std::move(rows).build();
}

ClassicSearch::ClassicSearch(const Profile& profile, const Rows& rows, const BesideRows& beside,
                             const MadeTracks& tracks, const Track& query, const Wanted& wanted,
                             std::vector<std::uint32_t> equal_codes, Room& room)
    : profile_(profile),
      rows_(rows),
      beside_(beside),
      equal_codes_(std::move(equal_codes)),
      title_(query.normal().classic.title, rows.titles),
      artist_(query.normal().classic.artist, rows.credits),
      album_(query.normal().classic.album, rows.albums),
      artists_(rows.credits.size()),
      best_(tracks, wanted),
      room_(room) {
    for (const std::uint32_t track : equal_codes_) best_.offer({track, 1.0, std::nullopt});
    MadeTracks::Room made;
    for (const std::uint32_t track : rows.others) offer(track, classic_score(profile, query, tracks.at(track, made)));
    artist_.ratios_at_most(beside.credits, artists_);
    for (float& artist : artists_) artist *= static_cast<float>(profile.weights.artists);
    seed();
}

// So that most others are passed over.
void ClassicSearch::seed() {
    constexpr std::size_t enough = 500;
    std::vector<std::uint32_t> rows;
    for (const std::uint32_t credit : best_credits(artists_)) {
        const auto [first, last] = rows_.rows_of_credit(credit);
        rows.resize(last - first);
        std::iota(rows.begin(), rows.end(), first);
        compare(rows);
        artists_[credit] = done;
        if (rows.size() >= enough) return;
    }
}

void ClassicSearch::scan(std::size_t begin, std::size_t end) {
    for (; begin < end; begin += std::min(Rows::in_chunk, end - begin)) {
        scan_chunk(begin, std::min(begin + Rows::in_chunk, end));
    }
}

// Rows of credits that add too little for any title and album are passed over.
void ClassicSearch::scan_chunk(std::size_t begin, std::size_t end) {
    const Groups& groups = rows_.groups;
    const std::uint32_t first = groups.credits[beside_.group_of[begin]];
    const std::uint32_t last = groups.credits[beside_.group_of[end - 1]];
    const auto least = static_cast<float>(best_.floor() - profile_.weights.title - profile_.weights.album - rounding);
    std::size_t enough = 0;
    for (std::size_t credit = first; credit <= last; ++credit) enough += artists_[credit] >= least ? 1 : 0;
    if (enough * few_of > last - first + 1) return compare(survivors(begin, end));
    for (std::uint32_t credit = first; enough > 0; ++credit) {
        if (artists_[credit] < least) continue;
        const auto [from, to] = rows_.rows_of_credit(credit);
        compare(survivors(std::max<std::size_t>(from, begin), std::min<std::size_t>(to, end)));
        --enough;
    }
}

// Rows whose titles share what they need for the rows to be among the best.
std::span<const std::uint32_t> ClassicSearch::survivors(std::size_t begin, std::size_t end) {
    const Groups& groups = rows_.groups;
    const std::size_t first = beside_.group_of[begin];
    const std::size_t last = beside_.group_of[end - 1] + 1;
    room_.needs_.resize(last - first);
    album_.needs_of({groups.signatures.part(first, last), artists_.data(), groups.credits.data() + first},
                    {static_cast<float>(best_.floor() - rounding), static_cast<float>(2.0 * profile_.weights.album),
                     static_cast<float>(kernel::most_needed / std::max(profile_.weights.title, 1e-9))},
                    room_.needs_.data());
    const std::size_t count = title_.find_sharing(
        rows_.title_signatures.part(begin, end),
        {room_.needs_.data(), beside_.group_of.bits(begin, end, room_.group_bits_)}, room_.survivors_.data());
    for (std::size_t i = 0; i < count; ++i) room_.survivors_[i] += static_cast<std::uint32_t>(begin);
    return {room_.survivors_.data(), count};
}

// Exactly: title first, for most rows are out of it by that; then by what the album can be worth.
void ClassicSearch::compare(std::span<const std::uint32_t> rows) {
    const Weights& weights = profile_.weights;
    const Groups& groups = rows_.groups;
    std::array<std::uint32_t, Room::at_once> ids;
    std::array<double, Room::at_once> titles;
    for (std::size_t begin = 0; begin < rows.size(); begin += Room::at_once) {
        const std::span<const std::uint32_t> some = rows.subspan(begin, std::min(Room::at_once, rows.size() - begin));
        std::transform(some.begin(), some.end(), ids.begin(),
                       [this](std::uint32_t row) { return rows_.title_of[row]; });
        title_.ratios({ids.data(), some.size()}, titles.data());
        room_.left_ = 0;
        for (std::size_t i = 0; i < some.size(); ++i) {
            const std::size_t group = beside_.group_of[some[i]];
            const float artist = artists_[groups.credits[group]];
            if (artist == done) continue;
            const double title = weights.title * titles[i];
            const double known = title + static_cast<double>(artist) + rounding;
            if (known + weights.album < best_.floor()) continue;
            if (known + weights.album * album_.ratio_at_most(groups.signatures[group]) < best_.floor()) continue;
            const std::size_t left = room_.left_++;
            room_.tracks_[left] = rows_.tracks[some[i]];
            room_.credits_[left] = groups.credits[group];
            room_.albums_[left] = groups.albums[group];
            room_.titles_[left] = title;
        }
        offer_left();
    }
}

void ClassicSearch::offer_left() {
    std::array<double, Room::at_once> artists;
    std::array<double, Room::at_once> albums;
    artist_.ratios({room_.credits_.data(), room_.left_}, artists.data());
    album_.ratios({room_.albums_.data(), room_.left_}, albums.data());
    const Weights& weights = profile_.weights;
    for (std::size_t i = 0; i < room_.left_; ++i)
        offer(room_.tracks_[i], room_.titles_[i] + weights.artists * artists[i] + weights.album * albums[i]);
}

void ClassicSearch::offer(std::uint32_t track, double score) {
    if (std::find(equal_codes_.begin(), equal_codes_.end(), track) == equal_codes_.end())
        best_.offer({track, score, std::nullopt});
}

}  // namespace musicsync::catalog
