#include <algorithm>

#include "score/evidence.hpp"

namespace musicsync {
namespace {

constexpr double title_weight = 0.50;
constexpr double artist_weight = 0.35;
constexpr double album_weight = 0.15;

// Below these an equal ISRC is contradicted by the texts.
constexpr double isrc_title_floor = 0.55;
constexpr double isrc_artist_floor = 0.40;
constexpr double isrc_duration_s = 8.0;

// Titles of so few symbols are equal or they are different: one letter is another word.
constexpr std::size_t short_title = 5;

double ramp(double value, double from, double to) noexcept {
    return std::clamp((value - from) / (to - from), 0.0, 1.0);
}

double duration_penalty(const Evidence& e) noexcept {
    return e.duration_gap_s ? 0.12 * ramp(*e.duration_gap_s, 3.0, 30.0) : 0.0;
}

double version_penalty(const Evidence& e) noexcept {
    if (e.version_gap == VersionGap::none) return 0.0;
    return e.version_gap == VersionGap::hard ? 0.25 : 0.08;
}

double part_penalty(const Evidence& e) noexcept { return e.part_conflict ? 0.20 : e.part_missing ? 0.04 : 0.0; }

double short_penalty(const Evidence& e) noexcept {
    return e.title && *e.title < 1.0 && e.title_symbols <= short_title ? 0.10 : 0.0;
}

// "Dani California" and "Californication" share most letters and no word.
double words_penalty(const Evidence& e) noexcept {
    return e.title && *e.title < 0.97 ? 0.15 * (1.0 - e.shared_words) : 0.0;
}

double year_penalty(const Evidence& e) noexcept { return e.year_gap ? 0.02 * ramp(*e.year_gap, 1.0, 10.0) : 0.0; }

// Fewer known fields are weaker evidence: nothing is taken as different, but a candidate that agrees in more ranks
// first.
double unknown_penalty(const Evidence& e) noexcept { return (e.title ? 0.0 : 0.20) + (e.artist ? 0.0 : 0.06); }

struct Term {
    const char* name;
    double (*points)(const Evidence&) noexcept;
};

constexpr Term terms[] = {
    {"version", version_penalty},
    {"duration", duration_penalty},
    {"part", part_penalty},
    {"number", [](const Evidence& e) noexcept { return e.number_conflict ? 0.12 : 0.0; }},
    {"words", words_penalty},
    {"short_title", short_penalty},
    {"year", year_penalty},
    {"explicit", [](const Evidence& e) noexcept { return e.explicit_conflict ? 0.03 : 0.0; }},
    {"unknown", unknown_penalty},
};

}  // namespace

WeightedFields weights_of(const Evidence& e) noexcept {
    const double title = e.title ? title_weight : 0.0;
    const double artist = e.artist ? artist_weight : 0.0;
    const double album = e.album ? album_weight : 0.0;
    const double known = title + artist + album;
    if (known <= 0.0) return {0.0, 0.0, 0.0};
    return {title / known, artist / known, album / known};
}

std::vector<NamedPenalty> penalties_of(const Evidence& evidence) {
    std::vector<NamedPenalty> out;
    for (const Term& term : terms) {
        const double points = term.points(evidence);
        if (points > 0.0) out.push_back({term.name, points});
    }
    return out;
}

double standard_score(const Evidence& e) noexcept {
    const WeightedFields weights = weights_of(e);
    double value = weights.title * e.title.value_or(0.0) + weights.artist * e.artist.value_or(0.0) +
                   weights.album * e.album.value_or(0.0);
    for (const Term& term : terms) value -= term.points(e);
    return std::clamp(value, 0.0, 1.0);
}

bool isrc_acquits(const Evidence& e) noexcept {
    return e.isrc_equal && e.version_gap != VersionGap::hard && !e.part_conflict && !e.number_conflict &&
           e.title.value_or(1.0) >= isrc_title_floor && e.artist.value_or(1.0) >= isrc_artist_floor &&
           e.duration_gap_s.value_or(0.0) <= isrc_duration_s;
}

}  // namespace musicsync
