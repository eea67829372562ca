// Titles and credits that are words and nothing else, told in one look: most are. Internal: not installed.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "ascii.hpp"

namespace musicsync::text {

inline constexpr std::size_t longest_plain = 240;  // bytes; most titles have 10 to 30

// False where is_only_title() need not be asked.
[[nodiscard]] inline bool may_be_only_title(std::string_view title) noexcept {
    return title.size() <= longest_plain && is_ascii(title);
}

// True where parse_title() gives the normal form as the base and finds nothing else: ASCII without brackets, dashes,
// quotes, commas; no "feat", no "part" or "vol" behind the first word, no version at the end. `base` is
// normalize(title).
[[nodiscard]] bool is_only_title(std::string_view title, std::string_view base) noexcept;

// True where the credit is one name, spelled as normalize() spells it: ASCII without "&", commas, slashes and channel
// names, none of the words that join names.
[[nodiscard]] bool is_one_name(std::string_view credit) noexcept;

// The words, in small letters, for whose sake is_only_title() and is_one_name() say no. A title may end with those of
// the vocabulary besides.
[[nodiscard]] std::span<const std::string_view> words_of_features() noexcept;      // anywhere
[[nodiscard]] std::span<const std::string_view> words_of_parts() noexcept;         // behind a title's first word
[[nodiscard]] std::span<const std::string_view> words_that_join_names() noexcept;  // in a credit

// True for "vol" and "vol2".
[[nodiscard]] bool counts_part(std::string_view word) noexcept;

}  // namespace musicsync::text
