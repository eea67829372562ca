#include "musicsync/model.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

#include "kernels/kernels.hpp"
#include "musicsync/score.hpp"

namespace musicsync {
namespace {

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

// The knots, values and slopes of each term's curve follow each other in `lines`.
struct Model::Compiled {
    std::vector<double> lines;
    std::vector<kernel::Curve> curves;

    explicit Compiled(const std::vector<Term>& terms) {
        std::size_t numbers = 0;
        for (const Term& term : terms) numbers += 3 * room_of(term);
        lines.resize(numbers);
        double* free = lines.data();
        for (const Term& term : terms) {
            curves.push_back(curve_of(term, free));
            free += 3 * room_of(term);
        }
    }

    static std::size_t room_of(const Term& term) noexcept { return std::max(term.at.size() + 1, kernel::least_lines); }

    static kernel::Curve curve_of(const Term& term, double* knots) {
        double* const values = knots + room_of(term);
        double* const slopes = values + room_of(term);
        const std::size_t count = term.at.size();
        knots[0] = term.at[0];
        values[0] = term.add[0];
        for (std::size_t i = 0; i < count; ++i) {
            knots[i + 1] = term.at[i];
            values[i + 1] = term.add[i];
            if (i + 1 < count) slopes[i + 1] = (term.add[i + 1] - term.add[i]) / (term.at[i + 1] - term.at[i]);
        }
        kernel::Curve curve{knots, values, slopes, count + 1, 0, term.unknown, 0.0};
        const std::size_t reached =
            static_cast<std::size_t>(std::upper_bound(term.at.begin(), term.at.end(), 0.0) - term.at.begin());
        curve.at_zero = values[reached] + (0.0 - knots[reached]) * slopes[reached];
        curve.column = feature_index(term.feature);
        return curve;
    }

    // As one number that is added to nothing. It is in column 0.
    static double value_of(kernel::Curve curve, double x) {
        double sum = 0.0;
        curve.column = 0;
        kernel::active().add_curves(&curve, 1, {&x, 1, 1}, &sum);
        return sum;
    }
};

Result<Model> Model::make(Parts parts) {
    if (auto error = check(parts)) return *std::move(error);
    Model model;
    model.compiled_ = std::make_shared<const Compiled>(parts.terms);
    model.parts_ = std::move(parts);
    return model;
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

// Their sums do not wait for each other, and each is taken in the order of the terms.
void Model::probabilities(const double* columns, std::size_t stride, std::size_t count, double* out) const noexcept {
    const kernel::Kernel& kernel = kernel::active();
    for (std::size_t begin = 0; begin < count; begin += kernel::most_pairs) {
        const std::size_t some = std::min(kernel::most_pairs, count - begin);
        double* const sums = out + begin;
        std::fill_n(sums, some, parts_.intercept);
        if (compiled_) {
            const std::vector<kernel::Curve>& curves = compiled_->curves;
            kernel.add_curves(curves.data(), curves.size(), {columns + begin, stride, some}, sums);
        }
        for (std::size_t i = 0; i < some; ++i) sums[i] = 1.0 / (1.0 + portable_exp(-calibrated(sums[i])));
    }
}

std::vector<double> Model::contributions(const double* features) const {
    std::vector<double> out;
    if (!compiled_) return out;
    out.reserve(compiled_->curves.size());
    for (const kernel::Curve& curve : compiled_->curves)
        out.push_back(Compiled::value_of(curve, features[curve.column]));
    return out;
}

}  // namespace musicsync
