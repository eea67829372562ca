#include "musicsync/explain.hpp"

#include <cmath>
#include <cstdio>

#include "score/evidence.hpp"
#include "score/features.hpp"
#include "similarity/code_points.hpp"

namespace musicsync {
namespace {

std::string number(const char* format, double value) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, format, value);
    return buffer;
}

std::string names(const CreditForm& credits) {
    std::string out;
    for (const std::u32string& name : credits.names) out += (out.empty() ? "" : ", ") + to_utf8(name);
    return out;
}

std::string degree(const char* field, const std::optional<double>& similarity) {
    const std::string name = field;
    if (!similarity) return name + " unknown on one side";
    if (*similarity >= 1.0) return name + " equal";
    if (*similarity >= 0.85) return name + " alike (" + number("%.2f", *similarity) + ")";
    if (*similarity >= 0.6) return name + " somewhat alike (" + number("%.2f", *similarity) + ")";
    return name + " different (" + number("%.2f", *similarity) + ")";
}

std::string verdict_words(double value) {
    if (value >= 0.8) return "Probably the same recording";
    return value >= 0.35 ? "Perhaps the same recording" : "Probably not the same recording";
}

std::string facts(const Evidence& e) {
    std::string out;
    if (e.duration_gap_s) out += ", durations " + number("%.1f", *e.duration_gap_s) + " s apart";
    if (e.version_gap == VersionGap::hard) out += ", other versions";
    if (e.version_gap == VersionGap::soft) out += ", perhaps another edit";
    if (e.part_conflict) out += ", other parts";
    if (e.number_conflict) out += ", other numbers";
    if (e.misplaced) out += ", read across title and artist";
    if (e.isrc_equal) out += isrc_acquits(e) ? ", one ISRC" : ", one ISRC in spite of it";
    return out;
}

std::string sentence(const Evidence& e, double score, const std::optional<double>& p) {
    const double value = p.value_or(score);
    return verdict_words(value) + (p ? " (P " : " (score ") + number("%.2f", value) + "): " + degree("title", e.title) +
           ", " + degree("artists", e.artist) + (e.album ? ", " + degree("album", e.album) : "") + facts(e) + ".";
}

FieldExplanation classic_field(const char* name, const std::u32string& a, const std::u32string& b, double weight) {
    FieldExplanation field{name, to_utf8(a), to_utf8(b), std::nullopt, weight};
    if (!a.empty() && !b.empty()) field.similarity = ratio(a, b);
    return field;
}

Explanation explain_classic(const Profile& profile, const Track& a, const Track& b) {
    const ClassicForm& left = a.normal().classic;
    const ClassicForm& right = b.normal().classic;
    Explanation out;
    out.fields = {classic_field("title", left.title, right.title, profile.weights.title),
                  classic_field("artists", left.artist, right.artist, profile.weights.artists),
                  classic_field("album", left.album, right.album, profile.weights.album)};
    out.isrc_equal = !a.isrc().empty() && a.isrc() == b.isrc();
    out.score = classic_score(profile, a, b);
    Evidence evidence;
    evidence.title = out.fields[0].similarity;
    evidence.artist = out.fields[1].similarity;
    evidence.album = out.fields[2].similarity;
    evidence.isrc_equal = out.isrc_equal;
    out.sentence = sentence(evidence, out.score, std::nullopt);
    return out;
}

Explanation explain_standard(const Profile& profile, const Track& a, const Track& b) {
    const Evidence evidence = Query(a).compare(b);
    const Weights weights = known_weights(profile.weights, evidence);
    const NormalForm& left = a.normal();
    const NormalForm& right = b.normal();
    Explanation out;
    out.fields = {{"title", to_utf8(left.title.text), to_utf8(right.title.text), evidence.title, weights.title},
                  {"artists", names(left.credits), names(right.credits), evidence.artist, weights.artists},
                  {"album", to_utf8(left.album.text), to_utf8(right.album.text), evidence.album, weights.album}};
    for (const NamedPenalty& penalty : penalties_of(profile.penalties, evidence))
        out.penalties.push_back({penalty.name, penalty.points});
    out.left_versions = left.versions;
    out.right_versions = right.versions;
    out.version_conflict = evidence.version_gap == VersionGap::hard;
    out.isrc_equal = evidence.isrc_equal;
    out.duration_gap_s = evidence.duration_gap_s;
    out.score = standard_score(profile, evidence);
    out.probability = model_probability(profile, evidence);
    const FeatureValues values = features_of(evidence);
    for (std::size_t i = 0; i < feature_count; ++i) {
        if (!std::isnan(values[i])) out.features.emplace_back(all_features()[i].name, values[i]);
    }
    out.sentence = sentence(evidence, out.score, out.probability);
    return out;
}

}  // namespace

Explanation explain(const Profile& profile, const Track& a, const Track& b) {
    return profile.rules == Profile::Rules::classic ? explain_classic(profile, a, b) : explain_standard(profile, a, b);
}

}  // namespace musicsync
