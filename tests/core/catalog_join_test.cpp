// A catalogue decides as deciding among its best tracks does, and finds its duplicates.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "musicsync/catalog.hpp"
#include "random_tracks.hpp"

namespace {

using namespace musicsync;
using namespace musicsync::testing_support;

struct Songs {
    std::vector<Track> queries;
    std::vector<Track> tracks;
};

// Enough for rows; few codes, so that many tracks carry one.
Songs songs(std::size_t count) {
    Songs out;
    RandomTracks random(17);
    while (out.tracks.size() < count) {
        auto [a, b] = random.pair();
        if (out.queries.size() < 40) out.queries.push_back(std::move(a));
        out.tracks.push_back(std::move(b));
    }
    return out;
}

std::vector<std::size_t> chosen(const Profile& profile, const Track& query, const std::vector<Track>& tracks,
                                const JoinOptions& options) {
    std::vector<std::size_t> out;
    for (const Ranked& hit : rank(profile, query, tracks, {options.limit, options.cutoff})) out.push_back(hit.index);
    std::size_t more = options.limit;
    for (std::size_t i = 0; i < tracks.size() && more > 0 && !query.isrc().empty(); ++i) {
        if (tracks[i].isrc() != query.isrc()) continue;
        if (std::find(out.begin(), out.end(), i) != out.end()) continue;
        out.push_back(i);
        --more;
    }
    return out;
}

void expect_joined(const Profile& profile, const Songs& songs, const JoinOptions& options) {
    const Catalog catalog = *Catalog::build(songs.tracks);
    const auto decisions = catalog.join(profile, songs.queries, options);
    ASSERT_TRUE(decisions);
    ASSERT_EQ(decisions->size(), songs.queries.size());
    for (std::size_t q = 0; q < songs.queries.size(); ++q) {
        const std::vector<std::size_t> among = chosen(profile, songs.queries[q], songs.tracks, options);
        std::vector<Track> tracks;
        tracks.reserve(among.size());
        for (const std::size_t i : among) tracks.push_back(songs.tracks[i]);
        const Decision expected = decide(profile, songs.queries[q], tracks, options.accept);
        const Decision& found = (*decisions)[q];
        ASSERT_EQ(found.verdict, expected.verdict) << q;
        ASSERT_EQ(found.reasons, expected.reasons) << q;
        ASSERT_EQ(found.best.has_value(), expected.best.has_value()) << q;
        if (found.best) {
            ASSERT_EQ(*found.best, among[*expected.best]) << q;
        }
        ASSERT_EQ(found.rival.has_value(), expected.rival.has_value()) << q;
        if (found.rival) {
            ASSERT_EQ(*found.rival, among[*expected.rival]) << q;
        }
        ASSERT_EQ(found.candidates.size(), among.size()) << q;
        for (std::size_t i = 0; i < among.size(); ++i) ASSERT_EQ(found.candidates[i].index, among[i]) << q;
    }
}

TEST(CatalogJoin, decides_as_among_the_best_tracks_and_those_of_the_code) {
    for (const std::size_t count : {300U, 2500U}) {
        for (const Profile& profile : {Profile::standard(), Profile::classic()}) {
            expect_joined(profile, songs(count), {});
            expect_joined(profile, songs(count), {3, 0.9, 0.5});
        }
    }
}

TEST(CatalogJoin, of_nothing_is_rejected_for_that) {
    const auto decisions = Catalog().join(Profile::standard(), {songs(1).queries.data(), 1});
    ASSERT_TRUE(decisions);
    EXPECT_EQ(decisions->front().reasons, std::vector<std::string>{"no_candidates"});
}

TEST(CatalogJoin, is_stopped_by_its_caller) {
    const Songs some = songs(300);
    const Catalog catalog = *Catalog::build(some.tracks);
    const Work stopping{1, [](std::size_t, std::size_t) { return false; }};
    EXPECT_EQ(catalog.join(Profile::standard(), some.queries, {}, stopping).error().code, Errc::cancelled);
    EXPECT_EQ(catalog.deduplicate(Profile::standard(), {}, stopping).error().code, Errc::cancelled);
}

TEST(CatalogJoin, duplicates_are_the_pairs_that_would_be_accepted) {
    const Profile profile = Profile::standard();
    const std::vector<Track> tracks = songs(2300).tracks;
    const Catalog catalog = *Catalog::build(tracks);
    const JoinOptions options{5, 0.8, {}};
    std::vector<SamePair> expected;
    for (std::size_t i = 100; i < 200; ++i) {
        std::vector<std::size_t> among = chosen(profile, tracks[i], tracks, options);
        std::sort(among.begin(), among.end());
        for (const std::size_t other : among) {
            if (other > i && decide(profile, tracks[i], {&tracks[other], 1}).verdict == Verdict::accept)
                expected.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(other)});
        }
    }
    EXPECT_GT(expected.size(), 10U);
    EXPECT_EQ(*catalog.duplicates(profile, 100, 200, options), expected);
    EXPECT_TRUE(catalog.duplicates(profile, tracks.size(), tracks.size() + 9, options)->empty());
    EXPECT_TRUE(catalog.duplicates(profile, 9, 3, options)->empty());
}

TEST(CatalogJoin, deduplicate_gives_each_track_the_first_of_its_recording) {
    const std::vector<Track> tracks = songs(400).tracks;
    const Catalog catalog = *Catalog::build(tracks);
    const auto pairs = catalog.duplicates(Profile::standard(), 0, tracks.size());
    EXPECT_EQ(*catalog.deduplicate(Profile::standard()), groups_of(tracks.size(), *pairs));
}

bool lies_within(const Filter& filter, const Track& track) {
    const auto outside = [](const auto& value, const auto& from, const auto& to) {
        return (from && (!value || *value < *from)) || (to && (!value || *value > *to));
    };
    return !outside(track.release_year(), filter.year_from, filter.year_to) &&
           !outside(track.duration(), filter.duration_from, filter.duration_to) &&
           (!filter.explicit_ || track.explicit_() == filter.explicit_);
}

TEST(CatalogFilter, finds_the_best_of_those_that_pass) {
    using std::chrono::milliseconds;
    const std::vector<Filter> filters{
        {},
        {1990, {}, {}, {}, {}},
        {{}, 1995, {}, {}, {}},
        {1990, 1990, {}, {}, {}},
        {1999, 1990, {}, {}, {}},
        {{}, {}, milliseconds{200'000}, {}, {}},
        {{}, {}, milliseconds{200'000}, milliseconds{210'000}, {}},
        {{}, {}, {}, milliseconds{185'000}, {}},
        {{}, {}, {}, {}, true},
        {{}, {}, {}, {}, false},
        {1985, 2010, milliseconds{190'000}, {}, true},
    };
    for (const std::size_t count : {300U, 2500U}) {  // without and with rows
        Songs some = songs(count);
        for (std::size_t i = 0; i < some.tracks.size(); ++i) {
            Track::Fields fields = some.tracks[i].fields();
            if (i % 3 != 0) fields.explicit_ = i % 3 == 1;
            some.tracks[i] = *Track::make(std::move(fields));
        }
        const Catalog catalog = *Catalog::build(some.tracks);
        for (const Profile& profile : {Profile::standard(), Profile::classic()}) {
            for (const Filter& filter : filters) {
                for (std::size_t q = 0; q < 12; ++q) {
                    std::vector<Ranked> expected = rank(profile, some.queries[q], some.tracks);
                    std::erase_if(expected, [&](const Ranked& hit) {
                        return !lies_within(filter, some.tracks[hit.index]) || hit.score < 0.1;
                    });
                    expected.resize(std::min<std::size_t>(expected.size(), 7));
                    const auto found = catalog.search(profile, some.queries[q], 7, 0.1, filter);
                    ASSERT_EQ(found.size(), expected.size()) << count << profile.name << q;
                    for (std::size_t i = 0; i < found.size(); ++i) {
                        ASSERT_EQ(found[i].index, expected[i].index) << count << profile.name << q;
                        ASSERT_EQ(found[i].score, expected[i].score) << count << profile.name << q;
                        ASSERT_EQ(found[i].probability, expected[i].probability) << count << profile.name << q;
                    }
                }
            }
        }
    }
}

TEST(CatalogRecordings, are_the_best_ones_with_the_releases_before_the_next) {
    const Profile profile = Profile::standard();
    Songs some = songs(2500);
    for (std::size_t i = 0; i < 60; ++i)
        some.tracks.push_back(some.queries[i % 2]);  // more releases than are asked for
    const Catalog catalog = *Catalog::build(some.tracks);
    std::size_t most = 0;
    for (const std::size_t k : {0U, 1U, 3U, 10U}) {
        for (std::size_t q = 0; q < 10; ++q) {
            std::vector<std::vector<Ranked>> expected;
            for (const Ranked& hit : rank(profile, some.queries[q], some.tracks, {no_limit, 0.2})) {
                const auto same = std::find_if(expected.begin(), expected.end(), [&](const std::vector<Ranked>& one) {
                    return same_recording(profile, some.tracks[one.front().index], some.tracks[hit.index]);
                });
                if (same == expected.end() && expected.size() == k) break;
                if (same == expected.end())
                    expected.push_back({hit});
                else
                    same->push_back(hit);
            }
            const auto found = catalog.search_recordings(profile, some.queries[q], k, 0.2);
            ASSERT_EQ(found.size(), expected.size()) << q;
            for (std::size_t i = 0; i < found.size(); ++i) {
                ASSERT_EQ(found[i].size(), expected[i].size()) << q;
                most = std::max(most, found[i].size());
                for (std::size_t j = 0; j < found[i].size(); ++j) {
                    ASSERT_EQ(found[i][j].index, expected[i][j].index) << q;
                    ASSERT_EQ(found[i][j].probability, expected[i][j].probability) << q;
                }
            }
        }
    }
    EXPECT_GE(most, 30U);
    EXPECT_TRUE(Catalog().search_recordings(profile, some.queries[0], 5).empty());
}

// By spreading the lowest position until nothing changes.
std::vector<std::uint32_t> slow_groups(std::size_t count, const std::vector<SamePair>& pairs) {
    std::vector<std::uint32_t> out(count);
    std::iota(out.begin(), out.end(), 0U);
    for (bool changed = true; changed;) {
        changed = false;
        for (const SamePair& pair : pairs) {
            const std::uint32_t low = std::min(out[pair.first], out[pair.second]);
            changed = changed || out[pair.first] != low || out[pair.second] != low;
            out[pair.first] = out[pair.second] = low;
        }
    }
    return out;
}

TEST(CatalogJoin, groups_are_what_pairs_link_over_however_many) {
    std::mt19937_64 random(5);
    for (std::size_t round = 0; round < 300; ++round) {
        const std::size_t count = 1 + random() % 60;
        std::vector<SamePair> pairs(random() % 40);
        for (SamePair& pair : pairs) {
            pair = {static_cast<std::uint32_t>(random() % count), static_cast<std::uint32_t>(random() % count)};
        }
        ASSERT_EQ(groups_of(count, pairs), slow_groups(count, pairs));
    }
    EXPECT_TRUE(groups_of(0, {}).empty());
}

}  // namespace
