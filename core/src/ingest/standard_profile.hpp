#pragma once

#include <span>
#include <string_view>

namespace musicsync {

// The lines of core/data/standard.json.
extern const std::span<const std::string_view> standard_profile_json;

}  // namespace musicsync
