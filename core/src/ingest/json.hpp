// What reading JSON files shares.
#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>

#include "musicsync/error.hpp"

namespace musicsync::json {

// "a list", "text", "a number": for messages.
[[nodiscard]] std::string_view type_name(simdjson::dom::element value) noexcept;

// "FIELD is a list, not WANTED".
[[nodiscard]] Error wrong_type(std::string_view field, simdjson::dom::element value, std::string_view wanted);

// All bytes of a file; Errc::io.
[[nodiscard]] Result<std::string> read_file(const std::string& path);

}  // namespace musicsync::json
