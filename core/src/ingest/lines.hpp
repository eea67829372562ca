// Lines of JSON Lines into columns: each by its structure where that is enough, else as simdjson reads it.
#pragma once

#include <simdjson.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/column_builder.hpp"
#include "ingest/fast_line.hpp"
#include "ingest/known_line.hpp"
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
    [[nodiscard]] std::size_t add_known(std::string_view piece, std::size_t begin);
    void learn(std::string_view piece, std::size_t begin, std::size_t end, std::span<const std::uint32_t> places);
    void add_slowly(std::string_view line);

    std::string file_;
    std::size_t line_ = 0;  // 1-based, of the one being read
    std::shared_ptr<ColumnBuilder> builder_ = ColumnBuilder::make();
    TrackBatch batch_;
    simdjson::dom::parser parser_;
    Structure structure_;
    FastLine fast_;
    KnownLine known_;
    std::size_t unknown_ = 0;  // lines since one had the known shape
    Row row_;
};

}  // namespace musicsync::json
