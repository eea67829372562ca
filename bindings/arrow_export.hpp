// Columns of ours for Arrow consumers (pyarrow, polars, pandas, DuckDB), without a copy.
//
//   ArrowColumn scores{"score", "g", rows, 0, {nullptr, values->data()}, {}, values};   // values: a shared_ptr
//   return stream_capsule({{rows, {scores}}});                                           // from __arrow_c_stream__
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "bind.hpp"

namespace musicsync::bindings {

// One column in the layout that Arrow's `format` prescribes: "g" (float64), "l" (int64), "u" (UTF-8 with 32-bit
// offsets), "b" (a bit a row), "+l" (lists, with one child).
struct ArrowColumn {
    std::string name;
    std::string format;
    std::size_t rows = 0;
    std::size_t nulls = 0;
    std::vector<const void*> buffers;  // validity first: a set bit is a value, nullptr where every row has one
    std::vector<ArrowColumn> children;
    std::shared_ptr<const void> owner;  // keeps the buffers while a consumer holds them
};

// Columns of one length: a record batch.
struct ArrowBatch {
    std::size_t rows = 0;
    std::vector<ArrowColumn> columns;
};

// What __arrow_c_schema__, __arrow_c_array__ and __arrow_c_stream__ return. Batches of a stream have one schema, that
// of `schema` (its rows do not matter).
[[nodiscard]] py::capsule schema_capsule(const std::vector<ArrowColumn>& schema);
[[nodiscard]] py::tuple array_capsules(const ArrowBatch& batch);
[[nodiscard]] py::capsule stream_capsule(const std::vector<ArrowColumn>& schema, std::vector<ArrowBatch> batches);

}  // namespace musicsync::bindings
