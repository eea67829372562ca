#include <algorithm>
#include <cstring>
#include <map>
#include <utility>

#include "catalog/checksum.hpp"
#include "catalog/file.hpp"
#include "catalog/format.hpp"

namespace musicsync::catalog {
namespace {

using format::Header;
using format::Section;

// The table of a file whose header, table and footer are what they should be: every section lies inside of it.
class Table {
  public:
    static Result<Table> read(std::span<const std::byte> file, const std::string& name) {
        Table table(file);
        const auto damaged = [&name](const std::string& why) {
            return Error{Errc::damaged, name + ": " + why, "path"};
        };
        Header& header = table.header_;
        if (file.size() < sizeof header || std::memcmp(file.data(), format::magic.data(), format::magic.size()) != 0)
            return damaged("this is no catalogue");
        std::memcpy(&header, file.data(), sizeof header);
        if (header.oldest_reader > format::version)
            return Error{Errc::newer_format,
                         name + ": a catalogue of format " + std::to_string(header.version) +
                             ", which needs a newer musicsync: this one reads up to " + std::to_string(format::version),
                         "path"};
        if (checksum(file.data(), offsetof(Header, header_checksum)) != header.header_checksum)
            return damaged("its header is damaged");
        if (std::string why = table.read_sections(); !why.empty()) return damaged(why);
        return table;
    }

    [[nodiscard]] const Header& header() const noexcept { return header_; }
    [[nodiscard]] const std::vector<Section>& sections() const noexcept { return sections_; }
    [[nodiscard]] std::span<const std::byte> bytes_of(const Section& section) const noexcept {
        return file_.subspan(section.offset, section.items * section.item_bytes);
    }
    // Between the sections, and behind the last.
    [[nodiscard]] bool has_zeros_between() const {
        std::size_t at = sizeof(Header) + sections_.size() * sizeof(Section);
        const auto is_zero = [this, &at](std::size_t end) {
            const auto some = file_.subspan(at, end - at);
            return std::all_of(some.begin(), some.end(), [](std::byte byte) { return byte == std::byte{0}; });
        };
        for (const Section& section : sections_) {
            if (!is_zero(section.offset)) return false;
            at = section.offset + section.items * section.item_bytes;
        }
        return is_zero(file_.size() - sizeof(format::Footer));
    }

  private:
    explicit Table(std::span<const std::byte> file) noexcept : file_(file) {}

    std::string read_sections() {
        if (header_.file_bytes != file_.size())
            return "it has " + std::to_string(file_.size()) + " bytes, not the " + std::to_string(header_.file_bytes) +
                   " that it should have";
        if (header_.sections > format::most_sections ||
            sizeof header_ + header_.sections * sizeof(Section) + sizeof(format::Footer) > file_.size())
            return "its table of sections does not fit into it";
        sections_.resize(header_.sections);
        const std::byte* const table = file_.data() + sizeof header_;
        if (checksum(table, sections_.size() * sizeof(Section)) != header_.table_checksum)
            return "its table of sections is damaged";
        if (!sections_.empty()) std::memcpy(sections_.data(), table, sections_.size() * sizeof(Section));
        format::Footer footer{};
        const std::size_t end = file_.size() - sizeof footer;
        std::memcpy(&footer, file_.data() + end, sizeof footer);
        if (footer.magic != format::end_magic || footer.file_bytes != file_.size()) return "its end is damaged";
        std::uint64_t at = sizeof header_ + sections_.size() * sizeof(Section);
        for (const Section& section : sections_) {
            const bool in_order = section.offset >= at && section.offset <= end;
            if (!in_order || section.offset % format::alignment != 0 || section.item_bytes == 0 ||
                section.items > (end - section.offset) / section.item_bytes)
                return "section " + std::string(section.text()) + " is not inside of it";
            at = section.offset + section.items * section.item_bytes;
        }
        return {};
    }

    std::span<const std::byte> file_;
    Header header_{};
    std::vector<Section> sections_;
};

// Finds the columns of some parts in a file.
class Finder {
  public:
    explicit Finder(const Table& table) : table_(table) {
        for (const Section& section : table.sections()) by_name_.emplace(section.text(), &section);
    }
    template <class T>
    void operator()(const std::string& name, Column<T>& column) {
        const auto found = by_name_.find(name);
        if (found == by_name_.end()) return fail("section " + name + " is missing");
        const Section& section = *found->second;
        if (section.item_bytes != sizeof(T)) return fail("section " + name + " has items of another size");
        const auto bytes = table_.bytes_of(section);
        column = Column<T>(std::span<const T>(reinterpret_cast<const T*>(bytes.data()), section.items));
    }
    [[nodiscard]] const std::string& fault() const noexcept { return fault_; }

  private:
    void fail(std::string why) {
        if (fault_.empty()) fault_ = std::move(why);
    }
    const Table& table_;
    std::map<std::string_view, const Section*> by_name_;
    std::string fault_;
};

// The parts, and the first thing that is wrong with them.
std::pair<Parts, std::string> parts_of(const Table& table) {
    Parts parts;
    parts.read_as = table.header().read_as;
    if (table.header().has_rows != 0) {
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
    auto [parts, fault] = parts_of(*table);
    if (!fault.empty()) return Error{Errc::damaged, name + ": " + fault, "path"};
    parts.owner = std::move(file.owner);
    return std::move(parts);
}

std::vector<std::string> faults(std::span<const std::byte> file, const std::string& name) {
    Result<Table> table = Table::read(file, name);
    if (!table) return {table.error().message};
    std::vector<std::string> out;
    const auto add = [&out, &name](const std::string& fault) { out.push_back(name + ": " + fault); };
    for (const Section& section : table->sections()) {
        const auto bytes = table->bytes_of(section);
        if (checksum(bytes.data(), bytes.size()) != section.checksum)
            add("section " + std::string(section.text()) + " is damaged: its checksum is another");
    }
    if (!table->has_zeros_between()) add("there are bytes between its sections");
    if (const std::string fault = parts_of(*table).second; !fault.empty()) add(fault);
    return out;
}

Result<CatalogInfo> info(std::span<const std::byte> file, const std::string& name) {
    Result<Table> table = Table::read(file, name);
    if (!table) return table.error();
    CatalogInfo out;
    out.tracks = table->header().tracks;
    out.bytes = file.size();
    out.format = table->header().version;
    out.has_rows = table->header().has_rows != 0;
    out.read_as_now = !out.has_rows || table->header().read_as == reading();
    for (const Section& section : table->sections())
        out.sections.push_back({std::string(section.text()), section.items, section.items * section.item_bytes});
    return out;
}

}  // namespace musicsync::catalog
