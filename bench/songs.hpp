// Made-up tracks for benchmarks: the same ones on every machine.
#pragma once

#include <array>
#include <random>
#include <string>
#include <vector>

#include "musicsync/track.hpp"

namespace musicsync::bench {

inline std::string words(std::mt19937& random, std::size_t count) {
    constexpr std::array<const char*, 16> vocabulary{"love",  "night", "river",  "africa", "dance", "blue",
                                                     "heart", "road",  "summer", "fire",   "dream", "again",
                                                     "home",  "light", "rain",   "city"};
    std::string out;
    for (std::size_t i = 0; i < count; ++i)
        out += (i > 0 ? " " : "") + std::string(vocabulary[random() % vocabulary.size()]);
    return out;
}

inline std::vector<Track> tracks(std::size_t count, unsigned seed = 1) {
    std::mt19937 random(seed);
    std::vector<Track> out;
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        Track::Fields fields;
        fields.id = std::to_string(i);
        fields.title = words(random, 1 + random() % 4) + " " + std::to_string(random() % 1000);
        fields.artists = {words(random, 1 + random() % 2)};
        fields.album = words(random, 1 + random() % 3);
        fields.duration = std::chrono::milliseconds(120'000 + random() % 240'000);
        out.push_back(*Track::make(std::move(fields)));
    }
    return out;
}

}  // namespace musicsync::bench
