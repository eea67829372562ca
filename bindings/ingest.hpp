// Reading files for read_jsonl and Catalog.from_jsonl.
#pragma once

#include "bind.hpp"
#include "musicsync/jsonl.hpp"

namespace musicsync::bindings {

// "raise" (true) or "skip"; EngineError for anything else.
[[nodiscard]] bool raises(py::handle on_error);

// A bad line as the error that it is where bad lines raise.
[[nodiscard]] Error error_of(const RejectedLine& line);

// `path`: str, bytes or os.PathLike. `on_error`: "raise" or "skip".
[[nodiscard]] TrackFile read_tracks(py::handle path, py::handle on_error);

}  // namespace musicsync::bindings
