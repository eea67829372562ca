// The evidence of a pair that is written down in a test.
#pragma once

#include "score/evidence.hpp"
#include "tracks.hpp"

namespace musicsync::testing_support {

inline Evidence of(const Song& a, const Song& b) {
    const Track left = track(a);
    return Query(left).compare(track(b));
}

inline Evidence of_titles(const char* a, const char* b) { return of({a, {"Jane"}}, {b, {"Jane"}}); }

}  // namespace musicsync::testing_support
