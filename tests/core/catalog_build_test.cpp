// What is kept of a catalogue's tracks is what each of them says by itself, whatever the threads that made it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <numeric>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "catalog/classic_search.hpp"
#include "catalog/parts.hpp"
#include "catalog/stable_order.hpp"
#include "catalog_files.hpp"
#include "composer.hpp"
#include "musicsync/jsonl.hpp"
#include "parallel/for_blocks.hpp"
#include "score/normal_form.hpp"
#include "score/outline.hpp"
#include "score/plain_track.hpp"

namespace musicsync {
namespace {

using catalog::Rows;
using catalog::StandardRows;
using testing_support::Bytes;
using testing_support::Composer;
using testing_support::Folder;
using testing_support::songs;

// Of every kind; and songs that share titles, credits and albums, which are told of once.
std::vector<Track> many() {
    std::vector<Track> out = songs(1500, 7);
    const std::vector<Track> given = out;
    for (std::size_t i = 0; i < 1500; ++i) {
        Track::Fields fields = given[i].fields();
        fields.title = given[i * 7 % given.size()].title();
        fields.album = given[i * 11 % given.size()].album();
        out.push_back(*Track::make(std::move(fields)));
    }
    return out;
}

catalog::Parts parts_of(const std::vector<Track>& tracks) {
    catalog::PartsBuilder builder;
    EXPECT_TRUE(builder.add(tracks));
    return *std::move(builder).build(0);
}

std::string names_of(const Outline& outline) {
    std::string out(outline.text_of(Outline::line));
    outline.for_each_name([&out](std::size_t begin, std::size_t) {
        if (begin > 0) out[begin - 1] = '\n';
    });
    return out;
}

bool finds(const catalog::RowsByHash& rows, std::uint32_t hash, std::uint32_t row) {
    bool found = false;
    rows.find(hash, [&](std::uint32_t one) { found |= one == row; });
    return found;
}

TEST(CatalogBuild, a_row_of_standard_says_what_its_track_says) {
    const std::vector<Track> tracks = many();
    const catalog::Parts parts = parts_of(tracks);
    const StandardRows& all = *parts.standard;
    const Rows& rows = all.rows;
    std::size_t short_way = 0;
    std::vector<int> whole_titles(tracks.size());  // rows of each track that are of its whole title
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
        const Track& track = tracks[rows.tracks[row]];
        const Outline& outline = track.outline();
        const NormalForm& form = track.normal();
        const std::size_t group = rows.groups.of(row);
        ASSERT_TRUE(catalog::is_readable(track));
        ASSERT_EQ(rows.albums[rows.groups.albums[group]], to_utf8(form.album.text));
        ASSERT_EQ(rows.title_signatures[row],
                  rows.titles.levels.of(std::u32string_view(to_code_points(rows.titles[rows.title_of[row]]))));
        ASSERT_EQ(rows.groups.signatures[group], rows.albums.levels.of(form.album.text));
        ASSERT_TRUE(finds(all.by_letters, outline.letters, row));
        ASSERT_TRUE(finds(all.by_whole, outline.whole, row));
        if (all.everything[row].size == 0) continue;  // another reading of the title
        ++whole_titles[rows.tracks[row]];
        ASSERT_EQ(rows.titles[rows.title_of[row]], to_utf8(form.title.text));
        ASSERT_EQ(all.joined[row], all.joined_levels.of(form.joined));
        ASSERT_EQ(all.everything[row], all.everything_levels.of(form.everything));
        ASSERT_EQ(std::binary_search(all.works.begin(), all.works.end(), row), outline.has(Outline::work));
        if (!outline.has(Outline::as_it_stands)) continue;
        ++short_way;
        ASSERT_EQ(catalog::names_of_credit(rows.credits[rows.groups.credits[group]]), names_of(outline));
    }
    for (const std::uint32_t track : rows.others) {
        ASSERT_FALSE(catalog::is_readable(tracks[track]));
        ASSERT_EQ(whole_titles[track]++, 0);
    }
    EXPECT_TRUE(std::ranges::all_of(whole_titles, [](int count) { return count == 1; }));
    EXPECT_GT(short_way, 100U);
    EXPECT_LT(short_way, rows.size() - 100);
}

TEST(CatalogBuild, a_row_of_classic_says_what_its_track_says) {
    const std::vector<Track> tracks = many();
    const catalog::Parts parts = parts_of(tracks);
    const Rows& rows = *parts.classic;
    EXPECT_EQ(rows.size() + rows.others.size(), tracks.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const NormalForm& form = tracks[rows.tracks[row]].normal();
        const std::size_t group = rows.groups.of(row);
        ASSERT_EQ(rows.titles[rows.title_of[row]], to_utf8(form.classic.title));
        ASSERT_EQ(rows.credits[rows.groups.credits[group]], to_utf8(form.classic.artist));
        ASSERT_EQ(rows.albums[rows.groups.albums[group]], to_utf8(form.classic.album));
        ASSERT_EQ(rows.title_signatures[row], rows.titles.levels.of(form.classic.title));
    }
}

TEST(CatalogBuild, rows_stand_by_credit_by_album_and_in_their_order) {
    const catalog::Parts parts = parts_of(many());
    for (const Rows* rows : {&*parts.classic, &parts.standard->rows}) {
        const catalog::Groups& groups = rows->groups;
        std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
        for (std::size_t group = 0; group < groups.size(); ++group) {
            ASSERT_TRUE(seen.emplace(groups.credits[group], groups.albums[group]).second);
            ASSERT_LE(groups.credits[group - (group > 0 ? 1 : 0)], groups.credits[group]);
            for (std::uint32_t row = groups.begins[group] + 1; row < groups.begins[group + 1]; ++row)
                ASSERT_LE(rows->tracks[row - 1], rows->tracks[row]);  // a track may have several
        }
    }
}

// Texts of rows side by side lie side by side.
TEST(CatalogBuild, titles_and_albums_are_numbered_as_rows_have_them_first) {
    const catalog::Parts parts = parts_of(many());
    for (const Rows* rows : {&*parts.classic, &parts.standard->rows}) {
        std::uint32_t titles = 0;
        for (const std::uint32_t title : rows->title_of) {
            ASSERT_LE(title, titles);
            titles = std::max(titles, title + 1);
        }
        EXPECT_EQ(titles, rows->titles.size());
        std::uint32_t albums = 0;
        for (const std::uint32_t album : rows->groups.albums) {
            ASSERT_LE(album, albums);
            albums = std::max(albums, album + 1);
        }
        EXPECT_EQ(albums, rows->albums.size());
        EXPECT_GT(albums, 100U);
    }
}

// The group of each row, by another way than the search's.
TEST(CatalogBuild, a_row_knows_its_group) {
    const catalog::Parts parts = parts_of(many());
    const catalog::GroupOfRows group_of(parts.classic->groups);
    for (std::size_t row = 0; row < parts.classic->size(); ++row)
        ASSERT_EQ(group_of[row], parts.classic->groups.of(row)) << row;
}

// A track is plain where each of its fields is, and then they say what it says.
TEST(CatalogBuild, plain_fields_say_what_a_plain_track_says) {
    std::vector<Track> tracks = many();
    Composer composer;
    for (std::size_t i = 0; i < 3000; ++i) tracks.push_back(composer.track());
    std::size_t plain = 0;
    for (const Track& track : tracks) {
        PlainTitle said;
        std::string title;
        std::string album;
        std::string credit;
        const bool all = plain_title(track.title(), title, said) && plain_album(track.album(), album) &&
                         plain_credit(track.artists(), credit);
        const Outline& outline = track.outline();
        ASSERT_EQ(all, outline.has(Outline::as_it_stands)) << track.title();
        if (!all) continue;
        ++plain;
        ASSERT_EQ(title, outline.text_of(Outline::title));
        ASSERT_EQ(album, outline.text_of(Outline::album));
        ASSERT_EQ(credit, names_of(outline));
        ASSERT_EQ(said.whole, outline.whole);
        ASSERT_EQ(said.letters, outline.letters);
        ASSERT_EQ(said.work, outline.has(Outline::work));
        ASSERT_EQ(said.wildcards, outline.has(Outline::wildcards));
    }
    EXPECT_GT(plain, 300U);
}

// The next part of the file is read while one is added: the same file and the same rejected lines come of it.
TEST(CatalogBuild, of_lines_is_the_same_on_any_number_of_threads) {
    const Folder folder;
    const std::string path = folder.file("tracks.jsonl");
    constexpr std::size_t lines = 12'000;  // of three parts
    {
        std::ofstream file(path);
        const std::string passed_over(2000, 'x');
        for (std::size_t i = 0; i < lines; ++i) {
            if (i % 1000 == 999) file << "{\"title\": " << i << "\n";
            file << "{\"id\": \"" << i << "\", \"title\": \"Song " << i % 4000 << (i % 5 == 0 ? " (Live)" : "")
                 << "\", \"artists\": [\"Band " << i % 37 << "\", \"Dúo " << i % 3 << "\"], \"album\": \"Album "
                 << i % 300 << "\", \"isrc\": \"USABC" << 1'000'000 + i << "\", \"duration_ms\": " << i * 7
                 << ", \"other\": \"" << passed_over << "\"}\n";
        }
    }
    const auto messages_of = [](const std::vector<RejectedLine>& some) {
        std::vector<std::string> out(some.size());
        std::ranges::transform(some, out.begin(),
                               [](const RejectedLine& line) { return line.message() + " " + line.field; });
        return out;
    };
    std::vector<Bytes> files;
    std::vector<std::vector<std::string>> rejected;
    for (const int threads : {1, 2, 8}) {
        parallel::set_threads(threads);
        CatalogBuilder builder;
        rejected.push_back(messages_of(*builder.add_jsonl(path, {threads, {}})));
        files.push_back(*std::move(builder).build()->bytes());
    }
    parallel::set_threads(0);
    const TrackFile read = *read_jsonl(path);
    const std::vector<std::string> messages = messages_of(read.rejected);
    EXPECT_EQ(read.tracks.size(), lines);
    EXPECT_EQ(messages.size(), lines / 1000);
    for (std::size_t i = 0; i < files.size(); ++i) {
        EXPECT_EQ(rejected[i], messages);
        EXPECT_TRUE(files[i] == *Catalog::build(read.tracks)->bytes());
    }
}

TEST(CatalogBuild, codes_are_numbers_in_their_order) {
    std::vector<std::string> codes{"AA0000000000", "AA0000000001", "GBARL9300135", "USABC1234567", "ZZZZZ9999999"};
    for (std::size_t i = 0; i < codes.size(); ++i) {
        EXPECT_EQ(catalog::text_of(catalog::code_of(codes[i])), codes[i]);
        EXPECT_LT(i == 0 ? 0 : catalog::code_of(codes[i - 1]), catalog::code_of(codes[i]));
    }
    for (const char* none : {"", "GBARL930013", "GBARL93001350", "gbarl9300135", "GB-RL9300135"})
        EXPECT_EQ(catalog::code_of(none), 0U);
    EXPECT_EQ(catalog::text_of(0), "");
}

TEST(CatalogBuild, rows_by_hash_find_all_of_a_hash_and_few_others) {
    for (const std::size_t count : {0U, 1U, 15U, 16U, 17U, 5000U}) {
        std::vector<std::uint32_t> hashes(count);
        for (std::size_t i = 0; i < count; ++i) hashes[i] = static_cast<std::uint32_t>(i / 3 * 2'654'435'761U);
        if (count > 1) hashes[1] = ~std::uint32_t{0};
        const catalog::RowsByHash rows(hashes);
        std::size_t found = 0;
        for (std::uint32_t row = 0; row < count; ++row) {
            EXPECT_TRUE(finds(rows, hashes[row], row));
            rows.find(hashes[row], [&found](std::uint32_t) { ++found; });
        }
        EXPECT_LE(found, 4 * count);
    }
}

TEST(CatalogBuild, order_by_counting_is_stable) {
    std::vector<std::uint32_t> items(1000);
    std::iota(items.begin(), items.end(), 0U);
    const auto number_of = [](std::uint32_t item) { return item * 7 % 13; };
    std::vector<std::uint32_t> expected = items;
    std::stable_sort(expected.begin(), expected.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return number_of(a) < number_of(b); });
    std::vector<std::uint32_t> begins;
    EXPECT_EQ(catalog::stable_by(items, 13, number_of, &begins), expected);
    ASSERT_EQ(begins.size(), 14U);
    for (std::uint32_t number = 0; number < 13; ++number) EXPECT_EQ(number_of(expected[begins[number]]), number);
    EXPECT_EQ(begins.back(), items.size());
}

}  // namespace
}  // namespace musicsync
