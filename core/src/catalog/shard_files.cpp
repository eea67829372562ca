#include "catalog/shard_files.hpp"

#include <algorithm>
#include <utility>

#include "catalog/table.hpp"

namespace musicsync::catalog {
namespace {

std::string path_of(const std::string& path, const Manifest::Shard& entry) {
    return folder_of_shards(path) + "/" + entry.name;
}

// A shard's file, that is the one which the manifest names.
Result<FileBytes> file_of(const std::string& path, const Manifest::Shard& entry, Catalog::Memory memory) {
    const std::string name = path_of(path, entry);
    Result<FileBytes> file = memory == Catalog::Memory::mapped ? map_file(name) : read_file(name);
    if (!file) return file;
    const format::Header header = header_of(file->bytes);
    if (header.header_checksum != entry.checksum || header.tracks != entry.tracks)
        return Error{Errc::damaged, name + ": this is another file than the one that " + path + " names", "path"};
    return file;
}

Result<Shard> open_shard(const std::string& path, const Manifest::Shard& entry, Catalog::Memory memory) {
    Result<FileBytes> file = file_of(path, entry, memory);
    if (!file) return file.error();
    Result<Parts> parts = open(*std::move(file), path_of(path, entry));
    if (!parts) return parts.error();
    return Shard{std::make_shared<const Index>(*std::move(parts)), Removed(entry.removed)};
}

// take(manifest or nothing, file) of what stands at a path; once more where that failed and there is another manifest.
template <class Out, class Take>
Result<Out> read_path(const std::string& path, Catalog::Memory memory, Take take) {
    std::optional<std::uint64_t> seen;
    while (true) {
        Result<FileBytes> file = memory == Catalog::Memory::mapped ? map_file(path) : read_file(path);
        if (!file) return file.error();
        if (!is_manifest(file->bytes)) return take(std::nullopt, *std::move(file));
        Result<Manifest> manifest = read_manifest(file->bytes, path);
        if (!manifest) return manifest.error();
        const std::uint64_t generation = manifest->generation;
        Result<Out> out = take(*std::move(manifest), *std::move(file));
        if (out || seen == generation) return out;
        seen = generation;
    }
}

void add_sections(CatalogInfo& sum, const CatalogInfo& part) {
    for (const CatalogInfo::Section& section : part.sections) {
        const auto same = std::find_if(sum.sections.begin(), sum.sections.end(),
                                       [&](const CatalogInfo::Section& one) { return one.name == section.name; });
        if (same == sum.sections.end()) {
            sum.sections.push_back(section);
            continue;
        }
        same->items += section.items;
        same->bytes += section.bytes;
    }
}

// Of a manifest, and all that its shards say.
Result<CatalogInfo> info_of(const Manifest& manifest, const FileBytes& file, const std::string& path) {
    Result<CatalogInfo> read = info(file.bytes, path);
    if (!read) return read;
    CatalogInfo out = *std::move(read);
    out.read_as_now = true;
    for (const Manifest::Shard& entry : manifest.shards) {
        Result<FileBytes> shard = file_of(path, entry, Catalog::Memory::mapped);
        if (!shard) return shard.error();
        Result<CatalogInfo> part = info(shard->bytes, path_of(path, entry));
        if (!part) return part;
        out.bytes += part->bytes;
        out.has_rows |= part->has_rows;
        out.read_as_now &= part->read_as_now;
        out.shards.push_back({entry.name, entry.tracks, entry.removed.size(), part->bytes});
        add_sections(out, *part);
    }
    return out;
}

}  // namespace

Result<Opened> open_path(const std::string& path, Catalog::Memory memory) {
    return read_path<Opened>(path, memory, [&](std::optional<Manifest> manifest, FileBytes file) -> Result<Opened> {
        Opened out;
        if (!manifest) {
            Result<Parts> parts = open(std::move(file), path);
            if (!parts) return parts.error();
            out.shards.push_back({std::make_shared<const Index>(*std::move(parts))});
            return out;
        }
        for (const Manifest::Shard& entry : manifest->shards) {
            Result<Shard> shard = open_shard(path, entry, memory);
            if (!shard) return shard.error();
            out.shards.push_back(*std::move(shard));
        }
        out.manifest = std::move(manifest);
        return out;
    });
}

Result<std::vector<std::string>> faults_at(const std::string& path) {
    Result<FileBytes> file = map_file(path);
    if (!file) return file.error();
    using Faults = std::vector<std::string>;
    Result<Faults> found = read_path<Faults>(
        path, Catalog::Memory::mapped, [&](const std::optional<Manifest>& manifest, const FileBytes& whole) {
            if (!manifest) return Result<Faults>(faults(whole.bytes, path));
            Faults out;
            for (const Manifest::Shard& entry : manifest->shards) {
                const Result<FileBytes> shard = file_of(path, entry, Catalog::Memory::mapped);
                if (!shard) return Result<Faults>(shard.error());
                Faults some = faults(shard->bytes, path_of(path, entry));
                out.insert(out.end(), some.begin(), some.end());
            }
            return Result<Faults>(std::move(out));
        });
    if (!found) return Faults{found.error().message};
    return found;
}

Result<CatalogInfo> info_at(const std::string& path) {
    return read_path<CatalogInfo>(path, Catalog::Memory::mapped,
                                  [&](const std::optional<Manifest>& manifest, const FileBytes& file) {
                                      return manifest ? info_of(*manifest, file, path) : info(file.bytes, path);
                                  });
}

}  // namespace musicsync::catalog
