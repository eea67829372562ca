// Ranking texts without tracks gives what ranking the tracks of these texts gives, to the last bit.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "musicsync/rank.hpp"

namespace {

using namespace musicsync;

struct Row {
    std::string id, title, artist, album, isrc;
};

Result<Track> track_of(const Row& row) {
    Track::Fields fields;
    fields.id = row.id;
    fields.title = row.title;
    fields.artists = {row.artist};
    fields.album = row.album;
    fields.isrc = row.isrc;
    return Track::make(std::move(fields));
}

TextRow text_of(const Row& row) { return {row.title, row.artist, row.album, row.isrc}; }

// Columns that look into the rows.
struct Columns {
    std::vector<std::string_view> id, title, artist, album, isrc;

    explicit Columns(const std::vector<Row>& rows) {
        for (const Row& row : rows) {
            id.push_back(row.id);
            title.push_back(row.title);
            artist.push_back(row.artist);
            album.push_back(row.album);
            isrc.push_back(row.isrc);
        }
    }
    [[nodiscard]] TextColumns view() const { return {id, title, artist, album, isrc}; }
};

class RandomRows {
  public:
    explicit RandomRows(std::uint64_t seed) : random_(seed) {}

    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }

    std::string text() {
        static constexpr const char* words[] = {"river", "Song ", " the ", "NIGHT", "café",   "Группа ", "夜に駆ける",
                                                "İ",     "\t",    "Omen",  "[2]",   "\u1E9E", "x"};
        static constexpr const char* blanks[] = {"", " ", "\t \n"};
        if (below(6) == 0) return blanks[below(3)];
        const bool plain = below(2) == 0;
        std::string out;
        for (std::size_t more = 1 + below(below(5) == 0 ? 30 : 5); more > 0; --more)
            out += plain ? words[below(4)] : words[below(std::size(words))];
        return below(8) == 0 ? every_symbol() : out;
    }
    Row row() {
        static constexpr const char* codes[] = {"", "", "USSM18200342", " us-sm1-82-00342 ", "GBAAA9900001", "none"};
        return {std::to_string(below(4)), text(), text(), text(), codes[below(std::size(codes))]};
    }
    // A row much like this one.
    Row near(Row row) {
        if (below(2) == 0) row.title = text();
        if (below(2) == 0) row.artist = text();
        if (below(3) == 0) row.album = text();
        if (below(2) == 0) row.isrc.clear();
        row.id = std::to_string(below(4));
        return row;
    }

  private:
    // 30 to 70 distinct symbols of ASCII.
    std::string every_symbol() {
        std::string out;
        const std::size_t size = 30 + below(41);
        for (std::size_t i = 0; i < size; ++i) out.push_back(static_cast<char>('!' + i));
        return out;
    }
    std::mt19937_64 random_;
};

void expect_equal(const std::vector<Ranked>& found, const std::vector<Ranked>& expected) {
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        ASSERT_EQ(found[i].index, expected[i].index) << "place " << i;
        ASSERT_EQ(found[i].score, expected[i].score) << "place " << i;
        ASSERT_EQ(found[i].probability, expected[i].probability);
    }
}

TEST(RankTexts, gives_what_the_tracks_of_the_texts_give) {
    RandomRows random(20'261'126);
    const Profile profile = Profile::classic();
    for (int round = 0; round < 400; ++round) {
        const Row query = random.row();
        std::vector<Row> rows;
        for (std::size_t count = random.below(round % 8 == 0 ? 200 : 40); count > 0; --count)
            rows.push_back(random.below(2) == 0 ? random.near(query) : random.row());
        std::vector<Track> tracks;
        tracks.reserve(rows.size());
        for (const Row& row : rows) tracks.push_back(*track_of(row));
        const RankOptions options{random.below(3) == 0 ? random.below(20) : no_limit, random.below(2) == 0 ? 0.0 : 0.3};
        const Columns columns(rows);
        const auto found = rank_texts(profile, text_of(query), columns.view(), options);
        ASSERT_TRUE(found) << found.error().message;
        expect_equal(*found, rank(profile, *track_of(query), tracks, options));
        if (HasFatalFailure()) FAIL() << "round " << round;
    }
}

TEST(RankTexts, takes_a_column_that_is_not_there_as_unknown) {
    RandomRows random(7);
    const Row query = random.row();
    std::vector<Row> rows;
    std::vector<Track> tracks;
    for (int i = 0; i < 30; ++i) {
        rows.push_back({"", random.near(query).title, "", "", ""});
        tracks.push_back(*track_of(rows.back()));
    }
    const Columns columns(rows);
    TextColumns view;
    view.title = columns.title;
    expect_equal(*rank_texts(Profile::classic(), text_of(query), view),
                 rank(Profile::classic(), *track_of(query), tracks));
    EXPECT_TRUE(rank_texts(Profile::classic(), text_of(query), {})->empty());
}

// A field of one candidate, and of the query, is no text: the error says which and where, as Track::make does.
TEST(RankTexts, names_the_field_and_the_row_of_a_bad_text) {
    const std::string bad[] = {std::string("a\0b", 3), std::string(1, '\0'), "caf\xC3"};
    std::string Row::*const fields[] = {&Row::title, &Row::artist, &Row::album, &Row::isrc};
    const Row good{"", "Omen", "Ann", "Best", ""};
    for (const std::string& text : bad) {
        for (const auto field : fields) {
            std::vector<Row> rows(100, good);
            rows[77].*field = text;
            const Error expected = track_of(rows[77]).error();
            const auto found = rank_texts(Profile::classic(), text_of(good), Columns(rows).view());
            ASSERT_FALSE(found) << expected.message;
            EXPECT_EQ(found.error().code, expected.code);
            EXPECT_EQ(found.error().field, expected.field);
            EXPECT_EQ(found.error().message, expected.message);
            EXPECT_EQ(found.error().row, 77U);
            const auto asked = rank_texts(Profile::classic(), text_of(rows[77]), Columns({good}).view());
            ASSERT_FALSE(asked);
            EXPECT_EQ(asked.error().code, expected.code);
            EXPECT_EQ(asked.error().field, expected.field);
        }
    }
}

TEST(RankTexts, refuses_columns_of_different_lengths_and_other_rules) {
    const Row row{"", "Omen", "Ann", "", ""};
    const Columns columns({row, row});
    TextColumns uneven = columns.view();
    uneven.artist = uneven.artist.first(1);
    const auto found = rank_texts(Profile::classic(), text_of(row), uneven);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, Errc::length_mismatch);
    EXPECT_EQ(found.error().field, "artist");
    EXPECT_EQ(rank_texts(Profile::standard(), text_of(row), columns.view()).error().code, Errc::invalid_value);
}

// Fails today: the kernel takes a plain text of any length, so nobody looks at its size.
TEST(RankTexts, refuses_a_plain_text_that_is_too_long_for_a_track) {
    const Row good{"", "Omen", "Ann", "Best", ""};
    std::vector<Row> rows(3, good);
    rows[1].title = std::string(Track::max_text_bytes + 1, 'a');
    const auto found = rank_texts(Profile::classic(), text_of(good), Columns(rows).view());
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, Errc::too_long);
    EXPECT_EQ(found.error().row, 1U);
}

}  // namespace
