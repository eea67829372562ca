// What one bracket or one " - " suffix of a title says. Internal: not installed.
//
//   Clause clause = read_clause(fold("Radio Edit - feat. Jane"), Place::bracket);
//   clause.known, clause.versions == {radio_edit}, clause.featured == {"jane"}
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "musicsync/normalize.hpp"
#include "unicode.hpp"

namespace musicsync::text {

enum class Place : std::uint8_t { bracket, suffix };

struct Clause {
    bool known = false;                  // false: none of it is about the version, all of it belongs to the title
    std::vector<VersionToken> versions;  // as found, may repeat
    std::vector<std::string> featured;
    std::string context;
    std::vector<View> unknown;    // parts beside known ones that belong to the title
    std::size_t free_length = 0;  // word characters that were taken for a name only because of their place
    bool plain = true;            // phrases of the vocabulary only, no names
};

[[nodiscard]] Clause read_clause(View folded, Place place);

}  // namespace musicsync::text
