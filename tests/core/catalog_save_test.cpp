// Saving a catalogue: the old or the new file stands there, whole, whatever happens.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "catalog_files.hpp"
#include "kernel_texts.hpp"

namespace {

using namespace musicsync;
using namespace musicsync::testing_support;

TEST(CatalogSave, is_on_the_disk_before_it_takes_the_place_of_another) {
    const Folder folder;
    catalog::PartsBuilder builder;
    ASSERT_TRUE(builder.add(songs(30, 2)));
    WatchedDisk disk;
    ASSERT_TRUE(catalog::save(*std::move(builder).build(0), folder.file("songs.msc"), {}, disk));
    EXPECT_EQ(disk.calls, (std::vector<std::string>{"create", "write", "sync", "rename", "sync folder"}));
}

TEST(CatalogSave, stays_whole_where_the_disk_fails) {
    const Folder folder;
    const std::string path = folder.file("songs.msc");
    const Catalog before = *Catalog::build(songs(20, 1));
    const Bytes old_file = *before.bytes();
    catalog::PartsBuilder builder;
    ASSERT_TRUE(builder.add(songs(30, 2)));
    const catalog::Parts parts = *std::move(builder).build(0);
    const Bytes new_file = catalog::as_bytes(parts);
    bool done = false;
    int calls = 0;
    for (; !done; ++calls) {
        ASSERT_TRUE(before.save(path));
        FailingDisk disk(calls);
        const Result<catalog::Saved> saved = catalog::save(parts, path, {}, disk);
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
TEST(CatalogSave, stays_whole_where_its_writer_is_killed) {
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

TEST(CatalogSave, that_is_not_wanted_any_more_leaves_nothing) {
    const Folder folder;
    const Catalog catalog = *Catalog::build(songs(3000, 1));
    std::size_t told = 0;
    Work work;
    work.progress = [&told](std::size_t done, std::size_t total) {
        told = total;
        return done < total / 2;
    };
    EXPECT_EQ(catalog.save(folder.file("songs.msc"), work).error().code, Errc::cancelled);
    EXPECT_EQ(told, catalog.bytes()->size());
    EXPECT_EQ(folder.files(), 0U);
}

}  // namespace
