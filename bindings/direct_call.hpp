// A way past pybind11's dispatcher for a method that takes a microsecond: it costs a tenth of one. Calls of two
// arguments by position go to `direct`; all others, and what an object of another class gets, to the method that is
// there already, whose docstring stays.
//
//   DirectCall<Matcher, &rank_two>::put(cls, "rank");    // py::object rank_two(const Matcher&, py::handle, py::handle)
#pragma once

#include <string>
#include <vector>

#include "bind.hpp"

namespace musicsync::bindings {

template <class Class, py::object (*direct)(const Class&, py::handle, py::handle)>
class DirectCall {
  public:
    static void put(const py::class_<Class>& cls, const char* name) {
        general_ = py::getattr(cls, name).release().ptr();
        type_ = reinterpret_cast<PyTypeObject*>(cls.ptr());
        static const std::string doc = py::cast<std::string>(py::handle(general_).attr("__doc__"));
        static PyMethodDef method{name, reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(&call)),
                                  METH_FASTCALL | METH_KEYWORDS, doc.c_str()};
        cls.attr(name) = py::reinterpret_steal<py::object>(PyDescr_NewMethod(type_, &method));
    }

  private:
    static PyObject* call(PyObject* self, PyObject* const* arguments, Py_ssize_t count, PyObject* names) noexcept {
        try {
            if (const Class* value = value_in(self); value != nullptr && count == 2 && names == nullptr)
                return direct(*value, arguments[0], arguments[1]).release().ptr();
            std::vector<PyObject*> all{self};
            const Py_ssize_t named = names == nullptr ? 0 : PyTuple_GET_SIZE(names);
            all.insert(all.end(), arguments, arguments + count + named);
            return PyObject_Vectorcall(general_, all.data(), static_cast<std::size_t>(count) + 1, names);
        } catch (py::error_already_set& raised) {
            raised.restore();
        } catch (...) {
            py::detail::try_translate_exceptions();
        }
        return nullptr;
    }

    // nullptr for an object of a derived class.
    static const Class* value_in(PyObject* self) {
        if (Py_TYPE(self) != type_) return nullptr;
        return reinterpret_cast<py::detail::instance*>(self)->get_value_and_holder().template value_ptr<Class>();
    }

    static inline PyObject* general_ = nullptr;  // both live as long as the program
    static inline PyTypeObject* type_ = nullptr;
};

}  // namespace musicsync::bindings
