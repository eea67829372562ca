#include "explain/contributions.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace musicsync {
namespace {

constexpr std::pair<std::string_view, std::string_view> labels[] = {
    {"title_unlike", "how alike the titles are"},
    {"title_inexact", "the titles are not the same text"},
    {"words_missing", "words of one title are not in the other"},
    {"title_contained", "one title is part of the other"},
    {"short_title", "the titles are short and differ"},
    {"title_unknown", "the titles cannot be compared"},
    {"artist_unlike", "how alike the artists are"},
    {"artist_unknown", "the artists cannot be compared"},
    {"artist_in_other_script", "the artists are in different scripts"},
    {"no_name_shared", "how alike the most alike names are"},
    {"artist_words_missing", "words of one credit are not in the other"},
    {"guest_missing", "only one side names a guest"},
    {"album_unlike", "how alike the albums are"},
    {"album_unlike_inexact", "how alike the albums are, of titles that differ"},
    {"album_is_title", "the album is named as the title"},
    {"duration_gap", "the lengths"},
    {"duration_gap_near_title", "the lengths, of titles that are nearly the same"},
    {"duration_gap_other_title", "the lengths, of different titles"},
    {"duration_gap_other_artist", "the lengths, of one title by different artists"},
    {"duration_gap_other_version", "the lengths, of different versions"},
    {"duration_gap_other_edit", "the lengths, of perhaps different edits"},
    {"near_title", "the titles are nearly the same"},
    {"other_title", "the titles are different"},
    {"other_artist", "one title by different artists"},
    {"equal_title_of_other_artist", "a long title is seldom used twice"},
    {"year_gap", "the years"},
    {"version_hard", "the versions are different"},
    {"version_keeps_length", "the other version lasts as long as the plain one"},
    {"version_soft", "perhaps different edits"},
    {"version_agrees", "both name the same version"},
    {"part_conflict", "the part numbers differ"},
    {"part_missing", "only one side has a part number"},
    {"number_conflict", "the numbers in the titles differ"},
    {"number_missing", "only one title ends with a number"},
    {"explicit_conflict", "one is explicit, the other is not"},
    {"misplaced", "text stands in other fields"},
    {"romanized", "the titles were compared in Latin letters"},
    {"scripts_differ", "the titles are in different scripts"},
    {"joined_unlike", "all words of all fields together"},
    {"nothing_known", "hardly anything is known"},
    {"joined_uncovered", "words of the shorter side that the other lacks"},
};

// The features by name: their place and their label, which is the name where there are no words for it.
struct Named {
    std::size_t index;
    std::string_view label;
};

const std::unordered_map<std::string_view, Named>& named_features() {
    static const auto all = [] {
        std::unordered_map<std::string_view, Named> out;
        for (std::size_t i = 0; i < feature_count; ++i)
            out[all_features()[i].name] = {i, label_of(all_features()[i].name)};
        return out;
    }();
    return all;
}

}  // namespace

std::string_view label_of(std::string_view feature) noexcept {
    const auto* const found = std::find_if(std::begin(labels), std::end(labels),
                                           [feature](const auto& label) { return label.first == feature; });
    return found == std::end(labels) ? feature : found->second;
}

std::vector<Contribution> contributions_of(const Model& model, const FeatureValues& values) {
    constexpr double nothing = 1e-9;
    const std::vector<double> added = model.contributions(values.data());
    const std::vector<Model::Term>& terms = model.parts().terms;
    std::vector<Contribution> out;
    out.reserve(terms.size());
    for (std::size_t i = 0; i < terms.size(); ++i) {
        const double log_odds = added[i] - terms[i].add.front();
        if (std::abs(log_odds) <= nothing) continue;
        const auto& [feature, named] = *named_features().find(terms[i].feature);  // Model::make has found it
        const double value = values[named.index];
        out.push_back({feature, named.label, std::isnan(value) ? std::nullopt : std::optional(value), log_odds});
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return std::abs(a.log_odds) > std::abs(b.log_odds); });
    return out;
}

}  // namespace musicsync
