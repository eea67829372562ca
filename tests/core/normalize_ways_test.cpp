// The short ways of normalising (ASCII bytes, plain titles and names) give what the long way by ICU gives, byte for
// byte.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "../../core/src/normalize/plain.hpp"
#include "../../core/src/normalize/title.hpp"
#include "../../core/src/normalize/unicode.hpp"
#include "../../core/src/normalize/vocabulary.hpp"
#include "musicsync/normalize.hpp"
#include "reference/ascii_form.hpp"
#include "reference/long_way.hpp"

namespace musicsync {
namespace {

using std::string_view_literals::operator""sv;

// One of each kind that the rules tell apart, and letters that are words by themselves.
constexpr std::string_view telling = " \t'.!?,&+*$-~\"()[/#:;@|`_%a1nNeixzQ\x7f\0"sv;

void expect_one_way(std::string_view text) {
    const std::string short_form = reference::ascii_form(text);  // what every kernel gives
    ASSERT_TRUE(short_form.empty() || short_form == reference::normalize(text))
        << ::testing::PrintToString(std::string(text)) << short_form;
    ASSERT_EQ(normalize(text), reference::normalize(text)) << ::testing::PrintToString(std::string(text));
    ASSERT_EQ(text::fold(text), text::fold_by_icu(text)) << ::testing::PrintToString(std::string(text));
    ASSERT_EQ(lower(text), reference::lower(text)) << ::testing::PrintToString(std::string(text));
    ASSERT_EQ(script_of(text), reference::script_of(text)) << ::testing::PrintToString(std::string(text));
}

void expect_one_reading(std::string_view text) {
    const TitleParts read = reference::parse_title(text);
    ASSERT_EQ(parse_title(text), read) << ::testing::PrintToString(std::string(text));
    const std::string normal = normalize(text);
    const TitleParts nothing_else{normal, {}, {}, {}, {}};
    ASSERT_EQ(text::parts_of(text, normal).value_or(nothing_else), read) << ::testing::PrintToString(std::string(text));
    ASSERT_EQ(parse_artists(text), reference::parse_artists(text)) << ::testing::PrintToString(std::string(text));
}

// Calls `see` with every text of `length` bytes out of `bytes`.
template <class See>
void all_texts(std::string_view bytes, std::size_t length, See see) {
    std::vector<std::size_t> at(length, 0);
    std::string text(length, bytes.front());
    while (true) {
        for (std::size_t i = 0; i < length; ++i) text[i] = bytes[at[i]];
        see(text);
        std::size_t i = 0;
        while (i < length && ++at[i] == bytes.size()) at[i++] = 0;
        if (i == length) return;
    }
}

TEST(ShortWays, EqualTheLongOneForAllAsciiTextsOfOneAndTwoBytes) {
    std::string ascii;
    for (char c = 0; c < 127; ++c) ascii += c;
    ascii += '\x7f';
    expect_one_way("");
    for (const std::size_t length : {1U, 2U}) {
        all_texts(ascii, length, [](const std::string& text) {
            expect_one_way(text);
            expect_one_reading(text);
        });
    }
}

TEST(ShortWays, EqualTheLongOneForTextsOfThreeAndFourTellingBytes) {
    all_texts(telling, 3, expect_one_way);
    all_texts(" 'n.!,a1$*&", 4, expect_one_way);
    all_texts(" na,'", 6, expect_one_way);
}

// Before, behind and between letters: each code point, where the rules look at neighbours.
TEST(ShortWays, EqualTheLongOneForEveryCodePoint) {
    for (char32_t c = 0; c < 0x110000; ++c) {
        if (c >= 0xD800 && c < 0xE000) continue;
        const std::string one = text::to_utf8(text::View(&c, 1));
        for (const std::string& text : {one, "A" + one + "b", one + " N"}) {
            ASSERT_EQ(normalize(text), reference::normalize(text)) << std::hex << static_cast<unsigned>(c);
            ASSERT_EQ(lower(text), reference::lower(text)) << std::hex << static_cast<unsigned>(c);
        }
    }
}

// The table is right only where neighbours do not matter: all pairs of Latin letters, and with a mark between.
TEST(ShortWays, EqualTheLongOneForAllPairsOfLatinLetters) {
    std::vector<std::string> letters;
    for (char32_t c = 0x80; c < 0x250; ++c) letters.push_back(text::to_utf8(text::View(&c, 1)));
    for (char32_t c = 0x2000; c < 0x2070; ++c) letters.push_back(text::to_utf8(text::View(&c, 1)));
    for (const std::string& a : letters) {
        for (const std::string& b : letters) {
            const std::string text = a + b;
            ASSERT_EQ(normalize(text), reference::normalize(text)) << text;
        }
        for (const std::string_view mark : {"\u0301", "\u0323", "\u0345", "\u200D", "\xC3", "\xE2\x80"}) {
            const std::string text = "x" + a + std::string(mark) + "e";
            ASSERT_EQ(normalize(text), reference::normalize(text)) << ::testing::PrintToString(text);
        }
    }
}

// Lengths around every multiple of the lanes, with each kind of byte in each place.
TEST(ShortWays, EqualTheLongOneWhereverAByteStands) {
    for (std::size_t length = 1; length < 70; ++length) {
        std::string text(length, 'A');
        for (std::size_t i = 3; i < length; i += 7) text[i] = ' ';
        for (std::size_t at = 0; at < length; ++at) {
            for (const char c : telling) {
                std::string changed = text;
                changed[at] = c;
                ASSERT_EQ(normalize(changed), reference::normalize(changed)) << changed;
                const std::string short_form = reference::ascii_form(changed);
                ASSERT_TRUE(short_form.empty() || short_form == reference::normalize(changed)) << changed;
            }
        }
    }
    for (const std::size_t length : {239U, 240U, 241U, 1000U}) expect_one_way(std::string(length, 'Q'));
}

constexpr std::string_view pieces[] = {
    "a",      "Love",   "n",      "N",        "the",       "The",      " ",        " ",     " ",       "'",
    ".",      "!",      "?",      ",",        ", The",     "&",        "+",        "*",     "$",       "-",
    " - ",    "(",      ")",      "\"",       "~",         "feat. X",  "ft Y",     "f/z",   "part 2",  "Pt. II",
    "no 5",   "No. 5",  "vol2",   "Vol. 3",   "remix",     "karaoke",  "live",     "demo",  "version", "acapella",
    "lyrics", "hd",     "mv",     "official", "Official",  "VEVO",     " - Topic", "topic", "audio",   "slowed",
    "and",    " and ",  " with ", " x ",      " y ",       " et ",     " vs. ",    "Jr",    "'n'",     "P!nk",
    "R.E.M.", "reverb", "u.s.",   "1/2",      "2011",      "7\"",      "#3",       "his",   "sons",    "los",
    "é",      "’",      "Я",      "\u0301",   "\xFF",      "don't",    "it's",     "ß",     "music",   "video",
    "[Live]", " sped",  " up",    "the end",  "unplugged", "extended", " ver",     " OST",  "mix",     "edit",
};

TEST(ShortWays, EqualTheLongOneForRandomTexts) {
    std::mt19937 random(20261126);
    for (int i = 0; i < 60'000; ++i) {
        std::string text;
        for (auto n = 1 + random() % 7; n > 0; --n) text += pieces[random() % std::size(pieces)];
        expect_one_way(text);
        expect_one_reading(text);
    }
}

// Every phrase of the vocabulary at the end of a title, as capitals too: the short way may miss none.
TEST(ShortWays, EqualTheLongOneForEveryPhrase) {
    std::size_t read = 0;
    for (const text::Phrase& phrase : text::vocabulary().phrases()) {
        const std::string words(phrase.text);
        expect_one_reading("Some " + words);
        expect_one_reading(words);
        ++read;
    }
    EXPECT_GT(read, 8000U);
}

// Longer texts are cut at spaces: signs of every kind on both sides of where that may be.
TEST(ShortWays, EqualTheLongOneForLongTexts) {
    std::mt19937 random(20261127);
    for (int i = 0; i < 20'000; ++i) {
        std::string text;
        const std::size_t size = 60 + random() % 140;
        while (text.size() < size) {
            text += std::string(1 + random() % 9, static_cast<char>('a' + random() % 26));
            if (random() % 8 == 0) text += telling[random() % telling.size()];
            if (random() % 40 == 0) text += pieces[random() % std::size(pieces)];
            text += ' ';
            if (random() % 8 == 0) text += telling[random() % telling.size()];
        }
        ASSERT_EQ(normalize(text), reference::normalize(text)) << ::testing::PrintToString(text);
    }
}

TEST(NormalTexts, AreWhatNormalizeGivesOneByOne) {
    std::mt19937 random(20261128);
    NormalTexts forms;
    EXPECT_EQ(forms.size(), 0U);
    for (const std::size_t count : {300U, 0U, 1U, 63U, 64U, 65U, 128U, 129U, 1000U}) {
        std::vector<std::string> texts(count);
        for (std::string& text : texts) {
            for (auto n = random() % 12; n > 0; --n)
                text += pieces[random() % (random() % 2 == 0 ? 6 : std::size(pieces))];
        }
        forms.assign(std::vector<std::string_view>(texts.begin(), texts.end()));
        ASSERT_EQ(forms.size(), count);
        for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(forms[i], normalize(texts[i])) << texts[i];
    }
}

TEST(ShortWays, AreTakenByMostTitlesAndNames) {
    for (const std::string_view title : {"Africa", "Don't Stop Believin", "99 Luftballons", "Jay-Z, Is This It?",
                                         "Golden Acoustic", "That of Digital"})
        EXPECT_TRUE(text::is_only_title(title, normalize(title))) << title;
    for (const std::string_view title : {"Africa (Live)", "Hey - Ho", "A feat. B", "Go Part 2", "Go Remix", "Go, The"})
        EXPECT_FALSE(text::is_only_title(title, normalize(title))) << title;
    EXPECT_TRUE(text::is_one_name("Toto"));
    EXPECT_TRUE(text::is_one_name("P!nk"));
    for (const std::string_view credit : {"A & B", "A, B", "A feat B", "A x B", "TotoVEVO", "Toto - Topic", "Björk"})
        EXPECT_FALSE(text::is_one_name(credit)) << credit;
}

}  // namespace
}  // namespace musicsync
