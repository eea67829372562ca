// A matrix of tracks has the scores of its pairs, and the best of it are what ranking each query finds.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "kernel_texts.hpp"
#include "musicsync/cpu.hpp"
#include "musicsync/rank.hpp"
#include "parallel/for_blocks.hpp"
#include "random_tracks.hpp"
#include "score/evidence.hpp"
#include "score/patch.hpp"

namespace {

using namespace musicsync;
using namespace musicsync::testing_support;

const Work alone{1, {}};

// Many queries have a counterpart; many tracks have an id of few, and some lack a field.
struct Songs {
    std::vector<Track> queries;
    std::vector<Track> choices;

    Songs(std::size_t rows, std::size_t columns, std::uint64_t seed = 20'261'127) {
        RandomTracks random(seed);
        while (queries.size() < rows || choices.size() < columns) {
            auto [a, b] = random.pair();
            if (queries.size() < rows) queries.push_back(changed(a, random));
            if (choices.size() < columns) choices.push_back(changed(b, random));
        }
    }

    static Track changed(const Track& track, RandomTracks& random) {
        Track::Fields fields = track.fields();
        fields.id = std::to_string(random.below(5));
        switch (random.below(24)) {
            case 0: fields.title.clear(); break;
            case 1: fields.artists.clear(); break;
            case 2: fields.album.clear(); break;
            default: break;
        }
        return *Track::make(std::move(fields));
    }
};

// Other weights, other penalties, no model's thresholds.
Profile own_profile() {
    Profile profile = Profile::standard();
    profile.name = "own";
    profile.weights = {0.2, 0.7, 0.1};
    profile.penalties.words = 0.05;
    profile.penalties.duration = 0.6;
    profile.penalties.version = 0.0;
    return profile;
}

std::vector<Profile> profiles() {
    return {Profile::standard(), Profile::classic(), Profile::old_rule(), own_profile()};
}

template <class Out>
std::vector<Out> matrix_of(const Profile& profile, const Songs& songs, double cutoff, const Work& work) {
    std::vector<Out> out(songs.queries.size() * songs.choices.size(), std::numeric_limits<Out>::quiet_NaN());
    EXPECT_TRUE(score_matrix(profile, songs.queries, songs.choices, cutoff, work, out.data()));
    return out;
}

void expect_scores_of_pairs(const Profile& profile, const Songs& songs, double cutoff, const Work& work) {
    const std::vector<double> found = matrix_of<double>(profile, songs, cutoff, work);
    const std::vector<float> rounded = matrix_of<float>(profile, songs, cutoff, work);
    for (std::size_t q = 0; q < songs.queries.size(); ++q) {
        const std::vector<Track> query(songs.choices.size(), songs.queries[q]);
        const std::vector<double> scores = *score_pairs(profile, query, songs.choices, alone);
        for (std::size_t c = 0; c < scores.size(); ++c) {
            const std::size_t at = q * scores.size() + c;
            const double expected = scores[c] < cutoff ? 0.0 : scores[c];
            ASSERT_EQ(found[at], expected) << profile.name << " " << q << " " << c;
            ASSERT_EQ(rounded[at], static_cast<float>(expected)) << profile.name << " " << q << " " << c;
        }
    }
}

void expect_rankings(const Profile& profile, const Songs& songs, std::size_t k, double cutoff, const Work& work) {
    const auto found = matrix_top_k(profile, songs.queries, songs.choices, k, cutoff, work);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), songs.queries.size());
    for (std::size_t q = 0; q < songs.queries.size(); ++q) {
        const std::vector<Ranked> expected = rank(profile, songs.queries[q], songs.choices, {k, cutoff});
        const std::vector<Ranked>& hits = (*found)[q];
        ASSERT_EQ(hits.size(), expected.size()) << profile.name << " " << q;
        for (std::size_t i = 0; i < hits.size(); ++i) {
            ASSERT_EQ(hits[i].index, expected[i].index) << profile.name << " " << q << " " << i;
            ASSERT_EQ(hits[i].score, expected[i].score) << profile.name << " " << q << " " << i;
            ASSERT_EQ(hits[i].probability, expected[i].probability) << profile.name << " " << q << " " << i;
        }
    }
}

class TrackMatrix : public testing::TestWithParam<std::string> {
  protected:
    void SetUp() override { ASSERT_TRUE(set_kernel(GetParam())); }
    void TearDown() override { ASSERT_TRUE(set_kernel("auto")); }
};

TEST_P(TrackMatrix, has_the_scores_of_its_pairs) {
    const Songs songs(70, often(200));
    for (const Profile& profile : profiles()) {
        for (const double cutoff : {0.0, 0.3}) expect_scores_of_pairs(profile, songs, cutoff, alone);
    }
}

TEST_P(TrackMatrix, its_best_are_those_of_each_ranking) {
    const Songs songs(70, often(200));
    for (const Profile& profile : profiles()) {
        for (const std::size_t k : {std::size_t{1}, std::size_t{10}}) {
            for (const double cutoff : {0.0, 0.3}) expect_rankings(profile, songs, k, cutoff, alone);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(kernels, TrackMatrix, testing::ValuesIn(kernels()),
                         [](const auto& parameter) { return parameter.param; });

// More than a patch has, in both directions: each number of threads does the same work in another order.
TEST(TrackMatrix, is_the_same_on_any_number_of_threads) {
    const Songs songs(rows_of_patch + 6, 2 * columns_of_patch + 5);
    for (const Profile& profile : {Profile::standard(), Profile::classic()}) {
        const std::vector<double> scores = matrix_of<double>(profile, songs, 0.0, alone);
        for (const int threads : {2, 4}) {
            expect_rankings(profile, songs, 3, 0.0, Work{threads, {}});
            ASSERT_EQ(matrix_of<double>(profile, songs, 0.0, Work{threads, {}}), scores) << threads;
        }
    }
}

TEST(TrackMatrix, has_no_side_too_small_and_no_k_too_great) {
    for (const Profile& profile : profiles()) {
        for (const auto& [rows, columns] : {std::pair{0U, 0U}, {0U, 5U}, {5U, 0U}, {1U, 1U}, {3U, 33U}}) {
            const Songs songs(rows, columns);
            expect_scores_of_pairs(profile, songs, 0.0, {});
            for (const std::size_t k : {std::size_t{0}, std::size_t{1}, std::size_t{32}, std::size_t{1000}, no_limit})
                expect_rankings(profile, songs, k, 0.0, {});
        }
    }
}

// The next number above a score cuts it off, and the score itself does not.
TEST(TrackMatrix, takes_what_equals_the_cutoff) {
    const Songs songs(6, 60);
    for (const Profile& profile : profiles()) {
        for (std::size_t c = 0; c < songs.choices.size(); c += 7) {
            const double cutoff = score(profile, songs.queries[3], songs.choices[c]);
            for (const double near : {cutoff, std::nextafter(cutoff, 2.0), std::nextafter(cutoff, -1.0)}) {
                expect_scores_of_pairs(profile, songs, near, {});
                expect_rankings(profile, songs, 10, near, {});
            }
        }
    }
}

// All scores are equal, so ids and then places decide: of choices that come later as well.
TEST(TrackMatrix, breaks_ties_by_id_and_place) {
    Songs songs(2, 0);
    for (std::size_t i = 0; i < 2 * columns_of_patch + 40; ++i) {
        const std::string id(1, static_cast<char>('a' + i * 7 % 5));
        songs.choices.push_back(track({.title = "Omen", .artists = {"Nobody"}, .id = id}));
    }
    songs.queries[1] = songs.choices[0];
    for (const Profile& profile : profiles()) {
        for (const int threads : {1, 4}) expect_rankings(profile, songs, 12, 0.0, Work{threads, {}});
    }
}

TEST(TrackMatrix, tells_how_many_pairs_are_done_and_stops_where_it_is_told) {
    const Songs songs(2 * rows_of_patch + 1, 50);
    const std::size_t pairs = songs.queries.size() * songs.choices.size();
    std::vector<double> out(pairs);
    for (const Profile& profile : {Profile::standard(), Profile::classic()}) {
        for (const int threads : {1, 4}) {
            const Work stopped{threads, [](std::size_t, std::size_t) { return false; }};
            EXPECT_FALSE(score_matrix(profile, songs.queries, songs.choices, 0.0, stopped, out.data()));
            const auto found = matrix_top_k(profile, songs.queries, songs.choices, 3, 0.0, stopped);
            ASSERT_FALSE(found);
            EXPECT_EQ(found.error().code, Errc::cancelled);
            std::size_t last = 0;
            const Work told{threads, [&](std::size_t done, std::size_t total) {
                                EXPECT_LE(last, done);
                                last = done;
                                return total == pairs;
                            }};
            EXPECT_TRUE(score_matrix(profile, songs.queries, songs.choices, 0.0, told, out.data()));
            EXPECT_EQ(last, pairs);
            last = 0;
            EXPECT_TRUE(matrix_top_k(profile, songs.queries, songs.choices, 3, 0.0, told));
            EXPECT_EQ(last, pairs);
        }
    }
}

TEST(ForPatches, covers_each_cell_once_and_tells_of_all) {
    for (const auto& [rows, columns] : {std::pair{0U, 0U}, {0U, 3U}, {3U, 0U}, {1U, 1U}, {7U, 10U}, {8U, 9U}}) {
        for (const int threads : {1, 3}) {
            std::vector<int> cells(std::size_t{rows} * columns);
            std::pair<std::size_t, std::size_t> told{1, 0};
            const Work work{threads, [&told](std::size_t done, std::size_t total) {
                                told = {done, total};
                                return true;
                            }};
            const bool done = parallel::for_patches(rows, columns, 4, 3, work, [&](const parallel::Patch& patch) {
                EXPECT_LE(patch.end_row - patch.first_row, 4U);
                EXPECT_LE(patch.end_column - patch.first_column, 3U);
                for (std::size_t r = patch.first_row; r < patch.end_row; ++r) {
                    for (std::size_t c = patch.first_column; c < patch.end_column; ++c) ++cells[r * columns + c];
                }
            });
            EXPECT_TRUE(done);
            EXPECT_EQ(cells, std::vector<int>(cells.size(), 1));
            EXPECT_EQ(told, std::pair(cells.size(), cells.size()));
        }
    }
}

// What a pair is passed over by.
TEST(ScoreAtMost, is_no_less_than_the_score) {
    std::size_t told = 0;
    std::size_t pairs = 0;
    std::size_t exact = 0;
    const std::vector<Profile> either{Profile::standard(), own_profile()};
    for (std::uint64_t seed = 1; seed <= often(20); ++seed) {
        const Songs songs(40, 320, seed);
        std::array<const Track*, Others::most> some;
        std::array<Common, Others::most> common;
        for (std::size_t begin = 0; begin < songs.choices.size(); begin += some.size()) {
            for (std::size_t i = 0; i < some.size(); ++i) some[i] = &songs.choices[begin + i];
            const Others others(some);
            for (const Track& track : songs.queries) {
                const Query query(track);
                query.count_common(others, common.data());
                for (std::size_t i = 0; i < some.size(); ++i) {
                    const Evidence evidence = query.compare(*some[i], common[i]);
                    for (const Profile& profile : either) {
                        const double most = query.score_at_most(profile, *some[i], common[i]);
                        const double score = standard_score(profile, evidence);
                        ASSERT_GE(most, score) << track.title() << " / " << some[i]->title();
                        told += most < 1.0 ? 1U : 0U;
                        exact += most < 1.0 && most == score ? 1U : 0U;
                        ++pairs;
                    }
                }
            }
        }
    }
    EXPECT_GT(told, pairs / 50);  // and it is of use
    EXPECT_GT(exact, told / 10);
}

// Titles and fields that more than letters makes alike: nothing is told of them without comparing.
TEST(ScoreAtMost, leaves_to_comparing_what_letters_do_not_tell) {
    const std::pair<Song, Song> pairs[] = {
        {{"t h e c l i m b", {"Miley Cyrus"}, "A Movie"}, {"theclimb", {"Somebody Other"}, "Words of an Evening"}},
        {{"Omen III", {"Miley Cyrus"}, "A Movie"}, {"Omen 3", {"Somebody Other"}, "Words of an Evening"}},
        {{"Rosanna - Some Long Album Name", {"Steve"}}, {"Rosanna", {"Other Person"}, "Some Long Album Name"}},
        {{"Iko Iko (My Very Own Bestie of Them All)", {"Small Jam"}}, {"Iko Iko", {"Small Jam"}, "Unheard Words"}},
        {{"Somebody Sings of It: Pac-Man", {"Small Jam"}}, {"Pac-Man", {"Small Jam"}, "Unheard Words"}},
        {{"Alphabetical Betelgeuse", {"Gammaray Deltaforce"}}, {"Gammarax Deltaforcx", {"Alphabeticax Betelgeusx"}}},
        {{"Miley Cyrus Climbing", {"Channel"}, "A Movie"}, {"Climbing", {"Miley Cyrus"}, "Words of an Evening"}},
        {{"Climbing over a Hill of Words", {"Miley"}}, {"", {"Miley"}}},
        {{"Climbing", {}, "A Movie"}, {"Climbing Up", {"Miley Cyrus"}, "A Movie"}},
    };
    const Profile profile = Profile::standard();
    for (const auto& [left, right] : pairs) {
        for (const auto& [one, two] : {std::pair(track(left), track(right)), std::pair(track(right), track(left))}) {
            const Track* other = &two;
            Common common;
            const Query query(one);
            query.count_common(Others({&other, 1}), &common);
            EXPECT_EQ(query.score_at_most(profile, two, common), 1.0) << left.title << " / " << right.title;
            EXPECT_GE(query.score_at_most(profile, two, common), score(profile, one, two)) << left.title;
        }
    }
}

}  // namespace
