#include "ingest.hpp"
#include "convert.hpp"

namespace musicsync::bindings {
namespace {

py::dict rejected_to_dict(const RejectedLine& line) {
    py::dict out;
    out["file"] = line.file;
    out["line"] = line.line;
    out["code"] = std::string(name(line.code));
    out["field"] = line.field.empty() ? py::object(py::none()) : py::object(py::str(line.field));
    out["reason"] = line.reason;
    return out;
}

}  // namespace

bool raises(py::handle on_error) {
    const std::string mode = text_from(on_error, "on_error");
    if (mode != "raise" && mode != "skip") {
        throw EngineFailure{{Errc::invalid_value, "on_error is '" + mode + "', not 'raise' or 'skip'", "on_error"}};
    }
    return mode == "raise";
}

Error error_of(const RejectedLine& line) { return {line.code, line.message(), line.field, line.line - 1}; }

TrackFile read_tracks(py::handle path, py::handle on_error) {
    const bool raise = raises(on_error);
    const std::string name = path_from(path);
    Result<TrackFile> read = [&name] {
        const py::gil_scoped_release unlocked;
        return read_jsonl(name);
    }();
    TrackFile file = value_or_throw(std::move(read));
    if (raise && !file.rejected.empty()) throw EngineFailure{error_of(file.rejected.front())};
    return file;
}

void bind_ingest(py::module_& m) {
    py::class_<RejectedLine>(m, "RejectedLine", "A line of a file that is no track, and why.")
        .def_readonly("file", &RejectedLine::file, "The file, as it was named.")
        .def_readonly("line", &RejectedLine::line, "1-based line number.")
        .def_property_readonly(
            "code", [](const RejectedLine& r) { return std::string(name(r.code)); }, "EngineError's code.")
        .def_readonly("field", &RejectedLine::field, "The field it is about, '' for the whole line.")
        .def_readonly("reason", &RejectedLine::reason, "What is wrong, in words.")
        .def("to_dict", &rejected_to_dict, "All of it as a dict.")
        .def("__repr__", [](const RejectedLine& r) {
            return "RejectedLine(" + py::repr(py::str(r.message())).cast<std::string>() + ")";
        });
    m.def(
        "read_jsonl",
        [](py::handle path, py::handle on_error) {
            TrackFile file = read_tracks(path, on_error);
            return py::make_tuple(py::cast(std::move(file.tracks)), py::cast(std::move(file.rejected)));
        },
        py::arg("path"), py::arg("on_error") = "raise",
        "Tracks out of JSON Lines: (tracks, rejected lines).\n\n"
        "on_error: 'raise' raises EngineError for the first bad line, with file:line; 'skip' lists the bad lines.\n"
        "Raises EngineError (io) where the file cannot be read.");
}

}  // namespace musicsync::bindings
