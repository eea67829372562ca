// The terms of a profile's model in plain words.
#pragma once

#include <string_view>
#include <vector>

#include "musicsync/explain.hpp"
#include "score/features.hpp"

namespace musicsync {

// A feature's name as a person says it; the name itself where there are no words for it.
[[nodiscard]] std::string_view label_of(std::string_view feature) noexcept;

// What each term adds that does not add nothing, the weightiest first; of equal ones, in the order of the model.
[[nodiscard]] std::vector<Contribution> contributions_of(const Model& model, const FeatureValues& values);

}  // namespace musicsync
