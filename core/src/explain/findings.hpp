// What agrees and what differs between two tracks, each as a clause of a sentence.
#pragma once

#include <string>
#include <vector>

#include "musicsync/track.hpp"
#include "score/evidence.hpp"

namespace musicsync {

// Two tracks and what comparing them gave. All must outlive it.
struct Pair {
    const Track& left;
    const Track& right;
    const Evidence& evidence;
};

enum class Topic : std::uint8_t {
    isrc,
    version,
    edit,
    part,
    number,
    title,
    artist,
    duration,
    guest,
    year,
    explicitness,
    album,
    no_length
};

struct Finding {
    Topic topic;
    std::string text;
};

// In the order in which they matter: codes and versions, then texts, lengths, details, and last what is not known.
[[nodiscard]] std::vector<Finding> differences(const Pair& pair);

// The most telling first.
[[nodiscard]] std::vector<std::string> agreements(const Pair& pair);

// differing_titles.cpp: what title differs, and in which words; "" where it does not.
[[nodiscard]] std::string differing_titles(const Pair& pair);

// differing_versions.cpp: who says which version; "" where the versions do not differ.
[[nodiscard]] std::string differing_versions(const Pair& pair);

}  // namespace musicsync
