// Plain tracks, which most are: ASCII, a title and an album that are words and nothing else, and nobody who says that
// it is a version. Their outline is made of bytes, without code points, and has all that the normal form is made of
// when somebody asks for it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "musicsync/track.hpp"
#include "score/outline.hpp"

namespace musicsync {

// Makes the outline, and gives the room that its words, hashes and bytes are in; none for a track that has to be read
// the long way, whose outline is not made.
[[nodiscard]] std::unique_ptr<std::byte[]> outline_plain(const Track::Fields& fields, Outline& out);

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
