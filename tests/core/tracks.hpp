// Short ways to write tracks in tests.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "musicsync/track.hpp"

namespace musicsync::testing_support {

struct Song {
    std::string title;
    std::vector<std::string> artists;
    std::string album = "";
    double seconds = 0.0;
    std::string isrc = "";
    std::string id = "";
    int year = 0;
};

inline Track track(const Song& song) {
    Track::Fields fields;
    fields.id = song.id;
    fields.title = song.title;
    fields.artists = song.artists;
    fields.album = song.album;
    fields.isrc = song.isrc;
    if (song.seconds > 0.0) fields.duration = std::chrono::milliseconds(static_cast<long>(song.seconds * 1000.0));
    if (song.year > 0) fields.release_year = song.year;
    return *Track::make(std::move(fields));
}

}  // namespace musicsync::testing_support
