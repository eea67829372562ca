#include "convert.hpp"

namespace musicsync::bindings {
namespace {

constexpr const char* engine_error_doc =
    "Input that the engine cannot take.\n\n"
    "code: what is wrong, e.g. 'invalid_utf8', 'invalid_value', 'invalid_isrc', 'invalid_json', 'too_long',\n"
    "    'length_mismatch', 'unknown_profile', 'unknown_kernel', 'io', 'cancelled'.\n"
    "field: the field or argument it is about, or None.\n"
    "row: the 0-based position in a list of records, or None.";

// Lives as long as the interpreter: the translator needs it at any time.
py::handle& engine_error() {
    static py::handle type;
    return type;
}

void raise(const Error& error) {
    const py::object exception = engine_error()(error.message);
    exception.attr("code") = std::string(name(error.code));
    exception.attr("field") = error.field.empty() ? py::object(py::none()) : py::object(py::str(error.field));
    exception.attr("row") = error.row == Error::npos ? py::object(py::none()) : py::object(py::int_(error.row));
    PyErr_SetObject(engine_error().ptr(), exception.ptr());
}

}  // namespace

void bind_errors(py::module_& m) {
    py::dict defaults;
    defaults["code"] = py::none();
    defaults["field"] = py::none();
    defaults["row"] = py::none();
    engine_error() =
        PyErr_NewExceptionWithDoc("musicsync._core.EngineError", engine_error_doc, PyExc_ValueError, defaults.ptr());
    m.attr("EngineError") = engine_error();
    // pybind11 fixes the signature.
    // NOLINTNEXTLINE(performance-unnecessary-value-param)
    py::register_local_exception_translator([](std::exception_ptr pointer) {
        try {
            if (pointer) std::rethrow_exception(pointer);
        } catch (const EngineFailure& failure) {
            raise(failure.error);
        }
    });
}

}  // namespace musicsync::bindings
