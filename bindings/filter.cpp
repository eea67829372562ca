#include "filter.hpp"

#include <cmath>
#include <optional>
#include <string>
#include <utility>

namespace musicsync::bindings {
namespace {

// A number, or both limits, of which one may be None.
std::pair<py::object, py::object> limits_from(py::handle given, const char* name) {
    if (given.is_none()) return {py::none(), py::none()};
    if (!py::isinstance<py::tuple>(given) && !py::isinstance<py::list>(given)) {
        const auto one = py::reinterpret_borrow<py::object>(given);
        return {one, one};
    }
    const auto both = py::reinterpret_borrow<py::sequence>(given);
    if (both.size() != 2)
        throw py::value_error(std::string(name) + ": two limits are needed, of which one may be None");
    return {both[0], both[1]};
}

template <class Number>
std::optional<Number> number_or_none(const py::object& given, const char* name) {
    if (given.is_none()) return std::nullopt;
    try {
        return given.cast<Number>();
    } catch (const py::cast_error&) {
        throw py::type_error(std::string(name) + ": a limit is no number: " + std::string(py::repr(given)));
    }
}

std::optional<std::chrono::milliseconds> as_time(std::optional<double> seconds, const char* name) {
    constexpr double most = 1e9;
    if (!seconds) return std::nullopt;
    if (!(*seconds >= 0.0 && *seconds <= most)) throw py::value_error(std::string(name) + ": no length of a track");
    return std::chrono::milliseconds(std::llround(*seconds * 1000.0));
}

}  // namespace

Filter filter_from(py::handle year, py::handle duration, py::handle explicit_) {
    const auto [first_year, last_year] = limits_from(year, "year");
    const auto [shortest, longest] = limits_from(duration, "duration_s");
    if (!explicit_.is_none() && !py::isinstance<py::bool_>(explicit_))
        throw py::type_error("explicit: True, False or None is needed, not " + std::string(py::repr(explicit_)));
    return {number_or_none<int>(first_year, "year"), number_or_none<int>(last_year, "year"),
            as_time(number_or_none<double>(shortest, "duration_s"), "duration_s"),
            as_time(number_or_none<double>(longest, "duration_s"), "duration_s"),
            explicit_.is_none() ? std::nullopt : std::optional(explicit_.cast<bool>())};
}

}  // namespace musicsync::bindings
