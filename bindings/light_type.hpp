// A Python type whose instances are a C++ value and nothing else: made in some 30 ns, where one of pybind11's takes
// hundreds for its registry. For results of calls that take a microsecond.
//
//   LightType<Ranking> type(m, "musicsync._core.Ranking", "What it is.");
//   type.def("__len__", [](const Ranking& x) { return x.hits.size(); });
//   type.property("scores", &scores, "What they are.");
//
// Python code can neither make nor derive one. A header names it for conversions, behind the value's definition:
//
//   namespace pybind11::detail {
//   template <>
//   struct type_caster<Ranking> : musicsync::bindings::LightCaster<Ranking> {
//       static constexpr auto name = const_name("musicsync._core.Ranking");
//   };
//   }
#pragma once

#include <cstring>
#include <new>
#include <utility>

#include "bind.hpp"

namespace musicsync::bindings {

template <class Value>
class LightType {
  public:
    LightType(py::module_& m, const char* name, const char* doc) {
        PyType_Slot slots[] = {
            {Py_tp_dealloc, reinterpret_cast<void*>(&destroy)}, {Py_tp_doc, const_cast<char*>(doc)}, {0, nullptr}};
        PyType_Spec spec{name, sizeof(Object), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};
        PyObject* const made = PyType_FromSpec(&spec);
        if (made == nullptr) throw py::error_already_set();
        type_ = reinterpret_cast<PyTypeObject*>(made);
        m.add_object(std::strrchr(name, '.') + 1, made);
    }

    template <class Function, class... Doc>
    LightType& def(const char* name, Function&& function, const Doc&... doc) {
        type().attr(name) =
            py::cpp_function(std::forward<Function>(function), py::name(name), py::is_method(type()), doc...);
        return *this;
    }

    template <class Get>
    LightType& property(const char* name, Get&& get, const char* doc) {
        const py::handle made(reinterpret_cast<PyObject*>(&PyProperty_Type));
        type().attr(name) =
            made(py::cpp_function(std::forward<Get>(get), py::is_method(type())), py::none(), py::none(), doc);
        return *this;
    }

    // A new instance.
    [[nodiscard]] static PyObject* hold(Value&& value) {
        Object* const object = PyObject_New(Object, type_);
        if (object == nullptr) throw py::error_already_set();
        new (&object->value) Value(std::move(value));
        return reinterpret_cast<PyObject*>(object);
    }
    // nullptr for an object of another type.
    [[nodiscard]] static const Value* in(py::handle object) noexcept {
        return Py_TYPE(object.ptr()) == type_ ? &reinterpret_cast<Object*>(object.ptr())->value : nullptr;
    }

  private:
    struct Object {
        PyObject_HEAD Value value;
    };
    static void destroy(PyObject* self) {
        PyTypeObject* const type = Py_TYPE(self);
        reinterpret_cast<Object*>(self)->value.~Value();
        PyObject_Free(self);
        Py_DECREF(type);
    }
    static py::handle type() { return reinterpret_cast<PyObject*>(type_); }

    static inline PyTypeObject* type_ = nullptr;  // lives as long as the program
};

// Takes a const Value&, gives a Value.
template <class Value>
class LightCaster {
  public:
    bool load(py::handle object, bool) noexcept {
        value_ = LightType<Value>::in(object);
        return value_ != nullptr;
    }
    static py::handle cast(Value&& value, py::return_value_policy, py::handle) {
        return LightType<Value>::hold(std::move(value));
    }
    template <class>
    using cast_op_type = const Value&;
    operator const Value&() const noexcept { return *value_; }  // NOLINT(google-explicit-constructor): pybind11's way

  private:
    const Value* value_ = nullptr;
};

}  // namespace musicsync::bindings
