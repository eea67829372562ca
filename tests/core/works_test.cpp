// Opus numbers and movements out of titles, and what follows for a pair.
#include "score/works.hpp"

#include <gtest/gtest.h>

#include "evidence_of.hpp"
#include "musicsync/decide.hpp"
#include "score/evidence.hpp"
#include "tracks.hpp"

namespace {

using musicsync::Evidence;
using musicsync::match_works;
using musicsync::OpusNumber;
using musicsync::Profile;
using musicsync::Track;
using musicsync::Verdict;
using musicsync::work_of;
using musicsync::WorkMatch;
using musicsync::testing_support::of;
using musicsync::testing_support::Song;
using musicsync::testing_support::track;

struct Case {
    const char* title;
    std::vector<OpusNumber> numbers;
    std::optional<int> movement;
};

TEST(WorkOf, reads_lists_of_works_and_movements) {
    const Case cases[] = {
        {"Symphony No. 5 in C Minor, Op. 67: I. Allegro con brio", {{"op", "67", {}}}, 1},
        {"Beethoven: Symphony No. 5, Op. 67 - 1. Allegro con brio", {{"op", "67", {}}}, 1},
        {"Nocturne in E flat major, Op. 9, No. 2", {{"op", "9", 2}}, {}},
        {"Nocturne No. 2 in E-Flat Major, Opus 9 Nr. 2", {{"op", "9", 2}}, {}},
        {"Cello Suite No. 1 in G Major, BWV 1007: I. Prélude", {{"bwv", "1007", {}}}, 1},
        {"Goldberg Variations, BWV988: Variatio 25", {{"bwv", "988", {}}}, {}},
        {"Requiem in D Minor, K. 626: III. Sequentia", {{"k", "626", {}}}, 3},
        {"Requiem, KV 626", {{"k", "626", {}}}, {}},
        {"Piano Sonata No. 14, Op. 27, No. 2, \"Moonlight\": III. Presto agitato", {{"op", "27", 2}}, 3},
        {"12 Studies, Op. 10: XII. Allegro con fuoco", {{"op", "10", {}}}, 12},
    };
    for (const Case& one : cases) {
        const auto work = work_of(one.title);
        EXPECT_EQ(work.numbers, one.numbers) << one.title;
        EXPECT_EQ(work.movement, one.movement) << one.title;
    }
}

TEST(WorkOf, finds_nothing_in_other_titles) {
    for (const char* title : {"K 9", "Special K", "Opus", "Op. cit.", "Louder Than D 7", "I. Introduction", "1. Intro",
                              "Track No. 9", "Mambo No. 5", "", "op"}) {
        EXPECT_TRUE(work_of(title).numbers.empty()) << title;
        EXPECT_EQ(work_of(title).movement, std::nullopt) << title;
    }
}

TEST(MatchWorks, needs_a_list_that_both_name) {
    const auto match = [](const char* a, const char* b) { return match_works(work_of(a), work_of(b)); };
    EXPECT_EQ(match("Suite, BWV 1007", "Suite, BWV 1007: I. Prelude"), WorkMatch::same);
    EXPECT_EQ(match("Suite, BWV 1007", "Suite, BWV 1008"), WorkMatch::other);
    EXPECT_EQ(match("Suite, BWV 1007", "Suite"), WorkMatch::unknown);
    EXPECT_EQ(match("Suite, BWV 1007", "Suite, Op. 1007"), WorkMatch::unknown);
    EXPECT_EQ(match("Nocturne, Op. 9 No. 2", "Nocturne, Op. 9"), WorkMatch::same);
    EXPECT_EQ(match("Nocturne, Op. 9 No. 2", "Nocturne, Op. 9 No. 1"), WorkMatch::other);
}

const Song fifth{"Symphony No. 5 in C Minor, Op. 67: I. Allegro con brio", {"Beethoven", "Jane Doe"}, "", 442};

TEST(Works, of_one_movement_have_one_title_however_it_is_written) {
    const Evidence e =
        of({"Beethoven: Symphony No. 5, Op. 67 - 1. Allegro con brio", {"Beethoven", "Jane Doe"}}, fifth);
    EXPECT_GE(e.title, 0.96);
    EXPECT_FALSE(e.part_conflict || e.part_missing || e.number_conflict || e.number_missing || e.words_replaced);
}

TEST(Works, of_two_movements_are_two_parts) {
    const Evidence e =
        of(fifth, {"Symphony No. 5 in C Minor, Op. 67: II. Andante con moto", {"Beethoven", "Jane Doe"}});
    EXPECT_TRUE(e.part_conflict);
    EXPECT_FALSE(e.part_missing);
    EXPECT_LT(e.title, 0.96);
}

TEST(Works, without_a_movement_may_be_any_of_them) {
    const Evidence e = of(fifth, {"Symphony No. 5, Op. 67", {"Beethoven", "Jane Doe"}});
    EXPECT_TRUE(e.part_missing);
    EXPECT_FALSE(e.part_conflict);
}

TEST(Works, of_two_numbers_are_two) {
    const Evidence e = of({"Suite in G Major, BWV 1007", {"Bach"}}, {"Suite in D Minor, BWV 1008", {"Bach"}});
    EXPECT_TRUE(e.number_conflict);
}

TEST(Works, by_other_performers_are_other_recordings) {
    const auto by = [](std::vector<std::string> names) {
        return Song{"Nocturne, Op. 9 No. 2", std::move(names), "", 271};
    };
    EXPECT_TRUE(of(by({"Chopin", "Ilse Marant"}), by({"Chopin", "Jun Okabe"})).other_name);
    EXPECT_FALSE(of(by({"Chopin", "Ilse Marant"}), by({"Chopin", "Ilse Marant", "Lumen"})).other_name);
    EXPECT_FALSE(of(by({"Chopin"}), by({"Chopin", "Jun Okabe"})).other_name);
    EXPECT_FALSE(of({"Nocturne", {"Chopin", "Ilse Marant"}}, {"Nocturne", {"Chopin", "Jun Okabe"}}).other_name);
}

TEST(Works, are_decided_by_movement) {
    const Song asked{"Beethoven: Symphony No. 5, Op. 67 - 1. Allegro con brio", {"Jane Doe"}, "", 443};
    const Song second{"Symphony No. 5 in C Minor, Op. 67: II. Andante con moto", {"Beethoven", "Jane Doe"}, "", 443};
    const std::vector<Track> movements{track(second), track(fifth)};
    const musicsync::Decision decision = musicsync::decide(Profile::standard(), track(asked), movements);
    EXPECT_EQ(decision.verdict, Verdict::accept);
    EXPECT_EQ(decision.best, 1U);
    EXPECT_NE(musicsync::decide(Profile::standard(), track(asked), std::span(movements).first(1)).verdict,
              Verdict::accept);
}

}  // namespace
