// What saving and opening a catalogue asks of the operating system. Tests put a failing disk in its place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "musicsync/error.hpp"
#include "musicsync/work.hpp"

namespace musicsync::catalog {

// The system's own; each answers as its namesake does: below 0 with errno for a failure.
class Disk {
  public:
    Disk() = default;
    Disk(const Disk&) = delete;
    Disk& operator=(const Disk&) = delete;
    virtual ~Disk() = default;

    virtual int create(const std::string& path);  // a new file, for writing
    virtual std::ptrdiff_t write(int file, const void* bytes, std::size_t size);
    virtual int sync(int file);
    virtual int rename(const std::string& from, const std::string& to);
    virtual int sync_folder(const std::string& folder);
    virtual int remove(const std::string& path);
    virtual int link(const std::string& from, const std::string& to);  // a second name of a file
    virtual int make_folder(const std::string& path);
    virtual int remove_folder(const std::string& path);  // that is empty
    virtual int close(int file);

    [[nodiscard]] static Disk& real();
};

// Which file stands at a path, and as of when.
struct FileIdentity {
    std::uint64_t device = 0;
    std::uint64_t number = 0;
    std::int64_t changed_ns = 0;
    friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};
// Nothing where there is none.
[[nodiscard]] std::optional<FileIdentity> identity_of(const std::string& path);

// A folder that one holds at a time, over all processes; a killed one lets go.
class FolderLock {
  public:
    // Waits for another one, and asks `work.progress` meanwhile whether to go on. Nothing where the folder is not
    // there, or not any more. Errc::io, Errc::cancelled.
    [[nodiscard]] static Result<std::optional<FolderLock>> take(const std::string& folder, const Work& work);
    FolderLock(FolderLock&& other) noexcept : folder_(std::exchange(other.folder_, -1)) {}
    FolderLock& operator=(FolderLock&&) = delete;
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    ~FolderLock();

  private:
    explicit FolderLock(int folder) noexcept : folder_(folder) {}
    int folder_;
};

// A file in memory, from an address that is a multiple of 64 on: bytes of its own, or the file itself, mapped.
struct FileBytes {
    std::shared_ptr<const void> owner;
    std::span<const std::byte> bytes;
};

// Errc::io with the path and the system's words.
[[nodiscard]] Result<FileBytes> read_file(const std::string& path);
[[nodiscard]] Result<FileBytes> map_file(const std::string& path);
[[nodiscard]] FileBytes copied(std::span<const std::byte> bytes);

// What went wrong with a file, in the system's words.
[[nodiscard]] Error io_error(const std::string& path, const char* doing);

}  // namespace musicsync::catalog
