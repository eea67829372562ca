// A catalogue's file: what is written is read again, and what is none is refused by name.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "catalog_files.hpp"
#include "musicsync/rank.hpp"
#include "reseal.hpp"
#include "score/normal_form.hpp"

namespace {

using namespace musicsync;
using namespace musicsync::testing_support;

void expect_same(const Catalog& catalog, const std::vector<Track>& tracks, const std::vector<Track>& queries) {
    ASSERT_EQ(catalog.size(), tracks.size());
    for (std::size_t i = 0; i < tracks.size(); ++i) ASSERT_EQ(catalog[i].fields(), tracks[i].fields()) << i;
    for (const Profile& profile : {Profile::standard(), Profile::classic()}) {
        const auto expected = *matrix_top_k(profile, queries, tracks, 10);
        for (std::size_t q = 0; q < queries.size(); ++q) {
            const auto hits = catalog.search(profile, queries[q], 10);
            ASSERT_EQ(hits.size(), expected[q].size());
            for (std::size_t i = 0; i < hits.size(); ++i) {
                ASSERT_EQ(hits[i].index, expected[q][i].index);
                ASSERT_EQ(hits[i].score, expected[q][i].score);
                ASSERT_EQ(hits[i].probability, expected[q][i].probability);
            }
        }
    }
    for (std::size_t i = 0; i < tracks.size(); i += 97) {
        if (tracks[i].isrc().empty()) continue;
        const auto found = *catalog.lookup_isrc(tracks[i].isrc());
        EXPECT_TRUE(std::find(found.begin(), found.end(), i) != found.end());
        for (const std::size_t other : found) EXPECT_EQ(tracks[other].isrc(), tracks[i].isrc());
    }
}

TEST(CatalogFile, holds_all_that_was_built) {
    const Folder folder;
    for (const std::size_t count : {std::size_t{0}, std::size_t{7}, std::size_t{5000}}) {
        const std::vector<Track> tracks = songs(count, 1);
        const std::string path = folder.file("songs.msc");
        const Catalog built = *Catalog::build(tracks);
        const std::size_t bytes = *built.save(path);
        EXPECT_EQ(bytes, std::filesystem::file_size(path));
        const std::vector<Track> queries = songs(8, 2);
        expect_same(built, tracks, queries);
        expect_same(*Catalog::open(path), tracks, queries);
        expect_same(*Catalog::open(path, Catalog::Memory::mapped), tracks, queries);
        expect_same(*Catalog::from_bytes(*built.bytes(), "bytes"), tracks, queries);
        EXPECT_EQ(content(path), *built.bytes());
        EXPECT_TRUE(Catalog::verify(path)->empty());
        const CatalogInfo info = *Catalog::info(path);
        EXPECT_EQ(info.tracks, count);
        EXPECT_EQ(info.bytes, bytes);
        EXPECT_EQ(info.has_rows, count == 5000);
        EXPECT_TRUE(info.read_as_now);
    }
    EXPECT_EQ(folder.files(), 1U);
}

// A file that was read may change or go; one that is mapped is shared, and stays readable when another takes its place.
TEST(CatalogFile, is_never_changed_once_it_is_published) {
    const Folder folder;
    const std::string path = folder.file("songs.msc");
    const std::vector<Track> first = songs(3000, 1);
    ASSERT_TRUE(Catalog::build(first)->save(path));
    const Catalog mapped = *Catalog::open(path, Catalog::Memory::mapped);
    ASSERT_TRUE(Catalog::build(songs(2500, 5))->save(path));
    expect_same(mapped, first, songs(3, 2));
    EXPECT_EQ(Catalog::open(path)->size(), 2500U);
}

TEST(CatalogFile, is_made_of_parts_of_any_size) {
    const std::vector<Track> tracks = songs(3000, 3);
    CatalogBuilder builder;
    for (std::size_t begin = 0, size = 1; begin < tracks.size(); begin += size, size = size * 3 % 1013 + 1)
        ASSERT_TRUE(builder.add(std::span(tracks).subspan(begin, std::min(size, tracks.size() - begin))));
    EXPECT_EQ(builder.size(), tracks.size());
    EXPECT_EQ(*std::move(builder).build()->bytes(), *Catalog::build(tracks)->bytes());
}

TEST(CatalogFile, that_is_none_is_refused_by_name) {
    const Folder folder;
    const std::string path = folder.file("songs.msc");
    const auto error_of = [&path](const std::string& text) {
        std::ofstream(path, std::ios::binary) << text;
        return Catalog::open(path).error();
    };
    for (const std::string& text : {std::string(), std::string("{}\n"), std::string(200, '\0')}) {
        const Error error = error_of(text);
        EXPECT_EQ(error.code, Errc::damaged);
        EXPECT_EQ(error.message, path + ": this is no catalogue");
    }
    EXPECT_EQ(Catalog::open(folder.file("nothing")).error().code, Errc::io);
    EXPECT_EQ(Catalog::open(folder.file("")).error().code, Errc::io);  // a folder
    EXPECT_EQ(Catalog::open(folder.file("nothing"), Catalog::Memory::mapped).error().code, Errc::io);
    EXPECT_EQ(Catalog::verify(folder.file("nothing")).error().code, Errc::io);
}

TEST(CatalogFile, of_a_newer_format_is_refused_by_name) {
    Bytes file = small_file(30, 1);
    const std::uint32_t newer = format::version + 1;
    std::memcpy(file.data() + offsetof(format::Header, version), &newer, sizeof newer);
    reseal(file);
    EXPECT_TRUE(Catalog::from_bytes(file, "songs.msc"));  // which this reader may read
    std::memcpy(file.data() + offsetof(format::Header, oldest_reader), &newer, sizeof newer);
    reseal(file);
    const Error error = Catalog::from_bytes(file, "songs.msc").error();
    EXPECT_EQ(error.code, Errc::newer_format);
    EXPECT_NE(error.message.find("songs.msc: a catalogue of format 4"), std::string::npos) << error.message;
}

TEST(CatalogFile, of_an_older_format_is_refused_by_name) {
    Bytes file = small_file(30, 1);
    const std::uint32_t older = format::oldest_read - 1;
    std::memcpy(file.data() + offsetof(format::Header, version), &older, sizeof older);
    reseal(file);
    const Error error = Catalog::from_bytes(file, "songs.msc").error();
    EXPECT_EQ(error.code, Errc::damaged);
    EXPECT_EQ(error.message, "songs.msc: a catalogue of format 2, which this musicsync does not read: build it again");
}

// What is in a file changes with the format, which has a version, or with what the engine makes of titles and credits,
// which has one too (normal_form_version): raise it with this number. Other words of the vocabulary change this number
// alone, for the header knows their fingerprint.
TEST(CatalogFile, changes_with_its_versions_alone) {
    const Bytes file = small_file(500, 1);
    format::Header header{};
    std::memcpy(&header, file.data(), sizeof header);
    const std::size_t begin = sizeof header + header.sections * sizeof(format::Section);
    EXPECT_EQ(format::version, 3U);
    EXPECT_EQ(normal_form_version, 1U);
    EXPECT_EQ(catalog::checksum(file.data() + begin, file.size() - begin), 13914945994543035776U);
}

// Rows that were made by other words are not looked into: every track is compared.
TEST(CatalogFile, that_was_read_by_other_words_is_searched_all_the_same) {
    const std::vector<Track> tracks = songs(3000, 4);
    Bytes file = *Catalog::build(tracks)->bytes();
    const std::uint64_t other = catalog::reading() + 1;
    std::memcpy(file.data() + offsetof(format::Header, read_as), &other, sizeof other);
    format::Header header{};
    std::memcpy(&header, file.data(), sizeof header);
    for (std::size_t i = 0; i < header.sections; ++i) {  // and they are not what they would be
        format::Section section{};
        std::memcpy(&section, file.data() + sizeof header + i * sizeof section, sizeof section);
        const auto ends_with = [&section](const char* end) { return section.text().ends_with(end); };
        const bool says_where = std::ranges::any_of(std::array{"begins", "wide", "count", "gaps"}, ends_with);
        if (!section.text().starts_with("standard.") || says_where) continue;
        const std::size_t first = section.item_bytes == 8 ? 1 : 0;  // how many numbers follow, where they are packed
        if (section.items > first)
            std::memset(file.data() + section.offset + 8 * first, 0, (section.items - first) * section.item_bytes);
    }
    reseal(file);
    const Catalog catalog = *Catalog::from_bytes(file, "songs.msc");
    expect_same(catalog, tracks, songs(12, 6));
}

}  // namespace
