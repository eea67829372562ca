// The numbers of a profile by the names that its file has for them.
#pragma once

#include <array>
#include <string_view>

#include "musicsync/profile.hpp"

namespace musicsync {

template <class Struct>
struct NamedField {
    std::string_view name;
    double Struct::*member;
};

inline constexpr std::array<NamedField<Weights>, 3> weight_fields{{
    {"title", &Weights::title},
    {"artists", &Weights::artists},
    {"album", &Weights::album},
}};

inline constexpr std::array<NamedField<Penalties>, 13> penalty_fields{{
    {"version", &Penalties::version},
    {"edit", &Penalties::edit},
    {"duration", &Penalties::duration},
    {"part", &Penalties::part},
    {"part_missing", &Penalties::part_missing},
    {"number", &Penalties::number},
    {"words", &Penalties::words},
    {"short_title", &Penalties::short_title},
    {"year", &Penalties::year},
    {"compilation", &Penalties::compilation},
    {"explicitness", &Penalties::explicitness},
    {"title_unknown", &Penalties::title_unknown},
    {"artist_unknown", &Penalties::artist_unknown},
}};

}  // namespace musicsync
