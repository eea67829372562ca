#include "convert.hpp"
#include "musicsync/decide.hpp"
#include "musicsync/explain.hpp"
#include "musicsync/score.hpp"

namespace musicsync::bindings {
namespace {

// Profile with the rules it compares by.
struct Matcher {
    Profile profile;

    [[nodiscard]] double score(py::handle a, py::handle b) const {
        return musicsync::score(profile, track_from(a, "a"), track_from(b, "b"));
    }
    [[nodiscard]] std::optional<double> probability(py::handle a, py::handle b) const {
        return musicsync::probability(profile, track_from(a, "a"), track_from(b, "b"));
    }
    [[nodiscard]] Explanation explain(py::handle a, py::handle b) const {
        return musicsync::explain(profile, track_from(a, "a"), track_from(b, "b"));
    }
    [[nodiscard]] bool same_recording(py::handle a, py::handle b) const {
        return musicsync::same_recording(profile, track_from(a, "a"), track_from(b, "b"));
    }
};

std::vector<Match> rank_tracks(const Matcher& matcher, py::handle query, py::handle candidates, py::handle limit,
                               py::handle cutoff) {
    const Track asked = track_from(query, "query");
    const std::vector<Track> tracks = tracks_from(candidates, "candidates");
    const std::size_t most = count_from(limit, "limit", no_limit);
    const double least = fraction_from(cutoff, "cutoff");
    const std::vector<Ranked> ranked = [&] {
        const py::gil_scoped_release unlocked;
        return rank(matcher.profile, asked, tracks, most, least);
    }();
    std::vector<Match> out;
    out.reserve(ranked.size());
    for (const Ranked& hit : ranked) out.push_back({tracks[hit.index], hit});
    return out;
}

Decision decide_tracks(const Matcher& matcher, py::handle query, py::handle candidates, py::handle accept) {
    const Track asked = track_from(query, "query");
    const std::vector<Track> tracks = tracks_from(candidates, "candidates");
    std::optional<double> threshold;
    if (!accept.is_none()) threshold = fraction_from(accept, "accept");
    const py::gil_scoped_release unlocked;
    return decide(matcher.profile, asked, tracks, threshold);
}

using PairsFunction = Result<std::vector<double>> (*)(const Profile&, std::span<const Track>, std::span<const Track>);

std::vector<double> pairs(const Matcher& matcher, py::handle left, py::handle right, PairsFunction function) {
    const std::vector<Track> a = tracks_from(left, "left");
    const std::vector<Track> b = tracks_from(right, "right");
    Result<std::vector<double>> values = [&] {
        const py::gil_scoped_release unlocked;
        return function(matcher.profile, a, b);
    }();
    return value_or_throw(std::move(values));
}

Profile make_profile(py::handle base, const std::optional<py::object>& accept, const std::optional<py::object>& reject,
                     const std::optional<py::object>& margin) {
    Profile profile = profile_from(base);
    if (accept) {
        profile.accept = fraction_from(*accept, "accept");
        profile.accept_above = false;
    }
    if (reject) profile.reject = fraction_from(*reject, "reject");
    if (margin) profile.margin = fraction_from(*margin, "margin");
    if (profile.reject > profile.accept) {
        throw EngineFailure{{Errc::invalid_value, "reject is above accept", "reject"}};
    }
    return profile;
}

py::dict profile_to_dict(const Profile& profile) {
    py::dict out;
    out["name"] = profile.name;
    out["accept"] = profile.accept;
    out["accept_above"] = profile.accept_above;
    out["reject"] = profile.reject;
    out["margin"] = profile.margin;
    out["has_probability"] = profile.has_probability();
    return out;
}

Profile restore_profile(const py::dict& state) {
    Profile profile = profile_from(state["name"]);
    profile.accept = state["accept"].cast<double>();
    profile.accept_above = state["accept_above"].cast<bool>();
    profile.reject = state["reject"].cast<double>();
    profile.margin = state["margin"].cast<double>();
    return profile;
}

std::string profile_repr(const Profile& profile) {
    return "Profile(" + py::repr(profile_to_dict(profile)).cast<std::string>() + ")";
}

void bind_profile(py::module_& m) {
    const py::none none;
    py::class_<Profile>(m, "Profile", "How to compare, and when to be sure. Immutable.")
        .def(py::init(&make_profile), py::arg("name") = "standard", py::kw_only(), py::arg("accept") = none,
             py::arg("reject") = none, py::arg("margin") = none,
             "A shipped profile ('standard', 'classic', 'old-rule'), with other thresholds if given (0 to 1).\n\n"
             "Raises EngineError (unknown_profile, invalid_value).")
        .def_readonly("name", &Profile::name, "The profile it was made from.")
        .def_readonly("accept", &Profile::accept, "Accepted from here on; on P, or on the score where there is none.")
        .def_readonly("accept_above", &Profile::accept_above, "True where only values beyond `accept` are accepted.")
        .def_readonly("reject", &Profile::reject, "Rejected below.")
        .def_readonly("margin", &Profile::margin, "The lead that the best needs over the best different recording.")
        .def_property_readonly("has_probability", &Profile::has_probability, "False for 'classic' and 'old-rule'.")
        .def(
            "accepts", [](const Profile& p, py::handle value) { return p.accepts(fraction_from(value, "value")); },
            py::arg("value"), "True where a value on the thresholds' scale is enough.")
        .def("to_dict", &profile_to_dict, "All of it as a dict.")
        .def(
            "__eq__", [](const Profile& a, const Profile& b) { return profile_to_dict(a).equal(profile_to_dict(b)); },
            py::is_operator())
        .def("__hash__",
             [](const Profile& p) { return py::hash(py::make_tuple(p.name, p.accept, p.reject, p.margin)); })
        .def("__repr__", &profile_repr)
        .def(py::pickle(&profile_to_dict, &restore_profile));
}

void bind_match(py::module_& m) {
    py::class_<Match>(m, "Match", "A track with how well it fits the query.")
        .def_property_readonly(
            "index", [](const Match& x) { return x.ranked.index; },
            "Position among the candidates or in the catalogue.")
        .def_property_readonly(
            "score", [](const Match& x) { return x.ranked.score; }, "What ranks, in [0, 1].")
        .def_property_readonly(
            "probability", [](const Match& x) { return x.ranked.probability; }, "P(same recording), or None.")
        .def_readonly("track", &Match::track, "The track.")
        .def(
            "to_dict", [](const Match& x) { return to_dict(x); }, "All of it as a dict.")
        .def("__repr__", [](const Match& x) { return "Match(" + py::repr(to_dict(x)).cast<std::string>() + ")"; });
}

}  // namespace

void bind_matcher(py::module_& m) {
    const py::none none;
    bind_profile(m);
    bind_match(m);
    py::class_<Matcher>(m, "Matcher",
                        "Compares tracks by a profile. Wherever a track is taken, a Track, a mapping (see\n"
                        "Track.from_mapping) or an object with those attributes does. Thread-safe.")
        .def(py::init([](py::handle profile) { return Matcher{profile_from(profile)}; }),
             py::arg("profile") = "standard")
        .def_readonly("profile", &Matcher::profile, "The profile.")
        .def("score", &Matcher::score, py::arg("a"), py::arg("b"), "How well two tracks agree, in [0, 1]: what ranks.")
        .def("probability", &Matcher::probability, py::arg("a"), py::arg("b"),
             "P(same recording), what decides; None for a profile without a model.\n\n"
             "The shipped coefficients are a placeholder calibration.")
        .def("explain", &Matcher::explain, py::arg("a"), py::arg("b"),
             "Why: fields, penalties, versions, P, one sentence.")
        .def("same_recording", &Matcher::same_recording, py::arg("a"), py::arg("b"),
             "True where the profile takes the two for one recording.")
        .def("rank", &rank_tracks, py::arg("query"), py::arg("candidates"), py::arg("limit") = none,
             py::arg("cutoff") = 0.0,
             "Matches by score, best first, ties by id and then position; at most `limit`, with a score of `cutoff` or "
             "more.")
        .def("decide", &decide_tracks, py::arg("query"), py::arg("candidates"), py::arg("accept") = none,
             "The Decision for a query and its candidates. `accept` (0 to 1) replaces the profile's accept threshold.")
        .def(
            "score_pairs", [](const Matcher& x, py::handle l, py::handle r) { return pairs(x, l, r, &score_pairs); },
            py::arg("left"), py::arg("right"),
            "Scores row by row, over all cores. Raises EngineError (length_mismatch).")
        .def(
            "probability_pairs",
            [](const Matcher& x, py::handle l, py::handle r) { return pairs(x, l, r, &probability_pairs); },
            py::arg("left"), py::arg("right"),
            "Probabilities row by row, over all cores. Raises EngineError (length_mismatch; invalid_value without a "
            "model).")
        .def("__repr__", [](const Matcher& x) { return "Matcher(" + profile_repr(x.profile) + ")"; })
        .def(py::pickle([](const Matcher& x) { return profile_to_dict(x.profile); },
                        [](const py::dict& state) { return Matcher{restore_profile(state)}; }));
}

}  // namespace musicsync::bindings
