// The keywords of a search that say which tracks it may find.
#pragma once

#include "bind.hpp"
#include "musicsync/filter.hpp"

namespace musicsync::bindings {

// `year`, `duration` (seconds): None, a number, or a pair of limits of which one may be None. `explicit_`: None or a
// bool. TypeError and ValueError name the keyword.
[[nodiscard]] Filter filter_from(py::handle year, py::handle duration, py::handle explicit_);

}  // namespace musicsync::bindings
