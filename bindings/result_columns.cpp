#include "result_columns.hpp"

#include <pybind11/numpy.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "convert.hpp"
#include "musicsync/columns.hpp"

namespace musicsync::bindings {
namespace {

template <class T>
struct Numbers {
    std::vector<T> values;
    std::vector<std::uint8_t> valid;
};

struct Texts {
    std::vector<std::int32_t> offsets{0};
    std::string bytes;
    std::vector<std::uint8_t> valid;
};

const void* bits_of(const std::vector<std::uint8_t>& bits) { return bits.empty() ? nullptr : bits.data(); }

template <class T, class Known>
ArrowColumn numbers(const std::string& name, const char* format, std::vector<T> values, const Known& known) {
    const auto owner = std::make_shared<Numbers<T>>();
    std::size_t nulls = 0;
    owner->valid = validity_bitmap(
        values.size(), [&](std::size_t i) { return known(values[i]); }, nulls);
    owner->values = std::move(values);
    return {name, format, owner->values.size(), nulls, {bits_of(owner->valid), owner->values.data()}, {}, owner};
}

template <class T>
py::object array_of(const ArrowColumn& column) {
    const py::capsule owner(new std::shared_ptr<const void>(column.owner),
                            [](void* held) { delete static_cast<std::shared_ptr<const void>*>(held); });
    py::array_t<T> out(static_cast<py::ssize_t>(column.rows), static_cast<const T*>(column.buffers[1]), owner);
    out.attr("setflags")(py::arg("write") = false);
    return out;
}

py::object texts_of(const ArrowColumn& column) {
    const auto* offsets = static_cast<const std::int32_t*>(column.buffers[1]);
    const auto* bytes = static_cast<const char*>(column.buffers[2]);
    py::list out;
    for (std::size_t i = 0; i < column.rows; ++i) {
        const auto size = static_cast<std::size_t>(offsets[i + 1] - offsets[i]);
        out.append(size > 0 ? py::object(py::str(bytes + offsets[i], size)) : py::object(py::none()));
    }
    return out;
}

// Of lists: numbers that are all int, numbers, or texts with None for unknown.
ResultColumns from_dict(const py::dict& columns, const std::string& name) {
    ResultColumns out(name);
    for (const auto& [key, values] : columns) {
        const auto column = key.cast<std::string>();
        const py::list list(py::reinterpret_borrow<py::object>(values));
        const auto all = [&list](auto&& check) { return std::ranges::all_of(list, check); };
        if (all([](py::handle x) { return PyLong_Check(x.ptr()) != 0; })) {
            out.add(column, list.cast<std::vector<std::int64_t>>());
        } else if (all([](py::handle x) { return PyNumber_Check(x.ptr()) != 0; })) {
            out.add(column, list.cast<std::vector<double>>());
        } else {
            std::vector<std::string> texts;
            for (const py::handle x : list) texts.push_back(x.is_none() ? std::string() : text_from(x, column));
            out.add(column, texts);
        }
    }
    return out;
}

py::tuple state_of(const ResultColumns& columns) {
    py::dict values;
    for (const std::string& name : columns.names()) {
        const py::object column = columns.column(name);
        values[py::str(name)] = py::hasattr(column, "tolist") ? column.attr("tolist")() : column;
    }
    return py::make_tuple(values, columns.name());
}

std::string repr(const ResultColumns& columns) {
    std::string out = "<" + columns.name() + ": " + std::to_string(columns.rows()) + " rows of";
    for (const std::string& name : columns.names()) out += " " + name;
    return out + ">";
}

}  // namespace

void ResultColumns::add(ArrowColumn column) {
    if (!batch_.columns.empty() && column.rows != batch_.rows) {
        throw std::invalid_argument("column " + column.name + " has " + std::to_string(column.rows) + " rows, not " +
                                    std::to_string(batch_.rows));
    }
    batch_.rows = column.rows;
    batch_.columns.push_back(std::move(column));
}

void ResultColumns::add(const std::string& name, std::vector<double> values) {
    add(numbers(name, "g", std::move(values), [](double value) { return !std::isnan(value); }));
}

void ResultColumns::add(const std::string& name, std::vector<std::int64_t> values) {
    add(numbers(name, "l", std::move(values), [](std::int64_t) { return true; }));
}

void ResultColumns::add(const std::string& name, std::vector<std::int32_t> values) {
    add(numbers(name, "i", std::move(values), [](std::int32_t) { return true; }));
}

void ResultColumns::add(const std::string& name, const std::vector<std::string>& texts) {
    const auto owner = std::make_shared<Texts>();
    for (const std::string& text : texts) {
        owner->bytes += text;
        if (owner->bytes.size() > 0x7fffffffU) throw std::length_error("column " + name + " has more than 2 GiB");
        owner->offsets.push_back(static_cast<std::int32_t>(owner->bytes.size()));
    }
    std::size_t nulls = 0;
    owner->valid = validity_bitmap(
        texts.size(), [&](std::size_t i) { return !texts[i].empty(); }, nulls);
    add({name,
         "u",
         texts.size(),
         nulls,
         {bits_of(owner->valid), owner->offsets.data(), owner->bytes.data()},
         {},
         owner});
}

std::vector<std::string> ResultColumns::names() const {
    std::vector<std::string> out;
    for (const ArrowColumn& column : batch_.columns) out.push_back(column.name);
    return out;
}

py::object ResultColumns::column(const std::string& name) const {
    const auto found = std::ranges::find(batch_.columns, name, &ArrowColumn::name);
    if (found == batch_.columns.end()) throw py::key_error(name);
    switch (found->format[0]) {
        case 'g': return array_of<double>(*found);
        case 'l': return array_of<std::int64_t>(*found);
        case 'i': return array_of<std::int32_t>(*found);
        default: return texts_of(*found);
    }
}

void bind_result_columns(py::module_& m) {
    py::class_<ResultColumns>(
        m, "ResultColumns",
        "A result as columns of one length. columns['score'] is a read-only numpy array over the same memory (a list\n"
        "for texts); Arrow consumers take the whole without copying: polars.from_arrow(result), pyarrow.table(result).")
        .def(py::init(&from_dict), py::arg("columns"), py::arg("name") = "ResultColumns")
        .def_property_readonly("columns", &ResultColumns::names, "The names of the columns, in order.")
        .def("__len__", &ResultColumns::rows)
        .def("__getitem__", &ResultColumns::column, py::arg("name"), "A column by name. Raises KeyError.")
        .def(
            "__arrow_c_schema__", [](const ResultColumns& x) { return schema_capsule(x.batch().columns); },
            "The columns' Arrow types, as a PyCapsule.")
        .def(
            "__arrow_c_array__", [](const ResultColumns& x, py::handle) { return array_capsules(x.batch()); },
            py::arg("requested_schema") = py::none(), "The columns as an Arrow struct array, as two PyCapsules.")
        .def(
            "__arrow_c_stream__",
            [](const ResultColumns& x, py::handle) { return stream_capsule(x.batch().columns, {x.batch()}); },
            py::arg("requested_schema") = py::none(), "The columns as a stream of one record batch, as a PyCapsule.")
        .def("__repr__", &repr)
        .def(py::pickle(&state_of, [](const py::tuple& state) {
            return from_dict(state[0].cast<py::dict>(), state[1].cast<std::string>());
        }));
}

}  // namespace musicsync::bindings
