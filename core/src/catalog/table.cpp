#include "catalog/table.hpp"

#include <algorithm>
#include <cstring>

#include "catalog/checksum.hpp"

namespace musicsync::catalog {

using format::Header;
using format::Section;

Header header_of(std::span<const std::byte> file) noexcept {
    Header header{};
    if (file.size() >= sizeof header) std::memcpy(&header, file.data(), sizeof header);
    return header;
}

Result<Table> Table::read(std::span<const std::byte> file, const std::string& name) {
    Table table(file);
    const auto damaged = [&name](const std::string& why) { return Error{Errc::damaged, name + ": " + why, "path"}; };
    Header& header = table.header_;
    header = header_of(file);
    if (header.magic != format::magic) return damaged("this is no catalogue");
    if (header.oldest_reader > format::version)
        return Error{Errc::newer_format,
                     name + ": a catalogue of format " + std::to_string(header.version) +
                         ", which needs a newer musicsync: this one reads up to " + std::to_string(format::version),
                     "path"};
    if (header.version < format::oldest_read)
        return damaged("a catalogue of format " + std::to_string(header.version) +
                       ", which this musicsync does not read: build it again");
    if (checksum(file.data(), offsetof(Header, header_checksum)) != header.header_checksum)
        return damaged("its header is damaged");
    if (std::string why = table.read_sections(); !why.empty()) return damaged(why);
    return table;
}

std::string Table::read_sections() {
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

bool Table::has_zeros_between() const {
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

std::vector<std::string> Table::damage() const {
    std::vector<std::string> out;
    for (const Section& section : sections_) {
        const auto bytes = bytes_of(section);
        if (checksum(bytes.data(), bytes.size()) != section.checksum)
            out.push_back("section " + std::string(section.text()) + " is damaged: its checksum is another");
    }
    if (!has_zeros_between()) out.emplace_back("there are bytes between its sections");
    return out;
}

}  // namespace musicsync::catalog
