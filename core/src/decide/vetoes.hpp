// Why a candidate cannot be accepted by itself, however probable it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "score/evidence.hpp"

namespace musicsync {

// Reasons as musicsync/decide.hpp lists them, the most important first; empty where nothing stands in the way.
[[nodiscard]] std::vector<std::string> vetoes_of(const Evidence& evidence);

// Title and artist are the same and nothing but a length or a lack of facts speaks against it: a person is asked rather
// than told that there is nothing.
[[nodiscard]] bool worth_asking(const Evidence& evidence) noexcept;

[[nodiscard]] bool of_equal_duration(const Evidence& evidence) noexcept;

[[nodiscard]] bool is_exact(const Evidence& evidence) noexcept;

// Appends what is not there yet.
void add_reason(std::vector<std::string>& reasons, std::string_view reason);

}  // namespace musicsync
