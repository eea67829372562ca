#include "text_columns.hpp"

#include <tuple>

#include "ascii_text.hpp"

namespace musicsync::bindings {
namespace {

// Other text is UTF-8 that Python keeps as well; nothing for what is no text.
std::optional<std::string_view> view_of(PyObject* object) {
    if (object == Py_None) return std::string_view{};
    if (!PyUnicode_Check(object)) return std::nullopt;
    if (PyUnicode_IS_COMPACT_ASCII(object)) return ascii_text(object);
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

// The values of an exact dict, looked up until all of them are found.
class Entries {
  public:
    explicit Entries(py::handle dict) noexcept : dict_(dict.ptr()), left_(PyDict_GET_SIZE(dict.ptr())) {}
    // None for what is not there. Held, since a look-up may run the code of somebody's key.
    py::object take(PyObject* name) {
        if (left_ == 0) return py::none();
        PyObject* const value = PyDict_GetItemWithError(dict_, name);
        if (value == nullptr && PyErr_Occurred() != nullptr) throw py::error_already_set();
        if (value == nullptr) return py::none();
        --left_;
        return py::reinterpret_borrow<py::object>(value);
    }

  private:
    PyObject* dict_;
    Py_ssize_t left_;
};

}  // namespace

QueryTexts::QueryTexts(py::handle query) {
    if (PyDict_CheckExact(query.ptr()) && read_dict(query)) return;
    track_ = track_from(query, "query");
    artists_ = credit_of(*track_);
    row_ = {track_->title(), artists_, track_->album(), track_->isrc()};
}

bool QueryTexts::read_dict(py::handle query) {
    const Names& key = names();
    Entries entries(query);
    held_ = {entries.take(key.title), entries.take(key.artist), entries.take(key.album), entries.take(key.isrc)};
    if (py::object artists = entries.take(key.artists); !artists.is_none()) held_[1] = std::move(artists);
    if (held_[0].is_none()) held_[0] = entries.take(key.track_name);
    const auto title = view_of(held_[0].ptr());
    const auto artist = view_of(held_[1].ptr());
    const auto album = view_of(held_[2].ptr());
    const auto isrc = view_of(held_[3].ptr());
    if (!title || !artist || !album || !isrc) return false;
    row_ = {*title, *artist, *album, *isrc};
    return true;
}

bool ColumnTexts::read(py::handle columns) {
    const Names& key = names();
    Entries entries(columns);
    const std::tuple<PyObject*, py::object, Column*> known[] = {{key.title, entries.take(key.title), &title_},
                                                                {key.artist, entries.take(key.artist), &artist_},
                                                                {key.album, entries.take(key.album), &album_},
                                                                {key.isrc, entries.take(key.isrc), &isrc_},
                                                                {key.id, entries.take(key.id), &id_}};
    if (!entries.take(key.track_name).is_none() || !entries.take(key.artists).is_none()) return false;
    for (const auto& [name, list, column] : known) {
        if (!list.is_none() && !read_column(name, list, *column)) return false;
    }
    return columns_ != 0;
}

bool ColumnTexts::read_column(py::handle name, const py::object& list, Column& out) {
    if (!PyList_CheckExact(list.ptr())) return false;
    const Py_ssize_t rows = PyList_GET_SIZE(list.ptr());
    if (columns_ != 0 && rows == 0 && PyList_GET_SIZE(lists_[0].ptr()) != 0) return false;  // refused as all others are
    out.resize(static_cast<std::size_t>(rows));
    for (Py_ssize_t row = 0; row < rows; ++row) {
        PyObject* const cell = PyList_GET_ITEM(list.ptr(), row);
        std::string_view& kept = out[static_cast<std::size_t>(row)];
        if (is_ascii_text(cell)) {
            kept = ascii_text(cell);
            bytes_ += kept.size();
            continue;
        }
        const std::optional<std::string_view> text = view_of(cell);
        if (!text) {
            (void)text_from(cell, py::str(name).cast<std::string>(), "candidates[" + std::to_string(row) + "]",
                            static_cast<std::size_t>(row));
            return false;
        }
        bytes_ += text->size();
        kept = *text;
    }
    lists_[columns_++] = list;
    return true;
}

}  // namespace musicsync::bindings
