#include "columns.hpp"

#include <array>
#include <utility>

#include "arrow.hpp"
#include "convert.hpp"
#include "track_columns.hpp"

namespace musicsync::bindings {
namespace {

constexpr std::array<const char*, 14> keys{
    "id",         "title",        "track_name",    "artists",        "artist",
    "album",      "isrc",         "title_reading", "artist_reading", "duration_ms",
    "duration_s", "release_year", "year",          "explicit"};

std::string place(std::string_view name, std::size_t row) {
    return std::string(name) + "[" + std::to_string(row) + "]";
}

std::vector<Track> tracks_of(const std::vector<const TrackColumns*>& batches, std::string_view name) {
    Result<std::vector<Track>> read = [&]() -> Result<std::vector<Track>> {
        const py::gil_scoped_release unlocked;
        std::vector<Track> out;
        for (const TrackColumns* batch : batches) {
            for (std::size_t row = 0; row < batch->rows; ++row) {
                Result<Track> track = track_at(*batch, row);
                if (!track) {
                    Error error = track.error();
                    error.row = out.size();
                    return error;
                }
                out.push_back(*std::move(track));
            }
        }
        return out;
    }();
    if (read) return *std::move(read);
    const std::size_t row = read.error().row;
    return value_or_throw(std::move(read), place(name, row), row);
}

// A column as a list of Python objects: what numpy and Arrow hold becomes str, int, float, bool and None.
py::list objects_of(const py::object& column, const char* key, std::string_view name) {
    const std::string where = std::string(name) + ": column " + key;
    if (is_arrow(column)) return objects_of_arrow(column, where);
    if (py::hasattr(column, "tolist")) return column.attr("tolist")();
    if (PyUnicode_Check(column.ptr()) || PyBytes_Check(column.ptr()) || PySequence_Check(column.ptr()) == 0 ||
        PyDict_Check(column.ptr()))
        throw py::type_error(where + " must be a list, not " + Py_TYPE(column.ptr())->tp_name);
    return {column};
}

}  // namespace

MappedColumns::MappedColumns(const py::dict& mapping, std::string_view name) {
    for (const char* key : keys) {
        if (!mapping.contains(key)) continue;
        py::list column = objects_of(mapping[key], key, name);
        if (columns_.empty()) {
            rows_ = column.size();
            first_ = key;
        } else if (column.size() != rows_) {
            throw EngineFailure{{Errc::length_mismatch,
                                 std::string(name) + ": column " + key + " has " + std::to_string(column.size()) +
                                     " rows and " + first_ + " has " + std::to_string(rows_),
                                 key}};
        }
        columns_.emplace(key, std::move(column));
    }
    if (columns_.empty()) throw py::type_error(std::string(name) + " has no column of a track");
}

Track MappedColumns::track(std::size_t row, std::string_view where, std::size_t position) const {
    const auto value = [this, row](const char* key) -> py::object {
        const auto column = columns_.find(key);
        return column == columns_.end() ? py::object(py::none()) : py::object(column->second[row]);
    };
    return track_from_values(value, where, position);
}

std::optional<std::vector<Track>> tracks_from_columns(py::handle object, std::string_view name) {
    if (py::isinstance<TrackColumnsFile>(object)) {
        std::vector<const TrackColumns*> batches;
        for (const TrackBatch& batch : object.cast<const TrackColumnsFile&>().batches())
            batches.push_back(&batch.columns);
        return tracks_of(batches, name);
    }
    if (is_arrow(object)) {
        const std::vector<TrackColumns> read = tracks_of_arrow(object, name);
        std::vector<const TrackColumns*> batches;
        batches.reserve(read.size());
        for (const TrackColumns& batch : read) batches.push_back(&batch);
        return tracks_of(batches, name);
    }
    if (!PyDict_Check(object.ptr())) return std::nullopt;
    const MappedColumns columns(py::reinterpret_borrow<py::dict>(object), name);
    std::vector<Track> out;
    out.reserve(columns.rows());
    for (std::size_t row = 0; row < columns.rows(); ++row) out.push_back(columns.track(row, place(name, row), row));
    return out;
}

}  // namespace musicsync::bindings
