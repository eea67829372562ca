// The parts of the module, one file each.
#pragma once

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

namespace musicsync::bindings {

namespace py = pybind11;

void bind_errors(py::module_& m);
void bind_cpu(py::module_& m);
void bind_text(py::module_& m);
void bind_matrix(py::module_& m);
void bind_track(py::module_& m);
void bind_result_columns(py::module_& m);
void bind_ingest(py::module_& m);
void bind_columns(py::module_& m);
void bind_explanation(py::module_& m);
void bind_decision(py::module_& m);
void bind_profile(py::module_& m);
void bind_ranking(py::module_& m);
void bind_matcher(py::module_& m);
void bind_catalog(py::module_& m);

}  // namespace musicsync::bindings
