// What the tests of catalogues' files share: songs, files of them, and a folder that is gone at the end.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "catalog/file.hpp"
#include "catalog/format.hpp"
#include "musicsync/catalog.hpp"
#include "random_tracks.hpp"

namespace musicsync::testing_support {

using Bytes = std::vector<std::byte>;
namespace format = catalog::format;

inline std::vector<Track> songs(std::size_t count, std::uint64_t seed) {
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
inline Bytes small_file(std::size_t count, std::uint64_t seed) {
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
    int link(const std::string& from, const std::string& to) override { return told("link", Disk::link(from, to)); }
    std::vector<std::string> calls{};

  private:
    int told(const char* call, int answer) {
        calls.emplace_back(call);
        return answer;
    }
};

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
    int link(const std::string& from, const std::string& to) override { return fails() ? -1 : Disk::link(from, to); }
    int make_folder(const std::string& path) override { return fails() ? -1 : Disk::make_folder(path); }
    [[nodiscard]] bool failed() const noexcept { return left_ < 0; }

  private:
    bool fails() {
        errno = ENOSPC;
        return --left_ < 0;
    }
    int left_;
};

inline Bytes content(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    Bytes out(text.size());
    std::memcpy(out.data(), text.data(), text.size());
    return out;
}

}  // namespace musicsync::testing_support
