// Hits by score, ties by id and then by index, however few or many they are.
#include "rank/order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace {

using musicsync::place_by_counting;
using musicsync::Ranked;

std::vector<Ranked> hits_of(const std::vector<double>& scores) {
    std::vector<Ranked> hits;
    hits.reserve(scores.size());
    for (std::size_t i = 0; i < scores.size(); ++i) hits.push_back({i, scores[i], std::nullopt});
    return hits;
}

std::vector<std::size_t> indices(const std::vector<Ranked>& hits) {
    std::vector<std::size_t> out;
    out.reserve(hits.size());
    for (const Ranked& hit : hits) out.push_back(hit.index);
    return out;
}

TEST(PlaceByCounting, puts_hits_of_distinct_scores_in_order) {
    std::vector<Ranked> hits = hits_of({0.25, 1.0, 0.0, 0.5});
    ASSERT_TRUE(place_by_counting(hits));
    EXPECT_EQ(indices(hits), (std::vector<std::size_t>{1, 3, 0, 2}));
    std::vector<Ranked> none;
    EXPECT_TRUE(place_by_counting(none));
}

// Two equal scores anywhere stay in the order they came in, and the others are where they belong.
TEST(PlaceByCounting, keeps_the_order_of_ties) {
    for (std::size_t count = 2; count <= 32; ++count) {
        for (std::size_t a = 0; a < count; ++a) {
            for (std::size_t b = a + 1; b < count; ++b) {
                std::vector<double> scores;
                for (std::size_t i = 0; i < count; ++i) scores.push_back(static_cast<double>(i * 37 % 101) / 101);
                scores[b] = scores[a];
                std::vector<Ranked> hits = hits_of(scores);
                std::vector<Ranked> expected = hits;
                std::stable_sort(expected.begin(), expected.end(),
                                 [](const Ranked& x, const Ranked& y) { return x.score > y.score; });
                ASSERT_TRUE(place_by_counting(hits));
                ASSERT_EQ(indices(hits), indices(expected)) << count << " " << a << " " << b;
            }
        }
    }
}

TEST(PlaceByCounting, takes_no_more_than_it_has_room_for) {
    std::vector<double> scores(33);
    for (std::size_t i = 0; i < scores.size(); ++i) scores[i] = static_cast<double>(i) / 33;
    std::vector<Ranked> hits = hits_of(scores);
    EXPECT_FALSE(place_by_counting(hits));
    hits.pop_back();
    EXPECT_TRUE(place_by_counting(hits));
    EXPECT_EQ(hits.front().index, 31U);
}

TEST(PutInOrder, sorts_by_score_id_and_index) {
    std::mt19937_64 random(20'261'126);
    for (int round = 0; round < 3000; ++round) {
        std::vector<double> scores(random() % 50);
        const std::size_t values = 1 + random() % 200;  // few: many ties
        // Some differ by less than what is told apart at first.
        for (double& score : scores)
            score = static_cast<double>(random() % values) / 200.0 + static_cast<double>(random() % 3) * 1e-12;
        std::vector<std::string> ids;
        while (ids.size() < scores.size()) ids.push_back(std::to_string(random() % 5));
        std::vector<Ranked> expected = hits_of(scores);
        std::stable_sort(expected.begin(), expected.end(), [&ids](const Ranked& a, const Ranked& b) {
            return a.score != b.score ? a.score > b.score : ids[a.index] < ids[b.index];
        });
        const std::size_t limit = random() % 60;
        expected.resize(std::min(limit, expected.size()));
        std::vector<Ranked> hits = hits_of(scores);
        musicsync::put_in_order(hits, limit, [&ids](std::size_t i) -> const std::string& { return ids[i]; });
        ASSERT_EQ(indices(hits), indices(expected)) << round;
    }
}

}  // namespace
