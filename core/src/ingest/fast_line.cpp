#include "ingest/fast_line.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "ingest/texts.hpp"
#include "musicsync/normalize.hpp"

namespace musicsync::json {

// Aliases are one field: a line that has both is for read_line.
enum class FastLine::Field : std::uint8_t {
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

namespace {

constexpr int deepest = 32;
constexpr double longest_ms = 3.6e9;  // 1,000 hours
constexpr double last_year = 9999;

bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// Of a key of the same length.
template <std::size_t Size>
bool same(std::string_view key, const char (&name)[Size]) noexcept {
    return std::memcmp(key.data(), name, Size - 1) == 0;
}

// True for a code that is canonical as it stands. Without an early end: nearly all are.
bool is_canonical_isrc(std::string_view code) noexcept {
    constexpr std::size_t length = 12;
    if (code.size() != length) return false;
    bool fits = true;
    for (std::size_t i = 0; i < 2; ++i) fits &= is_upper(code[i]);
    for (std::size_t i = 2; i < 5; ++i) fits &= is_upper(code[i]) || is_digit(code[i]);
    for (std::size_t i = 5; i < length; ++i) fits &= is_digit(code[i]);
    return fits;
}

bool duration(std::string_view word, double factor, std::int64_t& out) {
    double value = 0.0;
    if (!read_number(word, value) || !(value >= 0.0) || value * factor > longest_ms) return false;
    const double milliseconds = value * factor;
    out = static_cast<std::int64_t>(milliseconds);
    if (static_cast<double>(out) != milliseconds) out = std::llround(milliseconds);
    return true;
}

bool year(std::string_view word, std::int32_t& out) {
    double value = 0.0;
    if (!read_number(word, value) || !(value >= 0.0) || value > last_year || value != std::floor(value)) return false;
    out = static_cast<std::int32_t>(value);
    return true;
}

bool whole_id(std::string_view word) {
    double value = 0.0;
    return word.size() <= 15 && std::all_of(word.begin(), word.end(), is_digit) && read_number(word, value);
}

}  // namespace

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

void FastLine::start(std::string_view lines, std::span<const std::uint32_t> positions) noexcept {
    lines_ = lines;
    place_ = positions.data();
    escape_ = 0;
}

bool FastLine::blank(std::size_t begin, std::size_t end) noexcept {
    while (*place_ < begin) ++place_;
    return *place_ >= end;
}

// A number or a name such as `true`: up to the next position, without the blanks before that.
FastLine::Place FastLine::word(Place at, std::string_view& out) const noexcept {
    if (*at >= end_) return nullptr;
    std::size_t end = at[1];
    while (end > *at && is_blank(lines_[end - 1])) --end;
    out = lines_.substr(*at, end - *at);
    return at + 1;
}

bool FastLine::unescaped(std::string_view& text) {
    const std::size_t begin = unescaped_.size();
    if (!unescape(text, unescaped_)) return false;
    text = std::string_view(unescaped_).substr(begin);
    return true;
}

bool FastLine::put_text(Field field, std::string_view text, Row& row) {
    switch (field) {
        case Field::id: row.id = text; return true;
        case Field::title: row.title = text; return true;
        case Field::album: row.album = text; return true;
        case Field::title_reading: row.title_reading = text; return true;
        case Field::artist_reading: row.artist_reading = text; return true;
        case Field::other: return true;
        case Field::artists:
            if (!text.empty()) row.artists.push_back(text);
            return true;
        case Field::isrc: break;
        default: return false;  // a text where a number or a flag belongs
    }
    row.isrc = text;
    if (text.empty() || is_canonical_isrc(text)) return true;
    const Result<std::string> code = parse_isrc(text);
    const std::size_t begin = unescaped_.size();
    if (code) unescaped_ += *code;
    row.isrc = std::string_view(unescaped_).substr(begin);
    return true;
}

bool FastLine::put_word(Field field, std::string_view word, Row& row) {
    if (word == "null") return true;
    switch (field) {
        case Field::id: row.id = word; return whole_id(word);
        case Field::duration_ms: return duration(word, 1.0, row.duration_ms);
        case Field::duration_s: return duration(word, 1000.0, row.duration_ms);
        case Field::year: return year(word, row.release_year);
        case Field::explicit_:
            row.explicit_ = word == "true" ? Row::Flag::yes : Row::Flag::no;
            return word == "true" || word == "false";
        default: return false;
    }
}

inline FastLine::Place FastLine::value(Place at, Field field, Row& row) {
    if (!is(at, '"')) return other_value(at, field, row);
    std::string_view found;
    at = raw_text(at, found);
    if (at == nullptr || found.size() > Track::max_text_bytes) return nullptr;
    if (has_escape(found) && !unescaped(found)) return nullptr;
    return put_text(field, trimmed(found), row) ? at : nullptr;
}

FastLine::Place FastLine::other_value(Place at, Field field, Row& row) {
    if (field == Field::other) return pass_over(at, 0);
    if (field == Field::artists && is(at, '[')) return credits(at + 1, row);
    std::string_view found;
    at = word(at, found);
    return at != nullptr && put_word(field, found, row) ? at : nullptr;
}

// Behind the bracket.
FastLine::Place FastLine::credits(Place at, Row& row) {
    if (is(at, ']')) return at + 1;
    while (true) {
        if (is(at, '[')) return nullptr;  // no list in a list
        at = value(at, Field::artists, row);
        if (at == nullptr) return nullptr;
        if (is(at, ']')) return at + 1;
        if (!is(at++, ',')) return nullptr;
    }
}

// A value that nobody asked for must still be one: a line with broken JSON anywhere is no track.
FastLine::Place FastLine::pass_over(Place at, int depth) {
    std::string_view found;
    if (is(at, '"')) {
        at = raw_text(at, found);
        if (at == nullptr || !has_escape(found)) return at;
        const std::size_t size = unescaped_.size();
        const bool sound = unescape(found, unescaped_);
        unescaped_.resize(size);
        return sound ? at : nullptr;
    }
    const bool list = is(at, '[');
    if (list || is(at, '{')) {
        const char end = list ? ']' : '}';
        if (depth == deepest) return nullptr;
        if (is(++at, end)) return at + 1;
        while (true) {
            if (!list) {
                at = raw_text(at, found);
                if (at == nullptr || has_escape(found) || !is(at++, ':')) return nullptr;
            }
            at = pass_over(at, depth + 1);
            if (at == nullptr) return nullptr;
            if (is(at, end)) return at + 1;
            if (!is(at++, ',')) return nullptr;
        }
    }
    at = word(at, found);
    double number = 0.0;
    if (at == nullptr || found == "null" || found == "true" || found == "false") return at;
    return read_number(found, number) ? at : nullptr;
}

FastLine::Field FastLine::field_of(std::string_view key) noexcept {
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

bool FastLine::read(std::size_t begin, std::size_t end, Row& row) {
    row.clear();
    end_ = end;
    unescaped_.clear();
    if (unescaped_.capacity() < end - begin + row_padding) unescaped_.reserve(2 * (end - begin + row_padding));
    // One search through all lines finds the backslashes; most lines have none.
    if (escape_ < begin) escape_ = std::min(lines_.find('\\', begin), lines_.size());
    escapes_ = escape_ < end;
    while (*place_ < begin) ++place_;
    Place at = place_;
    if (!is(at++, '{')) return false;
    unsigned seen = 0;  // fields of the line so far, a bit each
    for (bool more = !is(at, '}'); more; more = is(at, ','), at += more ? 1 : 0) {
        std::string_view key;
        at = raw_text(at, key);
        if (at == nullptr || has_escape(key) || !is(at++, ':')) return false;
        const Field field = field_of(key);
        const auto known = static_cast<unsigned>(field == Field::duration_s ? Field::duration_ms : field);
        if (known != 0 && (seen >> known & 1U) != 0) return false;
        seen |= 1U << known;
        at = value(at, field, row);
        if (at == nullptr) return false;
    }
    if (!is(at, '}') || at[1] < end) return false;  // nothing may stand behind the object
    place_ = at + 1;
    return true;
}

}  // namespace musicsync::json
