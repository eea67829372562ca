// The placeholder calibration: a logistic model with fixed coefficients. A feature that says "unlike" has a negative
// coefficient and one that says "alike" a positive one, so that better evidence never lowers P.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "musicsync/score.hpp"
#include "score/evidence.hpp"

namespace musicsync {
namespace {

double ramp(double value, double from, double to) noexcept {
    return std::clamp((value - from) / (to - from), 0.0, 1.0);
}

double flag(bool value) noexcept { return value ? 1.0 : 0.0; }

// e^x to some 1e-15, by additions and multiplications alone: std::exp differs between C libraries and CPUs.
double portable_exp(double x) noexcept {
    constexpr double ln2 = 0.693147180559945309417;
    const double bounded = std::clamp(x, -700.0, 700.0);
    const double turns = std::floor(bounded / ln2 + 0.5);
    const double rest = bounded - turns * ln2;
    double term = 1.0;
    double sum = 1.0;
    for (int n = 1; n <= 16; ++n) {
        term = term * rest / n;
        sum += term;
    }
    return std::ldexp(sum, static_cast<int>(turns));
}

struct Feature {
    const char* name;
    double coefficient;
    double (*value)(const Evidence&) noexcept;
};

constexpr double intercept = 4.2;

constexpr Feature features[] = {
    {"title_inexact", -0.2, [](const Evidence& e) noexcept { return flag(e.title.value_or(1.0) < 1.0); }},
    {"title_unlike", -4.5, [](const Evidence& e) noexcept { return ramp(1.0 - e.title.value_or(1.0), 0.0, 0.3); }},
    {"title_other", -3.5, [](const Evidence& e) noexcept { return ramp(1.0 - e.title.value_or(1.0), 0.2, 0.6); }},
    {"title_unknown", -5.0, [](const Evidence& e) noexcept { return flag(!e.title); }},
    {"words_missing", -2.0, [](const Evidence& e) noexcept { return 1.0 - e.shared_words; }},
    {"artist_unlike", -4.0, [](const Evidence& e) noexcept { return ramp(1.0 - e.artist.value_or(1.0), 0.0, 0.4); }},
    {"artist_other", -5.5, [](const Evidence& e) noexcept { return ramp(1.0 - e.artist.value_or(1.0), 0.3, 0.6); }},
    {"artist_unknown", -2.0, [](const Evidence& e) noexcept { return flag(!e.artist); }},
    {"album_alike", 1.5,
     [](const Evidence& e) noexcept { return e.album && !e.album_is_title ? ramp(*e.album, 0.6, 1.0) : 0.0; }},
    {"album_unlike", -1.2, [](const Evidence& e) noexcept { return e.album ? ramp(1.0 - *e.album, 0.3, 0.8) : 0.0; }},
    {"duration_alike", 3.0,
     [](const Evidence& e) noexcept { return e.duration_gap_s ? 1.0 - ramp(*e.duration_gap_s, 2.0, 6.0) : 0.0; }},
    {"duration_unlike", -2.5,
     [](const Evidence& e) noexcept { return e.duration_gap_s ? ramp(*e.duration_gap_s, 3.0, 15.0) : 0.0; }},
    {"duration_other", -3.0,
     [](const Evidence& e) noexcept { return e.duration_gap_s ? ramp(*e.duration_gap_s, 10.0, 60.0) : 0.0; }},
    {"year_unlike", -0.6, [](const Evidence& e) noexcept { return e.year_gap ? ramp(*e.year_gap, 1.0, 10.0) : 0.0; }},
    {"version_hard", -10.5, [](const Evidence& e) noexcept { return flag(e.version_gap == VersionGap::hard); }},
    {"version_soft", -7.0, [](const Evidence& e) noexcept { return flag(e.version_gap == VersionGap::soft); }},
    {"part_conflict", -6.0, [](const Evidence& e) noexcept { return flag(e.part_conflict); }},
    {"part_missing", -0.8, [](const Evidence& e) noexcept { return flag(e.part_missing); }},
    {"number_conflict", -6.0, [](const Evidence& e) noexcept { return flag(e.number_conflict); }},
    {"short_title", -2.0,
     [](const Evidence& e) noexcept { return flag(e.title && *e.title < 1.0 && e.title_symbols <= 5); }},
    {"explicit_conflict", -0.3, [](const Evidence& e) noexcept { return flag(e.explicit_conflict); }},
    {"misplaced", -0.2, [](const Evidence& e) noexcept { return flag(e.misplaced); }},
    {"romanized", -0.5, [](const Evidence& e) noexcept { return flag(e.romanized); }},
};

}  // namespace

std::vector<std::pair<std::string, double>> model_features(const Evidence& evidence) {
    std::vector<std::pair<std::string, double>> out;
    for (const Feature& feature : features) out.emplace_back(feature.name, feature.value(evidence));
    return out;
}

std::string_view model_version() noexcept { return "placeholder-1"; }

double model_probability(const Evidence& evidence) noexcept {
    double logit = intercept;
    for (const Feature& feature : features) logit += feature.coefficient * feature.value(evidence);
    const double p = 1.0 / (1.0 + portable_exp(-logit));
    return isrc_acquits(evidence) ? std::max(p, 0.995) : p;
}

}  // namespace musicsync
