#include "musicsync/track.hpp"

#include <algorithm>
#include <atomic>
#include <memory>

#include "musicsync/normalize.hpp"
#include "score/clean_text.hpp"
#include "score/normal_form.hpp"
#include "score/outline.hpp"
#include "score/plain_track.hpp"

namespace musicsync {
namespace {

constexpr std::chrono::milliseconds longest{std::chrono::hours{1000}};

// ASCII without blanks around it, as nearly all texts are; or nothing.
bool is_clean(const std::string& text) noexcept {
    return text.empty() || (!is_blank(text.front()) && !is_blank(text.back()) && text.size() <= Track::max_text_bytes &&
                            is_plain(text));
}

// Told sooner than by going through them for an error.
bool has_clean_texts(const Track::Fields& fields) noexcept {
    const auto is_clean_name = [](const std::string& artist) { return !artist.empty() && is_clean(artist); };
    return is_clean(fields.title) && is_clean(fields.album) &&
           std::all_of(fields.artists.begin(), fields.artists.end(), is_clean_name) && is_clean(fields.id) &&
           is_clean(fields.isrc) && is_clean(fields.title_reading) && is_clean(fields.artist_reading);
}

std::optional<Error> clean_text(std::string& text, std::string_view field) {
    if (auto error = check_text(text, field)) return error;
    const std::string_view kept = trimmed(text);
    if (kept.size() < text.size()) text = std::string(kept);
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

struct Track::State : Outline {
    State() = default;
    explicit State(Fields&& given) noexcept : fields(std::move(given)) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { delete normal.load(std::memory_order_relaxed); }

    // Of clean fields, once.
    void make_outline() {
        plain = outline_plain(fields, *this);
        if (plain.room) return;
        auto form = std::make_unique<NormalForm>(fields);
        Outline::operator=(Outline(*form, fields, &form->memory));
        normal = form.release();
    }

    Fields fields;
    PlainOutline plain;
    mutable std::atomic<const NormalForm*> normal{nullptr};
};

std::optional<Error> Track::clean(Fields& fields) {
    if (!has_clean_texts(fields)) {
        if (auto error = clean_texts(fields)) return error;
    }
    if (auto error = clean_numbers(fields)) return error;
    if (fields.isrc.empty()) return std::nullopt;
    Result<std::string> code = parse_isrc(fields.isrc);
    fields.isrc = code ? *code : std::string();
    return std::nullopt;
}

Result<Track> Track::make(Fields fields) { return Draft(std::move(fields)).finish(); }

Track::Draft::Draft() : state_(std::make_shared_for_overwrite<State>()) {}  // its members say what they begin with
Track::Draft::Draft(Fields&& fields) : state_(std::make_shared<State>(std::move(fields))) {}

Track::Fields& Track::Draft::fields() noexcept { return state_->fields; }

Result<Track> Track::Draft::finish() && {
    if (auto error = clean(state_->fields)) return *std::move(error);
    state_->make_outline();
    return Track(std::move(state_));
}

Track::Track(std::shared_ptr<const State> state) noexcept : outline_(std::move(state)) {}

const Track::State& Track::state() const noexcept { return static_cast<const State&>(*outline_); }

const std::string& Track::id() const noexcept { return state().fields.id; }
const std::string& Track::title() const noexcept { return state().fields.title; }
const std::vector<std::string>& Track::artists() const noexcept { return state().fields.artists; }
const std::string& Track::album() const noexcept { return state().fields.album; }
const std::string& Track::isrc() const noexcept { return state().fields.isrc; }
std::optional<std::chrono::milliseconds> Track::duration() const noexcept { return state().fields.duration; }
std::optional<int> Track::release_year() const noexcept { return state().fields.release_year; }
std::optional<bool> Track::explicit_() const noexcept { return state().fields.explicit_; }
const std::string& Track::title_reading() const noexcept { return state().fields.title_reading; }
const std::string& Track::artist_reading() const noexcept { return state().fields.artist_reading; }
const Track::Fields& Track::fields() const noexcept { return state().fields; }

const NormalForm& Track::normal() const {
    const State& shared = state();
    if (const NormalForm* made = shared.normal.load(std::memory_order_acquire)) return *made;
    auto mine = std::make_unique<const NormalForm>(shared.fields, shared, shared.plain.besides.get());
    const NormalForm* first = nullptr;  // another thread may have been faster
    if (!shared.normal.compare_exchange_strong(first, mine.get(), std::memory_order_acq_rel)) return *first;
    return *mine.release();
}

}  // namespace musicsync
