#include "track_keys.hpp"

#include <algorithm>
#include <optional>

#include "ascii_text.hpp"

namespace musicsync::bindings {
namespace {

// key_count for a text that is none of them, nothing for an object that may equal one and is no plain str. A program's
// own text is interned, as ours are, and one that is none of those objects is no spelling of one either; json's is not.
std::optional<Key> key_of(PyObject* name, const std::array<PyObject*, key_count>& ours) {
    if (!PyUnicode_CheckExact(name)) return std::nullopt;
    const auto same = std::find(ours.begin(), ours.end(), name);
    if (same != ours.end() || PyUnicode_CHECK_INTERNED(name) != 0) return static_cast<Key>(same - ours.begin());
    if (!is_ascii_text(name)) return std::nullopt;
    return static_cast<Key>(std::find(key_names.begin(), key_names.end(), ascii_text(name)) - key_names.begin());
}

}  // namespace

const std::array<PyObject*, key_count>& interned_keys() {
    static const auto names = [] {
        std::array<PyObject*, key_count> out{};
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i] = PyUnicode_InternFromString(key_names[i].data());
            if (out[i] == nullptr) throw py::error_already_set();
        }
        return out;
    }();
    return names;
}

bool DictValues::read(py::handle dict) {
    const std::array<PyObject*, key_count>& ours = interned_keys();
    constexpr Py_ssize_t few = 16;
    if (PyDict_GET_SIZE(dict.ptr()) > few) return false;
    Py_ssize_t at = 0;
    PyObject* name = nullptr;
    PyObject* value = nullptr;
    while (PyDict_Next(dict.ptr(), &at, &name, &value) != 0) {
        const std::optional<Key> key = key_of(name, ours);
        if (!key) return false;
        if (*key == key_count || value == Py_None) continue;
        Py_INCREF(value);  // reading another one may run Python, which may empty the dict
        values_[*key] = value;
        known_ |= 1U << *key;
    }
    return true;
}

}  // namespace musicsync::bindings
