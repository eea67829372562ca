// Fields that are read by themselves say what the whole track says, whatever stands beside them.
#include "score/alone.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "catalog/readings.hpp"
#include "composer.hpp"
#include "musicsync/normalize.hpp"
#include "random_tracks.hpp"
#include "score/normal_form.hpp"
#include "similarity/code_points.hpp"

namespace musicsync {
namespace {

using testing_support::Composer;
using testing_support::RandomTracks;
using testing_support::track;

std::string names_of(const CreditForm& credits) {
    std::string out;
    for (const std::u32string_view name : credits.names) out.append(out.empty() ? "" : "\n").append(to_utf8(name));
    return out;
}

// Counts the titles that are read so, and those that name guests, of the tracks that it is shown.
class Alone {
  public:
    void expect_what_all_say(const Track& track) {
        SCOPED_TRACE(track.title() + " / " + track.album());
        const NormalForm& form = track.normal();
        if (const std::optional<AlbumAlone> album = read_album_alone(track.album())) {
            ASSERT_EQ(album->base, to_utf8(form.album.text));
            ASSERT_EQ(album->whole, normalize(album->whole));
        }
        const std::optional<TitleAlone> title = read_title_alone(track.title());
        if (!title) return;
        ++titles_;
        ASSERT_EQ(title->base, to_utf8(form.title.text));
        ASSERT_EQ(title->whole, to_utf8(form.whole));
        ASSERT_EQ(title->said.whole, track.outline().whole);
        ASSERT_EQ(title->said.letters, track.outline().letters);
        ASSERT_EQ(title->said.work, track.outline().has(Outline::work));
        ASSERT_EQ(title->said.wildcards, track.outline().has(Outline::wildcards));
        Memory memory;
        ASSERT_EQ(catalog::readings_of(form, memory).size(), 1U);
        std::string credit;
        if (!read_credit_alone(track.artists(), title->featured, credit)) return;
        guests_ += form.credits.guests;
        ASSERT_EQ(credit, names_of(form.credits));
        expect_all_words(form, *title, credit, track.album());
    }
    std::size_t titles_ = 0;
    std::size_t guests_ = 0;

  private:
    static void expect_all_words(const NormalForm& form, const TitleAlone& title, std::string credit,
                                 const std::string& given) {
        const std::optional<AlbumAlone> album = read_album_alone(given);
        if (!album) return;
        std::replace(credit.begin(), credit.end(), '\n', ' ');
        const std::u32string all = to_code_points(title.whole + ' ' + credit + ' ' + album->whole);
        std::vector<std::u32string_view> words = words_of(all);
        std::sort(words.begin(), words.end());
        words.erase(std::unique(words.begin(), words.end()), words.end());
        ASSERT_EQ(words, words_of(form.everything));
    }
};

TEST(Alone, is_what_random_tracks_say) {
    RandomTracks random(43);
    Alone alone;
    for (int i = 0; i < 4000; ++i) {
        const auto [a, b] = random.pair();
        ASSERT_NO_FATAL_FAILURE(alone.expect_what_all_say(a));
        ASSERT_NO_FATAL_FAILURE(alone.expect_what_all_say(b));
    }
    EXPECT_GT(alone.titles_, 1000U);
}

TEST(Alone, is_what_composed_tracks_say) {
    Composer compose;
    Alone alone;
    for (int i = 0; i < 20000; ++i) ASSERT_NO_FATAL_FAILURE(alone.expect_what_all_say(compose.track()));
    EXPECT_GT(alone.titles_, 100U);
}

TEST(Alone, is_what_tracks_of_the_cases_say) {
    Alone alone;
    for (const char* name : {"titles.tsv", "credits.tsv", "texts.tsv"}) {
        std::ifstream file(std::string(MUSICSYNC_CASES) + "/" + name);
        for (std::string line; std::getline(file, line);) {
            const std::string text = line.substr(0, line.find('\t'));
            if (text.empty()) continue;
            for (const auto& artists : {std::vector<std::string>{"Jane Doe"}, {text}, {"Various Artists", "Road"}}) {
                ASSERT_NO_FATAL_FAILURE(alone.expect_what_all_say(track({text, artists, "Road"})));
                ASSERT_NO_FATAL_FAILURE(alone.expect_what_all_say(track({"Road feat. Ann Lee", artists, text})));
                ASSERT_NO_FATAL_FAILURE(alone.expect_what_all_say(track({text + " ft. " + artists[0], artists, text})));
            }
        }
    }
    EXPECT_GT(alone.titles_, 300U);
    EXPECT_GT(alone.guests_, 300U);
}

TEST(Alone, is_no_title_in_sections) {
    for (const char* title : {"Toto - Africa", "Africa (Toto IV)", "Beethoven: Symphony No. 5", "Nr. 5 \u2013 Nacht"})
        EXPECT_FALSE(read_title_alone(title)) << title;
    EXPECT_EQ(read_title_alone("Hola Perdida Remix")->base, "hola perdida");
    EXPECT_EQ(read_title_alone("Hola ft. Ann Lee")->featured, std::vector<std::string>{"ann lee"});
    EXPECT_EQ(read_album_alone("Toto IV (Deluxe Edition)")->base, "toto iv");
    EXPECT_EQ(read_album_alone("Toto IV (Deluxe Edition)")->whole, "toto iv deluxe edition");
}

}  // namespace
}  // namespace musicsync
