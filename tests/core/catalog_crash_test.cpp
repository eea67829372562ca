// Changes of a catalogue while disks fail, processes are killed, others read and write, and of files that do harm.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "catalog/changes.hpp"
#include "catalog/manifest.hpp"
#include "catalog/shard_files.hpp"
#include "catalog_files.hpp"
#include "kernel_texts.hpp"

namespace {

using namespace musicsync;
using namespace musicsync::testing_support;

std::vector<Track::Fields> fields_at(const std::string& path) {
    const Result<Catalog> catalog = Catalog::open(path);
    EXPECT_TRUE(catalog) << catalog.error().message;
    std::vector<Track::Fields> out;
    for (std::size_t i = 0; catalog && i < catalog->size(); ++i) out.push_back((*catalog)[i].fields());
    return out;
}

using Changing = std::function<Result<CatalogChange>(const std::string& path, catalog::Disk& disk)>;

catalog::Shards shards_of(std::size_t count, std::uint64_t seed) {
    catalog::PartsBuilder builder;
    EXPECT_TRUE(builder.add(songs(count, seed)));
    return catalog::Shards({{std::make_shared<const catalog::Index>(*std::move(builder).build())}});
}

// A fault at each call: the old or the new catalogue, and the next change goes well.
void expect_whole_where_the_disk_fails(const std::function<void(const std::string&)>& make, const Changing& change) {
    const Folder folder;
    const std::string path = folder.file("songs.msc");
    make(path);
    const auto before = fields_at(path);
    FailingDisk good(1'000'000);
    ASSERT_TRUE(change(path, good));
    const auto after = fields_at(path);
    bool done = false;
    int calls = 0;
    std::size_t olds = 0;
    for (; !done; ++calls) {
        make(path);
        FailingDisk disk(calls);
        const Result<CatalogChange> made = change(path, disk);
        done = !disk.failed();
        if (!made) {
            ASSERT_EQ(made.error().code, Errc::io);
            ASSERT_NE(made.error().message.find("No space left"), std::string::npos) << made.error().message;
        }
        ASSERT_EQ(*Catalog::verify(path), std::vector<std::string>{}) << calls;
        const auto now = fields_at(path);
        ASSERT_TRUE(now == after || (!made && now == before)) << calls;
        olds += now == before ? 1 : 0;
        ASSERT_TRUE(Catalog::add(path, *Catalog::build(songs(3, 77)))) << calls;
        ASSERT_EQ(fields_at(path).size(), now.size() + 3) << calls;
    }
    EXPECT_GT(calls, 5);
    EXPECT_TRUE(before == after || olds > 2);
}

void make_one_file(const std::string& path) { ASSERT_TRUE(Catalog::build(songs(20, 1))->save(path)); }

void make_shards(const std::string& path) {
    make_one_file(path);
    ASSERT_TRUE(Catalog::add(path, *Catalog::build(songs(15, 2))));
    ASSERT_TRUE(Catalog::remove(path, std::vector<std::string>{"id 3"}, {}));
}

TEST(CatalogCrash, leaves_the_old_or_the_new_catalogue_where_the_disk_fails) {
    for (const auto& make : {make_one_file, make_shards}) {
        expect_whole_where_the_disk_fails(make, [](const std::string& path, catalog::Disk& disk) {
            return catalog::add(path, shards_of(9, 5), true, {}, disk);
        });
        expect_whole_where_the_disk_fails(make, [](const std::string& path, catalog::Disk& disk) {
            const std::vector<std::string> ids{"id 4", "id 7"};
            return catalog::remove(path, ids, {}, {}, disk);
        });
    }
    expect_whole_where_the_disk_fails(make_shards, [](const std::string& path, catalog::Disk& disk) {
        return catalog::compact(path, true, {}, disk);
    });
}

// Only then does anything name it.
TEST(CatalogCrash, a_shard_is_on_the_disk_before_the_manifest) {
    const Folder folder;
    const std::string path = folder.file("songs.msc");
    make_one_file(path);
    WatchedDisk disk;
    ASSERT_TRUE(catalog::add(path, shards_of(9, 5), false, {}, disk));
    const std::vector<std::string> file{"create", "write", "sync", "rename", "sync folder"};
    std::vector<std::string> expected = file;  // the shard
    expected.insert(expected.end(), {"link", "sync folder", "sync folder"});
    expected.insert(expected.end(), file.begin(), file.end());  // the manifest
    EXPECT_EQ(disk.calls, expected);
}

TEST(CatalogCrash, leaves_nothing_behind_but_what_the_next_change_removes) {
    const Folder folder;
    const std::string path = folder.file("songs.msc");
    make_shards(path);
    std::filesystem::copy_file(path, folder.file("songs.msc.shards/99.msc"));
    ASSERT_TRUE(Catalog::remove(path, std::vector<std::string>{"id 5"}, {}));
    EXPECT_FALSE(std::filesystem::exists(folder.file("songs.msc.shards/99.msc")));
}

// Batches that are there as a whole or not at all: how many tracks of each.
std::map<std::string, int> batches_of(const Catalog& catalog) {
    std::map<std::string, int> out;
    for (std::size_t i = 0; i < catalog.size(); ++i) {
        const Track track = catalog[i];
        ++out[std::string(track.id())];
    }
    return out;
}

constexpr int in_batch = 3;

Catalog batch(const std::string& id) {
    std::vector<Track> tracks;
    for (int i = 0; i < in_batch; ++i) {
        Track::Fields fields;
        fields.id = id;
        fields.title = "Song " + std::to_string(i);
        tracks.push_back(*Track::make(std::move(fields)));
    }
    return *Catalog::build(tracks);
}

// Adds, removes and merges until it is killed.
[[noreturn]] void change_for_ever(const std::string& path, const std::string& prefix) {
    for (int i = 0;; ++i) {
        const std::string id = prefix + std::to_string(i);
        if (!Catalog::add(path, batch(id))) ::_exit(1);
        if (i % 3 == 2 && !Catalog::remove(path, std::vector<std::string>{id}, {})) ::_exit(2);
        if (i % 2 == 1 && !Catalog::compact(path, i % 5 == 0)) ::_exit(3);
    }
}

Folder fast_folder() {
    const bool in_memory = std::filesystem::is_directory("/dev/shm");
    return Folder(in_memory ? std::filesystem::path("/dev/shm") : std::filesystem::temp_directory_path());
}

TEST(CatalogCrash, of_a_writer_leaves_whole_batches_and_readers_see_no_others) {
    const Folder folder = fast_folder();
    const std::string path = folder.file("songs.msc");
    ASSERT_TRUE(batch("first").save(path));
    std::mt19937 random(12);
    std::size_t most = 0;
    for (std::size_t round = 0; round < often(100); ++round) {
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) change_for_ever(path, std::to_string(round) + "-");
        const auto looks = random() % 4;
        for (unsigned i = 0; i <= looks; ++i) {
            ::usleep(static_cast<useconds_t>(random() % 2'000));
            if (i == looks) {
                ::kill(child, SIGKILL);
                int status = 0;
                ASSERT_EQ(::waitpid(child, &status, 0), child);
                ASSERT_TRUE(WIFSIGNALED(status)) << WEXITSTATUS(status);
                ASSERT_EQ(*Catalog::verify(path), std::vector<std::string>{});
            }
            const Result<Catalog> catalog =
                Catalog::open(path, i % 2 == 0 ? Catalog::Memory::mapped : Catalog::Memory::owned);
            ASSERT_TRUE(catalog) << catalog.error().message;
            const auto batches = batches_of(*catalog);
            for (const auto& [id, tracks] : batches) ASSERT_EQ(tracks, in_batch) << id;
            ASSERT_EQ(batches.count("first"), 1U);
            most = std::max(most, batches.size());
        }
    }
    EXPECT_GT(most, 20U);
}

TEST(CatalogCrash, several_writers_lose_nothing) {
    const Folder folder = fast_folder();
    const std::string path = folder.file("songs.msc");
    ASSERT_TRUE(batch("first").save(path));
    constexpr int writers = 4;
    constexpr int each = 15;
    std::vector<pid_t> children;
    for (int w = 0; w < writers; ++w) {
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            for (int i = 0; i < each; ++i) {
                const bool added = static_cast<bool>(Catalog::add(path, batch(std::to_string(w * each + i))));
                if (!added || (i % 4 == 3 && !Catalog::compact(path))) ::_exit(1);
            }
            ::_exit(0);
        }
        children.push_back(child);
    }
    for (const pid_t child : children) {
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    const auto batches = batches_of(*Catalog::open(path));
    EXPECT_EQ(batches.size(), 1U + writers * each);
    for (const auto& [id, tracks] : batches) EXPECT_EQ(tracks, in_batch) << id;
}

void write(const std::string& path, const Bytes& bytes) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

TEST(CatalogCrash, every_flipped_bit_and_every_cut_of_a_manifest_is_noticed) {
    const Folder folder;
    const std::string path = folder.file("songs.msc");
    make_shards(path);
    const Bytes good = content(path);
    ASSERT_LT(good.size(), 4096U);
    for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
        Bytes bad = good;
        bad[bit / 8] ^= std::byte{1} << (bit % 8);
        write(path, bad);
        ASSERT_FALSE(Catalog::open(path)) << bit;
        ASSERT_FALSE(Catalog::verify(path)->empty()) << bit;
    }
    for (std::size_t size = 0; size < good.size(); ++size) {
        write(path, {good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)});
        ASSERT_FALSE(Catalog::open(path)) << size;
    }
    write(path, good);
    ASSERT_TRUE(Catalog::open(path));
}

TEST(CatalogCrash, a_manifest_names_nothing_but_shards_in_its_folder) {
    const Folder folder;
    const std::string path = folder.file("songs.msc");
    make_one_file(path);
    const Bytes file = content(path);
    make_shards(path);
    std::filesystem::copy_file(folder.file("songs.msc.shards/0.msc"), folder.file("other.msc"));
    const catalog::Manifest good = *catalog::read_manifest(content(path), path);
    const auto refused = [&](const catalog::Manifest& manifest) {
        EXPECT_TRUE(catalog::write_manifest(manifest, path, catalog::Disk::real()));
        const Result<Catalog> opened = Catalog::open(path);
        return opened ? std::string() : opened.error().message;
    };
    for (const char* name : {"../other.msc", "", ".", "a/b", "\\x"}) {
        catalog::Manifest bad = good;
        bad.shards[0].name = name;
        EXPECT_NE(refused(bad).find("no file's name"), std::string::npos) << name;
    }
    catalog::Manifest bad = good;
    bad.shards[0].removed = {5, 3};
    EXPECT_NE(refused(bad).find("shard.removed"), std::string::npos);
    bad.shards[0].removed = {20};
    EXPECT_NE(refused(bad).find("shard.removed"), std::string::npos);
    bad = good;
    bad.shards[0].tracks += 1;
    EXPECT_NE(refused(bad).find("another file"), std::string::npos);
    bad = good;
    bad.shards[1].name = "77.msc";
    EXPECT_NE(refused(bad).find("77.msc"), std::string::npos);
    EXPECT_EQ(refused(good), "");
    // A file of the right number of tracks that is not the one.
    write(folder.file("songs.msc.shards/0.msc"), content(folder.file("other.msc")));
    EXPECT_EQ(refused(good), "");
    write(folder.file("songs.msc.shards/0.msc"), *Catalog::build(songs(20, 8))->bytes());
    EXPECT_NE(refused(good).find("another file"), std::string::npos);
    EXPECT_EQ(Catalog::verify(path)->size(), 1U);
}

}  // namespace
