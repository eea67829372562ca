// Plain tracks, which most are: ASCII, a title and an album that are words and nothing else, and nobody who says that
// it is a version. Their outline is made of bytes, without code points, and has all that the normal form is made of
// when somebody asks for it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "musicsync/track.hpp"
#include "score/outline.hpp"

namespace musicsync {

// Makes the outline, and gives the room that its words, hashes and bytes are in; none for a track that has to be read
// the long way, whose outline is not made.
[[nodiscard]] std::unique_ptr<std::byte[]> outline_plain(const Track::Fields& fields, Outline& out);

}  // namespace musicsync
