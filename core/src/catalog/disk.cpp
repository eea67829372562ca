#include "catalog/disk.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <new>

#include "catalog/format.hpp"

namespace musicsync::catalog {
namespace {

constexpr std::size_t at_once = std::size_t{1} << 30;  // some systems read no more in one call

class OpenFile {
  public:
    explicit OpenFile(const std::string& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() {
        if (file_ >= 0) ::close(file_);
    }
    [[nodiscard]] int number() const noexcept { return file_; }
    // Below 0 for what is no file that has a size, with errno.
    [[nodiscard]] std::ptrdiff_t size() const noexcept {
        struct stat about {};
        if (file_ < 0 || ::fstat(file_, &about) != 0) return -1;
        if (S_ISREG(about.st_mode)) return about.st_size;
        errno = S_ISDIR(about.st_mode) ? EISDIR : EINVAL;
        return -1;
    }

  private:
    int file_;
};

// Memory for a file, not yet filled.
std::shared_ptr<std::byte> room_for(std::size_t bytes) {
    static constexpr std::align_val_t alignment{format::alignment};
    auto* const room = static_cast<std::byte*>(::operator new(std::max<std::size_t>(bytes, 1), alignment));
    return {room, [](std::byte* memory) { ::operator delete(memory, alignment); }};
}

}  // namespace

int Disk::create(const std::string& path) {
    return ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
}
std::ptrdiff_t Disk::write(int file, const void* bytes, std::size_t size) {
    return ::write(file, bytes, std::min(size, at_once));
}
int Disk::sync(int file) { return ::fsync(file); }
int Disk::rename(const std::string& from, const std::string& to) { return ::rename(from.c_str(), to.c_str()); }
int Disk::remove(const std::string& path) { return ::unlink(path.c_str()); }
int Disk::close(int file) { return ::close(file); }
int Disk::sync_folder(const std::string& folder) {
    const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) return -1;
    const int done = ::fsync(file);
    const int why = errno;
    ::close(file);
    errno = why;
    return done;
}

Disk& Disk::real() {
    static Disk disk;
    return disk;
}

Error io_error(const std::string& path, const char* doing) {
    return {Errc::io, path + ": " + doing + ": " + std::strerror(errno), "path"};
}

Result<FileBytes> read_file(const std::string& path) {
    const OpenFile file(path);
    const std::ptrdiff_t size = file.size();
    if (size < 0) return io_error(path, "opening");
    const auto bytes = static_cast<std::size_t>(size);
    const std::shared_ptr<std::byte> room = room_for(bytes);
    for (std::size_t done = 0; done < bytes;) {
        const ssize_t got = ::read(file.number(), room.get() + done, std::min(bytes - done, at_once));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return io_error(path, "reading");
        if (got == 0) return Error{Errc::io, path + ": reading: it became shorter meanwhile", "path"};
        done += static_cast<std::size_t>(got);
    }
    return FileBytes{room, {room.get(), bytes}};
}

FileBytes copied(std::span<const std::byte> bytes) {
    const std::shared_ptr<std::byte> room = room_for(bytes.size());
    std::copy(bytes.begin(), bytes.end(), room.get());
    return {room, {room.get(), bytes.size()}};
}

Result<FileBytes> map_file(const std::string& path) {
    const OpenFile file(path);
    const std::ptrdiff_t size = file.size();
    if (size < 0) return io_error(path, "opening");
    const auto bytes = static_cast<std::size_t>(size);
    if (bytes == 0) return FileBytes{};
    void* const room = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, file.number(), 0);
    if (room == MAP_FAILED) return io_error(path, "mapping");
    const std::shared_ptr<const void> owner(room, [bytes](void* memory) { ::munmap(memory, bytes); });
    return FileBytes{owner, {static_cast<const std::byte*>(room), bytes}};
}

}  // namespace musicsync::catalog
