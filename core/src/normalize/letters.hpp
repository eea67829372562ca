// Characters that are written in several ways, each in one of them.
#pragma once

#include "unicode.hpp"

namespace musicsync::text {

// One spelling for what punctuation has several of.
void append_unified(Text& out, char32_t c);

// Letters that Unicode does not take apart although readers see a letter with a stroke, ligatures, digits of every
// script, and letters that are written one way or the other in the same word.
void append_plain_letter(Text& out, char32_t c);

}  // namespace musicsync::text
