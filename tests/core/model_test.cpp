// The additive model by itself, with numbers that can be checked by hand.
#include "musicsync/model.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "musicsync/cpu.hpp"
#include "musicsync/profile.hpp"
#include "musicsync/score.hpp"

namespace {

using musicsync::Model;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

Model::Parts parts() {
    return {"hand-1", "for tests", 0.5, {{"title_unlike", {0.0, 0.5, 1.0}, {1.0, -1.0, -4.0}, -2.5}}, {}};
}

std::vector<double> features(double title_unlike) {
    std::vector<double> values(musicsync::feature_names().size(), 0.0);
    values[0] = title_unlike;
    return values;
}

double log_odds(double p) { return std::log(p / (1.0 - p)); }

double log_odds_at(const Model& model, double title_unlike) {
    return log_odds(model.probability(features(title_unlike).data()));
}

std::string problem(const Model::Parts& given) {
    const auto made = Model::make(given);
    if (made) return "no error";
    EXPECT_EQ(made.error().code, musicsync::Errc::invalid_value);
    EXPECT_TRUE(made.error().message.starts_with(made.error().field + ": "));
    return made.error().message;
}

TEST(Model, is_a_line_between_knots_and_constant_beyond_them) {
    const Model model = *Model::make(parts());
    ASSERT_EQ(musicsync::feature_names()[0].name, "title_unlike");
    EXPECT_NEAR(log_odds_at(model, 0.0), 1.5, 1e-12);
    EXPECT_NEAR(log_odds_at(model, 0.25), 0.5, 1e-12);
    EXPECT_NEAR(log_odds_at(model, 0.5), -0.5, 1e-12);
    EXPECT_NEAR(log_odds_at(model, 0.75), -2.0, 1e-12);
    EXPECT_NEAR(log_odds_at(model, 1.0), -3.5, 1e-12);
    EXPECT_NEAR(log_odds_at(model, -7.0), 1.5, 1e-12);
    EXPECT_NEAR(log_odds_at(model, 7.0), -3.5, 1e-12);
}

TEST(Model, adds_what_a_term_has_for_an_unknown_feature) {
    EXPECT_NEAR(log_odds_at(*Model::make(parts()), nan), -2.0, 1e-12);
}

TEST(Model, of_one_knot_adds_the_same_everywhere) {
    Model::Parts one = parts();
    one.terms[0].at = {0.3};
    one.terms[0].add = {2.0};
    for (const double x : {0.0, 0.3, 1.0}) EXPECT_NEAR(log_odds_at(*Model::make(one), x), 2.5, 1e-12);
}

TEST(Model, without_terms_is_its_intercept) {
    EXPECT_NEAR(log_odds_at(*Model::make({"bare", "", -1.25, {}, {}}), 0.3), -1.25, 1e-12);
}

TEST(Model, is_calibrated_along_lines_that_go_on_beyond_the_ends) {
    Model::Parts given = parts();
    given.calibration = {{-1.0, 0.0, 1.0}, {-3.0, -1.0, -0.5}};
    const Model model = *Model::make(given);
    EXPECT_NEAR(log_odds_at(model, 0.5), -2.0, 1e-12);    // sum −0.5
    EXPECT_NEAR(log_odds_at(model, 0.25), -0.75, 1e-12);  // sum 0.5
    EXPECT_NEAR(log_odds_at(model, 0.0), -0.25, 1e-12);   // sum 1.5, by the last line's slope
    EXPECT_NEAR(log_odds_at(model, 1.0), -8.0, 1e-12);    // sum −3.5, by the first line's slope
}

TEST(Model, tells_what_each_term_adds_and_the_sum_is_the_log_odds) {
    Model::Parts given = parts();
    given.terms.push_back({"version_hard", {0.0, 1.0}, {0.0, -6.0}, 0.0});
    const Model model = *Model::make(given);
    std::vector<double> values = features(0.25);
    EXPECT_EQ(model.contributions(values.data()), (std::vector<double>{0.0, 0.0}));
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (musicsync::feature_names()[i].name == "version_hard") values[i] = 1.0;
    }
    EXPECT_EQ(model.contributions(values.data()), (std::vector<double>{0.0, -6.0}));
    EXPECT_NEAR(log_odds(model.probability(values.data())), 0.5 + 0.0 - 6.0, 1e-12);
}

TEST(Model, never_says_0_or_1) {
    for (const double intercept : {-1000.0, 1000.0}) {
        const double p = Model::make({"sure", "", intercept, {}, {}})->probability(features(0.0).data());
        EXPECT_GT(p, 0.0);
        EXPECT_LT(p, 1.0);
    }
}

// Numbers that were computed once, on x86-64 with GCC 12: another compiler, CPU or C library must give them too.
TEST(Model, gives_the_same_bits_everywhere) {
    const Model model = *Model::make(parts());
    constexpr double expected[] = {0x1.a2991f2a97914p-1, 0x1.802217b20c902p-1, 0x1.261d545e46a8bp-1,
                                   0x1.b6f5dddea4173p-4, 0x1.e84152bac31adp-4};
    std::size_t i = 0;
    for (const double x : {0.0, 0.1, 0.3, 0.77, nan}) {
        EXPECT_EQ(model.probability(features(x).data()), expected[i++]) << x;
    }
}

TEST(Model, refuses_what_it_cannot_compute_and_names_the_field) {
    EXPECT_EQ(problem(parts()), "no error");
    const auto with = [](auto change) {
        Model::Parts given = parts();
        change(given);
        return problem(given);
    };
    using P = Model::Parts;
    EXPECT_EQ(with([](P& p) { p.version.clear(); }), "model.version: is empty");
    EXPECT_EQ(with([](P& p) { p.intercept = nan; }), "model.intercept: log-odds are not between -1000 and 1000");
    EXPECT_EQ(with([](P& p) { p.intercept = 1000.5; }), "model.intercept: log-odds are not between -1000 and 1000");
    EXPECT_EQ(with([](P& p) { p.terms[0].feature = "loudness"; }), "model.terms[0]: there is no feature \"loudness\"");
    EXPECT_EQ(with([](P& p) { p.terms.push_back(p.terms[0]); }), "model.terms[1]: title_unlike is there twice");
    EXPECT_EQ(with([](P& p) { p.terms[0].at = p.terms[0].add = {}; }), "model.terms[0]: \"at\" is empty");
    EXPECT_EQ(with([](P& p) { p.terms[0].add.pop_back(); }), "model.terms[0]: its lists have different lengths");
    EXPECT_EQ(with([](P& p) { p.terms[0].at[1] = 0.0; }), "model.terms[0]: \"at\" does not rise");
    EXPECT_EQ(with([](P& p) { p.terms[0].at[2] = infinity; }), "model.terms[0]: \"at\" is not finite");
    EXPECT_EQ(with([](P& p) { p.terms[0].add[2] = -infinity; }),
              "model.terms[0]: log-odds are not between -1000 and 1000");
    EXPECT_EQ(with([](P& p) { p.terms[0].unknown = nan; }), "model.terms[0]: log-odds are not between -1000 and 1000");
    EXPECT_EQ(with([](P& p) {
                  p.terms[0].at = {0.0, 5e-324, 1.0};
              }),
              "model.terms[0]: \"at\" has two numbers that are all but one");
    EXPECT_EQ(with([](P& p) { p.calibration = {{0.0}, {0.0}}; }), "model.calibration: one point is no line");
    EXPECT_EQ(with([](P& p) {
                  p.calibration = {{0.0, 1.0}, {0.0}};
              }),
              "model.calibration: its lists have different lengths");
    EXPECT_EQ(with([](P& p) { p.calibration = {{1.0, 0.0}, {0.0, 1.0}}; }), "model.calibration: \"at\" does not rise");
    EXPECT_EQ(with([](P& p) { p.calibration = {{0.0, 1.0}, {1.0, 1.0}}; }), "model.calibration: \"to\" does not rise");
}

// A term as its comment says it, number by number.
double added_by(const Model::Term& term, double x) {
    if (std::isnan(x)) return term.unknown;
    if (x <= term.at.front()) return term.add.front();
    if (x >= term.at.back()) return term.add.back();
    std::size_t i = 0;
    while (x >= term.at[i + 1]) ++i;
    return term.add[i] + (x - term.at[i]) * ((term.add[i + 1] - term.add[i]) / (term.at[i + 1] - term.at[i]));
}

class ModelBatch : public testing::TestWithParam<std::string> {
  protected:
    void SetUp() override { ASSERT_TRUE(musicsync::set_kernel(GetParam())); }
    void TearDown() override { ASSERT_TRUE(musicsync::set_kernel("auto")); }
    double number() { return std::uniform_real_distribution<double>(-2.0, 12.0)(random_); }

    // Knots at whole numbers, so that a feature often is one of them.
    Model many_knots() {
        Model::Parts out{"hand-2", "for tests", number(), {}, {}};
        std::size_t knots = 1;
        for (const auto& feature : musicsync::feature_names()) {
            Model::Term term{std::string(feature.name), {}, {}, number()};
            for (std::size_t i = 0; i < knots; ++i) {
                term.at.push_back(static_cast<double>(i));
                term.add.push_back(number());
            }
            out.terms.push_back(std::move(term));
            knots = knots % 11 + 1;  // more than a register has lanes
        }
        return *Model::make(std::move(out));
    }

    double value() {
        const double drawn = number();
        switch (random_() % 8) {
            case 0: return nan;
            case 1: return infinity;
            case 2: return -infinity;
            case 3: return std::floor(drawn);
            case 4: return drawn;
            default: return 0.0;
        }
    }

    std::mt19937_64 random_{3};
};

TEST_P(ModelBatch, adds_what_each_term_says) {
    const Model model = many_knots();
    std::vector<double> x(musicsync::feature_names().size());
    for (int round = 0; round < 300; ++round) {
        for (double& one : x) one = value();
        const std::vector<double> added = model.contributions(x.data());
        for (std::size_t i = 0; i < x.size(); ++i)
            ASSERT_EQ(added[i], added_by(model.parts().terms[i], x[i])) << i << " " << x[i];
    }
}

TEST_P(ModelBatch, gives_each_pair_what_it_has_by_itself) {
    const Model model = many_knots();
    const std::size_t features = musicsync::feature_names().size();
    for (const std::size_t pairs : {1U, 2U, 7U, 8U, 9U, 31U, 32U, 33U, 70U}) {
        const std::size_t stride = pairs + 3;
        std::vector<double> columns(features * stride, nan);
        for (std::size_t f = 0; f < features; ++f) {
            const bool same = random_() % 2 == 0;  // all zeros is a way of its own
            for (std::size_t i = 0; i < pairs; ++i) columns[f * stride + i] = same ? 0.0 : value();
        }
        std::vector<double> out(pairs + 1, -1.0);
        model.probabilities(columns.data(), stride, pairs, out.data());
        EXPECT_EQ(out[pairs], -1.0);  // nothing is written behind
        for (std::size_t i = 0; i < pairs; ++i) {
            std::vector<double> row(features);
            for (std::size_t f = 0; f < features; ++f) row[f] = columns[f * stride + i];
            ASSERT_EQ(out[i], model.probability(row.data())) << pairs << " " << i;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(kernels, ModelBatch, testing::ValuesIn(musicsync::kernels()),
                         [](const auto& parameter) { return parameter.param; });

}  // namespace
