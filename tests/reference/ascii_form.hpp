// Which texts a kernel may make the normal form of, and that form, byte by byte. Slow, obvious, and never to be
// optimised: every kernel is compared with it, and it with ICU.
#pragma once

#include <string>
#include <string_view>

namespace musicsync::reference {

// "" for a text that a kernel leaves alone.
[[nodiscard]] std::string ascii_form(std::string_view text);

}  // namespace musicsync::reference
