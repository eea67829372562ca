// musicsync.TrackColumns: a file of tracks as columns in memory.
#pragma once

#include <string>
#include <vector>

#include "arrow_export.hpp"
#include "musicsync/jsonl.hpp"

namespace musicsync::bindings {

class TrackColumnsFile {
  public:
    explicit TrackColumnsFile(std::vector<TrackBatch> batches);

    [[nodiscard]] std::size_t size() const noexcept { return rows_; }
    [[nodiscard]] const std::vector<TrackBatch>& batches() const noexcept { return batches_; }
    [[nodiscard]] Track track(std::size_t row) const;
    [[nodiscard]] std::vector<RejectedLine> rejected() const;

    // For Arrow: the same columns whatever the file has, and the readings where it has any.
    [[nodiscard]] std::vector<ArrowColumn> schema() const;
    [[nodiscard]] std::vector<ArrowBatch> exported() const;

  private:
    [[nodiscard]] ArrowBatch exported(const TrackColumns& columns) const;

    std::vector<TrackBatch> batches_;
    std::vector<std::size_t> starts_;  // the first row of each batch
    std::size_t rows_ = 0;
    bool title_readings_ = false;
    bool artist_readings_ = false;
};

}  // namespace musicsync::bindings
