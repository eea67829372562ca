// Makes the rows of `standard` out of records.
//
//   const std::optional<StandardRows> rows = standard_rows(records);
#pragma once

#include <optional>

#include "catalog/records.hpp"
#include "catalog/standard_rows.hpp"

namespace musicsync::catalog {

// Fields that are read by themselves (score/alone.hpp) are read once for each distinct title, credit and album; a track
// is made only where another field says how one is to be read. Nothing where the texts of one field have more than
// 4 GiB.
[[nodiscard]] std::optional<StandardRows> standard_rows(const Records& records);

}  // namespace musicsync::catalog
