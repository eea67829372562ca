#include "ingest/row.hpp"

#include <cstring>

namespace musicsync::json {
namespace {

bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// Of a key of the same length.
template <std::size_t Size>
bool same(std::string_view key, const char (&name)[Size]) noexcept {
    return std::memcmp(key.data(), name, Size - 1) == 0;
}

}  // namespace

Field field_of(std::string_view key) noexcept {
    switch (key.size()) {
        case 2: return same(key, "id") ? Field::id : Field::other;
        case 4: return same(key, "isrc") ? Field::isrc : same(key, "year") ? Field::year : Field::other;
        case 5: return same(key, "title") ? Field::title : same(key, "album") ? Field::album : Field::other;
        case 6: return same(key, "artist") ? Field::artists : Field::other;
        case 7: return same(key, "artists") ? Field::artists : Field::other;
        case 8: return same(key, "explicit") ? Field::explicit_ : Field::other;
        case 10:
            return same(key, "track_name") ? Field::title : same(key, "duration_s") ? Field::duration_s : Field::other;
        case 11: return same(key, "duration_ms") ? Field::duration_ms : Field::other;
        case 12: return same(key, "release_year") ? Field::year : Field::other;
        case 13: return same(key, "title_reading") ? Field::title_reading : Field::other;
        case 14: return same(key, "artist_reading") ? Field::artist_reading : Field::other;
        default: return Field::other;
    }
}

// Without an early end: nearly all are.
bool is_canonical_isrc(std::string_view code) noexcept {
    constexpr std::size_t length = 12;
    if (code.size() != length) return false;
    bool fits = true;
    for (std::size_t i = 0; i < 2; ++i) fits &= is_upper(code[i]);
    for (std::size_t i = 2; i < 5; ++i) fits &= is_upper(code[i]) || is_digit(code[i]);
    for (std::size_t i = 5; i < length; ++i) fits &= is_digit(code[i]);
    return fits;
}

void Row::clear() noexcept {
    for (std::string_view* text : {&id, &title, &album, &isrc, &title_reading, &artist_reading}) *text = {};
    artists.clear();
    duration_ms = 0;
    release_year = 0;
    explicit_ = Flag::unknown;
    padded = true;
}

void Row::assign(const Track::Fields& fields) {
    id = fields.id;
    title = fields.title;
    artists.assign(fields.artists.begin(), fields.artists.end());
    album = fields.album;
    isrc = fields.isrc;
    title_reading = fields.title_reading;
    artist_reading = fields.artist_reading;
    duration_ms = fields.duration ? fields.duration->count() : 0;
    release_year = fields.release_year.value_or(0);
    padded = false;
    explicit_ = !fields.explicit_ ? Flag::unknown : *fields.explicit_ ? Flag::yes : Flag::no;
}

}  // namespace musicsync::json
