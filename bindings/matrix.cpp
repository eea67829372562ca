#include <pybind11/numpy.h>

#include "convert.hpp"
#include "musicsync/matrix.hpp"

namespace musicsync::bindings {
namespace {

// The strings' own memory, without a copy: the tuple keeps them alive, and a str never changes.
class Texts {
  public:
    Texts(py::handle source, const char* name) : owner_(py::tuple(py::reinterpret_borrow<py::object>(source))) {
        symbols_.reserve(owner_.size());
        for (const py::handle item : owner_) {
            if (!PyUnicode_Check(item.ptr()))
                throw py::type_error(std::string(name) + "[" + std::to_string(symbols_.size()) + "] is " +
                                     Py_TYPE(item.ptr())->tp_name + ", not str");
            symbols_.push_back({PyUnicode_DATA(item.ptr()), static_cast<std::size_t>(PyUnicode_GET_LENGTH(item.ptr())),
                                static_cast<unsigned>(PyUnicode_KIND(item.ptr()))});
        }
    }
    [[nodiscard]] std::span<const Symbols> view() const noexcept { return symbols_; }

  private:
    py::tuple owner_;
    std::vector<Symbols> symbols_;
};

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
