// A catalogue's search finds what comparing with every track finds: the same tracks, scores and order.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "catalog/index.hpp"
#include "catalog/signature.hpp"
#include "kernel_texts.hpp"
#include "musicsync/cpu.hpp"
#include "musicsync/rank.hpp"
#include "random_tracks.hpp"
#include "similarity/lcs.hpp"

namespace {

using namespace musicsync;
using namespace musicsync::testing_support;
using catalog::Index;

// Tracks of few ids; many have a counterpart among the queries, some lack a field, some are long.
struct Songs {
    std::vector<Track> queries;
    std::vector<Track> tracks;

    Songs(std::size_t asked, std::size_t count, std::uint64_t seed) {
        RandomTracks random(seed);
        while (tracks.size() < count) {
            auto [a, b] = random.pair();
            if (queries.size() < asked) queries.push_back(changed(a, random));
            tracks.push_back(changed(b, random));
        }
    }

    static Track changed(const Track& track, RandomTracks& random) {
        Track::Fields fields = track.fields();
        fields.id = std::to_string(random.below(5));
        switch (random.below(32)) {
            case 0: fields.title.clear(); break;
            case 1: fields.artists.clear(); break;
            case 2: fields.album.clear(); break;
            case 3: fields.title = std::string(30 * random.below(12), 'x') + " " + fields.title; break;
            case 4: fields.title += " op. " + std::to_string(random.below(3)) + " no. 2"; break;
            case 5:
                if (!fields.artists.empty()) fields.title = fields.artists.front() + " " + fields.title;
                break;
            default: break;
        }
        return *Track::make(std::move(fields));
    }
};

Profile own_profile() {
    Profile profile = Profile::standard();
    profile.name = "own";
    profile.weights = {0.2, 0.7, 0.1};
    profile.penalties.words = 0.05;
    return profile;
}

Profile without_titles() {
    Profile profile = Profile::standard();
    profile.name = "without titles";
    profile.weights = {0.0, 0.7, 0.3};
    return profile;
}

std::vector<Profile> profiles() {
    return {Profile::standard(), Profile::classic(), Profile::old_rule(), own_profile(), without_titles()};
}

std::vector<std::size_t> with_code(const Songs& songs, const Track& query) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < songs.tracks.size(); ++i) {
        if (!query.isrc().empty() && songs.tracks[i].isrc() == query.isrc()) out.push_back(i);
    }
    return out;
}

void expect_all_found(const Songs& songs, const Profile& profile, std::size_t k, double cutoff) {
    const Index index(songs.tracks);
    const auto all = *matrix_top_k(profile, songs.queries, songs.tracks, k, cutoff);
    for (std::size_t q = 0; q < songs.queries.size(); ++q) {
        const std::vector<Ranked>& expected = all[q];
        const auto hits = index.search(profile, songs.queries[q], k, cutoff, with_code(songs, songs.queries[q]));
        ASSERT_EQ(hits.size(), expected.size()) << profile.name << " query " << q << ", cutoff " << cutoff;
        for (std::size_t i = 0; i < hits.size(); ++i) {
            ASSERT_EQ(hits[i].index, expected[i].index) << profile.name << " query " << q << " place " << i;
            ASSERT_EQ(hits[i].score, expected[i].score) << profile.name << " query " << q << " place " << i;
            ASSERT_EQ(hits[i].probability, expected[i].probability) << profile.name << " query " << q;
        }
    }
}

class CatalogSearch : public testing::TestWithParam<std::string> {
  protected:
    void SetUp() override { ASSERT_TRUE(set_kernel(GetParam())); }
    void TearDown() override { ASSERT_TRUE(set_kernel("auto")); }
};

TEST_P(CatalogSearch, finds_what_comparing_with_every_track_finds) {
    for (std::uint64_t seed = 1; seed <= often(4); ++seed) {
        const Songs songs(60, 1500, seed);
        for (const Profile& profile : profiles()) {
            for (const std::size_t k : {std::size_t{1}, std::size_t{10}, std::size_t{100}}) {
                for (const double cutoff : {0.0, 0.4, 0.85}) expect_all_found(songs, profile, k, cutoff);
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(kernels, CatalogSearch, testing::ValuesIn(kernels()),
                         [](const auto& parameter) { return parameter.param; });

// More rows than are looked at together.
TEST(CatalogSearch, looks_at_all_chunks) {
    const Songs songs(12, 20'000, 7);
    for (const Profile& profile : {Profile::standard(), Profile::classic()}) expect_all_found(songs, profile, 10, 0.0);
}

TEST(CatalogSearch, of_no_tracks_finds_none) {
    const Songs songs(3, 3, 5);
    const Index index({});
    for (const Profile& profile : profiles()) {
        for (const Track& query : songs.queries) EXPECT_TRUE(index.search(profile, query, 10, 0.0, {}).empty());
    }
}

// Texts over an alphabet of any size, learnt from others.
TEST(Signature, bounds_every_common_subsequence) {
    std::mt19937 random(11);
    const auto text = [&random](std::size_t most, std::uint32_t alphabet) {
        std::u32string out(random() % (most + 1), U'a');
        for (char32_t& c : out) c = U' ' + random() % alphabet;
        return out;
    };
    for (const std::uint32_t alphabet : {2U, 20U, 90U, 60'000U}) {
        catalog::SymbolLevels levels;
        for (int i = 0; i < 100; ++i) levels.count(std::u32string_view(text(40, alphabet)));
        levels.choose();
        for (std::size_t i = 0; i < often(3000); ++i) {
            const std::u32string a = text(catalog::longest_signed, alphabet);
            const std::u32string b = i % 3 == 0 ? a.substr(random() % (a.size() + 1)) : text(60, alphabet);
            const auto left = levels.of(std::u32string_view(a));
            const auto right = levels.of(std::u32string_view(b));
            const std::size_t most = catalog::common_at_most(left, right);
            ASSERT_GE(most, lcs_length(a, b));
            ASSERT_LE(most, std::min(a.size(), b.size()));
            ASSERT_EQ(catalog::common_at_most(left, left), a.size());
        }
    }
    EXPECT_EQ(catalog::SymbolLevels().of(std::u32string_view(std::u32string(256, U'a'))), catalog::Signature{});
}

}  // namespace
