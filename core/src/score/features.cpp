#include "score/features.hpp"

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
    if (e.version_gap == VersionGap::hard) return Told::other_version;
    if (title_exact(e) && artist_other(e)) return Told::other_artist;
    if (title_exact(e)) return e.version_gap == VersionGap::soft ? Told::other_edit : Told::nothing_else;
    return !e.title || *e.title >= near || e.contained ? Told::near_title : Told::other_title;
}

// A feature that speaks of a pair only under a condition is 0, and adds nothing, elsewhere.
double when(bool condition, double value) noexcept { return condition ? value : 0.0; }

constexpr std::array<Feature, feature_count> features{{
    {"title_unlike", -1, [](const Evidence& e) noexcept { return unlikeness(e.title); }},
    {"title_inexact", -1, [](const Evidence& e) noexcept { return flag(e.title && *e.title < 1.0); }},
    {"words_missing", -1, [](const Evidence& e) noexcept { return 1.0 - e.shared_words; }},
    {"title_contained", 1, [](const Evidence& e) noexcept { return flag(e.contained); }},
    {"short_title", -1,
     [](const Evidence& e) noexcept { return flag(e.title && *e.title < 1.0 && e.title_symbols <= 5); }},
    {"title_unknown", -1, [](const Evidence& e) noexcept { return flag(!e.title); }},
    {"artist_unlike", -1, [](const Evidence& e) noexcept { return unlikeness(e.artist); }},
    {"artist_unknown", -1, [](const Evidence& e) noexcept { return flag(!e.artist); }},
    {"artist_in_other_script", -1, [](const Evidence& e) noexcept { return flag(e.artist_in_other_script); }},
    {"no_name_shared", -1, [](const Evidence& e) noexcept { return unlikeness(e.any_artist); }},
    {"artist_words_missing", -1, [](const Evidence& e) noexcept { return 1.0 - e.artist_words; }},
    {"guest_missing", -1, [](const Evidence& e) noexcept { return flag(e.guest_missing); }},
    {"album_unlike", -1, [](const Evidence& e) noexcept { return when(title_exact(e), unlikeness(e.album)); }},
    {"album_unlike_inexact", -1,
     [](const Evidence& e) noexcept { return when(!title_exact(e), unlikeness(e.album)); }},
    {"album_is_title", -1, [](const Evidence& e) noexcept { return flag(e.album_is_title); }},
    {"duration_gap", -1, [](const Evidence& e) noexcept { return when(told_by(e) == Told::nothing_else, gap(e)); }},
    {"duration_gap_near_title", -1,
     [](const Evidence& e) noexcept { return when(told_by(e) == Told::near_title, gap(e)); }},
    {"duration_gap_other_title", -1,
     [](const Evidence& e) noexcept { return when(told_by(e) == Told::other_title, gap(e)); }},
    {"duration_gap_other_artist", -1,
     [](const Evidence& e) noexcept { return when(told_by(e) == Told::other_artist, gap(e)); }},
    {"duration_gap_other_version", -1,
     [](const Evidence& e) noexcept { return when(told_by(e) == Told::other_version, gap(e)); }},
    {"duration_gap_other_edit", -1,
     [](const Evidence& e) noexcept { return when(told_by(e) == Told::other_edit, gap(e)); }},
    {"near_title", -1, [](const Evidence& e) noexcept { return flag(told_by(e) == Told::near_title); }},
    {"other_title", -1, [](const Evidence& e) noexcept { return flag(told_by(e) == Told::other_title); }},
    {"other_artist", -1, [](const Evidence& e) noexcept { return flag(told_by(e) == Told::other_artist); }},
    {"equal_title_of_other_artist", 1,
     [](const Evidence& e) noexcept {
         return when(told_by(e) == Told::other_artist, static_cast<double>(e.title_symbols));
     }},
    {"year_gap", -1, [](const Evidence& e) noexcept { return e.year_gap ? double(*e.year_gap) : unknown; }},
    {"version_hard", -1, [](const Evidence& e) noexcept { return flag(e.version_gap == VersionGap::hard); }},
    {"version_keeps_length", -1, [](const Evidence& e) noexcept { return flag(e.version_keeps_length); }},
    {"version_soft", -1, [](const Evidence& e) noexcept { return flag(e.version_gap == VersionGap::soft); }},
    {"version_agrees", 1, [](const Evidence& e) noexcept { return flag(e.version_agrees); }},
    {"part_conflict", -1, [](const Evidence& e) noexcept { return flag(e.part_conflict); }},
    {"part_missing", -1, [](const Evidence& e) noexcept { return flag(e.part_missing); }},
    {"number_conflict", -1, [](const Evidence& e) noexcept { return flag(e.number_conflict); }},
    {"number_missing", -1,
     [](const Evidence& e) noexcept { return flag(e.number_missing && e.title && *e.title < 1.0); }},
    {"explicit_conflict", -1, [](const Evidence& e) noexcept { return flag(e.explicit_conflict); }},
    {"misplaced", -1, [](const Evidence& e) noexcept { return flag(e.misplaced); }},
    {"romanized", -1, [](const Evidence& e) noexcept { return flag(e.romanized); }},
    {"scripts_differ", -1, [](const Evidence& e) noexcept { return flag(e.scripts_differ && !e.romanized); }},
    {"joined_unlike", -1, [](const Evidence& e) noexcept { return unlikeness(e.joined); }},
    {"joined_uncovered", -1, [](const Evidence& e) noexcept { return unlikeness(e.joined_cover); }},
}};

}  // namespace

const std::array<Feature, feature_count>& all_features() noexcept { return features; }

FeatureValues features_of(const Evidence& evidence) noexcept {
    FeatureValues out{};
    for (std::size_t i = 0; i < feature_count; ++i) out[i] = features[i].value(evidence);
    return out;
}

}  // namespace musicsync
