#include "convert.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>

#include "columns.hpp"

namespace musicsync::bindings {
namespace {

constexpr double largest_number = 1e12;

// Where a value comes from: `name` or, in a list, `name[row]`. In words only for a message.
struct Place {
    std::string_view name;
    std::size_t row = Error::npos;
    bool in_list = false;

    [[nodiscard]] std::string in_words() const {
        return in_list ? std::string(name) + '[' + std::to_string(row) + ']' : std::string(name);
    }
    [[nodiscard]] std::string field_in_words(std::string_view field) const {
        return (name.empty() ? std::string() : in_words() + ": ") + std::string(field);
    }
};

[[noreturn]] void wrong_type(py::handle object, std::string_view wanted, std::string_view field, const Place& place) {
    throw py::type_error(place.field_in_words(field) + " must be " + std::string(wanted) + ", not " +
                         Py_TYPE(object.ptr())->tp_name);
}

[[noreturn]] void wrong_value(std::string_view problem, std::string_view field, const Place& place) {
    throw EngineFailure{
        {Errc::invalid_value, place.field_in_words(field) + " " + std::string(problem), std::string(field), place.row}};
}

// In words for messages only: of a list, which of its items.
std::string named(std::string_view field, std::optional<std::size_t> item) {
    return item ? std::string(field) + '[' + std::to_string(*item) + ']' : std::string(field);
}

std::string text_at(py::handle object, std::string_view field, const Place& place,
                    std::optional<std::size_t> item = std::nullopt) {
    if (!PyUnicode_Check(object.ptr())) wrong_type(object, "str", named(field, item), place);
    Py_ssize_t size = 0;
    const char* data = PyUnicode_AsUTF8AndSize(object.ptr(), &size);
    if (data == nullptr) {
        PyErr_Clear();
        const std::string name = named(field, item);
        throw EngineFailure{
            {Errc::invalid_utf8, place.field_in_words(name) + " holds a lone surrogate", name, place.row}};
    }
    return {data, static_cast<std::size_t>(size)};
}

std::string optional_text(const py::object& value, const char* field, const Place& place) {
    return value.is_none() ? std::string() : text_at(value, field, place);
}

std::string id_from(const py::object& value, const Place& place) {
    if (PyLong_Check(value.ptr()) && !PyBool_Check(value.ptr())) return py::str(value).cast<std::string>();
    return optional_text(value, "id", place);
}

std::vector<std::string> artists_from(const py::object& value, const Place& place) {
    std::vector<std::string> out;
    if (value.is_none()) return out;
    if (PyUnicode_Check(value.ptr())) {
        out.push_back(text_at(value, "artists", place));
        return out;
    }
    const bool listed = py::isinstance<py::list>(value) || py::isinstance<py::tuple>(value);
    if (!listed) wrong_type(value, "a str or a list of str", "artists", place);
    for (const py::handle item : value) {
        if (!item.is_none()) out.push_back(text_at(item, "artists", place, out.size()));
    }
    return out;
}

// A number that is finite and not absurd; bool is not a number here.
double number_from(const py::object& value, std::string_view field, const Place& place) {
    const bool text = PyUnicode_Check(value.ptr()) != 0;
    if (PyBool_Check(value.ptr()) || text || !PyNumber_Check(value.ptr())) wrong_type(value, "a number", field, place);
    const double number = PyFloat_AsDouble(value.ptr());
    if (PyErr_Occurred() != nullptr) {
        PyErr_Clear();
        wrong_value("is out of range", field, place);
    }
    if (std::isnan(number)) wrong_value("is NaN", field, place);
    if (!(std::fabs(number) < largest_number)) wrong_value("is out of range", field, place);
    return number;
}

// The keys of a track, as Python strings that live as long as the program: a look-up then makes no string.
enum Key : std::uint8_t {
    key_id,
    key_title,
    key_track_name,
    key_artists,
    key_artist,
    key_album,
    key_isrc,
    key_title_reading,
    key_artist_reading,
    key_duration_ms,
    key_duration_s,
    key_release_year,
    key_year,
    key_explicit,
    key_count,
};

constexpr std::array<const char*, key_count> key_names{
    "id",         "title",        "track_name",    "artists",        "artist",
    "album",      "isrc",         "title_reading", "artist_reading", "duration_ms",
    "duration_s", "release_year", "year",          "explicit"};

PyObject* interned(Key key) {
    static const auto names = [] {
        std::array<PyObject*, key_count> out{};
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i] = PyUnicode_InternFromString(key_names[i]);
            if (out[i] == nullptr) throw py::error_already_set();
        }
        return out;
    }();
    return names[key];
}

template <class Get>
void read_numbers(const Get& get, Track::Fields& fields, const Place& place) {
    const py::object milliseconds = get(key_duration_ms);
    const py::object seconds = milliseconds.is_none() ? get(key_duration_s) : py::object(py::none());
    if (!milliseconds.is_none()) {
        fields.duration = std::chrono::milliseconds(std::llround(number_from(milliseconds, "duration_ms", place)));
    } else if (!seconds.is_none()) {
        fields.duration = std::chrono::milliseconds(std::llround(1000.0 * number_from(seconds, "duration_s", place)));
    }
    py::object year = get(key_release_year);
    const char* field = year.is_none() ? "year" : "release_year";
    if (year.is_none()) year = get(key_year);
    if (year.is_none()) return;
    const double number = number_from(year, field, place);
    if (number != std::floor(number) || std::fabs(number) > 1e6) wrong_value("is not a year", field, place);
    fields.release_year = static_cast<int>(number);
}

template <class Get>
py::object first_of(const Get& get, Key key, Key alias) {
    py::object value = get(key);
    return value.is_none() ? get(alias) : value;
}

// The values of an exact dict, by key, in one walk through it: for a dict with few keys, which are interned as those of
// a program's text are. An interned str that is none of ours is no spelling of one either.
std::optional<std::array<py::object, key_count>> values_of(py::handle dict) {
    constexpr Py_ssize_t few = 16;
    if (PyDict_GET_SIZE(dict.ptr()) > few) return std::nullopt;
    std::array<py::object, key_count> out;
    Py_ssize_t at = 0;
    PyObject* name = nullptr;
    PyObject* value = nullptr;
    while (PyDict_Next(dict.ptr(), &at, &name, &value) != 0) {
        if (!PyUnicode_CheckExact(name) || PyUnicode_CHECK_INTERNED(name) == 0) return std::nullopt;
        for (std::size_t key = 0; key < key_count; ++key) {
            if (name != interned(static_cast<Key>(key))) continue;
            out[key] = py::reinterpret_borrow<py::object>(value);
            break;
        }
    }
    return out;
}

// An exact dict has no __missing__ and no other __getitem__: what it lacks costs no exception.
py::object dict_item_or_none(py::handle dict, Key key) {
    PyObject* value = PyDict_GetItemWithError(dict.ptr(), interned(key));
    if (value != nullptr) return py::reinterpret_borrow<py::object>(value);
    if (PyErr_Occurred() != nullptr) throw py::error_already_set();
    return py::none();
}

py::object item_or_none(py::handle mapping, Key key) {
    PyObject* value = PyObject_GetItem(mapping.ptr(), interned(key));
    if (value != nullptr) return py::reinterpret_steal<py::object>(value);
    if (PyErr_ExceptionMatches(PyExc_KeyError) == 0) throw py::error_already_set();
    PyErr_Clear();
    return py::none();
}

// nullptr for an attribute that is not there; any other exception of its property goes on.
py::object attribute(py::handle object, const char* key) {
    PyObject* value = PyObject_GetAttrString(object.ptr(), key);
    if (value != nullptr) return py::reinterpret_steal<py::object>(value);
    if (PyErr_ExceptionMatches(PyExc_AttributeError) == 0) throw py::error_already_set();
    PyErr_Clear();
    return {};
}

py::object attribute_or_none(py::handle object, const char* key) {
    py::object value = attribute(object, key);
    return value ? value : py::object(py::none());
}

bool is_mapping(py::handle object) { return PyDict_Check(object.ptr()) || attribute(object, "keys"); }

// A track out of the values that `get(key)` gives; py::none() for what is not there.
template <class Get>
Track read_track(const Get& get, const Place& place) {
    Track::Fields fields;
    fields.id = id_from(get(key_id), place);
    fields.title = optional_text(first_of(get, key_title, key_track_name), "title", place);
    fields.artists = artists_from(first_of(get, key_artists, key_artist), place);
    fields.album = optional_text(get(key_album), "album", place);
    fields.isrc = optional_text(get(key_isrc), "isrc", place);
    fields.title_reading = optional_text(get(key_title_reading), "title_reading", place);
    fields.artist_reading = optional_text(get(key_artist_reading), "artist_reading", place);
    read_numbers(get, fields, place);
    const py::object flag = get(key_explicit);
    if (!flag.is_none()) {
        if (!PyBool_Check(flag.ptr())) wrong_type(flag, "a bool", "explicit", place);
        fields.explicit_ = flag.cast<bool>();
    }
    Result<Track> track = Track::make(std::move(fields));
    if (!track) return value_or_throw(std::move(track), place.in_words(), place.row);
    return *std::move(track);
}

Track track_of_dict(py::handle dict, const Place& place) {
    if (const auto values = values_of(dict)) {
        const auto value = [&values](Key key) { return (*values)[key] ? (*values)[key] : py::object(py::none()); };
        return read_track(value, place);
    }
    return read_track([dict](Key key) { return dict_item_or_none(dict, key); }, place);
}

Track track_at(py::handle object, const Place& place) {
    if (const Track* track = native_track(object)) return *track;
    if (PyDict_CheckExact(object.ptr())) return track_of_dict(object, place);
    if (py::isinstance<Track>(object)) return object.cast<const Track&>();  // of a derived class
    if (is_mapping(object)) return read_track([object](Key key) { return item_or_none(object, key); }, place);
    if (PyUnicode_Check(object.ptr()) || PyType_Check(object.ptr()) || !attribute(object, "title")) {
        const std::string what = place.name.empty() ? "track" : place.in_words();
        wrong_type(object, "a Track, a mapping or an object with a title", what, {});
    }
    return read_track([object](Key key) { return attribute_or_none(object, key_names[key]); }, place);
}

}  // namespace

std::string text_from(py::handle object, std::string_view field, std::string_view where, std::size_t row) {
    return text_at(object, field, {where, row});
}

Track track_from_values(const std::function<py::object(const char*)>& get, std::string_view where, std::size_t row) {
    return read_track([&get](Key key) { return get(key_names[key]); }, {where, row});
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

std::size_t count_from(py::handle object, std::string_view field, std::size_t none) {
    if (object.is_none()) return none;
    if (PyBool_Check(object.ptr()) || !PyIndex_Check(object.ptr())) wrong_type(object, "an int", field, {});
    const Py_ssize_t count = PyNumber_AsSsize_t(object.ptr(), nullptr);
    if (count < 0) wrong_value("is negative", field, {});
    return static_cast<std::size_t>(count);
}

double fraction_from(py::handle object, std::string_view field) {
    const double value = number_from(py::reinterpret_borrow<py::object>(object), field, {});
    if (value < 0.0 || value > 1.0) wrong_value("is not between 0 and 1", field, {});
    return value;
}

std::string path_from(py::handle object) {
    return text_from(py::module_::import("os").attr("fsdecode")(object), "path");
}

Profile profile_from(py::handle object) {
    if (object.is_none()) return Profile::standard();
    if (py::isinstance<Profile>(object)) return object.cast<Profile>();
    return value_or_throw(Profile::named(text_from(object, "profile")));
}

}  // namespace musicsync::bindings
