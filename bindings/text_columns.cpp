#include "text_columns.hpp"

namespace musicsync::bindings {
namespace {

// ASCII where Python keeps it, other text as UTF-8 that Python keeps as well; nothing for what is no text.
std::optional<std::string_view> view_of(PyObject* object) {
    if (object == Py_None) return std::string_view{};
    if (!PyUnicode_Check(object)) return std::nullopt;
    if (PyUnicode_IS_COMPACT_ASCII(object))
        return std::string_view(static_cast<const char*>(PyUnicode_DATA(object)),
                                static_cast<std::size_t>(PyUnicode_GET_LENGTH(object)));
    Py_ssize_t size = 0;
    const char* data = PyUnicode_AsUTF8AndSize(object, &size);
    if (data != nullptr) return std::string_view(data, static_cast<std::size_t>(size));
    PyErr_Clear();
    return std::nullopt;  // a lone surrogate: whoever converts it says so
}

// A name as Python keeps those in its own code: looking it up in a dict compares pointers.
PyObject* interned(const char* name) { return PyUnicode_InternFromString(name); }

struct Names {
    PyObject* id = interned("id");
    PyObject* title = interned("title");
    PyObject* track_name = interned("track_name");
    PyObject* artists = interned("artists");
    PyObject* artist = interned("artist");
    PyObject* album = interned("album");
    PyObject* isrc = interned("isrc");
};

const Names& names() {
    static const Names made;
    return made;
}

PyObject* item(py::handle dict, PyObject* name) {
    PyObject* const value = PyDict_GetItemWithError(dict.ptr(), name);
    if (value == nullptr && PyErr_Occurred() != nullptr) throw py::error_already_set();
    return value == nullptr ? Py_None : value;
}

PyObject* item(py::handle dict, PyObject* name, PyObject* alias) {
    PyObject* const value = item(dict, name);
    return value == Py_None ? item(dict, alias) : value;
}

}  // namespace

QueryTexts::QueryTexts(py::handle query) {
    if (PyDict_CheckExact(query.ptr()) && read_dict(query)) return;
    track_ = track_from(query, "query");
    artists_ = credit_of(*track_);
    row_ = {track_->title(), artists_, track_->album(), track_->isrc()};
}

bool QueryTexts::read_dict(py::handle query) {
    const auto title = view_of(item(query, names().title, names().track_name));
    const auto artist = view_of(item(query, names().artists, names().artist));
    const auto album = view_of(item(query, names().album));
    const auto isrc = view_of(item(query, names().isrc));
    if (!title || !artist || !album || !isrc) return false;
    row_ = {*title, *artist, *album, *isrc};
    return true;
}

std::optional<ColumnTexts> ColumnTexts::of(py::handle columns) {
    ColumnTexts out;
    const Names& key = names();
    const bool other_names = item(columns, key.track_name) != Py_None || item(columns, key.artists) != Py_None;
    const bool readable = !other_names && out.read(columns, key.title, out.title_) &&
                          out.read(columns, key.artist, out.artist_) && out.read(columns, key.album, out.album_) &&
                          out.read(columns, key.isrc, out.isrc_) && out.read(columns, key.id, out.id_);
    if (!readable || out.lists_.empty()) return std::nullopt;
    return out;
}

bool ColumnTexts::read(py::handle columns, py::handle name, Column& out) {
    PyObject* const list = item(columns, name.ptr());
    if (list == Py_None) return true;
    if (!PyList_CheckExact(list)) return false;
    const Py_ssize_t rows = PyList_GET_SIZE(list);
    if (!lists_.empty() && rows == 0 && PyList_GET_SIZE(lists_[0].ptr()) != 0)
        return false;  // refused as all others are
    out.resize(static_cast<std::size_t>(rows));
    for (Py_ssize_t row = 0; row < rows; ++row) {
        PyObject* const cell = PyList_GET_ITEM(list, row);
        const std::optional<std::string_view> text = view_of(cell);
        if (!text) {
            (void)text_from(cell, py::str(name).cast<std::string>(), "candidates[" + std::to_string(row) + "]",
                            static_cast<std::size_t>(row));
            return false;
        }
        bytes_ += text->size();
        out[static_cast<std::size_t>(row)] = *text;
    }
    lists_.push_back(py::reinterpret_borrow<py::object>(list));
    return true;
}

}  // namespace musicsync::bindings
