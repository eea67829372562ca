// What titles and names say beyond how alike they are: a pair that sets each field and one, as near as can be, that
// does not.
#include <gtest/gtest.h>

#include "evidence_of.hpp"
#include "score/evidence.hpp"
#include "tracks.hpp"

namespace {

using musicsync::Evidence;
using musicsync::is_slip_of_name;
using musicsync::VersionGap;
using musicsync::testing_support::of;
using musicsync::testing_support::of_titles;
using musicsync::testing_support::Song;

TEST(TitleEvidence, words_replaced_where_each_title_has_a_word_that_is_none_of_the_others) {
    EXPECT_TRUE(of_titles("Golden Harbour", "Golden Hour").words_replaced);
    EXPECT_FALSE(of_titles("Afrika Calling", "Africa Calling").words_replaced);
    EXPECT_FALSE(of_titles("Seven Rivers Down", "7 Rivers Down").words_replaced);
    EXPECT_FALSE(of_titles("I Been Born Again", "I've Been Born Again").words_replaced);  // a small word among many
}

TEST(TitleEvidence, words_added_where_a_few_words_stand_inside_of_more) {
    EXPECT_TRUE(of_titles("What", "What Now").words_added);
    EXPECT_FALSE(of_titles("What", "What (Now)").words_added);
    EXPECT_FALSE(of_titles("Now", "What: Now").words_added);
    EXPECT_FALSE(of_titles("Down by the Old River", "Down by the Old River Bank").words_added);  // many words
    EXPECT_FALSE(of_titles("Jayu", "Jayu 자유").words_added);
}

TEST(TitleEvidence, shortened_where_one_title_is_a_piece_of_the_other_by_one_artist) {
    EXPECT_TRUE(of_titles("Iko Iko", "Iko Iko (My Bestie)").shortened);
    EXPECT_TRUE(of_titles("Pac-Man", "Song Machine: Pac-Man").shortened);
    EXPECT_TRUE(of_titles("Love Boat", "Monthly Project August - Love Boat").shortened);
    EXPECT_TRUE(of_titles("Moving On", "마지막 날에 Moving On").shortened);
    EXPECT_TRUE(of_titles("마지막 날에", "마지막 날에 Moving On").shortened);
    EXPECT_FALSE(of_titles("Machine Pac-Man", "Song Machine: Pac-Man").shortened);
    EXPECT_FALSE(of_titles("On", "마지막 날에 Moving On").shortened);
    EXPECT_FALSE(of_titles("Love", "愛 Love 사랑").shortened);  // of three scripts none is the other's translation
    EXPECT_FALSE(of({"Pac-Man", {"Jane"}}, {"Song Machine: Pac-Man", {"Otto Mops"}}).shortened);
    EXPECT_GE(of_titles("Pac-Man", "Song Machine: Pac-Man").title, 0.86);
}

TEST(TitleEvidence, in_series_where_the_last_piece_is_the_title_and_a_number_before_it_is_the_series) {
    const Evidence series = of_titles("All Day", "The Playlist Pt. 7 - All Day");
    EXPECT_TRUE(series.in_series);
    EXPECT_FALSE(series.part_missing);
    const Evidence subtitle = of_titles("River Song", "River Song Pt. 7 (All Day)");
    EXPECT_FALSE(subtitle.in_series);
    EXPECT_TRUE(subtitle.part_missing);
}

TEST(TitleEvidence, title_of_two_scripts_in_brackets_is_two_titles) {
    EXPECT_EQ(of_titles("별빛 (Starlight)", "Starlight").title, 1.0);
    EXPECT_EQ(of_titles("별빛", "별빛 (Starlight)").title, 1.0);
    EXPECT_LT(of_titles("Starlight (Moonlight)", "Starlight").title, 1.0);
    EXPECT_LT(of_titles("별빛 (Starlight)", "Sunlight").title, 0.9);
}

TEST(TitleEvidence, first_part_missing_where_the_other_may_be_the_whole) {
    EXPECT_TRUE(of_titles("River Song, Pt. 1", "River Song").first_part_missing);
    EXPECT_FALSE(of_titles("River Song, Pt. 2", "River Song").first_part_missing);
    EXPECT_FALSE(of_titles("River Song, Pt. 1", "River Song, Pt. 1").first_part_missing);
}

TEST(TitleEvidence, no_name_equal_forgives_slips_of_the_finger) {
    const auto no_name = [](const char* a, const char* b) { return of({"River", {a}}, {"River", {b}}).no_name_equal; };
    EXPECT_TRUE(no_name("Toto", "Otto"));
    EXPECT_TRUE(no_name("Queen", "Queen Latifah"));
    EXPECT_FALSE(no_name("Alan Walker", "Alan Walkr"));
    EXPECT_FALSE(of({"River", {"Jane Doe", "Max"}}, {"River", {"Max", "Otto Mops"}}).no_name_equal);
}

TEST(TitleEvidence, a_slip_of_a_name_is_a_letter_or_two_of_a_long_one) {
    EXPECT_TRUE(is_slip_of_name(U"alan walker", U"alan walkr"));
    EXPECT_FALSE(is_slip_of_name(U"prince", U"princess"));
    EXPECT_FALSE(is_slip_of_name(U"jane", U"june"));
}

TEST(TitleEvidence, name_word_equal_where_the_names_share_one) {
    EXPECT_TRUE(of({"River", {"Queen"}}, {"River", {"Queen Latifah"}}).name_word_equal);
    EXPECT_FALSE(of({"River", {"Toto"}}, {"River", {"Otto"}}).name_word_equal);
    EXPECT_FALSE(of({"River", {"The Band"}}, {"River", {"The Rest"}}).name_word_equal);  // "the" is no word
}

TEST(TitleEvidence, mixed_words_where_all_words_agree_and_no_name_does) {
    EXPECT_TRUE(of({"Silver Lake", {"Paper Moon"}}, {"Moon Lake", {"Silver Paper"}}).mixed_words);
    EXPECT_FALSE(of({"Silver Lake", {"Paper Moon"}}, {"Paper Moon", {"Silver Lake"}}).mixed_words);
    EXPECT_FALSE(of({"Silver Lake", {"Paper Moon"}}, {"Paper Moon Silver Lake", {}}).mixed_words);
}

TEST(TitleEvidence, guest_missing_knows_a_guest_with_the_band_he_is_of) {
    const Song of_band{"Must Stop (feat. Sarah Barthel of Phantogram)", {"ONR"}};
    EXPECT_FALSE(of(of_band, {"Must Stop", {"ONR", "Sarah Barthel", "Phantogram"}}).guest_missing);
    EXPECT_TRUE(of(of_band, {"Must Stop", {"ONR", "Otto Mops"}}).guest_missing);
}

TEST(TitleEvidence, reissued_where_the_later_release_says_that_the_recording_is_older) {
    const auto reissued = [](const char* title, const char* album) {
        return of({"River Song", {"Jane"}, "", 0, "", "", 1968}, {title, {"Jane"}, album, 0, "", "", 2007}).reissued;
    };
    EXPECT_TRUE(reissued("River Song", "Greatest Hits"));
    EXPECT_TRUE(reissued("River Song - 2007 Remaster", ""));
    EXPECT_TRUE(reissued("River Song - Single Version", ""));
    EXPECT_FALSE(reissued("River Song", "Blue"));
    EXPECT_FALSE(reissued("River Song (25th Anniversary) - 2007 Remaster", ""));  // may be recorded again for it
    EXPECT_FALSE(
        of({"River Song", {"Jane"}, "", 0, "", "", 2007}, {"River Song - Remastered", {"Jane"}, "", 0, "", "", 1968})
            .reissued);
}

TEST(TitleEvidence, version_gap_of_a_tv_size_is_hard_unless_it_is_as_long) {
    const auto gap = [](double seconds) {
        return of({"River Song", {"Jane"}, "", 90}, {"River Song (TV Size)", {"Jane"}, "", seconds}).version_gap;
    };
    EXPECT_EQ(gap(250), VersionGap::hard);
    EXPECT_EQ(gap(0), VersionGap::hard);
    EXPECT_EQ(gap(91), VersionGap::soft);
}

TEST(TitleEvidence, version_gap_of_an_intro_is_none_for_one_length) {
    const auto gap = [](const char* title, const char* album, double seconds) {
        return of({"River Song", {"Jane"}, "", 90}, {title, {"Jane"}, album, seconds}).version_gap;
    };
    EXPECT_EQ(gap("River Song - Intro", "", 93), VersionGap::none);
    EXPECT_EQ(gap("River Song - Intro", "", 93.1), VersionGap::soft);
    EXPECT_EQ(gap("River Song - Intro", "", 0), VersionGap::soft);
    EXPECT_EQ(gap("River Song", "Blue - Track by Track Commentary", 90), VersionGap::none);
    EXPECT_EQ(gap("River Song", "Blue - Track by Track Commentary", 60), VersionGap::hard);
}

TEST(TitleEvidence, explicit_conflict_is_told_by_words_too) {
    EXPECT_TRUE(of_titles("River Song (Clean)", "River Song [Explicit]").explicit_conflict);
    EXPECT_FALSE(of_titles("River Song", "River Song [Explicit]").explicit_conflict);
    EXPECT_TRUE(of({"River Song [Explicit]", {"Jane"}}, {"River Song", {"Jane"}, "Blue (Clean)"}).explicit_conflict);
    EXPECT_FALSE(of({"River Song (Clean)", {"Jane"}}, {"River Song", {"Jane"}, "Blue (Explicit)"}).explicit_conflict);
}

}  // namespace
