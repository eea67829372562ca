#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "musicsync/normalize.hpp"

namespace musicsync {
namespace {

using std::string_view_literals::operator""sv;
using Names = std::vector<std::string>;

struct Credit {
    std::string_view text;
    Names names;
};

void expect_all(const std::vector<Credit>& credits) {
    for (const Credit& c : credits) EXPECT_EQ(parse_artists(c.text), c.names) << c.text;
}

TEST(ParseArtists, TakesCreditsApart) {
    expect_all({
        {"Jay-Z feat. Alicia Keys", {"jay z", "alicia keys"}},
        {"Jay-Z Feat Alicia Keys", {"jay z", "alicia keys"}},
        {"Jay-Z ft. Alicia Keys", {"jay z", "alicia keys"}},
        {"Jay-Z featuring Alicia Keys", {"jay z", "alicia keys"}},
        {"Jay-Z (feat. Alicia Keys)", {"jay z", "alicia keys"}},
        {"Jay-Z f/ Alicia Keys", {"jay z", "alicia keys"}},
        {"Jay-Z & Kanye West", {"jay z", "kanye west"}},
        {"Jay-Z and Kanye West", {"jay z", "kanye west"}},
        {"Drake, Future", {"drake", "future"}},
        {"Drake; Future;Young Thug", {"drake", "future", "young thug"}},
        {"Drake\0Future"sv, {"drake", "future"}},
        {"Drake / Future", {"drake", "future"}},
        {"Drake/Future", {"drake", "future"}},
        {"Zedd x Grey", {"zedd", "grey"}},
        {"Lana Del Rey vs. Cedric Gervais", {"lana del rey", "cedric gervais"}},
        {"Elton John with Kiki Dee", {"elton john", "kiki dee"}},
        {"宇多田ヒカル、椎名林檎", {"宇多田ヒカル", "椎名林檎"}},
        {"Ｄｒａｋｅ，Ｆｕｔｕｒｅ", {"drake", "future"}},
        {"A feat. B & C, D", {"a", "b", "c", "d"}},
        {"feat. Drake", {"drake"}},
        {"Kim Petras feat. KIM PETRAS", {"kim petras"}},
    });
}

TEST(ParseArtists, LeavesOneNameWhole) {
    expect_all({
        {"Simon & Garfunkel", {"simon and garfunkel"}},
        {"Simon and Garfunkel", {"simon and garfunkel"}},
        {"Tyler, The Creator", {"tyler the creator"}},
        {"Earth, Wind & Fire", {"earth wind and fire"}},
        {"Crosby, Stills, Nash & Young", {"crosby stills nash and young"}},
        {"Peter, Paul and Mary", {"peter paul and mary"}},
        {"Hall & Oates", {"hall and oates"}},
        {"Mumford & Sons", {"mumford and sons"}},
        {"Florence + The Machine", {"florence and the machine"}},
        {"Nick Cave & The Bad Seeds", {"nick cave and the bad seeds"}},
        {"Tom Petty and the Heartbreakers", {"tom petty and the heartbreakers"}},
        {"Sophie and the Giants", {"sophie and the giants"}},
        {"Henri Rene & His Orchestra", {"henri rene and his orchestra"}},
        {"AC/DC", {"ac dc"}},
        {"Au/Ra", {"au ra"}},
        {"W&W", {"w and w"}},
        {"Chloe x Halle", {"chloe x halle"}},
        {"Lil Nas X", {"lil nas x"}},
        {"X Ambassadors", {"x ambassadors"}},
        {"Beatles, The", {"the beatles"}},
        {"Sammy Davis, Jr.", {"sammy davis jr"}},
        {"10,000 Maniacs", {"10 000 maniacs"}},
        {"Little Feat", {"little feat"}},
        {"Daft Punk", {"daft punk"}},
        {"The The", {"the the"}},
        {"!!!", {"!!!"}},
        {"+", {"+"}},
        {"$uicideboy$", {"$uicideboy$"}},
    });
}

TEST(ParseArtists, FindsWholeNamesAmongOthers) {
    expect_all({
        {"Ariana Grande & The Weeknd", {"ariana grande", "the weeknd"}},
        {"Lil Nas X & Jack Harlow", {"lil nas x", "jack harlow"}},
        {"Dimitri Vegas & Like Mike x Hardwell", {"dimitri vegas and like mike", "hardwell"}},
        {"A$AP Rocky & Tyler, The Creator", {"a$ap rocky", "tyler the creator"}},
        {"Drake, Earth, Wind & Fire, Future", {"drake", "earth wind and fire", "future"}},
        {"Prince & The Revolution, Sheila E.", {"prince and the revolution", "sheila e"}},
    });
}

TEST(ParseArtists, GivesNothingForBlankText) { expect_all({{"", {}}, {"  \t", {}}, {"\0"sv, {}}}); }

TEST(ParseArtists, KnowsNamesThatSayNothing) {
    for (std::string_view name :
         {"Various Artists", "VARIOUS ARTISTS", "V.A.", "VA", "Various", "Unknown Artist", "[unknown]",
          "Varios Artistas", "Artistes divers", "Verschiedene Interpreten", "Разные исполнители",
          "Неизвестный исполнитель", "群星", "ヴァリアス・アーティスト", "알 수 없는 아티스트"}) {
        EXPECT_TRUE(is_unknown_artist(normalize(name))) << name;
    }
    for (std::string_view name : {"", "Drake", "The Various", "Anonymous", "Unknown Mortal Orchestra"}) {
        EXPECT_FALSE(is_unknown_artist(normalize(name))) << name;
    }
}

}  // namespace
}  // namespace musicsync
