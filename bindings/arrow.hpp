// What an Arrow producer hands over, read where it lies: tables, data frames and columns of pyarrow, polars, pandas or
// DuckDB, through the Arrow C data interface and without any of them.
//
//   if (is_arrow(object)) for (const TrackColumns& batch : tracks_of_arrow(object, "candidates")) …
//
// Every producer's structure is released once its last reader is gone, also where reading it fails.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bind.hpp"
#include "musicsync/columns.hpp"

struct ArrowArray;
struct ArrowArrayStream;
struct ArrowSchema;

namespace musicsync::bindings {

// True for an object with __arrow_c_stream__ or __arrow_c_array__.
[[nodiscard]] bool is_arrow(py::handle object);

// A producer's arrays, one after the other: those that were given before need not stay.
class ArrowReader {
  public:
    // TypeError, naming `name`, where the producer refuses or hands over something else.
    ArrowReader(py::handle producer, std::string_view name);

    [[nodiscard]] const std::shared_ptr<ArrowSchema>& schema() const noexcept { return schema_; }
    // Nothing behind the last one. Raises what the producer does, TypeError where it only says why.
    [[nodiscard]] std::shared_ptr<ArrowArray> next();

  private:
    std::string name_;
    std::shared_ptr<ArrowArrayStream> stream_;
    std::shared_ptr<ArrowArray> only_;  // where there is no stream
    std::shared_ptr<ArrowSchema> schema_;
};

// A producer's schema and all its arrays, in order.
class ArrowInput {
  public:
    // As ArrowReader.
    ArrowInput(py::handle producer, std::string_view name);

    [[nodiscard]] const ArrowSchema& schema() const noexcept { return *schema_; }
    [[nodiscard]] const std::vector<std::shared_ptr<ArrowArray>>& arrays() const noexcept { return arrays_; }

  private:
    std::shared_ptr<ArrowSchema> schema_;
    std::vector<std::shared_ptr<ArrowArray>> arrays_;
};

// Gives `take` a batch of TrackColumns for each array of a table (or of structs), and which of its rows are not null;
// columns that no track has are passed over. A batch keeps the producer's memory, and is let go before the next is read
// unless `take` keeps it. TypeError that names the column for a type that it cannot have.
void for_each_batch(py::handle producer, std::string_view name,
                    const std::function<void(const TrackColumns& columns, const Validity& valid)>& take);

// The same batches, all of them. EngineError for a row that is null.
[[nodiscard]] std::vector<TrackColumns> tracks_of_arrow(py::handle producer, std::string_view name);

// The texts of one column: a batch for each array, valid while `input` lives. TypeError where it holds no texts.
[[nodiscard]] std::vector<std::pair<TextColumn, std::size_t>> texts_of_arrow(const ArrowInput& input,
                                                                             std::string_view name);

// The values of one column as Python objects: str, int, float, bool, list of str, None.
[[nodiscard]] py::list objects_of_arrow(py::handle producer, std::string_view name);

}  // namespace musicsync::bindings
