// What ranking does for many candidates at once is what it does for each one by itself, and what it leaves out could
// not have been.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "kernel_texts.hpp"
#include "musicsync/cpu.hpp"
#include "musicsync/rank.hpp"
#include "random_tracks.hpp"
#include "score/evidence.hpp"
#include "similarity/code_points.hpp"

namespace {

using namespace musicsync;
using namespace musicsync::testing_support;

// Texts around the kernel's limits: of 64 symbols, of ASCII, of 64 words; and nothing at all.
std::vector<Track> unusual_tracks() {
    std::vector<Track> out;
    for (const std::size_t length : {1U, 31U, 32U, 33U, 63U, 64U, 65U, 200U, 5000U}) {
        const std::string text(length, 'a');
        out.push_back(track({text + "b", {text}, "c" + text}));
        out.push_back(track({"b" + text, {text, "z"}, text}));
    }
    std::string words;
    for (int i = 0; i < 140; ++i) words += "word" + std::to_string(i) + " ";
    out.push_back(track({words, {words}, words}));
    out.push_back(track({words + "more", {"more " + words}, ""}));
    out.push_back(track({"", {}, ""}));
    out.push_back(track({"The The", {"The And The"}, "The"}));
    out.push_back(track({"caf\u00E9 \U0001F3B5", {"\u0130stanbul"}, "\u212Aelvin"}));
    out.push_back(track({"cafe", {"istanbul"}, "kelvin"}));
    return out;
}

std::vector<Track> candidates(std::uint64_t seed, std::size_t count) {
    std::vector<Track> out = unusual_tracks();
    RandomTracks random(seed);
    while (out.size() < count) {
        auto [a, b] = random.pair();
        out.push_back(std::move(a));
        out.push_back(std::move(b));
    }
    return out;
}

class RankTracks : public testing::TestWithParam<std::string> {
  protected:
    void SetUp() override { ASSERT_TRUE(set_kernel(GetParam())); }
    void TearDown() override { ASSERT_TRUE(set_kernel("auto")); }
};

TEST_P(RankTracks, gives_what_each_pair_has_by_itself) {
    const Profile profile = Profile::standard();
    const std::vector<Track> tracks = candidates(5, often(400));
    for (std::size_t asked = 0; asked < tracks.size(); asked += 7) {
        const Query query(tracks[asked]);
        for (const Ranked& hit : rank(profile, tracks[asked], tracks)) {
            const Evidence evidence = query.compare(tracks[hit.index]);
            ASSERT_EQ(hit.score, standard_score(profile, evidence)) << asked << " " << hit.index;
            ASSERT_EQ(*hit.probability, model_probability(profile, evidence)) << asked << " " << hit.index;
        }
    }
}

TEST_P(RankTracks, keeps_the_probability_of_each_hit_beside_it_where_a_cutoff_drops_some) {
    const Profile profile = Profile::standard();
    const std::vector<Track> tracks = candidates(6, 90);
    for (const Track& asked : tracks) {
        for (const Ranked& hit : rank(profile, asked, tracks, {.cutoff = 0.4}))
            ASSERT_EQ(hit.probability, probability(profile, asked, tracks[hit.index]));
    }
}

// Of tracks that were read either way, with an id and without.
TEST_P(RankTracks, puts_ties_in_the_order_of_their_ids) {
    const Track query = track({"Fire", {"Arthur Brown"}});
    const char* const ids[] = {"7", "", "10", "2", "", "1"};
    std::vector<Track> tracks;
    for (const char* const id : ids) {
        for (const char* const title : {"Jump In", "Jump In (Live)"}) {
            Song song{title, {"Zuzu"}};
            song.id = id;
            tracks.push_back(track(song));
        }
    }
    std::vector<std::size_t> found;
    for (const Ranked& hit : rank(Profile::standard(), query, tracks)) {
        ASSERT_EQ(hit.score, 0.0);
        found.push_back(hit.index);
    }
    EXPECT_EQ(found, (std::vector<std::size_t>{2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1}));
}

INSTANTIATE_TEST_SUITE_P(kernels, RankTracks, testing::ValuesIn(kernels()),
                         [](const auto& parameter) { return parameter.param; });

// The form of a text that nobody else keeps.
TextForm form_of(std::u32string_view text) {
    static Memory memory;
    return {copied(text, &memory), &memory};
}

// Texts of a few short words: they share some, and stand inside of each other.
TextForm some_words(KernelTexts& random) {
    std::u32string text;
    for (std::size_t words = 1 + random.below(4); words > 0; --words) {
        if (!text.empty()) text += U' ';
        text += random.text(1 + random.below(4), random.below(8) == 0 ? 2 : 0);
    }
    return form_of(text);
}

bool share_word(const TextForm& a, const TextForm& b) {
    const auto theirs = words_of(b.text);
    const auto mine = words_of(a.text);
    return std::any_of(mine.begin(), mine.end(), [&theirs](std::u32string_view word) {
        return std::find(theirs.begin(), theirs.end(), word) != theirs.end();
    });
}

TEST(Outline, rules_out_only_what_cannot_be) {
    KernelTexts random(11);
    std::size_t ruled_out = 0;
    for (std::size_t round = 0; round < often(20000); ++round) {
        const TextForm a = some_words(random);
        const TextForm b = some_words(random);
        const TextSets left(a.words);
        const TextSets right(b.words);
        if (a.text.size() <= b.text.size() && contains_words(a.text, b.text)) {
            ASSERT_TRUE(left.can_be_inside(right));
        }
        ASSERT_TRUE(left.can_share_word(right) || !share_word(a, b));
        const std::size_t apart = a.text.size() + b.text.size() - 2 * lcs_length(a.text, b.text);
        ASSERT_LE(static_cast<std::size_t>(left.apart_at_least(right)), apart);
        ruled_out += left.can_be_inside(right) ? 0U : 1U;
    }
    EXPECT_GT(ruled_out, often(20000) / 2);
}

TEST(Outline, bounds_how_many_words_two_tracks_share) {
    KernelTexts random(12);
    for (std::size_t round = 0; round < often(3000); ++round) {
        std::vector<std::uint32_t> a(random.below(400));
        std::vector<std::uint32_t> b(random.below(400));
        const std::size_t different = 1 + random.below(900);
        for (auto* hashes : {&a, &b}) {
            for (std::uint32_t& hash : *hashes) hash = static_cast<std::uint32_t>(random.below(different) * 977);
            std::sort(hashes->begin(), hashes->end());
        }
        std::vector<std::uint32_t> both;
        std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
        ASSERT_GE(WordSet(a).shared_at_most(WordSet(b)), both.size());
    }
}

// Each word of either text, looked up in the other.
double shared_words_one_by_one(const TextForm& a, const TextForm& b) {
    const auto count = [](const TextForm& from, const TextForm& to) {
        return std::count_if(from.words.begin(), from.words.end(), [&](const Word& word) {
            return std::any_of(to.words.begin(), to.words.end(),
                               [&](const Word& other) { return ratio(word.in(from.text), other.in(to.text)) >= 0.82; });
        });
    };
    return static_cast<double>(count(a, b) + count(b, a)) / static_cast<double>(a.words.size() + b.words.size());
}

TEST(SharedWords, are_those_of_both_sides_counted_one_by_one) {
    KernelTexts random(13);
    for (std::size_t round = 0; round < often(2000); ++round) {
        const auto draw = [&random] {
            std::u32string text;
            for (std::size_t words = 1 + random.below(random.below(20) == 0 ? 90 : 6); words > 0; --words)
                text += random.text(1 + random.below(9), random.below(2)) + U' ';
            return form_of(text);
        };
        const TextForm a = draw();
        const TextForm b = draw();
        ASSERT_EQ(shared_words(a, b), shared_words_one_by_one(a, b)) << to_utf8(a.text) << " / " << to_utf8(b.text);
    }
}

// Words, misspelt words and numbers of few letters.
std::string plain_words(KernelTexts& random) {
    static constexpr std::string_view known[] = {"two", "2", "12", "twelve", "harbour", "hrabour", "the", "a"};
    std::string out;
    for (std::size_t words = 1 + random.below(6); words > 0; --words) {
        if (!out.empty()) out += ' ';
        if (random.below(3) == 0)
            out += known[random.below(std::size(known))];
        else
            for (std::size_t size = 1 + random.below(6); size > 0; --size)
                out += static_cast<char>('a' + random.below(4));
    }
    return out;
}

TEST(SharedWords, are_the_same_of_bytes_and_of_code_points) {
    KernelTexts random(14);
    std::size_t replaced = 0;
    for (std::size_t round = 0; round < often(5000); ++round) {
        const std::string a = plain_words(random);
        const std::string b = random.below(8) == 0 ? a : plain_words(random);
        const TextForm left = form_of(to_code_points(a));
        const TextForm right = form_of(to_code_points(b));
        const WordsIn<char> mine{a, left.words};
        const WordsIn<char> theirs{b, right.words};
        ASSERT_EQ(shared_words(mine, theirs), shared_words(left, right)) << a << " / " << b;
        ASSERT_EQ(replaces_words(mine, theirs), replaces_words(left, right)) << a << " / " << b;
        ASSERT_EQ(contains_words(std::string_view(a), b), contains_words(left.text, right.text)) << a << " / " << b;
        ASSERT_EQ(equal_but_for_spaces(std::string_view(a), b), equal_but_for_spaces(left.text, right.text));
        replaced += replaces_words(mine, theirs) ? 1U : 0U;
    }
    EXPECT_GT(replaced, often(5000) / 4);
}

}  // namespace
