#include "catalog/worth.hpp"

#include <utility>

namespace musicsync::catalog {

Worths::Worths(const Profile& profile, const Groups& groups, const Credits& credits, const AskedText& album,
               std::vector<float> artists, bool names_asked)
    : groups_(groups),
      album_(album),
      album_asked_(!album.empty()),
      artists_(std::move(artists)),
      has_names_(artists_.size()) {
    for (std::size_t credit = 0; credit < has_names_.size(); ++credit)
        has_names_[credit] = names_asked && !credits.texts_of[credit].empty();
    const Weights& weights = profile.weights;
    for (std::size_t i = 0; i < shares_.size(); ++i) {
        const double artist = (i & 2U) != 0 ? weights.artists : 0.0;
        const double of_album = (i & 1U) != 0 ? weights.album : 0.0;
        const double part = 1.0 / std::max(weights.title + artist + of_album, 1e-9);
        shares_[i] = {static_cast<float>(weights.title * part), static_cast<float>(artist * part),
                      static_cast<float>(of_album * part),
                      static_cast<float>((i & 2U) != 0 ? 0.0 : profile.penalties.artist_unknown)};
    }
}

}  // namespace musicsync::catalog
