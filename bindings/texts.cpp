#include "texts.hpp"

#include <algorithm>
#include <string>

#include "convert.hpp"

namespace musicsync::bindings {
namespace {

constexpr std::size_t ahead = 12;

Symbols symbols_of(py::handle text) {
    return {PyUnicode_DATA(text.ptr()), static_cast<std::size_t>(PyUnicode_GET_LENGTH(text.ptr())),
            static_cast<unsigned>(PyUnicode_KIND(text.ptr()))};
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string place(const char* name, std::size_t row) { return std::string(name) + "[" + std::to_string(row) + "]"; }

}  // namespace

Texts::Texts(py::handle source, const char* name) {
    if (is_arrow(source)) {
        read_arrow(source, name);
    } else {
        read_objects(source, name);
    }
}

// Each str is kept alive. They lie anywhere in memory, so each is asked for ahead of time, and when it is let go too.
void Texts::read_objects(py::handle source, const char* name) {
    const auto list = py::reinterpret_steal<py::object>(PySequence_Fast(source.ptr(), "no iterable of str"));
    if (!list) throw py::error_already_set();
    const auto count = static_cast<std::size_t>(PySequence_Fast_GET_SIZE(list.ptr()));
    PyObject* const* const items = PySequence_Fast_ITEMS(list.ptr());
    owned_.reserve(count);
    symbols_.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        if (i + ahead < count) __builtin_prefetch(items[i + ahead], 1);
        if (!PyUnicode_Check(items[i]))
            throw py::type_error(place(name, i) + " is " + Py_TYPE(items[i])->tp_name + ", not str");
        owned_.push_back(py::reinterpret_borrow<py::object>(items[i]));
        symbols_.push_back(symbols_of(items[i]));
    }
}

Texts::~Texts() {
    for (std::size_t i = 0; i < owned_.size(); ++i) {
        if (i + ahead < owned_.size()) __builtin_prefetch(owned_[i + ahead].ptr(), 1);
        owned_[i] = py::object();
    }
}

void Texts::read_arrow(py::handle source, const char* name) {
    arrow_ = std::make_unique<ArrowInput>(source, name);
    columns_ = texts_of_arrow(*arrow_, name);
    for (const auto& [column, rows] : columns_) {
        for (std::size_t row = 0; row < rows; ++row) {
            const std::string_view text = column[row];
            const std::size_t position = symbols_.size();
            if (text.data() == nullptr) throw py::type_error(place(name, position) + " is null, not str");
            if (is_ascii(text)) {
                symbols_.push_back({text.data(), text.size(), 1});
                continue;
            }
            PyObject* made = PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), nullptr);
            if (made == nullptr) {
                PyErr_Clear();
                throw EngineFailure{{Errc::invalid_utf8, place(name, position) + " is not UTF-8", name, position}};
            }
            decoded_.append(py::reinterpret_steal<py::object>(made));
            symbols_.push_back(symbols_of(made));
        }
    }
}

}  // namespace musicsync::bindings
