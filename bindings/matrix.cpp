#include <pybind11/numpy.h>

#include "musicsync/matrix.hpp"
#include "texts.hpp"
#include "work.hpp"

namespace musicsync::bindings {
namespace {

// Fills a new array of the shape by `compute(data, work)`.
template <class Out, class Compute>
py::array filled(const std::vector<py::ssize_t>& shape, PythonWork& work, const Compute& compute) {
    py::array_t<Out> out(shape);
    Out* const data = out.mutable_data();
    (void)work.run([&](const Work& how) { return compute(data, how); });  // what stops it is raised
    return out;
}

template <class Compute>
py::array filled(const std::string& dtype, const std::vector<py::ssize_t>& shape, PythonWork& work,
                 const Compute& compute) {
    if (dtype == "float32") return filled<float>(shape, work, compute);
    if (dtype == "float64") return filled<double>(shape, work, compute);
    if (dtype == "uint8") return filled<std::uint8_t>(shape, work, compute);
    throw py::value_error("dtype '" + dtype + "' (there are: float32, float64, uint8)");
}

py::ssize_t signed_size(const Texts& texts) { return static_cast<py::ssize_t>(texts.view().size()); }

py::array matrix(py::handle queries, py::handle choices, double scale, double cutoff, py::handle threads,
                 py::handle progress, const std::string& dtype) {
    PythonWork work(threads, progress);
    const Texts left(queries, "queries");
    const Texts right(choices, "choices");
    return filled(dtype, {signed_size(left), signed_size(right)}, work, [&](auto* out, const Work& how) {
        return ratio_matrix(left.view(), right.view(), {scale, cutoff, how}, out);
    });
}

py::array pairs(py::handle queries, py::handle choices, double scale, double cutoff, py::handle threads,
                py::handle progress, const std::string& dtype) {
    PythonWork work(threads, progress);
    const Texts left(queries, "queries");
    const Texts right(choices, "choices");
    if (left.view().size() != right.view().size())
        throw py::value_error(std::to_string(left.view().size()) + " queries and " +
                              std::to_string(right.view().size()) + " choices are no pairs");
    return filled(dtype, {signed_size(left)}, work, [&](auto* out, const Work& how) {
        return ratio_pairs(left.view(), right.view(), {scale, cutoff, how}, out);
    });
}

py::list top_k(py::handle queries, py::handle choices, std::size_t k, double scale, double cutoff, py::handle threads,
               py::handle progress) {
    PythonWork work(threads, progress);
    const Texts left(queries, "queries");
    const Texts right(choices, "choices");
    const std::vector<std::vector<Best>> found = value_or_throw(work.run([&](const Work& how) {
        return ratio_top_k(left.view(), right.view(), k, {scale, cutoff, how});
    }));
    py::list out;
    for (const std::vector<Best>& best : found) {
        py::list row;
        for (const Best& one : best) row.append(py::make_tuple(one.choice, one.score));
        out.append(row);
    }
    return out;
}

py::list as_list(py::handle source, const std::string& name) {
    const Texts texts(source, name.c_str());
    py::list out;
    for (const Symbols& text : texts.view()) {
        out.append(py::reinterpret_steal<py::object>(
            PyUnicode_FromKindAndData(static_cast<int>(text.width), text.data, static_cast<py::ssize_t>(text.size))));
    }
    return out;
}

}  // namespace

void bind_matrix(py::module_& m) {
    m.def("ratio_matrix", &matrix, py::arg("queries"), py::arg("choices"), py::kw_only(), py::arg("scale") = 1.0,
          py::arg("cutoff") = 0.0, py::arg("threads") = 1, py::arg("progress") = py::none(),
          py::arg("dtype") = "float32",
          "ratio() of every query with every choice: an array of shape (queries, choices), in [0, scale].\n\n"
          "What is below cutoff is 0. threads: None takes all allowed cores; progress: see\n"
          "Matcher.rank_batch. dtype: float32, float64 or uint8 (rounded).\n"
          "Raises TypeError for what is no str, naming its position.");
    m.def(
        "ratio_pairs", &pairs, py::arg("queries"), py::arg("choices"), py::kw_only(), py::arg("scale") = 1.0,
        py::arg("cutoff") = 0.0, py::arg("threads") = 1, py::arg("progress") = py::none(), py::arg("dtype") = "float32",
        "ratio() of each query with the choice of its position: an array of their number; the rest as ratio_matrix.\n\n"
        "Raises ValueError where there are not as many of them.");
    m.def("ratio_top_k", &top_k, py::arg("queries"), py::arg("choices"), py::arg("k"), py::kw_only(),
          py::arg("scale") = 1.0, py::arg("cutoff") = 0.0, py::arg("threads") = 1, py::arg("progress") = py::none(),
          "For each query its k best choices that reach cutoff, as (index, score): best first, the earlier one first\n"
          "where scores are equal. The matrix is never made.");
    m.def("texts", &as_list, py::arg("source"), py::arg("name"),
          "The texts of an iterable or an Arrow column as a list of str.\n\n"
          "Raises TypeError for what is no str, as name[position].");
}

}  // namespace musicsync::bindings
