// Each track lies somewhere else in memory: asked for together, their lines of the cache arrive together.
#pragma once

#include <cstddef>

#include "musicsync/track.hpp"
#include "score/outline.hpp"

namespace musicsync {

inline constexpr std::size_t line_of_cache = 64;

template <std::size_t bytes>
void ask_for(const void* begin) noexcept {
    for (std::size_t at = 0; at < bytes; at += line_of_cache) __builtin_prefetch(static_cast<const char*>(begin) + at);
}

inline void ask_for_outline(const Track& track) noexcept { ask_for<sizeof(Outline)>(&track.outline()); }

// What the outline points to, of texts as much as most have: as many lines of each track leave a CPU nothing to guess.
// Where a track has versions, it is asked for those too.
inline void ask_for_texts(const Track& track) {
    constexpr std::size_t usual_texts = 3 * line_of_cache;
    const Outline& outline = track.outline();
    ask_for<usual_texts>(outline.bytes.data());
    __builtin_prefetch(outline.telling_words.data());
    if (!outline.has(Outline::versions)) return;
    __builtin_prefetch(outline.title_versions.data());
    __builtin_prefetch(outline.album_versions.data());
}

}  // namespace musicsync
