// Fields that are read by themselves, whatever the others say, and compared as one text: for those who have many tracks
// and fewer texts. A plain track's fields are (plain_track.hpp); these may say besides which version it is and who is
// a guest.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "score/plain_track.hpp"

namespace musicsync {

// Normal forms: what is compared, and all that was given.
struct AlbumAlone {
    std::string base;
    std::string whole;
};
struct TitleAlone {
    std::string base;
    std::string whole;
    std::vector<std::string> featured;
    PlainTitle said;
};

// Of ASCII without a dash, a bracket or a colon between its pieces, any of which may be a name or the album; none for
// any other title, and for one that says nothing.
[[nodiscard]] std::optional<TitleAlone> read_title_alone(std::string_view title);
// Of ASCII.
[[nodiscard]] std::optional<AlbumAlone> read_album_alone(std::string_view album);
// The names of a credit and of a title's guests, each behind a line feed but the first. False, with anything in `out`,
// where they are not ASCII.
[[nodiscard]] bool read_credit_alone(const std::vector<std::string>& artists, const std::vector<std::string>& featured,
                                     std::string& out);

}  // namespace musicsync
