// The fields of one line as views, on their way into columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "musicsync/track.hpp"

namespace musicsync::json {

// So many bytes may be read behind each text of a padded row: short texts are copied without looking at their length.
inline constexpr std::size_t row_padding = 32;

// What a key of a line means. Aliases are one field: a line that has both is for read_line.
enum class Field : std::uint8_t {
    other,
    id,
    title,
    artists,
    album,
    isrc,
    duration_ms,
    duration_s,
    year,
    explicit_,
    title_reading,
    artist_reading,
};
[[nodiscard]] Field field_of(std::string_view key) noexcept;

// True for a code that is canonical as it stands.
[[nodiscard]] bool is_canonical_isrc(std::string_view code) noexcept;

inline constexpr double longest_ms = 3.6e9;  // 1,000 hours
inline constexpr double last_year = 9999;

// Clean, as Track::clean leaves them: trimmed; "", 0 and an empty list are unknown. The views end with the next row.
struct Row {
    enum class Flag : std::uint8_t { unknown, no, yes };

    std::string_view id, title, album, isrc, title_reading, artist_reading;
    std::vector<std::string_view> artists;
    std::int64_t duration_ms = 0;
    std::int32_t release_year = 0;
    Flag explicit_ = Flag::unknown;
    bool padded = false;

    void clear() noexcept;
    // Views into `fields`.
    void assign(const Track::Fields& fields);
};

}  // namespace musicsync::json
