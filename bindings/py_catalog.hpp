// The class Catalog, whose methods are bound in two files.
#pragma once

#include <vector>

#include "bind.hpp"
#include "musicsync/catalog.hpp"

namespace musicsync::bindings {

struct PyCatalog {
    Catalog catalog;
    std::vector<RejectedLine> rejected;
};

// A library against it, and it against itself.
void bind_joins(py::module_& m, py::class_<PyCatalog>& catalog);

// What becomes of the file at a path.
void bind_changes(py::class_<PyCatalog>& catalog);

}  // namespace musicsync::bindings
