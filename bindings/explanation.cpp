#include "convert.hpp"

namespace musicsync::bindings {
namespace {

py::list tokens(const std::vector<VersionToken>& versions) {
    py::list out;
    for (const VersionToken& token : versions) out.append(to_dict(token));
    return out;
}

py::dict field_to_dict(const FieldExplanation& field) {
    py::dict out;
    out["left"] = field.left;
    out["right"] = field.right;
    out["similarity"] = py::cast(field.similarity);
    out["weight"] = field.weight;
    return out;
}

py::dict fields_of(const Explanation& why) {
    py::dict out;
    for (const FieldExplanation& field : why.fields) out[py::str(field.name)] = field_to_dict(field);
    return out;
}

py::dict penalties_of(const Explanation& why) {
    py::dict out;
    for (const Penalty& penalty : why.penalties) out[py::str(penalty.name)] = penalty.points;
    return out;
}

py::dict features_of(const Explanation& why) {
    py::dict out;
    for (const auto& [key, value] : why.features) out[py::str(key)] = value;
    return out;
}

py::dict explanation_to_dict(const Explanation& why) {
    py::dict versions;
    versions["left"] = tokens(why.left_versions);
    versions["right"] = tokens(why.right_versions);
    py::dict out;
    out["score"] = why.score;
    out["probability"] = py::cast(why.probability);
    out["sentence"] = why.sentence;
    out["fields"] = fields_of(why);
    out["penalties"] = penalties_of(why);
    out["versions"] = versions;
    out["version_conflict"] = why.version_conflict;
    out["isrc_equal"] = why.isrc_equal;
    out["duration_gap_s"] = py::cast(why.duration_gap_s);
    out["features"] = features_of(why);
    return out;
}

}  // namespace

void bind_explanation(py::module_& m) {
    py::class_<Explanation>(m, "Explanation", "Why two tracks score as they do.")
        .def_readonly("score", &Explanation::score, "What ranks, in [0, 1].")
        .def_readonly("probability", &Explanation::probability,
                      "P(same recording), None for a profile without a model.")
        .def_readonly("sentence", &Explanation::sentence, "One English sentence.")
        .def_property_readonly("fields", &fields_of,
                               "title, artists, album → left, right, similarity (None if unknown), weight.")
        .def_property_readonly("penalties", &penalties_of, "What was taken off the score, by name.")
        .def_readonly("left_versions", &Explanation::left_versions, "VersionTokens of the left track.")
        .def_readonly("right_versions", &Explanation::right_versions, "VersionTokens of the right track.")
        .def_readonly("version_conflict", &Explanation::version_conflict,
                      "True where the titles name other recordings.")
        .def_readonly("isrc_equal", &Explanation::isrc_equal, "True where both carry one ISRC.")
        .def_readonly("duration_gap_s", &Explanation::duration_gap_s, "Seconds between the durations, None if unknown.")
        .def_property_readonly("features", &features_of, "The model's inputs by name; empty without a model.")
        .def("to_dict", &explanation_to_dict, "All of it as a dict of plain values.")
        .def("__repr__", [](const Explanation& why) { return "<Explanation: " + why.sentence + ">"; });
}

}  // namespace musicsync::bindings
