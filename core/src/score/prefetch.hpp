// Each track lies somewhere else in memory: asked for together, their lines of the cache arrive together.
#pragma once

#include <cstddef>

#include "musicsync/track.hpp"
#include "score/normal_form.hpp"
#include "score/outline.hpp"

namespace musicsync {

inline constexpr std::size_t line_of_cache = 64;

template <std::size_t bytes>
void ask_for(const void* begin) noexcept {
    for (std::size_t at = 0; at < bytes; at += line_of_cache) __builtin_prefetch(static_cast<const char*>(begin) + at);
}

inline void ask_for_outline(const Track& track) noexcept { ask_for<sizeof(Outline)>(&track.outline()); }

// What the outline points to, of texts as much as most have: as many lines of each track leave a CPU nothing to guess.
// Where a track has what only normal forms tell, it is asked for that too, which it has at once.
inline void ask_for_texts(const Track& track) {
    constexpr std::size_t usual_texts = 3 * line_of_cache;
    const Outline& outline = track.outline();
    ask_for<usual_texts>(outline.bytes.data());
    __builtin_prefetch(outline.telling_words.data());
    if (!outline.has(Outline::versions | Outline::guests)) return;
    const NormalForm& form = track.normal();
    __builtin_prefetch(&form.versions);
    __builtin_prefetch(&form.credits);
}

}  // namespace musicsync
