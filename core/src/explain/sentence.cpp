#include "explain/sentence.hpp"

#include <algorithm>

#include "explain/words.hpp"

namespace musicsync {
namespace {

constexpr double title_agrees = 0.85;
constexpr double artist_agrees = 0.85;
constexpr double words_shared = 0.5;  // of different titles, less than that
constexpr double other_artist = 0.6;
constexpr double other_duration_s = 12.0;

struct Headline {
    std::string text;
    Topic topic;  // the difference that it names, told first
};

bool names(const std::vector<Finding>& findings, Topic topic) {
    return std::any_of(findings.begin(), findings.end(), [topic](const Finding& one) { return one.topic == topic; });
}

std::string with_probability(const char* verdict, const Explanation& why) {
    return std::string(verdict) + " (" + percent(why.probability.value_or(why.score)) + ")";
}

// What kind of other recording it is.
Headline headline_of_rejected(const Evidence& e, const std::vector<Finding>& found, const Explanation& why) {
    const bool title = e.title.value_or(0.0) >= title_agrees;
    const bool artist = e.artist.value_or(0.0) >= artist_agrees && !e.other_name;
    const bool another_artist = e.artist && (*e.artist < other_artist || e.other_name);
    const bool another_title = e.title && *e.title < title_agrees && e.shared_words < words_shared && !e.contained;
    if (another_title && another_artist) return {"Another song by another artist", Topic::title};
    if (another_title && artist) return {"Another song by the same artist", Topic::title};
    if (names(found, Topic::version))
        return {another_artist ? "Another version by another artist" : "Another version", Topic::version};
    if (title && another_artist) return {"The same title by another artist", Topic::artist};
    if (names(found, Topic::part)) return {"Another part", Topic::part};
    if (names(found, Topic::number)) return {"Another piece", Topic::number};
    if (title && artist && e.duration_gap_s.value_or(0.0) > other_duration_s)
        return {"Another recording of the song", Topic::duration};
    return {with_probability("Probably not the same recording", why), Topic::title};
}

std::vector<std::string> texts(const std::vector<Finding>& findings, Topic first) {
    std::vector<std::string> out;
    for (const Finding& one : findings)
        if (one.topic == first) out.push_back(one.text);
    for (const Finding& one : findings)
        if (one.topic != first) out.push_back(one.text);
    return out;
}

std::string accepted(const Pair& pair, const Explanation& why, const std::vector<Finding>& found) {
    std::vector<std::string> though;
    for (const Finding& one : found)
        if (one.topic != Topic::no_length && one.topic != Topic::album) though.push_back(one.text);
    const std::vector<std::string> agreed = agreements(pair);
    std::string out = with_probability("Same recording", why) + ": ";
    if (agreed.empty())
        return out + "all that is known fits" + (though.empty() ? "" : ", although " + listed(though, 2));
    return out + listed(agreed, 4) + (though.empty() ? "" : ", although " + listed(though, 2));
}

std::string uncertain(const Pair& pair, const Explanation& why, const std::vector<Finding>& found) {
    const std::vector<std::string> agreed = agreements(pair);
    std::string out = with_probability("Cannot tell", why) + ": ";
    if (found.empty())
        return out + (agreed.empty() ? "" : listed(agreed, 3) + ", but ") + "that is not enough to be sure";
    if (!agreed.empty()) out += listed(agreed, 2) + ", but ";
    return out + listed(texts(found, found.front().topic), 3);
}

std::string rejected(const Pair& pair, const Explanation& why, const std::vector<Finding>& found) {
    const Headline headline = headline_of_rejected(pair.evidence, found, why);
    if (found.empty()) return headline.text + ": too little agrees";
    // What is not known proves nothing: it is told where nothing else is.
    const bool only_unknown = found.front().topic == Topic::no_length;
    std::vector<Finding> told = found;
    if (!only_unknown) std::erase_if(told, [](const Finding& one) { return one.topic == Topic::no_length; });
    return headline.text + ": " + listed(texts(told, headline.topic), 3);
}

std::string degree(const FieldExplanation& field) {
    if (!field.similarity) return field.name + " unknown on one side";
    if (*field.similarity >= 1.0) return field.name + " equal";
    return field.name + (*field.similarity >= 0.6 ? " alike (" : " different (") + two_digits(*field.similarity) + ")";
}

}  // namespace

std::string standard_sentence(const Pair& pair, const Explanation& why) {
    const std::vector<Finding> found = differences(pair);
    switch (why.verdict) {
        case Verdict::accept: return accepted(pair, why, found) + ".";
        case Verdict::ambiguous: return uncertain(pair, why, found) + ".";
        case Verdict::reject: break;
    }
    return rejected(pair, why, found) + ".";
}

std::string classic_sentence(const Explanation& why) {
    std::vector<std::string> degrees;
    if (why.isrc_equal) degrees.emplace_back("one ISRC on both sides");
    for (const FieldExplanation& field : why.fields) degrees.push_back(degree(field));
    const char* verdict = why.verdict == Verdict::accept      ? "Same recording"
                          : why.verdict == Verdict::ambiguous ? "Cannot tell"
                                                              : "Not the same recording";
    return std::string(verdict) + " (score " + two_digits(why.score) + "): " + listed(degrees, 4) + ".";
}

}  // namespace musicsync
