// One change of what stands at a catalogue's path, under its lock.
//
//   Result<Change> change = Change::begin(path, work, disk);
//   Manifest next = change->before();
//   next.shards.push_back(*change->write(parts, work));
//   auto error = change->publish(std::move(next));
#pragma once

#include <optional>
#include <string>

#include "catalog/disk.hpp"
#include "catalog/file.hpp"
#include "catalog/manifest.hpp"

namespace musicsync::catalog {

class Change {
  public:
    // Waits for others that change it. Errc::io, Errc::damaged, Errc::newer_format, Errc::cancelled.
    [[nodiscard]] static Result<Change> begin(const std::string& path, const Work& work, Disk& disk);
    Change(Change&& other) noexcept;
    Change& operator=(Change&&) = delete;
    Change(const Change&) = delete;
    Change& operator=(const Change&) = delete;
    ~Change();

    // What stands there. One file is taken for the only shard of a manifest, which it becomes when one is published.
    [[nodiscard]] const Manifest& before() const noexcept { return before_; }
    // A new shard's file, which nobody sees before it is published. Once a change.
    [[nodiscard]] Result<Manifest::Shard> write(const Parts& parts, const Work& work);
    // Makes it the catalogue, and removes the files that nothing needs any more.
    [[nodiscard]] std::optional<Error> publish(Manifest next);
    // Puts one file there instead. Its size.
    [[nodiscard]] Result<std::size_t> replace(const Parts& parts, const Work& work);

  private:
    Change(std::string path, FolderLock lock, Disk& disk);
    [[nodiscard]] std::optional<Error> read();
    [[nodiscard]] std::optional<Error> adopt();
    void remove_unnamed(const Manifest& manifest);

    std::string path_;
    std::string folder_;
    FolderLock lock_;
    Disk* disk_;
    std::optional<FileIdentity> identity_;
    bool one_file_ = false;  // and no manifest
    Manifest before_;
};

}  // namespace musicsync::catalog
