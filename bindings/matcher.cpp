#include <pybind11/numpy.h>

#include "convert.hpp"
#include "explained.hpp"
#include "html.hpp"
#include "musicsync/decide.hpp"
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
    [[nodiscard]] Explained explain(py::handle a, py::handle b) const {
        return {profile, track_from(a, "a"), track_from(b, "b")};
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

// Rows of pairs, columns of features, without a copy of the numbers.
py::array_t<double> features(const Matcher&, py::handle left, py::handle right) {
    const std::vector<Track> a = tracks_from(left, "left");
    const std::vector<Track> b = tracks_from(right, "right");
    Result<std::vector<double>> values = [&] {
        const py::gil_scoped_release unlocked;
        return feature_pairs(a, b);
    }();
    auto* owned = new std::vector<double>(value_or_throw(std::move(values)));
    const py::capsule owner(owned, [](void* data) { delete static_cast<std::vector<double>*>(data); });
    const std::size_t columns = feature_names().size();
    return py::array_t<double>({a.size(), columns}, owned->data(), owner);
}

std::vector<Decision> decide_pairs(const Matcher& matcher, py::handle left, py::handle right, py::handle accept) {
    const std::vector<Track> a = tracks_from(left, "left");
    const std::vector<Track> b = tracks_from(right, "right");
    std::optional<double> threshold;
    if (!accept.is_none()) threshold = fraction_from(accept, "accept");
    Result<std::vector<Decision>> decisions = [&] {
        const py::gil_scoped_release unlocked;
        return musicsync::decide_pairs(matcher.profile, a, b, threshold);
    }();
    return value_or_throw(std::move(decisions));
}

std::string match_to_html(const Match& x) {
    std::string artists;
    for (const std::string& name : x.track.artists()) artists += (artists.empty() ? "" : ", ") + name;
    HtmlTable table{"Match", {"index", "id", "title", "artists", "album", "score", "P"}, {}, {}};
    table.rows.push_back({std::to_string(x.ranked.index), x.track.id(), x.track.title(), artists, x.track.album(),
                          three_digits(x.ranked.score),
                          x.ranked.probability ? three_digits(*x.ranked.probability) : ""});
    return to_html(table);
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
        .def("_repr_html_", &match_to_html)
        .def("__repr__", [](const Match& x) { return "Match(" + py::repr(to_dict(x)).cast<std::string>() + ")"; });
}

}  // namespace

void bind_matcher(py::module_& m) {
    const py::none none;
    bind_match(m);
    m.def(
        "feature_names",
        [] {
            std::vector<std::string> names;
            for (const FeatureName& feature : feature_names()) names.emplace_back(feature.name);
            return names;
        },
        "The names of the columns of Matcher.features.");
    m.def(
        "feature_directions",
        [] {
            std::vector<int> directions;
            for (const FeatureName& feature : feature_names()) directions.push_back(feature.direction);
            return directions;
        },
        "For each of feature_names(): -1 where more of it speaks against one recording, +1 where it speaks for it.");
    py::class_<Matcher>(m, "Matcher",
                        "Compares tracks by a profile. Wherever a track is taken, a Track, a mapping (see\n"
                        "Track.from_mapping) or an object with those attributes does. Thread-safe.")
        .def(py::init([](py::handle profile) { return Matcher{profile_from(profile)}; }),
             py::arg("profile") = "standard")
        .def_readonly("profile", &Matcher::profile, "The profile.")
        .def("score", &Matcher::score, py::arg("a"), py::arg("b"), "How well two tracks agree, in [0, 1]: what ranks.")
        .def("probability", &Matcher::probability, py::arg("a"), py::arg("b"),
             "P(same recording), what decides; None for a profile without a model.")
        .def("explain", &Matcher::explain, py::arg("a"), py::arg("b"),
             "Why: one sentence, fields, what the model adds, tokens, what would change the verdict. `a` is the left "
             "side, `b` the right one.")
        .def("same_recording", &Matcher::same_recording, py::arg("a"), py::arg("b"),
             "True where the profile takes the two for one recording.")
        .def("rank", &rank_tracks, py::arg("query"), py::arg("candidates"), py::arg("limit") = none,
             py::arg("cutoff") = 0.0,
             "Matches by score, best first, ties by id and then position; at most `limit`, with a score of `cutoff` or "
             "more.")
        .def("decide", &decide_tracks, py::arg("query"), py::arg("candidates"), py::arg("accept") = none,
             "The Decision for a query and its candidates. `accept` (0 to 1) replaces the profile's accept threshold.")
        .def("decide_pairs", &decide_pairs, py::arg("left"), py::arg("right"), py::arg("accept") = none,
             "Row by row the Decision of the left track with the right one as its only candidate, over all cores. "
             "Raises EngineError (length_mismatch).")
        .def("features", &features, py::arg("left"), py::arg("right"),
             "What a model reads, as a numpy array of float64: a row for each pair, a column for each of "
             "feature_names(), NaN for unknown. Raises EngineError (length_mismatch).")
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
        .def("__repr__",
             [](const Matcher& x) { return "Matcher(" + py::repr(py::cast(x.profile)).cast<std::string>() + ")"; })
        .def(py::pickle([](const Matcher& x) { return x.profile; },
                        [](const Profile& profile) { return Matcher{profile}; }));
}

}  // namespace musicsync::bindings
