// Tracks that come as columns, wherever a list of tracks is taken.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bind.hpp"
#include "musicsync/track.hpp"

namespace musicsync::bindings {

// A mapping of columns: lists, numpy's arrays or Arrow's.
class MappedColumns {
  public:
    // TypeError for one that is no list, EngineError where one is longer than another.
    MappedColumns(const py::dict& mapping, std::string_view name);

    [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
    // `where` and `position` are named in errors.
    [[nodiscard]] Track track(std::size_t row, std::string_view where, std::size_t position) const;

  private:
    std::size_t rows_ = 0;
    std::string first_;
    std::unordered_map<std::string, py::list> columns_;
};

// The tracks of a TrackColumns, of an Arrow producer (a table or structs) or of a mapping of columns; nothing for any
// other object. Errors name `name[row]` and the field, or `name` and the column.
[[nodiscard]] std::optional<std::vector<Track>> tracks_from_columns(py::handle object, std::string_view name);

}  // namespace musicsync::bindings
