#include "musicsync/catalog.hpp"

#include <gtest/gtest.h>

#include <random>

#include "tracks.hpp"

namespace {

using musicsync::Catalog;
using musicsync::Profile;
using musicsync::Ranked;
using musicsync::Track;
using musicsync::testing_support::track;

std::vector<Track> many(std::size_t count) {
    const char* words[] = {"love", "night", "river", "africa", "dance", "blue", "heart", "road"};
    std::mt19937 random(3);
    std::vector<Track> tracks;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string title = std::string(words[random() % 8]) + " " + words[random() % 8];
        tracks.push_back(track({title,
                                {words[random() % 8]},
                                words[random() % 8],
                                100.0 + static_cast<double>(random() % 90),
                                "",
                                std::to_string(random() % 50)}));
    }
    return tracks;
}

TEST(Rank, orders_by_score_then_id_then_position) {
    const std::vector<Track> candidates{track({"b", {"x"}, "", 0, "", "2"}), track({"a", {"x"}, "", 0, "", "9"}),
                                        track({"a", {"x"}, "", 0, "", "1"}), track({"a", {"x"}, "", 0, "", "1"})};
    std::vector<std::size_t> order;
    for (const Ranked& hit : musicsync::rank(Profile::standard(), track({"a", {"x"}}), candidates))
        order.push_back(hit.index);
    EXPECT_EQ(order, (std::vector<std::size_t>{2, 3, 1, 0}));
}

TEST(Rank, keeps_to_limit_and_cutoff) {
    const std::vector<Track> candidates = many(50);
    const Track query = track({"love night", {"river"}});
    EXPECT_EQ(musicsync::rank(Profile::standard(), query, candidates, {.limit = 3}).size(), 3U);
    EXPECT_TRUE(musicsync::rank(Profile::standard(), query, candidates, {.limit = 0}).empty());
    for (const Ranked& hit : musicsync::rank(Profile::standard(), query, candidates, {.limit = 50, .cutoff = 0.6}))
        EXPECT_GE(hit.score, 0.6);
}

TEST(Catalog, finds_what_comparing_with_every_track_finds) {
    const std::vector<Track> tracks = many(5000);
    const Catalog catalog = *Catalog::build(tracks);
    for (const Profile& profile : {Profile::standard(), Profile::classic()}) {
        for (const Track& query : many(6)) {
            const auto expected = musicsync::rank(profile, query, tracks, {.limit = 25, .cutoff = 0.2});
            const auto found = catalog.search(profile, query, 25, 0.2);
            ASSERT_EQ(found.size(), expected.size());
            for (std::size_t i = 0; i < found.size(); ++i) {
                EXPECT_EQ(found[i].index, expected[i].index);
                EXPECT_EQ(found[i].score, expected[i].score);
                EXPECT_EQ(found[i].probability, expected[i].probability);
            }
        }
    }
}

TEST(Catalog, searches_a_batch_like_one_query_after_the_other) {
    const Catalog catalog = *Catalog::build(many(3000));
    const std::vector<Track> queries = many(9);
    const auto rows = *catalog.search_batch(Profile::standard(), queries, 7);
    ASSERT_EQ(rows.size(), queries.size());
    for (std::size_t q = 0; q < queries.size(); ++q) {
        const auto single = catalog.search(Profile::standard(), queries[q], 7);
        ASSERT_EQ(rows[q].size(), single.size());
        for (std::size_t i = 0; i < single.size(); ++i) EXPECT_EQ(rows[q][i].index, single[i].index);
    }
}

TEST(Catalog, looks_up_an_isrc_in_any_spelling) {
    const Catalog catalog = *Catalog::build(std::vector{track({"a", {"b"}, "", 0, "USSM18200342"}), track({"c", {"d"}}),
                                                        track({"a", {"b"}, "x", 0, "USSM18200342"})});
    EXPECT_EQ(*catalog.lookup_isrc("us-sm1-82-00342"), (std::vector<std::size_t>{0, 2}));
    EXPECT_TRUE(catalog.lookup_isrc("GBAAA9900001")->empty());
    EXPECT_EQ(catalog.lookup_isrc("nonsense").error().code, musicsync::Errc::invalid_isrc);
}

TEST(Catalog, of_nothing_finds_nothing) {
    EXPECT_TRUE(Catalog::build({})->search(Profile::standard(), track({"a", {"b"}}), 5).empty());
}

}  // namespace
