#include "musicsync/track.hpp"

#include <gtest/gtest.h>

#include "tracks.hpp"

namespace {

using musicsync::Errc;
using musicsync::Track;

Track::Fields titled(std::string title) {
    Track::Fields fields;
    fields.title = std::move(title);
    return fields;
}

TEST(Track, trims_its_texts_and_drops_blank_names) {
    Track::Fields fields = titled("  Africa\n");
    fields.artists = {" Toto ", "", "  "};
    const Track track = *Track::make(fields);
    EXPECT_EQ(track.title(), "Africa");
    EXPECT_EQ(track.artists(), std::vector<std::string>{"Toto"});
}

TEST(Track, takes_zero_for_unknown) {
    Track::Fields fields = titled("x");
    fields.duration = std::chrono::milliseconds{0};
    fields.release_year = 0;
    const Track track = *Track::make(fields);
    EXPECT_FALSE(track.duration());
    EXPECT_FALSE(track.release_year());
}

TEST(Track, keeps_an_isrc_in_its_canonical_form_and_forgets_what_is_none) {
    Track::Fields fields = titled("x");
    fields.isrc = "isrc us-sm1-82-00342";
    EXPECT_EQ(Track::make(fields)->isrc(), "USSM18200342");
    fields.isrc = "not an isrc";
    EXPECT_EQ(Track::make(fields)->isrc(), "");
}

struct Bad {
    Track::Fields fields;
    Errc code;
    std::string field;
};

TEST(Track, refuses_what_it_cannot_hold_and_names_the_field) {
    std::vector<Bad> cases;
    cases.push_back({titled("a\xFF"), Errc::invalid_utf8, "title"});
    cases.push_back({titled(std::string("a\0b", 3)), Errc::invalid_value, "title"});
    cases.push_back({titled(std::string((1U << 20) + 1, 'a')), Errc::too_long, "title"});
    Track::Fields negative = titled("x");
    negative.duration = std::chrono::milliseconds{-1};
    cases.push_back({negative, Errc::invalid_value, "duration_ms"});
    Track::Fields future = titled("x");
    future.release_year = 10000;
    cases.push_back({future, Errc::invalid_value, "release_year"});
    Track::Fields name = titled("x");
    name.artists = {"ok", "\xC3"};
    cases.push_back({name, Errc::invalid_utf8, "artists"});
    for (const Bad& bad : cases) {
        const auto result = Track::make(bad.fields);
        ASSERT_FALSE(result) << bad.field;
        EXPECT_EQ(result.error().code, bad.code);
        EXPECT_EQ(result.error().field, bad.field);
    }
}

TEST(Track, takes_a_title_of_one_mebibyte) { EXPECT_TRUE(Track::make(titled(std::string(1U << 20, 'a')))); }

TEST(Track, is_equal_to_a_track_of_the_same_fields) {
    EXPECT_EQ(*Track::make(titled("a")), *Track::make(titled(" a ")));
    EXPECT_FALSE(*Track::make(titled("a")) == *Track::make(titled("b")));
}

TEST(Track, a_draft_becomes_what_make_gives) {
    Track::Draft draft;
    draft.fields() = titled(" Africa");
    draft.fields().artists = {"Toto", " "};
    const Track::Fields fields = draft.fields();
    EXPECT_EQ(*std::move(draft).finish(), *Track::make(fields));

    Track::Draft bad;
    bad.fields().album = std::string("a\0b", 3);
    const auto refused = std::move(bad).finish();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::invalid_value);
    EXPECT_EQ(refused.error().field, "album");
}

// Texts are looked at some bytes at a time, whatever their length.
TEST(Track, sees_each_symbol_of_a_text_of_any_length) {
    for (std::size_t size = 1; size < 36; ++size) {
        for (std::size_t place = 0; place < size; ++place) {
            std::string text(size, 'a');
            text[place] = '\0';
            EXPECT_EQ(Track::make(titled(text)).error().code, Errc::invalid_value) << size << ' ' << place;
            text[place] = '\x80';
            EXPECT_EQ(Track::make(titled(text)).error().code, Errc::invalid_utf8) << size << ' ' << place;
            text[place] = '\x7f';
            EXPECT_EQ(Track::make(titled(text))->title(), text);
            text[place] = '\n';
            const bool first = place == 0;
            const bool last = place + 1 == size;
            EXPECT_EQ(Track::make(titled(text))->title(), text.substr(first, size - (first || last))) << size;
        }
    }
}

}  // namespace
