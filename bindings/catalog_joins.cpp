#include <pybind11/numpy.h>

#include <algorithm>
#include <optional>

#include "convert.hpp"
#include "py_catalog.hpp"
#include "work.hpp"

namespace musicsync::bindings {
namespace {

JoinOptions join_options(py::handle limit, py::handle cutoff, py::handle accept, std::size_t size) {
    JoinOptions out{count_from(limit, "limit", size), fraction_from(cutoff, "cutoff"), std::nullopt};
    if (!accept.is_none()) out.accept = fraction_from(accept, "accept");
    return out;
}

py::list join(const PyCatalog& self, py::handle queries, py::handle limit, py::handle cutoff, py::handle accept,
              py::handle profile, py::handle threads, py::handle progress) {
    const JoinOptions options = join_options(limit, cutoff, accept, self.catalog.size());
    const Profile used = profile_from(profile);
    PythonWork work(threads, progress);
    const std::vector<Track> asked = tracks_from(queries, "queries");
    py::list out;
    for (Decision& decision :
         value_or_throw(work.run([&](const Work& how) { return self.catalog.join(used, asked, options, how); })))
        out.append(py::cast(std::move(decision)));
    return out;
}

py::array_t<std::uint32_t> as_array(const std::vector<std::uint32_t>& numbers) {
    return py::array_t<std::uint32_t>(static_cast<py::ssize_t>(numbers.size()), numbers.data());
}

py::array_t<std::uint32_t> duplicates(const PyCatalog& self, std::size_t first, py::handle last, py::handle limit,
                                      py::handle cutoff, py::handle profile, py::handle threads, py::handle progress) {
    const JoinOptions options = join_options(limit, cutoff, py::none(), self.catalog.size());
    const std::size_t behind = count_from(last, "last", self.catalog.size());
    const Profile used = profile_from(profile);
    PythonWork work(threads, progress);
    const std::vector<SamePair> pairs = value_or_throw(
        work.run([&](const Work& how) { return self.catalog.duplicates(used, first, behind, options, how); }));
    py::array_t<std::uint32_t> out({static_cast<py::ssize_t>(pairs.size()), py::ssize_t{2}});
    auto cells = out.mutable_unchecked<2>();
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        cells(static_cast<py::ssize_t>(i), 0) = pairs[i].first;
        cells(static_cast<py::ssize_t>(i), 1) = pairs[i].second;
    }
    return out;
}

py::array_t<std::uint32_t> deduplicate(const PyCatalog& self, py::handle limit, py::handle cutoff, py::handle profile,
                                       py::handle threads, py::handle progress) {
    const JoinOptions options = join_options(limit, cutoff, py::none(), self.catalog.size());
    const Profile used = profile_from(profile);
    PythonWork work(threads, progress);
    return as_array(
        value_or_throw(work.run([&](const Work& how) { return self.catalog.deduplicate(used, options, how); })));
}

py::array_t<std::uint32_t> groups(std::size_t count,
                                  const py::array_t<std::uint32_t, py::array::c_style | py::array::forcecast>& pairs) {
    if (pairs.ndim() != 2 || pairs.shape(1) != 2) throw py::value_error("pairs: an array of two columns is needed");
    const auto cells = pairs.unchecked<2>();
    std::vector<SamePair> given;
    given.reserve(static_cast<std::size_t>(cells.shape(0)));
    for (py::ssize_t i = 0; i < cells.shape(0); ++i) {
        const SamePair pair{cells(i, 0), cells(i, 1)};
        if (std::max(pair.first, pair.second) >= count)
            throw py::value_error("pairs: row " + std::to_string(i) + " names a position outside of " +
                                  std::to_string(count));
        given.push_back(pair);
    }
    return as_array(groups_of(count, given));
}

}  // namespace

void bind_joins(py::module_& m, py::class_<PyCatalog>& catalog) {
    m.def(
        "groups", &groups, py::arg("count"), py::arg("pairs"),
        "For each of `count` positions the lowest one that pairs (uint32[pairs, 2]) link it with, over however many:\n"
        "what deduplicate() makes of duplicates(). ValueError for a position that is not there.");
    catalog
        .def(
            "join", &join, py::arg("queries"), py::kw_only(), py::arg("limit") = 20, py::arg("cutoff") = 0.5,
            py::arg("accept") = py::none(), py::arg("profile") = "standard", py::arg("threads") = py::none(),
            py::arg("progress") = py::none(),
            "A Decision for each query: which track is the recording that was asked for, among its `limit` best with\n"
            "a score of `cutoff` or more and as many that carry its ISRC. `best`, `rival` and the candidates' indices\n"
            "are positions in the catalogue. `progress(done, total)` counts queries; what it raises stops the call.")
        .def(
            "duplicates", &duplicates, py::arg("first") = 0, py::arg("last") = py::none(), py::kw_only(),
            py::arg("limit") = 20, py::arg("cutoff") = 0.8, py::arg("profile") = "standard",
            py::arg("threads") = py::none(), py::arg("progress") = py::none(),
            "Pairs of one recording, uint32[pairs, 2]: each of the tracks from `first` to `last` with those behind it\n"
            "that would be accepted with nothing beside them, among its `limit` best with a score of `cutoff` or\n"
            "more and as many that carry its ISRC. `progress(done, total)` counts tracks.")
        .def("deduplicate", &deduplicate, py::kw_only(), py::arg("limit") = 20, py::arg("cutoff") = 0.8,
             py::arg("profile") = "standard", py::arg("threads") = py::none(), py::arg("progress") = py::none(),
             "For each track the position of the first one of its recording, uint32[tracks]: what duplicates() links,\n"
             "one by one. `progress(done, total)` counts tracks.");
}

}  // namespace musicsync::bindings
