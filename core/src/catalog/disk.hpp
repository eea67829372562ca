// What saving and opening a catalogue asks of the operating system. Tests put a failing disk in its place.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "musicsync/error.hpp"

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
    virtual int close(int file);

    [[nodiscard]] static Disk& real();
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
