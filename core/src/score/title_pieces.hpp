// What a title consists of: pieces between dashes and brackets, names in scripts of their own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "score/normal_form.hpp"

namespace musicsync {

// Fills `segments`, `in_sections`, `pieces`, `scripts` and `names_in_scripts` from the title as it was given and from
// the base title, which `form` has as code points.
void take_apart(std::string_view title, const std::string& base, NormalForm& form);

}  // namespace musicsync
