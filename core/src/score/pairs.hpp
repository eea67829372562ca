// What all calls over two columns of tracks share.
#pragma once

#include <cstddef>
#include <string>

#include "musicsync/error.hpp"

namespace musicsync {

inline constexpr std::size_t pairs_per_task = 256;

[[nodiscard]] inline Error length_mismatch(std::size_t left, std::size_t right) {
    return {Errc::length_mismatch,
            "left has " + std::to_string(left) + " tracks and right has " + std::to_string(right), "right"};
}

}  // namespace musicsync
