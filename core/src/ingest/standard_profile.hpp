#pragma once

#include <string_view>

namespace musicsync {

// The text of core/data/standard.json.
extern const std::string_view standard_profile_json;

}  // namespace musicsync
