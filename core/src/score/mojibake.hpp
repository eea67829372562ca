// UTF-8 that was read as Windows-1252 and written as UTF-8 again: "CÅ“ur d'Ã©tÃ©" is "Cœur d'été". Old tags are full of
// it.
#pragma once

#include <string>
#include <string_view>

namespace musicsync {

// True where every letter is one byte of Windows-1252 and the bytes are UTF-8 beyond ASCII: no language writes so.
[[nodiscard]] bool is_mojibake(std::string_view utf8);

// The text as it was meant; any other as it is.
[[nodiscard]] std::string without_mojibake(std::string_view utf8);

}  // namespace musicsync
