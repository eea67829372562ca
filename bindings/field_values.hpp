// A value of Python as that of a field; what does not fit gets an exception that names the field and its place.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ascii_text.hpp"
#include "convert.hpp"

namespace musicsync::bindings {

// Where a value comes from: `name` or, in a list, `name[row]`. In words only for a message.
struct Place {
    std::string_view name;
    std::size_t row = Error::npos;
    bool in_list = false;

    [[nodiscard]] std::string in_words() const;
    [[nodiscard]] std::string field_in_words(std::string_view field) const;
};

[[noreturn]] void wrong_type(py::handle object, std::string_view wanted, std::string_view field, const Place& place);
[[noreturn]] void wrong_value(std::string_view problem, std::string_view field, const Place& place);

// The UTF-8 of a str, which lives as long as that; `item` tells which one it is in a field that is a list.
[[nodiscard]] std::string_view utf8_of(py::handle object, std::string_view field, const Place& place,
                                       std::optional<std::size_t> item = std::nullopt);

// The same: that of ASCII, which nearly all are, lies in the object itself.
[[nodiscard]] inline std::string_view text_of(py::handle object, std::string_view field, const Place& place,
                                              std::optional<std::size_t> item = std::nullopt) {
    return is_ascii_text(object.ptr()) ? ascii_text(object.ptr()) : utf8_of(object, field, place, item);
}

// A number that is finite and not absurd; bool is not a number here.
[[nodiscard]] double number_of(py::handle value, std::string_view field, const Place& place);

}  // namespace musicsync::bindings
