// A track out of what Python has for one.
#include <cmath>
#include <functional>
#include <utility>

#include "columns.hpp"
#include "convert.hpp"
#include "field_values.hpp"
#include "track_keys.hpp"

namespace musicsync::bindings {
namespace {

// The functions below are given what is known: no None, and no null handle.

void read_id(py::handle value, std::string& out, const Place& place) {
    if (PyLong_Check(value.ptr()) && !PyBool_Check(value.ptr()))
        out = py::str(value).cast<std::string>();
    else
        out = text_of(value, "id", place);
}

void read_artists(py::handle value, std::vector<std::string>& out, const Place& place) {
    if (PyUnicode_Check(value.ptr())) {
        out.emplace_back(text_of(value, "artists", place));
        return;
    }
    const bool listed = py::isinstance<py::list>(value) || py::isinstance<py::tuple>(value);
    if (!listed) wrong_type(value, "a str or a list of str", "artists", place);
    for (const py::handle item : value) {
        if (!item.is_none()) out.emplace_back(text_of(item, "artists", place, out.size()));
    }
}

int year_of(py::handle value, std::string_view field, const Place& place) {
    const double number = number_of(value, field, place);
    if (number != std::floor(number) || std::fabs(number) > 1e6) wrong_value("is not a year", field, place);
    return static_cast<int>(number);
}

std::chrono::milliseconds duration_of(py::handle value, double milliseconds, std::string_view field,
                                      const Place& place) {
    return std::chrono::milliseconds(std::llround(milliseconds * number_of(value, field, place)));
}

template <class Get>
void read_text(const Get& get, Key key, std::string& out, const Place& place) {
    if (const auto value = get(key)) out = text_of(value, key_names[key], place);
}

template <class Get>
void read_numbers(const Get& get, Track::Fields& fields, const Place& place) {
    if (const auto milliseconds = get(key_duration_ms))
        fields.duration = duration_of(milliseconds, 1.0, "duration_ms", place);
    else if (const auto seconds = get(key_duration_s))
        fields.duration = duration_of(seconds, 1000.0, "duration_s", place);
    if (const auto year = get(key_release_year))
        fields.release_year = year_of(year, "release_year", place);
    else if (const auto other = get(key_year))
        fields.release_year = year_of(other, "year", place);
}

template <class Get>
auto first_of(const Get& get, Key key, Key alias) {
    auto value = get(key);
    return value ? value : get(alias);
}

// A track out of the values that `get(key)` gives: a handle, null for what is not known.
template <class Get>
Track read_track(const Get& get, const Place& place) {
    Track::Draft draft;
    Track::Fields& fields = draft.fields();
    if (const auto id = get(key_id)) read_id(id, fields.id, place);
    if (const auto title = first_of(get, key_title, key_track_name)) fields.title = text_of(title, "title", place);
    if (const auto artists = first_of(get, key_artists, key_artist)) read_artists(artists, fields.artists, place);
    read_text(get, key_album, fields.album, place);
    read_text(get, key_isrc, fields.isrc, place);
    read_text(get, key_title_reading, fields.title_reading, place);
    read_text(get, key_artist_reading, fields.artist_reading, place);
    read_numbers(get, fields, place);
    if (const auto flag = get(key_explicit)) {
        if (!PyBool_Check(flag.ptr())) wrong_type(flag, "a bool", "explicit", place);
        fields.explicit_ = flag.ptr() == Py_True;
    }
    Result<Track> track = std::move(draft).finish();
    if (!track) return value_or_throw(std::move(track), place.in_words(), place.row);
    return *std::move(track);
}

// Null for None.
py::object known(py::object value) { return value.is_none() ? py::object() : std::move(value); }

// An exact dict has no __missing__ and no other __getitem__: what it lacks costs no exception.
py::object dict_item(py::handle dict, Key key) {
    PyObject* value = PyDict_GetItemWithError(dict.ptr(), interned_keys()[key]);
    if (value != nullptr) return known(py::reinterpret_borrow<py::object>(value));
    if (PyErr_Occurred() != nullptr) throw py::error_already_set();
    return {};
}

py::object mapping_item(py::handle mapping, Key key) {
    PyObject* value = PyObject_GetItem(mapping.ptr(), interned_keys()[key]);
    if (value != nullptr) return known(py::reinterpret_steal<py::object>(value));
    if (PyErr_ExceptionMatches(PyExc_KeyError) == 0) throw py::error_already_set();
    PyErr_Clear();
    return {};
}

// nullptr for an attribute that is not there; any other exception of its property goes on.
py::object attribute(py::handle object, const char* key) {
    PyObject* value = PyObject_GetAttrString(object.ptr(), key);
    if (value != nullptr) return py::reinterpret_steal<py::object>(value);
    if (PyErr_ExceptionMatches(PyExc_AttributeError) == 0) throw py::error_already_set();
    PyErr_Clear();
    return {};
}

bool is_mapping(py::handle object) { return PyDict_Check(object.ptr()) || attribute(object, "keys"); }

Track track_of_dict(py::handle dict, const Place& place) {
    DictValues values;
    if (values.read(dict)) return read_track(values, place);
    return read_track([dict](Key key) { return dict_item(dict, key); }, place);
}

Track track_at(py::handle object, const Place& place) {
    if (PyDict_CheckExact(object.ptr())) return track_of_dict(object, place);
    if (const Track* track = native_track(object)) return *track;
    if (py::isinstance<Track>(object)) return object.cast<const Track&>();  // of a derived class
    if (is_mapping(object)) return read_track([object](Key key) { return mapping_item(object, key); }, place);
    if (PyUnicode_Check(object.ptr()) || PyType_Check(object.ptr()) || !attribute(object, "title")) {
        const std::string what = place.name.empty() ? "track" : place.in_words();
        wrong_type(object, "a Track, a mapping or an object with a title", what, {});
    }
    const auto value = [object](Key key) {
        py::object found = attribute(object, key_names[key].data());
        return found ? known(std::move(found)) : found;
    };
    return read_track(value, place);
}

}  // namespace

Track track_from_values(const std::function<py::object(const char*)>& get, std::string_view where, std::size_t row) {
    return read_track([&get](Key key) { return known(get(key_names[key].data())); }, {where, row});
}

const Track* native_track(py::handle object) {
    static const PyTypeObject* const type = reinterpret_cast<PyTypeObject*>(py::type::of<Track>().ptr());
    if (Py_TYPE(object.ptr()) != type) return nullptr;
    return reinterpret_cast<py::detail::instance*>(object.ptr())->get_value_and_holder().value_ptr<Track>();
}

Track track_from(py::handle object, std::string_view where, std::size_t row) { return track_at(object, {where, row}); }

std::vector<Track> tracks_from(py::handle iterable, std::string_view name) {
    const bool listed = PyList_CheckExact(iterable.ptr()) != 0;  // the common case, without a look for columns
    if (!listed) {
        if (auto tracks = tracks_from_columns(iterable, name)) return *std::move(tracks);
    }
    if (PyUnicode_Check(iterable.ptr()) || !py::isinstance<py::iterable>(iterable)) {
        wrong_type(iterable, "a list of tracks", name, {});
    }
    std::vector<Track> out;
    if (listed) out.reserve(py::len(iterable));
    for (const py::handle item : iterable) out.push_back(track_at(item, {name, out.size(), true}));
    return out;
}

}  // namespace musicsync::bindings
