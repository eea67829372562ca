#include "score/evidence.hpp"

namespace musicsync {
namespace {

// A field that is absent on either side counts 0: this profile is kept as its users know it.
double field(std::u32string_view a, std::u32string_view b) { return a.empty() || b.empty() ? 0.0 : ratio(a, b); }

}  // namespace

double classic_score(const Profile& profile, const Track& a, const Track& b) {
    if (!a.isrc().empty() && a.isrc() == b.isrc()) return 1.0;
    const ClassicForm& left = a.normal().classic;
    const ClassicForm& right = b.normal().classic;
    return profile.weights.title * field(left.title, right.title) +
           profile.weights.artists * field(left.artist, right.artist) +
           profile.weights.album * field(left.album, right.album);
}

}  // namespace musicsync
