// One part of a clause ("2011 digital remaster", "tiesto remix", "live at wembley, 1986") matched with the vocabulary.
// Internal: not installed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "musicsync/normalize.hpp"

namespace musicsync::text {

enum class Opens : std::uint8_t { nothing, detail, context, credit };  // what unknown text after the part belongs to

struct PartReading {
    bool known = false;
    std::vector<VersionToken> versions;
    Opens opens = Opens::nothing;
    std::size_t open_version = 0;  // which of versions, for Opens::detail
    std::string_view rest;         // the free text after a context phrase
    std::string_view source;       // the free text before a soundtrack phrase
    std::size_t free_length = 0;   // bytes of free text before a tail phrase
};

// `normalized` must outlive the reading.
[[nodiscard]] PartReading read_part(std::string_view normalized);

}  // namespace musicsync::text
