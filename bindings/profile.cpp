#include "musicsync/profile.hpp"

#include "convert.hpp"
#include "html.hpp"
#include "musicsync/score.hpp"

namespace musicsync::bindings {
namespace {

void replace_fraction(double& value, py::handle given, const char* field) {
    if (!given.is_none()) value = fraction_from(given, field);
}

// {"title": 0.4, …}: those that are named, the others stay.
void replace_weights(Weights& weights, py::handle given) {
    if (given.is_none()) return;
    if (!py::hasattr(given, "keys"))
        throw py::type_error(std::string("weights must be a mapping, not ") + Py_TYPE(given.ptr())->tp_name);
    for (const auto& [key, value] : given.cast<py::dict>()) {
        const std::string name = text_from(key, "weights");
        const std::string field = "weights." + name;
        if (name == "title") {
            weights.title = fraction_from(value, field);
        } else if (name == "artists") {
            weights.artists = fraction_from(value, field);
        } else if (name == "album") {
            weights.album = fraction_from(value, field);
        } else {
            throw EngineFailure{{Errc::invalid_value, field + " is not known (title, artists, album)", field}};
        }
    }
    if (weights.title + weights.artists + weights.album <= 0.0)
        throw EngineFailure{{Errc::invalid_value, "weights are all 0", "weights"}};
}

Profile make_profile(py::handle base, py::handle accept, py::handle reject, py::handle margin, py::handle weights) {
    Profile profile = profile_from(base);
    replace_fraction(profile.accept, accept, "accept");
    if (!accept.is_none()) profile.accept_above = false;
    replace_fraction(profile.reject, reject, "reject");
    replace_fraction(profile.margin, margin, "margin");
    replace_weights(profile.weights, weights);
    if (profile.reject > profile.accept) {
        throw EngineFailure{{Errc::invalid_value, "reject is above accept", "reject"}};
    }
    return profile;
}

Profile from_json(py::handle text) { return value_or_throw(parse_profile(text_from(text, "text"), "profile")); }

py::object json_loads(const std::string& text) { return py::module_::import("json").attr("loads")(text); }

py::dict to_dict(const Profile& profile) { return json_loads(to_json(profile)); }

py::object model_of(const Profile& profile) {
    return profile.model == nullptr ? py::object(py::none()) : to_dict(profile)["model"].cast<py::object>();
}

py::object model_version_of(const Profile& profile) {
    if (profile.model == nullptr) return py::none();
    return py::str(profile.model->parts().version);
}

std::string repr(const Profile& profile) {
    const py::str model = profile.model ? py::str(profile.model->parts().version) : py::str("none");
    return py::str("Profile({!r}, accept={}, reject={}, margin={}, model={})")
        .format(profile.name, profile.accept, profile.reject, profile.margin, model)
        .cast<std::string>();
}

std::string profile_to_html(const Profile& profile) {
    HtmlTable table{"Profile " + profile.name, {"setting", "value"}, {}, {}};
    table.rows = {{"accept", (profile.accept_above ? "above " : "from ") + three_digits(profile.accept)},
                  {"reject", "below " + three_digits(profile.reject)},
                  {"margin", three_digits(profile.margin)},
                  {"weight of title", three_digits(profile.weights.title)},
                  {"weight of artists", three_digits(profile.weights.artists)},
                  {"weight of album", three_digits(profile.weights.album)},
                  {"model", profile.model ? profile.model->parts().version : "none"}};
    return to_html(table);
}

void bind_files(py::class_<Profile>& profile) {
    profile
        .def_static("from_json", &from_json, py::arg("text"),
                    "The profile that a JSON text describes; what it leaves out is as in 'standard'.\n\n"
                    "Raises EngineError (invalid_json, invalid_value, missing_field) that names the field.")
        .def_static(
            "load", [](py::handle path) { return value_or_throw(read_profile(path_from(path))); }, py::arg("path"),
            "The same of a file. Raises EngineError (also io).")
        .def(
            "to_json", [](const Profile& p) { return to_json(p); }, "The JSON text that from_json reads back.")
        .def("to_dict", &to_dict, "The same as a dict.")
        .def(
            py::pickle([](const Profile& p) { return to_json(p); },
                       [](const std::string& text) { return value_or_throw(parse_profile(text, "pickled profile")); }));
}

}  // namespace

void bind_profile(py::module_& m) {
    const py::none none;
    py::class_<Profile> profile(m, "Profile", "How to compare, and when to be sure. Immutable.");
    profile
        .def(py::init(&make_profile), py::arg("name") = "standard", py::kw_only(), py::arg("accept") = none,
             py::arg("reject") = none, py::arg("margin") = none, py::arg("weights") = none,
             "A shipped profile ('standard', 'classic', 'old-rule') or another Profile, with other thresholds (0 to 1) "
             "or weights ({'title', 'artists', 'album'}) if given.\n\n"
             "Raises EngineError (unknown_profile, invalid_value).")
        .def_readonly("name", &Profile::name, "Its name; for a shipped one with other thresholds still that one's.")
        .def_readonly("accept", &Profile::accept, "Accepted from here on; on P, or on the score where there is none.")
        .def_readonly("accept_above", &Profile::accept_above, "True where only values beyond `accept` are accepted.")
        .def_readonly("reject", &Profile::reject, "Rejected below.")
        .def_readonly("margin", &Profile::margin, "The lead that the best needs over the best different recording.")
        .def_property_readonly(
            "weights", [](const Profile& p) { return to_dict(p)["weights"].cast<py::object>(); },
            "Shares of title, artists and album in the score.")
        .def_property_readonly("model", &model_of, "The model behind P as a dict of plain values, or None.")
        .def_property_readonly("model_version", &model_version_of, "The model's name, or None.")
        .def_property_readonly("has_probability", &Profile::has_probability, "False for 'classic' and 'old-rule'.")
        .def(
            "accepts", [](const Profile& p, py::handle value) { return p.accepts(fraction_from(value, "value")); },
            py::arg("value"), "True where a value on the thresholds' scale is enough.")
        .def(
            "__eq__", [](const Profile& a, const Profile& b) { return to_json(a) == to_json(b); }, py::is_operator())
        .def("__hash__", [](const Profile& p) { return py::hash(py::str(to_json(p))); })
        .def("__repr__", &repr)
        .def("_repr_html_", &profile_to_html);
    bind_files(profile);
}

}  // namespace musicsync::bindings
