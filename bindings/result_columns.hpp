// Results as columns: what a call over many tracks returns, for numpy, Arrow and plain Python alike.
//
//   ResultColumns out("RankedBatch");
//   out.add("query", std::move(queries));          // std::vector<std::int64_t>
//   out.add("score", std::move(scores));           // std::vector<double>; NaN is unknown: null in Arrow
//   return out;                                    // to Python: out["score"] is a numpy array over the same memory
//
// Every column has the length of the first; a column is never changed once it is added.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "arrow_export.hpp"
#include "bind.hpp"

namespace musicsync::bindings {

class ResultColumns {
  public:
    explicit ResultColumns(std::string name = "ResultColumns") : name_(std::move(name)) {}

    void add(const std::string& name, std::vector<double> values);
    void add(const std::string& name, std::vector<std::int64_t> values);
    void add(const std::string& name, std::vector<std::int32_t> values);
    void add(const std::string& name, const std::vector<std::string>& texts);  // "" is unknown: null in Arrow

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] std::size_t rows() const noexcept { return batch_.rows; }
    [[nodiscard]] const ArrowBatch& batch() const noexcept { return batch_; }
    [[nodiscard]] std::vector<std::string> names() const;

    // Numbers as a read-only numpy array over the same memory, texts as a list with None for unknown. KeyError.
    [[nodiscard]] py::object column(const std::string& name) const;

  private:
    void add(ArrowColumn column);

    std::string name_;
    ArrowBatch batch_;
};

}  // namespace musicsync::bindings
