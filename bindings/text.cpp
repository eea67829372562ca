#include <cstdlib>

#include "convert.hpp"
#include "musicsync/normalize.hpp"
#include "musicsync/similarity.hpp"

namespace musicsync::bindings {
namespace {

// Long texts are worth letting other threads run.
constexpr std::size_t release_from = 4096;

template <class Compute>
auto compute_text(const std::string& text, Compute compute) {
    if (text.size() < release_from) return compute(text);
    const py::gil_scoped_release unlocked;
    return compute(text);
}

template <class Compute>
double compute_pair(py::handle a, py::handle b, Compute compute) {
    const std::string left = text_from(a, "a");
    const std::string right = text_from(b, "b");
    if (left.size() + right.size() < release_from) return compute(left, right);
    const py::gil_scoped_release unlocked;
    return compute(left, right);
}

py::dict parts_to_dict(const TitleParts& parts) {
    py::list versions;
    for (const VersionToken& token : parts.versions) versions.append(to_dict(token));
    py::dict out;
    out["base"] = parts.base;
    out["versions"] = versions;
    out["featured"] = py::cast(parts.featured);
    out["part"] = py::cast(parts.part);
    out["context"] = parts.context;
    return out;
}

std::string parts_repr(const TitleParts& parts) {
    const py::dict fields = parts_to_dict(parts);
    return "TitleParts(" + py::repr(fields).cast<std::string>() + ")";
}

void bind_parts(py::module_& m) {
    py::class_<VersionToken>(m, "VersionToken", "What a title says of the recording: live, remix, remaster, …")
        .def_property_readonly(
            "kind", [](const VersionToken& t) { return std::string(name(t.kind)); },
            "The kind, e.g. 'live' or 'remaster'.")
        .def_readonly("detail", &VersionToken::detail, "Normalised rest of the phrase: venue, remix author, language.")
        .def_readonly("year", &VersionToken::year, "The year that the phrase names, or None.")
        .def_property_readonly(
            "changes_recording", [](const VersionToken& t) { return changes_recording(t.kind); },
            "True where another recording is meant; False for packaging (remaster, deluxe, …).")
        .def(
            "to_dict", [](const VersionToken& t) { return to_dict(t); }, "The token as a dict.")
        .def(
            "__eq__", [](const VersionToken& a, const VersionToken& b) { return a == b; }, py::is_operator())
        .def("__repr__",
             [](const VersionToken& t) { return "VersionToken(" + py::repr(to_dict(t)).cast<std::string>() + ")"; });
    py::class_<TitleParts>(m, "TitleParts", "A title taken apart; every text is normalised.")
        .def_readonly("base", &TitleParts::base, "The title without what follows.")
        .def_readonly("versions", &TitleParts::versions, "VersionTokens, sorted, without duplicates.")
        .def_readonly("featured", &TitleParts::featured, "Names out of 'feat. X', in order.")
        .def_readonly("part", &TitleParts::part, "The number of 'Pt. 2' or 'Part II', or None.")
        .def_readonly("context", &TitleParts::context, "Soundtrack or 'from …' context, '' if none.")
        .def("to_dict", &parts_to_dict, "The parts as a dict of plain values.")
        .def(
            "__eq__", [](const TitleParts& a, const TitleParts& b) { return a == b; }, py::is_operator())
        .def("__repr__", &parts_repr);
}

// A path as str, bytes or os.PathLike, in the file system's encoding.
std::string path_from(py::handle path) { return py::module_::import("os").attr("fsencode")(path).cast<std::string>(); }

std::size_t load_from(const std::string& path) {
    Result<std::size_t> count = [&] {
        const py::gil_scoped_release unlocked;
        return load_vocabulary(path);
    }();
    return value_or_throw(std::move(count));
}

void bind_vocabulary(py::module_& m) {
    m.def(
        "load_vocabulary", [](py::handle path) { return load_from(path_from(path)); }, py::arg("path"),
        "Adds a vocabulary file (docs/vocabulary.md) to the words that titles and credits are read with; returns the\n"
        "number of its phrases. Titles that are read afterwards follow it; tracks that were read before stay as they\n"
        "are. Raises EngineError (file, line, field and reason in its message) and changes nothing then.");
    m.def(
        "reset_vocabulary", [] { reset_vocabulary(); }, "Puts the built-in vocabulary in force again.");
    const char* const path = std::getenv("MUSICSYNC_VOCABULARY");  // NOLINT(concurrency-mt-unsafe): read at import
    if (path == nullptr || *path == '\0') return;
    try {
        load_from(path);
    } catch (const EngineFailure& failure) {
        throw py::import_error("MUSICSYNC_VOCABULARY: " + failure.error.message);
    }
}

}  // namespace

void bind_text(py::module_& m) {
    bind_parts(m);
    bind_vocabulary(m);
    m.def(
        "normalize",
        [](py::handle text) {
            return compute_text(text_from(text, "text"), [](const auto& t) { return normalize(t); });
        },
        py::arg("text"), "The normal form of any text: folded case, marks, punctuation, width and confusable letters.");
    m.def(
        "lower",
        [](py::handle text) { return compute_text(text_from(text, "text"), [](const auto& t) { return lower(t); }); },
        py::arg("text"), "str.lower(), as profile 'classic' uses it.");
    m.def(
        "romanize",
        [](py::handle text) {
            return compute_text(text_from(text, "text"), [](const auto& t) { return romanize(normalize(t)); });
        },
        py::arg("text"), "A normalised Latin spelling of non-Latin text, '' where none can be trusted.");
    m.def(
        "parse_title",
        [](py::handle title) {
            return compute_text(text_from(title, "title"), [](const auto& t) { return parse_title(t); });
        },
        py::arg("title"), "The parts of a title: base, version tokens, featured artists, part number, context.");
    m.def(
        "parse_artists",
        [](py::handle credit) {
            return compute_text(text_from(credit, "credit"), [](const auto& t) { return parse_artists(t); });
        },
        py::arg("credit"), "The normalised names of a credit line, in order, without duplicates.");
    m.def(
        "parse_isrc", [](py::handle text) { return value_or_throw(parse_isrc(text_from(text, "text"))); },
        py::arg("text"), "The 12 characters of an ISRC in upper case. Raises EngineError (invalid_isrc).");
    m.def(
        "ratio",
        [](py::handle a, py::handle b) {
            return compute_pair(a, b, [](const auto& x, const auto& y) { return ratio(x, y); });
        },
        py::arg("a"), py::arg("b"), "2 * LCS(a, b) / (len(a) + len(b)), in [0, 1]; rapidfuzz.fuzz.ratio / 100.");
    m.def(
        "token_sort_ratio",
        [](py::handle a, py::handle b) {
            return compute_pair(a, b, [](const auto& x, const auto& y) { return token_sort(x, y); });
        },
        py::arg("a"), py::arg("b"), "ratio() of both texts with their words sorted, in [0, 1].");
}

}  // namespace musicsync::bindings
