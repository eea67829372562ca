#include "texts.hpp"

#include <algorithm>
#include <string>

#include "convert.hpp"

namespace musicsync::bindings {
namespace {

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

void Texts::read_objects(py::handle source, const char* name) {
    const py::tuple texts(py::reinterpret_borrow<py::object>(source));
    owner_ = texts;
    symbols_.reserve(texts.size());
    for (const py::handle item : texts) {
        if (!PyUnicode_Check(item.ptr()))
            throw py::type_error(place(name, symbols_.size()) + " is " + Py_TYPE(item.ptr())->tp_name + ", not str");
        symbols_.push_back(symbols_of(item));
    }
}

void Texts::read_arrow(py::handle source, const char* name) {
    arrow_ = std::make_unique<ArrowInput>(source, name);
    columns_ = texts_of_arrow(*arrow_, name);
    py::list decoded;
    owner_ = decoded;
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
            decoded.append(py::reinterpret_steal<py::object>(made));
            symbols_.push_back(symbols_of(made));
        }
    }
}

}  // namespace musicsync::bindings
