// What rippers, video sites and broken tags do to a title: each with the title that was meant, and what only looks so.
#include "score/given_title.hpp"

#include <gtest/gtest.h>

#include "cost.hpp"
#include "normalize/misspelt.hpp"
#include "score/evidence.hpp"
#include "score/mojibake.hpp"
#include "tracks.hpp"

namespace {

using musicsync::is_mojibake;
using musicsync::without_mojibake;
using musicsync::without_own_album;
using musicsync::testing_support::Song;
using musicsync::testing_support::track;
using musicsync::text::one_slip_apart;

std::string given_title(std::string_view title) {
    std::string room;
    return std::string(musicsync::given_title(title, room));
}

std::string without_own_artist(std::string_view title, const std::vector<std::string>& names) {
    std::string room;
    return std::string(musicsync::without_own_artist(title, names, room));
}

TEST(GivenTitle, has_no_file_ending) {
    EXPECT_EQ(given_title("Ember Road.flac"), "Ember Road");
    EXPECT_EQ(given_title("Ember Road.MP3"), "Ember Road");
    EXPECT_EQ(given_title("Ember Road.exe"), "Ember Road.exe");
    EXPECT_EQ(given_title(".mp3"), ".mp3");
}

TEST(GivenTitle, has_no_track_number) {
    for (const char* title : {"07. Ember Road", "01 - Ember Road", "003-Ember Road", "1-04 Ember Road", "07 Ember Road",
                              "０３．Ember Road", "07. Ember Road.mp3"})
        EXPECT_EQ(given_title(title), "Ember Road") << title;
}

TEST(GivenTitle, keeps_numbers_that_are_the_song) {
    for (const char* title : {"007 (Shanty Town)", "99 Luftballons", "7 Years", "1979", "4-3-2-1", "24K Magic", "0",
                              "01", "2-4-6-8 Motorway"}) {
        EXPECT_TRUE(given_title(title) == title || given_title(title).empty()) << title << ": " << given_title(title);
    }
    EXPECT_EQ(given_title("007 (Shanty Town)"), "007 (Shanty Town)");
    EXPECT_EQ(given_title("99 Luftballons"), "99 Luftballons");
}

TEST(GivenTitle, is_empty_for_what_says_that_there_is_none) {
    for (const char* title : {"[untitled]", "[Unknown]", "n/a", "004", "011-"})
        EXPECT_EQ(given_title(title), "") << title;
    EXPECT_EQ(given_title("Untitled"), "Untitled");
}

TEST(GivenTitle, has_plain_dashes) {
    EXPECT_EQ(given_title("Toto \u2013 Africa \u2014 Live"), "Toto - Africa - Live");
    EXPECT_EQ(given_title("A\u2013Z"), "A\u2013Z");
    EXPECT_EQ(given_title("A \u2014 \u2015 \u2012 B \u2013"), "A - - - B \u2013");
}

TEST(OwnArtist, is_taken_off_once) {
    EXPECT_EQ(without_own_artist("Toto - Africa", {"toto"}), "Africa");
    EXPECT_EQ(without_own_artist("[MV] Toto - Africa", {"toto"}), "Africa");
    EXPECT_EQ(without_own_artist("To To - Africa", {"toto"}), "Africa");
    EXPECT_EQ(without_own_artist("Jane & Max - River - Live", {"jane", "max"}), "River - Live");
    EXPECT_EQ(without_own_artist("YOASOBI「夜に駆ける」", {"yoasobi"}), "夜に駆ける ");
    EXPECT_EQ(without_own_artist("Toto - Africa", {"weezer"}), "Toto - Africa");
    EXPECT_EQ(without_own_artist("Toto - Africa", {}), "Toto - Africa");
    EXPECT_EQ(without_own_artist("Jane - River", {"max"}), "Jane - River");
    EXPECT_EQ(without_own_artist("Toto - ", {"toto"}), "Toto - ");
}

TEST(OwnAlbum, in_brackets_is_taken_off) {
    EXPECT_EQ(without_own_album("Africa (Toto IV)", "toto iv"), "Africa");
    EXPECT_EQ(without_own_album("Africa (Totto IV)", "toto iv"), "Africa");
    EXPECT_EQ(without_own_album("Africa (Toto IV)", "blue"), "Africa (Toto IV)");
    EXPECT_EQ(without_own_album("Africa (Live)", "live"), "Africa (Live)");  // a version
    EXPECT_EQ(without_own_album("Africa (Africa)", "africa"), "Africa (Africa)");
}

TEST(Mojibake, is_read_as_it_was_meant) {
    EXPECT_EQ(without_mojibake("C\u00C5\u201Cur d'\u00C3\u00A9t\u00C3\u00A9"), "C\u0153ur d'\u00E9t\u00E9");
    EXPECT_EQ(without_mojibake("Bj\u00C3\u00B6rk"), "Bj\u00F6rk");
    EXPECT_EQ(without_mojibake("Sigur R\u00C3\u00B3s"), "Sigur R\u00F3s");
}

TEST(Mojibake, is_not_seen_in_what_people_write) {
    for (const char* text : {"Bj\u00F6rk", "\u00C3o Vivo", "Cora\u00E7\u00E3o", "\u00C9t\u00E9",
                             "SE\u00C3\u2018OR \u0416", "\u00C3", "R\u00C3\u00BCck \u591C", ""}) {
        EXPECT_FALSE(is_mojibake(text)) << text;
        EXPECT_EQ(without_mojibake(text), text);
    }
}

TEST(Mojibake, of_a_track_is_compared_as_it_was_meant) {
    const auto left = track(Song{"J\u00C3\u00B3ga", {"Bj\u00C3\u00B6rk"}, "Homog\u00C3\u00A9nic"});
    const musicsync::Evidence e =
        musicsync::Query(left).compare(track({"J\u00F3ga", {"Bj\u00F6rk"}, "Homog\u00E9nic"}));
    EXPECT_EQ(e.title, 1.0);
    EXPECT_EQ(e.artist, 1.0);
    EXPECT_EQ(e.album, 1.0);
    EXPECT_EQ(left.title(), "J\u00C3\u00B3ga");  // what was given is kept
}

TEST(OneSlipApart, is_one_letter_or_two_exchanged) {
    EXPECT_TRUE(one_slip_apart(U"accoustic", U"acoustic"));
    EXPECT_TRUE(one_slip_apart(U"acostic", U"acoustic"));
    EXPECT_TRUE(one_slip_apart(U"akoustic", U"acoustic"));
    EXPECT_TRUE(one_slip_apart(U"acuostic", U"acoustic"));
    EXPECT_FALSE(one_slip_apart(U"acoustic", U"acoustic"));
    EXPECT_FALSE(one_slip_apart(U"acustik", U"acoustic"));
    EXPECT_FALSE(one_slip_apart(U"ab", U"cd"));
    EXPECT_TRUE(one_slip_apart(U"", U"a"));
}

TEST(TrackCost, of_a_megabyte_of_dashes_is_small) {
    const std::string dashes = musicsync::testing_support::repeated("", " \u2013 ", 1'000'000);
    const auto make = [](const std::string& text) { (void)track({text, {"Jane"}}); };
    EXPECT_LT(musicsync::testing_support::best_seconds(make, dashes), 0.5);
}

TEST(TrackCost, grows_with_the_length_of_each_field_only) {
    const auto fields_of = [](std::size_t field, const std::string& text) {
        musicsync::Track::Fields fields;
        fields.title = field == 0 ? text : "River Song - Live";
        fields.artists = {field == 1 ? text : "Jane"};
        fields.album = field == 2 ? text : "Blue";
        return fields;
    };
    for (const char* piece : {" \u2013 ", " - ", ": ", " (", ")", "\u300C", "\u300D", "[MV] ", "01. ", ".mp3", "\uFF10",
                              "\u00C3\u00A9", "\u00C3", "accoustic ", "\u00E9 ", "a \uBCC4 ", "Jane - ", "*a "}) {
        for (std::size_t field = 0; field < 3; ++field) {
            const auto [small, large] = musicsync::testing_support::cost_of_four_times(
                [&](const std::string& text) {
                    const auto made = musicsync::Track::make(fields_of(field, text));
                    if (made) (void)musicsync::Query(*made).compare(*made);
                },
                "", piece);
            EXPECT_LT(large, 8 * small + 0.01) << "field " << field << ", " << piece << ": " << small << " s";
        }
    }
}

}  // namespace
