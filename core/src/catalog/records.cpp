#include "catalog/records.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>

namespace musicsync::catalog {
namespace {

constexpr char between_names = '\0';  // no name has one

}  // namespace

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

void RecordsBuilder::Appender::add(std::string_view text) {
    if (text.size() > std::numeric_limits<std::uint32_t>::max() - bytes.size())
        overflown = true;
    else
        bytes.insert(bytes.end(), text.begin(), text.end());
    begins.push_back(static_cast<std::uint32_t>(bytes.size()));
}

void RecordsBuilder::add(const Track::Fields& fields) {
    if (!fields.title_reading.empty() || !fields.artist_reading.empty()) {
        read_.push_back(static_cast<std::uint32_t>(size()));
        title_readings_.add(fields.title_reading);
        artist_readings_.add(fields.artist_reading);
    }
    credit_.clear();
    for (const std::string& name : fields.artists) {
        if (!credit_.empty()) credit_.push_back(between_names);
        credit_.append(name);
    }
    ids_.add(fields.id);
    title_of_.push_back(titles_.add(fields.title));
    credit_of_.push_back(credits_.add(credit_));
    album_of_.push_back(albums_.add(fields.album));
    Code code{};
    std::copy_n(fields.isrc.begin(), std::min(fields.isrc.size(), code.size()), code.begin());
    codes_.push_back(code);
    durations_.push_back(fields.duration ? static_cast<std::uint32_t>(fields.duration->count()) : 0);
    years_.push_back(static_cast<std::uint16_t>(fields.release_year.value_or(0)));
    explicit_.push_back(fields.explicit_ ? (*fields.explicit_ ? 2 : 1) : 0);
}

bool RecordsBuilder::overflown() const noexcept {
    return ids_.overflown || titles_.overflown() || credits_.overflown() || albums_.overflown() ||
           title_readings_.overflown || artist_readings_.overflown ||
           size() > std::numeric_limits<std::uint32_t>::max() - 1;
}

Records RecordsBuilder::build() && {
    std::vector<std::uint32_t> by_code;
    for (std::uint32_t i = 0; i < codes_.size(); ++i) {
        if (codes_[i][0] != '\0') by_code.push_back(i);
    }
    std::sort(by_code.begin(), by_code.end(), [this](std::uint32_t a, std::uint32_t b) {
        return codes_[a] != codes_[b] ? codes_[a] < codes_[b] : a < b;
    });
    Records out;
    out.ids = std::move(ids_).strings();
    out.titles = std::move(titles_).strings();
    out.title_of = Column(std::move(title_of_));
    out.credits = std::move(credits_).strings();
    out.credit_of = Column(std::move(credit_of_));
    out.albums = std::move(albums_).strings();
    out.album_of = Column(std::move(album_of_));
    out.codes = Column(std::move(codes_));
    out.durations = Column(std::move(durations_));
    out.years = Column(std::move(years_));
    out.explicit_ = Column(std::move(explicit_));
    out.read = Column(std::move(read_));
    out.title_readings = std::move(title_readings_).strings();
    out.artist_readings = std::move(artist_readings_).strings();
    out.by_code = Column(std::move(by_code));
    return out;
}

}  // namespace musicsync::catalog
