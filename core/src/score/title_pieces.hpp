// What a title consists of: pieces between dashes and brackets, names in scripts of their own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "score/normal_form.hpp"

namespace musicsync {

// True where the title has a dash, a bracket or a colon between its pieces.
[[nodiscard]] bool is_in_sections(std::string_view title) noexcept;

// Fills `segments`, `in_sections`, `pieces`, `scripts` and `names_in_scripts` from the title as it was given and from
// the base title, which `form` has as code points.
void take_apart(std::string_view title, const std::string& base, NormalForm& form);

}  // namespace musicsync
