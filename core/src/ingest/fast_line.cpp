#include "ingest/fast_line.hpp"

#include <algorithm>
#include <cmath>

#include "ingest/texts.hpp"
#include "musicsync/normalize.hpp"

namespace musicsync::json {
namespace {

constexpr int deepest = 32;
constexpr double longest_ms = 3.6e9;  // 1,000 hours
constexpr double last_year = 9999;

bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

enum Seen : unsigned {
    seen_id = 1U << 0,
    seen_title = 1U << 1,
    seen_artists = 1U << 2,
    seen_album = 1U << 3,
    seen_isrc = 1U << 4,
    seen_duration = 1U << 5,
    seen_year = 1U << 6,
    seen_explicit = 1U << 7,
    seen_title_reading = 1U << 8,
    seen_artist_reading = 1U << 9,
};

// The code if it is canonical as it stands.
bool is_canonical_isrc(std::string_view code) noexcept {
    if (code.size() != 12) return false;
    const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return std::all_of(code.begin(), code.begin() + 2, upper) &&
           std::all_of(code.begin() + 2, code.begin() + 5, [&](char c) { return upper(c) || digit(c); }) &&
           std::all_of(code.begin() + 5, code.end(), digit);
}

}  // namespace

void Row::clear() noexcept {
    id = title = album = isrc = title_reading = artist_reading = {};
    artists.clear();
    duration_ms = 0;
    release_year = 0;
    explicit_ = Flag::unknown;
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
    explicit_ = !fields.explicit_ ? Flag::unknown : *fields.explicit_ ? Flag::yes : Flag::no;
}

void FastLine::start(std::string_view lines, std::span<const std::uint32_t> positions) noexcept {
    lines_ = lines;
    positions_ = positions.data();
    next_ = 0;
    escape_ = 0;
}

void FastLine::seek(std::size_t begin) noexcept {
    while (positions_[next_] < begin) ++next_;
}

bool FastLine::blank(std::size_t begin, std::size_t end) noexcept {
    seek(begin);
    return positions_[next_] >= end;
}

// From the next position up to the one behind it, without blanks at the end.
std::string_view FastLine::token() noexcept {
    const std::size_t begin = positions_[next_++];
    std::size_t end = positions_[next_];
    while (end > begin && is_blank(lines_[end - 1])) --end;
    return lines_.substr(begin, end - begin);
}

// Between two quotes there is nothing but a text: its end is the last quote before the next position.
bool FastLine::raw_text(std::string_view& out) noexcept {
    if (!is('"')) return false;
    out = token();
    if (out.size() < 2 || out.back() != '"') return false;
    out = out.substr(1, out.size() - 2);
    return true;
}

// One search through all lines finds the backslashes; most lines have none.
bool FastLine::has_escape(std::string_view raw) noexcept {
    const auto begin = static_cast<std::size_t>(raw.data() - lines_.data());
    if (escape_ < begin) escape_ = std::min(lines_.find('\\', begin), lines_.size());
    return escape_ < begin + raw.size();
}

bool FastLine::text(std::string_view& out) {
    std::string_view raw;
    if (!raw_text(raw) || raw.size() > Track::max_text_bytes) return false;
    if (has_escape(raw)) {
        const std::size_t begin = unescaped_.size();
        if (!unescape(raw, unescaped_)) return false;
        raw = std::string_view(unescaped_).substr(begin);
    }
    out = trimmed(raw);
    return true;
}

bool FastLine::text_or_null(std::string_view& out) {
    if (is('"')) return text(out);
    return is('n') && token() == "null";
}

bool FastLine::id(std::string_view& out) {
    if (is('"') || is('n')) return text_or_null(out);
    if (positions_[next_] >= end_) return false;
    out = token();
    double value = 0.0;
    constexpr auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return out.size() <= 15 && std::all_of(out.begin(), out.end(), digit) && read_number(out, value);
}

bool FastLine::isrc(std::string_view& out) {
    if (!text_or_null(out)) return false;
    if (out.empty() || is_canonical_isrc(out)) return true;
    const Result<std::string> code = parse_isrc(out);
    const std::size_t begin = unescaped_.size();
    if (code) unescaped_ += *code;
    out = std::string_view(unescaped_).substr(begin);
    return true;
}

bool FastLine::credits(std::vector<std::string_view>& out) {
    std::string_view name;
    const auto keep = [&out, &name] {
        if (!name.empty()) out.push_back(name);
    };
    if (!take('[')) {
        if (!text_or_null(name)) return false;
        keep();
        return true;
    }
    if (take(']')) return true;
    do {
        name = {};
        if (!text_or_null(name)) return false;
        keep();
    } while (take(','));
    return take(']');
}

bool FastLine::number_or_null(double& out) {
    if (positions_[next_] >= end_) return false;
    const std::string_view written = token();
    return written == "null" || read_number(written, out);
}

bool FastLine::duration(double factor, std::int64_t& out) {
    double value = 0.0;
    if (!number_or_null(value) || !(value >= 0.0) || value * factor > longest_ms) return false;
    const double milliseconds = value * factor;
    out = static_cast<std::int64_t>(milliseconds);
    if (static_cast<double>(out) != milliseconds) out = std::llround(milliseconds);
    return true;
}

bool FastLine::year(std::int32_t& out) {
    double value = 0.0;
    if (!number_or_null(value) || !(value >= 0.0) || value > last_year || value != std::floor(value)) return false;
    out = static_cast<std::int32_t>(value);
    return true;
}

bool FastLine::flag(Row::Flag& out) {
    if (positions_[next_] >= end_) return false;
    const std::string_view written = token();
    if (written == "true") out = Row::Flag::yes;
    if (written == "false") out = Row::Flag::no;
    return out != Row::Flag::unknown || written == "null";
}

// A value that nobody asked for must still be one: a line with broken JSON anywhere is no track.
bool FastLine::pass_over(int depth) {
    std::string_view raw;
    if (is('"')) {
        if (!raw_text(raw)) return false;
        const std::size_t begin = unescaped_.size();
        const bool sound = !has_escape(raw) || unescape(raw, unescaped_);
        unescaped_.resize(begin);
        return sound;
    }
    if (depth == deepest || positions_[next_] >= end_) return false;
    if (take('[')) {
        if (take(']')) return true;
        do {
            if (!pass_over(depth + 1)) return false;
        } while (take(','));
        return take(']');
    }
    if (take('{')) {
        if (take('}')) return true;
        do {
            if (!raw_text(raw) || has_escape(raw) || !take(':') || !pass_over(depth + 1)) return false;
        } while (take(','));
        return take('}');
    }
    const std::string_view word = token();
    double value = 0.0;
    return word == "null" || word == "true" || word == "false" || read_number(word, value);
}

bool FastLine::field(std::string_view key, Row& row) {
    const auto first = [this](unsigned bit) {
        const bool fresh = (seen_ & bit) == 0;
        seen_ |= bit;
        return fresh;
    };
    switch (key.size()) {
        case 2:
            if (key == "id") return first(seen_id) && id(row.id);
            break;
        case 4:
            if (key == "isrc") return first(seen_isrc) && isrc(row.isrc);
            if (key == "year") return first(seen_year) && year(row.release_year);
            break;
        case 5:
            if (key == "title") return first(seen_title) && text_or_null(row.title);
            if (key == "album") return first(seen_album) && text_or_null(row.album);
            break;
        case 6:
            if (key == "artist") return first(seen_artists) && credits(row.artists);
            break;
        case 7:
            if (key == "artists") return first(seen_artists) && credits(row.artists);
            break;
        case 8:
            if (key == "explicit") return first(seen_explicit) && flag(row.explicit_);
            break;
        case 10:
            if (key == "track_name") return first(seen_title) && text_or_null(row.title);
            if (key == "duration_s") return first(seen_duration) && duration(1000.0, row.duration_ms);
            break;
        case 11:
            if (key == "duration_ms") return first(seen_duration) && duration(1.0, row.duration_ms);
            break;
        case 12:
            if (key == "release_year") return first(seen_year) && year(row.release_year);
            break;
        case 13:
            if (key == "title_reading") return first(seen_title_reading) && text_or_null(row.title_reading);
            break;
        case 14:
            if (key == "artist_reading") return first(seen_artist_reading) && text_or_null(row.artist_reading);
            break;
        default: break;
    }
    return pass_over(0);
}

bool FastLine::read(std::size_t begin, std::size_t end, Row& row) {
    row.clear();
    seen_ = 0;
    end_ = end;
    seek(begin);
    unescaped_.clear();
    if (unescaped_.capacity() < end - begin + 16) unescaped_.reserve(2 * (end - begin + 16));
    if (!take('{')) return false;
    if (!take('}')) {
        std::string_view key;
        do {
            if (!raw_text(key) || has_escape(key) || !take(':') || !field(key, row)) return false;
        } while (take(','));
        if (!take('}')) return false;
    }
    return positions_[next_] >= end;  // nothing behind the object
}

}  // namespace musicsync::json
