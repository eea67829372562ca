#include "musicsync/catalog.hpp"

#include <memory>

#include "convert.hpp"
#include "ingest.hpp"
#include "work.hpp"

namespace musicsync::bindings {
namespace {

struct PyCatalog {
    Catalog catalog;
    std::vector<RejectedLine> rejected;
};

PyCatalog from_tracks(py::handle tracks) { return {Catalog::build(tracks_from(tracks, "tracks")), {}}; }

PyCatalog from_jsonl(py::handle path, py::handle on_error) {
    TrackFile file = read_tracks(path, on_error);
    return {Catalog::build(std::move(file.tracks)), std::move(file.rejected)};
}

std::vector<Match> matches(const Catalog& catalog, const std::vector<Ranked>& hits) {
    std::vector<Match> out;
    out.reserve(hits.size());
    for (const Ranked& hit : hits) out.push_back({catalog[hit.index], hit});
    return out;
}

std::vector<Match> search(const PyCatalog& self, py::handle query, py::handle k, py::handle cutoff,
                          py::handle profile) {
    const Track asked = track_from(query, "query");
    const std::size_t count = count_from(k, "k", self.catalog.size());
    const double least = fraction_from(cutoff, "cutoff");
    const Profile used = profile_from(profile);
    const std::vector<Ranked> hits = [&] {
        const py::gil_scoped_release unlocked;
        return self.catalog.search(used, asked, count, least);
    }();
    return matches(self.catalog, hits);
}

py::list search_batch(const PyCatalog& self, py::handle queries, py::handle k, py::handle cutoff, py::handle profile,
                      py::handle threads, py::handle progress) {
    const std::size_t count = count_from(k, "k", self.catalog.size());
    const double least = fraction_from(cutoff, "cutoff");
    const Profile used = profile_from(profile);
    PythonWork work(threads, progress);
    const std::vector<Track> asked = tracks_from(queries, "queries");
    const std::vector<std::vector<Ranked>> rows = value_or_throw(
        work.run([&](const Work& how) { return self.catalog.search_batch(used, asked, count, least, how); }));
    py::list out;
    for (const std::vector<Ranked>& hits : rows) out.append(py::cast(matches(self.catalog, hits)));
    return out;
}

std::vector<Track> lookup_isrc(const PyCatalog& self, py::handle code) {
    std::vector<Track> out;
    for (const std::size_t index : value_or_throw(self.catalog.lookup_isrc(text_from(code, "code")))) {
        out.push_back(self.catalog[index]);
    }
    return out;
}

Track item(const PyCatalog& self, py::ssize_t index) {
    const auto size = static_cast<py::ssize_t>(self.catalog.size());
    const py::ssize_t position = index < 0 ? index + size : index;
    if (position < 0 || position >= size) {
        throw py::index_error("index " + std::to_string(index) + " is outside a catalogue of " + std::to_string(size) +
                              " tracks");
    }
    return self.catalog[static_cast<std::size_t>(position)];
}

}  // namespace

void bind_catalog(py::module_& m) {
    py::class_<PyCatalog>(m, "Catalog",
                          "Tracks to search in, in memory. Immutable and thread-safe. Every search is exact: the same\n"
                          "tracks, scores and order as comparing with all of them.")
        .def_static("from_tracks", &from_tracks, py::arg("tracks"),
                    "A catalogue of tracks (or mappings, or objects like tracks).")
        .def_static("from_jsonl", &from_jsonl, py::arg("path"), py::arg("on_error") = "raise",
                    "A catalogue out of JSON Lines; with on_error='skip' bad lines are listed in `rejected`.\n\n"
                    "Raises EngineError with file:line for the first bad line, or (io) for an unreadable file.")
        .def_readonly("rejected", &PyCatalog::rejected, "RejectedLines of the file it was read from.")
        .def("__len__", [](const PyCatalog& self) { return self.catalog.size(); })
        .def("__getitem__", &item, py::arg("index"), "The track at a position.")
        .def("search", &search, py::arg("query"), py::arg("k") = 10, py::arg("cutoff") = 0.0,
             py::arg("profile") = "standard",
             "The k best tracks with a score of `cutoff` or more as Matches: by score, ties by id.")
        .def("search_batch", &search_batch, py::arg("queries"), py::arg("k") = 10, py::arg("cutoff") = 0.0,
             py::arg("profile") = "standard", py::arg("threads") = py::none(), py::arg("progress") = py::none(),
             "search() for many queries at once, on `threads` (all that may be used): one list of Matches a query.\n"
             "`progress(done, total)` counts queries; what it raises stops the search.")
        .def("lookup_isrc", &lookup_isrc, py::arg("code"),
             "Tracks that carry the ISRC. Raises EngineError (invalid_isrc).")
        .def("__repr__",
             [](const PyCatalog& self) { return "<Catalog of " + std::to_string(self.catalog.size()) + " tracks>"; })
        .def(py::pickle(
            [](const PyCatalog& self) {
                const auto tracks = self.catalog.tracks();
                return py::make_tuple(py::cast(std::vector<Track>(tracks.begin(), tracks.end())));
            },
            [](const py::tuple& state) { return from_tracks(state[0]); }));
}

}  // namespace musicsync::bindings
