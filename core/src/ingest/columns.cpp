#include "musicsync/columns.hpp"

#include <cmath>

namespace musicsync {
namespace {

constexpr double largest_number = 1e12;  // far beyond any duration or year, safely inside 64 bits

template <class T>
T value(const void* data, std::size_t row) noexcept {
    return static_cast<const T*>(data)[row];
}

bool bit(const NumberColumn& column, std::size_t row) noexcept {
    return Validity{static_cast<const std::uint8_t*>(column.data), column.bit_offset}[row];
}

Error bad(std::string_view field, std::string_view problem, std::size_t row) {
    return {Errc::invalid_value, std::string(field) + " " + std::string(problem), std::string(field), row};
}

std::optional<Error> check(std::string_view field, double number, std::size_t row) {
    if (std::isnan(number)) return bad(field, "is NaN", row);
    if (!(std::fabs(number) < largest_number)) return bad(field, "is out of range", row);
    return std::nullopt;
}

std::optional<Error> read_duration(const TrackColumns& columns, std::size_t row, Track::Fields& out) {
    std::optional<double> number = columns.duration_ms[row];
    const bool seconds = !number;
    if (seconds) number = columns.duration_s[row];
    if (!number) return std::nullopt;
    if (auto error = check(seconds ? "duration_s" : "duration_ms", *number, row)) return error;
    out.duration = std::chrono::milliseconds(std::llround(*number * (seconds ? 1000.0 : 1.0)));
    return std::nullopt;
}

std::optional<Error> read_year(const TrackColumns& columns, std::size_t row, Track::Fields& out) {
    std::optional<double> number = columns.release_year[row];
    const char* field = number ? "release_year" : "year";
    if (!number) number = columns.year[row];
    if (!number) return std::nullopt;
    if (auto error = check(field, *number, row)) return error;
    if (*number != std::floor(*number) || std::fabs(*number) > 1e6) return bad(field, "is not a year", row);
    out.release_year = static_cast<int>(*number);
    return std::nullopt;
}

// False where the row knows no credits.
bool read_credits(const CreditColumn& column, std::size_t row, std::vector<std::string>& out) {
    if (!column.names.present) return false;
    if (column.lists.data == nullptr) {
        const std::string_view credit = column.names[row];
        if (credit.data() == nullptr) return false;
        out.emplace_back(credit);
        return true;
    }
    if (!column.valid[row]) return false;
    for (std::size_t i = column.lists.at(row); i < column.lists.at(row + 1); ++i) {
        const std::string_view name = column.names[i];
        if (name.data() != nullptr) out.emplace_back(name);
    }
    return true;
}

}  // namespace

std::optional<double> NumberColumn::operator[](std::size_t row) const noexcept {
    if (type == Type::none || !valid[row]) return std::nullopt;
    switch (type) {
        case Type::bit: return bit(*this, row) ? 1.0 : 0.0;
        case Type::byte: return value<std::uint8_t>(data, row) != 0 ? 1.0 : 0.0;
        case Type::i8: return value<std::int8_t>(data, row);
        case Type::u8: return value<std::uint8_t>(data, row);
        case Type::i16: return value<std::int16_t>(data, row);
        case Type::u16: return value<std::uint16_t>(data, row);
        case Type::i32: return value<std::int32_t>(data, row);
        case Type::u32: return value<std::uint32_t>(data, row);
        case Type::i64: return static_cast<double>(value<std::int64_t>(data, row));
        case Type::u64: return static_cast<double>(value<std::uint64_t>(data, row));
        case Type::f32: return static_cast<double>(value<float>(data, row));
        default: return value<double>(data, row);
    }
}

std::string NumberColumn::digits(std::size_t row) const {
    if (!is_whole() || !valid[row]) return {};
    if (type == Type::i64) return std::to_string(value<std::int64_t>(data, row));
    if (type == Type::u64) return std::to_string(value<std::uint64_t>(data, row));
    return std::to_string(static_cast<std::int64_t>(*(*this)[row]));
}

Result<Track::Fields> fields_at(const TrackColumns& columns, std::size_t row) {
    Track::Fields out;
    const auto first_of = [row](const TextColumn& column, const TextColumn& alias) {
        const std::string_view text = column[row];
        return std::string(text.data() != nullptr ? text : alias[row]);
    };
    out.id = columns.id.present ? std::string(columns.id[row]) : columns.id_number.digits(row);
    out.title = first_of(columns.title, columns.track_name);
    if (!read_credits(columns.artists, row, out.artists)) read_credits(columns.artist, row, out.artists);
    out.album = columns.album[row];
    out.isrc = columns.isrc[row];
    out.title_reading = columns.title_reading[row];
    out.artist_reading = columns.artist_reading[row];
    if (auto error = read_duration(columns, row, out)) return *std::move(error);
    if (auto error = read_year(columns, row, out)) return *std::move(error);
    if (const auto flag = columns.explicit_[row]) out.explicit_ = *flag != 0.0;
    return out;
}

Result<Track> track_at(const TrackColumns& columns, std::size_t row) {
    Result<Track::Fields> fields = fields_at(columns, row);
    if (!fields) return fields.error();
    Result<Track> track = Track::make(*std::move(fields));
    if (track) return track;
    Error error = track.error();
    error.row = row;
    return error;
}

}  // namespace musicsync
