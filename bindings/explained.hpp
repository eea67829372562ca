// An explanation with the pair that it explains.
#pragma once

#include <utility>
#include <vector>

#include "musicsync/explain.hpp"

namespace musicsync::bindings {

// Keeps what is needed to say later what would change the verdict: most explanations are never asked.
struct Explained : Explanation {
    Profile profile;
    Track a;
    Track b;

    Explained(Profile by, Track left_track, Track right_track)
        : Explanation(explain(by, left_track, right_track)),
          profile(std::move(by)),
          a(std::move(left_track)),
          b(std::move(right_track)) {}

    [[nodiscard]] std::vector<Change> what_would_change() const { return musicsync::what_would_change(profile, a, b); }
};

}  // namespace musicsync::bindings
