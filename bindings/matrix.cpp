#include <pybind11/numpy.h>

#include "musicsync/matrix.hpp"
#include "texts.hpp"

namespace musicsync::bindings {
namespace {

template <class Out>
py::array matrix_of(const Texts& queries, const Texts& choices, const MatrixOptions& options) {
    py::array_t<Out> out({queries.view().size(), choices.view().size()});
    Out* const data = out.mutable_data();
    {
        const py::gil_scoped_release unlocked;
        ratio_matrix(queries.view(), choices.view(), options, data);
    }
    return out;
}

py::array matrix(py::handle queries, py::handle choices, double scale, double cutoff, int threads,
                 const std::string& dtype) {
    const Texts left(queries, "queries");
    const Texts right(choices, "choices");
    const MatrixOptions options{scale, cutoff, threads};
    if (dtype == "float32") return matrix_of<float>(left, right, options);
    if (dtype == "float64") return matrix_of<double>(left, right, options);
    if (dtype == "uint8") return matrix_of<std::uint8_t>(left, right, options);
    throw py::value_error("dtype '" + dtype + "' (there are: float32, float64, uint8)");
}

}  // namespace

void bind_matrix(py::module_& m) {
    m.def("ratio_matrix", &matrix, py::arg("queries"), py::arg("choices"), py::kw_only(), py::arg("scale") = 1.0,
          py::arg("cutoff") = 0.0, py::arg("threads") = 1, py::arg("dtype") = "float32",
          "ratio() of every query with every choice: an array of shape (queries, choices), in [0, scale].\n\n"
          "What is below cutoff is 0. threads: 0 takes all allowed cores. dtype: float32, float64 or uint8 (rounded).\n"
          "Raises TypeError for what is no str, naming its position.");
}

}  // namespace musicsync::bindings
