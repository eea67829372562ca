#include "ingest/fast_line.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "ingest/texts.hpp"
#include "musicsync/normalize.hpp"

namespace musicsync::json {

namespace {

constexpr int deepest = 32;

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

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

void FastLine::start(std::string_view lines, std::span<const std::uint32_t> positions) noexcept {
    lines_ = lines;
    place_ = positions.data();
    places_end_ = place_ + positions.size();
    escape_ = std::min(lines.find('\\'), lines.size());
}

std::span<const std::uint32_t> FastLine::places(std::size_t begin) noexcept {
    while (*place_ < begin) ++place_;
    return {place_, std::max(place_, places_end_)};
}

// One search through all lines finds the backslashes; most lines have none.
std::size_t FastLine::escape(std::size_t begin) noexcept {
    if (escape_ < begin) escape_ = std::min(lines_.find('\\', begin), lines_.size());
    return escape_;
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

bool FastLine::read(std::size_t begin, std::size_t end, Row& row) {
    row.clear();
    end_ = end;
    unescaped_.clear();
    if (unescaped_.capacity() < end - begin + row_padding) unescaped_.reserve(2 * (end - begin + row_padding));
    escapes_ = escape(begin) < end;
    Place at = places(begin).data();
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
