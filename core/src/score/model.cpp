#include "musicsync/model.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

#include "musicsync/score.hpp"

namespace musicsync {
namespace {

constexpr std::size_t at_once = 32;       // pairs
constexpr double most_log_odds = 1000.0;  // what a term or a calibration may give
constexpr const char* beyond = "log-odds are not between -1000 and 1000";

// 2^n for a normal number.
double power_of_two(int n) noexcept {
    constexpr int bias = 1023;
    constexpr int fraction_bits = 52;
    return std::bit_cast<double>(static_cast<std::uint64_t>(n + bias) << fraction_bits);
}

// e^x to some 1e-15, by additions and multiplications alone: std::exp differs between C libraries and CPUs. A Taylor
// series in two halves, which a CPU can compute side by side. Bounded so that 1 / (1 + e^x) is neither 0 nor 1.
double portable_exp(double x) noexcept {
    constexpr double ln2 = 0.693147180559945309417;
    constexpr double per_ln2 = 1.44269504088896340736;
    const double bounded = std::clamp(x, -36.0, 700.0);
    const double turns = std::floor(bounded * per_ln2 + 0.5);
    const double r = bounded - turns * ln2;
    const double r2 = r * r;
    const double even =
        1.0 + r2 * (1.0 / 2 +
                    r2 * (1.0 / 24 + r2 * (1.0 / 720 + r2 * (1.0 / 40320 + r2 * (1.0 / 3628800 + r2 / 479001600)))));
    const double odd =
        1.0 + r2 * (1.0 / 6 + r2 * (1.0 / 120 + r2 * (1.0 / 5040 + r2 * (1.0 / 362880 + r2 / 39916800))));
    return (even + r * odd) * power_of_two(static_cast<int>(turns));
}

Error invalid(std::string field, const std::string& message) {
    return {Errc::invalid_value, field + ": " + message, std::move(field)};
}

bool all_finite(const std::vector<double>& values) noexcept {
    return std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

bool is_log_odds(double value) noexcept { return std::fabs(value) <= most_log_odds; }  // NaN is none

// Knots that are all but one: a line between them has no slope that can be computed with.
bool too_close(const std::vector<double>& at, const std::vector<double>& values) noexcept {
    for (std::size_t i = 1; i < at.size(); ++i) {
        if (!std::isfinite((values[i] - values[i - 1]) / (at[i] - at[i - 1]))) return true;
    }
    return false;
}

bool rises(const std::vector<double>& values) noexcept {
    return std::adjacent_find(values.begin(), values.end(), [](double a, double b) { return !(a < b); }) ==
           values.end();
}

std::optional<Error> check_knots(const std::string& field, const std::vector<double>& at,
                                 const std::vector<double>& values) {
    if (at.size() != values.size()) return invalid(field, "its lists have different lengths");
    if (!all_finite(at)) return invalid(field, "\"at\" is not finite");
    if (!std::all_of(values.begin(), values.end(), is_log_odds)) return invalid(field, beyond);
    if (!rises(at)) return invalid(field, "\"at\" does not rise");
    if (too_close(at, values)) return invalid(field, "\"at\" has two numbers that are all but one");
    return std::nullopt;
}

std::size_t feature_index(std::string_view name) noexcept {
    const auto names = feature_names();
    const auto found = std::find_if(names.begin(), names.end(), [name](const auto& one) { return one.name == name; });
    return static_cast<std::size_t>(found - names.begin());
}

std::optional<Error> check_term(const Model::Term& term, std::size_t index) {
    const std::string field = "model.terms[" + std::to_string(index) + "]";
    if (feature_index(term.feature) == feature_names().size())
        return invalid(field, "there is no feature \"" + term.feature + "\"");
    if (term.at.empty()) return invalid(field, "\"at\" is empty");
    if (!is_log_odds(term.unknown)) return invalid(field, beyond);
    return check_knots(field, term.at, term.add);
}

std::optional<Error> check(const Model::Parts& parts) {
    if (parts.version.empty()) return invalid("model.version", "is empty");
    if (!is_log_odds(parts.intercept)) return invalid("model.intercept", beyond);
    for (std::size_t i = 0; i < parts.terms.size(); ++i) {
        if (auto error = check_term(parts.terms[i], i)) return error;
        for (std::size_t k = 0; k < i; ++k) {
            if (parts.terms[k].feature != parts.terms[i].feature) continue;
            return invalid("model.terms[" + std::to_string(i) + "]", parts.terms[i].feature + " is there twice");
        }
    }
    const Model::Calibration& calibration = parts.calibration;
    if (auto error = check_knots("model.calibration", calibration.at, calibration.to)) return error;
    if (calibration.at.size() == 1) return invalid("model.calibration", "one point is no line");
    if (!rises(calibration.to)) return invalid("model.calibration", "\"to\" does not rise");
    return std::nullopt;
}

}  // namespace

Result<Model> Model::make(Parts parts) {
    if (auto error = check(parts)) return *std::move(error);
    Model model;
    for (const Term& term : parts.terms) {
        const std::size_t count = term.at.size();
        model.terms_.push_back({feature_index(term.feature), model.lines_.size(), count, term.unknown, 0.0});
        model.lines_.push_back({term.at[0], term.add[0], 0.0});
        for (std::size_t i = 0; i < count; ++i) {
            const bool last = i + 1 == count;
            const double slope = last ? 0.0 : (term.add[i + 1] - term.add[i]) / (term.at[i + 1] - term.at[i]);
            model.lines_.push_back({term.at[i], term.add[i], slope});
        }
        model.terms_.back().at_zero = model.value(model.terms_.back(), 0.0);
    }
    model.parts_ = std::move(parts);
    return model;
}

// `reached` counts the knots that are not beyond x.
double Model::value(const Compiled& term, double x, std::uint64_t reached) const noexcept {
    const Line& line = lines_[term.first + reached];
    const double beyond = (x - line.at) * line.slope;
    const double known = line.add + (line.slope == 0.0 ? 0.0 : beyond);  // of an infinite x too
    return x != x ? term.unknown : known;
}

double Model::value(const Compiled& term, double x) const noexcept {
    std::uint64_t reached = 0;
    for (std::size_t k = 1; k <= term.count; ++k) reached += x >= lines_[term.first + k].at ? 1U : 0U;
    return value(term, x, reached);
}

double Model::calibrated(double sum) const noexcept {
    const std::vector<double>& at = parts_.calibration.at;
    const std::vector<double>& to = parts_.calibration.to;
    if (at.size() < 2) return sum;
    std::size_t i = 0;
    while (i + 2 < at.size() && sum >= at[i + 1]) ++i;
    return to[i] + (sum - at[i]) * ((to[i + 1] - to[i]) / (at[i + 1] - at[i]));
}

double Model::probability(const double* features) const noexcept {
    double out = 0.0;
    probabilities(features, 1, 1, &out);
    return out;
}

// How many knots each number has reached is counted knot by knot: no branch for a CPU to guess.
void Model::add_term(const Compiled& term, const double* x, std::size_t count, double* sums) const noexcept {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < count; ++i) bits |= std::bit_cast<std::uint64_t>(x[i]);
    if (bits == 0) {
        for (std::size_t i = 0; i < count; ++i) sums[i] += term.at_zero;
        return;
    }
    std::array<std::uint64_t, at_once> reached{};
    for (std::size_t k = 1; k <= term.count; ++k) {
        const double at = lines_[term.first + k].at;
        for (std::size_t i = 0; i < count; ++i) reached[i] += x[i] >= at ? 1U : 0U;
    }
    for (std::size_t i = 0; i < count; ++i) sums[i] += value(term, x[i], reached[i]);
}

// Term by term for some pairs at once: their sums do not wait for each other, and each is taken in the order of the
// terms. Most features are 0 for all of them.
void Model::probabilities(const double* columns, std::size_t stride, std::size_t count, double* out) const noexcept {
    for (std::size_t begin = 0; begin < count; begin += at_once) {
        const std::size_t some = std::min(at_once, count - begin);
        double* const sums = out + begin;
        std::fill_n(sums, some, parts_.intercept);
        for (const Compiled& term : terms_) add_term(term, columns + term.feature * stride + begin, some, sums);
        for (std::size_t i = 0; i < some; ++i) sums[i] = 1.0 / (1.0 + portable_exp(-calibrated(sums[i])));
    }
}

std::vector<double> Model::contributions(const double* features) const {
    std::vector<double> out;
    out.reserve(terms_.size());
    for (const Compiled& term : terms_) out.push_back(value(term, features[term.feature]));
    return out;
}

}  // namespace musicsync
