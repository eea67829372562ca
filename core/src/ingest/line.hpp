// One line of JSON Lines, read in full and in order: what every line means, and what is wrong with a bad one.
#pragma once

#include <simdjson.h>

#include <string_view>

#include "ingest/json.hpp"
#include "musicsync/track.hpp"

namespace musicsync::json {

// The clean fields of a line, or why it is no track. The bytes behind the line must be readable for SIMDJSON_PADDING.
[[nodiscard]] Result<Track::Fields> read_line(simdjson::dom::parser& parser, std::string_view line);

}  // namespace musicsync::json
