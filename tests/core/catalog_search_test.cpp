// A catalogue's search finds what comparing with every track finds: the same tracks, scores and order.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <vector>

#include "catalog/index.hpp"
#include "catalog/signature.hpp"
#include "kernel_texts.hpp"
#include "musicsync/cpu.hpp"
#include "musicsync/rank.hpp"
#include "musicsync/score.hpp"
#include "random_tracks.hpp"
#include "similarity/lcs.hpp"

namespace {

using namespace musicsync;
using namespace musicsync::testing_support;
using catalog::Index;

struct Songs {
    std::vector<Track> queries;
    std::vector<Track> tracks;
};

// Of every script and kind: many have a counterpart among the queries, some lack a field, some are long. Few ids.
Songs any_songs(std::size_t asked, std::size_t count, std::uint64_t seed) {
    Songs out;
    RandomTracks random(seed);
    const auto changed = [&random](const Track& track) {
        Track::Fields fields = track.fields();
        fields.id = std::to_string(random.below(5));
        switch (random.below(32)) {
            case 0: fields.title.clear(); break;
            case 1: fields.artists.clear(); break;
            case 2: fields.album.clear(); break;
            case 3: fields.title = std::string(30 * random.below(12), 'x') + " " + fields.title; break;
            case 4: fields.title += " op. " + std::to_string(random.below(3)) + " no. 2"; break;
            default: break;
        }
        return *Track::make(std::move(fields));
    };
    while (out.tracks.size() < count) {
        auto [a, b] = random.pair();
        if (out.queries.size() < asked) out.queries.push_back(changed(a));
        out.tracks.push_back(changed(b));
    }
    return out;
}

// Words and nothing else, which have rows: out of few, so that titles, names and albums share them, with slips of the
// finger, numbers, and texts in the wrong field.
class PlainSongs {
  public:
    explicit PlainSongs(std::uint64_t seed) : random_(seed) {}

    Songs songs(std::size_t asked, std::size_t count) {
        Songs out;
        while (out.tracks.size() < count) {
            const Track::Fields song = any_song();
            out.tracks.push_back(*Track::make(song));
            for (std::size_t more = below(4); more > 0; --more) out.tracks.push_back(*Track::make(changed(song)));
            if (out.queries.size() < asked) out.queries.push_back(*Track::make(changed(song)));
        }
        return out;
    }

  private:
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }

    std::string words(std::size_t most) {
        static constexpr const char* list[] = {
            "river", "rivers", "omen", "the", "night", "nights", "of",   "harbour", "toto",  "jane", "doe", "live",
            "blue",  "crazy",  "one",  "3",   "iii",   "and",    "love", "lake",    "paper", "moon", "i",   "silver",
        };
        std::string out = list[below(std::size(list))];
        for (std::size_t more = below(most); more > 0; --more) out.append(" ").append(list[below(std::size(list))]);
        return out;
    }
    Track::Fields any_song() {
        Track::Fields out;
        out.id = std::to_string(below(5));
        out.title = words(4);
        for (std::size_t names = below(8) == 0 ? below(4) : 1; names > 0; --names) out.artists.push_back(words(3));
        if (below(4) != 0) out.album = words(4);
        if (below(3) == 0) out.duration = std::chrono::milliseconds{180'000 + 1000 * static_cast<int>(below(60))};
        return out;
    }
    Track::Fields changed(Track::Fields song) {
        song.id = std::to_string(below(5));
        for (std::size_t changes = below(3); changes > 0; --changes) change(song);
        return song;
    }
    void change(Track::Fields& song) {
        switch (below(12)) {
            case 0: song.title.insert(below(song.title.size() + 1), 1, 'q'); break;
            case 1: std::erase(song.title, ' '); break;
            case 2: {
                static constexpr const char* numbers[] = {" 3", " iii", " 18", " xviii"};
                song.title += numbers[below(std::size(numbers))];
                break;
            }
            case 3: {
                static constexpr const char* parts[] = {" pt 2", " live", " (live)", " live at the lake house",
                                                        " (live at the lake house)"};
                song.title += parts[below(std::size(parts))];
                break;
            }
            case 4: song.album = words(4); break;
            case 5: song.album.clear(); break;
            case 6: song.artists.assign(below(3), words(3)); break;
            case 7: {  // a name in the title, and mostly not where it should be
                if (song.artists.empty()) return;
                song.title = below(2) == 0 ? song.artists[0] + " " + song.title : song.title + " " + song.artists[0];
                if (below(3) != 0) song.artists.erase(song.artists.begin());
                break;
            }
            case 8: {  // title and artist exchanged
                if (song.artists.empty()) return;
                std::swap(song.title, song.artists[0]);
                break;
            }
            case 9: song.title += " op " + std::to_string(below(3)) + "7 no 2"; break;
            case 10: song.album = song.title + " " + song.album; break;
            default: song.title = words(4); break;
        }
    }

    std::mt19937_64 random_;
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

// With rows, however few tracks there are.
catalog::Parts parts_of(const std::vector<Track>& tracks) {
    catalog::PartsBuilder builder;
    EXPECT_TRUE(builder.add(tracks));
    return *std::move(builder).build(0);
}

// The best of a whole ranking.
std::vector<Ranked> best_of(const std::vector<Ranked>& ranking, std::size_t k, double cutoff) {
    std::vector<Ranked> out(ranking.begin(),
                            ranking.begin() + static_cast<std::ptrdiff_t>(std::min(k, ranking.size())));
    std::erase_if(out, [cutoff](const Ranked& hit) { return hit.score < cutoff; });
    return out;
}

void expect_equal(const std::vector<Ranked>& hits, const std::vector<Ranked>& expected, const std::string& where) {
    ASSERT_EQ(hits.size(), expected.size()) << where;
    for (std::size_t i = 0; i < hits.size(); ++i) {
        ASSERT_EQ(hits[i].index, expected[i].index) << where << " place " << i;
        ASSERT_EQ(hits[i].score, expected[i].score) << where << " place " << i;
        ASSERT_EQ(hits[i].probability, expected[i].probability) << where << " place " << i;
    }
}

void expect_all_found(const Songs& songs, const Profile& profile) {
    const Index index(parts_of(songs.tracks));
    const auto rankings = *matrix_top_k(profile, songs.queries, songs.tracks, songs.tracks.size(), 0.0);
    for (std::size_t q = 0; q < songs.queries.size(); ++q) {
        std::vector<double> cutoffs{0.0, 0.85};  // and what some track has: no bound of its may be lower
        for (const std::size_t place : {0U, 2U, 7U, 30U, 100U}) cutoffs.push_back(rankings[q][place].score);
        for (const std::size_t k : {std::size_t{1}, std::size_t{10}, std::size_t{100}}) {
            for (const double cutoff : cutoffs) {
                expect_equal(index.search(profile, songs.queries[q], {k, cutoff, {}, {}}),
                             best_of(rankings[q], k, cutoff),
                             profile.name + " query " + std::to_string(q) + " k " + std::to_string(k) + " cutoff " +
                                 std::to_string(cutoff));
            }
        }
    }
}

class CatalogSearch : public testing::TestWithParam<std::string> {
  protected:
    void SetUp() override { ASSERT_TRUE(set_kernel(GetParam())); }
    void TearDown() override { ASSERT_TRUE(set_kernel("auto")); }
};

TEST_P(CatalogSearch, finds_what_comparing_with_every_track_finds) {
    for (std::uint64_t seed = 1; seed <= often(1) + 1; ++seed) {
        for (const Profile& profile : profiles()) {
            expect_all_found(any_songs(12, 400, seed), profile);
            expect_all_found(PlainSongs(seed).songs(12, 400), profile);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(kernels, CatalogSearch, testing::ValuesIn(kernels()),
                         [](const auto& parameter) { return parameter.param; });

// Of many queries whose texts stand in each other's fields.
TEST(CatalogSearch, finds_what_stands_in_another_field) {
    for (std::uint64_t seed = 10; seed < 10 + often(20); ++seed)
        expect_all_found(PlainSongs(seed).songs(30, 400), Profile::standard());
}

// Pairs of which the titles' letters say less than another way of reading them.
TEST(CatalogSearch, finds_what_another_way_makes_alike) {
    struct Pair {
        const char* way;
        Song query;
        Song other;
    };
    const std::vector<Pair> pairs{
        {"as given", {"River Live at the Lake House", {"Ann Lee"}}, {"River (Live at the Lake House)", {"Toto"}}},
        {"but for spaces", {"t h e  c l i m b", {"Ann Lee"}}, {"The Climb", {"Toto"}}},
        {"a number", {"Omen XVIII", {"Ann Lee"}}, {"Omen 18", {"Toto"}}},
        {"a part", {"Omen Pt. 18", {"Ann Lee"}}, {"Omen XVIII", {"Toto"}}},
        {"one work", {"Suite in G op. 127 no. 2", {"Toto"}}, {"op. 127 no. 2: Allegro molto appassionato", {"Toto"}}},
        {"its own name before it", {"Toto Africa", {"Wrong Name Altogether"}}, {"Africa", {"Toto"}}},
        {"its own name behind it", {"Africa Toto", {"Wrong Name Altogether"}}, {"Africa", {"Toto"}}},
        {"the other's name in it", {"Africa", {"Toto"}}, {"Toto Africa", {"Wrong Name Altogether"}}},
        {"title and name exchanged", {"Silver Moon", {"Jane Doe"}}, {"Jane Doe", {"Silver Moon"}}},
        {"all fields exchanged",
         {"Blue River", {"Jane Doe"}, "Silver Moon"},
         {"Silver Moon", {"Blue River"}, "Doe Jane"}},
        {"misspelt", {"Harbour", {"Ann Lee"}}, {"Harrbour", {"Zzyzx"}}},
        {"names in any order", {"Africa", {"Jane Doe", "Toto"}}, {"Africa", {"Toto", "Jane Doe"}}},
        {"words of a name in any order", {"Africa", {"Doe Jane"}}, {"Africa", {"Jane Doe"}}},
        {"a name inside another", {"Africa", {"Tom Petty"}}, {"Africa", {"Tom Petty and the Heartbreakers"}}},
        {"a name but for spaces", {"Africa", {"Justin Timberlake"}}, {"Africa", {"J u s t i n Timberlake"}}},
        {"nobody named", {"Africa", {}}, {"Africa", {"Toto"}}},
        {"a script of its own", {"Jayu", {"Toto"}}, {"자유", {"Toto"}}},
        {"titles in scripts that say nothing of each other", {"Africa", {"Toto"}, "Blue"}, {"ночь", {"Toto"}, "Blue"}},
        {"the same from the other side", {"ночь", {"Toto"}, "Blue"}, {"Africa", {"Toto"}, "Blue"}},
        {"a title's spelling", {"Gruppa krovi", {"Ann Lee"}}, {"Группа крови", {"Ann Lee"}}},
        {"the query's spelling", {"Группа крови", {"Ann Lee"}}, {"Gruppa krovi", {"Ann Lee"}}},
        {"a spelling that shares no word", {"Grupakrovi", {"Ann Lee"}}, {"Группа крови", {"Ann Lee"}}},
        {"a credit's spelling", {"Grey stone", {"Viktor Tsoi"}}, {"Gray stones fall down", {"Виктор Цой"}}},
        {"the query's credit's spelling", {"Grey stone", {"Виктор Цой"}}, {"Gray stones fall down", {"Viktor Tsoi"}}},
        {"a credit in another script", {"Africa", {"Ann Lee"}}, {"Africa", {"Виктор Цой"}}},
        {"the same of the query", {"Africa", {"Виктор Цой"}}, {"Africa", {"Ann Lee"}}},
        {"one of two scripts", {"Starlight", {"Ann Lee"}}, {"별빛 (Starlight)", {"Ann Lee"}}},
        {"one of the query's two scripts", {"별빛 (Starlight)", {"Ann Lee"}}, {"Starlight", {"Ann Lee"}}},
        {"a name before a title", {"Africa", {"Tottto Band"}}, {"Toto Band - Africa", {"Wrong Name Altogether"}}},
        {"a name before the query's title",
         {"Toto Band - Africa", {"Wrong Name Altogether"}},
         {"Africa", {"Tottto Band"}}},
        {"an album behind a title", {"Africa", {"Toto"}, "Seven Seas"}, {"Africa - Sevenn Seas", {"Toto"}, "Zzyzx"}},
        {"a title between name and album",
         {"Africa", {"Tottto Band"}, "Seven Seas"},
         {"Toto Band - Africa - Sevenn Seas", {"Wrong Name Altogether"}}},
        {"a piece of a title", {"Iko Iko", {"Ann Lee"}}, {"Iko Iko (My Bestie)", {"Ann Lee"}}},
        {"a piece of the query's title", {"Iko Iko (My Bestie)", {"Ann Lee"}}, {"Iko Iko", {"Ann Lee"}}},
        {"what stands behind a colon", {"Pac-Man", {"Ann Lee"}}, {"Song Machine: Pac-Man", {"Ann Lee"}}},
        {"what is left of both titles",
         {"Toto Band - Africa", {}},
         {"Africa - Seven Seas", {"Tottto Band"}, "Seven Seas"}},
    };
    const Songs others = PlainSongs(3).songs(1, 300);
    for (const Pair& pair : pairs) {
        std::vector<Track> tracks = others.tracks;
        const Track query = track(pair.query);
        Track::Fields of_credit =
            query.fields();                   // so many that those of alike credits are not compared for that alone
        of_credit.title = "Хццххц - Qqxxzz";  // of readings of each kind
        tracks.insert(tracks.end(), 300, *Track::make(of_credit));
        tracks.push_back(track(pair.other));
        const double score = musicsync::score(Profile::standard(), query, tracks.back());
        ASSERT_GT(score, 0.0) << pair.way;
        const auto hits = Index(parts_of(tracks)).search(Profile::standard(), query, {tracks.size(), score, {}, {}});
        EXPECT_TRUE(std::any_of(hits.begin(), hits.end(), [&](const Ranked& hit) {
            return hit.index == tracks.size() - 1 && hit.score == score;
        })) << pair.way;
    }
}

// Of more rows with a word than are looked at for that alone: the query's rarest word is another one.
TEST(CatalogSearch, finds_titles_by_how_many_words_they_share) {
    struct Pair {
        const char* shared;
        const char* query;
        const char* other;
    };
    for (const Pair& pair :
         {Pair{"one", "harbour night", "harbour lane"}, Pair{"several", "river moon xylophonist", "rivers moon"},
          Pair{"one twice", "moonlight night", "moonlight moonlight"},
          Pair{"one of two", "rivers river night", "rivers zz"}}) {
        const Track query = track({pair.query, {"Ann Lee"}});
        std::vector<Track> tracks(5000, track({pair.other, {"Ann Leigh"}}));  // so alike that it counts
        const double score = musicsync::score(Profile::standard(), query, tracks.front());
        ASSERT_GT(score, 0.0) << pair.shared;
        for (const char* rare : {"Night", "Xylophonist"}) tracks.push_back(track({rare, {"Zzyzx"}}));
        const auto hits = Index(parts_of(tracks)).search(Profile::standard(), query, {tracks.size(), score, {}, {}});
        EXPECT_GE(hits.size(), 5000U) << pair.shared;
    }
}

// Of names whose letters are in the signatures, and have other bytes than code points.
TEST(CatalogSearch, finds_a_name_in_other_letters_before_a_title) {
    std::vector<Track> tracks(300, track({"Туман", {"Сектор Газа"}}));
    tracks.push_back(track({"Звезда по имени", {"Виктор"}}));
    const Track query = track({"Виктор Звезда по имени", {"Сектор Газа"}});
    const double score = musicsync::score(Profile::standard(), query, tracks.back());
    const auto hits = Index(parts_of(tracks)).search(Profile::standard(), query, {tracks.size(), score, {}, {}});
    EXPECT_TRUE(std::any_of(hits.begin(), hits.end(), [](const Ranked& hit) { return hit.index == 300; })) << score;
}

// More rows than are looked at together.
TEST(CatalogSearch, looks_at_all_chunks) {
    for (const Profile& profile : {Profile::standard(), Profile::classic()})
        expect_all_found(PlainSongs(7).songs(5, 20'000), profile);
}

TEST(CatalogSearch, of_no_tracks_finds_none) {
    const Songs songs = any_songs(3, 3, 5);
    const Index index(parts_of({}));
    for (const Profile& profile : profiles()) {
        for (const Track& query : songs.queries) EXPECT_TRUE(index.search(profile, query, {10, 0.0, {}, {}}).empty());
    }
}

// Texts over an alphabet of any size, learnt from others.
TEST(Signature, bounds_every_common_subsequence) {
    std::mt19937 random(11);
    const auto text = [&random](std::size_t most, std::uint32_t alphabet) {
        std::u32string out(random() % (most + 1), U'a');
        for (char32_t& c : out) c = U' ' + static_cast<char32_t>(random() % alphabet);
        return out;
    };
    for (const std::uint32_t alphabet : {2U, 20U, 90U, 60'000U}) {
        catalog::LevelCounter counter;
        for (int i = 0; i < 100; ++i) counter.count(std::u32string_view(text(40, alphabet)));
        const catalog::SymbolLevels levels = counter.chosen();
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
