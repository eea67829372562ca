// Which tracks a search of a catalogue may find.
//
//   catalog.search(profile, query, 10, 0.0, {.year_from = 1980, .year_to = 1989});
#pragma once

#include <chrono>
#include <optional>

namespace musicsync {

// A track of which a field that is asked about is not known is not found.
struct Filter {
    std::optional<int> year_from;  // of the release; all limits are included
    std::optional<int> year_to;
    std::optional<std::chrono::milliseconds> duration_from;
    std::optional<std::chrono::milliseconds> duration_to;
    std::optional<bool> explicit_;
    friend bool operator==(const Filter&, const Filter&) = default;
};

}  // namespace musicsync
