// The bytes of an ASCII str, which lie in the object itself.
#pragma once

#include <string_view>

#include "bind.hpp"

namespace musicsync::bindings {

// False for any other object too.
[[nodiscard]] inline bool is_ascii_text(PyObject* object) noexcept {
    return PyUnicode_CheckExact(object) && PyUnicode_IS_COMPACT_ASCII(object);
}
[[nodiscard]] inline std::string_view ascii_text(PyObject* object) noexcept {
    return {reinterpret_cast<const char*>(reinterpret_cast<PyASCIIObject*>(object) + 1),
            static_cast<std::size_t>(PyUnicode_GET_LENGTH(object))};
}

}  // namespace musicsync::bindings
