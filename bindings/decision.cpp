#include "convert.hpp"
#include "html.hpp"
#include "musicsync/decide.hpp"

namespace musicsync::bindings {
namespace {

py::dict judged_to_dict(const Judged& judged) {
    py::dict out;
    out["index"] = judged.index;
    out["score"] = judged.score;
    out["probability"] = py::cast(judged.probability);
    out["same_as_best"] = judged.same_as_best;
    out["vetoes"] = py::cast(judged.vetoes);
    return out;
}

py::dict decision_to_dict(const Decision& decision) {
    py::list candidates;
    for (const Judged& judged : decision.candidates) candidates.append(judged_to_dict(judged));
    py::dict out;
    out["verdict"] = std::string(name(decision.verdict));
    out["method"] = std::string(name(decision.method));
    out["best"] = py::cast(decision.best);
    out["score"] = decision.score;
    out["probability"] = py::cast(decision.probability);
    out["margin"] = decision.margin;
    out["rival"] = py::cast(decision.rival);
    out["reasons"] = py::cast(decision.reasons);
    out["candidates"] = candidates;
    return out;
}

std::string decision_repr(const Decision& decision) {
    std::string reasons;
    for (const std::string& reason : decision.reasons) reasons += (reasons.empty() ? "" : ", ") + reason;
    const std::string best = decision.best ? std::to_string(*decision.best) : "None";
    return "<Decision " + std::string(name(decision.verdict)) + ": best " + best + " (" + reasons + ")>";
}

std::vector<std::string> in_words(const std::vector<std::string>& reasons) {
    std::vector<std::string> out;
    out.reserve(reasons.size());
    for (const std::string& reason : reasons) out.emplace_back(reason_in_words(reason));
    return out;
}

std::string joined(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) out += (out.empty() ? "" : "; ") + text;
    return out;
}

std::string decision_to_html(const Decision& decision) {
    HtmlTable table{std::string(name(decision.verdict)) + ": " + joined(in_words(decision.reasons)),
                    {"", "candidate", "score", "P", "what speaks against it"},
                    {},
                    {}};
    for (const Judged& judged : decision.candidates) {
        const std::string mark = judged.index == decision.best ? "best" : judged.same_as_best ? "same" : "";
        table.rows.push_back({mark, std::to_string(judged.index), three_digits(judged.score),
                              judged.probability ? three_digits(*judged.probability) : "",
                              joined(in_words(judged.vetoes))});
    }
    return to_html(table);
}

}  // namespace

void bind_decision(py::module_& m) {
    py::class_<Judged>(m, "JudgedCandidate", "One candidate as decide() judged it.")
        .def_readonly("index", &Judged::index, "Its position among the candidates.")
        .def_readonly("score", &Judged::score, "Its score in [0, 1].")
        .def_readonly("probability", &Judged::probability, "P(same recording), or None.")
        .def_readonly("same_as_best", &Judged::same_as_best, "True for a release of the chosen recording.")
        .def_readonly("vetoes", &Judged::vetoes, "Reasons for which it could not be accepted.")
        .def_property_readonly(
            "vetoes_in_words", [](const Judged& j) { return in_words(j.vetoes); }, "The same in plain English.")
        .def("to_dict", &judged_to_dict, "All of it as a dict.")
        .def("__repr__", [](const Judged& j) {
            return "JudgedCandidate(" + py::repr(judged_to_dict(j)).cast<std::string>() + ")";
        });
    py::class_<Decision>(m, "Decision", "Which candidate is the recording that was asked for, if it can be said.")
        .def_property_readonly(
            "verdict", [](const Decision& d) { return std::string(name(d.verdict)); },
            "'accept', 'ambiguous' or 'reject'.")
        .def_property_readonly(
            "method", [](const Decision& d) { return std::string(name(d.method)); },
            "'isrc', 'exact', 'fuzzy' or 'none'.")
        .def_readonly("best", &Decision::best,
                      "Position of the chosen or most probable candidate, None without candidates.")
        .def_readonly("score", &Decision::score, "Score of the best.")
        .def_readonly("probability", &Decision::probability, "P of the best, None for a profile without a model.")
        .def_readonly("margin", &Decision::margin, "Lead over the best different recording.")
        .def_readonly("rival", &Decision::rival, "Position of the best different recording, or None.")
        .def_readonly("reasons", &Decision::reasons, "Machine-readable reasons, most important first.")
        .def_readonly("candidates", &Decision::candidates, "One JudgedCandidate per candidate, in their order.")
        .def("to_dict", &decision_to_dict, "All of it as a dict of plain values.")
        .def_property_readonly(
            "reasons_in_words", [](const Decision& d) { return in_words(d.reasons); }, "The same in plain English.")
        .def("_repr_html_", &decision_to_html)
        .def("__repr__", &decision_repr);
}

}  // namespace musicsync::bindings
