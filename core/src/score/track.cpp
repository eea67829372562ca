#include "musicsync/track.hpp"

#include "musicsync/normalize.hpp"
#include "score/normal_form.hpp"
#include "similarity/code_points.hpp"

namespace musicsync {
namespace {

constexpr std::chrono::milliseconds longest{std::chrono::hours{1000}};

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blank = " \t\r\n\v\f";
    const std::size_t first = text.find_first_not_of(blank);
    return first == std::string_view::npos ? std::string_view{}
                                           : text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::optional<Error> clean_text(std::string& text, std::string_view field) {
    if (text.empty()) return std::nullopt;
    const std::string where(field);
    if (text.size() > Track::max_text_bytes) {
        return Error{Errc::too_long, where + " has " + std::to_string(text.size()) + " bytes, more than 1 MiB", where};
    }
    if (const std::size_t at = find_invalid_utf8(text); at != std::string_view::npos) {
        return Error{Errc::invalid_utf8, where + " is not UTF-8 at byte " + std::to_string(at), where};
    }
    if (text.find('\0') != std::string::npos) return Error{Errc::invalid_value, where + " holds U+0000", where};
    if (const std::string_view kept = trimmed(text); kept.size() < text.size()) text = std::string(kept);
    return std::nullopt;
}

std::optional<Error> clean_texts(Track::Fields& fields) {
    if (auto error = clean_text(fields.id, "id")) return error;
    if (auto error = clean_text(fields.title, "title")) return error;
    for (std::string& artist : fields.artists) {
        if (auto error = clean_text(artist, "artists")) return error;
    }
    std::erase_if(fields.artists, [](const std::string& artist) { return artist.empty(); });
    if (auto error = clean_text(fields.album, "album")) return error;
    if (auto error = clean_text(fields.title_reading, "title_reading")) return error;
    if (auto error = clean_text(fields.artist_reading, "artist_reading")) return error;
    return clean_text(fields.isrc, "isrc");
}

std::optional<Error> clean_numbers(Track::Fields& fields) {
    if (fields.duration == std::chrono::milliseconds{0}) fields.duration.reset();
    if (fields.release_year == 0) fields.release_year.reset();
    if (fields.duration && (fields.duration->count() < 0 || *fields.duration > longest)) {
        return Error{Errc::invalid_value,
                     "duration_ms is " + std::to_string(fields.duration->count()) + ", not between 0 and 1,000 hours",
                     "duration_ms"};
    }
    if (fields.release_year && (*fields.release_year < 1 || *fields.release_year > 9999)) {
        return Error{Errc::invalid_value,
                     "release_year is " + std::to_string(*fields.release_year) + ", not between 1 and 9999",
                     "release_year"};
    }
    return std::nullopt;
}

}  // namespace

struct Track::State {
    explicit State(Fields&& given) : fields(std::move(given)), normal(make_normal_form(fields)) {}
    Fields fields;
    NormalForm normal;
};

Result<Track> Track::make(Fields fields) {
    if (auto error = clean_texts(fields)) return *std::move(error);
    if (auto error = clean_numbers(fields)) return *std::move(error);
    if (!fields.isrc.empty()) {
        Result<std::string> code = parse_isrc(fields.isrc);
        fields.isrc = code ? *code : std::string();
    }
    return Track(std::make_shared<const State>(std::move(fields)));
}

const std::string& Track::id() const noexcept { return state_->fields.id; }
const std::string& Track::title() const noexcept { return state_->fields.title; }
const std::vector<std::string>& Track::artists() const noexcept { return state_->fields.artists; }
const std::string& Track::album() const noexcept { return state_->fields.album; }
const std::string& Track::isrc() const noexcept { return state_->fields.isrc; }
std::optional<std::chrono::milliseconds> Track::duration() const noexcept { return state_->fields.duration; }
std::optional<int> Track::release_year() const noexcept { return state_->fields.release_year; }
std::optional<bool> Track::explicit_() const noexcept { return state_->fields.explicit_; }
const std::string& Track::title_reading() const noexcept { return state_->fields.title_reading; }
const std::string& Track::artist_reading() const noexcept { return state_->fields.artist_reading; }
const Track::Fields& Track::fields() const noexcept { return state_->fields; }
const NormalForm& Track::normal() const noexcept { return state_->normal; }

}  // namespace musicsync
