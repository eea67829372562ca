#include "musicsync/explain.hpp"

#include <cmath>
#include <span>

#include "decide/prepared.hpp"
#include "explain/contributions.hpp"
#include "explain/sentence.hpp"
#include "explain/words.hpp"
#include "similarity/code_points.hpp"

namespace musicsync {
namespace {

std::string names(const CreditForm& credits) {
    std::string out;
    for (const std::u32string_view name : credits.names) out += (out.empty() ? "" : ", ") + to_utf8(name);
    return out;
}

TrackReading reading_of(const NormalForm& form) {
    TrackReading out;
    out.title = to_utf8(form.title.text);
    out.latin = to_utf8(form.romanized_title.text);
    for (const std::u32string_view name : form.credits.names) out.artists.push_back(to_utf8(name));
    out.guests.assign(out.artists.end() - static_cast<std::ptrdiff_t>(form.credits.guests), out.artists.end());
    out.versions = form.versions;
    out.part = form.part;
    out.script = in_words(form.script);
    return out;
}

void set_verdict(Decision decision, Explanation& out) {
    out.verdict = decision.verdict;
    out.method = decision.method;
    out.reasons = std::move(decision.reasons);
    out.score = decision.score;
    out.probability = decision.probability;
}

FieldExplanation classic_field(const char* name, std::u32string_view a, std::u32string_view b, double weight) {
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
    set_verdict(decide(profile, a, std::span(&b, 1)), out);
    out.sentence = classic_sentence(out);
    return out;
}

Explanation explain_standard(const Profile& profile, const Track& a, const Track& b) {
    const Query query(a);
    const Evidence evidence = query.compare(b);
    const Weights weights = known_weights(profile.weights, evidence);
    const NormalForm& left = a.normal();
    const NormalForm& right = b.normal();
    Explanation out;
    out.fields.reserve(3);  // a list would be copied
    out.fields.push_back({"title", to_utf8(left.title.text), to_utf8(right.title.text), evidence.title, weights.title});
    out.fields.push_back({"artists", names(left.credits), names(right.credits), evidence.artist, weights.artists});
    out.fields.push_back({"album", to_utf8(left.album.text), to_utf8(right.album.text), evidence.album, weights.album});
    for (const NamedPenalty& penalty : penalties_of(profile.penalties, evidence))
        out.penalties.push_back({penalty.name, penalty.points});
    out.left = reading_of(left);
    out.right = reading_of(right);
    out.version_conflict = evidence.version_gap == VersionGap::hard;
    out.isrc_equal = evidence.isrc_equal;
    out.duration_gap_s = evidence.duration_gap_s;
    const FeatureValues values = features_of(evidence);
    out.features.reserve(feature_count);
    for (std::size_t i = 0; i < feature_count; ++i) {
        if (!std::isnan(values[i])) out.features.emplace_back(all_features()[i].name, values[i]);
    }
    out.contributions = contributions_of(*profile.model, values);
    set_verdict(decide_prepared(profile, query, std::span(&b, 1)), out);
    out.sentence = standard_sentence({a, b, evidence}, out);
    return out;
}

}  // namespace

Explanation explain(const Profile& profile, const Track& a, const Track& b) {
    return profile.rules == Profile::Rules::classic ? explain_classic(profile, a, b) : explain_standard(profile, a, b);
}

}  // namespace musicsync
