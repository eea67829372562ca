#include "catalog/layout.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <utility>

#include "catalog/checksum.hpp"
#include "parallel/for_blocks.hpp"

namespace musicsync::catalog {
namespace {

using format::aligned;
using format::Section;

// A file that takes another one's place when it is whole, and is gone where it never is.
class NewFile {
  public:
    NewFile(Disk& disk, std::string path) : disk_(disk), path_(std::move(path)), name_(beside(path_)) {
        file_ = disk_.create(name_);
    }
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;
    ~NewFile() {
        if (file_ < 0) return;
        disk_.close(file_);
        if (!moved_) disk_.remove(name_);
    }

    [[nodiscard]] bool is_open() const noexcept { return file_ >= 0; }
    // At most a few MB; how much, or below 0.
    [[nodiscard]] std::ptrdiff_t write(const void* bytes, std::size_t size) {
        constexpr std::size_t most = std::size_t{8} << 20;
        while (true) {
            const std::ptrdiff_t done = disk_.write(file_, bytes, std::min(size, most));
            if (done >= 0 || errno != EINTR) return done;
        }
    }
    [[nodiscard]] std::optional<Error> publish() {
        if (disk_.sync(file_) != 0) return io_error(path_, "writing to the disk");
        if (disk_.rename(name_, path_) != 0) return io_error(path_, "renaming");
        moved_ = true;
        const std::string folder = std::filesystem::path(path_).parent_path().string();
        if (disk_.sync_folder(folder.empty() ? "." : folder) != 0) return io_error(path_, "writing its folder");
        return std::nullopt;
    }

  private:
    static std::string beside(const std::string& path) {
        static std::atomic<unsigned> count{0};
        return path + "." + std::to_string(::getpid()) + "-" + std::to_string(count++) + ".part";
    }

    Disk& disk_;
    std::string path_;
    std::string name_;
    int file_;
    bool moved_ = false;
};

}  // namespace

void Layout::settle(const Facts& facts) {
    std::uint64_t at = aligned(sizeof header_ + sections_.size() * sizeof(Section));
    for (std::size_t i = 0; i < sections_.size(); ++i) {
        Section& section = sections_[i];
        section.offset = at;
        section.checksum = catalog::checksum(starts_[i], section.items * section.item_bytes);
        at = aligned(at + section.items * section.item_bytes);
    }
    footer_ = {at + sizeof footer_, format::end_magic};
    header_ = {format::magic,
               format::version,
               format::oldest_reader,
               footer_.file_bytes,
               facts.tracks,
               facts.read_as,
               static_cast<std::uint32_t>(sections_.size()),
               facts.kind,
               catalog::checksum(sections_.data(), sections_.size() * sizeof(Section)),
               0};
    header_.header_checksum = catalog::checksum(&header_, offsetof(format::Header, header_checksum));
}

std::vector<Layout::Piece> Layout::pieces() const {
    std::vector<Piece> out{{0, &header_, sizeof header_},
                           {sizeof header_, sections_.data(), sections_.size() * sizeof(Section)}};
    for (std::size_t i = 0; i < sections_.size(); ++i)
        out.push_back({sections_[i].offset, starts_[i], sections_[i].items * sections_[i].item_bytes});
    out.push_back({footer_.file_bytes - sizeof footer_, &footer_, sizeof footer_});
    return out;
}

Result<std::size_t> write_file(const Layout& layout, const std::string& path, const Work& work, Disk& disk) {
    NewFile file(disk, path);
    if (!file.is_open()) return io_error(path, "creating a file beside it");
    std::uint64_t at = 0;
    const auto write = [&](const void* bytes, std::size_t size) -> std::optional<Error> {
        const auto* next = static_cast<const std::byte*>(bytes);
        while (size > 0) {
            const std::ptrdiff_t done = file.write(next, size);
            if (done < 0) return io_error(path, "writing");
            next += done;
            size -= static_cast<std::size_t>(done);
            at += static_cast<std::uint64_t>(done);
            if (work.progress && !work.progress(at, layout.file_bytes())) return parallel::cancelled();
        }
        return std::nullopt;
    };
    static constexpr std::array<std::byte, format::alignment> zeros{};
    for (const Layout::Piece& piece : layout.pieces()) {
        if (auto error = write(zeros.data(), piece.offset - at)) return *std::move(error);
        if (auto error = write(piece.bytes, piece.size)) return *std::move(error);
    }
    if (auto error = file.publish()) return *std::move(error);
    return static_cast<std::size_t>(layout.file_bytes());
}

std::vector<std::byte> as_bytes(const Layout& layout) {
    std::vector<std::byte> out(layout.file_bytes());
    for (const Layout::Piece& piece : layout.pieces()) {
        if (piece.size > 0) std::memcpy(out.data() + piece.offset, piece.bytes, piece.size);
    }
    return out;
}

}  // namespace musicsync::catalog
