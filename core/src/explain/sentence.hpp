// The one sentence of an explanation.
#pragma once

#include <string>

#include "explain/findings.hpp"
#include "musicsync/explain.hpp"

namespace musicsync {

// Of a pair by rules `standard`, which `why` says how it was decided: a verdict, then what speaks for it.
[[nodiscard]] std::string standard_sentence(const Pair& pair, const Explanation& why);

// Of one by rules `classic`, out of the fields of `why`.
[[nodiscard]] std::string classic_sentence(const Explanation& why);

}  // namespace musicsync
