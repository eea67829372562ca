// Tracks that come as columns, wherever a list of tracks is taken.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "bind.hpp"
#include "musicsync/track.hpp"

namespace musicsync::bindings {

// The tracks of a TrackColumns, of an Arrow producer (a table or structs) or of a mapping of columns; nothing for any
// other object. Errors name `name[row]` and the field, or `name` and the column.
[[nodiscard]] std::optional<std::vector<Track>> tracks_from_columns(py::handle object, std::string_view name);

}  // namespace musicsync::bindings
