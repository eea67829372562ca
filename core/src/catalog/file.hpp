// A catalogue's file: writing it, and reading it without trust.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "catalog/disk.hpp"
#include "catalog/index.hpp"
#include "musicsync/catalog.hpp"
#include "musicsync/work.hpp"

namespace musicsync::catalog {

struct Saved {
    std::size_t bytes;
    std::uint64_t checksum;  // that tells the file from every other one
};

// Puts a file of the parts in the place of what is there, as write_file() does. Errc::io, Errc::cancelled.
// `work.progress` is told of bytes.
[[nodiscard]] Result<Saved> save(const Parts& parts, const std::string& path, const Work& work,
                                 Disk& disk = Disk::real());

// The same in memory.
[[nodiscard]] std::vector<std::byte> as_bytes(const Parts& parts);

// The parts of a file, whose columns lie in its bytes; `name` stands for it in messages. Everything is checked that
// memory safety needs, checksums of sections are not. Errc::damaged, Errc::newer_format.
[[nodiscard]] Result<Parts> open(FileBytes file, const std::string& name);

// What is wrong with a file, all of it: checksums, zeros between sections, and what open() checks.
[[nodiscard]] std::vector<std::string> faults(std::span<const std::byte> file, const std::string& name);

// Size and sections of a file. The errors of open().
[[nodiscard]] Result<CatalogInfo> info(std::span<const std::byte> file, const std::string& name);

// The first thing wrong with the structure of some parts, "" for nothing. validate.cpp
[[nodiscard]] std::string first_fault(const Parts& parts, std::uint64_t tracks);

}  // namespace musicsync::catalog
