// The ways in which `standard` reads a title, each as a text that is compared by its letters: no pair of tracks scores
// more than one reading of the one and one of the other do. docs/catalogue.md has the proof.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "musicsync/track.hpp"
#include "score/normal_form.hpp"

namespace musicsync::catalog {

struct Reading {
    enum Kind : std::uint8_t {
        whole,     // the title
        part,      // pieces of it: what stands around them may be a name and an album
        spelling,  // in Latin letters, or what it has in one script
    };
    Kind kind = whole;
    std::u32string_view title{};
    std::u32string_view name{};  // the piece before it, which may be one; empty where there is none
};

// True for a track of short texts whose title can be read in few ways.
[[nodiscard]] bool is_readable(const Track& track);

// The readings of a title: itself first. What they are made of must outlive them; new texts are made in `memory`.
[[nodiscard]] std::vector<Reading> readings_of(const NormalForm& form, Memory& memory);

}  // namespace musicsync::catalog
