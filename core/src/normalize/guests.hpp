// Where the names of guests begin: "feat. X" anywhere, "with X" at the beginning of a bracket. Internal: not installed.
#pragma once

#include <cstddef>

#include "unicode.hpp"

namespace musicsync::text {

// "feat. X" in running text: where it begins and where the names begin. `marked` is false for a bare "feat" or "ft",
// which may be a word of the title.
struct Feature {
    std::size_t begin = 0;
    std::size_t names = 0;
    bool marked = false;
};

// The first "feat."/"ft."/"featuring" at or after `from` that has a name after it; false for none.
[[nodiscard]] bool find_feature(View folded, std::size_t from, Feature& found);

// For the part of a bracket that begins at `begin` and ends with the text: where the names begin after "with", "w/",
// "&", "con", "avec", "duet with"; 0 where the part does not begin so, or goes on as a sentence ("with you").
[[nodiscard]] std::size_t find_guests(View folded, std::size_t begin);

}  // namespace musicsync::text
