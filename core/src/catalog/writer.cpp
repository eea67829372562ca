#include "catalog/file.hpp"
#include "catalog/format.hpp"
#include "catalog/layout.hpp"

namespace musicsync::catalog {
namespace {

Layout layout_of(const Parts& parts) {
    const auto kind = parts.standard ? format::Kind::rows : format::Kind::few;
    return {{parts.records.size(), parts.read_as, kind}, parts};
}

}  // namespace

Result<Saved> save(const Parts& parts, const std::string& path, const Work& work, Disk& disk) {
    const Layout layout = layout_of(parts);
    Result<std::size_t> bytes = write_file(layout, path, work, disk);
    if (!bytes) return bytes.error();
    return Saved{*bytes, layout.checksum()};
}

std::vector<std::byte> as_bytes(const Parts& parts) { return as_bytes(layout_of(parts)); }

}  // namespace musicsync::catalog
