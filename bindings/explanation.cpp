#include "convert.hpp"
#include "explained.hpp"
#include "html.hpp"

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

py::dict fields_of(const Explained& why) {
    py::dict out;
    for (const FieldExplanation& field : why.fields) out[py::str(field.name)] = field_to_dict(field);
    return out;
}

py::dict penalties_of(const Explained& why) {
    py::dict out;
    for (const Penalty& penalty : why.penalties) out[py::str(penalty.name)] = penalty.points;
    return out;
}

py::dict features_of(const Explained& why) {
    py::dict out;
    for (const auto& [key, value] : why.features) out[py::str(key)] = value;
    return out;
}

py::list contributions_of(const Explained& why) {
    py::list out;
    for (const Contribution& one : why.contributions) {
        py::dict entry;
        entry["feature"] = one.feature;
        entry["label"] = one.label;
        entry["value"] = py::cast(one.value);
        entry["log_odds"] = one.log_odds;
        out.append(entry);
    }
    return out;
}

py::dict reading_to_dict(const TrackReading& reading) {
    py::dict out;
    out["title"] = reading.title;
    out["latin"] = reading.latin;
    out["artists"] = py::cast(reading.artists);
    out["guests"] = py::cast(reading.guests);
    out["versions"] = tokens(reading.versions);
    out["part"] = py::cast(reading.part);
    out["script"] = reading.script;
    return out;
}

py::dict tokens_of(const Explained& why) {
    py::dict out;
    out["left"] = reading_to_dict(why.left);
    out["right"] = reading_to_dict(why.right);
    return out;
}

py::list changes_of(const Explained& why) {
    py::list out;
    for (const Change& change : why.what_would_change()) {
        py::dict entry;
        entry["fact"] = change.fact;
        entry["action"] = change.action;
        entry["side"] = change.side;
        entry["verdict"] = name(change.verdict);
        entry["score"] = change.score;
        entry["probability"] = py::cast(change.probability);
        entry["sentence"] = change.sentence;
        out.append(entry);
    }
    return out;
}

py::dict explained_to_dict(const Explained& why) {
    py::dict versions;
    versions["left"] = tokens(why.left.versions);
    versions["right"] = tokens(why.right.versions);
    py::dict out;
    out["verdict"] = name(why.verdict);
    out["method"] = name(why.method);
    out["reasons"] = py::cast(why.reasons);
    out["score"] = why.score;
    out["probability"] = py::cast(why.probability);
    out["sentence"] = why.sentence;
    out["fields"] = fields_of(why);
    out["penalties"] = penalties_of(why);
    out["contributions"] = contributions_of(why);
    out["tokens"] = tokens_of(why);
    out["versions"] = versions;
    out["version_conflict"] = why.version_conflict;
    out["isrc_equal"] = why.isrc_equal;
    out["duration_gap_s"] = py::cast(why.duration_gap_s);
    out["features"] = features_of(why);
    out["what_would_change"] = changes_of(why);
    return out;
}

std::string explained_to_html(const Explained& why) {
    HtmlTable table{why.sentence, {"field", "left", "right", "similarity", "weight"}, {}, {}};
    for (const FieldExplanation& field : why.fields) {
        const std::string likeness = field.similarity ? three_digits(*field.similarity) : "unknown";
        table.rows.push_back({field.name, field.left, field.right, likeness, three_digits(field.weight)});
    }
    table.notes.push_back("score " + three_digits(why.score) +
                          (why.probability ? ", P " + three_digits(*why.probability) : ""));
    for (const Change& change : why.what_would_change()) table.notes.push_back(change.sentence);
    return to_html(table);
}

void bind_facts(py::class_<Explained>& explanation) {
    explanation
        .def_property_readonly("fields", &fields_of,
                               "title, artists, album → left, right, similarity (None if unknown), weight.")
        .def_property_readonly("penalties", &penalties_of, "What was taken off the score, by name.")
        .def_property_readonly(
            "contributions", &contributions_of,
            "What the model's terms add to the log-odds, the weightiest first: dicts of feature, label "
            "(in words), value (None if unknown) and log_odds (below 0: against one recording). Empty "
            "without a model.")
        .def_property_readonly(
            "tokens", &tokens_of,
            "left, right → what was read out of the texts: title, latin, artists, guests, versions, part, "
            "script.")
        .def_property_readonly(
            "left_versions", [](const Explained& x) { return x.left.versions; }, "VersionTokens of the left track.")
        .def_property_readonly(
            "right_versions", [](const Explained& x) { return x.right.versions; }, "VersionTokens of the right track.")
        .def_property_readonly(
            "version_conflict", [](const Explained& x) { return x.version_conflict; },
            "True where the titles name other recordings.")
        .def_property_readonly(
            "isrc_equal", [](const Explained& x) { return x.isrc_equal; }, "True where both carry one ISRC.")
        .def_property_readonly(
            "duration_gap_s", [](const Explained& x) { return x.duration_gap_s; },
            "Seconds between the durations, None if unknown.")
        .def_property_readonly("features", &features_of, "The model's inputs by name; empty without a model.");
}

}  // namespace

void bind_explanation(py::module_& m) {
    py::class_<Explained> explanation(m, "Explanation", "Why two tracks are taken for one recording or not.");
    explanation
        .def_property_readonly(
            "verdict", [](const Explained& x) { return name(x.verdict); },
            "'accept', 'ambiguous' or 'reject': decide()'s, with the right track as the only candidate.")
        .def_property_readonly(
            "method", [](const Explained& x) { return name(x.method); }, "'isrc', 'exact', 'fuzzy' or 'none'.")
        .def_property_readonly(
            "reasons", [](const Explained& x) { return x.reasons; },
            "decide()'s machine-readable reasons, most important first.")
        .def_property_readonly(
            "score", [](const Explained& x) { return x.score; }, "What ranks, in [0, 1].")
        .def_property_readonly(
            "probability", [](const Explained& x) { return x.probability; },
            "P(same recording), None for a profile without a model.")
        .def_property_readonly(
            "sentence", [](const Explained& x) { return x.sentence; }, "One English sentence.")
        .def_property_readonly(
            "what_would_change", &changes_of,
            "At most three changes of one fact that give another verdict, the smallest first: dicts of "
            "fact, action, side, verdict, score, probability, sentence. Computed when asked for, by "
            "deciding each changed pair.")
        .def("to_dict", &explained_to_dict, "All of it as a dict of plain values.")
        .def("__repr__", [](const Explained& x) { return "<Explanation: " + x.sentence + ">"; })
        .def("_repr_html_", &explained_to_html)
        .def(py::pickle([](const Explained& x) { return py::make_tuple(x.profile, x.a, x.b); },
                        [](const py::tuple& state) {
                            return Explained(state[0].cast<Profile>(), state[1].cast<Track>(), state[2].cast<Track>());
                        }));
    bind_facts(explanation);
}

}  // namespace musicsync::bindings
