#include "catalog/records.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

namespace musicsync::catalog {

Track::Fields Records::fields(std::size_t i) const {
    Track::Fields out;
    out.id = ids[i];
    out.title = titles[title_of[i]];
    out.artists = names(credit_of[i]);
    out.album = albums[album_of[i]];
    out.isrc = text_of(codes[i]);
    if (durations[i] != 0) out.duration = std::chrono::milliseconds(durations[i]);
    if (years[i] != 0) out.release_year = years[i];
    if (explicit_[i] != 0) out.explicit_ = explicit_[i] == 2;
    const auto found = std::lower_bound(read.begin(), read.end(), i);
    if (found != read.end() && *found == i) {
        const auto reading = static_cast<std::size_t>(found - read.begin());
        out.title_reading = title_readings[reading];
        out.artist_reading = artist_readings[reading];
    }
    return out;
}

std::vector<std::string> Records::names(std::size_t credit) const {
    std::vector<std::string> out;
    for_each_part(credits[credit], between_names, [&out](std::string_view name) { out.emplace_back(name); });
    return out;
}

Track Records::track(std::size_t i) const {
    Result<Track> made = Track::make(fields(i));
    return made ? *std::move(made) : *Track::make({});
}

bool Records::pass(std::size_t i, const Filter& filter) const noexcept {
    const auto lies_between = [](std::int64_t value, std::optional<std::int64_t> from, std::optional<std::int64_t> to) {
        return (!from && !to) || (value != 0 && (!from || value >= *from) && (!to || value <= *to));
    };
    const auto count = [](std::optional<std::chrono::milliseconds> time) {
        return time ? std::optional<std::int64_t>(time->count()) : std::nullopt;
    };
    return lies_between(years[i], filter.year_from, filter.year_to) &&
           lies_between(durations[i], count(filter.duration_from), count(filter.duration_to)) &&
           (!filter.explicit_ || explicit_[i] == (*filter.explicit_ ? 2 : 1));
}

std::span<const std::uint32_t> Records::with_code(std::string_view code) const noexcept {
    if (code.empty()) return {};
    struct ByCode {
        const Column<Code>& codes;
        bool operator()(std::uint32_t track, std::string_view wanted) const { return text_of(codes[track]) < wanted; }
        bool operator()(std::string_view wanted, std::uint32_t track) const { return wanted < text_of(codes[track]); }
    };
    const auto [first, last] = std::equal_range(by_code.begin(), by_code.end(), code, ByCode{codes});
    return {first, last};
}

}  // namespace musicsync::catalog
