// Every field of the evidence of a pair: a pair that sets it and one, as near as can be, that does not.
#include "score/evidence.hpp"

#include <gtest/gtest.h>

#include "evidence_of.hpp"
#include "tracks.hpp"

namespace {

using musicsync::Evidence;
using musicsync::Query;
using musicsync::Track;
using musicsync::VersionGap;
using musicsync::testing_support::of;
using musicsync::testing_support::of_titles;
using musicsync::testing_support::Song;

Track explicit_track(std::optional<bool> explicit_) {
    Track::Fields fields;
    fields.title = "River Song";
    fields.explicit_ = explicit_;
    return *Track::make(std::move(fields));
}

TEST(Evidence, title_is_the_better_of_ratio_and_sorted_words) {
    EXPECT_EQ(of_titles("River Song", "RIVER SONG!").title, 1.0);
    EXPECT_DOUBLE_EQ(*of_titles("kitten", "sitting").title, 8.0 / 13.0);
    EXPECT_EQ(of_titles("River Song", "Song, River").title, 1.0);
    EXPECT_EQ(of_titles("", "River Song").title, std::nullopt);
}

TEST(Evidence, title_is_one_for_what_differs_by_spaces_or_by_the_way_a_number_is_written) {
    EXPECT_EQ(of_titles("t h e c l i m b", "The Climb").title, 1.0);
    EXPECT_EQ(of_titles("Omen III", "Omen 3").title, 1.0);
    EXPECT_EQ(of_titles("Locked Up, Pt. 2", "Locked Up 2").title, 1.0);
    EXPECT_LT(of_titles("Omen III", "Omen 4").title, 1.0);
}

TEST(Evidence, title_takes_a_star_inside_a_word_for_any_letter) {
    EXPECT_EQ(of_titles("What the F**k", "What the Fuck").title, 1.0);
    EXPECT_LT(of_titles("What the F**k", "What the Heck").title, 1.0);
}

TEST(Evidence, artist_is_known_where_both_sides_credit_somebody) {
    EXPECT_EQ(of({"River Song", {"Jane Doe"}}, {"River Song", {"JANE DOE"}}).artist, 1.0);
    EXPECT_LT(of({"River Song", {"Jane Doe"}}, {"River Song", {"Max Frisch"}}).artist, 0.5);
    EXPECT_EQ(of({"River Song", {"Jane Doe"}}, {"River Song", {}}).artist, std::nullopt);
    EXPECT_EQ(of({"River Song", {"Jane Doe"}}, {"River Song", {"Various Artists"}}).artist, std::nullopt);
}

TEST(Evidence, artist_takes_a_word_of_a_name_that_is_written_out_for_the_short_one) {
    EXPECT_EQ(of({"River Song", {"Alice Deejay"}}, {"River Song", {"Alice DJ"}}).artist, 1.0);
    EXPECT_EQ(of({"River Song", {"The Isley Brothers"}}, {"River Song", {"Isley Bros."}}).artist_words, 1.0);
    EXPECT_EQ(of({"River Song", {"Saint Motel"}}, {"River Song", {"St. Motel"}}).artist, 1.0);
    EXPECT_LT(of({"River Song", {"Mount Eerie"}}, {"River Song", {"Mt Joy"}}).artist, 0.8);
}

TEST(Evidence, any_artist_is_the_most_alike_of_two_names) {
    const Evidence shared = of({"River Song", {"Jane Doe", "Max"}}, {"River Song", {"Otto Mann", "Max"}});
    EXPECT_EQ(shared.any_artist, 1.0);
    EXPECT_LT(shared.artist, 1.0);
    EXPECT_LT(of({"River Song", {"Jane Doe"}}, {"River Song", {"Otto Mann"}}).any_artist, 0.5);
    EXPECT_EQ(of({"River Song", {"Jane Doe"}}, {"River Song", {}}).any_artist, std::nullopt);
}

TEST(Evidence, artist_words_counts_the_credits_words_with_a_counterpart) {
    EXPECT_EQ(of({"River Song", {"Jane Doe"}}, {"River Song", {"Jane Doe"}}).artist_words, 1.0);
    EXPECT_EQ(of({"River Song", {"Jane Doe"}}, {"River Song", {"Jane Kohl"}}).artist_words, 0.5);
    EXPECT_EQ(of({"River Song", {"The Band"}}, {"River Song", {"The Rest"}}).artist_words, 0.0);  // "the" is no word
}

TEST(Evidence, album_is_known_where_both_sides_have_one) {
    EXPECT_EQ(of({"River Song", {"Jane"}, "Blue (Deluxe Edition)"}, {"River Song", {"Jane"}, "Blue"}).album, 1.0);
    EXPECT_LT(of({"River Song", {"Jane"}, "Blue"}, {"River Song", {"Jane"}, "Thaw"}).album, 0.5);
    EXPECT_EQ(of({"River Song", {"Jane"}, "Blue"}, {"River Song", {"Jane"}}).album, std::nullopt);
}

TEST(Evidence, duration_gap_is_in_seconds_and_has_no_sign) {
    EXPECT_EQ(of({"a", {}, "", 200.5}, {"a", {}, "", 190.0}).duration_gap_s, 10.5);
    EXPECT_EQ(of({"a", {}, "", 190.0}, {"a", {}, "", 200.5}).duration_gap_s, 10.5);
    EXPECT_EQ(of({"a", {}, "", 190.0}, {"a", {}}).duration_gap_s, std::nullopt);
}

TEST(Evidence, year_gap_is_in_years_and_has_no_sign) {
    EXPECT_EQ(of({"a", {}, "", 0, "", "", 1990}, {"a", {}, "", 0, "", "", 2002}).year_gap, 12);
    EXPECT_EQ(of({"a", {}, "", 0, "", "", 2002}, {"a", {}, "", 0, "", "", 1990}).year_gap, 12);
    EXPECT_EQ(of({"a", {}, "", 0, "", "", 1990}, {"a", {}}).year_gap, std::nullopt);
}

TEST(Evidence, joined_compares_all_words_where_title_and_artist_do_not_settle_it) {
    const Evidence moved = of({"River Song Jane Doe", {}}, {"River Song", {"Doe Jane"}});
    EXPECT_EQ(moved.joined, 1.0);
    EXPECT_EQ(moved.joined_cover, 1.0);
    const Evidence more = of({"River Song Jane", {}}, {"River Song", {"Jane Doe"}});
    EXPECT_LT(more.joined, 1.0);
    EXPECT_EQ(more.joined_cover, 1.0);  // of the shorter side nothing is missing
    EXPECT_EQ(of({"River Song", {"Jane"}}, {"River Song", {"Jane"}}).joined, std::nullopt);
    EXPECT_EQ(of({"River Song", {"Jane"}}, {"Otto Mops", {"Max"}}).joined, 0.0);  // hardly a word is shared
}

TEST(Evidence, shared_words_counts_words_not_letters) {
    EXPECT_EQ(of_titles("River Song", "River Song").shared_words, 1.0);
    EXPECT_EQ(of_titles("Dani California", "Californication").shared_words, 0.0);
    EXPECT_EQ(of_titles("Long River Song", "Long River Sing").shared_words, 2.0 / 3.0);
    EXPECT_EQ(of_titles("Afrika Song", "Africa Song").shared_words, 1.0);  // a typing error
}

TEST(Evidence, title_symbols_is_the_length_of_the_shorter_title) {
    EXPECT_EQ(of_titles("River", "River Song").title_symbols, 5U);
    EXPECT_EQ(of_titles("River Song", "").title_symbols, 0U);
}

TEST(Evidence, version_gap_is_hard_for_another_recording_and_soft_for_another_cut) {
    EXPECT_EQ(of_titles("River Song", "River Song (Live)").version_gap, VersionGap::hard);
    EXPECT_EQ(of_titles("River Song", "River Song (Radio Edit)").version_gap, VersionGap::soft);
    EXPECT_EQ(of_titles("River Song", "River Song (Mono Mix)").version_gap, VersionGap::soft);
    EXPECT_EQ(of_titles("River Song", "River Song (2011 Remaster)").version_gap, VersionGap::none);
    EXPECT_EQ(of_titles("River Song (Live)", "River Song - En Vivo").version_gap, VersionGap::none);
    EXPECT_EQ(of_titles("River Song (Ann Remix)", "River Song (Otto Remix)").version_gap, VersionGap::hard);
}

TEST(Evidence, version_gap_is_soft_for_a_live_album_unless_the_durations_are_equal) {
    const Song plain{"River Song", {"Jane"}, "Blue", 200};
    EXPECT_EQ(of(plain, {"River Song", {"Jane"}, "Blue Live", 240}).version_gap, VersionGap::soft);
    EXPECT_EQ(of(plain, {"River Song", {"Jane"}, "Blue Live", 201}).version_gap, VersionGap::none);
}

TEST(Evidence, version_keeps_length_where_another_singer_or_none_is_heard_over_the_same_music) {
    EXPECT_TRUE(of_titles("River Song", "River Song (Instrumental)").version_keeps_length);
    EXPECT_TRUE(of_titles("River Song", "River Song (Spanish Version)").version_keeps_length);
    EXPECT_FALSE(of_titles("River Song", "River Song (Live)").version_keeps_length);
    EXPECT_FALSE(of_titles("River Song (Instrumental)", "River Song (Instrumental)").version_keeps_length);
}

TEST(Evidence, version_agrees_where_both_name_one_version_that_is_another_recording) {
    EXPECT_TRUE(of_titles("River Song (Live)", "River Song - Live").version_agrees);
    EXPECT_FALSE(of_titles("River Song (Live)", "River Song (Remix)").version_agrees);
    EXPECT_FALSE(of_titles("River Song (Remastered)", "River Song (Remastered)").version_agrees);
}

TEST(Evidence, part_conflict_needs_two_part_numbers) {
    EXPECT_TRUE(of_titles("River Song, Pt. 1", "River Song, Pt. 2").part_conflict);
    EXPECT_FALSE(of_titles("River Song, Pt. 2", "River Song (Part II)").part_conflict);
    EXPECT_FALSE(of_titles("River Song", "River Song, Pt. 2").part_conflict);
}

TEST(Evidence, part_missing_where_one_side_has_a_part_that_is_not_the_first) {
    EXPECT_TRUE(of_titles("River Song", "River Song, Pt. 2").part_missing);
    EXPECT_FALSE(of_titles("River Song", "River Song, Pt. 1").part_missing);
    EXPECT_FALSE(of_titles("River Song, Pt. 3", "River Song, Pt. 2").part_missing);
}

TEST(Evidence, number_conflict_needs_two_numbers) {
    EXPECT_TRUE(of_titles("Symphony 5 in Blue", "Symphony 6 in Blue").number_conflict);
    EXPECT_TRUE(of_titles("Omen II", "Omen III").number_conflict);
    EXPECT_FALSE(of_titles("Symphony 5 in Blue", "Symphony in Blue").number_conflict);
}

TEST(Evidence, number_missing_where_one_title_ends_with_a_number) {
    EXPECT_TRUE(of_titles("Omen", "Omen 2").number_missing);
    EXPECT_FALSE(of_titles("Omen", "2 Omen").number_missing);
    EXPECT_FALSE(of_titles("Omen 2", "Omen 3").number_missing);
}

TEST(Evidence, contained_where_one_title_is_a_row_of_words_of_the_other) {
    EXPECT_TRUE(of_titles("Heroes", "Song of Heroes").contained);
    EXPECT_FALSE(of_titles("Hero", "Song of Heroes").contained);
    EXPECT_FALSE(of_titles("Heroes", "Heroes").contained);  // equal titles have nothing to tell by it
}

TEST(Evidence, guest_missing_where_only_one_title_features_somebody) {
    EXPECT_TRUE(of_titles("River Song (feat. Max)", "River Song").guest_missing);
    EXPECT_FALSE(of({"River Song (feat. Max)", {"Jane"}}, {"River Song", {"Jane", "Max"}}).guest_missing);
    EXPECT_FALSE(of({"River Song", {"Jane", "Max"}}, {"River Song", {"Jane"}}).guest_missing);  // credited, no guest
}

TEST(Evidence, same_words_where_fields_disagree_and_all_fields_together_do_not) {
    const Song turned{"Jane Doe", {"Blue Thaw"}, "River Song"};
    EXPECT_TRUE(of(turned, {"River Song", {"Jane Doe"}, "Blue Thaw"}).same_words);
    EXPECT_FALSE(of(turned, {"River Song", {"Jane Doe"}, "Cold Rain"}).same_words);
    EXPECT_FALSE(of(turned, turned).same_words);  // fields that agree
}

TEST(Evidence, other_name_where_one_word_of_a_name_is_another_word) {
    EXPECT_TRUE(of({"a", {"Black Fox"}}, {"a", {"Black Sun"}}).other_name);
    EXPECT_FALSE(of({"a", {"Black Fox"}}, {"a", {"Blakc Fox"}}).other_name);
    EXPECT_FALSE(of({"a", {"Black Fox", "Max"}}, {"a", {"Black Sun", "Max"}}).other_name);
}

TEST(Evidence, artist_in_other_script_where_the_credits_cannot_be_compared) {
    const Evidence unread = of({"River Song", {"宇多田ヒカル"}}, {"River Song", {"Hikaru Utada"}});
    EXPECT_TRUE(unread.artist_in_other_script);
    EXPECT_EQ(unread.artist, std::nullopt);
    EXPECT_FALSE(of({"River Song", {"Кино"}}, {"River Song", {"Kino"}}).artist_in_other_script);
    EXPECT_FALSE(of({"River Song", {}}, {"River Song", {"Kino"}}).artist_in_other_script);
}

TEST(Evidence, same_text_where_the_titles_as_given_are_one) {
    EXPECT_TRUE(of_titles("River Song (Live)", "RIVER SONG [live]").same_text);
    EXPECT_FALSE(of_titles("River Song (Live)", "River Song").same_text);
}

TEST(Evidence, compilation_where_the_albums_cannot_be_compared) {
    EXPECT_TRUE(of({"River Song", {"Jane"}}, {"River Song", {"Jane"}, "Greatest Hits"}).compilation);
    EXPECT_FALSE(of({"River Song", {"Jane"}}, {"River Song", {"Jane"}, "Blue"}).compilation);
    EXPECT_FALSE(of({"River Song", {"Jane"}, "Blue"}, {"River Song", {"Jane"}, "Greatest Hits"}).compilation);
}

TEST(Evidence, explicit_conflict_where_both_sides_know_and_differ) {
    const auto conflict = [](std::optional<bool> a, std::optional<bool> b) {
        const Track left = explicit_track(a);
        return Query(left).compare(explicit_track(b)).explicit_conflict;
    };
    EXPECT_TRUE(conflict(true, false));
    EXPECT_FALSE(conflict(true, true));
    EXPECT_FALSE(conflict(true, std::nullopt));
    EXPECT_FALSE(conflict(std::nullopt, false));
}

TEST(Evidence, misplaced_where_fields_agree_after_moving_text) {
    EXPECT_TRUE(of({"Toto - Africa", {}}, {"Africa", {"Toto"}}).misplaced);
    EXPECT_TRUE(of({"Toto Africa", {}}, {"Africa", {"Toto"}}).misplaced);
    EXPECT_TRUE(of({"Africa - Toto IV", {"Toto"}}, {"Africa", {"Toto"}, "Toto IV"}).misplaced);
    EXPECT_FALSE(of({"Toto - Africa", {"Toto"}}, {"Africa", {"Toto"}}).misplaced);  // read where the title is
    EXPECT_FALSE(of({"River - Song", {"Jane"}}, {"Song", {"Toto"}}).misplaced);
    // By the name, for the words of all fields are too many others.
    EXPECT_EQ(of({"Toto Africa", {"Steve Lukather"}}, {"Africa", {"Toto"}}).artist, 1.0);
    EXPECT_EQ(of({"Africa", {"Jane Doe", "Toto"}}, {"Africa Toto", {"Steve Lukather"}}).artist, 1.0);
}

TEST(Evidence, romanized_where_the_titles_agree_in_latin_spelling_only) {
    const Evidence spelled = of_titles("Группа крови", "Gruppa krovi");
    EXPECT_TRUE(spelled.romanized);
    EXPECT_TRUE(spelled.scripts_differ);
    EXPECT_EQ(spelled.title, 1.0);
    EXPECT_FALSE(of_titles("Группа крови", "ГРУППА КРОВИ").romanized);
}

TEST(Evidence, scripts_differ_without_a_title_where_no_spelling_agrees) {
    const Evidence other = of_titles("夜に駆ける", "Into the Night");
    EXPECT_TRUE(other.scripts_differ);
    EXPECT_FALSE(other.romanized);
    EXPECT_EQ(other.title, std::nullopt);
    EXPECT_FALSE(of_titles("夜に駆ける", "夜に").scripts_differ);
    EXPECT_FALSE(of_titles("자유 Jayu", "Jayu").scripts_differ);  // one word can be compared
}

TEST(Evidence, album_is_title_where_both_are_singles) {
    EXPECT_TRUE(of({"River Song", {}, "River Song"}, {"River Song", {}, "River Song"}).album_is_title);
    EXPECT_FALSE(of({"River Song", {}, "River Song"}, {"River Song", {}, "Blue"}).album_is_title);
}

TEST(Evidence, isrc_equal_needs_two_codes) {
    const char* code = "USSM18200342";
    EXPECT_TRUE(of({"a", {}, "", 0, code}, {"a", {}, "", 0, "us-sm1-82-00342"}).isrc_equal);
    EXPECT_FALSE(of({"a", {}, "", 0, code}, {"a", {}, "", 0, "USSM18200343"}).isrc_equal);
    EXPECT_FALSE(of({"a", {}}, {"a", {}}).isrc_equal);
}

TEST(IsrcAcquits, only_with_something_that_confirms_it) {
    const auto acquits = [](Song a, Song b) {
        a.isrc = b.isrc = "USSM18200342";
        return musicsync::isrc_acquits(of(a, b));
    };
    const Song japanese{"夜に駆ける", {"ヨアソビ"}};
    const Song english{"Into the Night", {"Night Players"}};
    const auto lasting = [](Song song, double seconds) {
        song.seconds = seconds;
        return song;
    };
    EXPECT_FALSE(acquits(japanese, english));                              // nothing at all is known of the two
    EXPECT_TRUE(acquits(lasting(japanese, 261), lasting(english, 262)));   // the durations agree
    EXPECT_FALSE(acquits(lasting(japanese, 261), lasting(english, 264)));  // not near enough to confirm
    EXPECT_TRUE(acquits({"River Song", {}}, {"River Song", {}}));          // the titles agree
    EXPECT_TRUE(acquits({"夜に駆ける", {"YOASOBI"}}, {"Into the Night", {"YOASOBI"}}));  // the artists agree
    EXPECT_FALSE(acquits({"River Song", {"Jane"}}, {"Otto Mops", {"Jane"}}));            // the titles contradict
    EXPECT_FALSE(acquits({"River Song", {"Jane"}}, {"River Song", {"Max"}}));            // the artists contradict
    EXPECT_FALSE(acquits({"River Song", {}}, {"River Song (Live)", {}}));
    EXPECT_FALSE(acquits({"River Song, Pt. 1", {}}, {"River Song, Pt. 2", {}}));
    EXPECT_FALSE(acquits({"Omen 2", {}}, {"Omen 3", {}}));
    EXPECT_FALSE(acquits({"River Song", {}, "", 200}, {"River Song", {}, "", 209}));
    EXPECT_FALSE(musicsync::isrc_acquits(of({"River Song", {}}, {"River Song", {}})));  // there is no code
}

}  // namespace
