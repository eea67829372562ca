// Songs that have nothing in common are told apart in a short way: what is left out there would have found nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

#include "composer.hpp"
#include "kernel_texts.hpp"
#include "random_tracks.hpp"
#include "score/apart.hpp"

namespace musicsync {
namespace {

using testing_support::Composer;
using testing_support::often;
using testing_support::RandomTracks;
using testing_support::Song;
using testing_support::track;

// By letters alone, of code points.
double likeness(const TextForm& a, const TextForm& b) {
    return std::max(ratio(a.text, b.text), ratio(a.by_word(), b.by_word()));
}

double share_of_words(const NormalForm& a, const NormalForm& b) {
    std::vector<std::uint32_t> both;
    std::ranges::set_intersection(a.word_hashes, b.word_hashes, std::back_inserter(both));
    return static_cast<double>(both.size()) / static_cast<double>(std::min(a.word_hashes.size(), b.word_hashes.size()));
}

bool share_word(const TextForm& a, const TextForm& b) {
    const auto words = words_of(a.text);
    const auto others = words_of(b.text);
    return std::ranges::any_of(words, [&](auto word) { return std::ranges::find(others, word) != others.end(); });
}

void expect_title(const Track& a, const Track& b, const Evidence& found) {
    const NormalForm& left = a.normal();
    const NormalForm& right = b.normal();
    ASSERT_EQ(*found.title, likeness(left.title, right.title));
    ASSERT_NE(left.whole, right.whole);
    ASSERT_FALSE(equal_but_for_spaces(left.title.text, right.title.text));
    ASSERT_FALSE(equal_but_for_the_numeral(a, b));
    ASSERT_FALSE(contains_words(left.title.text, right.title.text) || found.contained);
    ASSERT_EQ(found.shared_words, 0.0);
    ASSERT_FALSE(found.words_replaced || found.words_added || found.romanized || found.scripts_differ);
}

void expect_credits(const Track& a, const Track& b, const Evidence& found) {
    const CreditForm& left = a.normal().credits;
    const CreditForm& right = b.normal().credits;
    std::vector<LazyPattern> names(left.names.size());
    for (std::size_t i = 0; i < names.size(); ++i) names[i].prepare(left.names[i]);
    const CreditLikeness of_names = credit_likeness(names, right.names);
    ASSERT_EQ(*found.artist, std::max(likeness(left.line, right.line), of_names.all));
    ASSERT_EQ(*found.any_artist, of_names.best);
    ASSERT_EQ(found.no_name_equal, !of_names.one_equal && !is_slip_of_name(left.telling.text, right.telling.text));
    ASSERT_EQ(found.name_word_equal, share_word(left.telling, right.telling));
    ASSERT_EQ(found.artist_words, shared_words(left.telling, right.telling));
    ASSERT_EQ(found.guest_missing, misses_guest(a, b) || misses_guest(b, a));
    ASSERT_FALSE(found.other_name || found.artist_in_other_script);
}

// Text in the wrong field would have changed it.
void expect_in_place(const Track& a, const Track& b, const Evidence& found) {
    ASSERT_LT(share_of_words(a.normal(), b.normal()), enough_shared);
    ASSERT_EQ(found.joined, 0.0);
    ASSERT_EQ(found.joined_cover, 0.0);
    Evidence looked_at = found;
    rescue_misplaced(a, b, looked_at);
    ASSERT_EQ(looked_at.title, found.title);
    ASSERT_EQ(looked_at.artist, found.artist);
    ASSERT_EQ(looked_at.album, found.album);
    ASSERT_FALSE(looked_at.misplaced || looked_at.shortened || looked_at.in_series || looked_at.same_words);
}

// Each with some: true for those that are apart.
std::size_t count_apart(const Track& query, std::span<const Track* const> others) {
    std::size_t apart = 0;
    const Query asked(query);
    asked.compare_all(others, [&](std::size_t i, const Evidence& evidence) {
        const Track& other = *others[i];
        if (!are_apart(query.outline(), other.outline(), evidence)) return;
        SCOPED_TRACE(query.title() + " / " + other.title());
        expect_title(query, other, evidence);
        expect_credits(query, other, evidence);
        expect_in_place(query, other, evidence);
        ++apart;
    });
    return apart;
}

std::size_t count_apart(const std::vector<Track>& tracks) {
    std::vector<const Track*> others;
    std::size_t apart = 0;
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        others.clear();
        for (std::size_t j = 0; j < Query::counted_at_once; ++j) others.push_back(&tracks[(i + j) % tracks.size()]);
        apart += count_apart(tracks[i], others);
    }
    return apart;
}

TEST(Apart, of_random_tracks_nothing_is_overlooked) {
    RandomTracks random(20'261'128);
    std::vector<Track> tracks;
    while (tracks.size() < often(800)) {
        auto [a, b] = random.pair();
        tracks.push_back(a);
        tracks.push_back(b);
    }
    EXPECT_GT(count_apart(tracks), tracks.size());
}

TEST(Apart, of_composed_tracks_nothing_is_overlooked) {
    Composer composer;
    std::vector<Track> tracks;
    while (tracks.size() < often(800)) tracks.push_back(composer.track());
    EXPECT_GT(count_apart(tracks), tracks.size());
}

// One thing each that the letters of titles and credits do not say.
TEST(Apart, are_none_that_have_something_in_common) {
    const Song one{"Fire", {"The Crazy World of Arthur Brown"}};
    const Song others[] = {
        {"The Crazy World of Arthur Brown Fire", {"Zuzu"}},          // a name in the other title
        {"Ring of Fire and a Long Way to Go Home", {"Zuzu"}},        // the whole title in the other
        {"Brown Arthur of World Crazy The Fire", {}},                // no credit
        {"Fire Crazy World", {"Zuzu"}, "Brown of The Arthur Fire"},  // most words
    };
    const Track mine = track(one);
    for (const Song& song : others) {
        const Track other = track(song);
        const Track* const only = &other;
        EXPECT_EQ(count_apart(mine, {&only, 1}), 0U) << song.title;
        const Track* const me = &mine;
        EXPECT_EQ(count_apart(other, {&me, 1}), 0U) << song.title;
    }
    // A name in the other title, where long albums and credits hide it from words and letters.
    const Track titled =
        track({"Supercalifragilisticexpialidocious Firestarxer", {"Zyx Wvu Qjk Zyx Vwq"}, "1 2 3 4 5 6 7"});
    const Track credited = track({"Firestarter", {"Supercalifragilisticexpialidocious"}, "Ten Eleven Twelve Thirteen"});
    const Track* const found = &titled;
    EXPECT_EQ(count_apart(credited, {&found, 1}), 0U);
    const Track* const by_whom = &credited;
    EXPECT_EQ(count_apart(titled, {&by_whom, 1}), 0U);
    const Track unlike = track({"Jump In", {"Zuzu"}});
    const Track* const only = &unlike;
    EXPECT_EQ(count_apart(mine, {&only, 1}), 1U);
}

}  // namespace
}  // namespace musicsync
