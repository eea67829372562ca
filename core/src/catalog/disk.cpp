#include "catalog/disk.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <new>
#include <thread>

#include "catalog/format.hpp"
#include "parallel/for_blocks.hpp"

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
int Disk::link(const std::string& from, const std::string& to) {
    return ::linkat(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), AT_SYMLINK_FOLLOW);
}
int Disk::make_folder(const std::string& path) { return ::mkdir(path.c_str(), 0777); }
int Disk::remove_folder(const std::string& path) { return ::rmdir(path.c_str()); }
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

std::optional<FileIdentity> identity_of(const std::string& path) {
    struct stat about {};
    if (::stat(path.c_str(), &about) != 0) return std::nullopt;
    constexpr std::int64_t ns = 1'000'000'000;
    return FileIdentity{about.st_dev, about.st_ino, about.st_mtim.tv_sec * ns + about.st_mtim.tv_nsec};
}

Result<std::optional<FolderLock>> FolderLock::take(const std::string& folder, const Work& work) {
    constexpr std::chrono::milliseconds pause{10};
    FolderLock lock(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (lock.folder_ < 0 && errno == ENOENT) return std::optional<FolderLock>();
    if (lock.folder_ < 0) return io_error(folder, "opening");
    while (::flock(lock.folder_, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) return io_error(folder, "locking");
        if (work.progress && !work.progress(0, 1)) return parallel::cancelled();
        std::this_thread::sleep_for(pause);
    }
    // Another one may have removed it, and made a new one, meanwhile.
    struct stat held {};
    struct stat there {};
    if (::fstat(lock.folder_, &held) != 0) return io_error(folder, "opening");
    const bool is_there = ::stat(folder.c_str(), &there) == 0;
    if (!is_there || held.st_dev != there.st_dev || held.st_ino != there.st_ino) return std::optional<FolderLock>();
    return std::optional<FolderLock>(std::move(lock));
}

FolderLock::~FolderLock() {
    if (folder_ >= 0) ::close(folder_);
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
