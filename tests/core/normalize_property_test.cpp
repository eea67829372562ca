// What holds for every text: normal forms are fixed points, nothing is lost, and the time grows with the length only.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "../../core/src/normalize/unicode.hpp"
#include "../../core/src/normalize/vocabulary.hpp"
#include "cost.hpp"
#include "musicsync/normalize.hpp"

namespace musicsync {
namespace {

using std::string_view_literals::operator""sv;
using testing_support::best_seconds;
using testing_support::cost_of_four_times;
using testing_support::repeated;

// Pieces that interact: separators, marks, look-alikes, compatibility letters, halves of syllables, broken bytes.
constexpr std::string_view hostile[] = {
    " ",      " ",     ", ",     "'",      "’",  "-",      " - ",    "—",      "(",       ")",       "[",
    "*",      "$",     "&",      " & ",    "+",  "!",      ".",      "/",      "#",       "\"",      "a",
    "b",      "e",     "i",      "X",      "1",  "2",      " the",   ", The",  " (live)", " feat. ", " remix",
    " x ",    "pt. 2", "\u0301", "\u0308", "α",  "σ",      "Σ",      "а",      "я",       "к",       "ि",
    "中",     "カ",    "ｶ",      "ﾞ",      "가", "\u1100", "\u1161", "\u11A8", "א",       "\u05B8",  "ا",
    "\u064B", "ก",     "ำ",      "\u0338", "=",  "´",      "¨",      "ŉ",      "ẚ",       "\u0345",  "İ",
    "ı",      "ß",     "\u200D", "\uFE0F", "🔥", "ﷺ",      "ﬁ",      "½",      "№",       "™",       "×",
    "𑂺",       "𝅥",     "\xFF",   "\xC3",   "n",  " n ",    "'n'",    "and",    "ゝ",      "ゞ",      "す",
    "廣",     "々",    "\u0640", "ة",      "أ",  "\u0654", "❶",      "🅱",      "ᴀ",       "\u0901",  "क",
    ", El",   "\0"sv};

std::string random_text(std::mt19937& random) {
    std::uniform_int_distribution<std::size_t> pick(0, std::size(hostile) - 1);
    std::uniform_int_distribution<int> length(1, 12);
    std::string text;
    for (int n = length(random); n > 0; --n) text += hostile[pick(random)];
    return text;
}

TEST(NormalForm, IsAFixedPointForRandomText) {
    std::mt19937 random(20240229);
    for (int i = 0; i < 40'000; ++i) {
        const std::string text = random_text(random);
        const std::string once = normalize(text);
        ASSERT_EQ(normalize(once), once) << ::testing::PrintToString(text);
        const TitleParts title = parse_title(text);
        ASSERT_EQ(normalize(title.base), title.base) << ::testing::PrintToString(text);
        ASSERT_EQ(title.base.empty(), once.empty()) << ::testing::PrintToString(text);
        for (const std::string& name : parse_artists(text))
            ASSERT_EQ(normalize(name), name) << ::testing::PrintToString(text);
        for (const std::string& name : title.featured)
            ASSERT_EQ(normalize(name), name) << ::testing::PrintToString(text);
    }
}

TEST(Romanized, IsLatinInNormalFormAndAFixedPointForRandomText) {
    std::mt19937 random(19450807);
    for (int i = 0; i < 20'000; ++i) {
        const std::string text = normalize(random_text(random));
        const std::string latin = romanize(text);
        const Script script = script_of(latin);
        ASSERT_TRUE(script == Script::latin || script == Script::none) << ::testing::PrintToString(text);
        ASSERT_EQ(normalize(latin), latin) << ::testing::PrintToString(text);
        ASSERT_EQ(romanize(latin), latin) << ::testing::PrintToString(text);
    }
}

// A letter of a script with a table has a spelling of its own, but for signs that say nothing alone.
TEST(Romanized, HasASpellingForEveryLetterOfItsScripts) {
    const text::Text silent = U"\u0621ьっー";
    const std::string_view letters[] = {
        "абвгдежзиклмнопрстуфхцчшщыэюяієґјљњђћџ",
        "αβγδεζηθικλμνξοπρστυφχψω",
        "אבגדהוזחטיכלמנסעפצקרשתםןףץך",
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگ",
        "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん",
        "アイウエオヴガギグゲゴパピプペポ",
        "가나다라마바사아자차카타파하",
        "अआइईउऊएऐओऔकखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह",
        "กขคงจฉชซดตถทธนบปผฝพฟภมยรลวศสหฮ",
        "一人大中国爱"};
    for (std::string_view alphabet : letters) {
        for (char32_t c : text::fold(alphabet)) {
            const std::string latin = romanize(text::to_utf8(text::View(&c, 1)));
            EXPECT_FALSE(latin.empty()) << text::to_utf8(text::View(&c, 1));
        }
    }
    for (char32_t c : silent) EXPECT_EQ(romanize(text::to_utf8(text::View(&c, 1))), "");
}

TEST(NormalForm, IsAFixedPointForEveryCodePoint) {
    for (char32_t c = 1; c < 0x110000; ++c) {
        if (c >= 0xD800 && c < 0xE000) continue;
        const char32_t letters[] = {U'a', c, U'b'};
        for (const text::View view : {text::View(&c, 1), text::View(letters, 3)}) {
            const std::string once = normalize(text::to_utf8(view));
            ASSERT_EQ(normalize(once), once) << std::hex << static_cast<unsigned>(c);
        }
    }
}

TEST(NormalForm, NeverLosesANonLatinLetter) {
    for (std::string_view text : {"Я", "ω", "한", "あ", "漢", "א", "ب", "ก", "न", "ა", "அ", "ᚠ", "𓀀"})
        EXPECT_FALSE(normalize(text).empty()) << text;
}

TEST(TitleVersions, AreSortedWithoutRepeats) {
    std::mt19937 random(7);
    static const std::vector<std::string> clauses = {" (Live)",
                                                     " - Live",
                                                     " [Remix]",
                                                     " (Jane Remix)",
                                                     " (Remastered 2011)",
                                                     " - 2011 Remaster",
                                                     " (Live at Wembley)",
                                                     " (Demo)",
                                                     " (Mono)",
                                                     " (Spanish Version)",
                                                     " - Bonus Track"};
    std::uniform_int_distribution<std::size_t> pick(0, clauses.size() - 1);
    for (int i = 0; i < 2'000; ++i) {
        std::string title = "A Title";
        for (int n = 0; n < 4; ++n) title += clauses[pick(random)];
        const TitleParts parts = parse_title(title);
        EXPECT_EQ(parts.base, "a title") << title;
        for (std::size_t k = 1; k < parts.versions.size(); ++k) {
            const VersionToken& a = parts.versions[k - 1];
            const VersionToken& b = parts.versions[k];
            EXPECT_TRUE(a.kind < b.kind || (a.kind == b.kind && a.detail <= b.detail && a != b)) << title;
        }
    }
}

// Four times the text takes four times as long if every step is linear, sixteen times if one is quadratic.
TEST(Cost, GrowsWithTheLengthOnly) {
    const std::function<void(const std::string&)> functions[] = {
        [](const std::string& s) { (void)normalize(s); },   [](const std::string& s) { (void)lower(s); },
        [](const std::string& s) { (void)parse_title(s); }, [](const std::string& s) { (void)parse_artists(s); },
        [](const std::string& s) { (void)script_of(s); },   [](const std::string& s) { (void)parse_isrc(s); },
        [](const std::string& s) { (void)romanize(s); },
    };
    const std::string_view pieces[] = {"(",        ")",         "()",        "a ",
                                       "(live) ",  " - live",   " - ",       "\"",
                                       "from \"",  "(from a) ", "a, ",       "a remix, ",
                                       "feat. ",   "with a, ",  "a & ",      "x ",
                                       "a/",       "#1 ",       "part ",     ", the",
                                       "*",        "'",         "!",         "\xFF",
                                       "é",        "\u0301",    "Σ'",        "東",
                                       "\0x"sv,    "カ",        "っ",        "ゝ",
                                       "각",       "я",         "αυ",        "ב",
                                       "و",        "क",         "क् ",        "n ",
                                       "'n'",      "y ",        " official", "con la participacion de ",
                                       " - Topic", "aB"};
    for (std::string_view piece : pieces) {
        for (std::string_view prefix : {"", "x ("}) {
            int which = 0;
            for (const auto& function : functions) {
                const auto [small, large] = cost_of_four_times(function, prefix, piece);
                EXPECT_LT(large, 8 * small + 0.01)
                    << "function " << which << ", " << prefix << piece << ": " << small << " s";
                ++which;
            }
        }
    }
}

TEST(Cost, OfAMegabyteIsSmall) {
    for (std::string_view piece : {"(", "Title (Live at Wembley) - Remix feat. Jane & John, ", "é "}) {
        const std::string text = repeated("", piece, 1'000'000);
        EXPECT_LT(best_seconds([](const std::string& s) { (void)parse_title(s); }, text), 2.0) << piece;
    }
    for (std::string_view piece :
         {"группа крови", "ελληνικα ", "강남스타일 ", "スーパーマン", "月亮", "สวัสดี", "नमस्ते "}) {
        const std::string text = repeated("", piece, 1'000'000);
        EXPECT_LT(best_seconds([](const std::string& s) { (void)romanize(s); }, text), 2.0) << piece;
    }
}

TEST(Romanize, GivesTheSameFromManyThreads) {
    const std::vector<std::string> texts = {"группа крови", "ελληνικα", "강남스타일", "さくら",
                                            "नमस्ते",         "สวัสดี",     "שלום",       "حبيبي"};
    std::vector<std::string> expected;
    expected.reserve(texts.size());
    for (const std::string& text : texts) expected.push_back(romanize(text));
    std::vector<int> wrong(4, 0);
    std::vector<std::thread> threads;
    threads.reserve(wrong.size());
    for (int& count : wrong) {
        threads.emplace_back([&] {
            for (int round = 0; round < 50; ++round) {
                for (std::size_t i = 0; i < texts.size(); ++i) count += romanize(texts[i]) == expected[i] ? 0 : 1;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

}  // namespace
}  // namespace musicsync
