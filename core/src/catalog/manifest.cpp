#include "catalog/manifest.hpp"

#include <algorithm>
#include <functional>
#include <limits>

#include "catalog/layout.hpp"
#include "catalog/table.hpp"
#include "catalog/texts.hpp"

namespace musicsync::catalog {
namespace {

// As it lies in its file.
struct Columns {
    Column<std::uint64_t> generation;  // one
    Strings names;
    Column<std::uint32_t> tracks;
    Column<std::uint64_t> checksums;
    Lists removed;  // of each shard

    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        visit("generation", self.generation);
        const Visit shard = visit.inside("shard");
        Strings::columns(self.names, shard.inside("names"));
        shard("tracks", self.tracks);
        shard("checksums", self.checksums);
        Lists::columns(self.removed, shard.inside("removed"));
    }
};

bool is_begins(const Column<std::uint32_t>& begins, std::size_t of, std::size_t end) {
    return begins.size() == of + 1 && begins[0] == 0 && begins.back() == end &&
           std::is_sorted(begins.begin(), begins.end());
}

// A name with another path in it would be read from there.
bool is_file_name(std::string_view name) {
    return !name.empty() && name.size() < 256 && name.front() != '.' &&
           name.find_first_of(std::string_view("/\\\0", 3)) == std::string_view::npos;
}

// The first thing that is wrong.
std::string fault_of(const Columns& columns, std::uint64_t tracks) {
    const std::size_t shards = columns.tracks.size();
    if (columns.generation.size() != 1) return "section generation is not one number";
    if (columns.names.size() != shards || *columns.names.starts.fault(columns.names.bytes.size()) != '\0')
        return "section shard.names is damaged";
    if (columns.checksums.size() != shards) return "section shard.checksums has another number of items than shards";
    if (!is_begins(columns.removed.begins, shards, columns.removed.items.size()))
        return "section shard.removed is damaged";
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < shards; ++i) {
        if (!is_file_name(columns.names[i])) return "section shard.names has one that is no file's name";
        const auto removed = columns.removed[i];
        const bool rising = std::adjacent_find(removed.begin(), removed.end(), std::greater_equal<>()) == removed.end();
        if (!rising || (!removed.empty() && removed.back() >= columns.tracks[i]))
            return "section shard.removed has a track that is not there";
        sum += columns.tracks[i] - removed.size();
    }
    if (sum != tracks || sum > std::numeric_limits<std::uint32_t>::max())
        return "its shards have another number of tracks than it says";
    return {};
}

}  // namespace

std::uint64_t Manifest::tracks() const noexcept {
    std::uint64_t out = 0;
    for (const Shard& shard : shards) out += shard.tracks - shard.removed.size();
    return out;
}

std::string folder_of_shards(const std::string& path) { return path + ".shards"; }

bool is_manifest(std::span<const std::byte> file) noexcept {
    const format::Header header = header_of(file);
    return header.magic == format::magic && header.kind == format::Kind::shards;
}

Result<Manifest> read_manifest(std::span<const std::byte> file, const std::string& name) {
    Result<Table> table = Table::read(file, name);
    if (!table) return table.error();
    const auto damaged = [&name](const std::string& why) { return Error{Errc::damaged, name + ": " + why, "path"}; };
    // It is small, and all of a catalogue hangs on it.
    if (const std::vector<std::string> damage = table->damage(); !damage.empty()) return damaged(damage.front());
    Columns columns;
    Finder find(*table);
    Columns::columns(columns, format::Visit(find));
    if (!find.fault().empty()) return damaged(find.fault());
    if (const std::string fault = fault_of(columns, table->header().tracks); !fault.empty()) return damaged(fault);
    Manifest out;
    out.generation = columns.generation[0];
    for (std::size_t i = 0; i < columns.tracks.size(); ++i) {
        const auto removed = columns.removed[i];
        out.shards.push_back(
            {std::string(columns.names[i]), columns.tracks[i], columns.checksums[i], {removed.begin(), removed.end()}});
    }
    return out;
}

Result<std::size_t> write_manifest(const Manifest& manifest, const std::string& path, Disk& disk) {
    std::vector<char> names;
    std::vector<std::uint32_t> names_begins{0};
    std::vector<std::uint32_t> tracks;
    std::vector<std::uint64_t> checksums;
    std::vector<std::uint32_t> removed_begins{0};
    std::vector<std::uint32_t> removed;
    for (const Manifest::Shard& shard : manifest.shards) {
        names.insert(names.end(), shard.name.begin(), shard.name.end());
        names_begins.push_back(static_cast<std::uint32_t>(names.size()));
        tracks.push_back(shard.tracks);
        checksums.push_back(shard.checksum);
        removed.insert(removed.end(), shard.removed.begin(), shard.removed.end());
        removed_begins.push_back(static_cast<std::uint32_t>(removed.size()));
    }
    Columns columns;
    columns.generation = Column(std::vector<std::uint64_t>{manifest.generation});
    columns.names = {std::move(names), names_begins};
    columns.tracks = Column(std::move(tracks));
    columns.checksums = Column(std::move(checksums));
    columns.removed = {Column(std::move(removed_begins)), Column(std::move(removed))};
    return write_file(Layout({manifest.tracks(), 0, format::Kind::shards}, columns), path, {}, disk);
}

}  // namespace musicsync::catalog
