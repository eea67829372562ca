// A catalogue that changes answers as one that is built of the same tracks does, and is never half changed.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "catalog/changes.hpp"
#include "catalog/manifest.hpp"
#include "catalog/state.hpp"
#include "catalog_files.hpp"
#include "kernel_texts.hpp"

namespace {

using namespace musicsync;
using namespace musicsync::testing_support;

void expect_same_hits(const std::vector<Ranked>& found, const std::vector<Ranked>& expected) {
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        ASSERT_EQ(found[i].index, expected[i].index) << i;
        ASSERT_EQ(found[i].score, expected[i].score) << i;
        ASSERT_EQ(found[i].probability, expected[i].probability) << i;
    }
}

void expect_same_searches(const Catalog& catalog, const std::vector<Track>& tracks, const std::vector<Track>& queries) {
    for (const Profile& profile : {Profile::standard(), Profile::classic()}) {
        for (const auto& [k, cutoff] : {std::pair{1, 0.0}, {7, 0.4}, {200, 0.0}}) {
            const auto batch = catalog.search_batch(profile, queries, static_cast<std::size_t>(k), cutoff);
            ASSERT_TRUE(batch);
            for (std::size_t q = 0; q < queries.size(); ++q) {
                const auto best = rank(profile, queries[q], tracks, {static_cast<std::size_t>(k), cutoff});
                ASSERT_NO_FATAL_FAILURE(expect_same_hits((*batch)[q], best)) << q;
            }
        }
    }
    const Catalog anew = *Catalog::build(tracks);
    const Profile profile = Profile::standard();
    const Filter filter{1950, 1990, {}, {}, {}};
    for (const Track& query : queries) {
        ASSERT_NO_FATAL_FAILURE(expect_same_hits(catalog.search(profile, query, 9, 0.0, filter),
                                                 anew.search(profile, query, 9, 0.0, filter)));
        const auto recordings = catalog.search_recordings(profile, query, 3);
        const auto expected = anew.search_recordings(profile, query, 3);
        ASSERT_EQ(recordings.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i)
            ASSERT_NO_FATAL_FAILURE(expect_same_hits(recordings[i], expected[i]));
        if (!query.isrc().empty()) {
            ASSERT_EQ(*catalog.lookup_isrc(query.isrc()), *anew.lookup_isrc(query.isrc()));
        }
    }
    const auto decisions = catalog.join(profile, queries);
    const auto expected = anew.join(profile, queries);
    for (std::size_t q = 0; q < queries.size(); ++q) {
        ASSERT_EQ((*decisions)[q].verdict, (*expected)[q].verdict) << q;
        ASSERT_EQ((*decisions)[q].best, (*expected)[q].best) << q;
    }
}

void expect_same(const std::string& path, const std::vector<Track>& tracks, const std::vector<Track>& queries) {
    ASSERT_EQ(*Catalog::verify(path), std::vector<std::string>{});
    for (const auto memory : {Catalog::Memory::owned, Catalog::Memory::mapped}) {
        const Result<Catalog> catalog = Catalog::open(path, memory);
        ASSERT_TRUE(catalog);
        ASSERT_EQ(catalog->size(), tracks.size());
        for (std::size_t i = 0; i < tracks.size(); ++i) ASSERT_EQ((*catalog)[i].fields(), tracks[i].fields()) << i;
        ASSERT_NO_FATAL_FAILURE(expect_same_searches(*catalog, tracks, queries));
    }
    ASSERT_EQ(Catalog::info(path)->tracks, tracks.size());
}

// What a path's catalogue holds, and what it is to hold.
class Changed {
  public:
    explicit Changed(std::size_t count) : tracks(songs(count, 1)) { EXPECT_TRUE(Catalog::build(tracks)->save(path)); }
    void add(std::size_t count, std::uint64_t seed, bool replace_ids = false) {
        const std::vector<Track> more = songs(count, seed);
        const auto has_id = [&more](const Track& track) {
            return std::any_of(more.begin(), more.end(), [&](const Track& one) { return one.id() == track.id(); });
        };
        const std::size_t before = tracks.size();
        if (replace_ids) std::erase_if(tracks, has_id);
        const auto change = Catalog::add(path, *Catalog::build(more), replace_ids);
        ASSERT_TRUE(change);
        ASSERT_EQ(change->added, count);
        ASSERT_EQ(change->removed, before - tracks.size());
        tracks.insert(tracks.end(), more.begin(), more.end());
        ASSERT_EQ(change->tracks, tracks.size());
    }
    void remove(const std::vector<std::string>& ids, const std::vector<std::string>& codes = {}) {
        const auto is_one = [](const std::vector<std::string>& words, std::string_view word) {
            return !word.empty() && std::find(words.begin(), words.end(), word) != words.end();
        };
        const std::size_t gone = std::erase_if(
            tracks, [&](const Track& track) { return is_one(ids, track.id()) || is_one(codes, track.isrc()); });
        const auto change = Catalog::remove(path, ids, codes);
        ASSERT_TRUE(change);
        ASSERT_EQ(change->removed, gone);
        ASSERT_EQ(change->tracks, tracks.size());
    }

    Folder folder{};
    std::string path = folder.file("songs.msc");
    std::vector<Track> tracks;
};

std::vector<Track> some_queries() {
    std::vector<Track> out = songs(6, 9);
    const std::vector<Track> known = songs(30, 1);  // as the catalogue begins
    out.insert(out.end(), known.begin() + 24, known.end());
    return out;
}

TEST(CatalogChanges, answer_as_a_catalogue_of_the_same_tracks) {
    for (const std::size_t count : {60U, 2500U}) {
        Changed changed(count);
        std::mt19937 random(static_cast<unsigned>(count));
        const std::vector<Track> queries = some_queries();
        for (std::uint64_t round = 0; round < 15; ++round) {
            switch (random() % 4) {
                case 0: ASSERT_NO_FATAL_FAILURE(changed.add(1 + random() % 300, 100 + round)); break;
                case 1: ASSERT_NO_FATAL_FAILURE(changed.add(1 + random() % 40, 100 + round, true)); break;
                case 2: {
                    const Track& query = queries[random() % queries.size()];
                    std::vector<std::string> codes;
                    if (!query.isrc().empty()) codes.emplace_back(query.isrc());
                    const Track best = changed.tracks[rank(Profile::standard(), query, changed.tracks)[0].index];
                    ASSERT_NO_FATAL_FAILURE(changed.remove({"id 3", std::string(best.id()), "none"}, codes));
                    break;
                }
                default: ASSERT_TRUE(Catalog::compact(changed.path, random() % 3 == 0));
            }
            if (round % 3 == 2 && count < 100) {
                ASSERT_NO_FATAL_FAILURE(expect_same(changed.path, changed.tracks, queries)) << round;
            }
        }
        std::vector<std::string> found;  // by searches, before they are gone
        found.reserve(queries.size());
        for (const Track& query : queries)
            found.emplace_back(changed.tracks[rank(Profile::standard(), query, changed.tracks)[0].index].id());
        ASSERT_NO_FATAL_FAILURE(changed.remove(found));
        ASSERT_NO_FATAL_FAILURE(expect_same(changed.path, changed.tracks, queries));
        ASSERT_TRUE(Catalog::compact(changed.path, true));
        EXPECT_EQ(Catalog::info(changed.path)->shards.size(), 1U);
        ASSERT_NO_FATAL_FAILURE(expect_same(changed.path, changed.tracks, queries));
    }
}

TEST(CatalogChanges, tell_what_they_did_and_what_is_not_there) {
    Changed changed(50);
    const auto change = Catalog::remove(changed.path, std::vector<std::string>{"nobody", "id 1"}, {});
    ASSERT_TRUE(change);
    EXPECT_EQ(change->missing, std::vector<std::string>{"nobody"});
    EXPECT_EQ(Catalog::remove(changed.path, {}, std::vector<std::string>{"US-1"}).error().code, Errc::invalid_isrc);
    EXPECT_EQ(Catalog::add(changed.folder.file("none.msc"), Catalog()).error().code, Errc::io);
    EXPECT_EQ(changed.folder.files(), 2U);  // the catalogue, and the folder of its shards
}

TEST(CatalogChanges, that_change_nothing_leave_the_file_as_it_was) {
    Changed changed(50);
    const Bytes before = content(changed.path);
    ASSERT_TRUE(Catalog::remove(changed.path, std::vector<std::string>{"nobody", ""}, {}));
    ASSERT_TRUE(Catalog::add(changed.path, Catalog()));
    ASSERT_TRUE(Catalog::compact(changed.path, true));
    EXPECT_EQ(content(changed.path), before);
    EXPECT_EQ(changed.folder.files(), 1U);
}

TEST(CatalogChanges, remove_all_tracks_and_add_again) {
    Changed changed(20);
    std::vector<std::string> ids;
    ids.reserve(changed.tracks.size());
    for (const Track& track : changed.tracks) ids.emplace_back(track.id());
    ASSERT_NO_FATAL_FAILURE(changed.remove(ids));
    ASSERT_NO_FATAL_FAILURE(expect_same(changed.path, {}, some_queries()));
    ASSERT_TRUE(Catalog::compact(changed.path));
    EXPECT_TRUE(Catalog::info(changed.path)->shards.empty());
    ASSERT_NO_FATAL_FAILURE(expect_same(changed.path, {}, some_queries()));
    ASSERT_NO_FATAL_FAILURE(changed.add(5, 3));
    ASSERT_NO_FATAL_FAILURE(expect_same(changed.path, changed.tracks, some_queries()));
}

TEST(CatalogChanges, keep_few_shards) {
    Changed changed(300);
    for (std::uint64_t i = 0; i < 40; ++i) {
        ASSERT_NO_FATAL_FAILURE(changed.add(2, i));
        ASSERT_TRUE(Catalog::compact(changed.path));
        const CatalogInfo info = *Catalog::info(changed.path);
        ASSERT_LE(info.shards.size(), 7U) << i;
        ASSERT_EQ(info.shards.front().tracks, 300U) << i;  // written once
    }
    ASSERT_NO_FATAL_FAILURE(expect_same(changed.path, changed.tracks, some_queries()));
}

// Merging takes long, and nobody waits for it.
TEST(CatalogChanges, go_on_while_shards_are_merged) {
    for (const bool whole : {true, false}) {
        Changed changed(40);
        ASSERT_NO_FATAL_FAILURE(changed.add(30, 2));
        ASSERT_NO_FATAL_FAILURE(changed.add(30, 3));
        ASSERT_NO_FATAL_FAILURE(changed.remove({"id 2", "id 5"}));
        bool first = true;
        Work work;
        work.progress = [&](std::size_t, std::size_t) {
            if (std::exchange(first, false)) {
                changed.remove({"id 4", "id 9", "id 11"});
                changed.add(7, 4);
            }
            return true;
        };
        ASSERT_TRUE(Catalog::compact(changed.path, whole, work));
        ASSERT_FALSE(first);
        ASSERT_NO_FATAL_FAILURE(expect_same(changed.path, changed.tracks, some_queries()));
    }
}

TEST(CatalogChanges, that_are_merged_twice_at_once_are_merged_once) {
    Changed changed(40);
    ASSERT_NO_FATAL_FAILURE(changed.add(30, 2));
    bool first = true;
    Work work;
    work.progress = [&](std::size_t, std::size_t) {
        if (std::exchange(first, false)) {
            EXPECT_TRUE(Catalog::compact(changed.path, true));
            changed.add(3, 3);
            changed.add(2, 4);
        }
        return true;
    };
    ASSERT_TRUE(Catalog::compact(changed.path, true, work));
    ASSERT_NO_FATAL_FAILURE(expect_same(changed.path, changed.tracks, some_queries()));
}

TEST(CatalogChanges, do_not_touch_what_is_open) {
    Changed changed(40);
    ASSERT_NO_FATAL_FAILURE(changed.add(30, 2));
    const std::vector<Track> before = changed.tracks;
    const Catalog open = *Catalog::open(changed.path, Catalog::Memory::mapped);
    ASSERT_NO_FATAL_FAILURE(changed.remove({"id 2"}));
    ASSERT_TRUE(Catalog::compact(changed.path, true));
    ASSERT_NO_FATAL_FAILURE(expect_same_searches(open, before, some_queries()));
}

TEST(CatalogChanges, end_with_another_catalogue_in_their_place) {
    Changed changed(40);
    ASSERT_NO_FATAL_FAILURE(changed.add(30, 2));
    const std::vector<Track> others = songs(15, 5);
    ASSERT_TRUE(Catalog::build(others)->save(changed.path));
    ASSERT_NO_FATAL_FAILURE(expect_same(changed.path, others, some_queries()));
    EXPECT_EQ(changed.folder.files(), 1U);
}

TEST(CatalogChanges, are_saved_as_one_file) {
    Changed changed(40);
    ASSERT_NO_FATAL_FAILURE(changed.add(30, 2));
    ASSERT_NO_FATAL_FAILURE(changed.remove({"id 2", "id 5"}));
    const Catalog open = *Catalog::open(changed.path);
    const std::string copy = changed.folder.file("copy.msc");
    ASSERT_TRUE(open.save(copy));
    ASSERT_NO_FATAL_FAILURE(expect_same(copy, changed.tracks, some_queries()));
    EXPECT_EQ(*Catalog::build(changed.tracks)->bytes(), *open.bytes());
    ASSERT_TRUE(open.save(changed.path));  // over its own shards
    ASSERT_NO_FATAL_FAILURE(expect_same(changed.path, changed.tracks, some_queries()));
}

}  // namespace
