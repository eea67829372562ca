// Tracks that are read as bytes, without code points, as most are: ASCII, and a title of one piece. Their outline has
// all that the normal form is made of when somebody asks for it, but for what is kept beside it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "musicsync/track.hpp"
#include "score/outline.hpp"

namespace musicsync {

// What reading a track found that its outline does not tell.
struct Besides {
    std::string whole_title;  // normal forms of all that was given; empty where that is what is compared
    std::string whole_album;
    std::vector<VersionToken> versions;
    std::vector<VersionToken> album_versions;
    std::optional<int> part;
    std::optional<bool> explicit_;  // as title or album say
};

struct PlainOutline {
    std::unique_ptr<std::byte[]> room;       // of its words, hashes and bytes
    std::unique_ptr<const Besides> besides;  // none for a plain track: words, and nobody who says that it is a version
};

// Makes the outline; no room, and no outline, for a track that has to be read the long way.
[[nodiscard]] PlainOutline outline_plain(const Track::Fields& fields, Outline& out);

// A track is plain where each of its fields is, and its outline has what these say: for those who have many tracks and
// fewer texts. Each appends the text that is compared; false, with anything in `out`, for a field that is not plain.
struct PlainTitle {
    std::uint32_t whole = 0;
    std::uint32_t letters = 0;
    bool work = false;
    bool wildcards = false;
};
[[nodiscard]] bool plain_title(std::string_view title, std::string& out, PlainTitle& said);
[[nodiscard]] bool plain_album(std::string_view album, std::string& out);
// The names, each behind a line feed but the first.
[[nodiscard]] bool plain_credit(const std::vector<std::string>& artists, std::string& out);

}  // namespace musicsync
