// Lines of JSON Lines into columns: each by its structure where that is enough, else as simdjson reads it.
#pragma once

#include <simdjson.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/column_builder.hpp"
#include "ingest/fast_line.hpp"
#include "ingest/structure.hpp"
#include "musicsync/jsonl.hpp"

namespace musicsync::json {

static_assert(simdjson::SIMDJSON_PADDING >= row_padding);

class LineReader {
  public:
    explicit LineReader(std::string_view file) : file_(file) {}

    // Whole lines, of which the last may lack its line feed, the next in the file. The bytes behind them must be
    // readable for SIMDJSON_PADDING. Every line ends up in the batch or among its rejected ones; blank ones nowhere.
    void add(std::string_view lines);

    // What was added since the last batch.
    [[nodiscard]] TrackBatch finish();

  private:
    void add_piece(std::string_view piece);
    void add_slowly(std::string_view line);

    std::string file_;
    std::size_t line_ = 0;  // 1-based, of the one being read
    std::shared_ptr<ColumnBuilder> builder_ = std::make_shared<ColumnBuilder>();
    TrackBatch batch_;
    simdjson::dom::parser parser_;
    Structure structure_;
    FastLine fast_;
    Row row_;
};

}  // namespace musicsync::json
