#include <algorithm>
#include <iterator>
#include <utility>

#include "score/evidence.hpp"
#include "score/features.hpp"
#include "score/model_batch.hpp"

namespace musicsync {
namespace {

// Below these an equal ISRC is contradicted by the texts.
constexpr double isrc_title_floor = 0.55;
constexpr double isrc_artist_floor = 0.40;
constexpr double isrc_duration_s = 8.0;
constexpr double acquitted = 0.995;  // P of what an ISRC acquits, at least

// Titles of so few symbols are equal or they are different: one letter is another word.
constexpr std::size_t short_title = 5;

double ramp(double value, double from, double to) noexcept {
    return std::clamp((value - from) / (to - from), 0.0, 1.0);
}

// Each term is a share in [0, 1] of its penalty: it only lowers the score.
struct Term {
    const char* name;
    double Penalties::*most;
    double (*share)(const Evidence&) noexcept;
};

double flag(bool value) noexcept { return value ? 1.0 : 0.0; }

// Equal durations make it more likely that one catalogue left the words out.
double version_share(const Evidence& e) noexcept {
    if (e.version_gap != VersionGap::hard) return 0.0;
    if (e.version_keeps_length) return 1.0;
    return e.duration_gap_s ? 0.6 + 0.4 * ramp(*e.duration_gap_s, 1.0, 3.0) : 1.0;
}

// Up to 30 s a fade or another edit explains it, beyond it is other music.
double duration_share(const Evidence& e) noexcept {
    if (!e.duration_gap_s) return 0.0;
    return 0.4 * ramp(*e.duration_gap_s, 3.0, 30.0) + 0.6 * ramp(*e.duration_gap_s, 30.0, 90.0);
}

constexpr Term terms[] = {
    {"version", &Penalties::version, version_share},
    {"edit", &Penalties::edit, [](const Evidence& e) noexcept { return flag(e.version_gap == VersionGap::soft); }},
    {"duration", &Penalties::duration, duration_share},
    {"part", &Penalties::part, [](const Evidence& e) noexcept { return flag(e.part_conflict); }},
    {"part_missing", &Penalties::part_missing, [](const Evidence& e) noexcept { return flag(e.part_missing); }},
    {"number", &Penalties::number, [](const Evidence& e) noexcept { return flag(e.number_conflict); }},
    // "Dani California" and "Californication" share most letters and no word.
    {"words", &Penalties::words,
     [](const Evidence& e) noexcept { return e.title && *e.title < settled_title ? 1.0 - e.shared_words : 0.0; }},
    {"short_title", &Penalties::short_title,
     [](const Evidence& e) noexcept { return flag(e.title && *e.title < 1.0 && e.title_symbols <= short_title); }},
    {"year", &Penalties::year,
     [](const Evidence& e) noexcept { return e.year_gap ? ramp(*e.year_gap, 1.0, 10.0) : 0.0; }},
    {"compilation", &Penalties::compilation, [](const Evidence& e) noexcept { return flag(e.compilation); }},
    {"explicitness", &Penalties::explicitness, [](const Evidence& e) noexcept { return flag(e.explicit_conflict); }},
    // Fewer known fields are weaker evidence: nothing is taken as different, but a candidate that agrees in more ranks
    // first.
    {"title_unknown", &Penalties::title_unknown, [](const Evidence& e) noexcept { return flag(!e.title); }},
    {"artist_unknown", &Penalties::artist_unknown, [](const Evidence& e) noexcept { return flag(!e.artist); }},
};

}  // namespace

Weights known_weights(const Weights& weights, const Evidence& e) noexcept {
    const double title = e.title ? weights.title : 0.0;
    const double artists = e.artist ? weights.artists : 0.0;
    const double album = e.album ? weights.album : 0.0;
    const double known = title + artists + album;
    if (known <= 0.0) return {0.0, 0.0, 0.0};
    return {title / known, artists / known, album / known};
}

std::vector<NamedPenalty> penalties_of(const Penalties& penalties, const Evidence& evidence) {
    std::vector<NamedPenalty> out;
    for (const Term& term : terms) {
        const double points = penalties.*term.most * term.share(evidence);
        if (points > 0.0) out.push_back({term.name, points});
    }
    return out;
}

double standard_score(const Profile& profile, const Evidence& e) noexcept {
    const Weights weights = known_weights(profile.weights, e);
    double value = weights.title * e.title.value_or(0.0) + weights.artists * e.artist.value_or(0.0) +
                   weights.album * e.album.value_or(0.0);
    [&]<std::size_t... I>(std::index_sequence<I...>) {  // each call is known where it is made
        ((value -= profile.penalties.*terms[I].most * terms[I].share(e)), ...);
    }(std::make_index_sequence<std::size(terms)>{});
    return std::clamp(value, 0.0, 1.0);
}

double model_probability(const Profile& profile, const Evidence& evidence) noexcept {
    const double p = profile.model->probability(features_of(evidence).data());
    return isrc_acquits(evidence) ? std::max(p, acquitted) : p;
}

void ModelBatch::add(const Evidence& evidence) noexcept {
    if (size_ == 0) columns_.fill(0.0);
    write_features<most>(evidence, columns_.data() + size_);
    floors_[size_] = isrc_acquits(evidence) ? acquitted : 0.0;
    ++size_;
}

void ModelBatch::take(double* out) noexcept {
    model_->probabilities(columns_.data(), most, size_, out);
    for (std::size_t i = 0; i < size_; ++i) out[i] = std::max(out[i], floors_[i]);
    size_ = 0;
}

// Something besides the code has to agree: of two texts in different scripts nothing may be known at all.
namespace {
bool confirmed(const Evidence& e) noexcept {
    constexpr double agrees = 0.85;
    constexpr double equal_duration_s = 2.0;
    return e.title.value_or(0.0) >= agrees || e.artist.value_or(0.0) >= agrees ||
           e.duration_gap_s.value_or(equal_duration_s + 1.0) <= equal_duration_s;
}
}  // namespace

bool isrc_acquits(const Evidence& e) noexcept {
    return e.isrc_equal && confirmed(e) && e.version_gap != VersionGap::hard && !e.part_conflict &&
           !e.number_conflict && e.title.value_or(1.0) >= isrc_title_floor &&
           e.artist.value_or(1.0) >= isrc_artist_floor && e.duration_gap_s.value_or(0.0) <= isrc_duration_s;
}

}  // namespace musicsync
