#include "musicsync/catalog.hpp"

#include <memory>

#include "arrow.hpp"
#include "convert.hpp"
#include "filter.hpp"
#include "ingest.hpp"
#include "py_catalog.hpp"
#include "track_parts.hpp"
#include "work.hpp"

namespace musicsync::bindings {
namespace {

// Lines that are no tracks.
std::vector<RejectedLine> add_jsonl(CatalogBuilder& builder, py::handle path, py::handle threads, py::handle progress) {
    const std::string name = path_from(path);
    PythonWork work(threads, progress);
    return value_or_throw(work.run([&](const Work& how) { return builder.add_jsonl(name, how); }));
}

PyCatalog build(CatalogBuilder& builder, std::vector<RejectedLine> rejected = {}) {
    return {value_or_throw([&] {
                const py::gil_scoped_release unlocked;
                return std::move(builder).build();
            }()),
            std::move(rejected)};
}

PyCatalog from_jsonl(py::handle path, py::handle on_error, py::handle threads, py::handle progress) {
    const bool raise = raises(on_error);
    CatalogBuilder builder;
    std::vector<RejectedLine> rejected = add_jsonl(builder, path, threads, progress);
    if (raise && !rejected.empty()) throw EngineFailure{error_of(rejected.front())};
    return build(builder, std::move(rejected));
}

// Tracks, or all of a catalogue; the rows that are no tracks, where they do not raise.
std::vector<RejectedLine> add_tracks(CatalogBuilder& self, py::handle tracks, py::handle threads, py::handle progress,
                                     py::handle on_error) {
    const bool raise = raises(on_error);
    PythonWork work(threads, progress);
    if (py::isinstance<PyCatalog>(tracks)) {
        const Catalog given = tracks.cast<const PyCatalog&>().catalog;
        (void)value_or_throw(work.run([&](const Work& how) { return self.add(given, how); }));
        return {};
    }
    if (raise && !is_arrow(tracks)) {
        const std::vector<Track> given = tracks_from(tracks, "tracks");
        (void)value_or_throw(work.run([&](const Work& how) { return self.add(given, how); }));
        return {};
    }
    PythonWork part_work(threads, py::none());
    std::vector<RejectedLine> rejected;
    const auto take = [&](const std::vector<Track>& part, std::size_t done, std::size_t total) {
        (void)value_or_throw(part_work.run([&](const Work& how) { return self.add(part, how); }));
        if (!progress.is_none()) progress(done, total);
    };
    for_each_part(tracks, "tracks", raise ? nullptr : &rejected, take);
    return rejected;
}

PyCatalog from_tracks(py::handle tracks, py::handle threads, py::handle progress, py::handle on_error) {
    CatalogBuilder builder;
    std::vector<RejectedLine> rejected = add_tracks(builder, tracks, threads, progress, on_error);
    return build(builder, std::move(rejected));
}

PyCatalog open(py::handle path, bool mapped) {
    const std::string name = path_from(path);
    const auto memory = mapped ? Catalog::Memory::mapped : Catalog::Memory::owned;
    return {value_or_throw([&] {
                const py::gil_scoped_release unlocked;
                return Catalog::open(name, memory);
            }()),
            {}};
}

std::size_t save(const PyCatalog& self, py::handle path, py::handle progress) {
    const std::string name = path_from(path);
    PythonWork work(py::none(), progress);
    return value_or_throw(work.run([&](const Work& how) { return self.catalog.save(name, how); }));
}

std::vector<std::string> verify(py::handle path) {
    const std::string name = path_from(path);
    return value_or_throw([&] {
        const py::gil_scoped_release unlocked;
        return Catalog::verify(name);
    }());
}

py::dict info_to_dict(const CatalogInfo& info) {
    py::dict sections;
    for (const CatalogInfo::Section& section : info.sections) sections[py::str(section.name)] = section.bytes;
    py::dict out;
    out["tracks"] = info.tracks;
    out["bytes"] = info.bytes;
    out["format"] = info.format;
    out["has_rows"] = info.has_rows;
    out["read_as_now"] = info.read_as_now;
    out["sections"] = std::move(sections);
    py::list shards;
    for (const CatalogInfo::Shard& shard : info.shards) {
        py::dict one;
        one["name"] = shard.name;
        one["tracks"] = shard.tracks;
        one["removed"] = shard.removed;
        one["bytes"] = shard.bytes;
        shards.append(std::move(one));
    }
    out["shards"] = std::move(shards);
    return out;
}

py::bytes to_bytes(const PyCatalog& self) {
    const std::vector<std::byte> bytes = value_or_throw(self.catalog.bytes());
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

PyCatalog from_bytes(const py::bytes& bytes) {
    const std::string_view view = bytes;
    return {value_or_throw(Catalog::from_bytes({reinterpret_cast<const std::byte*>(view.data()), view.size()},
                                               "the pickled catalogue")),
            {}};
}

std::vector<Match> matches(const Catalog& catalog, const std::vector<Ranked>& hits) {
    std::vector<Match> out;
    out.reserve(hits.size());
    for (const Ranked& hit : hits) out.push_back({catalog[hit.index], hit});
    return out;
}

// What all searches take besides their queries.
struct Search {
    std::size_t k;
    double cutoff;
    Profile profile;
    Filter filter;
};

Search search_from(const PyCatalog& self, py::handle k, py::handle cutoff, py::handle profile, py::handle year,
                   py::handle duration, py::handle explicit_) {
    return {count_from(k, "k", self.catalog.size()), fraction_from(cutoff, "cutoff"), profile_from(profile),
            filter_from(year, duration, explicit_)};
}

py::list search_recordings(const PyCatalog& self, py::handle query, py::handle k, py::handle cutoff, py::handle profile,
                           py::handle year, py::handle duration, py::handle explicit_) {
    const Track asked = track_from(query, "query");
    const Search by = search_from(self, k, cutoff, profile, year, duration, explicit_);
    const std::vector<std::vector<Ranked>> recordings = [&] {
        const py::gil_scoped_release unlocked;
        return self.catalog.search_recordings(by.profile, asked, by.k, by.cutoff, by.filter);
    }();
    py::list out;
    for (const std::vector<Ranked>& releases : recordings) out.append(py::cast(matches(self.catalog, releases)));
    return out;
}

std::vector<Match> search(const PyCatalog& self, py::handle query, py::handle k, py::handle cutoff, py::handle profile,
                          py::handle year, py::handle duration, py::handle explicit_) {
    const Track asked = track_from(query, "query");
    const Search by = search_from(self, k, cutoff, profile, year, duration, explicit_);
    const std::vector<Ranked> hits = [&] {
        const py::gil_scoped_release unlocked;
        return self.catalog.search(by.profile, asked, by.k, by.cutoff, by.filter);
    }();
    return matches(self.catalog, hits);
}

py::list search_batch(const PyCatalog& self, py::handle queries, py::handle k, py::handle cutoff, py::handle profile,
                      py::handle threads, py::handle progress, py::handle year, py::handle duration,
                      py::handle explicit_) {
    const Search by = search_from(self, k, cutoff, profile, year, duration, explicit_);
    PythonWork work(threads, progress);
    const std::vector<Track> asked = tracks_from(queries, "queries");
    const std::vector<std::vector<Ranked>> rows = value_or_throw(work.run([&](const Work& how) {
        return self.catalog.search_batch(by.profile, asked, by.k, by.cutoff, how, by.filter);
    }));
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

void bind_builder(py::module_& m) {
    py::class_<CatalogBuilder>(m, "CatalogBuilder",
                               "Makes a catalogue of tracks that come one part after the other, and need not stay.\n"
                               "For one thread at a time.")
        .def(py::init<>())
        .def("add", &add_tracks, py::arg("tracks"), py::arg("threads") = py::none(), py::arg("progress") = py::none(),
             py::kw_only(), py::arg("on_error") = "raise",
             "Adds tracks (or mappings, or objects like tracks, or columns, or all of a Catalog) behind those that\n"
             "were added before. Data frames and Arrow streams are read some 65,536 rows at a time: a batch is let\n"
             "go before the next is read.\n\n"
             "on_error: 'raise' raises EngineError for one that is no track, and adds none; of Arrow it adds the\n"
             "parts before its own. 'skip' adds all others and gives RejectedLines for those, whose `line` is the\n"
             "row, from 1. A column of a type that it cannot have is a TypeError that names it. `progress(done,\n"
             "total)` counts tracks; what it raises stops the call, with some of them added.")
        .def("add_jsonl", &add_jsonl, py::arg("path"), py::arg("threads") = py::none(),
             py::arg("progress") = py::none(),
             "Adds the tracks of a file of JSON Lines, a part at a time. The RejectedLines that are none.\n\n"
             "`progress(done, total)` counts bytes. Raises EngineError (io).")
        .def("__len__", &CatalogBuilder::size)
        .def(
            "build", [](CatalogBuilder& self) { return build(self); },
            "The catalogue; leaves nothing behind. Raises EngineError (too_long) where the texts of one field have\n"
            "more than 4 GiB.");
}

}  // namespace

void bind_catalog(py::module_& m) {
    bind_builder(m);
    py::class_<PyCatalog> catalog(
        m, "Catalog",
        "Tracks to search in, in memory or out of a file. Immutable and thread-safe. Every search is\n"
        "exact: the same tracks, scores and order as comparing with all of them.");
    bind_joins(m, catalog);
    bind_changes(catalog);
    catalog
        .def_static(
            "from_tracks", &from_tracks, py::arg("tracks"), py::arg("threads") = py::none(),
            py::arg("progress") = py::none(), py::kw_only(), py::arg("on_error") = "raise",
            "A catalogue of tracks (or mappings, or objects like tracks, or columns, or an Arrow stream, which\n"
            "is read a part at a time); with on_error='skip' bad rows are listed in `rejected`.\n\n"
            "`progress(done, total)` counts tracks; what it raises stops the call.")
        .def_static(
            "from_jsonl", &from_jsonl, py::arg("path"), py::arg("on_error") = "raise", py::arg("threads") = py::none(),
            py::arg("progress") = py::none(),
            "A catalogue out of JSON Lines; with on_error='skip' bad lines are listed in `rejected`.\n\n"
            "`progress(done, total)` counts bytes. Raises EngineError with file:line for the first bad line, or\n"
            "(io) for an unreadable file.")
        .def_static(
            "open", &open, py::arg("path"), py::kw_only(), py::arg("mapped") = false,
            "A catalogue that save() wrote. mapped=True leaves it in the file, whose pages all processes share:\n"
            "it must not be written to then (save() puts a new file in its place).\n\n"
            "Raises EngineError: io, damaged, or newer_format for a file of a newer version.")
        .def_static("verify", &verify, py::arg("path"),
                    "All that is wrong with a catalogue's file, a sentence each; [] for a good one.\n\n"
                    "Raises EngineError (io) for an unreadable file.")
        .def_static(
            "info",
            [](py::handle path) {
                const std::string name = path_from(path);
                return info_to_dict(value_or_throw(Catalog::info(name)));
            },
            py::arg("path"),
            "What a catalogue's file says of itself, without reading it whole: tracks, bytes, format (its version),\n"
            "has_rows (False: it is so small that a search compares all tracks), read_as_now (False: it was made by\n"
            "another engine or vocabulary, and searches by `standard` compare with every track until it is built\n"
            "again), sections (bytes of each), shards (of a catalogue in several files, whose bytes are summed up: "
            "name,\n"
            "tracks, removed and bytes of each; [] for one in one file).\n\n"
            "Raises EngineError: io, damaged, newer_format.")
        .def(
            "save", &save, py::arg("path"), py::arg("progress") = py::none(),
            "Writes the catalogue to a file, in the place of what is there when all of it is on the disk. Its size.\n\n"
            "`progress(done, total)` counts bytes; what it raises stops the call and leaves the old file. Raises\n"
            "EngineError (io).")
        .def_readonly("rejected", &PyCatalog::rejected, "RejectedLines of the file or the rows it was made of.")
        .def("__len__", [](const PyCatalog& self) { return self.catalog.size(); })
        .def("__getitem__", &item, py::arg("index"), "The track at a position.")
        .def("search", &search, py::arg("query"), py::arg("k") = 10, py::arg("cutoff") = 0.0,
             py::arg("profile") = "standard", py::kw_only(), py::arg("year") = py::none(),
             py::arg("duration_s") = py::none(), py::arg("explicit") = py::none(),
             "The k best tracks with a score of `cutoff` or more as Matches: by score, ties by id.\n\n"
             "Only those of a `year` of release, a `duration_s` (each a number, or both limits, of which one may be\n"
             "None) and an `explicit`ness, where they are given: what is not known of a track is not it.")
        .def(
            "search_recordings", &search_recordings, py::arg("query"), py::arg("k") = 10, py::arg("cutoff") = 0.0,
            py::arg("profile") = "standard", py::kw_only(), py::arg("year") = py::none(),
            py::arg("duration_s") = py::none(), py::arg("explicit") = py::none(),
            "The k best recordings, each as a list of its releases (Matches), best first: those that stand before the\n"
            "first release of another recording in the ranking of all tracks. Narrowed as search() is.")
        .def("search_batch", &search_batch, py::arg("queries"), py::arg("k") = 10, py::arg("cutoff") = 0.0,
             py::arg("profile") = "standard", py::arg("threads") = py::none(), py::arg("progress") = py::none(),
             py::kw_only(), py::arg("year") = py::none(), py::arg("duration_s") = py::none(),
             py::arg("explicit") = py::none(),
             "search() for many queries at once, on `threads` (all that may be used): one list of Matches a query.\n"
             "`progress(done, total)` counts queries; what it raises stops the search.")
        .def("lookup_isrc", &lookup_isrc, py::arg("code"),
             "Tracks that carry the ISRC. Raises EngineError (invalid_isrc).")
        .def("__repr__",
             [](const PyCatalog& self) { return "<Catalog of " + std::to_string(self.catalog.size()) + " tracks>"; })
        .def(py::pickle([](const PyCatalog& self) { return py::make_tuple(to_bytes(self)); },
                        [](const py::tuple& state) { return from_bytes(state[0].cast<py::bytes>()); }));
}

}  // namespace musicsync::bindings
