// What holds for any two tracks, on pairs out of mutated titles.
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <thread>

#include "musicsync/decide.hpp"
#include "random_tracks.hpp"
#include "score_bound.hpp"

namespace {

using musicsync::Profile;
using musicsync::Track;
using musicsync::testing_support::RandomTracks;
using musicsync::testing_support::score_bound;
using musicsync::testing_support::track;

const Profile standard = Profile::standard();

struct Columns {
    std::vector<Track> left;
    std::vector<Track> right;
};

const Columns& pairs() {
    static const Columns made = [] {
        Columns out;
        RandomTracks tracks(20'260'521);
        for (int i = 0; i < 10'000; ++i) {
            auto [a, b] = tracks.pair();
            out.left.push_back(std::move(a));
            out.right.push_back(std::move(b));
        }
        return out;
    }();
    return made;
}

std::string told(const Track& a, const Track& b) {
    const auto one = [](const Track& t) {
        std::string out = "\"" + t.title() + "\" by";
        for (const auto& name : t.artists()) out += " [" + name + "]";
        return out + " on \"" + t.album() + "\"";
    };
    return one(a) + " and " + one(b);
}

TEST(ScoreProperties, score_and_probability_are_symmetric_and_in_their_ranges) {
    std::size_t alike = 0;
    for (std::size_t i = 0; i < pairs().left.size(); ++i) {
        const Track& a = pairs().left[i];
        const Track& b = pairs().right[i];
        const double score = musicsync::score(standard, a, b);
        const double p = *musicsync::probability(standard, a, b);
        ASSERT_EQ(score, musicsync::score(standard, b, a)) << told(a, b);
        ASSERT_EQ(p, *musicsync::probability(standard, b, a)) << told(a, b);
        ASSERT_EQ(musicsync::same_recording(standard, a, b), musicsync::same_recording(standard, b, a)) << told(a, b);
        ASSERT_TRUE(score >= 0.0 && score <= 1.0) << told(a, b);
        ASSERT_TRUE(p > 0.0 && p < 1.0) << told(a, b);
        alike += p > 0.5 ? 1 : 0;
    }
    EXPECT_GT(alike, 1000U);  // the pairs are of both kinds
    EXPECT_LT(alike, 9000U);
}

TEST(ScoreProperties, a_track_is_itself) {
    for (const Track& a : pairs().left) {
        const musicsync::Evidence e = musicsync::Query(a).compare(a);
        ASSERT_EQ(e.title.value_or(1.0), 1.0) << told(a, a);
        ASSERT_EQ(e.artist.value_or(1.0), 1.0) << told(a, a);
        ASSERT_EQ(e.album.value_or(1.0), 1.0) << told(a, a);
        ASSERT_EQ(e.version_gap, musicsync::VersionGap::none) << told(a, a);
        ASSERT_FALSE(e.part_conflict || e.part_missing || e.number_conflict || e.number_missing || e.guest_missing ||
                     e.other_name || e.misplaced)
            << told(a, a);
    }
}

TEST(ScoreProperties, the_bounds_of_the_documentation_hold) {
    double slack = 0.0;
    std::size_t ruled_out = 0;
    for (std::size_t i = 0; i < pairs().left.size(); ++i) {
        const Track& a = pairs().left[i];
        const Track& b = pairs().right[i];
        const double score = musicsync::score(standard, a, b);
        const double bound = score_bound(standard, a, b);
        ASSERT_LE(score, bound + 1e-12) << told(a, b);
        slack += bound - score;
        ruled_out += bound < 0.6 ? 1 : 0;
    }
    EXPECT_LT(slack / 10'000, 0.3);  // a bound of 1 would hold too
    EXPECT_GT(ruled_out, 500U);
}

TEST(ScoreProperties, the_bounds_hold_for_tracks_that_have_nothing_to_do_with_each_other_and_for_any_weights) {
    const auto& left = pairs().left;
    const auto& right = pairs().right;
    Profile profile = standard;
    profile.weights = {0.2, 0.1, 0.7};
    for (std::size_t i = 0; i < left.size(); ++i) {
        const Track& b = right[(i * 7 + 1) % right.size()];
        ASSERT_LE(musicsync::score(profile, left[i], b), score_bound(profile, left[i], b) + 1e-12) << told(left[i], b);
    }
}

void expect_equal(const musicsync::Decision& a, const musicsync::Decision& b) {
    ASSERT_EQ(a.verdict, b.verdict);
    ASSERT_EQ(a.method, b.method);
    ASSERT_EQ(a.best, b.best);
    ASSERT_EQ(a.score, b.score);
    ASSERT_EQ(a.probability, b.probability);
    ASSERT_EQ(a.margin, b.margin);
    ASSERT_EQ(a.reasons, b.reasons);
    ASSERT_EQ(a.candidates.size(), b.candidates.size());
    for (std::size_t i = 0; i < a.candidates.size(); ++i) ASSERT_EQ(a.candidates[i].vetoes, b.candidates[i].vetoes);
}

TEST(DecidePairs, equals_decide_one_by_one) {
    for (const std::optional<double> accept : {std::optional<double>(), std::optional<double>(0.3)}) {
        const auto first = [](const std::vector<Track>& tracks) { return std::span(tracks).first(2'000); };
        const auto all = *musicsync::decide_pairs(standard, first(pairs().left), first(pairs().right), accept);
        ASSERT_EQ(all.size(), 2'000U);
        for (std::size_t i = 0; i < all.size(); ++i) {
            const std::span<const Track> one(&pairs().right[i], 1);
            expect_equal(all[i], musicsync::decide(standard, pairs().left[i], one, accept));
        }
    }
}

TEST(DecidePairs, refuses_columns_of_different_length) {
    const auto refused = musicsync::decide_pairs(standard, pairs().left, {});
    EXPECT_EQ(refused.error().code, musicsync::Errc::length_mismatch);
    EXPECT_EQ(refused.error().message, "left has 10000 tracks and right has 0");
}

TEST(ScorePairs, give_the_same_bits_from_many_threads_as_one_by_one) {
    const auto scores = *musicsync::score_pairs(standard, pairs().left, pairs().right);
    const auto probabilities = *musicsync::probability_pairs(standard, pairs().left, pairs().right);
    std::vector<std::vector<double>> again(3);
    std::vector<std::thread> threads;
    threads.reserve(again.size());
    for (auto& one : again) {
        threads.emplace_back([&one] { one = *musicsync::probability_pairs(standard, pairs().left, pairs().right); });
    }
    for (std::thread& thread : threads) thread.join();
    for (const auto& one : again) EXPECT_EQ(one, probabilities);
    for (std::size_t i = 0; i < scores.size(); ++i) {
        ASSERT_EQ(scores[i], musicsync::score(standard, pairs().left[i], pairs().right[i]));
        ASSERT_EQ(probabilities[i], *musicsync::probability(standard, pairs().left[i], pairs().right[i]));
    }
}

// Words that all differ: nothing is settled early.
std::string long_title(std::size_t symbols, const char* seed) {
    std::string out;
    for (std::size_t i = 0; out.size() < symbols; ++i) out += seed + std::to_string(i * 7919) + ' ';
    out.resize(symbols);
    return out;
}

double seconds_of(std::size_t symbols) {
    const Track a = track({long_title(symbols, "a"), {"Jane"}});
    const Track b = track({long_title(symbols, "b"), {"Jane"}});
    double best = 1e9;
    for (int round = 0; round < 5; ++round) {  // a busy machine is no bug
        const auto start = std::chrono::steady_clock::now();
        (void)musicsync::score(standard, a, b);
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return best;
}

TEST(ScoreCost, stops_growing_at_the_symbols_that_are_compared) {
    EXPECT_LT(seconds_of(4'096), 0.05);
    EXPECT_LT(seconds_of(400'000), 4 * seconds_of(4'096) + 0.01);
}

}  // namespace
