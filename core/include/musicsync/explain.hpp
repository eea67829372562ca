// Why two tracks are taken for one recording or not, for people and for tuning.
//
//   const musicsync::Explanation why = musicsync::explain(musicsync::Profile::standard(), a, b);
//   why.sentence == "Another version: only the right title says ‘live (Wembley, 1986)’ and the lengths are 58 s apart."
//   for (const auto& change : musicsync::what_would_change(profile, a, b)) std::puts(change.sentence.c_str());
//
// `a` is the left side, `b` the right one. docs/explain.md shows what each part means.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "musicsync/decide.hpp"
#include "musicsync/normalize.hpp"
#include "musicsync/score.hpp"

namespace musicsync {

// One field on both sides, as it was compared. `similarity` is nothing where a side does not know the field.
struct FieldExplanation {
    std::string name;
    std::string left;
    std::string right;
    std::optional<double> similarity;
    double weight = 0.0;  // share of the score, after renormalisation; 0 for an unknown field
};

// What was taken off the score, and why.
struct Penalty {
    std::string name;
    double points = 0.0;
};

// What a term of the model adds to the log-odds, counted from the term's first knot: what it adds where nothing speaks
// against the pair (or, of a feature that speaks for it, where that does not apply).
struct Contribution {
    std::string_view feature;
    std::string_view label;       // the feature in plain words
    std::optional<double> value;  // nothing for unknown
    double log_odds = 0.0;        // below 0: against one recording
};

// What was read out of one side's texts.
struct TrackReading {
    std::string title;                   // the base title
    std::string latin;                   // its Latin spelling; "" for a title that is Latin or has none
    std::vector<std::string> artists;    // credited names, guests included
    std::vector<std::string> guests;     // those of them that only the title features
    std::vector<VersionToken> versions;  // of the title, and what artist and album say of the recording
    std::optional<int> part;
    std::string_view script;  // of the title: "Latin", "Korean", …; "no letters"; "" where nothing was read
};

struct Explanation {
    std::vector<FieldExplanation> fields;  // title, artists, album
    std::vector<Penalty> penalties;
    std::vector<Contribution> contributions;  // those that are not 0, the weightiest first; empty without a model
    TrackReading left;                        // empty for rules `classic`, which read nothing
    TrackReading right;
    bool version_conflict = false;
    bool isrc_equal = false;
    std::optional<double> duration_gap_s;
    double score = 0.0;
    std::optional<double> probability;
    std::vector<std::pair<std::string_view, double>> features;  // the model's inputs; empty without a model
    Verdict verdict = Verdict::reject;                          // decide()'s, with `b` as the only candidate
    Method method = Method::none;
    std::vector<std::string> reasons;
    std::string sentence;
};

// Pure, deterministic, thread-safe. Cost: two comparisons and the words for them, a few microseconds.
[[nodiscard]] Explanation explain(const Profile& profile, const Track& a, const Track& b);

// One thing that, were it otherwise, would make another verdict of the pair.
struct Change {
    std::string_view fact;              // "duration", "isrc", "release_year", "album", "version", "artists", "title"
    std::string_view action;            // "equal": as on the other side; "different"; "removed"; "added"
    std::string_view side;              // "left", "right" or "both": whose fact is changed
    Verdict verdict = Verdict::reject;  // that it would be then
    double score = 0.0;                 // ... and its score
    std::optional<double> probability;  // ... and its P
    std::string sentence;
};

// At most three changes of one fact that give another verdict, the smallest first and those in favour before those
// against. Each was tried: the changed pair was compared and decided like any other. Empty where no single fact turns
// it. Cost: some ten comparisons, and the changed tracks are read anew.
[[nodiscard]] std::vector<Change> what_would_change(const Profile& profile, const Track& a, const Track& b);

// A reason or veto of decide() in plain words ("version_conflict": "they are different versions"); the reason itself
// where it is none.
[[nodiscard]] std::string_view reason_in_words(std::string_view reason) noexcept;

}  // namespace musicsync
