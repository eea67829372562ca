// Why two tracks score as they do, for people and for tuning.
//
//   const musicsync::Explanation why = musicsync::explain(musicsync::Profile::standard(), a, b);
//   why.sentence == "Probably the same recording (P 0.98): title equal, artists equal, durations 1 s apart."
//   for (const auto& penalty : why.penalties) std::printf("%s −%.2f\n", penalty.name.c_str(), penalty.points);
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "musicsync/normalize.hpp"
#include "musicsync/score.hpp"

namespace musicsync {

// One field on both sides, as it was compared. `similarity` is nothing where a side does not know the field.
struct FieldExplanation {
    std::string name;
    std::string left;
    std::string right;
    std::optional<double> similarity;
    double weight = 0.0;  // share of the score, after renormalisation; 0 for an unknown field
};

// What was taken off the score, and why.
struct Penalty {
    std::string name;
    double points = 0.0;
};

struct Explanation {
    std::vector<FieldExplanation> fields;  // title, artists, album
    std::vector<Penalty> penalties;
    std::vector<VersionToken> left_versions;
    std::vector<VersionToken> right_versions;
    bool version_conflict = false;
    bool isrc_equal = false;
    std::optional<double> duration_gap_s;
    double score = 0.0;
    std::optional<double> probability;
    std::vector<std::pair<std::string, double>> features;  // the model's inputs by name; empty without a model
    std::string sentence;
};

[[nodiscard]] Explanation explain(const Profile& profile, const Track& a, const Track& b);

}  // namespace musicsync
