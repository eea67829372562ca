// A plain track's outline is made of bytes, and its normal form of the outline: both are what reading the fields gives.
#include "score/plain_track.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "composer.hpp"
#include "kernel_texts.hpp"
#include "musicsync/jsonl.hpp"
#include "musicsync/rank.hpp"
#include "random_tracks.hpp"
#include "score/normal_form.hpp"

namespace musicsync {
namespace {

using testing_support::Composer;
using testing_support::often;
using testing_support::RandomTracks;
using testing_support::track;

std::string_view bytes_of(const Outline& outline, std::size_t which) {
    return {reinterpret_cast<const char*>(outline.text(which)), outline.sizes[which]};
}

void expect_equal(std::span<const Word> a, std::span<const Word> b) {
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        ASSERT_EQ(a[i].begin, b[i].begin);
        ASSERT_EQ(a[i].length, b[i].length);
        ASSERT_EQ(a[i].hash, b[i].hash);
        ASSERT_EQ(a[i].symbols, b[i].symbols);
    }
}

void expect_equal(const Outline& a, const Outline& b) {
    ASSERT_EQ(a.traits | Outline::as_it_stands, b.traits | Outline::as_it_stands);  // says how it was read
    ASSERT_EQ(a.whole, b.whole);
    ASSERT_EQ(a.letters, b.letters);
    ASSERT_EQ(a.credits, b.credits);
    ASSERT_EQ(a.plain, b.plain);
    ASSERT_EQ(a.sizes, b.sizes);
    ASSERT_EQ(a.begins, b.begins);
    for (std::size_t which = 0; which <= Outline::telling; ++which) ASSERT_EQ(bytes_of(a, which), bytes_of(b, which));
    ASSERT_TRUE(std::ranges::equal(a.bytes, b.bytes));  // with the sizes of the names
    ASSERT_EQ(a.duration_ms, b.duration_ms);
    ASSERT_EQ(a.title_scripts, b.title_scripts);
    ASSERT_EQ(a.year, b.year);
    ASSERT_EQ(a.explicit_, b.explicit_);
    ASSERT_EQ(a.title_script, b.title_script);
    ASSERT_EQ(a.credit_script, b.credit_script);
    ASSERT_EQ(a.title_sets, b.title_sets);
    ASSERT_EQ(a.line_sets, b.line_sets);
    ASSERT_EQ(a.telling_sets, b.telling_sets);
    ASSERT_EQ(a.words, b.words);
    ASSERT_EQ(a.joined_bag, b.joined_bag);
    ASSERT_NO_FATAL_FAILURE(expect_equal(a.title_words, b.title_words));
    ASSERT_NO_FATAL_FAILURE(expect_equal(a.telling_words, b.telling_words));
    ASSERT_TRUE(std::ranges::equal(a.hashes, b.hashes));
    ASSERT_EQ(a.guests, b.guests);
    ASSERT_TRUE(std::ranges::equal(a.title_versions, b.title_versions));
    ASSERT_TRUE(std::ranges::equal(a.album_versions, b.album_versions));
}

void expect_equal(const TextForm& a, const TextForm& b) {
    ASSERT_EQ(a.text, b.text);
    ASSERT_EQ(a.sorted, b.sorted);
    ASSERT_NO_FATAL_FAILURE(expect_equal(a.words, b.words));
}

void expect_equal(const CreditForm& a, const CreditForm& b) {
    ASSERT_TRUE(std::ranges::equal(a.names, b.names));
    ASSERT_EQ(a.guests, b.guests);
    ASSERT_EQ(a.script, b.script);
    ASSERT_NO_FATAL_FAILURE(expect_equal(a.line, b.line));
    ASSERT_NO_FATAL_FAILURE(expect_equal(a.telling, b.telling));
    ASSERT_NO_FATAL_FAILURE(expect_equal(a.romanized_line, b.romanized_line));
}

void expect_equal(const NormalForm& a, const NormalForm& b) {
    ASSERT_NO_FATAL_FAILURE(expect_equal(a.title, b.title));
    ASSERT_NO_FATAL_FAILURE(expect_equal(a.romanized_title, b.romanized_title));
    ASSERT_EQ(a.script, b.script);
    ASSERT_EQ(a.scripts, b.scripts);
    ASSERT_EQ(a.versions, b.versions);
    ASSERT_EQ(a.album_versions, b.album_versions);
    ASSERT_EQ(a.part, b.part);
    ASSERT_EQ(a.segments, b.segments);
    ASSERT_EQ(a.in_sections, b.in_sections);
    ASSERT_EQ(a.pieces, b.pieces);
    ASSERT_EQ(a.names_in_scripts.size(), b.names_in_scripts.size());
    ASSERT_EQ(a.numbers, b.numbers);
    ASSERT_EQ(a.ending_number, b.ending_number);
    ASSERT_EQ(a.work.numbers, b.work.numbers);
    ASSERT_EQ(a.work.movement, b.work.movement);
    ASSERT_EQ(a.whole, b.whole);
    ASSERT_EQ(a.wildcards, b.wildcards);
    ASSERT_EQ(a.credits_given, b.credits_given);
    ASSERT_EQ(a.compilation, b.compilation);
    ASSERT_EQ(a.explicit_, b.explicit_);
    ASSERT_NO_FATAL_FAILURE(expect_equal(a.credits, b.credits));
    ASSERT_NO_FATAL_FAILURE(expect_equal(a.album, b.album));
    ASSERT_EQ(a.joined, b.joined);
    ASSERT_EQ(a.everything, b.everything);
    ASSERT_TRUE(std::ranges::equal(a.word_hashes, b.word_hashes));
    ASSERT_EQ(a.classic.title, b.classic.title);
    ASSERT_EQ(a.classic.artist, b.classic.artist);
    ASSERT_EQ(a.classic.album, b.classic.album);
}

// Counts the plain ones among the tracks that it is shown.
class Both {
  public:
    void expect_equal_ways(const Track::Fields& fields) {
        std::string names;
        for (const std::string& artist : fields.artists) names += artist + "; ";
        SCOPED_TRACE(fields.title + " / " + names + " / " + fields.album);
        Outline plain;
        const PlainOutline made = outline_plain(fields, plain);
        ++all_;
        if (!made.room) return;
        ++plain_;
        NormalForm read(fields);
        ASSERT_NO_FATAL_FAILURE(expect_equal(plain, Outline(read, fields, &read.memory)));
        ASSERT_NO_FATAL_FAILURE(expect_equal(NormalForm(fields, plain, made.besides.get()), read));
    }
    void expect_equal_ways(const Track& track) { expect_equal_ways(track.fields()); }
    [[nodiscard]] double share() const { return static_cast<double>(plain_) / static_cast<double>(all_); }

  private:
    std::size_t all_ = 0;
    std::size_t plain_ = 0;
};

TEST(PlainTrack, is_what_the_long_way_makes_of_random_tracks) {
    RandomTracks random(41);
    Both both;
    for (int i = 0; i < 4000; ++i) {
        const auto [a, b] = random.pair();
        ASSERT_NO_FATAL_FAILURE(both.expect_equal_ways(a));
        ASSERT_NO_FATAL_FAILURE(both.expect_equal_ways(b));
    }
    EXPECT_GT(both.share(), 0.1);
}

TEST(PlainTrack, is_what_the_long_way_makes_of_composed_tracks) {
    Composer compose;
    Both both;
    for (int i = 0; i < 20000; ++i) ASSERT_NO_FATAL_FAILURE(both.expect_equal_ways(compose.track()));
    EXPECT_GT(both.share(), 0.0);
}

// Words, numbers and signs that a plain text may have, and words that something is read from.
class PlainComposer {
  public:
    Track::Fields fields() {
        static constexpr const char* words[] = {
            "river",  "Song",      "the",      "and",     "Night", "Omen",       "n",         "AC/DC",
            "III",    "x",         "7",        "1975",    "5th",   "love",       "Op. 9",     "no",
            "K. 331", "live",      "Live",     "karaoke", "F**k",  "Remix",      "brothers",  "Orchestra",
            "Saint",  "St.",       "greatest", "hits",    "The",   "don't",      "R.E.M",     "P!nk",
            "$ave",   "unplugged", "official", "Topic",   "a",     "interviews", "version",   "cover",
            "Pt3",    "vol2",      "vol",      "feat",    "ft",    "of",         "featuring", "with"};
        Track::Fields out;
        out.title = text(words, 7);
        for (std::size_t names = below(4); names > 0; --names)
            out.artists.push_back(below(12) == 0 ? "Various Artists" : text(words, 3));
        if (below(6) == 0 && !out.artists.empty()) out.artists.push_back(out.artists[0]);
        if (below(3) != 0) out.album = below(5) == 0 ? out.title : text(words, 4);
        if (below(3) == 0) out.isrc = "USSM18200342";
        if (below(3) == 0) out.duration = std::chrono::milliseconds(below(400000) + 1);
        if (below(3) == 0) out.release_year = 1950 + static_cast<int>(below(70));
        if (below(3) == 0) out.explicit_ = below(2) == 0;
        return out;
    }

  private:
    template <class Words>
    std::string text(const Words& words, std::size_t most) {
        std::string out;
        for (std::size_t count = 1 + below(most); count > 0; --count) {
            static constexpr const char* gaps[] = {": ", ", ", " & ", "'", ". ", "-", "  "};
            if (!out.empty()) out += below(5) == 0 ? gaps[below(std::size(gaps))] : " ";
            out += words[below(std::size(words))];
        }
        return out;
    }
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }
    std::mt19937_64 random_{20261128};
};

TEST(PlainTrack, is_what_the_long_way_makes_of_words_and_signs) {
    PlainComposer compose;
    Both both;
    for (std::size_t i = 0; i < often(60000); ++i) ASSERT_NO_FATAL_FAILURE(both.expect_equal_ways(compose.fields()));
    EXPECT_GT(both.share(), 0.1);
}

TEST(PlainTrack, is_what_the_long_way_makes_of_the_longest_texts) {
    Both both;
    for (const std::size_t size : {63U, 64U, 65U, 128U, 239U, 240U, 241U, 300U}) {
        for (const std::string_view piece : {"a ", "word ", "of eleven w "}) {
            std::string text;
            while (text.size() < size) text += piece;
            text.resize(size);
            if (text.back() == ' ') text.back() = 'z';
            ASSERT_NO_FATAL_FAILURE(both.expect_equal_ways(track({text, {"b"}, "c"})));
            ASSERT_NO_FATAL_FAILURE(both.expect_equal_ways(track({"b", {text}, text})));
            ASSERT_NO_FATAL_FAILURE(both.expect_equal_ways(track({text, {text, "x1"}, text})));
        }
    }
    std::vector<std::string> names;
    for (int i = 0; i < 40; ++i) {
        names.push_back("n" + std::to_string(i));
        ASSERT_NO_FATAL_FAILURE(both.expect_equal_ways(track({"b", names})));
    }
    EXPECT_GT(both.share(), 0.3);
    EXPECT_LT(both.share(), 1.0);
}

TEST(PlainTrack, is_what_the_long_way_makes_of_real_tracks_and_of_what_the_cases_say) {
    const std::string cases = MUSICSYNC_CASES;
    const Result<TrackFile> demo = read_jsonl(cases + "/../../datasets/demo/recordings.jsonl");
    ASSERT_TRUE(demo);
    Both real;
    for (const Track& track : demo->tracks) ASSERT_NO_FATAL_FAILURE(real.expect_equal_ways(track));
    EXPECT_GT(real.share(), 0.1);
    Both both;
    for (const char* name : {"titles.tsv", "credits.tsv", "texts.tsv"}) {
        std::ifstream file(cases + "/" + name);
        for (std::string line; std::getline(file, line);) {
            const std::string text = line.substr(0, line.find('\t'));
            if (text.empty()) continue;
            ASSERT_NO_FATAL_FAILURE(both.expect_equal_ways(track({text, {"Jane Doe"}, "Road"})));
            ASSERT_NO_FATAL_FAILURE(both.expect_equal_ways(track({"Road", {text}, "Road"})));
            ASSERT_NO_FATAL_FAILURE(both.expect_equal_ways(track({"Road", {"Jane Doe"}, text})));
        }
    }
    EXPECT_GT(both.share(), 0.1);
}

// A vocabulary that is loaded between the making of a track and the first look at its normal form changes nothing.
TEST(PlainTrack, keeps_the_vocabulary_that_it_was_read_with) {
    const std::string path = testing::TempDir() + "plain_track_vocabulary.tsv";
    const Track before = track({"River Zorp", {"Jane Zorp"}, "Zorp"});
    std::ofstream(path) << "zorp\tplain\tlive\njane zorp\tunknown_artist\n";
    const Result<std::size_t> loaded = load_vocabulary(path);
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_TRUE(before.normal().versions.empty());
    EXPECT_EQ(before.normal().credits.names.size(), 1U);
    const Track after = track({"River - Zorp", {"Jane Zorp"}, ""});
    EXPECT_EQ(after.normal().versions.size(), 1U);
    EXPECT_TRUE(after.normal().credits.names.empty());
    reset_vocabulary();
}

// Many threads ask for one normal form at once: all get the same one.
TEST(PlainTrack, makes_its_normal_form_once_for_all_threads) {
    constexpr std::size_t threads = 8;
    for (int round = 0; round < 50; ++round) {
        const Track one = track({"Born to Run", {"Bruce Springsteen"}, "Born to Run"});
        std::vector<const NormalForm*> seen(threads);
        std::vector<double> scores(threads);
        std::vector<std::jthread> running;
        for (std::size_t i = 0; i < threads; ++i)
            running.emplace_back([&, i] {
                scores[i] = rank(Profile::standard(), one, std::span(&one, 1))[0].score;
                seen[i] = &one.normal();
            });
        running.clear();
        for (std::size_t i = 0; i < threads; ++i) {
            ASSERT_EQ(seen[i], &one.normal());
            ASSERT_EQ(scores[i], scores[0]);
        }
    }
}

}  // namespace
}  // namespace musicsync
