// What stands at a catalogue's path: one file, or a manifest and the shards that it names.
//
// Another process may put a new manifest there, and remove shards of the old one, at any time: a reader that misses one
// looks again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catalog/file.hpp"
#include "catalog/manifest.hpp"
#include "catalog/shards.hpp"

namespace musicsync::catalog {

struct Opened {
    std::optional<Manifest> manifest;  // of a catalogue in several files
    std::vector<Shard> shards;
};

// Errc::io, Errc::damaged, Errc::newer_format.
[[nodiscard]] Result<Opened> open_path(const std::string& path, Catalog::Memory memory);

// What is wrong with all of its files. Errc::io where there is none.
[[nodiscard]] Result<std::vector<std::string>> faults_at(const std::string& path);
// Sizes of all of its files together. The errors of open_path().
[[nodiscard]] Result<CatalogInfo> info_at(const std::string& path);

}  // namespace musicsync::catalog
