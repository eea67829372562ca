// Many texts from Python as the symbols they consist of.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "arrow.hpp"
#include "bind.hpp"
#include "musicsync/matrix.hpp"

namespace musicsync::bindings {

// The texts' own memory, without a copy: a str never changes, and neither does an Arrow array. Arrow's texts that are
// not ASCII are decoded once. Takes an iterable of str (a numpy array of objects too) or an Arrow column of texts.
class Texts {
  public:
    // TypeError for what is no str (null), EngineError (invalid_utf8) for bad bytes; both name `name[row]`.
    Texts(py::handle source, const char* name);

    Texts(const Texts&) = delete;
    Texts& operator=(const Texts&) = delete;
    ~Texts();

    [[nodiscard]] std::span<const Symbols> view() const noexcept { return symbols_; }

  private:
    void read_objects(py::handle source, const char* name);
    void read_arrow(py::handle source, const char* name);

    std::vector<py::object> owned_;  // the str
    py::list decoded_;               // Arrow's texts that had to be
    std::unique_ptr<ArrowInput> arrow_;
    std::vector<std::pair<TextColumn, std::size_t>> columns_;
    std::vector<Symbols> symbols_;
};

}  // namespace musicsync::bindings
