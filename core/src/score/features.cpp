#include "score/features.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace musicsync {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr double exact = 0.97;        // titles from here on differ by a letter at most
constexpr double same_artist = 0.45;  // below, the credits name somebody else
constexpr double near_artist = 0.65;  // ... or below this where no word of theirs is shared

double flag(bool value) noexcept { return value ? 1.0 : 0.0; }
double unlikeness(const std::optional<double>& similarity) noexcept { return similarity ? 1.0 - *similarity : unknown; }

bool title_exact(const Evidence& e) noexcept { return e.title && *e.title >= exact; }
bool artist_other(const Evidence& e) noexcept {
    return e.artist && *e.artist < (e.artist_words > 0.0 ? same_artist : near_artist);
}
double gap(const Evidence& e) noexcept { return e.duration_gap_s.value_or(unknown); }

// What an equal duration means depends on what else is told: of one title by two artists it is chance or a cover.
enum class Told : std::uint8_t { nothing_else, near_title, other_title, other_artist, other_version, other_edit };

Told told_by(const Evidence& e) noexcept {
    constexpr double near = 0.7;
    constexpr double small_part = 0.6;
    constexpr double few_words = 0.34;
    if (e.version_gap == VersionGap::hard) return Told::other_version;
    if (title_exact(e) && artist_other(e)) return Told::other_artist;
    if (title_exact(e)) return e.version_gap == VersionGap::soft ? Told::other_edit : Told::nothing_else;
    if (e.title && e.shared_words < few_words && !e.contained) return Told::other_title;  // "Dani California"
    return !e.title || *e.title >= near || (e.contained && *e.title >= small_part) ? Told::near_title
                                                                                   : Told::other_title;
}

constexpr std::array<Feature, feature_count> features{{
    {FeatureId::title_unlike, "title_unlike", -1},
    {FeatureId::title_inexact, "title_inexact", -1},
    {FeatureId::words_missing, "words_missing", -1},
    {FeatureId::title_contained, "title_contained", 1},
    {FeatureId::short_title, "short_title", -1},
    {FeatureId::title_unknown, "title_unknown", -1},
    {FeatureId::nothing_known, "nothing_known", -1},
    {FeatureId::artist_unlike, "artist_unlike", -1},
    {FeatureId::artist_unknown, "artist_unknown", -1},
    {FeatureId::artist_in_other_script, "artist_in_other_script", -1},
    {FeatureId::no_name_shared, "no_name_shared", -1},
    {FeatureId::artist_words_missing, "artist_words_missing", -1},
    {FeatureId::guest_missing, "guest_missing", -1},
    {FeatureId::album_unlike, "album_unlike", -1},
    {FeatureId::album_unlike_inexact, "album_unlike_inexact", -1},
    {FeatureId::album_is_title, "album_is_title", -1},
    {FeatureId::duration_gap, "duration_gap", -1},
    {FeatureId::duration_gap_near_title, "duration_gap_near_title", -1},
    {FeatureId::duration_gap_other_title, "duration_gap_other_title", -1},
    {FeatureId::duration_gap_other_artist, "duration_gap_other_artist", -1},
    {FeatureId::duration_gap_other_version, "duration_gap_other_version", -1},
    {FeatureId::duration_gap_other_edit, "duration_gap_other_edit", -1},
    {FeatureId::near_title, "near_title", -1},
    {FeatureId::other_title, "other_title", -1},
    {FeatureId::other_artist, "other_artist", -1},
    {FeatureId::equal_title_of_other_artist, "equal_title_of_other_artist", 1},
    {FeatureId::year_gap, "year_gap", -1},
    {FeatureId::version_hard, "version_hard", -1},
    {FeatureId::version_keeps_length, "version_keeps_length", -1},
    {FeatureId::version_soft, "version_soft", -1},
    {FeatureId::version_agrees, "version_agrees", 1},
    {FeatureId::part_conflict, "part_conflict", -1},
    {FeatureId::part_missing, "part_missing", -1},
    {FeatureId::number_conflict, "number_conflict", -1},
    {FeatureId::number_missing, "number_missing", -1},
    {FeatureId::explicit_conflict, "explicit_conflict", -1},
    {FeatureId::misplaced, "misplaced", -1},
    {FeatureId::romanized, "romanized", -1},
    {FeatureId::scripts_differ, "scripts_differ", -1},
    {FeatureId::joined_unlike, "joined_unlike", -1},
    {FeatureId::joined_uncovered, "joined_uncovered", -1},
}};

constexpr bool each_in_its_place() {
    for (std::size_t i = 0; i < feature_count; ++i) {
        if (static_cast<std::size_t>(features[i].id) != i) return false;
    }
    return true;
}
static_assert(each_in_its_place());

// Everything is 0 until it is set: most flags are not.
template <std::size_t stride>
class Writer {
  public:
    Writer(const Evidence& evidence, double* values) noexcept
        : e_(evidence), told_(told_by(evidence)), values_(values) {}

    void write() noexcept {
        write_title();
        write_artist();
        write_duration();
        write_version();
        mark(FeatureId::album_is_title, e_.album_is_title);
        set(title_exact(e_) ? FeatureId::album_unlike : FeatureId::album_unlike_inexact, unlikeness(e_.album));
        set(FeatureId::year_gap, e_.year_gap ? static_cast<double>(*e_.year_gap) : unknown);
        mark(FeatureId::explicit_conflict, e_.explicit_conflict);
        set(FeatureId::joined_unlike, unlikeness(e_.joined));
        set(FeatureId::joined_uncovered, unlikeness(e_.joined_cover));
    }

  private:
    void set(FeatureId id, double value) noexcept { values_[static_cast<std::size_t>(id) * stride] = value; }
    // What hardly a pair has: no write where it has not.
    void mark(FeatureId id, bool value) noexcept {
        if (value) [[unlikely]]
            set(id, 1.0);
    }

    void write_title() noexcept {
        const bool inexact = e_.title && *e_.title < 1.0;
        set(FeatureId::title_unlike, unlikeness(e_.title));
        set(FeatureId::title_inexact, flag(inexact));
        set(FeatureId::words_missing, 1.0 - e_.shared_words);
        mark(FeatureId::title_contained, e_.contained);
        mark(FeatureId::short_title, inexact && e_.title_symbols <= 5);
        mark(FeatureId::title_unknown, !e_.title);
        mark(FeatureId::nothing_known, !e_.title && !e_.artist && !e_.album);
        mark(FeatureId::near_title, told_ == Told::near_title);
        set(FeatureId::other_title, flag(told_ == Told::other_title));
        mark(FeatureId::part_conflict, e_.part_conflict);
        mark(FeatureId::part_missing, e_.part_missing);
        mark(FeatureId::number_conflict, e_.number_conflict);
        mark(FeatureId::number_missing, inexact && e_.number_missing);
        mark(FeatureId::misplaced, e_.misplaced);
        mark(FeatureId::romanized, e_.romanized);
        mark(FeatureId::scripts_differ, e_.scripts_differ && !e_.romanized);
    }

    void write_artist() noexcept {
        set(FeatureId::artist_unlike, unlikeness(e_.artist));
        mark(FeatureId::artist_unknown, !e_.artist);
        mark(FeatureId::artist_in_other_script, e_.artist_in_other_script);
        set(FeatureId::no_name_shared, unlikeness(e_.any_artist));
        set(FeatureId::artist_words_missing, 1.0 - e_.artist_words);
        mark(FeatureId::guest_missing, e_.guest_missing);
        if (told_ != Told::other_artist) return;
        set(FeatureId::other_artist, 1.0);
        set(FeatureId::equal_title_of_other_artist, static_cast<double>(e_.title_symbols));
    }

    void write_duration() noexcept {
        constexpr FeatureId by_told[] = {FeatureId::duration_gap,
                                         FeatureId::duration_gap_near_title,
                                         FeatureId::duration_gap_other_title,
                                         FeatureId::duration_gap_other_artist,
                                         FeatureId::duration_gap_other_version,
                                         FeatureId::duration_gap_other_edit};
        set(by_told[static_cast<std::size_t>(told_)], gap(e_));
    }

    void write_version() noexcept {
        mark(FeatureId::version_hard, e_.version_gap == VersionGap::hard);
        mark(FeatureId::version_soft, e_.version_gap == VersionGap::soft);
        mark(FeatureId::version_keeps_length, e_.version_keeps_length);
        mark(FeatureId::version_agrees, e_.version_agrees);
    }

    const Evidence& e_;
    Told told_;
    double* values_;
};

}  // namespace

const std::array<Feature, feature_count>& all_features() noexcept { return features; }

template <std::size_t stride>
void write_features(const Evidence& evidence, double* values) noexcept {
    Writer<stride>(evidence, values).write();
}
template void write_features<features_in_columns>(const Evidence& evidence, double* values) noexcept;

FeatureValues features_of(const Evidence& evidence) noexcept {
    FeatureValues values{};
    write_features<1>(evidence, values.data());
    return values;
}

}  // namespace musicsync
