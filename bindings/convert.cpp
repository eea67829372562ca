#include "convert.hpp"

#include "field_values.hpp"

namespace musicsync::bindings {

std::string text_from(py::handle object, std::string_view field, std::string_view where, std::size_t row) {
    return std::string(text_of(object, field, {where, row}));
}

std::size_t count_from(py::handle object, std::string_view field, std::size_t none) {
    if (object.is_none()) return none;
    if (PyBool_Check(object.ptr()) || !PyIndex_Check(object.ptr())) wrong_type(object, "an int", field, {});
    const Py_ssize_t count = PyNumber_AsSsize_t(object.ptr(), nullptr);
    if (count < 0) wrong_value("is negative", field, {});
    return static_cast<std::size_t>(count);
}

double fraction_from(py::handle object, std::string_view field) {
    const double value = number_of(object, field, {});
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
