#include "arrow.hpp"

#include <string>
#include <utility>

#include "arrow_columns.hpp"
#include "convert.hpp"

namespace musicsync::bindings {
namespace {

// What a structure was moved into; released with its last reader.
template <class Exported>
std::shared_ptr<Exported> owned() {
    return {new Exported{}, [](Exported* held) {
                if (held->release != nullptr) held->release(held);
                delete held;
            }};
}

// The structure in a capsule, which from now on is the caller's.
template <class Exported>
std::shared_ptr<Exported> take(py::handle capsule, const char* kind, std::string_view name) {
    auto* given = PyCapsule_IsValid(capsule.ptr(), kind) != 0
                      ? static_cast<Exported*>(PyCapsule_GetPointer(capsule.ptr(), kind))
                      : nullptr;
    if (given == nullptr || given->release == nullptr)
        throw py::type_error(std::string(name) + " handed over no " + kind + ", or one that was used before");
    std::shared_ptr<Exported> out = owned<Exported>();
    *out = *given;
    given->release = nullptr;
    return out;
}

[[noreturn]] void failed(ArrowArrayStream& stream, std::string_view name) {
    const char* reason = stream.get_last_error(&stream);
    if (PyErr_Occurred() != nullptr) throw py::error_already_set();
    throw py::type_error(std::string(name) + " could not be read: " + (reason != nullptr ? reason : "no reason given"));
}

std::string column_of(std::string_view name, std::string_view column) {
    return std::string(name) + ": column " + std::string(column);
}

[[noreturn]] void wrong_column(const ArrowSchema& schema, std::string_view name, const char* wanted) {
    throw py::type_error(column_of(name, schema.name) + " is " + type_name(schema) + ", not " + wanted);
}

bool put_text(const ArrowView& view, std::string_view column, std::string_view name, TrackColumns& out) {
    for (const auto& [key, member] : text_columns) {
        if (key != column) continue;
        if (!is_text(view.schema)) wrong_column(view.schema, name, "text");
        out.*member = text_column(view);
        return true;
    }
    return false;
}

bool put_number(const ArrowView& view, std::string_view column, std::string_view name, TrackColumns& out) {
    for (const auto& [key, member] : number_columns) {
        if (key != column) continue;
        const bool flags = key == "explicit";
        if (!is_number(view.schema)) wrong_column(view.schema, name, flags ? "bool" : "a number");
        const NumberColumn numbers = number_column(view);
        if (numbers.type != NumberColumn::Type::none && numbers.is_flag() != flags)
            wrong_column(view.schema, name, flags ? "bool" : "a number");
        out.*member = numbers;
        return true;
    }
    return false;
}

bool put(const ArrowView& view, std::string_view name, TrackColumns& out) {
    const std::string_view column = view.schema.name != nullptr ? view.schema.name : "";
    if (column == "artists" || column == "artist") {
        if (!is_credit(view.schema)) wrong_column(view.schema, name, "text or a list of text");
        (column == "artists" ? out.artists : out.artist) = credit_column(view);
        return true;
    }
    if (column == "id" && is_number(view.schema)) {
        out.id_number = number_column(view);
        if (out.id_number.type != NumberColumn::Type::none && !out.id_number.is_whole())
            wrong_column(view.schema, name, "text or int");
        return true;
    }
    return put_text(view, column, name, out) || put_number(view, column, name, out);
}

TrackColumns batch_of(const ArrowSchema& schema, const std::shared_ptr<ArrowArray>& array, std::string_view name) {
    const ArrowView rows(schema, *array);
    TrackColumns out;
    out.rows = rows.rows;
    out.owner = array;
    std::size_t found = 0;
    if (array->n_children != schema.n_children) throw py::type_error(std::string(name) + " lacks columns of its type");
    for (std::size_t i = 0; i < static_cast<std::size_t>(schema.n_children); ++i)
        found += put(rows.child(i), name, out) ? 1 : 0;
    if (found == 0) {
        throw py::type_error(std::string(name) + " has no column of a track (title, artists or artist, album, isrc, " +
                             "duration_ms or duration_s, …)");
    }
    return out;
}

void refuse_null_rows(const Validity& valid, std::size_t rows, std::size_t before, std::string_view name) {
    for (std::size_t row = 0; row < rows; ++row) {
        if (valid[row]) continue;
        const std::size_t position = before + row;
        throw EngineFailure{
            {Errc::invalid_value, std::string(name) + "[" + std::to_string(position) + "] is null", {}, position}};
    }
}

py::object text_or_none(std::string_view text) {
    if (text.data() == nullptr) return py::none();
    return py::reinterpret_steal<py::object>(
        PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "surrogateescape"));
}

py::object credit_at(const CreditColumn& column, std::size_t row) {
    if (column.lists.data == nullptr) return text_or_none(column.names[row]);
    if (!column.valid[row]) return py::none();
    py::list out;
    for (std::size_t i = column.lists.at(row); i < column.lists.at(row + 1); ++i)
        out.append(text_or_none(column.names[i]));
    return out;
}

py::object number_at(const NumberColumn& column, std::size_t row) {
    const std::optional<double> number = column[row];
    if (!number) return py::none();
    if (column.is_flag()) return py::bool_(*number != 0.0);
    if (column.is_whole()) return py::module_::import("builtins").attr("int")(column.digits(row));
    return py::float_(*number);
}

}  // namespace

bool is_arrow(py::handle object) {
    if (PyList_Check(object.ptr()) || PyTuple_Check(object.ptr()) || PyType_Check(object.ptr())) return false;
    return py::hasattr(object, "__arrow_c_stream__") || py::hasattr(object, "__arrow_c_array__");
}

ArrowReader::ArrowReader(py::handle producer, std::string_view name) : name_(name) {
    if (py::hasattr(producer, "__arrow_c_stream__")) {
        const py::object capsule = producer.attr("__arrow_c_stream__")();
        stream_ = take<ArrowArrayStream>(capsule, "arrow_array_stream", name);
        schema_ = owned<ArrowSchema>();
        if (stream_->get_schema(stream_.get(), schema_.get()) != 0) failed(*stream_, name);
    } else {
        const py::object given = producer.attr("__arrow_c_array__")();
        if (!py::isinstance<py::tuple>(given) || py::len(given) != 2)
            throw py::type_error(std::string(name) + ": __arrow_c_array__ gave no pair of capsules");
        const auto pair = given.cast<py::tuple>();
        schema_ = take<ArrowSchema>(pair[0], "arrow_schema", name);
        only_ = take<ArrowArray>(pair[1], "arrow_array", name);
    }
    if (schema_->format == nullptr) throw py::type_error(name_ + " handed over no Arrow type");
}

std::shared_ptr<ArrowArray> ArrowReader::next() {
    if (stream_ == nullptr) return std::exchange(only_, nullptr);
    std::shared_ptr<ArrowArray> array = owned<ArrowArray>();
    if (stream_->get_next(stream_.get(), array.get()) != 0) failed(*stream_, name_);
    return array->release != nullptr ? array : nullptr;
}

ArrowInput::ArrowInput(py::handle producer, std::string_view name) {
    ArrowReader reader(producer, name);
    schema_ = reader.schema();
    while (std::shared_ptr<ArrowArray> array = reader.next()) arrays_.push_back(std::move(array));
}

void for_each_batch(py::handle producer, std::string_view name,
                    const std::function<void(const TrackColumns& columns, const Validity& valid)>& take) {
    ArrowReader reader(producer, name);
    const ArrowSchema& schema = *reader.schema();
    if (std::string_view(schema.format) != "+s")
        throw py::type_error(std::string(name) + " is an Arrow column of " + type_name(schema) +
                             ", not a table of tracks");
    while (const std::shared_ptr<ArrowArray> array = reader.next()) {
        const ArrowView rows(schema, *array);
        take(batch_of(schema, array, name), rows.validity());
    }
}

std::vector<TrackColumns> tracks_of_arrow(py::handle producer, std::string_view name) {
    std::vector<TrackColumns> out;
    std::size_t rows = 0;
    for_each_batch(producer, name, [&](const TrackColumns& columns, const Validity& valid) {
        refuse_null_rows(valid, columns.rows, rows, name);
        rows += columns.rows;
        out.push_back(columns);
    });
    return out;
}

std::vector<std::pair<TextColumn, std::size_t>> texts_of_arrow(const ArrowInput& input, std::string_view name) {
    if (!is_text(input.schema()))
        throw py::type_error(std::string(name) + " is an Arrow column of " + type_name(input.schema()) +
                             ", not of text");
    std::vector<std::pair<TextColumn, std::size_t>> out;
    for (const auto& array : input.arrays()) {
        const ArrowView view(input.schema(), *array);
        out.emplace_back(text_column(view), view.rows);
    }
    return out;
}

py::list objects_of_arrow(py::handle producer, std::string_view name) {
    const ArrowInput input(producer, name);
    const bool credits = is_credit(input.schema());
    if (!credits && !is_number(input.schema()))
        throw py::type_error(std::string(name) + " is " + type_name(input.schema()) + ", not text or numbers");
    py::list out;
    for (const auto& array : input.arrays()) {
        const ArrowView view(input.schema(), *array);
        const CreditColumn texts = credits ? credit_column(view) : CreditColumn{};
        const NumberColumn numbers = credits ? NumberColumn{} : number_column(view);
        for (std::size_t row = 0; row < view.rows; ++row)
            out.append(credits ? credit_at(texts, row) : number_at(numbers, row));
    }
    return out;
}

}  // namespace musicsync::bindings
