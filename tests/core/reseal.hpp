// A catalogue's file whose checksums are right again, whatever else is wrong with it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <vector>

#include "catalog/checksum.hpp"
#include "catalog/format.hpp"

namespace musicsync::testing_support {

// Sets the checksums of a file anew, as somebody would who means harm.
inline void reseal(std::vector<std::byte>& file) {
    namespace format = catalog::format;
    format::Header header{};
    if (file.size() < sizeof header) return;
    std::memcpy(&header, file.data(), sizeof header);
    const std::size_t table = sizeof header;
    const std::size_t room = (file.size() - table) / sizeof(format::Section);
    for (std::size_t i = 0; i < std::min<std::size_t>(header.sections, room); ++i) {
        format::Section section{};
        std::byte* const at = file.data() + table + i * sizeof section;
        std::memcpy(&section, at, sizeof section);
        if (section.offset <= file.size() && section.item_bytes != 0 &&
            section.items <= (file.size() - section.offset) / section.item_bytes)
            section.checksum = catalog::checksum(file.data() + section.offset, section.items * section.item_bytes);
        std::memcpy(at, &section, sizeof section);
    }
    header.table_checksum =
        catalog::checksum(file.data() + table, std::min<std::size_t>(header.sections, room) * sizeof(format::Section));
    std::memcpy(file.data(), &header, sizeof header);
    header.header_checksum = catalog::checksum(file.data(), offsetof(format::Header, header_checksum));
    std::memcpy(file.data(), &header, sizeof header);
}

}  // namespace musicsync::testing_support
