// The vocabulary's data, what titles make of every phrase of it, and files that a user adds.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <vector>

#include "musicsync/normalize.hpp"
#include "normalize/vocabulary.hpp"
#include "normalize/vocabulary_file.hpp"

namespace musicsync {
namespace {

using text::is_list;
using text::Phrase;
using text::Role;

std::vector<Phrase> phrases_of(std::size_t file) { return *text::read_embedded(text::embedded_files()[file]); }

TEST(VocabularyData, IsReadWithoutAnError) {
    for (const text::EmbeddedFile& file : text::embedded_files()) {
        const auto phrases = text::read_embedded(file);
        ASSERT_TRUE(phrases) << phrases.error().message;
        EXPECT_GT(phrases->size(), 1000U) << file.name;
    }
}

TEST(VocabularyData, IsInNormalForm) {
    for (const Phrase& phrase : text::vocabulary().phrases()) {
        EXPECT_EQ(normalize(phrase.text), phrase.text);
        EXPECT_EQ(normalize(phrase.detail), phrase.detail) << phrase.text;
    }
}

TEST(VocabularyData, ListsNothingTwice) {
    std::set<std::pair<std::size_t, std::string_view>> seen;
    for (const Phrase& phrase : text::vocabulary().phrases()) {
        const std::size_t where = is_list(phrase.role) ? static_cast<std::size_t>(phrase.role) : 0;
        EXPECT_TRUE(seen.emplace(where, phrase.text).second) << phrase.text;
    }
}

TEST(VocabularyData, IsSorted) {
    const auto order = [](const Phrase& p) {
        const int kind = text::takes_kind(p.role) ? static_cast<int>(p.kind) : 100;
        return std::tuple(kind, p.role, p.language, p.text);
    };
    for (std::size_t file = 0; file < text::embedded_files().size(); ++file) {
        const std::vector<Phrase> phrases = phrases_of(file);
        for (std::size_t i = 1; i < phrases.size(); ++i)
            EXPECT_LT(order(phrases[i - 1]), order(phrases[i])) << phrases[i].text;
    }
}

TEST(VocabularyData, HasEveryKindInTwelveLanguages) {
    std::map<VersionKind, std::set<std::string_view>> languages;
    for (const Phrase& phrase : text::vocabulary().phrases())
        if (text::takes_kind(phrase.role)) languages[phrase.kind].insert(phrase.language);
    for (int kind = 0; kind <= static_cast<int>(VersionKind::other); ++kind) {
        const auto each = static_cast<VersionKind>(kind);
        const bool loan =
            each == VersionKind::unplugged || each == VersionKind::nightcore;  // elsewhere the English word
        const std::size_t least = loan ? 5 : 12;
        EXPECT_GE(languages[each].size(), least) << name(each);
    }
}

TEST(VocabularyData, GivesItsTokenInEveryPlaceOfATitle) {
    for (const Phrase& phrase : text::vocabulary().phrases()) {
        if (!text::takes_kind(phrase.role)) continue;
        const bool head = phrase.role == Role::head;
        const std::string said = std::string(phrase.text) + (head ? " zanzibar" : "");
        const std::string own(phrase.detail);
        const VersionToken expected{phrase.kind, head ? (own.empty() ? "zanzibar" : own) : own, {}};
        const std::string base = "an unmistakably long title that stays";
        using Ends = std::pair<const char*, const char*>;
        for (const auto& [before, after] : {Ends{" (", ")"}, Ends{" [", "]"}, Ends{" - ", ""}}) {
            std::string title = base;
            title.append(before).append(said).append(after);
            const TitleParts parts = parse_title(title);
            EXPECT_EQ(parts.base, base) << title;
            ASSERT_EQ(parts.versions.size(), 1U) << title;
            EXPECT_EQ(parts.versions[0].kind, expected.kind) << title;
            if (!head) {
                EXPECT_EQ(parts.versions[0].detail, expected.detail) << title;
            }
        }
    }
}

TEST(VocabularyData, EnsemblesStayWhole) {
    for (const std::string_view name : text::vocabulary().list(Role::ensemble))
        EXPECT_EQ(parse_artists(name), std::vector<std::string>{std::string(name)});
}

TEST(Vocabulary, FindsListedPhrasesAsWholeWords) {
    const text::Vocabulary& words = text::vocabulary();
    EXPECT_TRUE(words.says(Role::album_compilation, "toto greatest hits vol 2"));
    EXPECT_TRUE(words.says(Role::album_compilation, "now that s what i call music 44"));
    EXPECT_FALSE(words.says(Role::album_compilation, "whitsun"));
    EXPECT_FALSE(words.says(Role::album_karaoke, ""));
}

class UserVocabulary : public ::testing::Test {
  protected:
    void TearDown() override { reset_vocabulary(); }

    std::string file(std::string_view content) {
        std::string path =
            ::testing::TempDir() + "words_" + ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".tsv";
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }

    std::string message(std::string_view content) {
        const Result<std::size_t> result = load_vocabulary(file(content));
        return result ? "no error" : result.error().message.substr(result.error().message.rfind(".tsv") + 4);
    }
};

TEST_F(UserVocabulary, AddsPhrases) {
    EXPECT_EQ(parse_title("Song (Vaporwave)").base, "song vaporwave");
    const auto count =
        load_vocabulary(file("\xEF\xBB\xBFphrase\trole\tkind\n# ours\n\nVaporwave\ttail\tremix\tVaporwave\r\n"));
    ASSERT_TRUE(count) << count.error().message;
    EXPECT_EQ(*count, 1U);
    const std::vector<VersionToken> expected{{VersionKind::remix, "vaporwave", {}}};
    EXPECT_EQ(parse_title("Song (Vaporwave)").versions, expected);
    reset_vocabulary();
    EXPECT_EQ(parse_title("Song (Vaporwave)").base, "song vaporwave");
}

TEST_F(UserVocabulary, OverridesAndRemovesPhrases) {
    ASSERT_TRUE(load_vocabulary(file("Reverb\tnoise\nPhonk\tnone\nSimon and Garfunkel\tnone\n")));
    EXPECT_TRUE(parse_title("Song (Reverb)").versions.empty());
    EXPECT_EQ(parse_title("Song (Phonk)").base, "song phonk");
    EXPECT_EQ(parse_artists("Simon & Garfunkel"), (std::vector<std::string>{"simon", "garfunkel"}));
}

TEST_F(UserVocabulary, IsRefusedWithFileLineFieldAndReason) {
    EXPECT_TRUE(message("vaporwave\n").starts_with(":1: role: is missing")) << message("vaporwave\n");
    EXPECT_TRUE(message("# x\nx\tflavour\n").starts_with(":2: role: \"flavour\" is none of plain, tail"));
    EXPECT_TRUE(message("x\tplain\tloud\n").starts_with(":1: kind: \"loud\" is none of live, remix"));
    EXPECT_EQ(message("x\tnoise\tlive\n"), ":1: kind: must be empty for role noise");
    EXPECT_EQ(message("x\tnoise\t\ty\n"), ":1: detail: must be empty for role noise");
    EXPECT_EQ(message("x\tplain\tlive\t\tEnglish\n"),
              ":1: language: \"English\" is no code of two or three small letters");
    EXPECT_EQ(message("x\tnoise\nX\tnoise\n"), ":2: phrase: \"x\" stands in line 1 already");
    EXPECT_EQ(message("a b c d e f g\tnoise\n"), ":1: phrase: has more than 6 words");
    EXPECT_EQ(message(" \tnoise\n"), ":1: phrase: has no letters or digits");
    EXPECT_EQ(message("\xFF\tnoise\n"), ":1: phrase: is not UTF-8");
    EXPECT_EQ(message("x\tnoise\t\t\t\t\n"), ":1: line: has 6 fields, not 5");
    EXPECT_EQ(parse_title("Song (x)").base, "song x");
}

TEST_F(UserVocabulary, ThatIsNotThereIsAnIoError) {
    const auto result = load_vocabulary(::testing::TempDir() + "no_such_words.tsv");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Errc::io);
    EXPECT_NE(result.error().message.find("no_such_words.tsv"), std::string::npos);
}

TEST_F(UserVocabulary, IsSwappedUnderReadersOfTitles) {
    const std::string path = file("vaporwave\tplain\tremix\n");
    std::atomic<int> wrong{0};
    std::atomic<bool> done{false};
    std::vector<std::thread> readers;
    readers.reserve(3);
    for (int i = 0; i < 3; ++i) {
        readers.emplace_back([&] {
            while (!done) {
                const TitleParts parts = parse_title("Song (Vaporwave)");
                const bool before = parts.versions.empty() && parts.base == "song vaporwave";
                const bool after = parts.versions.size() == 1 && parts.base == "song";
                wrong += before || after ? 0 : 1;
            }
        });
    }
    for (int i = 0; i < 20; ++i) {
        ASSERT_TRUE(load_vocabulary(path));
        reset_vocabulary();
    }
    done = true;
    for (std::thread& reader : readers) reader.join();
    EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace musicsync
