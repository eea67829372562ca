// Columns out of JSON Lines: the fast way through a line against simdjson's tree of the same line, and blocks of any
// size against each other.
#include "musicsync/columns.hpp"

#include <gtest/gtest.h>

#include <random>

#include "ingest/fast_line.hpp"
#include "ingest/line.hpp"
#include "ingest/structure.hpp"
#include "ingest/texts.hpp"
#include "musicsync/jsonl.hpp"

namespace musicsync {
namespace {

struct Outcome {
    std::vector<Track::Fields> tracks;
    std::vector<std::size_t> lines;
    std::vector<std::string> rejected;
    friend bool operator==(const Outcome&, const Outcome&) = default;
};

std::string told(const RejectedLine& line) {
    return line.message() + " [" + std::string(name(line.code)) + ", " + line.field + "]";
}

Outcome in_columns(std::string_view text, std::size_t block = TrackReader::default_block) {
    Outcome out;
    TrackReader reader = TrackReader::over(text, "f", block);
    while (true) {
        const auto batch = reader.next();
        if (!batch->has_value()) return out;
        const TrackBatch& some = **batch;
        for (std::size_t row = 0; row < some.columns.rows; ++row) out.tracks.push_back(*fields_at(some.columns, row));
        const std::vector<std::size_t> numbers = some.lines();
        out.lines.insert(out.lines.end(), numbers.begin(), numbers.end());
        for (const RejectedLine& line : some.rejected) out.rejected.push_back(told(line));
    }
}

// Line by line, each by simdjson's tree: what JSON Lines mean.
Outcome by_tree(std::string_view text) {
    Outcome out;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    simdjson::dom::parser parser;
    for (std::size_t line = 1; !text.empty(); ++line) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const simdjson::padded_string row(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (std::string_view(row).find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const auto fields = json::read_line(parser, row);
        if (fields) {
            out.tracks.push_back(*fields);
            out.lines.push_back(line);
        } else {
            const Error& error = fields.error();
            out.rejected.push_back(told({"f", line, error.code, error.field, error.message}));
        }
    }
    return out;
}

// Lines as files have them, and as nobody should.
constexpr const char* lines[] = {
    R"({"id": "1", "title": "Africa", "artists": ["Toto"], "album": "Toto IV", "isrc": "USSM18200342", "duration_ms": 295893, "release_year": 1982, "explicit": false, "more": {}})",
    R"({"id": 2, "track_name": "Stay", "artist": "A feat. B", "duration_s": 141.5, "year": 2021})",
    R"({"title":"caf\u00e9 \ud83c\udfb5 \"x\" \\ \/ \b\f\n\r\t","artist":"\u5bae","isrc":"us-sm1-82-00342"})",
    R"({"title": "  夜に駆ける ", "title_reading": "yoru", "artist_reading": "a", "artists": [null, "", " b ", "c"]})",
    R"({"title": null, "artist": "", "explicit": null, "duration_ms": null, "year": 0, "id": null, "album": " "})",
    R"({"more": [1, -2.5e3, true, [], {"a": [{}, "\u0041"]}, null], "title": "b", "explicit": true, "id": 0})",
    R"({"title": "a", "title": "b"})",
    R"({"title": null, "track_name": "x"})",
    R"({"ti\u0074le": "escaped"})",
    R"({"title": "\ud800"})",
    R"({"title": "\udc00\ud800"})",
    R"({"title": "a\u0000"})",
    R"({"title": "\x"})",
    R"({"title": 3})",
    R"({"duration_ms": -5, "title": "a"})",
    R"({"duration_ms": 3600000001})",
    R"({"duration_s": 3600000.0004})",
    R"({"duration_ms": 1e300})",
    R"({"more": 1e999})",
    R"({"more": 123456789012345678901234567890})",
    R"({"more": 18446744073709551615})",
    R"({"more": 01})",
    R"({"more": 1.})",
    R"({"more": -})",
    R"({"more": +1})",
    R"({"more": tru})",
    R"({"more": truefalse})",
    R"({"year": 1999.5})",
    R"({"year": 10000})",
    R"({"year": 1.999e3, "id": -7})",
    R"({"id": 123456789012345678})",
    R"({"id": 1.0})",
    R"({"explicit": "yes"})",
    R"([1, 2])",
    R"(7)",
    R"({"title": "a"} {"title": "b"})",
    R"({"title": "a"},)",
    R"({"title": "a",})",
    R"({,})",
    R"({})",
    R"({"title" "a"})",
    R"({"title": "a)",
    R"({"title": "a"} x)",
    R"( 	{ "title" : "spaced" , "artists" : [ "a" , "b" ] } )",
    "{\"title\": \"crlf\"}\r",
    "{\"title\": \"tab\tinside\"}",
    "{\"title\": \"\xFF\"}",
    "",
    "  \t ",
    "{",
    "\"title\": \"a\"",
    "}",
    R"({"artists": "one", "title": "x"})",
    R"({"artists": ["a", 1]})",
    R"({"artists": ["a" "b"]})",
    R"({"artists": ["a",]})",
    R"({"artists": {}})",
    R"({"artists": []})",
    R"({"a": {"b": {"c": "\ud83c"}}})",
    R"({"a":"b"c})",
    R"({"a":1"b"})",
};

TEST(Columns, every_line_alone_is_read_as_its_tree_says) {
    for (const char* line : lines) EXPECT_EQ(in_columns(line), by_tree(line)) << line;
}

TEST(Columns, usual_lines_go_the_fast_way) {
    json::Structure structure;
    json::FastLine fast;
    json::Row row;
    for (std::size_t i = 0; i < 6; ++i) {
        const std::string line = lines[i];
        ASSERT_TRUE(structure.find(line));
        fast.start(line, structure.positions());
        EXPECT_TRUE(fast.read(0, line.size(), row)) << line;
    }
    const Outcome outcome = in_columns(lines[2]);
    ASSERT_EQ(outcome.tracks.size(), 1U);
    EXPECT_EQ(outcome.tracks[0].title, "café 🎵 \"x\" \\ / \b");
    EXPECT_EQ(outcome.tracks[0].isrc, "USSM18200342");
}

class Random {
  public:
    explicit Random(std::uint64_t seed) : bits_(seed) {}
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(bits_() % limit); }

    std::string text(std::size_t count) {
        std::string out = below(4) == 0 ? "\xEF\xBB\xBF" : "";
        for (std::size_t i = 0; i < count; ++i) {
            out += lines[below(2) == 0 ? below(6) : below(std::size(lines))];
            if (i + 1 < count || below(2) == 0) out += '\n';
        }
        return out;
    }

    void mutate(std::string& text) {
        static constexpr std::string_view bytes = "\"\\{}[]:,\n \r\tnu0-.e1\xC3\xA9\xFF\x01\x7F";
        const std::size_t at = below(text.size() + 1);
        switch (below(4)) {
            case 0: text.insert(at, 1, bytes[below(bytes.size())]); break;
            case 1:
                if (at < text.size()) text[at] = bytes[below(bytes.size())];
                break;
            case 2: text.erase(at, 1 + below(3)); break;
            default: text.insert(at, text.substr(below(text.size() + 1), below(24))); break;
        }
    }

  private:
    std::mt19937_64 bits_;
};

TEST(Columns, mutated_files_are_read_as_their_trees_say_in_blocks_of_any_size) {
    Random random(20'240'607);
    for (int round = 0; round < 20'000; ++round) {
        std::string text = random.text(1 + random.below(5));
        for (std::size_t changes = random.below(4); changes > 0; --changes) random.mutate(text);
        const Outcome expected = by_tree(text);
        ASSERT_EQ(in_columns(text), expected) << text;
        ASSERT_EQ(in_columns(text, 1 + random.below(200)), expected) << text;
    }
}

// Enough lines of one shape for it to be known, then the same with a few bytes changed anywhere.
TEST(Columns, lines_of_a_known_shape_are_read_as_their_trees_say) {
    static constexpr std::string_view shapes[] = {
        R"({"id": "7", "title": "A b", "artist": "C", "album": "D", "isrc": "USSM18000001", "duration_ms": 180000})",
        R"({"duration_s":201,"year":1999,"title":"A title that has more than thirty-two bytes in it","other":"x"})",
        R"({"track_name": "", "isrc": null, "n": 12, "title_reading": "a", "artist_reading": "b", "release_year": 7})",
        R"({"title": "a", "x": {"y": [1, "b"]}, "artists": ["A", "B"], "explicit": true})",
        R"({"album": "a" , "title" : "b"})",
    };
    Random random(20'261'126);
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        const std::string_view shape = shapes[random.below(std::size(shapes))];
        for (std::size_t left = 2 + random.below(4); left > 0; --left) {
            std::string line(shape);
            if (random.below(3) == 0) random.mutate(line);
            if (random.below(8) == 0) line = shapes[random.below(std::size(shapes))];
            text += line + (random.below(16) == 0 ? " \n" : random.below(16) == 0 ? "\r\n" : "\n");
        }
        const Outcome expected = by_tree(text);
        ASSERT_EQ(in_columns(text), expected) << text;
        ASSERT_EQ(in_columns(text, 1 + random.below(400)), expected) << text;
    }
}

TEST(Columns, numbers_of_a_known_shape_are_read_as_their_trees_say) {
    for (const char* field : {"duration_ms", "duration_s", "year"}) {
        const std::string begin = "{\"title\": \"a\", \"" + std::string(field) + "\": ";
        std::string text = begin + "1}\n";
        for (const char* number :
             {"0",   "9",   "00", "01",   "10",  "9999",     "10000", "99999999", "100000000", "3600000", "3600001",
              "1.5", "1e3", "-1", "12:4", "1/3", "12345678", "",      " 1",       "1 ",        "x"})
            text += begin + number + "}\n";
        EXPECT_EQ(in_columns(text), by_tree(text)) << field;
    }
}

TEST(Columns, one_broken_line_costs_no_other_in_a_file_of_many_pieces) {
    std::string text;
    for (int i = 0; i < 20'000; ++i) text += "{\"id\": " + std::to_string(i) + ", \"title\": \"a\"}\n";
    for (const char* bad :
         {"{\"title\": \"\xFF\"}\n", "{\"title\": \"a}\n", "{\"title\": \"a\x01\"}\n", "{\"title\n"}) {
        std::string broken = text;
        broken.insert(broken.find('\n', broken.size() / 2) + 1, bad);
        const Outcome outcome = in_columns(broken);
        EXPECT_EQ(outcome.tracks.size(), 20'000U);
        EXPECT_EQ(outcome.rejected.size(), 1U);
        EXPECT_EQ(outcome, by_tree(broken));
    }
}

TEST(Columns, a_truncated_last_line_is_reported_and_one_without_its_line_feed_is_read) {
    EXPECT_EQ(in_columns("{\"title\": \"a\"}\n{\"title\": \"b").rejected.size(), 1U);
    EXPECT_EQ(in_columns("{\"title\": \"a\"}\n{\"title\": \"b\"}").tracks.size(), 2U);
}

TEST(Columns, lines_longer_than_a_block_are_read) {
    const std::string text =
        "{\"title\": \"" + std::string(100'000, 'x') + "\"}\n{\"title\": \"b\"}\n\n\n{\"title\": \"c\"}";
    const Outcome outcome = in_columns(text, 100);
    EXPECT_EQ(outcome.lines, (std::vector<std::size_t>{1, 2, 5}));
    EXPECT_EQ(outcome.tracks[0].title.size(), 100'000U);
    const std::string too_long = "{\"title\": \"" + std::string(Track::max_text_bytes + 1, 'x') + "\"}";
    EXPECT_EQ(in_columns(too_long), by_tree(too_long));
    EXPECT_EQ(in_columns(too_long).rejected.size(), 1U);
}

TEST(Columns, batches_outlive_the_reader_and_hold_what_is_unknown_as_null) {
    TrackColumns columns;
    {
        TrackReader reader =
            TrackReader::over("{\"title\": \"a\", \"explicit\": false}\n{\"id\": 5, \"year\": 1999}", "f");
        columns = (**reader.next()).columns;
    }
    ASSERT_EQ(columns.rows, 2U);
    EXPECT_EQ(columns.title[0], "a");
    EXPECT_EQ(columns.title[1].data(), nullptr);
    EXPECT_EQ(columns.id[1], "5");
    EXPECT_FALSE(columns.album.present);
    EXPECT_EQ(columns.release_year[1], 1999.0);
    EXPECT_FALSE(columns.release_year[0]);
    EXPECT_EQ(columns.explicit_[0], 0.0);
    EXPECT_FALSE(columns.explicit_[1]);
    EXPECT_EQ(track_at(columns, 1)->release_year(), 1999);
}

TEST(Columns, an_error_names_field_and_row) {
    const double seconds[] = {1.0, std::numeric_limits<double>::quiet_NaN(), 1e13, -1.0};
    const std::int8_t years[] = {1, 1, 1, 1};
    TrackColumns columns;
    columns.rows = 4;
    columns.duration_s = {NumberColumn::Type::f64, seconds};
    columns.year = {NumberColumn::Type::i8, years};
    EXPECT_EQ(track_at(columns, 0)->duration()->count(), 1000);
    for (const auto& [row, message] : {std::pair{1U, "duration_s is NaN"},
                                       {2U, "duration_s is out of range"},
                                       {3U, "duration_ms is -1000, not between 0 and 1,000 hours"}}) {
        const auto track = track_at(columns, row);
        ASSERT_FALSE(track);
        EXPECT_EQ(track.error().message, message);
        EXPECT_EQ(track.error().row, row);
    }
}

TEST(Columns, an_alias_counts_where_the_first_name_is_unknown) {
    using namespace std::string_view_literals;
    TrackColumns columns;
    columns.rows = 3;
    columns.title = {true, {}, nullptr, {}, {"a", {}, ""}};
    columns.track_name = {true, {}, nullptr, {}, {"x", "y", "z"}};
    EXPECT_EQ(fields_at(columns, 0)->title, "a");
    EXPECT_EQ(fields_at(columns, 1)->title, "y");
    EXPECT_EQ(fields_at(columns, 2)->title, "");
}

TEST(JsonTexts, numbers_are_those_of_json) {
    double value = 0.0;
    for (const char* good : {"0", "7", "-0", "-12.5e-3", "123456789012345", "1e5", "0.1"}) {
        EXPECT_TRUE(json::read_number(good, value)) << good;
        EXPECT_EQ(value, std::strtod(good, nullptr)) << good;
    }
    for (const char* bad : {"", "00", "01", "-", "+1", ".5", "1.", "1e", "1e+", "0x1", "inf", "nan", "1 ", "1e999"})
        EXPECT_FALSE(json::read_number(bad, value)) << bad;
}

}  // namespace
}  // namespace musicsync
