#include "musicsync/decide.hpp"

#include <gtest/gtest.h>

#include "tracks.hpp"

namespace {

using musicsync::Decision;
using musicsync::Method;
using musicsync::Profile;
using musicsync::Track;
using musicsync::Verdict;
using musicsync::testing_support::Song;
using musicsync::testing_support::track;
using Reasons = std::vector<std::string>;

const Song asked{"Africa", {"Toto"}, "Toto IV", 295};
const Song studio{"Africa", {"Toto"}, "Toto IV", 295.9};
const Song live{"Africa - Live", {"Toto"}, "Greatest Hits Live", 360};
const Song karaoke{"Africa (Karaoke Version)", {"Karaoke Star"}, "Karaoke Hits", 295};
const Song remaster{"Africa - Remastered 2020", {"Toto"}, "The Essential Toto", 295.9};
const Song cover{"Africa", {"Weezer"}, "Weezer (Teal Album)", 239};

Decision decide(const Song& query, const std::vector<Song>& songs, std::optional<double> accept = std::nullopt,
                const Profile& profile = Profile::standard()) {
    std::vector<Track> candidates;
    candidates.reserve(songs.size());
    for (const Song& song : songs) candidates.push_back(track(song));
    return musicsync::decide(profile, track(query), candidates, accept);
}

TEST(Decide, takes_the_studio_recording_among_its_imitations) {
    const Decision decision = decide(asked, {live, karaoke, cover, remaster, studio});
    EXPECT_EQ(decision.verdict, Verdict::accept);
    EXPECT_EQ(decision.best, 4U);
    EXPECT_EQ(decision.method, Method::exact);
    EXPECT_EQ(decision.reasons, Reasons{"exact"});
    EXPECT_TRUE(decision.candidates[3].same_as_best);  // a release of the same recording is no rival
    EXPECT_FALSE(decision.candidates[0].same_as_best);
}

TEST(Decide, accepts_none_of_the_imitations_while_the_studio_one_is_absent) {
    for (const Song& other :
         {live, karaoke, cover, Song{"Africa", {"Africa Tribute Band"}}, Song{"Africa (Remix)", {"Toto"}},
          Song{"Africa - Acoustic", {"Toto"}}, Song{"Africa (Re-Recorded)", {"Toto"}}}) {
        EXPECT_NE(decide(asked, {other}).verdict, Verdict::accept) << other.title;
        EXPECT_NE(decide({"Africa", {"Toto"}}, {other}, 0.01).verdict, Verdict::accept) << other.title;
    }
}

TEST(Decide, takes_the_live_recording_when_it_was_asked_for) {
    EXPECT_EQ(decide({"Africa (Live)", {"Toto"}}, {studio, live}).best, 1U);
}

TEST(Decide, knows_that_unplugged_is_live_and_acoustic) {
    const Song there{"Layla - Acoustic; Live at MTV Unplugged, Bray Studios", {"Eric Clapton"}};
    EXPECT_EQ(decide({"Layla (Unplugged)", {"Eric Clapton"}}, {there}).verdict, Verdict::accept);
    EXPECT_NE(decide({"Layla", {"Eric Clapton"}}, {there}).verdict, Verdict::accept);
}

TEST(Decide, takes_the_asked_album_and_an_album_before_a_compilation) {
    const Song hits{"Africa", {"Toto"}, "Greatest Hits", 295.9};
    EXPECT_EQ(decide(asked, {hits, studio}).best, 1U);
    EXPECT_EQ(decide({"Africa", {"Toto"}, "Greatest Hits", 295}, {studio, hits}).best, 1U);
    EXPECT_EQ(decide({"Africa", {"Toto"}, "", 295}, {hits, studio}).best, 1U);
}

TEST(Decide, prefers_no_release_for_its_album_that_names_another_artist) {
    const Song alike{"September", {"Fire & Wind"}, "Covers", 214};
    const Song best{"September", {"Earth, Wind & Fire"}, "The Best of Earth, Wind & Fire, Vol. 1", 215};
    EXPECT_EQ(decide({"September", {"Earth Wind and Fire"}, "", 215}, {alike, best}).best, 1U);
}

TEST(Decide, takes_the_asked_explicitness_before_the_asked_album) {
    const Song query{"Africa [Explicit]", {"Toto"}, "Toto IV", 295};
    const Song clean{"Africa (Clean)", {"Toto"}, "Toto IV", 295};
    const Song bad{"Africa [Explicit]", {"Toto"}, "Greatest Hits", 295};
    EXPECT_EQ(decide(query, {clean, bad}).best, 1U);
    EXPECT_EQ(decide(query, {clean, bad}).verdict, Verdict::accept);
    EXPECT_EQ(decide(query, {clean}).verdict, Verdict::ambiguous);
    EXPECT_EQ(decide(query, {clean}).reasons, Reasons{"explicit_conflict"});
}

TEST(Decide, asks_for_the_part_where_there_are_several_and_no_length_tells) {
    const Song first{"Tidewater, Pt. 1", {"Toto"}, "", 200};
    const Song second{"Tidewater, Pt. 2", {"Toto"}, "", 180};
    EXPECT_EQ(decide({"Tidewater", {"Toto"}}, {first}).verdict, Verdict::accept);
    const Decision several = decide({"Tidewater", {"Toto"}}, {first, second});
    EXPECT_EQ(several.verdict, Verdict::ambiguous);
    EXPECT_EQ(several.best, 0U);
    EXPECT_EQ(several.reasons, Reasons{"part_uncertain"});
    EXPECT_EQ(decide({"Tidewater", {"Toto"}, "", 200}, {first, second}).verdict, Verdict::accept);
}

TEST(Decide, asks_rather_than_rejects_where_nothing_but_the_length_speaks_against_it) {
    EXPECT_EQ(decide({"Africa", {"Toto"}, "", 295}, {{"Africa", {"Toto"}, "", 620}}).verdict, Verdict::ambiguous);
    EXPECT_EQ(decide({"Africa", {"Toto"}, "", 295}, {{"Africa (Live)", {"Toto"}, "", 620}}).verdict, Verdict::reject);
    EXPECT_EQ(decide({"Africa", {"Toto"}, "", 295}, {{"Africa", {"Weezer"}, "", 620}}).verdict, Verdict::reject);
}

TEST(Decide, leaves_two_equal_different_recordings_to_a_person) {
    const Decision decision = decide({"Africa", {"Toto"}}, {studio, {"Africa", {"Toto"}, "", 250}});
    EXPECT_EQ(decision.verdict, Verdict::ambiguous);
    EXPECT_EQ(decision.reasons, Reasons{"margin"});
    EXPECT_TRUE(decision.rival);
}

TEST(Decide, takes_a_typing_error_for_what_it_is) {
    const Decision decision = decide({"Bohemian Rapsody", {"Queen"}}, {{"Bohemian Rhapsody", {"Queen"}, "", 354}});
    EXPECT_EQ(decision.verdict, Verdict::accept);
    EXPECT_EQ(decision.method, Method::fuzzy);
}

TEST(Decide, accepts_by_isrc_and_doubts_one_that_the_texts_contradict) {
    const Song coded{"Africa", {"Toto"}, "", 295, "USSM18200342"};
    const Decision good = decide(coded, {{"Africa (2020 Remaster)", {"TOTO"}, "", 296, "US-SM1-82-00342"}});
    EXPECT_EQ(good.verdict, Verdict::accept);
    EXPECT_EQ(good.method, Method::isrc);
    const Decision wrong = decide(coded, {{"Rosanna", {"Toto"}, "", 330, "USSM18200342"}});
    EXPECT_EQ(wrong.verdict, Verdict::ambiguous);
    EXPECT_EQ(wrong.reasons.front(), "isrc_conflict");
}

TEST(Decide, rejects_other_songs_and_an_empty_list) {
    const Decision other = decide(asked, {{"Rosanna", {"Toto"}, "Toto IV", 331}});
    EXPECT_EQ(other.verdict, Verdict::reject);
    EXPECT_EQ(other.method, Method::none);
    EXPECT_EQ(other.reasons.front(), "below_reject");
    EXPECT_EQ(decide(asked, {}).reasons, Reasons{"no_candidates"});
    EXPECT_FALSE(decide(asked, {}).best);
}

TEST(Decide, uses_the_accept_threshold_it_is_given) {
    EXPECT_EQ(decide({"Africa", {"Toto"}}, {studio}, 0.999999).verdict, Verdict::ambiguous);
    EXPECT_EQ(decide({"Africa", {"Toto"}}, {studio}, 0.999999).reasons, Reasons{"between_thresholds"});
}

TEST(Decide, calls_another_duration_ambiguous) {
    const Decision decision = decide(asked, {{"Africa", {"Toto"}, "", 315}});
    EXPECT_EQ(decision.verdict, Verdict::ambiguous);
    EXPECT_EQ(decision.reasons.front(), "duration_conflict");
}

TEST(Decide, follows_the_classic_thresholds_on_the_score) {
    const Profile classic = Profile::classic();
    EXPECT_EQ(decide({"Africa", {"Toto"}}, {{"Africa", {"Toto"}}}, {}, classic).verdict, Verdict::accept);  // 0.85
    EXPECT_EQ(decide({"Africa", {"Toto"}}, {{"Africa", {"Toto"}}}, {}, Profile::old_rule()).verdict,
              Verdict::ambiguous);
    EXPECT_EQ(decide({"Africa", {}}, {{"Africa", {"Toto"}}}, {}, classic).verdict, Verdict::ambiguous);  // 0.50
    EXPECT_EQ(decide({"Xyz", {}}, {{"Africa", {"Toto"}}}, {}, classic).verdict, Verdict::reject);
}

}  // namespace
