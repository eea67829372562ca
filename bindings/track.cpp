#include <functional>

#include "convert.hpp"
#include "html.hpp"

namespace musicsync::bindings {
namespace {

constexpr const char* track_doc =
    "A track as somebody's catalogue tells it. Immutable; every field may be unknown.\n\n"
    "id: str or int. title, album: str. artists: list of credited names in order, main artist first, or one credit\n"
    "line. isrc: any spelling; text that is no ISRC counts as unknown. duration_ms: milliseconds. release_year: "
    "1-9999.\n"
    "explicit: bool. title_reading, artist_reading: Latin spellings by somebody who knows how a text is read, "
    "compared\n"
    "with texts in another script. None, '', an empty list and 0 are unknown.\n\n"
    "Raises TypeError for a wrong type and EngineError for a bad value; both name the field.";

py::object known(const std::string& text) { return text.empty() ? py::object(py::none()) : py::object(py::str(text)); }

Track make_track(const py::object& id, const py::object& title, const py::object& artists, const py::object& album,
                 const py::object& isrc, const py::object& duration_ms, const py::object& release_year,
                 const py::object& explicit_, const py::object& title_reading, const py::object& artist_reading) {
    py::dict values;
    values["id"] = id;
    values["title"] = title;
    values["artists"] = artists;
    values["album"] = album;
    values["isrc"] = isrc;
    values["duration_ms"] = duration_ms;
    values["release_year"] = release_year;
    values["explicit"] = explicit_;
    values["title_reading"] = title_reading;
    values["artist_reading"] = artist_reading;
    return track_from(values, {});
}

Track from_mapping(py::handle mapping) {
    if (!PyDict_Check(mapping.ptr()) && !py::hasattr(mapping, "keys")) {
        throw py::type_error(std::string("mapping must be a mapping, not ") + Py_TYPE(mapping.ptr())->tp_name);
    }
    return track_from(mapping, {});
}

std::string repr(const Track& track) {
    std::string out;
    for (const auto& [key, value] : to_dict(track)) {
        const bool empty = value.is_none() || (py::isinstance<py::list>(value) && py::len(value) == 0);
        if (empty) continue;
        out += (out.empty() ? "" : ", ") + key.cast<std::string>() + "=" + py::repr(value).cast<std::string>();
    }
    return "Track(" + out + ")";
}

std::string track_to_html(const Track& track) {
    HtmlTable table{"Track", {"field", "value"}, {}, {}};
    for (const auto& [key, value] : to_dict(track)) {
        const bool empty = value.is_none() || (py::isinstance<py::list>(value) && py::len(value) == 0);
        if (empty) continue;
        const py::object shown = py::isinstance<py::list>(value) ? py::str(", ").attr("join")(value) : py::str(value);
        table.rows.push_back({key.cast<std::string>(), shown.cast<std::string>()});
    }
    return to_html(table);
}

py::ssize_t hash(const Track& t) {
    return py::hash(py::make_tuple(t.id(), t.title(), py::tuple(py::cast(t.artists())), t.album(), t.isrc(),
                                   t.duration() ? t.duration()->count() : -1, t.release_year(), t.explicit_(),
                                   t.title_reading(), t.artist_reading()));
}

}  // namespace

void bind_track(py::module_& m) {
    const py::none none;
    py::class_<Track>(m, "Track", track_doc)
        .def(py::init(&make_track), py::kw_only(), py::arg("id") = none, py::arg("title") = none,
             py::arg("artists") = none, py::arg("album") = none, py::arg("isrc") = none, py::arg("duration_ms") = none,
             py::arg("release_year") = none, py::arg("explicit") = none, py::arg("title_reading") = none,
             py::arg("artist_reading") = none)
        .def_static("from_mapping", &from_mapping, py::arg("mapping"),
                    "A track out of a mapping: the constructor's names, or track_name for title, artist for artists,\n"
                    "duration_s (seconds) for duration_ms, year for release_year. Other keys are passed over.")
        .def_property_readonly(
            "id", [](const Track& t) { return known(t.id()); }, "The catalogue's name for it, or None.")
        .def_property_readonly(
            "title", [](const Track& t) { return known(t.title()); }, "The title, or None.")
        .def_property_readonly("artists", &Track::artists, "Credits as given, main artist first; empty if unknown.")
        .def_property_readonly(
            "album", [](const Track& t) { return known(t.album()); }, "The album's name, or None.")
        .def_property_readonly(
            "isrc", [](const Track& t) { return known(t.isrc()); }, "The 12 characters, or None.")
        .def_property_readonly(
            "duration_ms", [](const Track& t) { return to_dict(t)["duration_ms"].cast<py::object>(); },
            "Milliseconds, or None.")
        .def_property_readonly("release_year", &Track::release_year, "The year, or None.")
        .def_property_readonly("explicit", &Track::explicit_, "Whether the lyrics are marked explicit, or None.")
        .def_property_readonly(
            "title_reading", [](const Track& t) { return known(t.title_reading()); },
            "The Latin spelling that came with the title, or None.")
        .def_property_readonly(
            "artist_reading", [](const Track& t) { return known(t.artist_reading()); },
            "The Latin spelling that came with the credits, or None.")
        .def(
            "to_dict", [](const Track& t) { return to_dict(t); },
            "All fields by name; None for what is unknown, no\nreading where none was given.")
        .def(
            "__eq__", [](const Track& a, const Track& b) { return a == b; }, py::is_operator())
        .def("__hash__", &hash)
        .def("__repr__", &repr)
        .def("_repr_html_", &track_to_html)
        .def(py::pickle([](const Track& t) { return to_dict(t); },
                        [](const py::dict& state) { return track_from(state, {}); }));
}

}  // namespace musicsync::bindings
