// The files of a catalogue in several, its *shards*, and the tracks of theirs that are removed.
// docs/catalogue-format.md
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "catalog/disk.hpp"
#include "musicsync/error.hpp"

namespace musicsync::catalog {

struct Manifest {
    struct Shard {
        std::string name;                      // of its file, in the folder of shards
        std::uint32_t tracks = 0;              // all that its file has
        std::uint64_t checksum = 0;            // of its file's header, which tells it from every other one
        std::vector<std::uint32_t> removed{};  // places in ascending order, each once
        friend bool operator==(const Shard&, const Shard&) = default;
    };
    std::uint64_t generation = 0;  // rises with each change
    std::vector<Shard> shards{};
    [[nodiscard]] std::uint64_t tracks() const noexcept;  // that are not removed
};

// Where the shards of a catalogue lie.
[[nodiscard]] std::string folder_of_shards(const std::string& path);

// Whether a file says that it is one.
[[nodiscard]] bool is_manifest(std::span<const std::byte> file) noexcept;

// `name` stands for the file in messages. Errc::damaged, Errc::newer_format.
[[nodiscard]] Result<Manifest> read_manifest(std::span<const std::byte> file, const std::string& name);

// As write_file() does. Errc::io.
[[nodiscard]] Result<std::size_t> write_manifest(const Manifest& manifest, const std::string& path, Disk& disk);

}  // namespace musicsync::catalog
