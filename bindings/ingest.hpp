// Reading files for read_jsonl and Catalog.from_jsonl.
#pragma once

#include "bind.hpp"
#include "musicsync/jsonl.hpp"

namespace musicsync::bindings {

// `path`: str, bytes or os.PathLike. `on_error`: "raise" or "skip".
[[nodiscard]] TrackFile read_tracks(py::handle path, py::handle on_error);

}  // namespace musicsync::bindings
