// For what a candidate cannot be accepted, however probable it is: each reason with a pair that has it and the nearest
// pair that has not.
#include <gtest/gtest.h>

#include <algorithm>

#include "musicsync/decide.hpp"
#include "musicsync/explain.hpp"
#include "tracks.hpp"

namespace {

using musicsync::Profile;
using musicsync::Track;
using musicsync::Verdict;
using musicsync::testing_support::Song;
using musicsync::testing_support::track;
using Reasons = std::vector<std::string>;

const Profile standard = Profile::standard();

Reasons vetoes(const Song& query, const Song& candidate) {
    const std::vector<Track> one{track(candidate)};
    const musicsync::Decision decision = musicsync::decide(standard, track(query), one, 0.0);
    const Reasons& found = decision.candidates[0].vetoes;
    // With every threshold at 0 nothing but a veto stands in the way.
    EXPECT_EQ(decision.verdict, found.empty() ? Verdict::accept : Verdict::ambiguous);
    for (const std::string& reason : found) EXPECT_NE(musicsync::reason_in_words(reason), reason);
    return found;
}

bool vetoed(const char* reason, const Song& query, const Song& candidate) {
    const Reasons found = vetoes(query, candidate);
    const Reasons turned = vetoes(candidate, query);
    EXPECT_EQ(found, turned);
    return std::find(found.begin(), found.end(), reason) != found.end();
}

Song by_jane(const char* title, double seconds = 0.0) { return {title, {"Jane Doe"}, "", seconds}; }

TEST(Vetoes, are_none_for_one_recording) {
    EXPECT_EQ(vetoes(by_jane("River Song"), by_jane("RIVER SONG (Remastered 2011)")), Reasons{});
}

TEST(Vetoes, version_conflict) {
    EXPECT_TRUE(vetoed("version_conflict", by_jane("River Song"), by_jane("River Song (Live)")));
    EXPECT_TRUE(vetoed("version_conflict", by_jane("River Song", 200), by_jane("River Song (Live)", 200)));
    EXPECT_FALSE(vetoed("version_conflict", by_jane("River Song (Live)"), by_jane("River Song - Live")));
}

TEST(Vetoes, version_uncertain) {
    EXPECT_TRUE(vetoed("version_uncertain", by_jane("River Song"), by_jane("River Song (Radio Edit)")));
    EXPECT_FALSE(vetoed("version_uncertain", by_jane("River Song"), by_jane("River Song (Single Version)")));
    const auto on_blue = [](const char* title, double seconds) { return Song{title, {"Jane Doe"}, "Blue", seconds}; };
    EXPECT_FALSE(vetoed("version_uncertain", on_blue("River Song", 200), on_blue("River Song (Radio Edit)", 201)));
    EXPECT_TRUE(vetoed("version_uncertain", on_blue("River Song", 200), on_blue("River Song (Radio Edit)", 202)));
}

TEST(Vetoes, duration_conflict) {
    EXPECT_TRUE(vetoed("duration_conflict", by_jane("River Song", 200), by_jane("River Song", 212.1)));
    EXPECT_FALSE(vetoed("duration_conflict", by_jane("River Song", 200), by_jane("River Song", 212)));
    EXPECT_FALSE(vetoed("duration_conflict", by_jane("River Song", 200), by_jane("River Song")));
}

TEST(Vetoes, artist_conflict) {
    const Song asked{"A Very Long River Song", {"Jane Doe"}, "", 200};
    EXPECT_TRUE(vetoed("artist_conflict", asked, {"A Very Long River Song", {"Otto Mops"}, "", 200}));
    EXPECT_FALSE(vetoed("artist_conflict", asked, {"A Very Long River Song", {"Jane Do"}, "", 200}));
    EXPECT_FALSE(vetoed("artist_conflict", asked, {"A Very Long River Song", {}, "", 200}));
}

TEST(Vetoes, artist_conflict_of_two_names_of_which_one_word_is_another) {
    const Song asked{"River Song", {"Black Fox Trio"}, "", 200};
    EXPECT_TRUE(vetoed("artist_conflict", asked, {"River Song", {"Black Sun Trio"}, "", 200}));
    EXPECT_FALSE(vetoed("artist_conflict", asked, {"River Song", {"Blakc Fox Trio"}, "", 200}));
}

TEST(Vetoes, part_conflict) {
    EXPECT_TRUE(vetoed("part_conflict", by_jane("River Song, Pt. 1", 200), by_jane("River Song, Pt. 2", 200)));
    EXPECT_FALSE(vetoed("part_conflict", by_jane("River Song, Pt. 2", 200), by_jane("River Song (Part II)", 200)));
}

TEST(Vetoes, title_conflict_of_titles_that_share_letters_and_no_words) {
    EXPECT_TRUE(vetoed("title_conflict", by_jane("Dani California", 200), by_jane("Californication", 200)));
    EXPECT_FALSE(vetoed("title_conflict", by_jane("Afrika Calling", 200), by_jane("Africa Calling", 200)));
}

TEST(Vetoes, title_conflict_of_a_title_that_is_a_small_part_of_the_other) {
    EXPECT_TRUE(vetoed("title_conflict", by_jane("River", 200), by_jane("Down by the River Song", 200)));
    EXPECT_FALSE(vetoed("title_conflict", by_jane("Down by the River", 200), by_jane("Down by the River Song", 200)));
}

TEST(Vetoes, short_title_of_at_most_three_symbols_has_to_be_equal) {
    EXPECT_TRUE(vetoed("short_title", by_jane("One", 200), by_jane("Ona", 200)));
    EXPECT_FALSE(vetoed("short_title", by_jane("One", 200), by_jane("ONE", 200)));
    EXPECT_FALSE(vetoed("short_title", by_jane("Ones", 200), by_jane("Onas", 200)));
    EXPECT_FALSE(vetoed("short_title", by_jane("One", 200), by_jane("One (Your Name)", 201)));
    EXPECT_TRUE(vetoed("short_title", by_jane("One", 200), by_jane("One (Your Name)", 202)));
}

TEST(Vetoes, title_uncertain_without_an_equal_duration) {
    EXPECT_TRUE(vetoed("title_uncertain", by_jane("Harbour Light"), by_jane("Harbour Lamps")));
    EXPECT_TRUE(vetoed("title_uncertain", by_jane("Harbour Light", 200), by_jane("Harbour Lamps", 203.1)));
    EXPECT_TRUE(vetoed("title_uncertain", by_jane("Afrika", 200), by_jane("Africa", 203.1)));
    EXPECT_FALSE(vetoed("title_uncertain", by_jane("Afrika", 200), by_jane("Africa", 203)));
    EXPECT_FALSE(vetoed("title_uncertain", by_jane("Harbour Light"), by_jane("Harbour Light")));
}

TEST(Vetoes, title_uncertain_is_not_said_of_a_slip_of_the_finger) {
    EXPECT_FALSE(vetoed("title_uncertain", by_jane("Bohemian Rapsody"), by_jane("Bohemian Rhapsody")));
    EXPECT_TRUE(vetoed("title_uncertain", {"Bohemian Rapsody", {"Jane Doe"}}, {"Bohemian Rhapsody", {"Jane Do"}}));
    EXPECT_TRUE(vetoed("title_uncertain", by_jane("Bohemian Rhapsody 2"), by_jane("Bohemian Rhapsody 3")));
    EXPECT_TRUE(vetoed("title_uncertain", by_jane("Afrika"), by_jane("Africa")));  // one letter of few
}

TEST(Vetoes, title_uncertain_with_an_equal_duration_too_where_the_words_are_others) {
    EXPECT_TRUE(vetoed("title_uncertain", by_jane("Harbour Light", 200), by_jane("Harbour Lamps", 200)));
    EXPECT_TRUE(vetoed("title_uncertain", by_jane("What", 200), by_jane("What Now", 200)));
    EXPECT_TRUE(vetoed("title_uncertain", by_jane("Interlude 1", 60), by_jane("Interlude 2", 60)));
    EXPECT_FALSE(vetoed("title_uncertain", by_jane("What", 200), by_jane("What (Now)", 200)));
    const auto on_blue = [](const char* title, double seconds) { return Song{title, {"Jane Doe"}, "Blue", seconds}; };
    EXPECT_FALSE(vetoed("title_uncertain", on_blue("Vestigial Organ Song", 200), on_blue("Trace Organ Song", 201)));
    EXPECT_TRUE(vetoed("title_uncertain", on_blue("Vestigial Organ Song", 200), on_blue("Trace Organ Song", 202)));
}

TEST(Vetoes, title_uncertain_where_all_words_agree_and_no_name_does) {
    EXPECT_TRUE(
        vetoed("title_uncertain", {"Silver Lake", {"Paper Moon"}, "", 200}, {"Moon Lake", {"Silver Paper"}, "", 200}));
}

TEST(Vetoes, artist_uncertain_where_names_are_only_alike) {
    const auto by = [](const char* artist, double seconds = 0.0, const char* album = "") {
        return Song{"Hold On", {artist}, album, seconds};
    };
    EXPECT_TRUE(vetoed("artist_uncertain", by("Toto"), by("Otto")));
    EXPECT_TRUE(vetoed("artist_uncertain", by("Toto", 200), by("Otto", 202)));
    EXPECT_TRUE(vetoed("artist_uncertain", by("Queen"), by("Queen Latifah")));
    EXPECT_TRUE(vetoed("artist_uncertain", by("Queen", 200), by("Queen Latifah", 204)));
    EXPECT_FALSE(vetoed("artist_uncertain", by("Queen", 200), by("Queen Latifah", 203)));
    EXPECT_FALSE(vetoed("artist_uncertain", by("Queen", 0, "Blue"), by("Queen Latifah", 0, "Blue")));
    EXPECT_TRUE(vetoed("artist_uncertain", by("Queen", 0, "Hold On"), by("Queen Latifah", 0, "Hold On")));  // a single
    EXPECT_FALSE(vetoed("artist_uncertain", by("Alan Walker"), by("Alan Walkr")));
}

TEST(Vetoes, artist_unknown_where_nothing_says_whose_it_is) {
    const Song nobody{"River Song", {}, "", 200};
    EXPECT_TRUE(vetoed("artist_unknown", nobody, by_jane("River Song", 200)));
    EXPECT_FALSE(vetoed("artist_unknown", {"Jane Doe - River Song", {}, "", 200}, by_jane("River Song", 200)));
    EXPECT_FALSE(vetoed("artist_unknown", {"River Song", {}, "Blue", 200}, {"River Song", {"Jane Doe"}, "Blue", 200}));
}

TEST(Vetoes, explicit_conflict) {
    EXPECT_TRUE(vetoed("explicit_conflict", by_jane("River Song (Clean)", 200), by_jane("River Song [Explicit]", 200)));
    EXPECT_FALSE(vetoed("explicit_conflict", by_jane("River Song", 200), by_jane("River Song [Explicit]", 200)));
}

TEST(Vetoes, guest_uncertain_without_an_equal_duration) {
    EXPECT_TRUE(vetoed("guest_uncertain", by_jane("River Song (feat. Max)"), by_jane("River Song")));
    EXPECT_FALSE(vetoed("guest_uncertain", by_jane("River Song (feat. Max)", 200), by_jane("River Song", 201)));
    EXPECT_FALSE(vetoed("guest_uncertain", by_jane("River Song (feat. Max)"), {"River Song", {"Jane Doe", "Max"}}));
}

TEST(Vetoes, year_uncertain_ten_years_later_without_an_equal_duration) {
    const auto of_year = [](int year, double seconds = 0.0) {
        return Song{"River Song", {"Jane Doe"}, "", seconds, "", "", year};
    };
    EXPECT_TRUE(vetoed("year_uncertain", of_year(1990), of_year(2000)));
    EXPECT_FALSE(vetoed("year_uncertain", of_year(1990), of_year(1999)));
    EXPECT_FALSE(vetoed("year_uncertain", of_year(1990, 200), of_year(2010, 201)));
    EXPECT_FALSE(vetoed("year_uncertain", of_year(1990), by_jane("River Song")));
}

TEST(Vetoes, year_uncertain_is_not_said_of_a_reissue_nor_of_one_album) {
    const auto released = [](int year, const char* album) {
        return Song{"River Song", {"Jane Doe"}, album, 0, "", "", year};
    };
    EXPECT_FALSE(vetoed("year_uncertain", released(1968, ""), released(2007, "Greatest Hits")));
    EXPECT_TRUE(vetoed("year_uncertain", released(2007, ""), released(1968, "Greatest Hits")));
    EXPECT_FALSE(vetoed("year_uncertain", released(1968, "Blue"), released(2007, "Blue")));
    EXPECT_TRUE(vetoed("year_uncertain", released(1968, "River Song"), released(2007, "River Song")));  // singles
}

TEST(Vetoes, script_unknown_and_title_unknown) {
    EXPECT_TRUE(vetoed("script_unknown", by_jane("夜に駆ける", 261), by_jane("Into the Night", 261)));
    EXPECT_FALSE(vetoed("script_unknown", by_jane("Группа крови", 261), by_jane("Gruppa krovi", 261)));
    EXPECT_TRUE(vetoed("title_unknown", by_jane("", 261), by_jane("River Song", 261)));
    EXPECT_FALSE(vetoed("title_unknown", by_jane("夜に駆ける", 261), by_jane("Into the Night", 261)));
}

TEST(Vetoes, isrc_conflict_is_the_first_reason) {
    const Song coded{"River Song", {"Jane Doe"}, "", 200, "USSM18200342"};
    EXPECT_EQ(vetoes(coded, {"Otto Mops", {"Jane Doe"}, "", 200, "USSM18200342"}).front(), "isrc_conflict");
    EXPECT_FALSE(vetoed("isrc_conflict", coded, {"River Songs", {"Jane Doe"}, "", 203, "USSM18200342"}));
    EXPECT_FALSE(vetoed("isrc_conflict", coded, {"Otto Mops", {"Jane Doe"}, "", 200, "USSM18200343"}));
}

TEST(Vetoes, of_what_would_have_to_be_confirmed_are_lifted_by_an_isrc_that_acquits) {
    const Song coded{"River Song (feat. Max)", {"Jane Doe"}, "", 0, "USSM18200342"};
    EXPECT_EQ(vetoes(coded, {"River Songs", {"Jane Doe"}, "", 0, "USSM18200342"}), Reasons{});
    EXPECT_EQ(vetoes(coded, {"River Songs", {"Jane Doe"}, "", 0, "USSM18200343"}),
              (Reasons{"title_uncertain", "guest_uncertain"}));
}

// Promises that hold whatever the model says, for every threshold: checked at 0.
TEST(Vetoes, keep_an_equal_title_by_another_artist_from_being_accepted) {
    for (const double seconds : {0.0, 295.0}) {
        for (const char* artist : {"Weezer", "Karaoke Toto Band", "Africa Tribute Band", "Tina"})
            EXPECT_NE(vetoes({"Africa", {"Toto"}, "", seconds}, {"Africa", {artist}, "", seconds}), Reasons{})
                << artist;
    }
}

TEST(Vetoes, keep_another_version_from_being_accepted_with_an_equal_duration_too) {
    for (const double seconds : {0.0, 295.0}) {
        for (const char* title :
             {"Africa (Live)", "Africa - Acoustic", "Africa (Somebody Remix)", "Africa (Karaoke Version)",
              "Africa (Instrumental)", "Africa (Sped Up)", "Africa (Demo)", "Africa (Re-Recorded)",
              "Africa (Spanish Version)", "Africa (Extended Mix)", "Africa (Radio Edit)", "africa sped up"})
            EXPECT_NE(vetoes({"Africa", {"Toto"}, "", seconds}, {title, {"Toto"}, "", seconds}), Reasons{}) << title;
    }
}

}  // namespace
