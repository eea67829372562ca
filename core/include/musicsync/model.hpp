// P(same recording) from the evidence of a pair: an additive model whose every term can be read.
//
//   musicsync::Result<musicsync::Model> model = musicsync::Model::make(std::move(parts));
//   double p = model->probability(features);    // feature_names().size() numbers, NaN for unknown
//
// The log-odds are the intercept and, for each feature, a piecewise linear function of it; a calibration, piecewise
// linear too, maps them to log-odds that come true as often as they say. Additions and multiplications in one order and
// no function of the C library: the same bits on every machine. Immutable, thread-safe.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "musicsync/error.hpp"

namespace musicsync {

class Model {
  public:
    // What a feature adds to the log-odds: add[i] at at[i], on a line between two, constant beyond the ends, and
    // `unknown` where the feature is not known. `at` rises.
    struct Term {
        std::string feature;
        std::vector<double> at;
        std::vector<double> add;
        double unknown = 0.0;
        friend bool operator==(const Term&, const Term&) = default;
    };
    // Log-odds `to[i]` for a sum of at[i], on a line between two and with the slope of the last line beyond the ends;
    // none: the sum itself. Both rise.
    struct Calibration {
        std::vector<double> at;
        std::vector<double> to;
        friend bool operator==(const Calibration&, const Calibration&) = default;
    };
    struct Parts {
        std::string version;  // names the model in results
        std::string about;    // what it was fitted to, in words
        double intercept = 0.0;
        std::vector<Term> terms;
        Calibration calibration;
        friend bool operator==(const Parts&, const Parts&) = default;
    };

    // Errc::invalid_value, with the field's name: a feature that does not exist or is named twice, knots that do not
    // rise, lists of different length, log-odds that are not between -1,000 and 1,000.
    [[nodiscard]] static Result<Model> make(Parts parts);

    [[nodiscard]] const Parts& parts() const noexcept { return parts_; }
    // In (0, 1). `features` are as many numbers as there are feature_names().
    [[nodiscard]] double probability(const double* features) const noexcept;
    // The same of `count` pairs, faster than one by one: each feature is a column of as many numbers, the next one
    // `stride` numbers behind.
    void probabilities(const double* columns, std::size_t stride, std::size_t count, double* out) const noexcept;
    // What each term adds, in the order of parts().terms.
    [[nodiscard]] std::vector<double> contributions(const double* features) const;

    friend bool operator==(const Model& a, const Model& b) noexcept { return a.parts_ == b.parts_; }

  private:
    struct Compiled;  // the terms as they are computed
    [[nodiscard]] double calibrated(double sum) const noexcept;

    Parts parts_;
    std::shared_ptr<const Compiled> compiled_;
};

}  // namespace musicsync
