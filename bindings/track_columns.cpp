#include "track_columns.hpp"

#include <algorithm>
#include <utility>

#include "convert.hpp"
#include "ingest.hpp"

namespace musicsync::bindings {
namespace {

constexpr auto unknown_count = static_cast<std::size_t>(-1);  // Arrow: nobody counted

std::size_t nulls_of(const Validity& valid) { return valid.bits == nullptr ? 0 : unknown_count; }

// A column that a batch lacks: zeros are its offsets, its numbers, and a bitmap in which nothing is known.
ArrowColumn absent(std::string name, std::string format, std::size_t rows) {
    const auto zeros = std::make_shared<std::vector<std::int64_t>>(rows + 2);
    const void* data = zeros->data();
    ArrowColumn out{std::move(name), std::move(format), rows, rows, {data, data}, {}, zeros};
    if (out.format == "u") out.buffers.push_back(data);
    return out;
}

ArrowColumn text(std::string name, const TextColumn& column, std::size_t rows, const TrackColumns& all) {
    if (!column.present) return absent(std::move(name), "u", rows);
    const std::vector<const void*> buffers{column.valid.bits, column.offsets.data, column.bytes};
    return {std::move(name), "u", rows, nulls_of(column.valid), buffers, {}, all.owner};
}

ArrowColumn number(std::string name, const char* format, const NumberColumn& column, const TrackColumns& all) {
    if (column.type == NumberColumn::Type::none) return absent(std::move(name), format, all.rows);
    return {std::move(name), format, all.rows, nulls_of(column.valid), {column.valid.bits, column.data}, {}, all.owner};
}

ArrowColumn artists(const CreditColumn& column, const TrackColumns& all) {
    static constexpr std::int64_t nothing = 0;
    const void* lists = column.lists.data != nullptr ? column.lists.data : &nothing;
    const std::size_t names = column.lists.data != nullptr ? column.lists.at(all.rows) : 0;
    const std::vector<const void*> buffers{column.valid.bits, lists};
    return {"artists", "+l", all.rows, nulls_of(column.valid), buffers, {text("item", column.names, names, all)},
            all.owner};
}

TrackColumnsFile read_columns(py::handle path, py::handle on_error) {
    const bool raise = raises(on_error);
    const std::string name = path_from(path);
    std::vector<TrackBatch> batches;
    const auto problem = [&]() -> std::optional<Error> {
        const py::gil_scoped_release unlocked;
        Result<TrackReader> opened = TrackReader::open(name);
        if (!opened) return opened.error();
        TrackReader reader = *std::move(opened);
        while (true) {
            Result<std::optional<TrackBatch>> batch = reader.next();
            if (!batch) return batch.error();
            if (!batch->has_value()) return std::nullopt;
            batches.push_back(**std::move(batch));
            if (raise && !batches.back().rejected.empty()) return error_of(batches.back().rejected.front());
        }
    }();
    if (problem) throw EngineFailure{*problem};
    return TrackColumnsFile(std::move(batches));
}

Track item(const TrackColumnsFile& self, py::ssize_t index) {
    const auto size = static_cast<py::ssize_t>(self.size());
    const py::ssize_t position = index < 0 ? index + size : index;
    if (position < 0 || position >= size)
        throw py::index_error("row " + std::to_string(index) + " is outside of " + std::to_string(size) + " rows");
    return self.track(static_cast<std::size_t>(position));
}

std::vector<std::string> names(const TrackColumnsFile& self) {
    std::vector<std::string> out;
    for (const ArrowColumn& column : self.schema()) out.push_back(column.name);
    return out;
}

std::string repr(const TrackColumnsFile& self) {
    std::string out = "<TrackColumns: " + std::to_string(self.size()) + " tracks";
    const std::size_t rejected = self.rejected().size();
    if (rejected > 0) out += ", " + std::to_string(rejected) + " lines rejected";
    return out + ">";
}

}  // namespace

TrackColumnsFile::TrackColumnsFile(std::vector<TrackBatch> batches) : batches_(std::move(batches)) {
    for (const TrackBatch& batch : batches_) {
        starts_.push_back(rows_);
        rows_ += batch.columns.rows;
        title_readings_ |= batch.columns.title_reading.present;
        artist_readings_ |= batch.columns.artist_reading.present;
    }
}

Track TrackColumnsFile::track(std::size_t row) const {
    const auto batch = static_cast<std::size_t>(std::ranges::upper_bound(starts_, row) - starts_.begin()) - 1;
    return value_or_throw(track_at(batches_[batch].columns, row - starts_[batch]));
}

std::vector<RejectedLine> TrackColumnsFile::rejected() const {
    std::vector<RejectedLine> out;
    for (const TrackBatch& batch : batches_) out.insert(out.end(), batch.rejected.begin(), batch.rejected.end());
    return out;
}

ArrowBatch TrackColumnsFile::exported(const TrackColumns& columns) const {
    const std::size_t rows = columns.rows;
    ArrowBatch out{rows,
                   {text("id", columns.id, rows, columns), text("title", columns.title, rows, columns),
                    artists(columns.artists, columns), text("album", columns.album, rows, columns),
                    text("isrc", columns.isrc, rows, columns), number("duration_ms", "l", columns.duration_ms, columns),
                    number("release_year", "i", columns.release_year, columns),
                    number("explicit", "b", columns.explicit_, columns)}};
    if (title_readings_) out.columns.push_back(text("title_reading", columns.title_reading, rows, columns));
    if (artist_readings_) out.columns.push_back(text("artist_reading", columns.artist_reading, rows, columns));
    return out;
}

std::vector<ArrowColumn> TrackColumnsFile::schema() const { return exported(TrackColumns{}).columns; }

std::vector<ArrowBatch> TrackColumnsFile::exported() const {
    std::vector<ArrowBatch> out;
    for (const TrackBatch& batch : batches_) out.push_back(exported(batch.columns));
    return out;
}

void bind_columns(py::module_& m) {
    py::class_<TrackColumnsFile>(
        m, "TrackColumns",
        "Tracks of a file as columns in memory, for Arrow consumers without a copy: polars.from_arrow(columns),\n"
        "pyarrow.table(columns). Clean: texts are trimmed, ISRCs canonical, and null is unknown. Wherever a\n"
        "list of tracks is taken, TrackColumns does. columns[row] is a Track. Immutable and thread-safe.")
        .def("__len__", &TrackColumnsFile::size)
        .def("__getitem__", &item, py::arg("row"), "The track in a row; rows below 0 count from the end. IndexError.")
        .def_property_readonly("columns", &names, "The names of the columns.")
        .def_property_readonly("rejected", &TrackColumnsFile::rejected, "RejectedLines of the file, in order.")
        .def(
            "__arrow_c_schema__", [](const TrackColumnsFile& x) { return schema_capsule(x.schema()); },
            "The columns' Arrow types, as a PyCapsule.")
        .def(
            "__arrow_c_stream__",
            [](const TrackColumnsFile& x, py::handle) { return stream_capsule(x.schema(), x.exported()); },
            py::arg("requested_schema") = py::none(), "The tracks as a stream of record batches, as a PyCapsule.")
        .def("__repr__", &repr);
    m.def("read_columns", &read_columns, py::arg("path"), py::arg("on_error") = "raise",
          "Tracks out of JSON Lines as TrackColumns: read_jsonl for files of millions of lines, without an object for\n"
          "each.\n\n"
          "on_error: 'raise' raises EngineError for the first bad line, with file:line; 'skip' lists the bad lines in\n"
          "`rejected`. Raises EngineError (io) where the file cannot be read.");
}

}  // namespace musicsync::bindings
