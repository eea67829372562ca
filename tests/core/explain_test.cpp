// What explain() says, sentence by sentence, by a profile written by hand: refitting the shipped model changes nothing
// here.
#include "musicsync/explain.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <regex>

#include "explain/contributions.hpp"
#include "explain/words.hpp"
#include "tracks.hpp"

namespace {

using musicsync::Change;
using musicsync::Profile;
using musicsync::Track;
using musicsync::Verdict;
using musicsync::testing_support::Song;
using musicsync::testing_support::track;

const Profile& by_hand() {
    static const Profile profile = *musicsync::parse_profile(R"({
  "format": "musicsync-profile/1", "name": "by hand", "accept": 0.75, "reject": 0.35, "margin": 0.1,
  "model": {
    "format": "musicsync-model/1", "version": "by-hand-1", "about": "for tests", "intercept": 3.5,
    "terms": [
      {"feature": "title_unlike", "at": [0, 0.1, 0.4, 0.7], "add": [0, -1, -4, -6], "unknown": -3},
      {"feature": "artist_unlike", "at": [0, 0.2, 0.5], "add": [0, -0.5, -5], "unknown": -1.5},
      {"feature": "duration_gap", "at": [1, 3, 12, 30], "add": [0, -1, -3, -6], "unknown": -1},
      {"feature": "duration_gap_near_title", "at": [1, 3, 12, 30], "add": [0, -1, -4, -6], "unknown": -2},
      {"feature": "duration_gap_other_edit", "at": [1, 3, 12, 30], "add": [0, -1, -3, -6], "unknown": -2},
      {"feature": "version_hard", "at": [0, 1], "add": [0, -6], "unknown": 0},
      {"feature": "version_soft", "at": [0, 1], "add": [0, -2], "unknown": 0},
      {"feature": "version_agrees", "at": [0, 1], "add": [0.5, 1.5], "unknown": 0},
      {"feature": "part_conflict", "at": [0, 1], "add": [0, -6], "unknown": 0},
      {"feature": "number_conflict", "at": [0, 1], "add": [0, -6], "unknown": 0}
    ]
  }
})",
                                                             "by hand");
    return profile;
}

// The sentence with "(P)" for its percentage.
std::string sentence(const Song& left, const Song& right, const Profile& profile = by_hand()) {
    static const std::regex percentage(R"(\((over |under )?\d+ %\))");
    return std::regex_replace(musicsync::explain(profile, track(left), track(right)).sentence, percentage, "(P)");
}

std::vector<std::string> changes(const Song& left, const Song& right) {
    std::vector<std::string> out;
    for (const Change& change : musicsync::what_would_change(by_hand(), track(left), track(right)))
        out.push_back(change.sentence);
    return out;
}

struct Said {
    Song left;
    Song right;
    std::string sentence;
};

const Said situations[] = {
    {{"Africa", {"Toto"}, "Toto IV", 295},
     {"Africa", {"Toto"}, "Toto IV", 295},
     "Same recording (P): title and artist agree and the lengths are equal."},
    {{"Africa", {"Toto"}, "", 295},
     {"AFRICA", {"Toto"}, "", 296},
     "Same recording (P): title and artist agree and the lengths are 1 s apart."},
    {{"Africa", {"Toto"}}, {"Africa", {"Toto"}}, "Same recording (P): title and artist agree."},
    {{"Africa", {"Toto"}, "Toto IV"},
     {"Africa", {"Toto"}, "Toto IV"},
     "Same recording (P): title and artist agree and the album agrees."},
    {{"Africa", {"Toto"}, "", 295, "USSM18200030"},
     {"Africa", {"Toto"}, "", 297, "USSM18200030"},
     "Same recording (P): both carry the ISRC USSM18200030, title and artist agree and the lengths are 2 s apart."},
    {{"Under Pressure", {"Queen", "David Bowie"}, "", 248},
     {"Under Pressure", {"David Bowie", "Queen"}, "", 248},
     "Same recording (P): title and artist agree and the lengths are equal."},
    {{"Under Pressure", {"Queen", "David Bowie"}, "", 248},
     {"Under Pressure", {"Queen"}, "", 248},
     "Same recording (P): the title agrees, the main artist agrees and the lengths are equal."},
    {{"Gold (Live)", {"Foo"}, "", 200},
     {"Gold - Live", {"Foo"}, "", 200},
     "Same recording (P): title and artist agree, both name the same version and the lengths are equal."},
    {{"Toto - Africa", {}, "", 295},
     {"Africa", {"Toto"}, "", 295},
     "Same recording (P): title and artist agree, ‘Toto - Africa’ was read as artist and title and the lengths are "
     "equal."},
    {{"Africa", {"Toto"}, "", 295},
     {"Africa Toto", {}, "", 295},
     "Same recording (P): title and artist agree, ‘Africa Toto’ was read as artist and title and the lengths are "
     "equal."},
    {{"Катюша", {"Анна Герман"}, "", 180},
     {"Katyusha", {"Anna German"}, "", 181},
     "Same recording (P): the titles agree in Latin letters (‘katyusha’), the artist agrees and the lengths are 1 s "
     "apart."},
    {{"Bohemian Rhapsody", {"Queen"}, "", 354},
     {"Bohemian Rapsody", {"Queen"}, "", 354},
     "Same recording (P): the artist agrees and the lengths are equal, although the left title has ‘Rhapsody’ where "
     "the right has ‘Rapsody’."},
    {{"Iko Iko", {"Justin Wellington"}, "", 200},
     {"Iko Iko (My Bestie)", {"Justin Wellington"}, "", 200},
     "Same recording (P): the artist agrees and the lengths are equal, although only the right title has ‘My Bestie’."},
    {{"Africa", {"Toto"}, "", 295},
     {"Africa", {"Toto"}, "", 300},
     "Same recording (P): title and artist agree, although the lengths are 5 s apart."},
    {{"Hello", {}, "", 295},
     {"Hello", {"Adele"}, "", 295},
     "Cannot tell (P): the title agrees and the lengths are equal, but the left side has no artist."},
    {{"Radio Ga Ga", {"Queen"}},
     {"Radio Ga Ga (Live at Wembley, 1986)", {"Queen"}},
     "Another version: only the right title says ‘live (Wembley, 1986)’."},
    {{"Radio Ga Ga (Live)", {"Queen"}, "", 343},
     {"Radio Ga Ga", {"Queen"}, "", 285},
     "Another version: only the left title says ‘live’ and the lengths are 58 s apart."},
    {{"Gold (Tiësto Remix)", {"Foo"}, "", 200},
     {"Gold (Avicii Remix)", {"Foo"}, "", 200},
     "Another version: the left side says ‘remix (tiesto)’ where the right says ‘remix (Avicii)’."},
    {{"Africa", {"Toto"}, "", 295},
     {"Africa (Karaoke Version)", {"Karaoke Star"}, "", 295},
     "Another version by another artist: only the right title says ‘karaoke’ and ‘Toto’ is not ‘Karaoke Star’."},
    {{"Africa", {"Toto"}, "", 295},
     {"Africa", {"Weezer"}, "", 240},
     "The same title by another artist: ‘Toto’ is not ‘Weezer’ and the lengths are 55 s apart."},
    {{"Rosanna", {"Toto"}, "", 330},
     {"Africa", {"Toto"}, "", 295},
     "Another song by the same artist: the titles are ‘Rosanna’ and ‘Africa’ and the lengths are 35 s apart."},
    {{"Rosanna", {"Toto"}, "", 330},
     {"Hello", {"Adele"}, "", 295},
     "Another song by another artist: the titles are ‘Rosanna’ and ‘Hello’, ‘Toto’ is not ‘Adele’ and the lengths are "
     "35 s apart."},
    {{"Dani California", {"Red Hot Chili Peppers"}, "", 282},
     {"Californication", {"Red Hot Chili Peppers"}, "", 321},
     "Cannot tell (P): the artist agrees, but the titles are ‘Dani California’ and ‘Californication’ and the lengths "
     "are "
     "39 s apart."},
    {{"Another Brick in the Wall, Pt. 1", {"Pink Floyd"}, "", 191},
     {"Another Brick in the Wall, Pt. 2", {"Pink Floyd"}, "", 191},
     "Another part: the part numbers differ (1 and 2)."},
    {{"Prelude 1", {"Foo"}, "", 100},
     {"Prelude 2", {"Foo"}, "", 100},
     "Another piece: the numbers in the titles differ (1 / 2)."},
    {{"Africa", {"Toto"}, "", 295},
     {"Africa", {"Toto"}, "", 360},
     "Cannot tell (P): title and artist agree, but the lengths are 1 min 5 s apart."},
    {{"Bohemian Rhapsody", {"Queen"}, "", 295},
     {"Bohemian Rapsody", {"Queen"}, "", 360},
     "Another recording of the song: the lengths are 1 min 5 s apart and the left title has ‘Rhapsody’ where the right "
     "has ‘Rapsody’."},
    {{"Clocks", {"Coldplay"}, "", 307},
     {"Clocks (Radio Edit)", {"Coldplay"}},
     "Cannot tell (P): title and artist agree, but only the right title says ‘radio edit’ and the right side has no "
     "length."},
    {{"Africa", {"Toto"}, "", 295, "USSM18200030"},
     {"Africa (Live)", {"Toto"}, "", 360, "USSM18200030"},
     "Cannot tell (P): both carry the ISRC USSM18200030 and title and artist agree, but only the right title says "
     "‘live’ and the lengths are 1 min 5 s apart."},
    {{"Stay", {"Rihanna"}},
     {"Stay (feat. Mikky Ekko)", {"Rihanna"}},
     "Cannot tell (P): the title agrees and the main artist agrees, but only the right title features ‘Mikky Ekko’ and "
     "neither side has a length."},
    {{"Hurt", {"Johnny Cash"}, "", 0, "", "", 2002},
     {"Hurt", {"Johnny Cash"}, "", 0, "", "", 1962},
     "Cannot tell (P): title and artist agree, but the years are 40 apart (2002 and 1962) and neither side has a "
     "length."},
    {{"夜に駆ける", {"YOASOBI"}, "", 261},
     {"Racing into the Night", {"YOASOBI"}, "", 261},
     "Cannot tell (P): the artist agrees and the lengths are equal, but the titles are in scripts that cannot be "
     "compared (Japanese and Latin)."},
    {{"", {"Adele"}, "", 295},
     {"Hello", {"Adele"}, "", 295},
     "Cannot tell (P): the artist agrees and the lengths are equal, but the left side has no title."},
    {{"Gold", {"Foo"}, "Gold"},
     {"Gold", {"Foo"}, "Live in Berlin"},
     "Cannot tell (P): title and artist agree, but only the right album says ‘live’, the albums are ‘Gold’ and ‘Live "
     "in Berlin’ and neither side has a length."},
    {{"Go", {"Foo"}, "", 200},
     {"No", {"Foo"}, "", 200},
     "Another song by the same artist: the titles are ‘Go’ and ‘No’."},
    {{"", {}},
     {"", {}},
     "Probably not the same recording (P): neither side has a title and neither side has an artist."},
    {{"Night and Day", {"Foo"}, "", 200},
     {"Day and Night", {"Foo"}, "", 200},
     "Same recording (P): title and artist agree and the lengths are equal."},
};

TEST(Explain, says_in_one_sentence_what_a_person_would) {
    for (const Said& said : situations) EXPECT_EQ(sentence(said.left, said.right), said.sentence);
}

TEST(Explain, says_how_sure_it_is) {
    EXPECT_EQ(musicsync::explain(by_hand(), track({"Africa", {"Toto"}}), track({"Africa", {"Toto"}})).sentence,
              "Same recording (95 %): title and artist agree.");
    EXPECT_EQ(musicsync::percent(0.9999), "over 99 %");
    EXPECT_EQ(musicsync::percent(0.0), "under 1 %");
    EXPECT_EQ(musicsync::percent(0.125), "13 %");
}

TEST(Explain, says_that_only_one_side_is_explicit) {
    Track::Fields fields = track({"Gold", {"Foo"}, "", 200}).fields();
    fields.explicit_ = false;
    const Track clean = *Track::make(fields);
    fields.explicit_ = true;
    EXPECT_EQ(musicsync::explain(by_hand(), clean, *Track::make(fields)).sentence,
              "Cannot tell (98 %): title and artist agree and the lengths are equal, but only the right is explicit.");
}

TEST(Explain, of_the_sides_exchanged_says_the_same_of_the_other_side) {
    EXPECT_EQ(sentence({"Gold (Live)", {"Foo"}}, {"Gold", {"Foo"}}),
              "Another version: only the left title says ‘live’.");
    EXPECT_EQ(sentence({"Gold", {"Foo"}}, {"Gold (Live)", {"Foo"}}),
              "Another version: only the right title says ‘live’.");
}

TEST(Explain, says_side_where_the_version_is_not_in_the_title) {
    EXPECT_EQ(sentence({"Africa", {"Toto"}}, {"Africa", {"Ameritz Karaoke"}}),
              "Another version by another artist: only the right side says ‘karaoke’ and ‘Toto’ is not ‘Ameritz "
              "Karaoke’.");
}

TEST(Explain, by_classic_rules_tells_the_likeness_of_texts) {
    const Song asked{"Africa", {"Toto"}, "Toto IV"};
    EXPECT_EQ(sentence(asked, asked, Profile::classic()),
              "Same recording (score 1.00): title equal, artists equal and album equal.");
    EXPECT_EQ(sentence(asked, {"Rosanna", {"Toto"}}, Profile::classic()),
              "Cannot tell (score 0.50): title different (0.31), artists equal and album unknown on one side.");
}

TEST(Explain, cuts_what_is_longer_than_a_line) {
    const std::string why = sentence({std::string(100'000, 'x'), {"Toto"}}, {"Africa", {"Toto"}});
    EXPECT_LT(why.size(), 200U);
    EXPECT_NE(why.find("x…’ and ‘Africa’"), std::string::npos);
    EXPECT_EQ(musicsync::quoted(std::string(60, 'x')), "‘" + std::string(60, 'x') + "’");
    EXPECT_EQ(musicsync::quoted(std::string(61, 'x')), "‘" + std::string(59, 'x') + "…’");
}

TEST(Explain, decides_as_decide_does) {
    for (const Said& said : situations) {
        const Track left = track(said.left);
        const Track right = track(said.right);
        const auto why = musicsync::explain(by_hand(), left, right);
        const auto decision = musicsync::decide(by_hand(), left, std::span(&right, 1));
        EXPECT_EQ(why.verdict, decision.verdict);
        EXPECT_EQ(why.reasons, decision.reasons);
        EXPECT_EQ(why.score, musicsync::score(by_hand(), left, right));
        EXPECT_EQ(why.probability, musicsync::probability(by_hand(), left, right));
    }
}

TEST(Explain, tells_what_was_read_on_either_side) {
    const auto why = musicsync::explain(by_hand(), track({"Катюша, Pt. 2 (feat. Jane) [Live]", {"Анна"}}), track({}));
    EXPECT_EQ(why.left.title, "катюша");
    EXPECT_EQ(why.left.latin, "katyusha");
    EXPECT_EQ(why.left.guests, std::vector<std::string>{"jane"});
    EXPECT_EQ(why.left.part, 2);
    EXPECT_EQ(why.left.script, "Cyrillic");
    ASSERT_EQ(why.left.versions.size(), 1U);
    EXPECT_EQ(why.left.versions[0].kind, musicsync::VersionKind::live);
    EXPECT_EQ(why.right.script, "no letters");
}

TEST(Contributions, are_counted_from_where_nothing_speaks_against_the_pair) {
    const auto why = musicsync::explain(by_hand(), track({"Africa", {"Toto"}}), track({"Africa (Live)", {"Toto"}}));
    ASSERT_EQ(why.contributions.size(), 1U);
    EXPECT_EQ(why.contributions[0].feature, "version_hard");
    EXPECT_EQ(why.contributions[0].label, "the versions are different");
    EXPECT_EQ(why.contributions[0].value, 1.0);
    EXPECT_EQ(why.contributions[0].log_odds, -6.0);
}

TEST(Contributions, of_what_is_unknown_have_no_value_and_the_weightiest_is_first) {
    const auto why = musicsync::explain(by_hand(), track({"Africa", {}}), track({"Africa", {"Toto"}}));
    ASSERT_EQ(why.contributions.size(), 2U);
    EXPECT_EQ(why.contributions[0].feature, "artist_unlike");
    EXPECT_EQ(why.contributions[0].value, std::nullopt);
    EXPECT_EQ(why.contributions[0].log_odds, -1.5);
    EXPECT_EQ(why.contributions[1].feature, "duration_gap");
    EXPECT_EQ(why.contributions[1].log_odds, -1.0);
}

TEST(Contributions, have_words_for_every_feature) {
    for (const musicsync::FeatureName& feature : musicsync::feature_names())
        EXPECT_NE(musicsync::label_of(feature.name), feature.name);
    EXPECT_EQ(musicsync::label_of("tempo"), "tempo");
}

TEST(WhatWouldChange, names_the_length_the_code_and_the_words) {
    EXPECT_EQ(changes({"Clocks", {"Coldplay"}, "", 307}, {"Clocks (Radio Edit)", {"Coldplay"}}),
              (std::vector<std::string>{"If both carried the same ISRC, it would be accepted.",
                                        "If the right title did not say ‘radio edit’, it would be accepted.",
                                        "If the right side were by somebody else, it would be rejected."}));
    EXPECT_EQ(changes({"Africa", {"Toto"}, "", 295}, {"Africa", {"Toto"}, "", 360}),
              (std::vector<std::string>{"If the lengths were equal, it would be accepted.",
                                        "If only the right title said ‘Live’, it would be rejected.",
                                        "If the right side were by somebody else, it would be rejected."}));
    EXPECT_EQ(changes({"Hurt", {"Johnny Cash"}, "", 0, "", "", 2002}, {"Hurt", {"Johnny Cash"}, "", 0, "", "", 1962}),
              (std::vector<std::string>{"If both lengths were known and equal, it would be accepted.",
                                        "If both carried the same ISRC, it would be accepted.",
                                        "If both were of 2002, it would be accepted."}));
}

TEST(WhatWouldChange, is_empty_where_no_single_fact_turns_it) {
    EXPECT_TRUE(changes({"Rosanna", {"Toto"}, "", 330}, {"Hello", {"Adele"}, "", 295}).empty());
}

TEST(WhatWouldChange, of_an_isrc_that_the_texts_contradict_is_to_take_it_away) {
    const auto found = musicsync::what_would_change(by_hand(), track({"Africa", {"Toto"}, "", 295, "USSM18200030"}),
                                                    track({"Africa (Live)", {"Toto"}, "", 360, "USSM18200030"}));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].fact, "isrc");
    EXPECT_EQ(found[0].action, "removed");
    EXPECT_EQ(found[0].side, "right");
    EXPECT_EQ(found[0].verdict, Verdict::reject);
}

// The promise itself, for every situation above: make the change by other means and decide again.
TEST(WhatWouldChange, holds_when_the_change_is_made) {
    std::size_t checked = 0;
    for (const Said& said : situations) {
        const Track left = track(said.left);
        const Track right = track(said.right);
        const Verdict now = musicsync::explain(by_hand(), left, right).verdict;
        const auto found = musicsync::what_would_change(by_hand(), left, right);
        EXPECT_LE(found.size(), 3U);
        for (const Change& change : found) {
            EXPECT_NE(change.verdict, now);
            Song a = said.left;
            Song b = said.right;
            if (change.fact == "duration" && change.action == "equal")
                a.seconds = b.seconds = std::max({a.seconds, b.seconds, 1.0});
            else if (change.fact == "artists" && change.action == "equal")
                b.artists = a.artists;
            else if (change.fact == "version" && change.action == "added")
                b.title += " - Live";
            else if (change.fact == "isrc" && change.action == "equal")
                a.isrc = b.isrc = "USSM18200030";
            else if (change.fact == "title")
                a.title = b.title = std::max(a.title, b.title);
            else
                continue;
            ++checked;
            EXPECT_EQ(musicsync::explain(by_hand(), track(a), track(b)).verdict, change.verdict) << change.sentence;
        }
    }
    EXPECT_GT(checked, 20U);
}

TEST(WhatWouldChange, passes_over_a_change_that_a_track_cannot_hold) {
    const std::string longest(Track::max_text_bytes, 'x');  // " (Live)" has no place
    for (const Change& change :
         musicsync::what_would_change(Profile::classic(), track({"a", {"b"}}), track({longest, {"b"}})))
        EXPECT_NE(change.fact, "version");
}

TEST(Reasons, are_told_in_words) {
    EXPECT_EQ(musicsync::reason_in_words("version_conflict"), "they are different versions");
    EXPECT_EQ(musicsync::reason_in_words("guest_uncertain"),
              "only one side names a guest, and no length confirms them");
    EXPECT_EQ(musicsync::reason_in_words("unheard_of"), "unheard_of");
}

TEST(Lengths, are_told_in_minutes_and_seconds) {
    EXPECT_EQ(musicsync::lengths_apart(0.0), "the lengths are equal");
    EXPECT_EQ(musicsync::lengths_apart(0.4), "the lengths are less than 1 s apart");
    EXPECT_EQ(musicsync::lengths_apart(60.0), "the lengths are 1 min apart");
    EXPECT_EQ(musicsync::lengths_apart(125.2), "the lengths are 2 min 5 s apart");
}

}  // namespace
