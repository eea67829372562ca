// Writes core/src/normalize/han_simplified.hpp and han_pinyin.hpp out of ICU's transliterators. A test writes them
// again and compares, so the tables in use are those that this code makes.
#pragma once

#include <string>

namespace musicsync::tools {

// The ICU release whose data the checked-in tables hold; another release may read a character differently.
inline constexpr int table_icu_version = 72;

// One simplified character for each traditional or Japanese one, as a header.
[[nodiscard]] std::string simplified_header();

// The most common Mandarin reading, without its tone, of U+4E00–U+9FFF, as a header.
[[nodiscard]] std::string pinyin_header();

}  // namespace musicsync::tools
