// Damage to a catalogue's file is told of, and a file that is made to do harm does none.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catalog_files.hpp"
#include "kernel_texts.hpp"
#include "reseal.hpp"

namespace {

using namespace musicsync;
using namespace musicsync::testing_support;

std::size_t bytes_before_sections(const Bytes& file) {
    format::Header header{};
    std::memcpy(&header, file.data(), sizeof header);
    return sizeof header + header.sections * sizeof(format::Section);
}

std::vector<std::string> faults_of(const Bytes& file) { return catalog::faults(file, "songs.msc"); }

TEST(CatalogDamage, of_which_a_bit_is_another_is_told) {
    const Bytes good = small_file(40, 2);
    ASSERT_TRUE(faults_of(good).empty());
    Bytes file = good;
    std::mt19937 random(5);
    std::vector<std::size_t> bits;
    for (std::size_t bit = 0; bit < 8 * bytes_before_sections(good); bit += all_of_it() ? 1 : 7) bits.push_back(bit);
    for (std::size_t i = 0; i < often(10'000); ++i) bits.push_back(random() % (8 * good.size()));
    for (const std::size_t bit : bits) {
        const std::byte mask{static_cast<unsigned char>(1U << (bit % 8))};
        file[bit / 8] ^= mask;
        ASSERT_FALSE(faults_of(file).empty()) << "bit " << bit;
        file[bit / 8] ^= mask;
    }
}

TEST(CatalogDamage, that_ends_too_early_is_told) {
    const Bytes good = small_file(40, 2);
    ASSERT_GT(good.size(), std::size_t{40'000});
    const std::size_t step = all_of_it() ? 1 : 13;
    for (std::size_t size = 0; size < good.size(); size += step)
        ASSERT_FALSE(catalog::faults(std::span(good).first(size), "songs.msc").empty()) << size;
    Bytes longer = good;
    longer.push_back(std::byte{0});
    EXPECT_FALSE(faults_of(longer).empty());
}

// Opens a file as somebody would who does not look into it first, and searches it.
void open_and_search(const Bytes& file, const std::vector<Track>& queries) {
    const Result<Catalog> catalog = Catalog::from_bytes(file, "songs.msc");
    if (!catalog) {
        ASSERT_TRUE(catalog.error().code == Errc::damaged || catalog.error().code == Errc::newer_format);
        return;
    }
    for (const Track& query : queries) {
        (void)catalog->search(Profile::standard(), query, 10);
        (void)catalog->search(Profile::classic(), query, 10);
        if (!query.isrc().empty()) (void)catalog->lookup_isrc(query.isrc());
    }
    for (std::size_t i = 0; i < std::min<std::size_t>(catalog->size(), 50); ++i) (void)(*catalog)[i];
}

TEST(CatalogDamage, that_is_made_to_do_harm_does_none) {
    std::mt19937_64 random(7);
    const std::vector<Track> queries = songs(all_of_it() ? 50 : 1, 9);
    const Bytes good = small_file(25, 8);
    const std::size_t before = bytes_before_sections(good);
    static constexpr std::uint64_t values[] = {0,
                                               1,
                                               2,
                                               63,
                                               64,
                                               255,
                                               0x7FFFFFFF,
                                               0x80000000,
                                               0xFFFFFFFF,
                                               0x7FFFFFFFFFFFFFFF,
                                               0x8000000000000000,
                                               0xFFFFFFFFFFFFFFFF};
    for (std::size_t i = 0; i < often(1000); ++i) {
        Bytes file = good;
        for (std::size_t changes = 1 + random() % 3; changes > 0; --changes) {
            const std::size_t at = random() % 3 == 0 ? random() % before : random() % good.size();
            const std::uint64_t value = random() % 2 == 0 ? random() : values[random() % std::size(values)];
            const std::size_t width = std::size_t{1} << (random() % 4);
            std::memcpy(file.data() + at / width * width, &value, std::min(width, file.size() - at / width * width));
        }
        reseal(file);
        open_and_search(file, queries);
    }
}

// Each section in turn: empty, shorter, gone, of the smallest and the greatest numbers.
TEST(CatalogDamage, of_which_any_section_is_made_to_do_harm_does_none) {
    const Bytes good = small_file(60, 8);
    const std::vector<Track> queries = songs(2, 9);
    format::Header header{};
    std::memcpy(&header, good.data(), sizeof header);
    std::size_t cases = 0;
    std::set<std::string> accepted;
    for (std::size_t i = 0; i < header.sections; ++i) {
        const std::size_t at = sizeof header + i * sizeof(format::Section);
        format::Section section{};
        std::memcpy(&section, good.data() + at, sizeof section);
        const auto with = [&](const char* what, auto change) {
            Bytes file = good;
            format::Section changed = section;
            change(changed, file.data() + section.offset);
            std::memcpy(file.data() + at, &changed, sizeof changed);
            reseal(file);
            open_and_search(file, queries);
            if (section.items > 0 && Catalog::from_bytes(file, ""))
                accepted.insert(std::string(section.text()) + " " + what);
            ++cases;
        };
        const std::size_t bytes = section.items * section.item_bytes;
        with("empty", [](format::Section& changed, std::byte*) { changed.items = 0; });
        with("shorter", [](format::Section& changed, std::byte*) { changed.items -= changed.items > 0 ? 1 : 0; });
        with("gone", [](format::Section& changed, std::byte*) { changed.name[0] = '!'; });
        with("of items of another size", [](format::Section& changed, std::byte*) {
            changed.items *= changed.item_bytes == 1 ? 1 : 2;
            changed.item_bytes = changed.item_bytes == 1 ? 3 : changed.item_bytes / 2;
        });
        with("of zeros", [bytes](format::Section&, std::byte* data) { std::memset(data, 0, bytes); });
        with("of ones", [bytes](format::Section&, std::byte* data) { std::memset(data, 0xFF, bytes); });
        // Where numbers are packed, the first item says how many.
        if (section.items > 1)
            with("of ones behind the first", [bytes](const format::Section& changed, std::byte* data) {
                std::memset(data + changed.item_bytes, 0xFF, bytes - changed.item_bytes);
            });
        with("backwards", [bytes](format::Section&, std::byte* data) { std::reverse(data, data + bytes); });
    }
    EXPECT_GE(cases, 100U);
    for (const std::string& one : accepted) {
        EXPECT_EQ(one.find(" gone"), std::string::npos) << one;
        EXPECT_EQ(one.find(" of items"), std::string::npos) << one;
        for (const std::string positions :
             {"_of", "tracks", "begins", "items", "gaps", ".rows", "count", "classic.others", "standard.others",
              "works", "by_code", "groups.credits", "groups.albums"}) {
            EXPECT_FALSE(one.ends_with(positions + " of ones")) << one;
            EXPECT_FALSE(one.ends_with(positions + " of ones behind the first")) << one;
        }
    }
}

}  // namespace
