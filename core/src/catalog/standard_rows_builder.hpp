// Makes the rows of `standard` out of records.
//
//   const std::optional<StandardRows> rows = standard_rows(records);
#pragma once

#include <optional>

#include "catalog/records.hpp"
#include "catalog/standard_rows.hpp"

namespace musicsync::catalog {

// The texts of plain tracks (score/plain_track.hpp) are read once for each distinct title, credit and album; a track is
// made only where one of its fields is not plain. Nothing where the texts of
// one field have more than 4 GiB.
[[nodiscard]] std::optional<StandardRows> standard_rows(const Records& records);

}  // namespace musicsync::catalog
