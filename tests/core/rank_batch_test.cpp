// Many rankings at once are what one after the other gives, and somebody may stop them.
#include <gtest/gtest.h>

#include "musicsync/rank.hpp"
#include "random_tracks.hpp"

namespace {

using namespace musicsync;
using musicsync::testing_support::RandomTracks;

std::vector<std::size_t> indices_of(const std::vector<Ranked>& hits) {
    std::vector<std::size_t> out;
    for (const Ranked& hit : hits) out.push_back(hit.index);
    return out;
}

struct Lists {
    std::vector<Track> queries;
    std::vector<Track> tracks;
    std::vector<std::span<const Track>> candidates;

    explicit Lists(std::size_t count) {
        RandomTracks random(20'261'126);
        for (std::size_t i = 0; i < count; ++i) {
            auto [a, b] = random.pair();
            queries.push_back(std::move(a));
            tracks.push_back(std::move(b));
        }
        for (std::size_t i = 0; i < count; ++i)
            candidates.push_back(
                std::span<const Track>(tracks).subspan(i, random.below(std::min<std::size_t>(count - i + 1, 40))));
    }
};

// The same candidates as tracks that lie here and there.
struct Pointers {
    std::vector<std::vector<const Track*>> of_list;
    std::vector<std::span<const Track* const>> lists;

    explicit Pointers(const Lists& given) {
        for (const std::span<const Track> list : given.candidates) {
            std::vector<const Track*>& pointers = of_list.emplace_back();
            for (const Track& track : list) pointers.push_back(&track);
        }
        lists.assign(of_list.begin(), of_list.end());
    }
};

TEST(RankBatch, is_rank_one_by_one_on_any_number_of_threads) {
    const Lists lists(200);
    const Pointers pointers(lists);
    for (const Profile& profile : {Profile::standard(), Profile::classic()}) {
        for (const int threads : {1, 2, 5}) {
            const RankOptions options{6, 0.2};
            const auto found = rank_batch(profile, lists.queries, lists.candidates, options, Work{threads, {}});
            ASSERT_TRUE(found);
            ASSERT_EQ(found->size(), lists.queries.size());
            const auto pointed = rank_batch(profile, lists.queries, pointers.lists, options, Work{threads, {}});
            ASSERT_TRUE(pointed);
            for (std::size_t q = 0; q < found->size(); ++q) {
                EXPECT_EQ(indices_of((*pointed)[q]), indices_of((*found)[q])) << q;
                const auto expected = rank(profile, lists.queries[q], lists.candidates[q], options);
                ASSERT_EQ((*found)[q].size(), expected.size()) << q;
                for (std::size_t i = 0; i < expected.size(); ++i) {
                    ASSERT_EQ((*found)[q][i].index, expected[i].index) << q;
                    ASSERT_EQ((*found)[q][i].score, expected[i].score) << q;
                    ASSERT_EQ((*found)[q][i].probability, expected[i].probability) << q;
                }
            }
        }
    }
}

TEST(RankBatch, stops_where_progress_says_so) {
    const Lists lists(100);
    for (const int threads : {1, 2, 5}) {
        const Work stopped{threads, [](std::size_t, std::size_t) { return false; }};
        const auto found = rank_batch(Profile::classic(), lists.queries, lists.candidates, {}, stopped);
        ASSERT_FALSE(found) << threads;
        EXPECT_EQ(found.error().code, Errc::cancelled);
        std::size_t last = 0;
        const Work told{threads, [&last](std::size_t done, std::size_t total) {
                            last = done;
                            return total == 100;
                        }};
        EXPECT_TRUE(rank_batch(Profile::classic(), lists.queries, lists.candidates, {}, told));
        EXPECT_EQ(last, 100U);
    }
}

TEST(RankBatch, refuses_another_number_of_lists) {
    const Lists lists(5);
    const auto found = rank_batch(Profile::classic(), lists.queries, std::span(lists.candidates).first(4));
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, Errc::length_mismatch);
    EXPECT_EQ(found.error().field, "candidates");
}

}  // namespace
