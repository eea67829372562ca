// Tracks a part at a time, so that they need not all be in memory at once.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "bind.hpp"
#include "musicsync/jsonl.hpp"
#include "musicsync/track.hpp"

namespace musicsync::bindings {

// A part, and how many rows there were by then, of how many (as far as anybody knows).
using TakePart = std::function<void(const std::vector<Track>& part, std::size_t done, std::size_t total)>;

// Gives `take` the tracks of an Arrow producer (of which a batch is let go before the next is read), of a mapping of
// columns or of an iterable, some 65,536 at a time. A row that is no track stands in `rejected`, as line `row + 1` of
// the file `name`; without `rejected` the first one raises, and what stands before its part was taken. TypeError for a
// column that no track has, or has of another type.
void for_each_part(py::handle tracks, std::string_view name, std::vector<RejectedLine>* rejected, const TakePart& take);

}  // namespace musicsync::bindings
