#include <pybind11/numpy.h>

#include "convert.hpp"
#include "direct_call.hpp"
#include "explained.hpp"
#include "musicsync/decide.hpp"
#include "musicsync/score.hpp"
#include "ranking.hpp"
#include "work.hpp"

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

// Matcher.rank(query, candidates) as nearly all calls are written.
py::object rank_two(const Matcher& matcher, py::handle query, py::handle candidates) {
    return py::cast(rank_for(matcher.profile, query, candidates, {}));
}

Decision decide_tracks(const Matcher& matcher, py::handle query, py::handle candidates, py::handle accept) {
    const Track asked = track_from(query, "query");
    const std::vector<Track> tracks = tracks_from(candidates, "candidates");
    std::optional<double> threshold;
    if (!accept.is_none()) threshold = fraction_from(accept, "accept");
    const py::gil_scoped_release unlocked;
    return decide(matcher.profile, asked, tracks, threshold);
}

// A vector's numbers as a numpy array, without a copy.
py::array_t<double> as_array(std::vector<double> values, py::array::ShapeContainer shape) {
    auto* owned = new std::vector<double>(std::move(values));
    const py::capsule owner(owned, [](void* data) { delete static_cast<std::vector<double>*>(data); });
    return py::array_t<double>(std::move(shape), owned->data(), owner);
}

using PairsFunction = Result<std::vector<double>> (*)(const Profile&, std::span<const Track>, std::span<const Track>,
                                                      const Work&);

py::array_t<double> pairs(const Matcher& matcher, py::handle left, py::handle right, py::handle threads,
                          py::handle progress, PairsFunction function) {
    PythonWork work(threads, progress);
    const std::vector<Track> a = tracks_from(left, "left");
    const std::vector<Track> b = tracks_from(right, "right");
    return as_array(value_or_throw(work.run([&](const Work& how) { return function(matcher.profile, a, b, how); })),
                    {a.size()});
}

py::array_t<double> features(const Matcher&, py::handle left, py::handle right, py::handle threads,
                             py::handle progress) {
    PythonWork work(threads, progress);
    const std::vector<Track> a = tracks_from(left, "left");
    const std::vector<Track> b = tracks_from(right, "right");
    return as_array(value_or_throw(work.run([&](const Work& how) { return feature_pairs(a, b, how); })),
                    {a.size(), feature_names().size()});
}

template <class Out>
py::array scores_of_all(const Profile& profile, const std::vector<Track>& queries, const std::vector<Track>& choices,
                        double cutoff, PythonWork& work) {
    py::array_t<Out> out({queries.size(), choices.size()});
    Out* const data = out.mutable_data();
    (void)work.run([&](const Work& how) {  // what stops it is raised
        return musicsync::score_matrix(profile, queries, choices, cutoff, how, data);
    });
    return out;
}

py::array score_matrix(const Matcher& matcher, py::handle queries, py::handle choices, py::handle cutoff,
                       const py::object& dtype, py::handle threads, py::handle progress) {
    const double least = fraction_from(cutoff, "cutoff");
    const py::dtype type = py::dtype::from_args(dtype);
    const bool whole = type.equal(py::dtype::of<double>());
    if (!whole && !type.equal(py::dtype::of<float>()))
        throw py::value_error("dtype '" + py::str(type).cast<std::string>() + "' (there are: float64, float32)");
    PythonWork work(threads, progress);
    const std::vector<Track> rows = tracks_from(queries, "queries");
    const std::vector<Track> columns = tracks_from(choices, "choices");
    return whole ? scores_of_all<double>(matcher.profile, rows, columns, least, work)
                 : scores_of_all<float>(matcher.profile, rows, columns, least, work);
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

}  // namespace

void bind_matcher(py::module_& m) {
    const py::none none;
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
    py::class_<Matcher> matcher(m, "Matcher",
                                "Compares tracks by a profile. Wherever a track is taken, a Track, a mapping (see\n"
                                "Track.from_mapping) or an object with those attributes does. Thread-safe.");
    matcher
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
        .def(
            "rank",
            [](const Matcher& x, py::handle query, py::handle candidates, py::handle limit, py::handle cutoff) {
                return rank_for(x.profile, query, candidates, rank_options(limit, cutoff));
            },
            py::arg("query"), py::arg("candidates"), py::arg("limit") = none, py::arg("cutoff") = 0.0,
            "The Ranking of the candidates: by score, best first, ties by id and then position; at most `limit`, with "
            "a\n"
            "score of `cutoff` or more. Candidates are tracks, or a mapping of columns ({'title': [...], 'artist':\n"
            "[...]}), which rules like those of 'classic' read where they are: the fastest way for lists of str.")
        .def(
            "rank_batch",
            [](const Matcher& x, py::handle queries, py::handle candidates, py::handle limit, py::handle cutoff,
               py::handle threads, py::handle progress) {
                return rank_batch_for(x.profile, queries, candidates, limit, cutoff, threads, progress);
            },
            py::arg("queries"), py::arg("candidates"), py::arg("limit") = none, py::arg("cutoff") = 0.0,
            py::arg("threads") = none, py::arg("progress") = none,
            "As rank, for many queries at once over the cores: candidates[i] are those of queries[i]. Returns "
            "Rankings.\n"
            "threads: None for all that may be used. progress: called as progress(done, total) some ten times a "
            "second;\n"
            "what it raises (and Ctrl-C) stops the call. Raises EngineError (length_mismatch).")
        .def(
            "matrix_top_k",
            [](const Matcher& x, py::handle queries, py::handle choices, py::handle k, py::handle cutoff,
               py::handle threads, py::handle progress) {
                return matrix_top_k_for(x.profile, queries, choices, k, cutoff, threads, progress);
            },
            py::arg("queries"), py::arg("choices"), py::arg("k"), py::kw_only(), py::arg("cutoff") = 0.0,
            py::arg("threads") = none, py::arg("progress") = none,
            "For each query its k best choices (None: all) with a score of `cutoff` or more, as Rankings: what\n"
            "rank(query, choices, k, cutoff) gives for each, several times as fast. The matrix is never made.\n\n"
            "threads and progress: see rank_batch; progress is told of pairs. Raises EngineError and TypeError that\n"
            "name the row.")
        .def("score_matrix", &score_matrix, py::arg("queries"), py::arg("choices"), py::kw_only(),
             py::arg("cutoff") = 0.0, py::arg("dtype") = "float64", py::arg("threads") = none,
             py::arg("progress") = none,
             "The score of every query with every choice, in [0, 1]: a numpy array of shape (queries, choices).\n\n"
             "What is below `cutoff` is 0. dtype: float64, or float32 (rounded), 8 or 4 bytes a pair. threads and\n"
             "progress: see rank_batch; progress is told of pairs. Raises EngineError and TypeError that name the\n"
             "row, ValueError for another dtype.")
        .def("decide", &decide_tracks, py::arg("query"), py::arg("candidates"), py::arg("accept") = none,
             "The Decision for a query and its candidates. `accept` (0 to 1) replaces the profile's accept threshold.")
        .def("decide_pairs", &decide_pairs, py::arg("left"), py::arg("right"), py::arg("accept") = none,
             "Row by row the Decision of the left track with the right one as its only candidate, over all cores. "
             "Raises EngineError (length_mismatch).")
        .def("features", &features, py::arg("left"), py::arg("right"), py::arg("threads") = none,
             py::arg("progress") = none,
             "What a model reads, as a numpy array of float64: a row for each pair, a column for each of "
             "feature_names(), NaN for unknown. Raises EngineError (length_mismatch).")
        .def(
            "score_pairs",
            [](const Matcher& x, py::handle l, py::handle r, py::handle threads, py::handle progress) {
                return pairs(x, l, r, threads, progress, &score_pairs);
            },
            py::arg("left"), py::arg("right"), py::arg("threads") = none, py::arg("progress") = none,
            "Scores row by row, as a numpy array of float64. threads and progress: see rank_batch. Raises EngineError "
            "(length_mismatch).")
        .def(
            "probability_pairs",
            [](const Matcher& x, py::handle l, py::handle r, py::handle threads, py::handle progress) {
                return pairs(x, l, r, threads, progress, &probability_pairs);
            },
            py::arg("left"), py::arg("right"), py::arg("threads") = none, py::arg("progress") = none,
            "Probabilities row by row, as a numpy array of float64. Raises EngineError (length_mismatch; invalid_value "
            "without a model).")
        .def("__repr__",
             [](const Matcher& x) { return "Matcher(" + py::repr(py::cast(x.profile)).cast<std::string>() + ")"; })
        .def(py::pickle([](const Matcher& x) { return x.profile; },
                        [](const Profile& profile) { return Matcher{profile}; }));
    DirectCall<Matcher, &rank_two>::put(matcher, "rank");
}

}  // namespace musicsync::bindings
