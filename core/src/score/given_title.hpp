// What people and rippers write into a title that is not its name.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace musicsync {

// Bytes of a title that is looked at for names in the wrong place: beyond, it is no title.
inline constexpr std::size_t longest_split = 1000;

// Without a track number before it and a file's ending behind it, dashes plain; empty for what only says that there is
// no title ("[untitled]", "004").
// A view into the title, or into `room`.
[[nodiscard]] std::string_view given_title(std::string_view title, std::string& room);

// Without what catalogues write where they know no year: "Cuprunoid (unknown)"; none of "(2011)", where they know
// nothing else.
[[nodiscard]] std::string_view given_album(std::string_view album) noexcept;

// What stands, in small or in great letters, where no title is known.
[[nodiscard]] std::span<const std::string_view> placeholders() noexcept;

// "Toto - Africa" and "Toto「Africa」" by Toto: without the credit, once more. `names` are normalised.
// A view into the title, or into `room`.
[[nodiscard]] std::string_view without_own_artist(std::string_view title, const std::vector<std::string>& names,
                                                  std::string& room);

// "Africa (Toto IV)" on "Toto IV": a last bracket that restates the album (typing errors included) says nothing of the
// recording, unless it names a version. `album` is normalised.
[[nodiscard]] std::string_view without_own_album(std::string_view title, const std::string& album);

}  // namespace musicsync
