#include "musicsync/jsonl.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

namespace {

using musicsync::Errc;
using musicsync::parse_jsonl;
using musicsync::TrackFile;

TEST(JsonLines, reads_every_key_and_its_alias) {
    const TrackFile file = parse_jsonl(
        R"({"id": "1", "title": "Africa", "artists": ["Toto"], "album": "Toto IV", "isrc": "USSM18200342", "duration_ms": 295893, "release_year": 1982, "explicit": false, "more": {}})"
        "\n"
        R"({"id": 2, "track_name": "Stay", "artist": "A feat. B", "duration_s": 141.5, "year": 2021})",
        "f");
    ASSERT_EQ(file.tracks.size(), 2U);
    EXPECT_EQ(file.tracks[0].duration()->count(), 295893);
    EXPECT_EQ(file.tracks[0].release_year(), 1982);
    EXPECT_EQ(file.tracks[0].explicit_(), false);
    EXPECT_EQ(file.tracks[1].id(), "2");
    EXPECT_EQ(file.tracks[1].title(), "Stay");
    EXPECT_EQ(file.tracks[1].artists(), std::vector<std::string>{"A feat. B"});
    EXPECT_EQ(file.tracks[1].duration()->count(), 141500);
}

TEST(JsonLines, reads_the_readings_of_a_track) {
    const TrackFile file =
        parse_jsonl(R"({"title": "夜", "artist": "山田", "title_reading": "yoru", "artist_reading": "yamada"})"
                    "\n"
                    R"({"title": "夜", "title_reading": 1})",
                    "f");
    ASSERT_EQ(file.tracks.size(), 1U);
    EXPECT_EQ(file.tracks[0].title_reading(), "yoru");
    EXPECT_EQ(file.tracks[0].artist_reading(), "yamada");
    ASSERT_EQ(file.rejected.size(), 1U);
    EXPECT_EQ(file.rejected[0].field, "title_reading");
}

TEST(JsonLines, takes_null_and_blank_for_unknown) {
    const TrackFile file =
        parse_jsonl(R"({"title": "", "artist": null, "duration_s": null, "isrc": "", "year": 0})", "f");
    ASSERT_EQ(file.tracks.size(), 1U);
    EXPECT_TRUE(file.tracks[0].artists().empty());
    EXPECT_FALSE(file.tracks[0].duration());
}

TEST(JsonLines, reads_past_a_byte_order_mark_crlf_and_blank_lines) {
    const TrackFile file = parse_jsonl("\xEF\xBB\xBF{\"title\": \"a\"}\r\n\r\n  \n{\"title\": \"b\"}\r\n", "f");
    EXPECT_TRUE(file.rejected.empty());
    ASSERT_EQ(file.tracks.size(), 2U);
    EXPECT_EQ(file.lines, (std::vector<std::size_t>{1, 4}));
}

TEST(JsonLines, reports_a_truncated_last_line) {
    const TrackFile file = parse_jsonl("{\"title\": \"a\"}\n{\"title\": \"b", "songs.jsonl");
    EXPECT_EQ(file.tracks.size(), 1U);
    ASSERT_EQ(file.rejected.size(), 1U);
    EXPECT_EQ(file.rejected[0].line, 2U);
    EXPECT_EQ(file.rejected[0].code, Errc::invalid_json);
    EXPECT_EQ(file.rejected[0].message().substr(0, 14), "songs.jsonl:2:");
}

TEST(JsonLines, loses_one_line_to_bad_utf8_and_no_other) {
    const TrackFile file = parse_jsonl("{\"title\": \"a\"}\n{\"title\": \"\xFF\"}\n{\"title\": \"c\"}\n", "f");
    EXPECT_EQ(file.tracks.size(), 2U);
    ASSERT_EQ(file.rejected.size(), 1U);
    EXPECT_EQ(file.rejected[0].code, Errc::invalid_utf8);
}

TEST(JsonLines, loses_one_line_to_an_unclosed_string_and_no_other) {
    const TrackFile file = parse_jsonl("{\"title\": \"a}\n{\"title\": \"b\"}\n", "f");
    EXPECT_EQ(file.tracks.size(), 1U);
    EXPECT_EQ(file.rejected.size(), 1U);
}

TEST(JsonLines, reads_a_document_of_many_megabytes) {
    const std::string padding(12U << 20, ' ');
    const TrackFile file = parse_jsonl("{\"title\": " + padding + "\"a\"}\n{\"title\": \"b\"}\n", "f");
    EXPECT_EQ(file.tracks.size(), 2U);
}

TEST(JsonLines, names_the_field_that_is_wrong) {
    const struct {
        const char* line;
        const char* field;
        const char* reason;
    } cases[] = {
        {R"({"title": 3})", "title", "title is a number, not text"},
        {R"({"artists": ["a", 1]})", "artists[]", "artists[] is a number, not text"},
        {R"({"duration_s": "3:45"})", "duration_s", "duration_s is text, not a number"},
        {R"({"duration_ms": -5})", "duration_ms", "duration_ms is -5, not between 0 and 1,000 hours"},
        {R"({"duration_ms": 1e300})", "duration_ms", "duration_ms is out of range"},
        {R"({"year": 1999.5})", "year", "year is not a year"},
        {R"({"explicit": "yes"})", "explicit", "explicit is text, not a boolean"},
        {R"({"title": "a\u0000b"})", "title", "title holds U+0000"},
        {R"([1, 2])", "", "not a JSON object: the line is a list"},
    };
    for (const auto& bad : cases) {
        const TrackFile file = parse_jsonl(bad.line, "f");
        ASSERT_EQ(file.rejected.size(), 1U) << bad.line;
        EXPECT_EQ(file.rejected[0].field, bad.field);
        EXPECT_EQ(file.rejected[0].reason, bad.reason);
    }
}

TEST(JsonLines, takes_an_escaped_lone_surrogate_for_bad_text) {
    const TrackFile file = parse_jsonl("{\"title\": \"\\ud800\"}\n", "f");
    EXPECT_EQ(file.tracks.size() + file.rejected.size(), 1U);
    EXPECT_TRUE(file.tracks.empty());
}

TEST(JsonLines, of_nothing_is_nothing) {
    EXPECT_TRUE(parse_jsonl("", "f").tracks.empty());
    EXPECT_TRUE(parse_jsonl("\xEF\xBB\xBF", "f").rejected.empty());
}

TEST(JsonLines, reports_a_file_that_cannot_be_read) {
    const auto missing = musicsync::read_jsonl("/nonexistent/songs.jsonl");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, Errc::io);
    EXPECT_EQ(missing.error().message, "/nonexistent/songs.jsonl: No such file or directory");
    EXPECT_EQ(musicsync::read_jsonl("/tmp").error().code, Errc::io);
}

TEST(JsonLines, reads_a_file_and_an_empty_one) {
    const std::string path = testing::TempDir() + "musicsync_jsonl_test.jsonl";
    std::ofstream(path) << "{\"title\": \"a\"}\n";
    EXPECT_EQ(musicsync::read_jsonl(path)->tracks.size(), 1U);
    std::ofstream(path, std::ios::trunc).flush();
    EXPECT_TRUE(musicsync::read_jsonl(path)->tracks.empty());
    std::remove(path.c_str());
}

}  // namespace
