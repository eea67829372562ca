#include <pybind11/numpy.h>

#include "convert.hpp"
#include "musicsync/matrix.hpp"

namespace musicsync::bindings {
namespace {

// The strings' own memory, without a copy: each is kept alive, and a str never changes. They lie anywhere, so each is
// asked for ahead of time.
class Texts {
  public:
    Texts(py::handle source, const char* name) {
        const auto list = py::reinterpret_steal<py::object>(PySequence_Fast(source.ptr(), "no iterable of str"));
        if (!list) throw py::error_already_set();
        const auto count = static_cast<std::size_t>(PySequence_Fast_GET_SIZE(list.ptr()));
        PyObject* const* const items = PySequence_Fast_ITEMS(list.ptr());
        owned_.reserve(count);
        symbols_.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            if (i + ahead < count) __builtin_prefetch(items[i + ahead], 1);
            PyObject* const item = items[i];
            if (!PyUnicode_Check(item))
                throw py::type_error(std::string(name) + "[" + std::to_string(i) + "] is " + Py_TYPE(item)->tp_name +
                                     ", not str");
            owned_.push_back(py::reinterpret_borrow<py::object>(item));
            symbols_.push_back({PyUnicode_DATA(item), static_cast<std::size_t>(PyUnicode_GET_LENGTH(item)),
                                static_cast<unsigned>(PyUnicode_KIND(item))});
        }
    }
    Texts(const Texts&) = delete;
    Texts& operator=(const Texts&) = delete;
    ~Texts() {
        for (std::size_t i = 0; i < owned_.size(); ++i) {
            if (i + ahead < owned_.size()) __builtin_prefetch(owned_[i + ahead].ptr(), 1);
            owned_[i] = py::object();
        }
    }
    [[nodiscard]] std::span<const Symbols> view() const noexcept { return symbols_; }

  private:
    static constexpr std::size_t ahead = 12;
    std::vector<py::object> owned_;
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
