#include "score/features.hpp"

#include <limits>

namespace musicsync {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr double exact = 0.97;        // titles from here on differ by a letter at most
constexpr double other_artist = 0.5;  // below, the credits name somebody else

double flag(bool value) noexcept { return value ? 1.0 : 0.0; }
double unlikeness(const std::optional<double>& similarity) noexcept { return similarity ? 1.0 - *similarity : unknown; }

bool title_exact(const Evidence& e) noexcept { return e.title && *e.title >= exact; }
bool artist_other(const Evidence& e) noexcept { return e.artist && *e.artist < other_artist; }
double gap(const Evidence& e) noexcept { return e.duration_gap_s.value_or(unknown); }

// A feature that speaks of a pair only under a condition says "unknown" elsewhere.
double when(bool condition, double value) noexcept { return condition ? value : unknown; }

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
    {"no_name_shared", -1, [](const Evidence& e) noexcept { return unlikeness(e.any_artist); }},
    {"guest_missing", -1, [](const Evidence& e) noexcept { return flag(e.guest_missing); }},
    {"album_unlike", -1, [](const Evidence& e) noexcept { return when(title_exact(e), unlikeness(e.album)); }},
    {"album_unlike_inexact", -1,
     [](const Evidence& e) noexcept { return when(!title_exact(e), unlikeness(e.album)); }},
    {"album_is_title", -1, [](const Evidence& e) noexcept { return flag(e.album_is_title); }},
    {"duration_gap", -1, [](const Evidence& e) noexcept { return when(title_exact(e), gap(e)); }},
    {"duration_gap_inexact", -1, [](const Evidence& e) noexcept { return when(!title_exact(e), gap(e)); }},
    {"duration_gap_other_artist", -1, [](const Evidence& e) noexcept { return when(artist_other(e), gap(e)); }},
    {"duration_gap_other_version", -1,
     [](const Evidence& e) noexcept { return when(e.version_gap == VersionGap::hard, gap(e)); }},
    {"duration_gap_other_edit", -1,
     [](const Evidence& e) noexcept { return when(e.version_gap == VersionGap::soft, gap(e)); }},
    {"year_gap", -1, [](const Evidence& e) noexcept { return e.year_gap ? double(*e.year_gap) : unknown; }},
    {"version_hard", -1, [](const Evidence& e) noexcept { return flag(e.version_gap == VersionGap::hard); }},
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
