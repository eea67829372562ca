#include <utility>

#include "catalog/file.hpp"
#include "catalog/table.hpp"

namespace musicsync::catalog {
namespace {

// The parts, and the first thing that is wrong with them.
std::pair<Parts, std::string> parts_of(const Table& table) {
    Parts parts;
    parts.read_as = table.header().read_as;
    if (table.header().kind == format::Kind::rows) {
        parts.classic.emplace();
        parts.standard.emplace();
    }
    Finder find(table);
    Parts::columns(parts, format::Visit(find));
    std::string fault = find.fault().empty() ? first_fault(parts, table.header().tracks) : find.fault();
    return {std::move(parts), std::move(fault)};
}

}  // namespace

Result<Parts> open(FileBytes file, const std::string& name) {
    Result<Table> table = Table::read(file.bytes, name);
    if (!table) return table.error();
    if (table->header().kind > format::Kind::rows)
        return Error{Errc::damaged, name + ": this is no catalogue of its own", "path"};
    auto [parts, fault] = parts_of(*table);
    if (!fault.empty()) return Error{Errc::damaged, name + ": " + fault, "path"};
    parts.owner = std::move(file.owner);
    return std::move(parts);
}

std::vector<std::string> faults(std::span<const std::byte> file, const std::string& name) {
    Result<Table> table = Table::read(file, name);
    if (!table) return {table.error().message};
    std::vector<std::string> out = table->damage();
    if (std::string fault = parts_of(*table).second; !fault.empty()) out.push_back(std::move(fault));
    for (std::string& fault : out) fault.insert(0, name + ": ");
    return out;
}

Result<CatalogInfo> info(std::span<const std::byte> file, const std::string& name) {
    Result<Table> table = Table::read(file, name);
    if (!table) return table.error();
    CatalogInfo out;
    out.tracks = table->header().tracks;
    out.bytes = file.size();
    out.format = table->header().version;
    out.has_rows = table->header().kind == format::Kind::rows;
    out.read_as_now = !out.has_rows || table->header().read_as == reading();
    for (const format::Section& section : table->sections())
        out.sections.push_back({std::string(section.text()), section.items, section.items * section.item_bytes});
    return out;
}

}  // namespace musicsync::catalog
