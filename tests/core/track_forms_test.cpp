// What a track keeps of its texts is what the texts say, word by word: sorted, merged and copied once, it is compared
// with sorting, joining and looking for each by itself.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "composer.hpp"
#include "musicsync/normalize.hpp"
#include "random_tracks.hpp"
#include "score/normal_form.hpp"
#include "score/outline.hpp"
#include "similarity/code_points.hpp"

namespace musicsync {
namespace {

using testing_support::Composer;
using testing_support::RandomTracks;

using Words = std::vector<std::u32string>;

Words words_in(std::u32string_view text) {
    Words out;
    for (const std::u32string_view word : words_of(text)) out.emplace_back(word);
    return out;
}

Words together(Words words, std::u32string_view text) {
    const Words more = words_in(text);
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

std::u32string joined_of(const Words& words) {
    std::u32string out;
    for (const std::u32string& word : words) {
        if (!out.empty()) out += U' ';
        out += word;
    }
    return out;
}

std::u32string sorted_of(Words words) {
    std::sort(words.begin(), words.end());
    return joined_of(words);
}

std::u32string each_once(Words words) {
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return joined_of(words).substr(0, compared_symbols);
}

void expect_form(const TextForm& form) {
    const Words words = words_in(form.text);
    const std::u32string sorted = sorted_of(words);
    ASSERT_EQ(form.by_word(), sorted);
    ASSERT_EQ(form.sorted.empty(), form.text == sorted || sorted.empty());
    ASSERT_EQ(form.words.size(), words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        const Word& word = form.words[i];
        std::uint64_t symbols = 0;
        for (const char32_t c : words[i]) symbols |= std::uint64_t{1} << (c % 64);
        ASSERT_EQ(word.in(form.text), words[i]);
        ASSERT_EQ(word.hash, word_hash(words[i]));
        ASSERT_EQ(word.symbols, symbols);
    }
}

void expect_outline_text(const Outline& outline, std::size_t which, std::u32string_view text) {
    const bool plain = std::all_of(text.begin(), text.end(),
                                   [](char32_t c) { return c > 0 && c < 0x80 && !(c >= U'A' && c <= U'Z'); });
    ASSERT_EQ(outline.sizes[which], text.size());
    ASSERT_EQ(outline.is_plain(which), plain);
    if (!plain) return;
    const std::uint8_t* const bytes = outline.text(which);
    ASSERT_EQ(std::u32string(bytes, bytes + text.size()), text);
}

// `album` is normalised.
void expect_forms(const NormalForm& form, const Outline& outline, const std::string& album) {
    const CreditForm& credits = form.credits;
    for (const TextForm* text :
         {&form.title, &form.romanized_title, &form.album, &credits.line, &credits.telling, &credits.romanized_line})
        expect_form(*text);
    Words telling = words_in(credits.line.text);
    std::erase_if(telling, [](const std::u32string& word) { return word == U"the" || word == U"and"; });
    ASSERT_EQ(credits.telling.text, joined_of(telling));
    ASSERT_EQ(credits.line.text,
              joined_of(Words(credits.names.begin(), credits.names.end())).substr(0, compared_symbols));
    const std::u32string_view line = credits.line.text;
    ASSERT_EQ(form.joined, sorted_of(together(words_in(form.title.text), line)));
    ASSERT_EQ(form.everything, each_once(together(together(words_in(form.whole), line), to_code_points(album))));
    std::vector<std::uint32_t> hashes;
    for (const std::u32string& word : words_in(form.everything)) hashes.push_back(word_hash(word));
    std::sort(hashes.begin(), hashes.end());
    ASSERT_TRUE(std::equal(hashes.begin(), hashes.end(), form.word_hashes.begin(), form.word_hashes.end()));
    expect_outline_text(outline, Outline::title, form.title.text);
    expect_outline_text(outline, Outline::title_by_word, form.title.by_word());
    expect_outline_text(outline, Outline::line, line);
    expect_outline_text(outline, Outline::line_by_word, credits.line.by_word());
    expect_outline_text(outline, Outline::album, form.album.text);
    expect_outline_text(outline, Outline::album_by_word, form.album.by_word());
}

void expect_forms(const Track& track) {
    SCOPED_TRACE(track.title() + " / " + track.album());
    expect_forms(track.normal(), track.outline(), normalize(track.album()));
    EXPECT_EQ(track.normal().classic.title, to_code_points(lower(track.title())));
    EXPECT_EQ(track.normal().classic.album, to_code_points(lower(track.album())));
}

TEST(TrackForms, say_what_the_texts_say) {
    RandomTracks random(31);
    for (int i = 0; i < 2000; ++i) {
        const auto [a, b] = random.pair();
        ASSERT_NO_FATAL_FAILURE(expect_forms(a));
        ASSERT_NO_FATAL_FAILURE(expect_forms(b));
    }
}

TEST(TrackForms, say_what_composed_texts_say) {
    Composer compose;
    std::size_t long_way = 0;
    for (int i = 0; i < 4000; ++i) {
        const Track track = compose.track();
        if (track.album().starts_with('(') || track.album().ends_with("(unknown)")) continue;
        ASSERT_NO_FATAL_FAILURE(expect_forms(track));
        long_way += track.normal().versions.empty() ? 0U : 1U;
    }
    EXPECT_GT(long_way, 500U);
}

// Beyond what is compared, and beyond the room that a track begins with.
TEST(TrackForms, say_what_long_texts_say) {
    for (const std::size_t words : {40U, 600U, 1100U, 5000U}) {
        testing_support::Song song{"", {}, ""};
        for (std::size_t i = 0; i < words; ++i) song.title += "word" + std::to_string(i * 7919 % words) + " ";
        song.album = song.title.substr(0, song.title.size() / 2);
        for (std::size_t i = 0; i < 40; ++i) song.artists.push_back("Name " + std::to_string(i) + " ﷺ");
        ASSERT_NO_FATAL_FAILURE(expect_forms(testing_support::track(song)));
        std::swap(song.title, song.album);
        ASSERT_NO_FATAL_FAILURE(expect_forms(testing_support::track(song)));
    }
}

TEST(TrackForms, of_nothing_are_empty) {
    const Track nothing = testing_support::track({"", {}});
    ASSERT_NO_FATAL_FAILURE(expect_forms(nothing));
    EXPECT_TRUE(nothing.normal().everything.empty());
    EXPECT_TRUE(nothing.normal().credits.names.empty());
}

}  // namespace
}  // namespace musicsync
