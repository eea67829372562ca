// What a model's terms add: every kernel against a search for the line, knot by knot.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "kernel_texts.hpp"

namespace {

using namespace musicsync::testing_support;
using musicsync::kernel::Columns;
using musicsync::kernel::Curve;
using musicsync::kernel::Kernel;
using musicsync::kernel::most_pairs;

// Lines between knots that rise; the first and the last one are level.
struct Lines {
    std::vector<double> knots, values, slopes;
    double unknown = 0.25;

    [[nodiscard]] double at(double x) const {
        if (std::isnan(x)) return unknown;
        std::size_t line = 0;
        while (line + 1 < knots.size() && x >= knots[line + 1]) ++line;
        return slopes[line] == 0.0 ? values[line] : values[line] + (x - knots[line]) * slopes[line];
    }
};

Lines random_lines(std::mt19937_64& random, std::size_t count) {
    std::uniform_real_distribution<double> step(0.01, 1.0);
    Lines out;
    double knot = -1.0;
    for (std::size_t i = 0; i < count; ++i, knot += step(random)) {
        out.knots.push_back(knot);
        out.values.push_back(step(random) - 0.5);
        out.slopes.push_back(i == 0 || i + 1 == count ? 0.0 : step(random) - 0.5);
    }
    return out;
}

double random_number(std::mt19937_64& random, const Lines& lines) {
    switch (random() % 6) {
        case 0: return 0.0;
        case 1: return std::numeric_limits<double>::quiet_NaN();
        case 2: return lines.knots[random() % lines.knots.size()];
        case 3:
            return random() % 2 == 0 ? -std::numeric_limits<double>::infinity()
                                     : std::numeric_limits<double>::infinity();
        default: return std::uniform_real_distribution<double>(-2.0, 6.0)(random);
    }
}

class KernelCurves : public testing::TestWithParam<const Kernel*> {};

TEST_P(KernelCurves, add_what_a_search_for_the_line_gives) {
    std::mt19937_64 random(20'261'126);
    for (int round = 0; round < 2000; ++round) {
        const Lines lines = random_lines(random, 1 + random() % 9);
        const std::size_t pairs = random() % (most_pairs + 1);
        std::array<double, 2 * most_pairs> numbers{};
        std::array<double, most_pairs> sums{};
        for (std::size_t i = 0; i < pairs; ++i)
            numbers[most_pairs + i] = round % 7 == 0 ? 0.0 : random_number(random, lines);
        const Curve curve{lines.knots.data(), lines.values.data(), lines.slopes.data(), lines.knots.size(), 1,
                          lines.unknown,      lines.at(0.0)};
        std::array<double, most_pairs> expected{};
        for (std::size_t i = 0; i < pairs; ++i) {
            sums[i] = expected[i] = 0.125 * static_cast<double>(i);
            expected[i] += lines.at(numbers[most_pairs + i]);
        }
        GetParam()->add_curves(&curve, 1, Columns{numbers.data(), most_pairs, pairs}, sums.data());
        ASSERT_EQ(sums, expected) << "round " << round;
    }
}

INSTANTIATE_TEST_SUITE_P(kernels, KernelCurves, testing::ValuesIn(every_kernel()),
                         [](const auto& parameter) { return std::string(parameter.param->name); });

}  // namespace
