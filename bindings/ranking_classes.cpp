// Match, Ranking and Rankings as Python sees them.
#include <pybind11/numpy.h>

#include <limits>

#include "html.hpp"
#include "ranking.hpp"
#include "result_columns.hpp"

namespace musicsync::bindings {
namespace {

const std::vector<std::string> columns{"index", "id", "title", "artists", "album", "score", "P"};

std::vector<std::string> cells_of(const Match& x) {
    return {std::to_string(x.ranked.index),
            x.track.id(),
            x.track.title(),
            credit_of(x.track),
            x.track.album(),
            three_digits(x.ranked.score),
            x.ranked.probability ? three_digits(*x.ranked.probability) : ""};
}

std::string match_to_html(const Match& x) { return to_html({"Match", columns, {cells_of(x)}, {}}); }

std::string ranking_to_html(const Ranking& ranking) {
    constexpr std::size_t most = 20;
    HtmlTable table{"Ranking", columns, {}, {}};
    for (std::size_t i = 0; i < std::min(most, ranking.hits.size()); ++i) table.rows.push_back(cells_of(ranking.at(i)));
    if (ranking.hits.size() > most)
        table.notes.push_back("and " + std::to_string(ranking.hits.size() - most) + " more");
    return to_html(table);
}

std::string repr(const Ranking& ranking) {
    std::string out = "<Ranking of " + std::to_string(ranking.hits.size());
    if (!ranking.hits.empty()) out += ", best " + py::repr(to_dict(ranking.at(0))).cast<std::string>();
    return out + ">";
}

// A number of each hit, as a numpy array.
template <class Number, class Of>
py::array_t<Number> numbers(const std::vector<Ranked>& hits, Of&& of) {
    py::array_t<Number> out(static_cast<py::ssize_t>(hits.size()));
    std::transform(hits.begin(), hits.end(), out.mutable_data(), of);
    return out;
}

py::array_t<std::int64_t> indices(const std::vector<Ranked>& hits) {
    return numbers<std::int64_t>(hits, [](const Ranked& hit) { return static_cast<std::int64_t>(hit.index); });
}

py::array_t<double> scores(const std::vector<Ranked>& hits) {
    return numbers<double>(hits, [](const Ranked& hit) { return hit.score; });
}

py::array_t<double> probabilities(const std::vector<Ranked>& hits) {
    return numbers<double>(
        hits, [](const Ranked& hit) { return hit.probability.value_or(std::numeric_limits<double>::quiet_NaN()); });
}

// The numbers of the hits as columns; in Arrow what is not known is null.
void add_hits(ResultColumns& out, const std::vector<Ranked>& hits) {
    std::vector<std::int64_t> places;
    std::vector<double> values;
    std::vector<double> likely;
    for (const Ranked& hit : hits) {
        places.push_back(static_cast<std::int64_t>(hit.index));
        values.push_back(hit.score);
        likely.push_back(hit.probability.value_or(std::numeric_limits<double>::quiet_NaN()));
    }
    out.add("index", std::move(places));
    out.add("score", std::move(values));
    out.add("probability", std::move(likely));
}

ResultColumns ranking_columns(const Ranking& ranking) {
    ResultColumns out("Ranking");
    add_hits(out, ranking.hits);
    return out;
}

ResultColumns rankings_columns(const Rankings& rankings) {
    ResultColumns out("Rankings");
    std::vector<std::int64_t> queries;
    for (std::size_t i = 0; i < rankings.size(); ++i)
        queries.insert(queries.end(), rankings.starts[i + 1] - rankings.starts[i], static_cast<std::int64_t>(i));
    out.add("query", std::move(queries));
    add_hits(out, rankings.hits);
    return out;
}

// A place in a sequence, counted from its end where it is negative. IndexError.
std::size_t place_from(py::handle object, std::size_t size) {
    const Py_ssize_t given = PyNumber_AsSsize_t(object.ptr(), PyExc_IndexError);
    if (given == -1 && PyErr_Occurred() != nullptr) throw py::error_already_set();
    const Py_ssize_t place = given < 0 ? given + static_cast<Py_ssize_t>(size) : given;
    if (place < 0 || place >= static_cast<Py_ssize_t>(size))
        throw py::index_error("place " + std::to_string(given) + " of " + std::to_string(size));
    return static_cast<std::size_t>(place);
}

// What `sequence[place]` gives for a number or a slice.
template <class Sequence>
py::object item_of(const Sequence& sequence, std::size_t size, py::handle place) {
    if (!PySlice_Check(place.ptr())) return py::cast(sequence.at(place_from(place, size)));
    std::size_t start = 0, stop = 0, step = 0, length = 0;
    if (!py::reinterpret_borrow<py::slice>(place).compute(size, &start, &stop, &step, &length))
        throw py::error_already_set();
    py::list out;
    for (std::size_t i = 0; i < length; ++i, start += step) out.append(sequence.at(start));
    return out;
}

template <class Sequence>
py::object iterator_of(const Sequence& sequence, std::size_t size) {
    return py::iter(item_of(sequence, size, py::slice(py::none(), py::none(), py::none())));
}

void bind_match(py::module_& m) {
    py::class_<Match>(m, "Match", "A track with how well it fits the query.")
        .def_property_readonly(
            "index", [](const Match& x) { return x.ranked.index; },
            "Position among the candidates or in the catalogue.")
        .def_property_readonly(
            "score", [](const Match& x) { return x.ranked.score; }, "What ranks, in [0, 1].")
        .def_property_readonly(
            "probability", [](const Match& x) { return x.ranked.probability; }, "P(same recording), or None.")
        .def_readonly("track", &Match::track, "The track.")
        .def(
            "to_dict", [](const Match& x) { return to_dict(x); }, "All of it as a dict.")
        .def("_repr_html_", &match_to_html)
        .def("__repr__", [](const Match& x) { return "Match(" + py::repr(to_dict(x)).cast<std::string>() + ")"; });
}

void bind_one(py::module_& m) {
    LightType<Ranking>(m, "musicsync._core.Ranking",
                       "The candidates of one query, best first: a sequence of Match, and the numbers of all as numpy\n"
                       "arrays.")
        .property(
            "indices", [](const Ranking& x) { return indices(x.hits); }, "Positions of the candidates: int64.")
        .property(
            "scores", [](const Ranking& x) { return scores(x.hits); }, "What ranks, in [0, 1]: float64.")
        .property(
            "probabilities", [](const Ranking& x) { return probabilities(x.hits); },
            "P(same recording): float64, NaN for a profile without a model.")
        .def("to_columns", &ranking_columns,
             "index, score and probability as ResultColumns: for numpy, and for whatever reads Arrow.")
        .def("__len__", [](const Ranking& x) { return x.hits.size(); })
        .def("__getitem__", [](const Ranking& x, py::handle place) { return item_of(x, x.hits.size(), place); })
        .def("__iter__", [](const Ranking& x) { return iterator_of(x, x.hits.size()); })
        .def("__repr__", &repr)
        .def("_repr_html_", &ranking_to_html);
}

void bind_many(py::module_& m) {
    py::class_<Rankings>(
        m, "Rankings",
        "What Matcher.rank_batch and matrix_top_k give: a sequence of Ranking, one for each query, and all their hits\n"
        "one after the other as numpy arrays: those of query i from starts[i] to starts[i + 1].")
        .def_property_readonly(
            "starts",
            [](const Rankings& x) {
                py::array_t<std::int64_t> out(static_cast<py::ssize_t>(x.starts.size()));
                std::copy(x.starts.begin(), x.starts.end(), out.mutable_data());
                return out;
            },
            "Where each query's hits begin, and where the last ones end: int64.")
        .def_property_readonly(
            "indices", [](const Rankings& x) { return indices(x.hits); },
            "Positions among the query's candidates: int64.")
        .def_property_readonly(
            "scores", [](const Rankings& x) { return scores(x.hits); }, "What ranks, in [0, 1]: float64.")
        .def_property_readonly(
            "probabilities", [](const Rankings& x) { return probabilities(x.hits); },
            "P(same recording): float64, NaN for a profile without a model.")
        .def("to_columns", &rankings_columns,
             "query, index, score and probability of all hits as ResultColumns: for numpy, and for whatever reads "
             "Arrow.")
        .def("__len__", &Rankings::size)
        .def("__getitem__", [](const Rankings& x, py::handle place) { return item_of(x, x.size(), place); })
        .def("__iter__", [](const Rankings& x) { return iterator_of(x, x.size()); })
        .def("__repr__", [](const Rankings& x) {
            return "<Rankings of " + std::to_string(x.size()) + " queries, " + std::to_string(x.hits.size()) + " hits>";
        });
}

}  // namespace

void bind_ranking(py::module_& m) {
    bind_match(m);
    bind_one(m);
    bind_many(m);
}

}  // namespace musicsync::bindings
