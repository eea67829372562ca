#include "catalog/records.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <ranges>

namespace musicsync::catalog {
namespace {

constexpr std::string_view digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view letters = digits.substr(10);
constexpr std::size_t code_size = 12;

// What stands at a place of a code: two letters, three letters or digits, seven digits.
constexpr std::string_view symbols_at(std::size_t place) noexcept {
    return place < 2 ? letters : place < 5 ? digits : digits.substr(0, 10);
}

}  // namespace

Code code_of(std::string_view isrc) noexcept {
    if (isrc.size() != code_size) return 0;
    Code out = 0;
    for (std::size_t i = 0; i < code_size; ++i) {
        const std::size_t digit = symbols_at(i).find(isrc[i]);
        if (digit == std::string_view::npos) return 0;
        out = out * symbols_at(i).size() + digit;
    }
    return out + 1;
}

std::string text_of(Code code) {
    if (code == 0) return {};
    std::string out(code_size, '0');
    --code;
    for (std::size_t i = code_size; i-- > 0; code /= symbols_at(i).size())
        out[i] = symbols_at(i)[code % symbols_at(i).size()];
    return out;
}

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

std::vector<std::uint32_t> Records::with_code(std::string_view isrc) const {
    const Code code = code_of(isrc);
    if (code == 0) return {};
    const auto code_at = [this](std::size_t place) { return codes[by_code[place]]; };
    std::vector<std::uint32_t> out;
    for (const std::size_t place :
         std::ranges::equal_range(std::views::iota(std::size_t{0}, by_code.size()), code, {}, code_at))
        out.push_back(by_code[place]);
    return out;
}

}  // namespace musicsync::catalog
