#include <gtest/gtest.h>

#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "musicsync/normalize.hpp"

namespace musicsync {

// How GoogleTest shows the parts of a title that differ.
void PrintTo(const TitleParts& parts, std::ostream* out) {
    *out << '"' << parts.base << '"';
    for (const VersionToken& token : parts.versions) {
        *out << " {" << name(token.kind) << ' ' << token.detail << ' ' << token.year.value_or(0) << '}';
    }
    for (const std::string& artist : parts.featured) *out << " feat " << artist;
    if (parts.part) *out << " part " << *parts.part;
    if (!parts.context.empty()) *out << " from " << parts.context;
}

namespace {

using enum VersionKind;

struct Case {
    std::string_view title;
    TitleParts expected;
};

TitleParts plain(std::string base) { return {std::move(base), {}, {}, {}, {}}; }
TitleParts with(std::string base, std::vector<VersionToken> versions) {
    return {std::move(base), std::move(versions), {}, {}, {}};
}
TitleParts feat(std::string base, std::vector<std::string> names) {
    return {std::move(base), {}, std::move(names), {}, {}};
}
TitleParts part(std::string base, int number) { return {std::move(base), {}, {}, number, {}}; }
TitleParts from(std::string base, std::string context) { return {std::move(base), {}, {}, {}, std::move(context)}; }

void expect_all(const std::vector<Case>& cases) {
    for (const Case& c : cases) EXPECT_EQ(parse_title(c.title), c.expected) << c.title;
}

TEST(ParseTitle, TakesEverythingApartAtOnce) {
    expect_all({
        {"Africa (feat. Jane) - Live in Berlin, 2010", {"africa", {{live, "berlin", 2010}}, {"jane"}, {}, {}}},
        {"Another Brick in the Wall (Part II) - Live at Wembley / July 1986",
         {"another brick in the wall", {{live, "wembley", 1986}}, {}, 2, {}}},
        {"(I Can't Get No) Satisfaction - Mono Version / Remastered 2002",
         {"i cant get no satisfaction", {{remaster, "", 2002}, {mono, "", {}}}, {}, {}, {}}},
        {"Get Lucky (Radio Edit) [feat. Pharrell Williams and Nile Rodgers]",
         {"get lucky", {{radio_edit, "", {}}}, {"pharrell williams", "nile rodgers"}, {}, {}}},
        {"Get Lucky (Radio Edit - feat. Pharrell Williams and Nile Rodgers)",
         {"get lucky", {{radio_edit, "", {}}}, {"pharrell williams", "nile rodgers"}, {}, {}}},
        {"WHATS POPPIN (feat. DaBaby, Tory Lanez & Lil Wayne) - Remix",
         {"whats poppin", {{remix, "", {}}}, {"dababy", "tory lanez", "lil wayne"}, {}, {}}},
        {"Chal Ghar Chalen (From \"Malang - Unleash The Madness\") [Mithoon feat. Arijit Singh]",
         {"chal ghar chalen", {}, {"mithoon", "arijit singh"}, {}, "malang unleash the madness"}},
    });
}

TEST(ParseTitle, LeavesTheTitleItselfAlone) {
    expect_all({
        {"(I Can't Get No) Satisfaction", plain("i cant get no satisfaction")},
        {"(You Drive Me) Crazy", plain("you drive me crazy")},
        {"(Sittin' On) The Dock of the Bay", plain("sittin on the dock of the bay")},
        {"Blue (Da Ba Dee)", plain("blue da ba dee")},
        {"Live and Let Die", plain("live and let die")},
        {"Live Forever", plain("live forever")},
        {"Remix to Ignition", plain("remix to ignition")},
        {"Track Title Live", plain("track title live")},
        {"Fully Alive", plain("fully alive")},
        {"Video Killed the Radio Star", plain("video killed the radio star")},
        {"Karaoke: The Musical", plain("karaoke the musical")},
        {"Stay With Me", plain("stay with me")},
        {"Song (With You)", plain("song with you")},
        {"Song (From Now On)", plain("song from now on")},
        {"Song (In the Mix)", plain("song in the mix")},
        {"Mallorca - Mein Herz ruft nach Dir", plain("mallorca mein herz ruft nach dir")},
        {"Draft Beer", plain("draft beer")},
        {"6 ft Under", plain("6 ft under")},
        {"No Small Feat", plain("no small feat")},
        {"(Live)", plain("live")},
        {"[Untitled]", plain("untitled")},
        {"(L)only Child", plain("l only child")},
        {"(Sun)sivera", plain("sun sivera")},
        {"Smile :)", plain("smile")},
        {"", plain("")},
        {"  ", plain("")},
        {"()", plain("()")},
    });
}

TEST(ParseTitle, KeepsSymbolTitlesBesideTheirTokens) {
    expect_all({
        {"!!! (Live)", with("!!!", {{live, "", {}}})},
        {"÷ (Deluxe)", with("÷", {{deluxe, "", {}}})},
        {"+", plain("+")},
    });
}

TEST(ParseTitle, ReadsEveryKindOfBracketAndSuffix) {
    const TitleParts expected = with("song", {{live, "", {}}});
    for (std::string_view title : {"Song (Live)", "Song [Live]", "Song {Live}", "Song （Live）", "Song【Live】",
                                   "Song - Live", "Song – Live", "Song — Live", "Song ~Live~", "Song -Live-",
                                   "Song(Live)", "Song (Live", "Song (Live Version)", "SONG (LIVE)", "Song ( Live )"}) {
        EXPECT_EQ(parse_title(title), expected) << title;
    }
}

TEST(ParseTitle, KnowsLiveInManyLanguages) {
    const TitleParts expected = with("song", {{live, "", {}}});
    for (std::string_view title :
         {"Song (En Vivo)", "Song - En Directo", "Song (Ao Vivo)", "Song (Dal Vivo)", "Song (ライブ)", "Song (現場)",
          "Song (现场版)", "Song (라이브)", "Song (In Concert)", "Song (Versión En Vivo)"}) {
        EXPECT_EQ(parse_title(title), expected) << title;
    }
}

TEST(ParseTitle, ReadsVenueAndYearOfLiveVersions) {
    expect_all({
        {"Song (Live at the BBC)", with("song", {{live, "the bbc", {}}})},
        {"Song (Live from Abbey Road)", with("song", {{live, "abbey road", {}}})},
        {"Song - Live / 1975", with("song", {{live, "", 1975}})},
        {"Song (Live 1999)", with("song", {{live, "", 1999}})},
        {"Song (1960 Live in Berlin)", with("song", {{live, "berlin", 1960}})},
        {"Song (Live @ Moon)", with("song", {{live, "moon", {}}})},
        {"Song - Live at Cobo Hall in Detroit, Michigan, August 1980",
         with("song", {{live, "cobo hall in detroit michigan", 1980}})},
        {"Song - Live at Wembley 1986; 2009 Remaster", with("song", {{live, "wembley", 1986}, {remaster, "", 2009}})},
        {"Song (En Vivo en Buenos Aires)", with("song", {{live, "buenos aires", {}}})},
        {"Song - Live Acoustic", with("song", {{live, "", {}}, {acoustic, "", {}}})},
        {"Song - Acoustic; Live at MTV Unplugged, Bray Studios, Windsor, 1992",
         with("song", {{live, "", {}}, {acoustic, "", {}}, {unplugged, "mtv bray studios windsor", 1992}})},
        {"Song (Live) [Live at Wembley]", with("song", {{live, "wembley", {}}})},
    });
}

TEST(ParseTitle, ReadsTheAuthorOfRemixesAndEdits) {
    expect_all({
        {"Paradise (Tiësto Remix)", with("paradise", {{remix, "tiesto", {}}})},
        {"Paradise - Fedde le Grand Remix", with("paradise", {{remix, "fedde le grand", {}}})},
        {"Paradise (Remix by Tiësto)", with("paradise", {{remix, "tiesto", {}}})},
        {"Paradise (Remixed by Tiësto)", with("paradise", {{remix, "tiesto", {}}})},
        {"Paradise (Remix)", with("paradise", {{remix, "", {}}})},
        {"Paradise (2020 Remix)", with("paradise", {{remix, "", 2020}})},
        {"Paradise (Club Mix)", with("paradise", {{remix, "club", {}}})},
        {"Paradise - Terrace Dub", with("paradise", {{remix, "terrace dub", {}}})},
        {"Paradise - VIP", with("paradise", {{remix, "vip", {}}})},
        {"Paradise (Clean Bandit Remix)", with("paradise", {{remix, "clean bandit", {}}})},
        {"Paradise - Tiësto Remix / Edit", with("paradise", {{remix, "tiesto", {}}, {edit, "", {}}})},
        {"Paradise - Tiësto Extended Remix", with("paradise", {{remix, "tiesto", {}}, {extended, "", {}}})},
        {"Somewhere Else (Dimitri, Mike & Foo Remix)", with("somewhere else", {{remix, "dimitri mike and foo", {}}})},
        {"Paradise - Robin Schulz Radio Edit", with("paradise", {{radio_edit, "robin schulz", {}}})},
        {"Paradise (Don Diablo Edit)", with("paradise", {{edit, "don diablo", {}}})},
        {"Paradise (Remix feat. Jane)", {"paradise", {{remix, "", {}}}, {"jane"}, {}, {}}},
        {"Paradise - Remix with Camilo", {"paradise", {{remix, "", {}}}, {"camilo"}, {}, {}}},
        {"Paradise (Original Mix)", plain("paradise")},
        {"Paradise (リミックス)", with("paradise", {{remix, "", {}}})},
    });
}

TEST(ParseTitle, KnowsTheOtherRecordingChangingVersions) {
    expect_all({
        {"Song (Acoustic)", with("song", {{acoustic, "", {}}})},
        {"Song - Acoustic Version", with("song", {{acoustic, "", {}}})},
        {"Song (Versión Acústica)", with("song", {{acoustic, "", {}}})},
        {"Song (Piano Version)", with("song", {{acoustic, "piano", {}}})},
        {"Song - Unplugged", with("song", {{unplugged, "", {}}})},
        {"Song (MTV Unplugged)", with("song", {{unplugged, "mtv", {}}})},
        {"Song - BBC Session 1990", with("song", {{session, "bbc", 1990}})},
        {"Song - Recorded at Spotify Studios NYC", with("song", {{session, "spotify studios nyc", {}}})},
        {"Song (Demo)", with("song", {{demo, "", {}}})},
        {"Song - Alternate Take", with("song", {{demo, "alternate", {}}})},
        {"Song (Instrumental)", with("song", {{instrumental, "", {}}})},
        {"Song (インスト)", with("song", {{instrumental, "", {}}})},
        {"Song (Karaoke Version)", with("song", {{karaoke, "", {}}})},
        {"Song (In the Style of ABBA)", with("song", {{karaoke, "abba", {}}})},
        {"Song (Originally Performed by Adele) [Karaoke]", with("song", {{karaoke, "adele", {}}})},
        {"Song (Made Famous by Adele)", with("song", {{karaoke, "adele", {}}})},
        {"Song (Cover)", with("song", {{cover, "", {}}})},
        {"Hallelujah - Jane Doe Cover", with("hallelujah", {{cover, "jane doe", {}}})},
        {"Song (Tribute to Queen)", with("song", {{cover, "queen", {}}})},
        {"Song (A Cappella)", with("song", {{a_cappella, "", {}}})},
        {"Song (Acapella)", with("song", {{a_cappella, "", {}}})},
        {"Song - Orchestral Version", with("song", {{orchestral, "", {}}})},
        {"Song (Orchestra Mix)", with("song", {{orchestral, "", {}}})},
        {"Song (Sped Up)", with("song", {{sped_up, "", {}}})},
        {"Song (Slowed + Reverb)", with("song", {{slowed, "", {}}})},
        {"Song (Nightcore)", with("song", {{nightcore, "", {}}})},
        {"Song - Extended Mix", with("song", {{extended, "", {}}})},
        {"Song (Version Longue)", with("song", {{extended, "", {}}})},
        {"Song (12\" Mix)", with("song", {{extended, "", {}}})},
        {"Song - Radio Edit", with("song", {{radio_edit, "", {}}})},
        {"Song (Short Version)", with("song", {{edit, "short", {}}})},
        {"Love Story (Taylor's Version)", with("love story", {{rerecorded, "", {}}})},
        {"Song - Re-Recorded", with("song", {{rerecorded, "", {}}})},
        {"Song (2011 Version)", with("song", {{rerecorded, "", 2011}})},
        {"Fairytale - Jane Doe Version", with("fairytale", {{rerecorded, "jane doe", {}}})},
        {"Song (Spanish Version)", with("song", {{language, "spanish", {}}})},
        {"Song (Versión en Español)", with("song", {{language, "spanish", {}}})},
        {"Song - Korean Ver.", with("song", {{language, "korean", {}}})},
        {"Song (日本語版)", with("song", {{language, "japanese", {}}})},
        {"Song (國語版)", with("song", {{language, "mandarin", {}}})},
        {"Song (Deutsche Version)", with("song", {{language, "german", {}}})},
        {"Song - Reprise", with("song", {{reprise, "", {}}})},
        {"Song - Interlude", with("song", {{interlude, "", {}}})},
    });
}

TEST(ParseTitle, KnowsPackaging) {
    expect_all({
        {"Song - Remastered", with("song", {{remaster, "", {}}})},
        {"Song - Remastered 2011", with("song", {{remaster, "", 2011}})},
        {"Song (2011 Remaster)", with("song", {{remaster, "", 2011}})},
        {"Song [2011 - Remaster]", with("song", {{remaster, "", 2011}})},
        {"Song - 2011 - Remaster", with("song", {{remaster, "", 2011}})},
        {"Song (Live) (1975)", with("song", {{live, "", 1975}})},
        {"Song (2009 Re-Mastered Digital Version)", with("song", {{remaster, "", 2009}})},
        {"Somewhere - 2012 Collection Remaster", with("somewhere", {{remaster, "collection", 2012}})},
        {"Song - Remasterizado 2007", with("song", {{remaster, "", 2007}})},
        {"Song (リマスター)", with("song", {{remaster, "", {}}})},
        {"Song (Live / Remastered)", with("song", {{live, "", {}}, {remaster, "", {}}})},
        {"Song (Deluxe Edition)", with("song", {{deluxe, "", {}}})},
        {"Song [Remastered Deluxe Box Set]", with("song", {{remaster, "", {}}, {deluxe, "", {}}})},
        {"Song - Bonus Track", with("song", {{bonus, "", {}}})},
        {"Song (20th Anniversary Edition)", with("song", {{anniversary, "", {}}})},
        {"Song - Mono", with("song", {{mono, "", {}}})},
        {"Song - Stereo Version", with("song", {{stereo, "", {}}})},
        {"Song (Album Version)", with("song", {{album_version, "", {}}})},
        {"Song - Single Version", with("song", {{single_version, "", {}}})},
        {"Song - Original 7\" Version", with("song", {{single_version, "", {}}})},
        {"Song [Explicit]", with("song", {{explicit_, "", {}}})},
        {"Song (Clean)", with("song", {{clean, "", {}}})},
        {"Song (English Version, Bonus Track)", with("song", {{language, "english", {}}, {bonus, "", {}}})},
        {"Song (2021)", with("song", {{other, "", 2021}})},
    });
}

TEST(ParseTitle, DropsWhatSaysNothing) {
    for (std::string_view title :
         {"Song (Official Video)", "Song [Official Music Video]", "Song 【Official Video】", "Song (Official Audio)",
          "Song (Official Lyric Video)", "Song (Visualizer)", "Song (HD)", "Song [4K]", "Song (With Lyrics)",
          "Song (Letra)", "Song (MV)", "Song [M/V]", "Song - Original", "Song - Original Version 1978",
          "[Official Video] Song", "Song (Official Video) [HD]", "Song Official Video", "Song (Prod. by Jane)",
          "Song ()"}) {
        EXPECT_EQ(parse_title(title), plain("song")) << title;
    }
}

TEST(ParseTitle, FindsFeaturedArtistsAnywhere) {
    expect_all({
        {"Song (feat. Jane)", feat("song", {"jane"})},
        {"Song [ft. Jane]", feat("song", {"jane"})},
        {"Song feat. Jane", feat("song", {"jane"})},
        {"Song Feat Jane", feat("song", {"jane"})},
        {"Song feat.Jane", feat("song", {"jane"})},
        {"Song ( feat . Jane )", feat("song", {"jane"})},
        {"Song - featuring Jane", feat("song", {"jane"})},
        {"Song (with Jane)", feat("song", {"jane"})},
        {"How (with 42 Dugg)", feat("how", {"42 dugg"})},
        {"Song (part. Jane)", feat("song", {"jane"})},
        {"Song (w/ Jane)", feat("song", {"jane"})},
        {"Song (& Jane)", feat("song", {"jane"})},
        {"Song (con Jane)", feat("song", {"jane"})},
        {"Song - with Jane", feat("song", {"jane"})},
        {"Song (feat. Jane & John)", feat("song", {"jane", "john"})},
        {"Song (feat. Tyler, The Creator)", feat("song", {"tyler the creator"})},
        {"Song (with Jane feat. John)", feat("song", {"jane", "john"})},
        {"Song (Lil Baby feat. DaBaby)", feat("song", {"lil baby", "dababy"})},
        {"Song (Lyric Video) ft. Jane", feat("song", {"jane"})},
        {"Stay (with Justin Bieber)", feat("stay", {"justin bieber"})},
        {"Song (feat. Jane) [feat. Jane]", feat("song", {"jane"})},
        {"Song feat. Jane - Acoustic", {"song", {{acoustic, "", {}}}, {"jane"}, {}, {}}},
    });
}

TEST(ParseTitle, ReadsPartNumbers) {
    expect_all({
        {"Song, Pt. 2", part("song", 2)},
        {"Song Part II", part("song", 2)},
        {"Song (Part Two)", part("song", 2)},
        {"Song - Pt. 1", part("song", 1)},
        {"Song Pt.2", part("song", 2)},
        {"Song, Vol. 4", part("song", 4)},
        {"Song VOL2", part("song", 2)},
        {"Symphony No. 5 in C Minor", part("symphony in c minor", 5)},
        {"Symphony No. V", part("symphony", 5)},
        {"Song #2", part("song", 2)},
        {"Песня, часть 2", part("песня", 2)},
        {"Suite No. 3, Pt. 2", part("suite no 3", 2)},
        {"Rocky II", plain("rocky ii")},
        {"The Part I Love", plain("the part i love")},
        {"No. 1 Party Anthem", plain("no 1 party anthem")},
        {"#9 Dream", plain("9 dream")},
        {"Pt. 2", plain("pt 2")},
        {"Song, Pts. 1-5", plain("song pts 1 5")},
        {"Song, Pt. 1 & 2", plain("song pt 1 and 2")},
        {"Part of Me", plain("part of me")},
        {"Yes or No 2 Ways", plain("yes or no 2 ways")},
    });
}

TEST(ParseTitle, ReadsSoundtracksAsContext) {
    expect_all({
        {"Song (From \"Frozen\")", from("song", "frozen")},
        {"Song - From “Grease”", from("song", "grease")},
        {"Song - From \"Saturday Night Fever\" Soundtrack", from("song", "saturday night fever")},
        {"Song - From the Netflix Film \"To All the Boys: Always and Forever\"",
         from("song", "to all the boys always and forever")},
        {"Song (Theme from \"Titanic\")", from("song", "titanic")},
        {"Song (Frozen Soundtrack)", from("song", "frozen")},
        {"Song - From Songland", from("song", "songland")},
        {"You Are.. [From \"Anonymous, I Know You!\" (Original Soundtrack) Pt. 4]",
         from("you are", "anonymous i know you")},
        {"Song - Original Motion Picture Soundtrack", plain("song")},
    });
}

TEST(ParseTitle, PutsTheArticleOfTheTitleInFront) {
    expect_all({{"Song Title, The - Live", with("the song title", {{live, "", {}}})}});
}

TEST(ParseTitle, DoesNotCutANameThatLeavesUnderAThird) {
    expect_all({
        {"Go - Purple Disco Machine Remix",
         with("go purple disco machine remix", {{remix, "purple disco machine", {}}})},
        {"Go - Remastered 2011", with("go", {{remaster, "", 2011}})},
        {"Go (feat. Somebody With a Long Name)", feat("go", {"somebody", "a long name"})},
    });
}

TEST(VersionKindNames, AreDistinctAndSplitByWhetherTheyChangeTheRecording) {
    EXPECT_EQ(name(live), "live");
    EXPECT_EQ(name(a_cappella), "a_cappella");
    EXPECT_EQ(name(explicit_), "explicit");
    EXPECT_EQ(name(other), "other");
    EXPECT_TRUE(changes_recording(interlude));
    EXPECT_FALSE(changes_recording(remaster));
}

}  // namespace
}  // namespace musicsync
