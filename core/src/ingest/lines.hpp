// Lines of JSON Lines into columns: each by its structure where that is enough, else as simdjson reads it.
#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>
#include <vector>

#include "ingest/column_builder.hpp"
#include "ingest/fast_line.hpp"
#include "ingest/structure.hpp"
#include "musicsync/jsonl.hpp"

namespace musicsync::json {

class LineReader {
  public:
    explicit LineReader(std::string_view file) : file_(file) {}

    // Whole lines, of which the last may lack its line feed, the next in the file. The bytes behind them must be
    // readable for SIMDJSON_PADDING. Every line ends up in the batch or among its rejected ones; blank ones nowhere.
    [[nodiscard]] TrackBatch read(std::string_view lines);

  private:
    void read_piece(std::string_view piece, ColumnBuilder& builder, TrackBatch& batch);
    void read_slowly(std::string_view line, ColumnBuilder& builder, TrackBatch& batch);

    std::string file_;
    std::size_t line_ = 0;                 // 1-based, of the one being read
    std::shared_ptr<ColumnBuilder> last_;  // tells how much room the next batch needs
    simdjson::dom::parser parser_;
    Structure structure_;
    FastLine fast_;
    Row row_;
};

}  // namespace musicsync::json
