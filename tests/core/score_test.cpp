#include "musicsync/score.hpp"

#include <gtest/gtest.h>

#include "musicsync/explain.hpp"
#include "tracks.hpp"

namespace {

using musicsync::Profile;
using musicsync::Track;
using musicsync::testing_support::Song;
using musicsync::testing_support::track;

const Profile classic = Profile::classic();
const Profile standard = Profile::standard();

double p(const Song& a, const Song& b) { return *musicsync::probability(standard, track(a), track(b)); }
double s(const Song& a, const Song& b) { return musicsync::score(standard, track(a), track(b)); }

TEST(Classic, weighs_lower_cased_fields) {
    // "kitten"/"sitting" 8/13, "AB"/"ab" 1, "x"/"y" 0
    EXPECT_NEAR(musicsync::score(classic, track({"Kitten", {"AB"}, "x"}), track({"sitting", {"ab"}, "y"})),
                0.5 * 8.0 / 13.0 + 0.35, 1e-12);
}

TEST(Classic, counts_an_absent_field_as_zero) {
    EXPECT_DOUBLE_EQ(musicsync::score(classic, track({"a", {"b"}}), track({"a", {"b"}})), 0.85);
    EXPECT_DOUBLE_EQ(musicsync::score(classic, track({"a", {}}), track({"a", {"b"}, "c"})), 0.5);
    EXPECT_DOUBLE_EQ(musicsync::score(classic, track({"", {}}), track({"", {}})), 0.0);
}

// What was read in the wrong encoding stays so: `standard` alone reads it again.
TEST(Classic, compares_texts_as_they_are_written) {
    EXPECT_DOUBLE_EQ(musicsync::score(classic, track({"Café", {}}), track({"CafÃ©", {}})), 0.5 * 6.0 / 9.0);
}

TEST(Classic, joins_artists_by_comma_and_space) {
    EXPECT_DOUBLE_EQ(musicsync::score(classic, track({"", {"A", "B"}}), track({"", {"a, b"}})), 0.35);
}

TEST(Classic, gives_one_for_equal_isrcs_whatever_the_texts) {
    const Track a = track({"Africa", {"Toto"}, "", 0, "USSM18200342"});
    const Track b = track({"Rosanna", {"Other"}, "", 0, "us-sm1-82-00342"});
    EXPECT_DOUBLE_EQ(musicsync::score(classic, a, b), 1.0);
}

TEST(Classic, has_no_probability) {
    EXPECT_FALSE(musicsync::probability(classic, track({"a", {"b"}}), track({"a", {"b"}})));
}

TEST(Profiles, are_found_by_name) {
    EXPECT_EQ(Profile::named("old-rule")->accept, 0.90);
    EXPECT_FALSE(Profile::named("old-rule")->accepts(0.90));
    EXPECT_TRUE(Profile::named("classic")->accepts(0.85));
    EXPECT_EQ(Profile::named("best").error().code, musicsync::Errc::unknown_profile);
}

TEST(Standard, is_sure_of_equal_title_and_artist_and_surer_with_the_duration) {
    const double bare = p({"Africa", {"Toto"}}, {"africa", {"TOTO"}});
    const double timed = p({"Africa", {"Toto"}, "", 295}, {"Africa", {"Toto"}, "", 296});
    EXPECT_GE(bare, 0.90);
    EXPECT_GE(timed, 0.97);
    EXPECT_GT(timed, bare);
}

TEST(Standard, leaves_unknown_fields_out_of_the_weights) {
    EXPECT_DOUBLE_EQ(s({"Africa", {"Toto"}}, {"Africa", {"Toto"}, "Toto IV"}), 1.0);
}

TEST(Standard, takes_another_version_for_another_recording) {
    const Song studio{"Africa", {"Toto"}};
    for (const char* title :
         {"Africa (Live)", "Africa - Acoustic", "Africa (Somebody Remix)", "Africa (Karaoke Version)",
          "Africa (Instrumental)", "Africa (Sped Up)", "Africa (Demo)"}) {
        EXPECT_LT(p(studio, {title, {"Toto"}}), 0.3) << title;
        EXPECT_LT(s(studio, {title, {"Toto"}}), s(studio, studio)) << title;
    }
}

TEST(Standard, takes_a_remaster_for_the_same_recording) {
    EXPECT_GE(p({"Africa", {"Toto"}}, {"Africa - Remastered 2020", {"Toto"}}), 0.9);
}

TEST(Standard, knows_an_imitation_by_its_artist) {
    EXPECT_LT(p({"Africa", {"Toto"}, "", 295}, {"Africa", {"Karaoke Toto Band"}, "", 295}), 0.3);
    // An artist may have been renamed, so an equal length is worth a question, and no more (see vetoes_test.cpp).
    EXPECT_LT(p({"Africa", {"Toto"}, "", 295}, {"Africa", {"Weezer"}, "", 295}), 0.5);
    EXPECT_LT(p({"Africa", {"Toto"}, "", 295}, {"Africa", {"Weezer"}, "", 310}), 0.1);
    EXPECT_LT(p({"Africa", {"Toto"}}, {"Africa", {"Weezer"}}), 0.1);
}

TEST(Standard, doubts_another_duration) {
    const double gap = p({"Africa", {"Toto"}, "", 295}, {"Africa", {"Toto"}, "", 319});
    EXPECT_LT(gap, 0.8);
    EXPECT_GT(gap, 0.2);
    EXPECT_DOUBLE_EQ(s({"Africa", {"Toto"}, "", 295}, {"Africa", {"Toto"}, "", 298}), 1.0);  // up to 3 s cost nothing
    EXPECT_LT(s({"Africa", {"Toto"}, "", 295}, {"Africa", {"Toto"}, "", 310}), 1.0);
}

TEST(Standard, is_not_fooled_by_similar_words_of_one_artist) {
    EXPECT_LT(p({"Dani California", {"Red Hot Chili Peppers"}}, {"Californication", {"Red Hot Chili Peppers"}}), 0.35);
}

TEST(Standard, reads_featured_artists_wherever_they_stand) {
    EXPECT_GE(p({"Stay (feat. Justin Bieber)", {"The Kid LAROI"}}, {"STAY", {"The Kid LAROI", "Justin Bieber"}}), 0.9);
    EXPECT_GE(p({"Stay", {"Justin Bieber", "The Kid LAROI"}}, {"STAY", {"The Kid LAROI", "Justin Bieber"}}), 0.9);
}

TEST(Standard, reads_text_in_the_wrong_field) {
    EXPECT_GE(p({"Toto - Africa", {}}, {"Africa", {"Toto"}}), 0.8);
    EXPECT_GE(p({"Toto - Africa", {}, "Toto IV", 295}, {"Africa - Toto IV", {"Toto"}, "", 295}), 0.8);
    EXPECT_GE(p({"Africa (Toto IV)", {"Toto"}}, {"Africa", {"Toto"}, "Toto IV"}), 0.8);
}

TEST(Standard, takes_a_star_inside_a_word_for_any_letter) {
    EXPECT_DOUBLE_EQ(s({"F**k You", {"CeeLo Green"}}, {"Fuck You", {"CeeLo Green"}}), 1.0);
    EXPECT_LT(s({"F**k You", {"CeeLo Green"}}, {"Forget You", {"CeeLo Green"}}), 1.0);
}

TEST(Standard, compares_scripts_through_romanisation_only) {
    EXPECT_GE(p({"Группа крови", {"Кино"}}, {"Gruppa krovi", {"Kino"}}), 0.8);
    const auto why =
        musicsync::explain(standard, track({"夜に駆ける", {"YOASOBI"}}), track({"Into the Night", {"YOASOBI"}}));
    EXPECT_FALSE(why.fields[0].similarity);
}

TEST(Standard, tells_parts_apart) {
    EXPECT_LT(p({"Shine On, Pt. 1", {"Pink Floyd"}}, {"Shine On, Pt. 2", {"Pink Floyd"}}), 0.35);
    EXPECT_GE(p({"Shine On, Pt. 2", {"Pink Floyd"}}, {"Shine On (Part II)", {"Pink Floyd"}}), 0.9);
}

TEST(SameRecording, lets_an_isrc_acquit_but_never_convict) {
    const Song coded{"Africa", {"Toto"}, "", 295, "USSM18200342"};
    const Track a = track(coded);
    EXPECT_TRUE(musicsync::same_recording(standard, a, track({"Afrika", {"Toto"}, "", 300, "USSM18200342"})));
    EXPECT_TRUE(musicsync::same_recording(standard, a, track({"Africa", {"Toto"}, "", 295, "GBAAA9900001"})));
    EXPECT_FALSE(musicsync::same_recording(standard, a, track({"Rosanna", {"Toto"}, "", 295, "USSM18200342"})));
    EXPECT_FALSE(musicsync::same_recording(standard, a, track({"Africa (Live)", {"Toto"}, "", 295, "USSM18200342"})));
}

TEST(ScorePairs, refuses_columns_of_different_length) {
    const std::vector<Track> one{track({"a", {"b"}})};
    EXPECT_EQ(musicsync::score_pairs(standard, one, {}).error().code, musicsync::Errc::length_mismatch);
    EXPECT_EQ(musicsync::probability_pairs(classic, one, one).error().code, musicsync::Errc::invalid_value);
}

TEST(Explain, says_it_in_numbers_and_in_a_sentence) {
    const auto why = musicsync::explain(standard, track({"Africa", {"Toto"}, "Toto IV", 295}),
                                        track({"Africa (Live)", {"Toto"}, "", 360}));
    EXPECT_TRUE(why.version_conflict);
    ASSERT_EQ(why.penalties.size(), 2U);
    EXPECT_EQ(why.penalties[0].name, "version");
    EXPECT_EQ(why.penalties[1].name, "duration");
    EXPECT_EQ(why.sentence, "Another version: only the right title says ‘live’ and the lengths are 1 min 5 s apart.");
}

}  // namespace
