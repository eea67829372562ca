#include "catalog/change.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "catalog/table.hpp"

namespace musicsync::catalog {
namespace {

std::string name_of(std::uint64_t generation) { return std::to_string(generation) + ".msc"; }

std::string folder_of(const std::string& path) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

// Names that this library gives to files in a folder of shards.
bool is_ours(const std::string& name) {
    return name.find_first_not_of("0123456789") == name.find(".msc") && name.find(".msc") != std::string::npos;
}

}  // namespace

Change::Change(std::string path, FolderLock lock, Disk& disk)
    : path_(std::move(path)), folder_(folder_of_shards(path_)), lock_(std::move(lock)), disk_(&disk) {}

Change::Change(Change&& other) noexcept
    : path_(std::move(other.path_)),
      folder_(std::move(other.folder_)),
      lock_(std::move(other.lock_)),
      disk_(other.disk_),
      identity_(other.identity_),
      one_file_(std::exchange(other.one_file_, false)),
      before_(std::move(other.before_)) {}

Change::~Change() {
    if (one_file_) disk_->remove_folder(folder_);  // which stays where it is not empty
}

Result<Change> Change::begin(const std::string& path, const Work& work, Disk& disk) {
    const std::string folder = folder_of_shards(path);
    if (!identity_of(path)) return io_error(path, "opening");
    std::optional<FolderLock> lock;
    while (!lock) {  // another one may remove the folder meanwhile
        if (disk.make_folder(folder) != 0 && errno != EEXIST) return io_error(folder, "making a folder for shards");
        Result<std::optional<FolderLock>> taken = FolderLock::take(folder, work);
        if (!taken) return taken.error();
        if (taken->has_value()) lock.emplace(**std::move(taken));
    }
    Change change(path, *std::move(lock), disk);
    if (std::optional<Error> error = change.read()) return *std::move(error);
    return change;
}

std::optional<Error> Change::read() {
    identity_ = identity_of(path_);
    const Result<FileBytes> file = map_file(path_);
    if (!file) return file.error();
    if (is_manifest(file->bytes)) {
        Result<Manifest> manifest = read_manifest(file->bytes, path_);
        if (!manifest) return manifest.error();
        before_ = *std::move(manifest);
        remove_unnamed(before_);
        return std::nullopt;
    }
    one_file_ = true;
    const Result<Table> table = Table::read(file->bytes, path_);
    if (!table) return table.error();
    const format::Header& header = table->header();
    if (header.kind > format::Kind::rows) return Error{Errc::damaged, path_ + ": this is no catalogue", "path"};
    before_.shards.push_back({name_of(0), static_cast<std::uint32_t>(header.tracks), header.header_checksum});
    remove_unnamed({});
    return std::nullopt;
}

Result<Manifest::Shard> Change::write(const Parts& parts, const Work& work) {
    const std::string name = name_of(before_.generation + 1);
    const Result<Saved> saved = save(parts, folder_ + "/" + name, work, *disk_);
    if (!saved) return saved.error();
    return Manifest::Shard{name, static_cast<std::uint32_t>(parts.records.size()), saved->checksum};
}

// The file at the path gets a second name, which it keeps when the manifest takes the first.
std::optional<Error> Change::adopt() {
    const std::string name = folder_ + "/" + before_.shards.front().name;
    if (disk_->link(path_, name) != 0) {
        const Result<FileBytes> file = map_file(path_);  // on a disk without second names it is copied
        if (!file) return file.error();
        Result<Parts> parts = open(*file, path_);
        if (!parts) return parts.error();
        if (Result<Saved> saved = save(*parts, name, {}, *disk_); !saved) return saved.error();
    }
    if (disk_->sync_folder(folder_) != 0) return io_error(folder_, "writing to the disk");
    if (disk_->sync_folder(folder_of(path_)) != 0) return io_error(path_, "writing its folder");
    return std::nullopt;
}

std::optional<Error> Change::publish(Manifest next) {
    if (one_file_) {
        if (std::optional<Error> error = adopt()) return error;
    }
    if (identity_of(path_) != identity_)
        return Error{Errc::io, path_ + ": another file took its place meanwhile: nothing was changed", "path"};
    next.generation = before_.generation + 1;
    const Result<std::size_t> written = write_manifest(next, path_, *disk_);
    if (!written) return written.error();
    one_file_ = false;
    remove_unnamed(next);
    return std::nullopt;
}

Result<std::size_t> Change::replace(const Parts& parts, const Work& work) {
    const Result<Saved> saved = save(parts, path_, work, *disk_);
    if (!saved) return saved.error();
    one_file_ = true;
    remove_unnamed({});
    return saved->bytes;
}

// What cannot be removed now, the next change removes.
void Change::remove_unnamed(const Manifest& manifest) {
    std::error_code ended;
    std::vector<std::string> unnamed;
    for (std::filesystem::directory_iterator file(folder_, ended), end; !ended && file != end; file.increment(ended)) {
        const std::string name = file->path().filename().string();
        const bool named = std::any_of(manifest.shards.begin(), manifest.shards.end(),
                                       [&](const Manifest::Shard& shard) { return shard.name == name; });
        if (!named && is_ours(name)) unnamed.push_back(file->path().string());
    }
    for (const std::string& file : unnamed) disk_->remove(file);
}

}  // namespace musicsync::catalog
