// The probabilities of some pairs at once, each what model_probability gives.
//
//   ModelBatch batch(profile);
//   for (...) batch.add(query.compare(track));    // `most` at most
//   batch.take(probabilities);                    // in the order they were added; the batch is empty again
#pragma once

#include <array>
#include <cstddef>

#include "musicsync/profile.hpp"
#include "score/features.hpp"

namespace musicsync {

class ModelBatch {
  public:
    static constexpr std::size_t most = features_in_columns;

    // The profile must have a model, and outlive the batch.
    explicit ModelBatch(const Profile& profile) noexcept : model_(&*profile.model) {}
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    void add(const Evidence& evidence) noexcept;
    void take(double* out) noexcept;

  private:
    const Model* model_;
    std::size_t size_ = 0;
    std::array<double, feature_count * most> columns_;  // zeros before the first pair is added
    std::array<double, most> floors_;                   // what an ISRC is worth at least
};

}  // namespace musicsync
