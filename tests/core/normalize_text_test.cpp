#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "musicsync/normalize.hpp"
#include "normalize_lower_table.hpp"

namespace musicsync {
namespace {

using std::string_view_literals::operator""sv;

struct Case {
    std::string_view input;
    std::string_view expected;
};

TEST(Normalize, FoldsCaseWidthMarksAndPunctuation) {
    const Case cases[] = {
        {"Hello World", "hello world"},
        {"  Hello \t\n World  ", "hello world"},
        {"Beyoncé", "beyonce"},
        {"Björk Guðmundsdóttir", "bjork gudmundsdottir"},
        {"Sigur Rós – Ágætis byrjun", "sigur ros agaetis byrjun"},
        {"Ødegård Łódź Œuvre", "odegard lodz oeuvre"},
        {"STRASSE Straße", "strasse strasse"},
        {"İstanbul Işık", "istanbul isik"},
        {"Ｆｕｌｌ　Ｗｉｄｔｈ", "full width"},
        {"ﬁre ﬂy", "fire fly"},
        {"Chapter Ⅷ", "chapter viii"},
        {"Jay‐Z", "jay z"},
        {"Jay–Z", "jay z"},
        {"Jay—Z", "jay z"},
        {"Don't Stop", "dont stop"},
        {"Don’t Stop", "dont stop"},
        {"Don`t Stop", "dont stop"},
        {"rock ʼnʼ roll", "rock and roll"},
        {"“Heroes”", "heroes"},
        {"Hello, World!", "hello world"},
        {"Ke$ha", "ke$ha"},
        {"A$AP Rocky", "a$ap rocky"},
        {"9½ Weeks", "9 1 2 weeks"},
        {"Title™", "title"},
        {"50%", "50"},
        {"I ♥ You", "i you"},
        {"Happy 😀", "happy"},
        {"HUNTER×HUNTER", "hunter x hunter"},
        {"a_b", "a b"},
        {"٣ أيام", "3 ايام"},
    };
    for (const Case& c : cases) EXPECT_EQ(normalize(c.input), c.expected) << c.input;
}

TEST(Normalize, SpellsOutAmpersandAndPlusBetweenWords) {
    const Case cases[] = {
        {"Simon & Garfunkel", "simon and garfunkel"},
        {"Simon and Garfunkel", "simon and garfunkel"},
        {"Florence + The Machine", "florence and the machine"},
        {"R&B", "r and b"},
        {"Simon ＆ Garfunkel", "simon and garfunkel"},
        {"& Then", "then"},
        {"C++", "c"},
        {"a & & b", "a and b"},
        {"Slowed + Reverb", "slowed and reverb"},
    };
    for (const Case& c : cases) EXPECT_EQ(normalize(c.input), c.expected) << c.input;
}

TEST(Normalize, KeepsNamesThatAreSymbols) {
    const Case cases[] = {
        {"!!!", "!!!"},     {"+", "+"},       {"÷", "÷"}, {"$uicideboy$", "$uicideboy$"},
        {" ? ", "?"},       {"***", "***"},   {"'", "'"}, {"…", "..."},
        {"- . -", "- . -"}, {"🔥🔥", "🔥🔥"}, {"×", "x"}, {"=", "="},
    };
    for (const Case& c : cases) EXPECT_EQ(normalize(c.input), c.expected) << c.input;
}

TEST(Normalize, KeepsAsterisksThatHideLettersAndDropsOrnaments) {
    const Case cases[] = {
        {"F**k You", "f**k you"}, {"Sh*t", "sh*t"},    {"F***", "f***"},   {"B*Witched", "b*witched"},
        {"**ck", "**ck"},         {"*NSYNC", "nsync"}, {"**NEW**", "new"}, {"a * b", "a b"},
    };
    for (const Case& c : cases) EXPECT_EQ(normalize(c.input), c.expected) << c.input;
}

TEST(Normalize, PutsTheArticleInFront) {
    EXPECT_EQ(normalize("Beatles, The"), normalize("The Beatles"));
    const Case cases[] = {
        {"Beatles, The", "the beatles"},
        {"BEATLES,the ", "the beatles"},
        {"Song Title, A", "a song title"},
        {"Lobos, Los", "los lobos"},
        {"The The", "the the"},
        {", The", "the"},
        {"The", "the"},
        {"Live, Die", "live die"},
        {"Run, The Jewels", "run the jewels"},
    };
    for (const Case& c : cases) EXPECT_EQ(normalize(c.input), c.expected) << c.input;
}

TEST(Normalize, FoldsLookAlikeLettersInsideOneWord) {
    const Case cases[] = {
        {"KoЯn", "korn"},
        {"ODΞSZΛ", "odesza"},
        {"Сектoр Газа", "сектор газа"},
        {"P!nk", "pink"},
        {"LUM!X", "lumix"},
        {"Blah!Blah!", "blah blah"},
        {"So!YoON!", "so yoon"},
        {"Я", "я"},
        {"Яндекс Yandex", "яндекс yandex"},
        {"Ляпис Трубецкой", "ляпис трубецкои"},
        {"αβγ", "αβγ"},
    };
    for (const Case& c : cases) EXPECT_EQ(normalize(c.input), c.expected) << c.input;
}

TEST(Normalize, JoinsInitialsOnly) {
    const Case cases[] = {
        {"R.E.M.", "rem"},       {"M.I.A.", "mia"},    {"S.O.S", "sos"},
        {"J. Cole", "j cole"},   {"J.Cole", "j cole"}, {"will.i.am", "will i am"},
        {"Mr. Blue", "mr blue"}, {"2.4", "2 4"},       {"Dr.Dre", "dr dre"},
    };
    for (const Case& c : cases) EXPECT_EQ(normalize(c.input), c.expected) << c.input;
}

TEST(Normalize, KeepsOtherScriptsAndTheMarksThatTellWordsApart) {
    const Case cases[] = {
        {"Ёлка", "елка"},
        {"Ωμέγα ΣΊΣΥΦΟΣ", "ωμεγα σισυφοσ"},
        {"아이유 (IU)", "아이유 iu"},
        {"ビリー・ジョエル", "ビリー ジョエル"},
        {"ｶﾞﾗｽ", "ガラス"},
        {"「夢」", "梦"},
        {"שָׁלוֹם", "שלום"},
        {"السَّلام", "السلام"},
        {"नमस्ते दुनिया", "नमस्ते दुनिया"},
        {"สวัสดี", "สวัสดี"},
        {"ქართული", "ქართული"},
        {"மழை", "மழை"},
    };
    for (const Case& c : cases) EXPECT_EQ(normalize(c.input), c.expected) << c.input;
}

TEST(Normalize, GivesNothingOnlyForBlankText) {
    EXPECT_EQ(normalize(""), "");
    EXPECT_EQ(normalize(" \t\n\u00A0\u3000"), "");
    EXPECT_EQ(normalize("\0\0"sv), "");
    EXPECT_EQ(normalize("\u200B\u200D\uFE0F"), "");
}

TEST(Normalize, ReadsNulAsSpaceAndBrokenBytesAsReplacementCharacters) {
    EXPECT_EQ(normalize("a\0b"sv), "a b");
    EXPECT_EQ(normalize("caf\xC3"), "caf");
    EXPECT_EQ(normalize("a\xFF\xFEz"), normalize("a\uFFFD\uFFFDz"));
    EXPECT_EQ(normalize("\xFF"), "\uFFFD");
    EXPECT_EQ(normalize("\xED\xA0\x80"), normalize("\uFFFD\uFFFD\uFFFD"));  // a lone surrogate
}

TEST(Normalize, CutsTextBeyondTheLimitAtACharacter) {
    std::string text(max_text_bytes - 1, 'a');
    text += "éz";
    EXPECT_EQ(normalize(text), std::string(max_text_bytes - 1, 'a'));
}

TEST(Lower, IsPythonsLowerForEveryCodePoint) {
    std::map<std::uint32_t, std::uint32_t> expected;
    for (const auto& run : testing::lower_runs) {
        for (std::uint32_t c = run.first; c <= run.last; c += run.step)
            expected[c] = c + static_cast<std::uint32_t>(run.offset);
    }
    const auto utf8 = [](std::uint32_t c) {
        std::string out;
        if (c < 0x80) return std::string(1, static_cast<char>(c));
        if (c < 0x800) return out += {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 63))};
        if (c < 0x10000) {
            return out += {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 63)),
                           static_cast<char>(0x80 | (c & 63))};
        }
        return out += {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 63)),
                       static_cast<char>(0x80 | (c >> 6 & 63)), static_cast<char>(0x80 | (c & 63))};
    };
    for (std::uint32_t c = 0; c < 0x110000; ++c) {
        if ((c >= 0xD800 && c < 0xE000) || c == 0x130) continue;
        const auto found = expected.find(c);
        ASSERT_EQ(lower(utf8(c)), utf8(found == expected.end() ? c : found->second)) << std::hex << c;
    }
    EXPECT_EQ(expected.size(), 1432U);
}

TEST(Lower, FollowsPythonWhereLettersDependOnTheirNeighbours) {
    const Case cases[] = {
        {"ΟΔΟΣ", "οδος"},
        {"ΟΔΟΣ ΣΑΣ", "οδος σας"},
        {"Σ", "σ"},
        {"ΑΣ.", "ας."},
        {"ΑΣ'Α", "ασ'α"},
        {"ΑΣ:Β", "ασ:β"},
        {"ΑΣ́", "ας́"},
        {"İ", "i̇"},
        {"İSTANBUL", "i̇stanbul"},
        {"I", "i"},
        {"STRAẞE", "straße"},
        {"ǅ", "ǆ"},
        {"Ⅷ", "ⅷ"},
        {"ＡＢＣ", "ａｂｃ"},
        {"KoЯn", "koяn"},
        {"Don’t", "don’t"},
        {"", ""},
    };
    for (const Case& c : cases) EXPECT_EQ(lower(c.input), c.expected) << c.input;
    EXPECT_EQ(lower("A\0B"sv), "a\0b"sv);
    EXPECT_EQ(lower("A\xFF"), "a\uFFFD");
}

TEST(Script, IsThatOfMostLetters) {
    const std::vector<std::pair<std::string_view, Script>> cases = {
        {"", Script::none},
        {"123 !!!", Script::none},
        {"Hello", Script::latin},
        {"Привет", Script::cyrillic},
        {"Γειά", Script::greek},
        {"강남스타일", Script::hangul},
        {"さくら", Script::kana},
        {"スーパー", Script::kana},
        {"ｽｰﾊﾟｰ", Script::kana},
        {"東京", Script::han},
        {"مرحبا", Script::arabic},
        {"שלום", Script::hebrew},
        {"สวัสดี", Script::thai},
        {"नमस्ते", Script::devanagari},
        {"ქართული", Script::other},
        {"Gangnam 강남", Script::latin},
        {"Привет abc", Script::cyrillic},
        {"\xFF\xFE", Script::none},
    };
    for (const auto& [text, script] : cases) EXPECT_EQ(script_of(text), script) << text;
}

TEST(Romanize, SpellsWhatPeopleType) {
    const Case cases[] = {
        {"Группа крови", "gruppa krovi"},
        {"Хочу перемен", "khochu peremen"},
        {"Щука и юла", "shchuka i yula"},
        {"Ελληνικά τραγούδι", "ellinika tragoudi"},
        {"강남스타일", "gangnamseutail"},
        {"さくら", "sakura"},
        {"スーパーマン", "supaman"},
        {"नमस्ते दुनिया", "namaste duniya"},
        {"שלום", "shlom"},
        {"hello", "hello"},
        {"!!!", "!!!"},
    };
    for (const Case& c : cases) EXPECT_EQ(romanize(normalize(c.input)), c.expected) << c.input;
    EXPECT_EQ(script_of(romanize(normalize("สวัสดี"))), Script::latin);
    EXPECT_EQ(script_of(romanize(normalize("حبيبي"))), Script::latin);
}

TEST(Romanize, GivesNothingForJapaneseHanAndForScriptsItDoesNotKnow) {
    for (std::string_view text : {"夢の中", "さくらの夢", "ქართული", "가나다 東"})
        EXPECT_EQ(romanize(normalize(text)), "") << text;
}

TEST(Isrc, IsTwelveUpperCaseCharacters) {
    const Case cases[] = {
        {"USRC17607839", "USRC17607839"},       {"US-RC1-76-07839", "USRC17607839"},
        {"us-rc1-76-07839", "USRC17607839"},    {"ISRC US-RC1-76-07839", "USRC17607839"},
        {"isrc: usrc17607839", "USRC17607839"}, {"  USRC1 7607839\n", "USRC17607839"},
        {"ISRC17607839", "ISRC17607839"},  // Iceland
        {"ISRC ISRC17607839", "ISRC17607839"},
    };
    for (const Case& c : cases) {
        const auto code = parse_isrc(c.input);
        ASSERT_TRUE(code) << c.input;
        EXPECT_EQ(*code, c.expected) << c.input;
    }
}

TEST(Isrc, RefusesWhatIsNone) {
    for (std::string_view text :
         {""sv, "ISRC"sv, "USRC1760783"sv, "USRC176078390"sv, "1SRC17607839"sv, "USRC1760783O"sv, "US_RC1_76_07839"sv,
          "ÜSRC17607839"sv, "USRC1760783\0"sv, "ISRC ISRC USRC17607839"sv}) {
        const auto code = parse_isrc(text);
        ASSERT_FALSE(code) << text;
        EXPECT_EQ(code.error().code, Errc::invalid_isrc);
    }
}

TEST(Isrc, QuotesAtMostFortyCharacters) {
    EXPECT_EQ(parse_isrc("nonsense").error().message,
              "not an ISRC: \"nonsense\"; expected two letters, three letters or digits, seven digits");
    const std::string message = parse_isrc(std::string(1000, 'x')).error().message;
    EXPECT_NE(message.find("\"" + std::string(40, 'x') + "…\""), std::string::npos);
    EXPECT_EQ(message.find(std::string(41, 'x')), std::string::npos);
    EXPECT_NE(parse_isrc("a\0b\xFF"sv).error().message.find("\"a\uFFFDb\uFFFD\""), std::string::npos);
}

}  // namespace
}  // namespace musicsync
