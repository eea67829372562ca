// A catalogue's file: what is written is read again, damage is told, and a file that is made to do harm does none.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catalog/file.hpp"
#include "catalog/format.hpp"
#include "kernel_texts.hpp"
#include "musicsync/catalog.hpp"
#include "random_tracks.hpp"
#include "reseal.hpp"

namespace {

using namespace musicsync;
using namespace musicsync::testing_support;
using Bytes = std::vector<std::byte>;
namespace format = catalog::format;

std::vector<Track> songs(std::size_t count, std::uint64_t seed) {
    RandomTracks random(seed);
    std::vector<Track> out;
    while (out.size() < count) {
        Track::Fields fields = random.pair().second.fields();
        fields.id = "id " + std::to_string(random.below(count));
        if (random.below(3) == 0) fields.explicit_ = random.below(2) == 0;
        if (random.below(3) == 0) fields.release_year = 1900 + static_cast<int>(random.below(100));
        if (random.below(9) == 0) fields.title_reading = "yoru ni kakeru";
        if (random.below(9) == 0) fields.artist_reading = "yoasobi";
        out.push_back(*Track::make(std::move(fields)));
    }
    return out;
}

// With rows, of few tracks: a small file.
Bytes small_file(std::size_t count, std::uint64_t seed) {
    catalog::PartsBuilder builder;
    EXPECT_TRUE(builder.add(songs(count, seed)));
    return catalog::as_bytes(*std::move(builder).build(0));
}

class Folder {
  public:
    explicit Folder(const std::filesystem::path& inside = std::filesystem::temp_directory_path())
        : path_(inside / ("musicsync-" + std::to_string(::getpid()))) {
        std::filesystem::create_directories(path_);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }
    [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
    [[nodiscard]] std::size_t files() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
    }

  private:
    std::filesystem::path path_;
};

Bytes content(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    Bytes out(text.size());
    std::memcpy(out.data(), text.data(), text.size());
    return out;
}

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
        expect_same(*Catalog::from_bytes(built.bytes(), "bytes"), tracks, queries);
        EXPECT_EQ(content(path), built.bytes());
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
    EXPECT_EQ(std::move(builder).build()->bytes(), Catalog::build(tracks)->bytes());
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
    EXPECT_NE(error.message.find("songs.msc: a catalogue of format 2"), std::string::npos) << error.message;
}

// Rows that were made by other words are not looked into: every track is compared.
TEST(CatalogFile, that_was_read_by_other_words_is_searched_all_the_same) {
    const std::vector<Track> tracks = songs(3000, 4);
    Bytes file = Catalog::build(tracks)->bytes();
    const std::uint64_t other = catalog::reading() + 1;
    std::memcpy(file.data() + offsetof(format::Header, read_as), &other, sizeof other);
    format::Section section{};  // and they are not what they would be
    for (std::size_t i = 0;; ++i) {
        std::memcpy(&section, file.data() + sizeof(format::Header) + i * sizeof section, sizeof section);
        if (section.text() == "standard.title_signatures.bits") break;
    }
    std::memset(file.data() + section.offset, 0, section.items * section.item_bytes);
    reseal(file);
    const Catalog catalog = *Catalog::from_bytes(file, "songs.msc");
    expect_same(catalog, tracks, songs(3, 6));
}

std::size_t bytes_before_sections(const Bytes& file) {
    format::Header header{};
    std::memcpy(&header, file.data(), sizeof header);
    return sizeof header + header.sections * sizeof(format::Section);
}

std::vector<std::string> faults_of(const Bytes& file) { return catalog::faults(file, "songs.msc"); }

TEST(CatalogFile, of_which_a_bit_is_another_is_told) {
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

TEST(CatalogFile, that_ends_too_early_is_told) {
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

TEST(CatalogFile, that_is_made_to_do_harm_does_none) {
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
TEST(CatalogFile, of_which_any_section_is_made_to_do_harm_does_none) {
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
        with("backwards", [bytes](format::Section&, std::byte* data) { std::reverse(data, data + bytes); });
    }
    EXPECT_GE(cases, 100U);
    for (const std::string& one : accepted) {
        EXPECT_EQ(one.find(" gone"), std::string::npos) << one;
        EXPECT_EQ(one.find(" of items"), std::string::npos) << one;
        for (const char* positions :
             {"_of of ones", "tracks of ones", "begins of ones", "items of ones", "classic.others of ones",
              "standard.others of ones", "works of ones", "by_code of ones", "by_whole of ones", "by_letters of ones",
              "groups.credits of ones", "groups.albums of ones"})
            EXPECT_FALSE(one.ends_with(positions)) << one;
    }
}

// Writes down what it is asked.
class WatchedDisk : public catalog::Disk {
  public:
    int create(const std::string& path) override { return told("create", Disk::create(path)); }
    std::ptrdiff_t write(int file, const void* bytes, std::size_t size) override {
        if (calls.back() != "write") calls.emplace_back("write");
        return Disk::write(file, bytes, size);
    }
    int sync(int file) override { return told("sync", Disk::sync(file)); }
    int rename(const std::string& from, const std::string& to) override {
        return told("rename", Disk::rename(from, to));
    }
    int sync_folder(const std::string& folder) override { return told("sync folder", Disk::sync_folder(folder)); }
    std::vector<std::string> calls{};

  private:
    int told(const char* call, int answer) {
        calls.emplace_back(call);
        return answer;
    }
};

TEST(CatalogFile, is_on_the_disk_before_it_takes_the_place_of_another) {
    const Folder folder;
    catalog::PartsBuilder builder;
    ASSERT_TRUE(builder.add(songs(30, 2)));
    WatchedDisk disk;
    ASSERT_TRUE(catalog::save(*std::move(builder).build(0), folder.file("songs.msc"), {}, disk));
    EXPECT_EQ(disk.calls, (std::vector<std::string>{"create", "write", "sync", "rename", "sync folder"}));
}

// Fails the n-th call, and all behind it.
class FailingDisk : public catalog::Disk {
  public:
    explicit FailingDisk(int calls) : left_(calls) {}
    int create(const std::string& path) override { return fails() ? -1 : Disk::create(path); }
    std::ptrdiff_t write(int file, const void* bytes, std::size_t size) override {
        if (fails()) return -1;
        return Disk::write(file, bytes, std::min<std::size_t>(size, 1000));
    }
    int sync(int file) override { return fails() ? -1 : Disk::sync(file); }
    int rename(const std::string& from, const std::string& to) override {
        return fails() ? -1 : Disk::rename(from, to);
    }
    int sync_folder(const std::string& folder) override { return fails() ? -1 : Disk::sync_folder(folder); }
    [[nodiscard]] bool failed() const noexcept { return left_ < 0; }

  private:
    bool fails() {
        errno = ENOSPC;
        return --left_ < 0;
    }
    int left_;
};

TEST(CatalogFile, stays_whole_where_the_disk_fails) {
    const Folder folder;
    const std::string path = folder.file("songs.msc");
    const Catalog before = *Catalog::build(songs(20, 1));
    const Bytes old_file = before.bytes();
    catalog::PartsBuilder builder;
    ASSERT_TRUE(builder.add(songs(30, 2)));
    const catalog::Parts parts = *std::move(builder).build(0);
    const Bytes new_file = catalog::as_bytes(parts);
    bool done = false;
    int calls = 0;
    for (; !done; ++calls) {
        ASSERT_TRUE(before.save(path));
        FailingDisk disk(calls);
        const Result<std::size_t> saved = catalog::save(parts, path, {}, disk);
        done = !disk.failed();
        ASSERT_EQ(static_cast<bool>(saved), done);
        if (!done) {
            ASSERT_EQ(saved.error().code, Errc::io);
            ASSERT_NE(saved.error().message.find(path + ": "), std::string::npos);
            ASSERT_NE(saved.error().message.find("No space left"), std::string::npos) << saved.error().message;
        }
        const Bytes now = content(path);
        ASSERT_TRUE(now == new_file || (!done && now == old_file)) << calls;
        ASSERT_EQ(folder.files(), 1U) << calls;
    }
    EXPECT_GT(calls, 50);
}

// The same where the process is killed. In memory if there is a place for that: nobody has to wait for a disk.
TEST(CatalogFile, stays_whole_where_its_writer_is_killed) {
    const bool in_memory = std::filesystem::is_directory("/dev/shm");
    const Folder folder(in_memory ? "/dev/shm" : std::filesystem::temp_directory_path());
    const std::string path = folder.file("songs.msc");
    const Bytes files[] = {small_file(200, 1), small_file(150, 2)};
    const Catalog one = *Catalog::from_bytes(files[0], "one");
    const Catalog other = *Catalog::from_bytes(files[1], "other");
    ASSERT_TRUE(one.save(path));
    std::mt19937 random(11);
    std::size_t changed = 0;
    for (std::size_t i = 0; i < often(100); ++i) {
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            while (true) {
                if (!other.save(path) || !one.save(path)) ::_exit(1);
            }
        }
        ::usleep(static_cast<useconds_t>(random() % 5'000));
        ::kill(child, SIGKILL);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status));
        const Bytes now = content(path);
        ASSERT_TRUE(now == files[0] || now == files[1]) << i;
        changed += now == files[1] ? 1 : 0;
    }
    EXPECT_GT(changed, 0U);
}

TEST(CatalogFile, that_is_not_wanted_any_more_leaves_nothing) {
    const Folder folder;
    const Catalog catalog = *Catalog::build(songs(3000, 1));
    std::size_t told = 0;
    Work work;
    work.progress = [&told](std::size_t done, std::size_t total) {
        told = total;
        return done < total / 2;
    };
    EXPECT_EQ(catalog.save(folder.file("songs.msc"), work).error().code, Errc::cancelled);
    EXPECT_EQ(told, catalog.bytes().size());
    EXPECT_EQ(folder.files(), 0U);
}

}  // namespace
