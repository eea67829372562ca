#include <string>
#include <vector>

#include "convert.hpp"
#include "musicsync/catalog.hpp"
#include "py_catalog.hpp"
#include "work.hpp"

namespace musicsync::bindings {
namespace {

py::dict to_dict(const CatalogChange& change) {
    py::dict out;
    out["added"] = change.added;
    out["removed"] = change.removed;
    out["tracks"] = change.tracks;
    out["shards"] = change.shards;
    out["missing"] = change.missing;
    return out;
}

// `name` stands for them in messages.
std::vector<std::string> words_from(py::handle words, const char* name) {
    if (py::isinstance<py::str>(words) || !py::isinstance<py::iterable>(words))
        throw py::type_error(std::string(name) + ": strings are needed, one behind the other in a list");
    std::vector<std::string> out;
    for (const py::handle word : py::reinterpret_borrow<py::iterable>(words)) out.push_back(text_from(word, name));
    return out;
}

py::dict add(py::handle path, py::handle tracks, bool replace, py::handle threads, py::handle progress) {
    const std::string name = path_from(path);
    PythonWork work(threads, progress);
    const Catalog more = [&] {
        if (py::isinstance<PyCatalog>(tracks)) return tracks.cast<const PyCatalog&>().catalog;
        const std::vector<Track> given = tracks_from(tracks, "tracks");
        return value_or_throw(work.run([&](const Work& how) { return Catalog::build(given, {how.threads, {}}); }));
    }();
    return to_dict(value_or_throw(work.run([&](const Work& how) { return Catalog::add(name, more, replace, how); })));
}

py::dict remove(py::handle path, py::handle ids, py::handle isrcs) {
    const std::string name = path_from(path);
    const std::vector<std::string> given_ids = words_from(ids, "ids");
    const std::vector<std::string> given_isrcs = words_from(isrcs, "isrcs");
    PythonWork work{py::none(), py::none()};
    return to_dict(
        value_or_throw(work.run([&](const Work& how) { return Catalog::remove(name, given_ids, given_isrcs, how); })));
}

py::dict compact(py::handle path, bool whole, py::handle threads, py::handle progress) {
    const std::string name = path_from(path);
    PythonWork work(threads, progress);
    return to_dict(value_or_throw(work.run([&](const Work& how) { return Catalog::compact(name, whole, how); })));
}

}  // namespace

void bind_changes(py::class_<PyCatalog>& catalog) {
    catalog
        .def_static(
            "add", &add, py::arg("path"), py::arg("tracks"), py::kw_only(), py::arg("replace") = false,
            py::arg("threads") = py::none(), py::arg("progress") = py::none(),
            "Puts tracks (or mappings, or columns, or a Catalog) behind those of the catalogue at a path;\n"
            "replace=True: in the place of those that have their ids. There whole or not at all, while others read "
            "and\n"
            "change it: what they have opened stays as it is. A dict of what was done: added, removed, tracks (there\n"
            "now), shards (files that hold them), missing.\n\n"
            "`progress(done, total)` counts bytes; what it raises stops the call. Raises EngineError: io, damaged,\n"
            "newer_format, too_long.")
        .def_static(
            "remove", &remove, py::arg("path"), py::kw_only(), py::arg("ids") = py::tuple(),
            py::arg("isrcs") = py::tuple(),
            "Removes all tracks with one of the ids or ISRCs from the catalogue at a path. As add(); `missing` has\n"
            "those that no track has. Raises EngineError (invalid_isrc) too.")
        .def_static(
            "compact", &compact, py::arg("path"), py::kw_only(), py::arg("whole") = false,
            py::arg("threads") = py::none(), py::arg("progress") = py::none(),
            "Makes few files of the many that changes have made, and forgets what is removed; whole=True: one of\n"
            "all. No search and no position changes. It takes as long as building what is merged, and others read\n"
            "and change the catalogue meanwhile. As add(), of tracks.");
}

}  // namespace musicsync::bindings
