#include "field_values.hpp"

#include <cmath>

namespace musicsync::bindings {
namespace {

constexpr double largest_number = 1e12;

// In words for messages only: of a list, which of its items.
std::string named(std::string_view field, std::optional<std::size_t> item) {
    return item ? std::string(field) + '[' + std::to_string(*item) + ']' : std::string(field);
}

}  // namespace

std::string Place::in_words() const {
    return in_list ? std::string(name) + '[' + std::to_string(row) + ']' : std::string(name);
}

std::string Place::field_in_words(std::string_view field) const {
    return (name.empty() ? std::string() : in_words() + ": ") + std::string(field);
}

void wrong_type(py::handle object, std::string_view wanted, std::string_view field, const Place& place) {
    throw py::type_error(place.field_in_words(field) + " must be " + std::string(wanted) + ", not " +
                         Py_TYPE(object.ptr())->tp_name);
}

void wrong_value(std::string_view problem, std::string_view field, const Place& place) {
    throw EngineFailure{
        {Errc::invalid_value, place.field_in_words(field) + " " + std::string(problem), std::string(field), place.row}};
}

std::string_view utf8_of(py::handle object, std::string_view field, const Place& place,
                         std::optional<std::size_t> item) {
    if (!PyUnicode_Check(object.ptr())) wrong_type(object, "str", named(field, item), place);
    Py_ssize_t size = 0;
    const char* data = PyUnicode_AsUTF8AndSize(object.ptr(), &size);
    if (data == nullptr) {
        PyErr_Clear();
        const std::string name = named(field, item);
        throw EngineFailure{
            {Errc::invalid_utf8, place.field_in_words(name) + " holds a lone surrogate", name, place.row}};
    }
    return {data, static_cast<std::size_t>(size)};
}

double number_of(py::handle value, std::string_view field, const Place& place) {
    const bool text = PyUnicode_Check(value.ptr()) != 0;
    if (PyBool_Check(value.ptr()) || text || !PyNumber_Check(value.ptr())) wrong_type(value, "a number", field, place);
    const double number = PyFloat_AsDouble(value.ptr());
    if (PyErr_Occurred() != nullptr) {
        PyErr_Clear();
        wrong_value("is out of range", field, place);
    }
    if (std::isnan(number)) wrong_value("is NaN", field, place);
    if (!(std::fabs(number) < largest_number)) wrong_value("is out of range", field, place);
    return number;
}

}  // namespace musicsync::bindings
