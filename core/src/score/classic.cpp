#include <string_view>
#include <unordered_map>

#include "musicsync/matrix.hpp"
#include "score/evidence.hpp"

namespace musicsync {
namespace {

// A field that is absent on either side counts 0: this profile is kept as its users know it.
double field(std::u32string_view a, std::u32string_view b) { return a.empty() || b.empty() ? 0.0 : ratio(a, b); }

std::vector<Symbols> texts_of(std::span<const Track> tracks, std::u32string_view ClassicForm::*field) {
    std::vector<Symbols> out;
    out.reserve(tracks.size());
    for (const Track& track : tracks) {
        const std::u32string_view text = track.normal().classic.*field;
        out.push_back({text.data(), text.size(), sizeof(char32_t)});
    }
    return out;
}

}  // namespace

double classic_score(const Profile& profile, const Track& a, const Track& b) {
    if (!a.isrc().empty() && a.isrc() == b.isrc()) return 1.0;
    const ClassicForm& left = a.normal().classic;
    const ClassicForm& right = b.normal().classic;
    return profile.weights.title * field(left.title, right.title) +
           profile.weights.artists * field(left.artist, right.artist) +
           profile.weights.album * field(left.album, right.album);
}

ClassicScores::ClassicScores(const Profile& profile, std::span<const Track> queries)
    : profile_(profile), queries_(queries) {}

const double* ClassicScores::with(std::span<const Track> choices) {
    scores_.assign(queries_.size() * choices.size(), 0.0);
    ratios_.resize(scores_.size());
    add_field(&ClassicForm::title, profile_.weights.title, choices);
    add_field(&ClassicForm::artist, profile_.weights.artists, choices);
    add_field(&ClassicForm::album, profile_.weights.album, choices);
    acquit(choices);
    return scores_.data();
}

void ClassicScores::add_field(std::u32string_view ClassicForm::*field, double weight, std::span<const Track> choices) {
    const std::vector<Symbols> queries = texts_of(queries_, field);
    (void)ratio_matrix(queries, texts_of(choices, field), {}, ratios_.data());  // nobody stops it
    for (std::size_t q = 0; q < queries.size(); ++q) {
        if (queries[q].size == 0) continue;  // an empty choice has the ratio 0 with all others
        const std::size_t row = q * choices.size();
        for (std::size_t c = row; c < row + choices.size(); ++c) scores_[c] += weight * ratios_[c];
    }
}

// Equal codes settle it.
void ClassicScores::acquit(std::span<const Track> choices) {
    std::unordered_multimap<std::string_view, std::size_t> codes;
    for (std::size_t c = 0; c < choices.size(); ++c) {
        if (!choices[c].isrc().empty()) codes.emplace(choices[c].isrc(), c);
    }
    for (std::size_t q = 0; q < queries_.size(); ++q) {
        const auto [begin, end] = codes.equal_range(queries_[q].isrc());
        for (auto found = begin; found != end; ++found) scores_[q * choices.size() + found->second] = 1.0;
    }
}

}  // namespace musicsync
